//! What was measured in each bout, runs and walks alike.

use std::ops::Range;

use super::context::SessionContext;
use super::grade::walk_cost;
use super::judge::JudgedStretch;
use super::{BoutAudit, Tag};
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
    let speed = context.speed_over(&range);
    let graded = match bout.gait {
        Gait::Run | Gait::Unknown => context.graded_over(&range),
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
fn judged(context: &SessionContext, bout: &Bout, stretches: &[JudgedStretch]) -> (bool, Option<bool>, Vec<Tag>) {
    let mut tags: Vec<Tag> = Vec::new();
    for tag in stretches.iter().flat_map(|judged| &judged.tags) {
        if !tags.contains(tag) {
            tags.push(*tag);
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
        tags.push(Tag::Surges);
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
    let (mut flat, mut ground) = (0.0, 0.0);
    for i in range.clone().filter(|&i| !timeline.flags[i].is_suspect()) {
        let Some(speed) = timeline.speed.get(i) else { continue };
        ground += speed * timeline.span(i);
        flat += speed * walk_cost(timeline.grade.get(i).unwrap_or(0.0)) / walk_cost(0.0) * timeline.span(i);
    }
    context.speed_over(&range).filter(|_| ground > 0.0).map(|speed| speed * flat / ground)
}

/// Mean of the samples that are there, each weighed by the time it stands for.
pub(super) fn mean(timeline: &Timeline, series: &Series, range: Range<usize>) -> Option<f64> {
    let (mut sum, mut seconds) = (0.0, 0.0);
    let samples = series.as_slice();
    // A whole second needs no factor.
    let whole = (timeline.elapsed_s as usize).min(samples.len()).clamp(range.start, range.end.max(range.start));
    for &value in samples.get(range.start..whole).unwrap_or_default().iter().filter(|value| value.is_finite()) {
        sum += f64::from(value);
        seconds += 1.0;
    }
    for i in whole..range.end {
        let Some(value) = series.get(i) else { continue };
        sum += value * timeline.span(i);
        seconds += timeline.span(i);
    }
    (seconds > 0.0).then(|| sum / seconds)
}

/// Highest median of five samples in a row, so that a single wrong beat does not count.
pub(super) fn highest(series: &Series, range: Range<usize>) -> Option<f64> {
    let mut known = Vec::with_capacity(range.len());
    known.extend(series.as_slice()[range].iter().copied().filter(|bpm| bpm.is_finite()));
    let mut highest = f32::NEG_INFINITY;
    let mut n_higher = known.iter().take(4).count();
    for five in known.windows(5) {
        n_higher += usize::from(five[4] > highest);
        // The median of five is higher only when three of them are.
        if n_higher >= 3 {
            let mut sorted = [five[0], five[1], five[2], five[3], five[4]];
            sorted.sort_unstable_by(f32::total_cmp);
            highest = sorted[2];
            n_higher = five.iter().filter(|&&bpm| bpm > highest).count();
        }
        n_higher -= usize::from(five[0] > highest);
    }
    highest.is_finite().then_some(f64::from(highest))
}
