//! What was measured in each bout, runs and walks alike.

use std::ops::Range;

use super::context::SessionContext;
use super::grade::walk_cost;
use super::judge::JudgedStretch;
use super::{BoutAudit, tag};
use crate::segment::{Bout, Gait};
use crate::timeline::{Series, Timeline};
use crate::units::{Cadence, HeartRate, Speed};

/// Share of a long bout over the ceiling from which the bout as a whole is. Our choice, as for a session.
const OVER_SHARE: f64 = 0.15;

/// What was measured in each bout, in their order.
pub(super) fn bouts(context: &SessionContext) -> Vec<BoutAudit> {
    let mut stretches = context.stretches.as_slice();
    context
        .bouts()
        .iter()
        .enumerate()
        .map(|(index, bout)| {
            let n = stretches.iter().take_while(|judged| judged.stretch.bout == index).count();
            let (of_bout, rest) = stretches.split_at(n);
            stretches = rest;
            measure(context, bout, of_bout)
        })
        .collect()
}

fn measure(context: &SessionContext, bout: &Bout, stretches: &[JudgedStretch]) -> BoutAudit {
    let timeline = context.timeline;
    let range = bout.range.clone();
    if matches!(bout.gait, Gait::Paused) {
        return BoutAudit::default();
    }
    let speed = speed_over(context, &range);
    let graded = match bout.gait {
        Gait::Run | Gait::Unknown => graded_over(context, &range),
        Gait::Walk => walked(context, range.clone()),
        Gait::Stand | Gait::Paused => None,
    };
    let (is_held, over, tags) = judged(context, bout, stretches);
    let limit = context.settings.speed_limit(context.ceiling, &range).filter(|_| is_held);
    let ratio = graded.zip(limit).map(|(graded, (limit, _))| graded / limit.as_meters_per_second());
    BoutAudit {
        speed: speed.map(Speed::from_meters_per_second),
        graded_speed: graded.map(Speed::from_meters_per_second),
        cadence: mean(timeline, &timeline.cadence, range.clone()).map(Cadence::from_spm),
        heart_rate_mean: mean(timeline, &context.heart_rate, range.clone()).map(HeartRate::from_bpm),
        heart_rate_max: highest(&context.heart_rate, range).map(HeartRate::from_bpm),
        heart_rate_demand: demand(stretches).map(HeartRate::from_bpm),
        ratio,
        over,
        tags,
    }
}

/// Least share of a stretch whose speed must be known for it to have a pace.
const LEAST_KNOWN: f64 = 0.5;

/// Distance over time of a stretch in metres a second; `None` where most of its speed is missing or doubtful.
pub(super) fn speed_over(context: &SessionContext, range: &Range<usize>) -> Option<f64> {
    let seconds = context.seconds(range);
    let known = context.speeds.raw.seconds(range.clone()) + crossed_s(context, range);
    let at = |i: usize| context.timeline.distance_at(i).as_meters();
    (seconds > 0.0 && known >= LEAST_KNOWN * seconds).then(|| (at(range.end) - at(range.start)) / seconds)
}

/// The same on flat ground with the same effort.
pub(super) fn graded_over(context: &SessionContext, range: &Range<usize>) -> Option<f64> {
    let (raw, graded) = (context.speeds.raw.mean(range.clone())?, context.speeds.graded.mean(range.clone())?);
    speed_over(context, range).filter(|_| raw > 0.0).map(|speed| speed * graded / raw)
}

/// Seconds of a stretch stood at crossings, which are no part of its sums.
fn crossed_s(context: &SessionContext, range: &Range<usize>) -> f64 {
    let first = context.bouts().partition_point(|bout| bout.range.end <= range.start);
    let bouts = context.bouts()[first..].iter().take_while(|bout| bout.range.start < range.end);
    let parts = bouts.flat_map(|bout| &bout.crossings).map(|at| at.start.max(range.start)..at.end.min(range.end));
    parts.filter(|part| part.start < part.end).map(|part| context.seconds(&part)).sum()
}

