//! Sessions by hand for the tests: a script of gaits becomes a timeline with its bouts.

use std::ops::Range;

use super::{Audit, Excess, Settings, audit};
use crate::ceiling::{Ceiling, Limit, Source};
use crate::segment::{Bout, Evidence, Gait, Segmentation};
use crate::timeline::{AltitudeSource, Flags, HeartRateQuality, Series, Signals, SpeedSource, Timeline};
use crate::units::{HeartRate, Speed, Timestamp, UnitSystem};

/// The ceiling speed of the tests, 6:07/km: 70 % of a highest oxygen uptake of 40.
pub const CEILING: f64 = 2.727;

/// One stretch of a script: gait, seconds, speed as a ratio to the ceiling when running, in metres per second else.
pub type Step = (Gait, usize, f64);

/// A run of `seconds` at a ratio to the ceiling.
pub const fn run(seconds: usize, ratio: f64) -> Step {
    (Gait::Run, seconds, ratio)
}

/// A walk of `seconds`.
pub const fn walk(seconds: usize) -> Step {
    (Gait::Walk, seconds, 1.5)
}

/// Steps one after the other, `n` times.
pub fn repeat(n: usize, steps: &[Step]) -> Vec<Step> {
    steps.repeat(n)
}

/// A script as a timeline with exact bouts. Running speed sways by 2 %; ramps take three seconds.
pub fn session(script: &[Step]) -> (Timeline, Segmentation) {
    let mut target = Vec::new();
    let mut bouts: Vec<Bout> = Vec::new();
    for &(gait, seconds, value) in script {
        let start = target.len();
        let speed = if gait == Gait::Run { value * CEILING } else { value };
        target.extend(std::iter::repeat_n((gait, speed), seconds));
        match bouts.last_mut() {
            Some(last) if last.gait == gait => last.range.end = target.len(),
            _ => bouts.push(Bout {
                gait,
                range: start..target.len(),
                evidence: Evidence::Cadence,
                confidence: 1.0,
                crossings: Vec::new(),
            }),
        }
    }
    let n = target.len();
    let mut speed = Vec::with_capacity(n);
    let mut now = target.first().map_or(0.0, |t| t.1);
    for (i, &(gait, goal)) in target.iter().enumerate() {
        now += (goal - now) / 2.0;
        let sway = if gait == Gait::Run { 0.02 * (i as f64 / 2.7).sin() } else { 0.0 };
        speed.push(now * (1.0 + sway));
    }
    let mut distance = vec![0.0];
    distance.extend(speed.iter().scan(0.0, |sum, v| {
        *sum += v;
        Some(*sum)
    }));
    let total_distance = distance.pop().unwrap_or(0.0);
    let timeline = Timeline {
        start: Timestamp::from_unix_seconds(1_780_000_000),
        elapsed_s: n as f64,
        speed: Series::from_options(speed.into_iter().map(Some)),
        distance,
        total_distance,
        cadence: Series::from_options(target.iter().map(|t| Some(if t.0 == Gait::Run { 165.0 } else { 112.0 }))),
        heart_rate: Series::missing(n),
        altitude: Series::missing(n),
        grade: Series::from_options(vec![Some(0.0); n]),
        stance_ms: Series::missing(n),
        position: Vec::new(),
        flags: vec![Flags::NONE; n],
        signals: Signals {
            speed: SpeedSource::Device,
            cadence: true,
            heart_rate: false,
            altitude: AltitudeSource::Barometric,
            interval_s: 1.0,
            indoor: false,
            disputed: false,
        },
        edges: Vec::new(),
        device_gait: Vec::new(),
        pauses: Vec::new(),
        heart_rate_quality: HeartRateQuality { trust: 0.0, locked_share: 0.0 },
        notes: Vec::new(),
    };
    (timeline, Segmentation { bouts, device_agreement: None, notes: Vec::new() })
}

/// Gives a session a strap and a heart that settles at 145 bpm at the ceiling and follows within 50 s.
pub fn with_heart(timeline: &mut Timeline, script: &[Step]) {
    let settled = script.iter().flat_map(|&(gait, seconds, value)| {
        std::iter::repeat_n(if gait == Gait::Run { 58.0 + 87.0 * value } else { 95.0 }, seconds)
    });
    let beats = settled.scan(80.0, |now, goal| {
        *now += (goal - *now) / 50.0;
        Some(Some(*now))
    });
    timeline.heart_rate = Series::from_options(beats);
    timeline.signals.heart_rate = true;
    timeline.heart_rate_quality = HeartRateQuality { trust: 0.95, locked_share: 0.0 };
}

/// A physio's ceiling of [`CEILING`] and, where wanted, of a heart rate.
pub fn ceiling(heart_rate: Option<f64>) -> Ceiling {
    let speed = Limit { value: Speed::from_meters_per_second(CEILING), uncertainty: 0.02, source: Source::Physio };
    let heart_rate =
        heart_rate.map(|bpm| Limit { value: HeartRate::from_bpm(bpm), uncertainty: 3.0, source: Source::Physio });
    Ceiling { speed: Some(speed), heart_rate, ..Ceiling::default() }
}

/// A script held against the ceiling of the tests.
pub fn audited(script: &[Step]) -> Audit {
    let (timeline, segmentation) = session(script);
    audit(&timeline, &segmentation, &ceiling(None), &Settings::new(UnitSystem::Metric))
}

/// Audits a script with a heart of the tests, and after a change to what was recorded.
pub fn audited_with(script: &[Step], ceiling: &Ceiling, change: impl Fn(&mut Timeline)) -> Audit {
    let (mut timeline, segmentation) = session(script);
    with_heart(&mut timeline, script);
    change(&mut timeline);
    audit(&timeline, &segmentation, ceiling, &Settings::new(UnitSystem::Metric))
}

/// Takes the heart away again.
pub fn without_heart(timeline: &mut Timeline) {
    timeline.heart_rate = Series::missing(timeline.len());
    timeline.signals.heart_rate = false;
    timeline.heart_rate_quality = HeartRateQuality { trust: 0.0, locked_share: 0.0 };
}

/// Verdict and findings as text.
pub fn shown(audit: &Audit) -> String {
    use std::fmt::Write;
    let verdict = &audit.verdict;
    let mut text = format!(
        "{} {} confidence {:.2} index {} turned {:?}\n{}\n",
        verdict.class.name(),
        verdict.severity.map_or("-", Excess::name),
        verdict.confidence,
        verdict.index.map_or("-".to_owned(), |index| format!("{index:.0}")),
        verdict.turned_at,
        verdict.sentence,
    );
    for reason in &verdict.reasons {
        let _ = writeln!(text, "- {reason}");
    }
    for finding in &audit.findings {
        let Range { start, end } = finding.range;
        let _ = writeln!(text, "{} {} {start}..{end} {}", finding.severity.name(), finding.rule, finding.message);
    }
    text
}
