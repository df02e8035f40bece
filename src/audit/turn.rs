//! Where an easy run turned.

use std::ops::Range;

use super::chain::Effort;
use super::context::SessionContext;
use super::judge::OVER;

/// Running before the turn without which the session was so throughout, in seconds. Our choice.
const LEAST_BEFORE_S: f64 = 180.0;
/// Share of that running that may have been over the ceiling. Our choice.
const MOST_OVER_BEFORE: f64 = 0.10;
/// Length of running that must be over the ceiling for a drift to have begun, in seconds. Our choice.
const WINDOW_S: f64 = 120.0;
/// Share of the running before the turn of a drift that may have been over the ceiling. Our choice.
const MOSTLY_OVER: f64 = 0.5;
/// How far two ways to tell the turn of a drift may be apart before the later one is believed, in seconds. Our choice.
const DISPUTED_S: f64 = 90.0;

/// The sample at which intervals began, or `None` when they went on throughout.
pub(super) fn into_intervals(context: &SessionContext, chain: &[Effort]) -> Option<usize> {
    let at = chain.first()?.range.start;
    let (mut before_s, mut over_s) = (0.0, 0.0);
    for judged in context.stretches.iter().filter(|judged| judged.stretch.range.start < at) {
        before_s += judged.stretch.seconds;
        over_s += if judged.counted { judged.stretch.seconds } else { 0.0 };
    }
    (before_s >= LEAST_BEFORE_S && over_s < MOST_OVER_BEFORE * before_s).then_some(at)
}

/// Shortest part of an effort before the turn that stands on its own, in samples: the shortest bout that is judged.
const SHORTEST_PART: usize = 15;

/// The efforts of a run that drifted over its ceiling, cut where it turned, so that the verdict, the findings and the table
/// name one moment. What is left before the turn stays an effort where it is over the ceiling by itself.
pub(super) fn parted_at_the_drift(context: &SessionContext) -> Vec<Effort> {
    let Some(turned) = into_drift(context) else { return context.efforts.clone() };
    let part = |effort: &Effort, range: Range<usize>| context.as_measured(&Effort { range, ..effort.clone() });
    let mut parted = Vec::with_capacity(context.efforts.len() + 1);
    for effort in &context.efforts {
        if !(effort.range.start < turned && turned < effort.range.end) {
            parted.push(effort.clone());
            continue;
        }
        let before = part(effort, effort.range.start..turned);
        parted.extend(Some(before).filter(|before| before.range.len() >= SHORTEST_PART && before.ratio > OVER));
        let bout = context.bouts().partition_point(|bout| bout.range.end <= turned);
        parted.push(Effort { bout, ..part(effort, turned..effort.range.end) });
    }
    parted
}

/// The sample from which the running stayed over the ceiling to its end, or `None` when it was so throughout.
///
/// From there on every mean to the end is over, and so are the first two minutes. A fast end makes such means fast long
/// before it; so where the running as a whole is parted best much later, the runner turned there.
pub(super) fn into_drift(context: &SessionContext) -> Option<usize> {
    let runs = running(context);
    let total_s: f64 = runs.iter().map(|run| run.seconds).sum();
    let mut turned = None;
    let (mut ratio_s, mut after_s) = (0.0, 0.0);
    for (index, run) in runs.iter().enumerate().rev() {
        ratio_s += run.ratio * run.seconds;
        after_s += run.seconds;
        if after_s >= WINDOW_S && ratio_s / after_s <= OVER {
            break;
        }
        if window_ratio(&runs[index..]) > OVER {
            turned = Some((run.start, total_s - after_s));
        }
    }
    let (start, _) = turned.filter(|&(_, before_s)| before_s >= LEAST_BEFORE_S)?;
    let before = || context.stretches.iter().filter(|judged| judged.stretch.range.end <= start);
    let all_s: f64 = before().map(|judged| judged.stretch.seconds).sum();
    let over_s: f64 = before().filter(|judged| judged.counted).map(|judged| judged.stretch.seconds).sum();
    // Who was over for most of the time before did not turn there.
    if over_s > MOSTLY_OVER * all_s {
        return None;
    }
    let later = two_levels(&runs).filter(|&split| split > start && context.seconds(&(start..split)) > DISPUTED_S);
    // Before the later turn the runner must not have been over already.
    let between = |split: usize| runs.iter().filter(move |run| (start..split).contains(&run.start));
    let was_easy = |&split: &usize| mean_ratio(between(split)) <= OVER;
    at_an_effort(context, later.filter(was_easy).unwrap_or(start))
}

