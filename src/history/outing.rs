//! Sessions that follow each other: a watch restarted in the middle of a run makes two files of one session.

use super::Run;
use crate::plan::PerformedBout;
use crate::segment::Gait;
use crate::units::Timestamp;

/// Sessions of one runner with less time between them, in seconds, are one against the plan. Our choice.
const BETWEEN_S: f64 = 1800.0;

/// True when `next` follows `last` within half an hour. Without a time of day nobody knows.
pub(super) fn follows(last: &Run, next: &Run) -> bool {
    let gap = last
        .start
        .zip(next.start)
        .map(|(last_start, start)| start.as_unix_seconds() - (last_start.as_unix_seconds() + last.elapsed_s));
    gap.is_some_and(|gap| gap < BETWEEN_S)
}

/// The bouts of an outing; between two sessions the watch was stopped.
pub(super) fn bouts(runs: &[&Run]) -> Vec<PerformedBout> {
    let mut bouts: Vec<PerformedBout> = Vec::new();
    let mut end: Option<f64> = None;
    for run in runs {
        let start = run.start.map(Timestamp::as_unix_seconds);
        let gap = end.zip(start).map(|(end, start)| start - end).filter(|gap| *gap > 0.0);
        bouts.extend(gap.map(|gap| PerformedBout::new(Gait::Paused, gap)));
        bouts.extend(&run.bouts);
        end = start.map(|start| start + run.elapsed_s);
    }
    bouts
}
