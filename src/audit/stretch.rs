//! The stretches that are held against the ceiling: short bouts whole, long bouts cut where their speed changes.

use std::cell::OnceCell;
use std::ops::Range;

use super::cut;
use super::grade::{CostModel, graded_speed, remembered};
use super::noise::{SpeedError, shrink, speed_error};
use super::slope_response;
use super::sums::Sums;
use crate::segment::{Bout, Gait};
use crate::timeline::{AltitudeSource, Series, SpeedSource, Timeline};

/// Shortest run bout that is judged, in seconds. Our choice: shorter ones are mostly ramps.
const SHORTEST_BOUT_S: f64 = 15.0;
/// Longest bout that is judged whole, in seconds. Our choice: a minute and its ramps.
const LONGEST_WHOLE_S: f64 = 70.0;
/// Length from which a stretch of a long bout is no surge, in seconds. Our choice.
const LASTING_S: f64 = 150.0;
/// Shortest stretch of a long bout that is judged, with the watch's speed and with positions only. Our choice.
const SHORTEST_STRETCH_S: (f64, f64) = (16.0, 20.0);
/// Median time between records from which a stretch needs so many of them. Our choice.
const SPARSE_S: f64 = 3.0;
const INTERVALS: f64 = 4.0;
/// Slope from which the two cost models are asked whether they agree. Our choice.
const STEEP: f64 = 0.03;
/// Least share of a stretch whose speed must be known and free of doubt.
const LEAST_KNOWN: f64 = 0.5;

/// A stretch of running that is held against the ceiling as one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    /// The bout it belongs to.
    pub bout: usize,
    /// What it is of its bout.
    pub kind: Kind,
    /// Its samples.
    pub range: Range<usize>,
    /// How long it is, in seconds.
    pub seconds: f64,
    /// What was measured in it; `None` where the speed is missing or doubtful in more than half of it.
    pub speed: Option<StretchSpeed>,
}

/// What a stretch is of its bout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The whole of a bout.
    Whole,
    /// A stretch of a long bout that lasts.
    Stretch,
    /// A short stretch of a long bout, picked out for its speed.
    Surge,
}

/// Mean speeds of a stretch in metres per second, its ends left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct StretchSpeed {
    /// Over the ground; drawn by as much as `graded`.
    pub raw: f64,
    /// On flat ground with the same effort, drawn towards the other bouts by as much as noise can explain.
    pub graded: f64,
    /// The same by the other cost model, drawn by as much; `None` where there is too little slope to ask it.
    pub other_model: Option<f64>,
    /// Standard deviation of the logarithm of `graded`.
    pub error: f64,
    /// Mean size of the slope.
    pub steepness: f64,
}

/// The speed of a session as sums over its samples.
#[derive(Debug, Clone)]
pub(super) struct Speeds {
    /// Over the ground.
    pub raw: Sums,
    /// On flat ground with the same effort.
    pub graded: Sums,
    /// What the same by the other cost model is worked out from.
    other_model: OtherModel,
    steepness: Sums,
}

/// Speed on flat ground by the cost model that is asked where the ground is steep, which it is in few sessions.
#[derive(Debug, Clone)]
struct OtherModel {
    /// The speed over the ground and the slope of each second, NaN where one is not known, and how far slopes are believed.
    speeds: Vec<f64>,
    slopes: Series,
    believed: SlopeBelief,
    elapsed_s: f64,
    sums: OnceCell<Sums>,
}

impl OtherModel {
    fn mean(&self, range: Range<usize>) -> Option<f64> {
        let graded = || {
            let costs = costs(&self.slopes, CostModel::Oxygen);
            Sums::new(&self.believed.graded(&self.speeds, &costs), self.elapsed_s)
        };
        self.sums.get_or_init(graded).mean(range)
    }
}

/// How far the costs of measured slopes are believed.
#[derive(Debug, Clone, Copy)]
enum SlopeBelief {
    /// This part of them.
    Part(f64),
    /// All of a descent, which excuses, and nothing of a climb.
    Descents,
}

impl SlopeBelief {
    /// Speeds on flat ground that cost as much, by the costs of the slopes; what is on no known slope stays.
    fn graded(self, speeds: &[f64], costs: &[f64]) -> Vec<f64> {
        let mut believed = remembered(|cost: f64| match self {
            Self::Part(part) => cost.powf(part),
            Self::Descents => cost.min(1.0),
        });
        let graded = |(&v, &cost): (&f64, &f64)| if cost.is_nan() || v.is_nan() { v } else { v * believed(cost) };
        speeds.iter().zip(costs).map(graded).collect()
    }
}

