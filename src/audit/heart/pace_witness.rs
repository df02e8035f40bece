//! What pace says where the only ceiling is one on heart rate.
//!
//! The session's own steady running ties a pace to a heart rate. From there to the ceiling the gain of running leads,
//! 24.2 ± 8.3 bpm for each m/s (Hunt, Fankhauser and Saengsuwan, Biomed Eng Online 2015;14:112): that pace belongs to the
//! ceiling today. Efforts that are clearly faster, whatever the gain within its error, are over. The gain is not taken
//! from the session: two paces give a poor slope, and a higher heart rate at the slower one would make the slope
//! flatter, and so clear the faster one.
//!
//! Where there is no steady running, fast efforts among slower running still show in pace and cadence; then heart rate
//! does not clear the session.

use std::ops::Range;

use super::super::judge::JudgedStretch;
use super::super::stretch::Stretch;
use super::over_time::usable;
use crate::timeline::Timeline;

/// Gain of the heart in bpm for each m/s: the mean, and one standard deviation below it.
const GAIN: f64 = 24.2;
const LEAST_GAIN: f64 = 15.9;
/// Factor by which an effort is faster than the slower running of the session, with a cadence that confirms it and
/// without one. Our choice.
const CONTRAST: f64 = 1.15;
const CONTRAST_ALONE: f64 = 1.25;
/// Length of an effort, in seconds. Our choice.
const LENGTH_S: std::ops::RangeInclusive<f64> = 16.0..=480.0;
/// Factor of the cadence that confirms it: steps get quicker by 6 a minute for each m/s (van Oeveren et al.). Our choice.
const QUICKER: f64 = 1.015;
/// Share of the running that is the slower running. Our choice.
const SLOWER_SHARE: f64 = 0.35;
/// Efforts that make a structure, and their time in seconds. Our choice.
const LEAST_EFFORTS: usize = 3;
const LEAST_EFFORT_S: f64 = 60.0;
/// Longest time between efforts of a row, in samples, as for a ceiling on pace.
const LONGEST_RECOVERY: usize = 300;
/// Steady running: length in seconds, and what of it the heart takes to settle. Our choice.
const STEADY_S: f64 = 180.0;
const SETTLES_S: usize = 90;
/// Factor of the slower running up to which running is steady.
const STEADY: f64 = 1.08;
/// Speed over that of the ceiling that is clearly faster, as for a ceiling on pace.
const CLEARLY: f64 = 1.05;

/// What pace says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::audit) struct PaceWitness {
    /// Efforts among slower running, of 3 or more that add up to a minute; else empty.
    pub efforts: Vec<Effort>,
    /// Speed of the slower running in m/s.
    pub base: f64,
    /// The pace that belongs to the ceiling; `None` where there is no steady running.
    pub limit: Option<PaceLimit>,
}

/// A fast stretch among slower ones.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::audit) struct Effort {
    /// Its samples.
    pub range: Range<usize>,
    /// Its length.
    pub seconds: f64,
    /// Its speed on flat ground in m/s.
    pub speed: f64,
    /// Clearly faster than the pace that belongs to the ceiling.
    pub faster: bool,
}

/// The pace that belongs to a ceiling on heart rate today.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::audit) struct PaceLimit {
    /// In m/s.
    pub speed: f64,
    /// With the least gain, so that what is faster is over for sure.
    pub highest: f64,
    /// Speed of the steady running in m/s, and its heart rate in bpm.
    pub steady: (f64, f64),
}

impl PaceWitness {
    /// True when efforts among slower running make a structure.
    pub fn has_structure(&self) -> bool {
        !self.efforts.is_empty()
    }

    /// The most efforts in a row that are no further apart than a long recovery.
    pub fn chain(&self) -> &[Effort] {
        let near = |a: &Effort, b: &Effort| b.range.start.saturating_sub(a.range.end) <= LONGEST_RECOVERY;
        self.efforts.chunk_by(near).max_by_key(|chain| chain.len()).unwrap_or_default()
    }

    /// How many efforts in a row are clearly faster than the pace that belongs to the ceiling.
    pub fn n_faster(&self) -> usize {
        self.chain().iter().filter(|effort| effort.faster).count()
    }
}

