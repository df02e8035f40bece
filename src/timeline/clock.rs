//! Puts the records of a session in the order of time and says when it began and ended.

use super::geodesy;
use super::smooth::middle_step;
use crate::model::{Format, Note, NoteId, Record, Session};
use crate::units::{Timestamp, plural};

/// The longest session that is laid out second by second: seven days, more than any race on foot that one watch
/// records without a stop.
pub const LONGEST_S: f64 = 7.0 * 86_400.0;
/// Records that lie within less than this are of one moment: a bout of them would last no tenth of a second.
const SHORTEST_S: f64 = 0.1;
/// How long before its first record a session may have begun: the search for satellites.
const LATEST_FIRST_RECORD_S: f64 = 600.0;
/// Watches end a session this much before its last records, by rounding and buffering.
const CLOSE_S: f64 = 10.0;
/// How long after its last record a session may have ended; a file that claims more is wrong.
const LONGEST_TAIL_S: f64 = 86_400.0;

/// Who covers less than this stands, in metres a second.
const STANDING_M_PER_S: f64 = 0.2;
/// A longer silence is no stand, in seconds.
const LONGEST_STAND_S: f64 = 300.0;

/// Why no timeline can be made of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// The session has no records.
    #[error("the session has no records")]
    NoRecords,
    /// No record has a time.
    #[error("no record has a time")]
    NoTimes,
    /// All records are of one moment.
    #[error("all records are of one moment")]
    OneMoment,
    /// The clock ran backwards or jumped, and nothing in the file shows by how much.
    #[error("its clock jumps, and nothing in the file shows in which order its parts belong")]
    ClockUnclear,
    /// The records lie over more time than [`LONGEST_S`].
    #[error("its records lie over more than seven days")]
    TooLong,
}

/// What was recorded at one time.
#[derive(Debug, Clone, Copy)]
pub struct Point<'a> {
    /// Seconds from the start.
    pub t: f64,
    /// What the sensors said.
    pub record: &'a Record,
}

/// The records of a session in the order of time. Those of one moment are one: some apps write the position and the
/// distance of a second as two records. Where two of them hold the same field, the later one counts.
#[derive(Debug)]
pub struct Clock<'a> {
    /// The records; their times rise strictly.
    pub points: Vec<Point<'a>>,
    /// The moment of second 0.
    pub start: Timestamp,
    /// Seconds from start to end.
    pub elapsed_s: f64,
    /// Median time between records.
    pub interval_s: f64,
}

impl Clock<'_> {
    /// How many whole seconds there are, the last one begun counted in.
    pub fn n_seconds(&self) -> usize {
        self.elapsed_s.ceil() as usize
    }

    /// The stretches between one record and the next of more than `over` seconds, those before the first and after
    /// the last record too.
    pub fn gaps(&self, over: f64) -> impl Iterator<Item = Gap> + '_ {
        let after = move |i: usize| {
            let from = self.points.get(i).map_or(0.0, |p| p.t);
            let to = self.points.get(i + 1).map_or(self.elapsed_s, |p| p.t);
            (to - from > over).then(|| Gap { from, to, stood_still: self.stood_still(i, i + 1) })
        };
        let lead = self.points[0].t;
        let lead = (lead > over).then_some(Gap { from: 0.0, to: lead, stood_still: false });
        lead.into_iter().chain((0..self.points.len()).filter_map(after))
    }

    /// True when the records at both ends of a gap are of one place: a watch that saves memory writes nothing while
    /// nothing changes.
    pub fn stood_still(&self, i: usize, j: usize) -> bool {
        let (Some(a), Some(b)) = (self.points.get(i), self.points.get(j)) else { return false };
        let dt = b.t - a.t;
        dt <= LONGEST_STAND_S && way(a.record, b.record).is_some_and(|apart| apart <= STANDING_M_PER_S * dt)
    }
}

/// The way between two records in metres, as the watch counted it or in a straight line; `None` where neither is known.
pub fn way(a: &Record, b: &Record) -> Option<f64> {
    if let (Some(from), Some(to)) = (a.distance(), b.distance()) {
        return Some((to.as_meters() - from.as_meters()).abs());
    }
    let (east, north) = geodesy::local_offset(a.position()?, b.position()?);
    Some(east.hypot(north))
}

/// A stretch without a record.
#[derive(Debug, Clone, Copy)]
pub struct Gap {
    /// Seconds from the start.
    pub from: f64,
    /// Seconds from the start.
    pub to: f64,
    /// True when the runner was in the same place at both ends.
    pub stood_still: bool,
}