/// The turn as the table shows it: within an effort, or where the next begins. Running that is at the ceiling and not over it
/// leads up to a turn and is not after it; where none begins, nothing turned that can be shown.
fn at_an_effort(context: &SessionContext, turned: usize) -> Option<usize> {
    let effort = context.efforts.iter().find(|effort| effort.range.end > turned)?;
    Some(if turned < effort.range.start + SHORTEST_PART { effort.range.start } else { turned })
}

/// Length of a fast end in seconds, and its share of the running, from which it is more than a surge: a tempo run after
/// an easy part. Our choice.
const FAST_END_S: f64 = 300.0;
const FAST_END_SHARE: f64 = 0.15;

/// True when the last part of the running is a tempo: over the ceiling on average, and in its last two minutes too.
///
/// Everything that is asked for here stays true under a lower ceiling.
pub(super) fn has_fast_end(context: &SessionContext) -> bool {
    let runs = running(context);
    let total_s: f64 = runs.iter().map(|run| run.seconds).sum();
    let least_s = FAST_END_S.max(FAST_END_SHARE * total_s);
    let (mut over_s, mut seconds) = (0.0, 0.0);
    let mut two_minutes = None;
    for run in runs.iter().rev() {
        over_s += if run.counted { run.seconds } else { 0.0 };
        seconds += run.seconds;
        if two_minutes.is_none() && seconds >= WINDOW_S {
            two_minutes = Some(over_s >= MOSTLY_OVER * seconds);
        }
        if seconds >= least_s && over_s >= MOSTLY_TEMPO * seconds {
            return two_minutes == Some(true);
        }
    }
    false
}

/// Share of a fast end that is over the ceiling. Our choice.
const MOSTLY_TEMPO: f64 = 0.8;

/// Mean ratio of some running; 0 for none.
fn mean_ratio<'a>(runs: impl Iterator<Item = &'a Run>) -> f64 {
    let (sum, seconds) = runs.fold((0.0, 0.0), |sum, run| (sum.0 + run.ratio * run.seconds, sum.1 + run.seconds));
    if seconds > 0.0 { sum / seconds } else { 0.0 }
}

/// The sample that parts the running best into a slower and a faster part; `None` where no part is faster than before.
fn two_levels(runs: &[Run]) -> Option<usize> {
    let total = runs.iter().fold((0.0, 0.0), |sum, run| (sum.0 + run.ratio.ln() * run.seconds, sum.1 + run.seconds));
    let mut before = (0.0, 0.0);
    let parted = runs.iter().filter_map(|run| {
        let (slow, slow_s) = before;
        before = (before.0 + run.ratio.ln() * run.seconds, before.1 + run.seconds);
        let (fast, fast_s) = (total.0 - slow, total.1 - slow_s);
        let rise = fast / fast_s - slow / slow_s;
        // What the two means explain of the spread.
        (rise > 0.0).then_some((rise * rise * slow_s * fast_s, run.start))
    });
    parted.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, start)| start)
}

/// A few seconds of running.
struct Run {
    start: usize,
    seconds: f64,
    ratio: f64,
    counted: bool,
}

/// The judged running in steps of five seconds.
fn running(context: &SessionContext) -> Vec<Run> {
    const STEP: usize = 5;
    let mut runs = Vec::new();
    for (judged, ratio) in context.judged() {
        let Some(speed) = judged.stretch.speed else { continue };
        let range = judged.stretch.range.clone();
        for start in range.clone().step_by(STEP) {
            let step = start..(start + STEP).min(range.end);
            let Some(graded) = context.speeds.graded.mean(step.clone()) else { continue };
            runs.push(Run {
                start,
                seconds: context.seconds(&step),
                ratio: ratio * graded / speed.graded,
                counted: judged.counted,
            });
        }
    }
    runs
}

/// Mean ratio of the first two minutes.
fn window_ratio(runs: &[Run]) -> f64 {
    let (mut sum, mut seconds) = (0.0, 0.0);
    for run in runs {
        sum += run.ratio * run.seconds;
        seconds += run.seconds;
        if seconds >= WINDOW_S {
            break;
        }
    }
    if seconds > 0.0 { sum / seconds } else { 0.0 }
}

/// Mean ratio of the judged running in its first and its last third.
pub(super) fn thirds(context: &SessionContext) -> Option<(f64, f64)> {
    let runs = running(context);
    let total_s: f64 = runs.iter().map(|run| run.seconds).sum();
    let mean = |from: f64, to: f64| {
        let (mut sum, mut seconds, mut at) = (0.0, 0.0, 0.0);
        for run in &runs {
            if (from..to).contains(&at) {
                sum += run.ratio * run.seconds;
                seconds += run.seconds;
            }
            at += run.seconds;
        }
        (seconds > 0.0).then(|| sum / seconds)
    };
    Some((mean(0.0, total_s / 3.0)?, mean(total_s * 2.0 / 3.0, total_s)?))
}