/// All stretches of a session, and the moments between them that were too short to judge.
#[derive(Debug, Clone, Default)]
pub(super) struct Stretches {
    /// In the order of time.
    pub stretches: Vec<Stretch>,
    /// Fast moments within long bouts.
    pub bursts: Vec<Range<usize>>,
}

impl Speeds {
    /// For each sample, speed on flat ground over speed over the ground, one where nobody runs or the slope is not known.
    /// Empty where no slope is known at all.
    pub fn slope_factors(&self, bouts: &[Bout]) -> Vec<f32> {
        let n_samples = bouts.last().map_or(0, |bout| bout.range.end);
        if self.steepness.seconds(0..n_samples) <= 0.0 {
            return Vec::new();
        }
        let mut factors = vec![1.0; n_samples];
        for bout in bouts.iter().filter(|bout| matches!(bout.gait, Gait::Run | Gait::Unknown)) {
            let speeds = self.raw.samples(bout.range.clone()).zip(self.graded.samples(bout.range.clone()));
            // A speed that is not known is no number, which is not above zero.
            let known = factors[bout.range.clone()].iter_mut().zip(speeds);
            for (factor, (raw, graded)) in known.filter(|(_, (raw, graded))| *raw > 0.0 && !graded.is_nan()) {
                *factor = (graded / raw) as f32;
            }
        }
        factors
    }

    /// The speeds of a session. Doubtful samples and the crossings within runs are left out.
    pub fn new(timeline: &Timeline, bouts: &[Bout]) -> Self {
        let mut usable: Vec<bool> = timeline.flags.iter().map(|flags| !flags.is_suspect()).collect();
        for crossing in bouts.iter().flat_map(|bout| &bout.crossings) {
            if let Some(samples) = usable.get_mut(crossing.clone()) {
                samples.fill(false);
            }
        }
        let sums = |samples: &[f64]| Sums::new(samples, timeline.elapsed_s);
        let usable_speed = |(&v, &usable): (&f32, &bool)| if v.is_finite() && usable { f64::from(v) } else { f64::NAN };
        let speeds: Vec<f64> = timeline.speed.as_slice().iter().zip(&usable).map(usable_speed).collect();
        let raw = sums(&speeds);
        let is_sloped = timeline.grade.n_present() > 0;
        let costs = if is_sloped { costs(&timeline.grade, CostModel::HeartRate) } else { Vec::new() };
        // A long descent that the receiver saw excuses, whatever the runner's answer. A slope that it saw accuses only
        // where the runner climbs it again and again.
        let believed = if !is_sloped {
            SlopeBelief::Part(0.0)
        } else if timeline.signals.altitude == AltitudeSource::Gps {
            slope_response::believed_of_satellites(timeline).map_or(SlopeBelief::Descents, SlopeBelief::Part)
        } else {
            SlopeBelief::Part(slope_response::believed_slope(timeline, bouts, &usable, &costs))
        };
        let graded = if is_sloped { sums(&believed.graded(&speeds, &costs)) } else { raw.clone() };
        let steepness: Vec<f64> = timeline.grade.iter().map(|slope| slope.map_or(f64::NAN, f64::abs)).collect();
        let (slopes, elapsed_s) = (timeline.grade.clone(), timeline.elapsed_s);
        let other_model = OtherModel { speeds, slopes, believed, elapsed_s, sums: OnceCell::new() };
        Self { raw, graded, other_model, steepness: sums(&steepness) }
    }

    /// Mean speeds of a stretch; `None` where too little of it is known.
    pub fn of_stretch(&self, range: &Range<usize>, error: SpeedError, interval_s: f64) -> Option<StretchSpeed> {
        let inner = trimmed(range, interval_s);
        let known = self.graded.seconds(inner.clone());
        let graded = self.graded.mean(inner.clone()).filter(|_| known >= LEAST_KNOWN * inner.len() as f64)?;
        let raw = self.raw.mean(inner.clone())?;
        let steepness = self.steepness.mean(inner.clone()).unwrap_or(0.0);
        let other_model = if steepness >= STEEP { Some(self.other_model.mean(inner)?) } else { None };
        (graded > 0.0).then(|| StretchSpeed { raw, graded, other_model, error: error.of_mean(known, raw), steepness })
    }
}