/// The heart rate at which the effort of a bout would settle: the mean of its stretches, each weighed by its time.
fn demand(stretches: &[JudgedStretch]) -> Option<f64> {
    let known = stretches.iter().filter_map(|judged| Some((judged.demand?, judged.stretch.seconds)));
    let (sum, seconds) = known.fold((0.0, 0.0), |(sum, time), (bpm, seconds)| (sum + bpm * seconds, time + seconds));
    (seconds > 0.0).then(|| sum / seconds)
}

/// Whether it can be held against a ceiling on pace, whether it is over, and tags: of its one stretch, or of all stretches of a
/// long bout.
///
/// Where no ceiling on pace applies, heart rate says whether it is over.
fn judged(
    context: &SessionContext,
    bout: &Bout,
    stretches: &[JudgedStretch],
) -> (bool, Option<bool>, Vec<&'static str>) {
    let mut tags: Vec<&'static str> = Vec::new();
    for tag in stretches.iter().flat_map(|judged| &judged.tags) {
        if !tags.contains(tag) {
            tags.push(tag);
        }
    }
    if let [only] = stretches {
        let over = only.over.or_else(|| by_heart(context, bout));
        return (only.ratio.is_some(), over, tags);
    }
    if !context.has_pace_ceiling() {
        return (false, by_heart(context, bout), tags);
    }
    let Some(share) = share_over(context, bout, stretches, |judged| judged.ratio.map(|_| judged.counted)) else {
        return (false, None, tags);
    };
    let over = share >= OVER_SHARE;
    if share > 0.0 && !over {
        tags.push(tag::SURGES);
    }
    (true, Some(over), tags)
}

/// Whether most of a bout is over its ceiling on heart rate, where no ceiling on pace applies.
fn by_heart(context: &SessionContext, bout: &Bout) -> Option<bool> {
    context.over_time.is_over(&bout.range).filter(|_| !context.has_pace_ceiling())
}

/// Share of a bout that is over, or `None` where less than half of it can be told.
fn share_over(
    context: &SessionContext,
    bout: &Bout,
    stretches: &[JudgedStretch],
    over: impl Fn(&JudgedStretch) -> Option<bool>,
) -> Option<f64> {
    let (mut over_s, mut known_s) = (0.0, 0.0);
    for judged in stretches {
        let Some(over) = over(judged) else { continue };
        known_s += judged.stretch.seconds;
        over_s += if over { judged.stretch.seconds } else { 0.0 };
    }
    (known_s > 0.0 && known_s > 0.5 * context.seconds(&bout.range)).then(|| over_s / known_s)
}

/// Mean speed of a walk on flat ground that costs as much.
fn walked(context: &SessionContext, range: Range<usize>) -> Option<f64> {
    let timeline = context.timeline;
    let (mut sum, mut seconds) = (0.0, 0.0);
    for i in range.filter(|&i| !timeline.flags[i].is_suspect()) {
        let Some(speed) = timeline.speed.get(i) else { continue };
        sum += speed * walk_cost(timeline.grade.get(i).unwrap_or(0.0)) / walk_cost(0.0) * timeline.span(i);
        seconds += timeline.span(i);
    }
    (seconds > 0.0).then(|| sum / seconds)
}

/// Mean of the samples that are there, each weighed by the time it stands for.
pub(super) fn mean(timeline: &Timeline, series: &Series, range: Range<usize>) -> Option<f64> {
    let (mut sum, mut seconds) = (0.0, 0.0);
    for i in range {
        let Some(value) = series.get(i) else { continue };
        sum += value * timeline.span(i);
        seconds += timeline.span(i);
    }
    (seconds > 0.0).then(|| sum / seconds)
}

/// Highest median of five samples in a row, so that a single wrong beat does not count.
pub(super) fn highest(series: &Series, range: Range<usize>) -> Option<f64> {
    let known: Vec<f32> = series.as_slice()[range].iter().copied().filter(|bpm| bpm.is_finite()).collect();
    let mut highest = f32::NEG_INFINITY;
    for five in known.windows(5) {
        // The median of five is higher only when three of them are.
        if five.iter().filter(|&&bpm| bpm > highest).count() >= 3 {
            let mut five = [five[0], five[1], five[2], five[3], five[4]];
            five.sort_unstable_by(f32::total_cmp);
            highest = five[2];
        }
    }
    highest.is_finite().then_some(f64::from(highest))
}