/// What pace says about the stretches of a session.
pub(in crate::audit) fn pace_witness(
    timeline: &Timeline,
    judged: &[JudgedStretch],
    limit_bpm: Option<f64>,
) -> PaceWitness {
    let stretches: Vec<(&Stretch, f64)> =
        judged.iter().filter_map(|judged| Some((&judged.stretch, judged.stretch.speed?.graded))).collect();
    let Some(base) = slower(&stretches) else { return PaceWitness::default() };
    let steps = cadence_at(
        timeline,
        stretches.iter().filter(|(_, speed)| *speed <= STEADY * base).map(|(stretch, _)| *stretch),
    );
    let is_effort = |stretch: &Stretch, speed: f64| {
        let quicker = steps.zip(cadence_at(timeline, [stretch].into_iter()));
        LENGTH_S.contains(&stretch.seconds)
            && match quicker {
                Some((usual, now)) => speed >= CONTRAST * base && now >= QUICKER * usual,
                None => speed >= CONTRAST_ALONE * base,
            }
    };
    let mut efforts: Vec<Effort> = Vec::new();
    for &(stretch, speed) in stretches.iter().filter(|(stretch, speed)| is_effort(stretch, *speed)) {
        match efforts.last_mut() {
            // Neighbouring stretches of one bout are one effort.
            Some(last) if last.range.end == stretch.range.start => {
                last.speed = (last.speed * last.seconds + speed * stretch.seconds) / (last.seconds + stretch.seconds);
                (last.range.end, last.seconds) = (stretch.range.end, last.seconds + stretch.seconds);
            }
            _ => efforts.push(Effort { range: stretch.range.clone(), seconds: stretch.seconds, speed, faster: false }),
        }
    }
    if efforts.len() < LEAST_EFFORTS || efforts.iter().map(|effort| effort.seconds).sum::<f64>() < LEAST_EFFORT_S {
        efforts.clear();
    }
    let limit = limit_bpm.and_then(|limit| pace_limit(timeline, &stretches, base, limit));
    for effort in &mut efforts {
        effort.faster = limit.is_some_and(|limit| effort.speed >= CLEARLY * limit.highest);
    }
    PaceWitness { efforts, base, limit }
}

/// Speed of the slower running: a quantile over time.
fn slower(stretches: &[(&Stretch, f64)]) -> Option<f64> {
    let mut by_speed: Vec<(f64, f64)> = stretches.iter().map(|(stretch, speed)| (*speed, stretch.seconds)).collect();
    by_speed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut left = SLOWER_SHARE * by_speed.iter().map(|(_, seconds)| seconds).sum::<f64>();
    by_speed
        .into_iter()
        .find(|(_, seconds)| {
            left -= seconds;
            left <= 0.0
        })
        .map(|(speed, _)| speed)
}

/// Mean cadence over stretches; `None` where it is known in less than half of them.
fn cadence_at<'a>(timeline: &Timeline, stretches: impl Iterator<Item = &'a Stretch>) -> Option<f64> {
    let (mut sum, mut n, mut all) = (0.0, 0.0, 0.0);
    for i in stretches.flat_map(|stretch| stretch.range.clone()) {
        all += 1.0;
        if let Some(cadence) = timeline.cadence.get(i).filter(|&cadence| timeline.signals.cadence && cadence > 0.0) {
            (sum, n) = (sum + cadence, n + 1.0);
        }
    }
    (n > 0.0 && 2.0 * n >= all).then(|| sum / n)
}

/// The pace that belongs to a ceiling, from the steady running.
fn pace_limit(timeline: &Timeline, stretches: &[(&Stretch, f64)], base: f64, limit: f64) -> Option<PaceLimit> {
    let (mut bpm, mut speed, mut n) = (0.0, 0.0, 0.0);
    for &(stretch, of_stretch) in stretches {
        if stretch.seconds < STEADY_S || of_stretch > STEADY * base {
            continue;
        }
        for beat in (stretch.range.start + SETTLES_S..stretch.range.end).filter_map(|i| usable(timeline, i)) {
            (bpm, speed, n) = (bpm + beat, speed + of_stretch, n + 1.0);
        }
    }
    if n < (STEADY_S - SETTLES_S as f64) / 2.0 {
        return None;
    }
    let steady = (speed / n, bpm / n);
    let at = |gain: f64| (steady.0 + (limit - steady.1).max(0.0) / gain).max(0.0);
    Some(PaceLimit { speed: at(GAIN), highest: at(LEAST_GAIN), steady })
}
