//! How far a clock without an offset is from UTC.

use super::super::ReadFile;
use super::listed::Exercise;
use super::streams::Streams;
use crate::units::{Timestamp, UtcOffset};

/// Two means of one heart rate differ by less, in beats a minute: lists round, and the ends of a session are cut.
pub const SAME_MEAN_BPM: f64 = 5.0;

/// Offsets that clocks have, in quarters of an hour.
const QUARTERS: std::ops::RangeInclusive<i64> = -48..=56;
const QUARTER_S: i64 = 900;
/// Positions begin and end with the session; so long before and behind it there are few, in seconds.
const MARGIN_S: f64 = 300.0;
/// So many of the seconds of a session have to have positions: bands that save memory write one every few seconds.
const LEAST_SHARE: f64 = 0.1;

/// The offset with which the positions begin and end together with the exercise; `None` where no one offset fits best.
pub fn measure(exercise: &Exercise, streams: &mut Streams, read: &mut ReadFile) -> Option<UtcOffset> {
    let end = exercise.start.plus_seconds(exercise.elapsed_s);
    let day_s = 14.0 * 3600.0 + MARGIN_S;
    let rows = streams.positions(exercise.start.plus_seconds(-day_s), end.plus_seconds(day_s), read);
    let mut seconds: Vec<i64> = rows.iter().map(|row| row.time().as_unix_millis().div_euclid(1000)).collect();
    seconds.sort_unstable();
    seconds.dedup();
    let count = |from: Timestamp, to: Timestamp| {
        let below =
            |time: Timestamp| seconds.partition_point(|second| *second < time.as_unix_millis().div_euclid(1000));
        below(to).saturating_sub(below(from)) as f64
    };
    let scored = QUARTERS.map(|quarter| {
        let (start, end) = (
            exercise.start.plus_seconds(-(quarter * QUARTER_S) as f64),
            end.plus_seconds(-(quarter * QUARTER_S) as f64),
        );
        let inside = count(start, end);
        let outside = count(start.plus_seconds(-MARGIN_S), start) + count(end, end.plus_seconds(MARGIN_S));
        (quarter, inside, inside - outside)
    });
    let mut scored: Vec<(i64, f64, f64)> = scored.collect();
    scored.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.abs().cmp(&b.0.abs())));
    let (best, next) = (scored.first()?, scored.get(1)?);
    let is_enough = best.1 >= LEAST_SHARE * exercise.timer_s.unwrap_or(exercise.elapsed_s).max(60.0);
    // A quarter of an hour off, that much of the session has no positions. Where it loses less, there is no telling.
    let lost = best.1 * (QUARTER_S as f64 / exercise.elapsed_s.max(1.0)).min(1.0);
    let is_clear = best.2 > 0.0 && best.2 - next.2 >= 0.5 * lost;
    (is_enough && is_clear).then(|| UtcOffset::from_seconds(best.0 * QUARTER_S))?
}
