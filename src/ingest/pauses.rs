//! Pauses that a file shows only by beginning a new track.

use crate::model::{Pause, Record, Session};
use crate::units::Timestamp;

/// The shortest hole between two parts that is a pause, in seconds. Watches that record only changes leave up to
/// about 8 s between two records of a run that goes on; our choice lies above that.
const SHORTEST_S: f64 = 10.0;

/// The shortest hole that is a pause, in usual steps between records: a phone may record once a minute (our choice).
const SHORTEST_STEPS: f64 = 2.0;

/// The pauses between the parts of a session, given the index of the first record of each part.
///
/// The parts follow one another in the order of time, however they stand in the file.
pub fn between(records: &[Record], starts: &[usize]) -> Vec<Pause> {
    let mut steps = Vec::with_capacity(records.len());
    let mut parts: Vec<(Timestamp, Timestamp)> = Vec::new();
    let mut starts = starts.iter().copied().peekable();
    let mut new_part = true;
    for (index, record) in records.iter().enumerate() {
        while starts.next_if(|&start| start <= index).is_some() {
            new_part = true;
        }
        let Some(time) = record.time() else {
            continue;
        };
        match parts.last_mut() {
            Some((_, last)) if !new_part => {
                steps.push(time.seconds_since(*last).abs());
                *last = time;
            }
            _ => parts.push((time, time)),
        }
        new_part = false;
    }
    for (first, last) in &mut parts {
        (*first, *last) = ((*first).min(*last), (*first).max(*last));
    }
    parts.sort_by_key(|part| part.0);
    let shortest_s = SHORTEST_S.max(median(steps).unwrap_or(0.0) * SHORTEST_STEPS);
    let holes = parts.windows(2).map(|two| Pause { start: two[0].1, end: two[1].0 });
    holes.filter(|hole| hole.end.seconds_since(hole.start) >= shortest_s).collect()
}

/// The holes in the records of a session whose stated times say that so much of it was paused; none where the two differ.
pub fn in_holes(session: &Session) -> Vec<Pause> {
    /// Holes last longer than the pauses in them by what lies between two records at either end.
    const OFF_S: f64 = 10.0;
    let Some((elapsed_s, timer_s)) = session.elapsed_s.zip(session.timer_s) else { return Vec::new() };
    let times: Vec<Timestamp> = session.records.iter().filter_map(Record::time).collect();
    let holes = times.windows(2).map(|two| Pause { start: two[0], end: two[1] });
    let holes: Vec<Pause> = holes.filter(|hole| hole.end.seconds_since(hole.start) >= SHORTEST_S).collect();
    let in_all: f64 = holes.iter().map(|hole| hole.end.seconds_since(hole.start)).sum();
    let paused_s = elapsed_s - timer_s;
    let is_stated = paused_s >= SHORTEST_S && (in_all - paused_s).abs() <= OFF_S.max(0.1 * paused_s);
    if is_stated { holes } else { Vec::new() }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(times: &[i64], starts: &[usize], expected: &Expect) {
        let records: Vec<_> = times
            .iter()
            .map(|&seconds| {
                let mut record = Record::default();
                if seconds >= 0 {
                    record.set_time(Timestamp::from_unix_seconds(seconds));
                }
                record
            })
            .collect();
        let pauses: Vec<_> = between(&records, starts)
            .iter()
            .map(|p| format!("{}-{}", p.start.as_unix_seconds(), p.end.as_unix_seconds()))
            .collect();
        expected.assert_eq(&pauses.join(" "));
    }

    #[test]
    fn only_a_new_part_after_a_hole_is_a_pause() {
        check(&[0, 1, 60, 61], &[0, 2], &expect!["1-60"]);
        check(&[0, 1, 60, 61], &[0], &expect![""]);
        check(&[0, 1, 8, 9], &[0, 2], &expect![""]);
        check(&[0, 1, 60, 61], &[0, 2, 2, 2, 9], &expect!["1-60"]);
        check(&[0, 60, 120, 180], &[0, 2], &expect![""]);
        check(&[0, 60, 120, 300], &[0, 3], &expect!["120-300"]);
    }

    #[test]
    fn parts_may_stand_in_any_order() {
        check(&[60, 61, 0, 1], &[0, 2], &expect!["1-60"]);
        check(&[61, 60, 1, 0], &[0, 2], &expect!["1-60"]);
        check(&[100, 101, 0, 1, 2, 3], &[0, 2, 4], &expect!["3-100"]);
    }

    #[test]
    fn records_without_time_are_passed_over() {
        check(&[0, -1, -1, 60], &[0, 1], &expect!["0-60"]);
        check(&[-1, -1], &[0, 1], &expect![""]);
    }
}
