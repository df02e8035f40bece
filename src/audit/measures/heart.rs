//! The numbers of the heart rate.

use super::super::context::SessionContext;
use super::super::heart::Method;
use super::super::noise::median;
use super::{Compared, Lengths};

/// What the heart rate shows beside its ceiling.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HeartMeasures {
    /// Running that could be held against the ceiling.
    pub judged_s: f64,
    /// Running above the ceiling and its uncertainty, whatever explains it.
    pub above_s: f64,
    /// The most of it on end.
    pub longest_above_s: f64,
    /// How much of it heat or tiring could explain.
    pub explained_s: f64,
    /// How much of it lies in bouts too short for the heart, and how many bouts those are.
    pub in_short: (f64, usize),
    /// Mean heart rate of what is above; of short bouts, which are judged whole, their peak.
    pub above_bpm: Option<f64>,
    /// Running that is not clearly under the ceiling, and the most of it on end.
    pub unclear: (f64, f64),
    /// The most that was allowed for drift where it made a difference.
    pub drift_bpm: Option<f64>,
    /// Stretches whose effort was over the ceiling, and those of which it can be told.
    pub n_over: usize,
    /// The latter.
    pub n_known: usize,
    /// The heart rate that the efforts over the ceiling ask for: their median.
    pub demand_bpm: Option<f64>,
    /// The same of all running.
    pub asked_bpm: Option<f64>,
    /// The highest heart rate.
    pub peak_bpm: Option<f64>,
    /// Efforts that pace shows among slower running, with their mean speed and its ratio to the slower running.
    pub fast: Option<(Lengths, Compared)>,
    /// Steady running, in metres a second and in beats a minute, and the speed that belongs to the ceiling today.
    pub steady: Option<(f64, f64, f64)>,
}

impl HeartMeasures {
    /// Of a session; `None` without a ceiling on heart rate.
    pub(in crate::audit) fn of(context: &SessionContext) -> Option<Self> {
        let has_limit =
            context.ceiling.heart_rate.is_some() || context.stretches.iter().any(|judged| judged.heart_limit.is_some());
        if !has_limit {
            return None;
        }
        let time = &context.over_time;
        let over = context.heart_over();
        let peak = context.heart_rate.iter().flatten().fold(0.0, f64::max);
        // A heart rate that comes late tells nothing of single stretches, and still how long it was above its ceiling.
        let is_late = context.heart.method == Method::Late;
        let judged_s = if is_late { time.known_s } else { context.unheard().judged_s.max(time.above.seconds) };
        Some(Self {
            judged_s,
            above_s: time.above.seconds,
            longest_above_s: time.above.longest_s,
            explained_s: time.above.seconds - time.over.seconds,
            in_short: time.in_short,
            above_bpm: time.over_bpm,
            unclear: (time.unclear.seconds.min(judged_s), time.unclear.longest_s),
            drift_bpm: time.drift_bpm,
            n_over: over.len(),
            n_known: context.stretches.iter().filter(|judged| judged.heart_over.is_some()).count(),
            demand_bpm: median(&mut over.iter().filter_map(|judged| judged.demand).collect::<Vec<_>>()),
            asked_bpm: median(&mut context.stretches.iter().filter_map(|judged| judged.demand).collect::<Vec<_>>()),
            peak_bpm: Some(peak).filter(|&bpm| bpm > 0.0),
            fast: fast(context),
            steady: context.witness.limit.map(|limit| (limit.steady.0, limit.steady.1, limit.speed)),
        })
    }
}

/// The efforts among slower running.
fn fast(context: &SessionContext) -> Option<(Lengths, Compared)> {
    let efforts = &context.witness.efforts;
    let lengths = Lengths::of(efforts.iter().map(|effort| effort.seconds))?;
    let meters: f64 = efforts.iter().map(|effort| effort.speed * effort.seconds).sum();
    let speed = meters / lengths.total_s;
    (context.witness.base > 0.0).then(|| (lengths, Compared { speed, ratio: speed / context.witness.base }))
}