/// For each sample the cost of its slope as a factor on speed; NaN where no slope is known.
fn costs(slopes: &Series, model: CostModel) -> Vec<f64> {
    let mut cost = remembered(move |slope| graded_speed(1.0, slope, model));
    slopes.iter().map(|slope| slope.map_or(f64::NAN, &mut cost)).collect()
}

/// The stretches of a session.
pub(super) fn stretches(timeline: &Timeline, bouts: &[Bout], speeds: &Speeds) -> Stretches {
    let from_device = timeline.signals.speed == SpeedSource::Device;
    let error = speed_error(&timeline.signals);
    let error = if from_device { error } else { error.widened_by(&mut changes(bouts, speeds)) };
    // Where records are far apart, ends of bouts are uncertain by as much.
    let told_apart = if timeline.signals.interval_s > SPARSE_S { INTERVALS * timeline.signals.interval_s } else { 0.0 };
    let shortest = told_apart.max(if from_device { SHORTEST_STRETCH_S.0 } else { SHORTEST_STRETCH_S.1 });
    let mut found = Stretches::default();
    for (index, bout) in bouts.iter().enumerate() {
        let seconds = timeline.duration(bout.range.clone());
        if bout.gait != Gait::Run || seconds < told_apart.max(SHORTEST_BOUT_S) {
            continue;
        }
        let mut push = |kind: Kind, range: Range<usize>| {
            let seconds = timeline.duration(range.clone());
            let speed = speeds.of_stretch(&range, error, timeline.signals.interval_s);
            found.stretches.push(Stretch { bout: index, kind, range, seconds, speed });
        };
        if seconds <= LONGEST_WHOLE_S {
            push(Kind::Whole, bout.range.clone());
            continue;
        }
        let cut = cut::cut(&speeds.graded, bout.range.clone(), error, shortest);
        if cut.stretches.is_empty() {
            push(Kind::Whole, bout.range.clone());
        }
        for range in cut.stretches {
            let long = range.len() as f64 > LASTING_S;
            push(if long { Kind::Stretch } else { Kind::Surge }, range);
        }
        found.bursts.extend(cut.bursts);
    }
    draw_together(&mut found.stretches);
    found
}

/// By how much, as a share, the mean speed of a run changes from ten seconds to the next, its ends left out.
fn changes(bouts: &[Bout], speeds: &Speeds) -> Vec<f64> {
    const TEN: usize = 10;
    let runs = bouts.iter().filter(|bout| bout.gait == Gait::Run).map(|bout| trimmed(&bout.range, 1.0));
    let pairs = runs.flat_map(|run| (run.start..run.end.saturating_sub(2 * TEN)).step_by(TEN));
    let change = |at: usize| {
        let (now, next) = (speeds.raw.mean(at..at + TEN)?, speeds.raw.mean(at + TEN..at + 2 * TEN)?);
        (now + next > 0.0).then(|| 2.0 * (next - now).abs() / (now + next))
    };
    pairs.filter_map(change).collect()
}

/// Draws the speeds of short bouts together by as much as noise would spread them.
fn draw_together(stretches: &mut [Stretch]) {
    let whole = || |stretch: &&mut Stretch| stretch.kind == Kind::Whole;
    let mut bouts: Vec<&mut StretchSpeed> =
        stretches.iter_mut().filter(whole()).filter_map(|stretch| stretch.speed.as_mut()).collect();
    let graded: Vec<f64> = bouts.iter().map(|speed| speed.graded).collect();
    let errors: Vec<f64> = bouts.iter().map(|speed| speed.error).collect();
    for (speed, (drawn, error)) in bouts.iter_mut().zip(shrink(&graded, &errors)) {
        speed.raw *= drawn / speed.graded;
        speed.other_model = speed.other_model.map(|other| other * (drawn / speed.graded));
        (speed.graded, speed.error) = (drawn, error);
    }
}

/// A stretch without its ends, where the runner was getting up to speed or slowing down.
///
/// Records that are some seconds apart blur the ends by as much.
fn trimmed(range: &Range<usize>, interval_s: f64) -> Range<usize> {
    let blurred = (interval_s - 1.0).clamp(0.0, 5.0) as usize;
    let ends = match range.len() {
        n if n >= 25 + 4 * blurred => 5 + blurred,
        25.. => 5,
        15.. => 3,
        _ => 0,
    };
    range.start + ends..range.end - ends
}
