//! Pauses that a file shows only by beginning a new track.

use crate::model::{Pause, Record};

/// The shortest hole between two tracks that is a pause, in seconds. Watches that record only changes leave up to
/// about 8 s between two records of a run that goes on; our choice lies above that.
const SHORTEST_S: f64 = 10.0;

/// The pauses between the parts of a session, given the index of the first record of each part.
pub fn between(records: &[Record], starts: &[usize]) -> Vec<Pause> {
    let mut pauses = Vec::new();
    let mut starts = starts.iter().copied().peekable();
    let (mut last, mut new_part) = (None, false);
    for (index, record) in records.iter().enumerate() {
        while starts.next_if(|&start| start <= index).is_some() {
            new_part = true;
        }
        let Some(time) = record.time() else {
            continue;
        };
        if let (true, Some(start)) = (new_part, last)
            && time.seconds_since(start) >= SHORTEST_S
        {
            pauses.push(Pause { start, end: time });
        }
        (last, new_part) = (Some(time), false);
    }
    pauses
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::units::Timestamp;

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
    }

    #[test]
    fn records_without_time_are_passed_over() {
        check(&[0, -1, -1, 60], &[0, 1], &expect!["0-60"]);
        check(&[-1, -1], &[0, 1], &expect![""]);
    }
}
