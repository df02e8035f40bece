//! What was measured in each bout, runs and walks alike.

use std::ops::Range;

use super::case::Case;
use super::grade::walk_cost;
use super::judge::Judged;
use super::{BoutAudit, Tag};
use crate::segment::{Bout, Gait};
use crate::timeline::{Series, Timeline};
use crate::units::{Cadence, HeartRate, Speed};

/// Share of a long bout over the ceiling from which the bout as a whole is. Our choice, as for a session.
const OVER_SHARE: f64 = 0.15;

/// What was measured in each bout, in their order.
pub(super) fn bouts(case: &Case) -> Vec<BoutAudit> {
    let mut units = case.units.as_slice();
    case.bouts()
        .iter()
        .enumerate()
        .map(|(index, bout)| {
            let n = units.iter().take_while(|judged| judged.unit.bout == index).count();
            let (of_bout, rest) = units.split_at(n);
            units = rest;
            measure(case, bout, of_bout)
        })
        .collect()
}

fn measure(case: &Case, bout: &Bout, units: &[Judged]) -> BoutAudit {
    let timeline = case.timeline;
    let range = bout.range.clone();
    if matches!(bout.gait, Gait::Paused) {
        return BoutAudit::default();
    }
    let speed = speed_over(case, &range);
    let graded = match bout.gait {
        Gait::Run | Gait::Unknown => graded_over(case, &range),
        Gait::Walk => walked(case, range.clone()),
        Gait::Stand | Gait::Paused => None,
    };
    let (is_held, over, tags) = judged(case, bout, units);
    let limit = case.settings.speed_limit(case.ceiling, &range).filter(|_| is_held);
    let ratio = graded.zip(limit).map(|(graded, (limit, _))| graded / limit.as_meters_per_second());
    BoutAudit {
        speed: speed.map(Speed::from_meters_per_second),
        graded_speed: graded.map(Speed::from_meters_per_second),
        cadence: mean(timeline, &timeline.cadence, range.clone()).map(Cadence::from_spm),
        heart_rate_mean: mean(timeline, &timeline.heart_rate, range.clone()).map(HeartRate::from_bpm),
        heart_rate_max: highest(&timeline.heart_rate, range).map(HeartRate::from_bpm),
        heart_rate_demand: demand(units).map(HeartRate::from_bpm),
        ratio,
        over,
        tags,
    }
}

/// Least share of a stretch whose speed must be known for it to have a pace.
const LEAST_KNOWN: f64 = 0.5;

/// Distance over time of a stretch in metres a second; `None` where most of its speed is missing or doubtful.
pub(super) fn speed_over(case: &Case, range: &Range<usize>) -> Option<f64> {
    let seconds = case.seconds(range);
    let known = case.speeds.raw.seconds(range.clone()) + crossed_s(case, range);
    let at = |i: usize| case.timeline.distance_at(i).as_meters();
    (seconds > 0.0 && known >= LEAST_KNOWN * seconds).then(|| (at(range.end) - at(range.start)) / seconds)
}

/// The same on flat ground with the same effort.
pub(super) fn graded_over(case: &Case, range: &Range<usize>) -> Option<f64> {
    let (raw, graded) = (case.speeds.raw.mean(range.clone())?, case.speeds.graded.mean(range.clone())?);
    speed_over(case, range).filter(|_| raw > 0.0).map(|speed| speed * graded / raw)
}

/// Seconds of a stretch stood at crossings, which are no part of its sums.
fn crossed_s(case: &Case, range: &Range<usize>) -> f64 {
    let first = case.bouts().partition_point(|bout| bout.range.end <= range.start);
    let bouts = case.bouts()[first..].iter().take_while(|bout| bout.range.start < range.end);
    let parts = bouts.flat_map(|bout| &bout.crossings).map(|at| at.start.max(range.start)..at.end.min(range.end));
    parts.filter(|part| part.start < part.end).map(|part| case.seconds(&part)).sum()
}

/// The heart rate at which the effort of a bout would settle: the mean of its units, each weighed by its time.
fn demand(units: &[Judged]) -> Option<f64> {
    let known = units.iter().filter_map(|judged| Some((judged.demand?, judged.unit.seconds)));
    let (sum, seconds) = known.fold((0.0, 0.0), |(sum, time), (bpm, seconds)| (sum + bpm * seconds, time + seconds));
    (seconds > 0.0).then(|| sum / seconds)
}

/// Whether it can be held against a ceiling on pace, whether it is over, and tags: of its one unit, or of all units of a
/// long bout.
///
/// Where no ceiling on pace applies, heart rate says whether it is over.
fn judged(case: &Case, bout: &Bout, units: &[Judged]) -> (bool, Option<bool>, Vec<Tag>) {
    let mut tags: Vec<Tag> = Vec::new();
    for tag in units.iter().flat_map(|judged| &judged.tags) {
        if !tags.contains(tag) {
            tags.push(*tag);
        }
    }
    if let [only] = units {
        let over = only.over.or_else(|| by_heart(case, bout));
        return (only.ratio.is_some(), over, tags);
    }
    if !case.has_pace_ceiling() {
        return (false, by_heart(case, bout), tags);
    }
    let Some(share) = share_over(case, bout, units, |judged| judged.ratio.map(|_| judged.counted)) else {
        return (false, None, tags);
    };
    let over = share >= OVER_SHARE;
    if share > 0.0 && !over {
        tags.push(Tag::Surges);
    }
    (true, Some(over), tags)
}

/// Whether most of a bout is over its ceiling on heart rate, where no ceiling on pace applies.
fn by_heart(case: &Case, bout: &Bout) -> Option<bool> {
    case.over_time.is_over(&bout.range).filter(|_| !case.has_pace_ceiling())
}

/// Share of a bout that is over, or `None` where less than half of it can be told.
fn share_over(case: &Case, bout: &Bout, units: &[Judged], over: impl Fn(&Judged) -> Option<bool>) -> Option<f64> {
    let (mut over_s, mut known_s) = (0.0, 0.0);
    for judged in units {
        let Some(over) = over(judged) else { continue };
        known_s += judged.unit.seconds;
        over_s += if over { judged.unit.seconds } else { 0.0 };
    }
    (known_s > 0.0 && known_s > 0.5 * case.seconds(&bout.range)).then(|| over_s / known_s)
}

/// Mean speed of a walk on flat ground that costs as much.
fn walked(case: &Case, range: Range<usize>) -> Option<f64> {
    let timeline = case.timeline;
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