/// Orders the records of a session. Where several are of one moment, `merged` holds the records in their place.
pub fn read<'a>(
    session: &'a Session,
    format: Format,
    merged: &'a mut Vec<Record>,
    notes: &mut Vec<Note>,
) -> Result<Clock<'a>, Unusable> {
    let mut timed = timed(&session.records);
    if timed.is_empty() {
        return Err(if session.records.is_empty() { Unusable::NoRecords } else { Unusable::NoTimes });
    }
    drop_counted(session.records.len() - timed.len(), NoteId::RecordsWithoutTime, "without a time", notes);

    if timed.windows(2).any(|w| w[0].0 > w[1].0) {
        timed.sort_by_key(|&(t, _)| t);
    }
    let repeated = timed.windows(2).filter(|w| w[0].0 == w[1].0).count();
    if repeated > 0 {
        let message = format!(
            "{} repeated a time: what they hold was put together, and where both held it the later one counts",
            plural(repeated, "record", None)
        );
        notes.push(Note::new(NoteId::TimeRepeated, message));
        *merged = merge(&timed);
        timed = self::timed(merged);
    }

    let first = Timestamp::from_unix_millis(timed[0].0);
    let recorded = Timestamp::from_unix_millis(timed[timed.len() - 1].0).seconds_since(first);
    let may_begin = |start: &Timestamp| {
        let lead = first.seconds_since(*start);
        // Some files begin their lap before the timer; the time that they state tells.
        let fits = |stated: f64| recorded + lead <= stated + CLOSE_S;
        let possible = (0.0..=LATEST_FIRST_RECORD_S).contains(&lead);
        possible && format != Format::Gpx && session.elapsed_s.or(session.timer_s).is_none_or(fits)
    };
    let start = session.start.filter(may_begin).unwrap_or(first);
    let at = |(t, record)| Point { t: Timestamp::from_unix_millis(t).seconds_since(start), record };
    let points: Vec<Point> = timed.into_iter().map(at).collect();
    let last = points.last().map_or(0.0, |p| p.t);
    if last - points[0].t < SHORTEST_S {
        return Err(Unusable::OneMoment);
    }
    // Every column of the timeline is as long as this: the one place that bounds its memory.
    if last > LONGEST_S {
        return Err(Unusable::TooLong);
    }
    let elapsed_s = without_sliver(elapsed(session.elapsed_s, last, notes));
    let interval_s = interval(&points);
    Ok(Clock { points, start, elapsed_s, interval_s })
}

/// The records that have a time, with it in milliseconds.
fn timed(records: &[Record]) -> Vec<(i64, &Record)> {
    records.iter().filter_map(|record| Some((record.time()?.as_unix_millis(), record))).collect()
}

/// The records, those of one moment as one.
fn merge(timed: &[(i64, &Record)]) -> Vec<Record> {
    let moments = timed.chunk_by(|a, b| a.0 == b.0);
    let of_one =
        |moment: &[(i64, &Record)]| moment.iter().map(|&(_, &record)| record).reduce(|one, next| next.or(&one));
    moments.filter_map(of_one).collect()
}

/// The time from start to end: as the file states it where its records allow that, else up to the last record.
fn elapsed(stated: Option<f64>, last: f64, notes: &mut Vec<Note>) -> f64 {
    let Some(stated) = stated.filter(|s| s.is_finite() && *s > 0.0) else { return last };
    if (last - 1.0..=last + LONGEST_TAIL_S).contains(&stated) {
        return stated.min(LONGEST_S);
    }
    if (last - CLOSE_S..last).contains(&stated) {
        return last;
    }
    let message = format!(
        "the file states {} in all, but its records end after {}",
        crate::units::clock(stated),
        crate::units::clock(last)
    );
    notes.push(Note::new(NoteId::ElapsedTimeWrong, message));
    last
}

/// A length whose last second does not vanish when it is rounded to a tenth: a bout of it would be empty.
fn without_sliver(seconds: f64) -> f64 {
    if seconds >= 1.0 && seconds.fract() < SHORTEST_S / 2.0 { seconds.floor() } else { seconds }
}

/// Median time between records.
fn interval(points: &[Point]) -> f64 {
    let mut steps: Vec<f64> = points.windows(2).map(|w| w[1].t - w[0].t).collect();
    middle_step(&mut steps).unwrap_or(0.0)
}

fn drop_counted(count: usize, id: NoteId, which: &str, notes: &mut Vec<Note>) {
    if count > 0 {
        notes.push(Note::new(id, format!("dropped {} {which}", plural(count, "record", None))));
    }
}
