//! The session with all its times on one clock.

use super::Piece;
use crate::model::{Lap, Pause, Session, Split};
use crate::units::Timestamp;

/// What a lap, a pause or the session may lie outside of the records of its clock, in milliseconds.
const NEAR_MS: i64 = 600_000;

/// The session with its records as the pieces have them, and every other time on the same clock.
pub fn apply(session: &Session, pieces: &[Piece]) -> Session {
    let records = pieces.iter().flat_map(|piece| {
        piece.records.iter().map(|timed| {
            let mut record = *timed.record;
            record.set_time(Timestamp::from_unix_millis(timed.ms.saturating_add(piece.shift)));
            record
        })
    });
    let records = records.collect();
    let base = Session { records, ..copy_without_records(session) };
    if pieces.iter().all(|piece| piece.shift == 0) {
        return base;
    }
    let at = |time: Timestamp| on_one_clock(time, pieces);
    Session {
        start: session.start.and_then(|start| start_of(start, pieces)),
        laps: session.laps.iter().filter_map(|lap| moved_lap(lap, session, pieces)).collect(),
        splits: session
            .splits
            .iter()
            .filter_map(|s| Some(Split { kind: s.kind, start: at(s.start)?, end: at(s.end)? }))
            .collect(),
        pauses: session.pauses.iter().filter_map(|p| Some(Pause { start: at(p.start)?, end: at(p.end)? })).collect(),
        ..base
    }
}

fn copy_without_records(session: &Session) -> Session {
    Session {
        sport: session.sport,
        sport_name: session.sport_name.clone(),
        name: session.name.clone(),
        records: Vec::new(),
        laps: session.laps.clone(),
        splits: session.splits.clone(),
        pauses: session.pauses.clone(),
        workout: session.workout.clone(),
        ..*session
    }
}

/// The start by the clock of the first records.
fn start_of(start: Timestamp, pieces: &[Piece]) -> Option<Timestamp> {
    let first = pieces.first()?;
    let lead = first.first().ms.saturating_sub(start.as_unix_millis());
    let shift = if (0..=NEAR_MS).contains(&lead) { first.shift } else { 0 };
    Some(Timestamp::from_unix_millis(start.as_unix_millis().saturating_add(shift)))
}

/// A moment by the clock that showed it: that of the records around it, else of the nearest ones. `None` where no
/// records are near, or those of two clocks are.
fn on_one_clock(time: Timestamp, pieces: &[Piece]) -> Option<Timestamp> {
    let ms = time.as_unix_millis();
    let outside = |piece: &Piece| (piece.first().ms.saturating_sub(ms)).max(ms.saturating_sub(piece.last().ms)).max(0);
    let nearest = pieces.iter().min_by_key(|piece| outside(piece))?;
    let is_clear = outside(nearest) > 0 || pieces.iter().filter(|piece| outside(piece) == 0).count() == 1;
    let within = ms.clamp(nearest.first().ms, nearest.last().ms);
    let moved = if pieces.len() == 1 { ms } else { within };
    (is_clear && outside(nearest) <= NEAR_MS).then(|| Timestamp::from_unix_millis(moved.saturating_add(nearest.shift)))
}

/// A lap, which ends where the next one begins or after the time that the watch counted.
fn moved_lap(lap: &Lap, session: &Session, pieces: &[Piece]) -> Option<Lap> {
    let start = on_one_clock(lap.start, pieces)?;
    let end = lap.elapsed_s.map(|elapsed| lap.start.plus_seconds(elapsed));
    let next =
        end.filter(|end| session.laps.iter().any(|lap| lap.start == *end)).and_then(|end| on_one_clock(end, pieces));
    let elapsed_s = next.map(|end| end.seconds_since(start)).filter(|s| *s > 0.0).or(lap.elapsed_s);
    Some(Lap { start, elapsed_s, ..lap.clone() })
}
