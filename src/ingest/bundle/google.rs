//! Google Takeout with Google Health or Fitbit in it.
//!
//! Sessions are listed in `UserExercises_*.csv`, on UTC with the offset of the runner's clock, and in `exercise-*.json`, on a
//! clock without an offset. What was measured lies in tables by day or month, all devices in one: positions, heart rate, and,
//! where the band recorded them, steps every few seconds. The clock of a session without an offset is measured by the
//! positions; where there are none it stays unknown, and nothing is joined by it.

mod clock;
mod listed;
mod streams;

use super::{Found, ReadFile};
use crate::ingest::counted::{self, Counted};
use crate::ingest::seconds::Seconds;
use crate::ingest::{limits, sport};
use crate::model::{NoteId, Session};
use crate::units::{Distance, HeartRate, Position, Timestamp, UtcOffset};
use listed::Exercise;
use streams::Streams;

/// What is left unread.
pub const UNREAD: &str = "other sports, steps by the minute, sleep and all that is no exercise";

/// True for a list of exercises in JSON, near its beginning.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.trim_ascii_start();
    let has = |text: &[u8]| memchr::memmem::find(&head[..head.len().min(limits::HEAD_BYTES as usize)], text).is_some();
    head.starts_with(b"[") && has(b"\"logId\"") && has(b"\"activityName\"")
        || head.starts_with(b"exercise_id,") && has(b"exercise_start")
}

/// True for the lists and tables.
pub fn is_part(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["global export data/", "_googledata/"].iter().any(|folder| name.contains(folder))
}

/// The exercises on foot, and where to look for what was measured.
pub struct Lists {
    exercises: Vec<Exercise>,
    next: usize,
    streams: Streams,
    /// When the sessions began that were handed over.
    known: Vec<(Timestamp, f64)>,
    /// Exercises that are no sport on foot.
    pub n_others: usize,
}

impl Lists {
    /// Reads all lists.
    pub fn read(names: &[&str], read: &mut ReadFile) -> Self {
        let (exercises, n_others) = listed::read(names, read);
        Self { exercises, next: 0, streams: Streams::new(names), known: Vec::new(), n_others }
    }

    /// How many are to come.
    pub fn n_ahead(&self) -> usize {
        self.exercises.len() - self.next
    }

    /// The next exercise with what was measured at its time.
    pub fn next_session(&mut self, read: &mut ReadFile) -> Option<Found> {
        loop {
            let exercise = self.exercises.get(self.next)?.clone();
            self.next += 1;
            let found = self.session(&exercise, read);
            // An exercise may be in both lists, under two numbers.
            let (start, length) = (found.session.start?, found.session.elapsed_s.unwrap_or(0.0));
            let is_same = |&(other, other_s): &(Timestamp, f64)| {
                start.seconds_since(other).abs() < 5.0 && (length - other_s).abs() < 5.0
            };
            if !self.known.iter().any(is_same) {
                self.known.push((start, length));
                return Some(found);
            }
        }
    }

