//! Holds each stretch against the ceiling: how fast, how surely, and whether it counts.

use super::evidence::Marks;
use super::heart::Heart;
use super::noise::slope_error;
use super::stretch::{Kind, Stretch};
use super::{Settings, Tag};
use crate::ceiling::Ceiling;
use crate::timeline::Timeline;

/// Ratio to the ceiling beyond which a stretch can be over. The grey band below it is still inside the easy zone of
/// Daniels' Running Formula, 74 % of the highest oxygen uptake where the ceiling stands at 70 %.
pub(super) const OVER: f64 = 1.05;
/// Standard errors above the ceiling that make a stretch over: 90 % sure.
pub(super) const SURE: f64 = 1.2816;
/// The same for a short stretch that was picked out of a long run for its speed: 98 % sure.
pub(super) const SURE_OF_SURGE: f64 = 2.0537;
/// Ratio up to which a stretch that is no faster over the ground than the ceiling is the hill's doing. Our choice.
pub(super) const HILL: f64 = 1.12;
/// Ratio of speed over the ground to the ceiling from which an easy descent is fast for the legs. Our choice.
const FAST_DOWNHILL: f64 = 1.08;
/// A finish kick begins in the last seconds of the running and lasts no longer than the second number. Our choice.
const KICK_BEGINS_S: f64 = 80.0;
const KICK_LASTS_S: f64 = 75.0;
/// Share of the running beyond which it is no footnote. Our choice.
const KICK_SHARE: f64 = 0.1;
/// Strides: length in seconds and least ratio. Our choice.
const STRIDE_S: std::ops::RangeInclusive<f64> = 14.0..=26.0;
const STRIDE: f64 = 1.25;
/// Heart rate above its ceiling that is over it: in bpm, or in standard deviations of the ceiling. Our choice.
const HEART_OVER_BPM: f64 = 4.0;
const HEART_OVER_DEVIATIONS: f64 = 0.5;

/// A stretch with what came of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct JudgedStretch {
    /// The stretch.
    pub stretch: Stretch,
    /// Graded speed over ceiling speed; `None` without a speed or a ceiling.
    pub ratio: Option<f64>,
    /// Standard deviation of its logarithm, ceiling included.
    pub error: f64,
    /// Beyond doubt faster than the ceiling; `None` where that cannot be told.
    pub over: Option<bool>,
    /// Over, and neither a hill nor a finish kick: it counts for the verdict.
    pub counted: bool,
    /// Over by effort alone: over the ground it is not.
    pub climbs: bool,
    /// The marks beside its speed, where it counts.
    pub marks: Option<Marks>,
    /// What the marks beside its speed say, from -1, surely chance, to 1, surely an effort.
    pub belief: f64,
    /// How much its time weighs: half where the cost models of the slope disagree about it.
    pub weight: f64,
    /// The heart rate in bpm at which its effort would settle, where it can be told.
    pub demand: Option<f64>,
    /// The ceiling on heart rate in bpm that applies to it, where there is one.
    pub heart_limit: Option<f64>,
    /// What that heart rate, its drift taken out, is above its ceiling in bpm; `None` without either.
    pub heart_excess: Option<f64>,
    /// Beyond doubt over the ceiling on heart rate; `None` where that cannot be told.
    pub heart_over: Option<bool>,
    /// What is special about it.
    pub tags: Vec<Tag>,
}

/// Holds each stretch against the ceiling that applies to it.
pub(super) fn judge(
    stretches: Vec<Stretch>,
    heart: &Heart,
    timeline: &Timeline,
    ceiling: &Ceiling,
    settings: &Settings,
) -> Vec<JudgedStretch> {
    let run_s: f64 = stretches.iter().map(|stretch| stretch.seconds).sum();
    let slope_error = slope_error(&timeline.signals);
    let mut judged: Vec<JudgedStretch> = Vec::with_capacity(stretches.len());
    let mut done_s = 0.0;
    for (stretch, (&demand, &drifted)) in stretches.into_iter().zip(heart.demand.iter().zip(&heart.drifted)) {
        let left_s = run_s - done_s;
        done_s += stretch.seconds;
        let mut of_stretch = judge_one(stretch, slope_error, ceiling, settings);
        judge_heart(&mut of_stretch, demand, drifted, ceiling, settings);
        let first_over = judged.last().is_none_or(|before| before.over != Some(true));
        let is_last = left_s <= KICK_BEGINS_S && of_stretch.stretch.seconds <= KICK_LASTS_S.min(KICK_SHARE * run_s);
        if of_stretch.over == Some(true) && is_last && first_over && !judged.is_empty() {
            of_stretch.counted &= settings.count_kicks;
            of_stretch.tags.push(Tag::Kick);
        }
        judged.push(of_stretch);
    }
    judged
}

fn judge_one(stretch: Stretch, slope_error: f64, ceiling: &Ceiling, settings: &Settings) -> JudgedStretch {
    let mut judged = JudgedStretch {
        ratio: None,
        error: 0.0,
        over: None,
        counted: false,
        climbs: false,
        marks: None,
        belief: 0.0,
        weight: 1.0,
        demand: None,
        heart_limit: None,
        heart_excess: None,
        heart_over: None,
        tags: Vec::new(),
        stretch,
    };
    let Some(speed) = judged.stretch.speed else {
        judged.tags.push(Tag::Suspect);
        return judged;
    };
    let Some((limit, uncertainty)) = settings.speed_limit(ceiling, &judged.stretch.range) else {
        return judged;
    };
    let limit = limit.as_meters_per_second();
    let ratio = speed.graded / limit;
    let error = speed.error.hypot(uncertainty).hypot(slope_error);
    let sure = if judged.stretch.kind == Kind::Surge { SURE_OF_SURGE } else { SURE };
    let is_over = |ratio: f64| ratio > OVER && ratio.ln() >= sure * error;
    let over = is_over(ratio);
    (judged.ratio, judged.error, judged.over, judged.counted) = (Some(ratio), error, Some(over), over);
    if speed.other_model.is_some_and(|other| over != is_over(other / limit)) {
        judged.weight = 0.5;
        judged.tags.push(Tag::GradeDependent);
    }
    judged.climbs = over && speed.raw <= OVER * limit;
    if over && speed.raw <= limit && ratio < HILL {
        judged.counted = false;
        judged.tags.push(Tag::Hill);
    }
    if !over && speed.graded < speed.raw && speed.raw > FAST_DOWNHILL * limit {
        judged.tags.push(Tag::FastDownhill);
    }
    if over && ratio >= STRIDE && STRIDE_S.contains(&judged.stretch.seconds) {
        judged.tags.push(Tag::Stride);
    }
    judged
}

fn judge_heart(judged: &mut JudgedStretch, demand: Option<f64>, drifted: f64, ceiling: &Ceiling, settings: &Settings) {
    judged.demand = demand;
    let limit = settings.heart_rate_limit(ceiling, &judged.stretch.range);
    let (Some(demand), Some((limit, uncertainty))) = (demand, limit) else { return };
    let excess = demand - drifted - limit.as_bpm();
    let over = excess > HEART_OVER_BPM.max(HEART_OVER_DEVIATIONS * uncertainty);
    judged.heart_limit = Some(limit.as_bpm());
    (judged.heart_excess, judged.heart_over) = (Some(excess), Some(over));
    if over {
        judged.tags.push(Tag::HeartRateOver);
    }
}
