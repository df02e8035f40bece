//! Steps as exports count them: whole ones, over intervals on the clock.

use std::collections::BTreeMap;

use crate::model::{Pause, Record, Session};
use crate::units::Timestamp;

/// The cadence that a watch shows is an average over the last seconds, and steps are counted at once. So long is the
/// average of the made sessions, in seconds, and it is undone here.
const AVERAGE_S: f64 = 3.0;
/// A longer time without a record is a hole, in seconds.
const LONGEST_S: f64 = 10.0;

/// The steps in each interval of so many seconds, by its number since 1970. `cadence_factor` is 2 where the records count
/// the steps of one leg.
pub fn counted(session: &Session, cadence_factor: f64, interval_s: i64) -> BTreeMap<i64, f64> {
    let timed: Vec<(Timestamp, &Record)> = session.records.iter().filter_map(|r| Some((r.time()?, r))).collect();
    let (mut so_far, mut told) = (0.0_f64, 0.0_f64);
    let mut steps: BTreeMap<i64, f64> = BTreeMap::new();
    for pair in timed.windows(2) {
        let ((time, before), (next, after)) = (pair[0], pair[1]);
        let span = next.seconds_since(time);
        let Some(shown) = after.raw_cadence().filter(|_| span <= LONGEST_S && !is_paused(time, &session.pauses)) else {
            continue;
        };
        let keep = (-span / AVERAGE_S).exp();
        let shown_before = before.raw_cadence().unwrap_or(shown);
        let cadence = ((shown - shown_before * keep) / (1.0 - keep)).max(0.0);
        // What a record shows is that of the second that begins with it, and of those since the record before it.
        let first = time.as_unix_millis().div_euclid(1000) + 1;
        for second in first..first + span.round() as i64 {
            so_far += cadence * cadence_factor / 60.0;
            *steps.entry(second.div_euclid(interval_s)).or_default() += so_far.round() - told;
            told = so_far.round();
        }
    }
    steps
}

/// True where a moment lies in a pause.
pub(super) fn is_paused(time: Timestamp, pauses: &[Pause]) -> bool {
    pauses.iter().any(|pause| (pause.start..pause.end).contains(&time))
}