    fn session(&mut self, exercise: &Exercise, read: &mut ReadFile) -> Found {
        let offset = exercise.offset.or_else(|| clock::measure(exercise, &mut self.streams, read));
        let is_known = exercise.is_utc || offset.is_some();
        let behind_s = if exercise.is_utc { 0.0 } else { f64::from(offset.map_or(0, UtcOffset::as_seconds)) };
        let start = exercise.start.plus_seconds(-behind_s);
        let end = start.plus_seconds(exercise.elapsed_s.min(f64::from(limits::EXPORT_WORKOUT_S)));
        let mut session = Session::new(exercise.sport);
        session.indoor = sport::is_indoor(&exercise.name);
        session.sport_name = exercise.name.to_lowercase();
        session.start = Some(start);
        session.utc_offset = offset;
        session.elapsed_s = Some(exercise.elapsed_s);
        session.timer_s = exercise.timer_s.filter(|s| *s <= exercise.elapsed_s + 1.0);
        session.distance = exercise.distance_m.map(Distance::from_meters);
        session.mean_heart_rate = exercise.mean_heart_rate.map(HeartRate::from_bpm);
        let mut found = Found::new(session);
        if !is_known {
            found.note(
                NoteId::ClockUnknown,
                "the export does not say how far the runner's clock was from UTC, and there are no positions to tell: nothing is joined by \
                 time",
            );
            return found;
        }
        let mut seconds = Seconds::default();
        for row in self.streams.positions(start, end, read) {
            let [latitude, longitude, altitude] = row.values;
            let place = Position::from_degrees(latitude, longitude);
            let Some((record, place)) = place.and_then(|place| Some((seconds.at(row.time())?, place))) else {
                continue;
            };
            record.set_position(place);
            record.set_altitude(altitude);
        }
        let beats = self.streams.heart_rates(start, end, read);
        let beats = if beats.is_empty() { self.old_heart_rates(&mut found, start, end, read) } else { beats };
        for row in beats {
            if let Some(record) = seconds.at(row.time()) {
                record.set_heart_rate(HeartRate::from_bpm(row.values[0]));
            }
        }
        self.add_paces(&mut found, &mut seconds, (start, end), read);
        found.session.records = seconds.into_records();
        found
    }

    /// Adds the steps of the band, and the way on a treadmill.
    fn add_paces(
        &mut self,
        found: &mut Found,
        seconds: &mut Seconds,
        span: (Timestamp, Timestamp),
        read: &mut ReadFile,
    ) {
        let paces = self.streams.paces(span.0, span.1, read);
        let whole = |time: Timestamp| u32::try_from(time.as_unix_millis().div_euclid(1000)).unwrap_or(0);
        // A row counts what was since the row before it.
        let counted = paces.windows(2).map(|two| Counted {
            from: whole(two[0].time()),
            to: whole(two[1].time()),
            sum: two[1].values[0],
        });
        let cadence = counted::cadence(counted.filter(|counted| counted.sum.is_finite()));
        if cadence.is_empty() {
            let message = "the export has the steps of this session by the minute at most, which mixes running with walking: they are \
                           told apart by speed alone";
            found.note(NoteId::NoSteps, message);
        }
        let at = |second: u32| Timestamp::from_unix_seconds(i64::from(second));
        for (second, spm) in cadence {
            if let Some(record) = seconds.at(at(second)) {
                record.set_raw_cadence(spm);
            }
        }
        let has_places = seconds.iter().any(|record| record.position().is_some());
        let mut way = 0.0;
        for row in paces.iter().filter(|row| !has_places && row.values[1].is_finite()) {
            way += row.values[1].max(0.0) / 1000.0;
            if let Some(record) = seconds.at(row.time()) {
                record.set_distance(Distance::from_meters(way));
            }
        }
    }

    /// Heart rates of exports that have them in JSON alone, on a clock that nobody names: they are joined where their mean is
    /// the one that the exercise states.
    fn old_heart_rates(
        &mut self,
        found: &mut Found,
        start: Timestamp,
        end: Timestamp,
        read: &mut ReadFile,
    ) -> Vec<streams::Row> {
        let stated = found.session.mean_heart_rate.map(HeartRate::as_bpm);
        let local_s = f64::from(found.session.utc_offset.map_or(0, UtcOffset::as_seconds));
        let mut has_some = false;
        for ahead_s in [0.0, local_s] {
            let moved = |time: Timestamp| time.plus_seconds(ahead_s);
            let mut rows = self.streams.old_heart_rates(moved(start), moved(end), read);
            let mean = rows.iter().map(|row| row.values[0]).sum::<f64>() / rows.len() as f64;
            has_some |= !rows.is_empty();
            if stated.is_some_and(|stated| (stated - mean).abs() <= clock::SAME_MEAN_BPM) {
                for row in &mut rows {
                    row.move_by(-ahead_s);
                }
                return rows;
            }
        }
        if has_some {
            found.note(
                NoteId::HeartRateUnmatched,
                "the heart rates of the export are on a clock that is not named, and their mean is not the one that the exercise states: \
                 they were left out",
            );
        }
        Vec::new()
    }
}
