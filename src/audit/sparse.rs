//! Records too far apart for the bouts: efforts that vanish in the means between them cannot be cleared.

use std::ops::Range;

use super::context::SessionContext;
use super::judge::OVER;
use super::noise::{median, speed_error};
use crate::segment::Gait;

/// Median time between records beyond which means hide efforts, in seconds: up to it they are a straight line from one
/// to the next.
const SPARSE_S: f64 = 10.0;
/// The shortest effort that could hide between two records, in seconds: the shortest stretch that is judged.
const SHORTEST_EFFORT_S: f64 = 20.0;
/// Standard errors, and the least share, by which the speed between two records stands out. Our choice: most runs have
/// some hundred of them.
const STANDS_OUT: f64 = 2.5;
const LEAST_CHANGE: f64 = 0.08;
/// Times between records that stand out, and their share of the running, from which they are no chance. Our choice.
const LEAST: usize = 3;
const LEAST_SHARE: f64 = 0.04;
/// Share of the running in bouts too short for the records, which are not judged, from which they are the session.
const MOST_SHORT: f64 = 0.2;

/// True where records are so far apart that efforts could hide between them, and the session looks as if some did.
pub(super) fn could_hide(context: &SessionContext) -> bool {
    let interval_s = context.timeline.signals.interval_s;
    if interval_s <= SPARSE_S {
        return false;
    }
    let short_s = context.tally.run_s - context.tally.unit_s;
    if short_s > MOST_SHORT * context.tally.run_s {
        return true;
    }
    let windows = windows(context, interval_s);
    let Some(usual) = median(&mut windows.iter().map(|(_, speed)| *speed).collect::<Vec<_>>()) else { return false };
    let error = STANDS_OUT * speed_error(&context.timeline.signals).of_mean(interval_s, usual);
    let noise = error.max(LEAST_CHANGE);
    // What an effort adds to the mean between two records, it adds by this factor to its own speed.
    let hidden = (interval_s / SHORTEST_EFFORT_S).max(1.0);
    let is_effort = |(range, speed): &&(Range<usize>, f64)| {
        let limit = context.settings.speed_limit(context.ceiling, range).map(|(limit, _)| limit.as_meters_per_second());
        (speed / usual).ln() > noise && limit.is_some_and(|limit| usual + hidden * (speed - usual) > OVER * limit)
    };
    let n = windows.iter().filter(is_effort).count();
    n >= LEAST || n >= 2 && n as f64 * interval_s >= LEAST_SHARE * context.tally.run_s
}

/// The running in pieces as long as the records are apart, with their mean speeds.
fn windows(context: &SessionContext, interval_s: f64) -> Vec<(Range<usize>, f64)> {
    let length = interval_s.round() as usize;
    let runs = context.bouts().iter().filter(|bout| bout.gait == Gait::Run);
    let starts = runs.flat_map(|bout| {
        let last = (bout.range.end + 1).saturating_sub(length);
        (bout.range.start..last.max(bout.range.start)).step_by(length)
    });
    starts.filter_map(|start| Some((start..start + length, context.speeds.raw.mean(start..start + length)?))).collect()
}
