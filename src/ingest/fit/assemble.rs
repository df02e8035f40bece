//! Puts together what the messages said: records, laps, splits and pauses go to the session in which they happened.

use super::contents::{Contents, SessionMessage, TimerEvent};
use super::messages::FIRST_ABSOLUTE_TIME;
use super::{sports, workout};
use crate::ingest::limits;
use crate::model::{Note, NoteId, Pause, Record, Session, Sport};
use crate::units::{Timestamp, UtcOffset, plural};

/// The sessions of one FIT file, in the order of time. A file cut off before its session message still gives one.
pub fn sessions(mut contents: Contents, notes: &mut Vec<Note>) -> Vec<Session> {
    std::mem::take(&mut contents.developer).fill(&mut contents.records, notes);
    forget_relative_times(&mut contents, notes);
    let utc_offset = utc_offset(contents.clock_ahead, notes);
    if contents.n_untimed > 0 {
        let records = plural(contents.n_untimed, "record", None);
        notes.push(Note::new(NoteId::TimeMissing, format!("found no time that can be right in {records}")));
    }
    if contents.overflowed {
        notes.push(limits::left_out());
    }

    let messages = session_messages(&mut contents, notes);
    let starts: Vec<Option<Timestamp>> = messages.iter().map(|message| message.session.start).collect();
    let records = shares(std::mem::take(&mut contents.records), &starts);
    let mut sessions: Vec<Session> =
        messages.into_iter().zip(records).map(|(message, records)| session(message, records, &contents)).collect();
    for session in &mut sessions {
        session.utc_offset = utc_offset;
        session.sensors = contents.sensors;
    }

    let home = |time: Timestamp| starts.partition_point(|start| *start <= Some(time)).saturating_sub(1);
    for lap in std::mem::take(&mut contents.laps) {
        sessions[home(lap.start)].laps.push(lap);
    }
    for split in std::mem::take(&mut contents.splits) {
        sessions[home(split.start)].splits.push(split);
    }
    for pause in pauses(&contents.timer) {
        // A pause that ends in the next session is the time between the two.
        if home(pause.start) == home(pause.end) {
            sessions[home(pause.start)].pauses.push(pause);
        }
    }
    add_workout(&mut sessions, contents, notes);
    sessions
}

/// The session messages by their start, the last one of each start, or one in their place.
fn session_messages(contents: &mut Contents, notes: &mut Vec<Note>) -> Vec<SessionMessage> {
    let mut messages = std::mem::take(&mut contents.sessions);
    if messages.is_empty() {
        notes.push(Note::new(
            NoteId::NoSessionMessage,
            "the file has no summary of its session, as when it was cut off",
        ));
        return vec![SessionMessage { session: Session::new(Sport::Unknown), sport: None, sub_sport: None }];
    }
    messages.reverse();
    messages.sort_by_key(|message| message.session.start);
    messages.dedup_by_key(|message| message.session.start);
    messages
}

/// The records that fall to each of the sessions with these starts.
///
/// The cut is found by halving: a few records with a wrong time do not move it.
fn shares(mut records: Vec<Record>, starts: &[Option<Timestamp>]) -> Vec<Vec<Record>> {
    let mut shares: Vec<Vec<Record>> = Vec::with_capacity(starts.len());
    for start in starts.iter().skip(1).rev() {
        let at = records.partition_point(|record| record.time().is_none() || record.time() < *start);
        shares.push(records.split_off(at));
    }
    shares.push(records);
    shares.reverse();
    shares
}

/// A session with its records, and what the `sport` message adds when it speaks of the same sport.
fn session(message: SessionMessage, records: Vec<Record>, contents: &Contents) -> Session {
    let SessionMessage { mut session, mut sport, mut sub_sport } = message;
    if sport.is_none() || sport == contents.sport {
        sport = contents.sport;
        sub_sport = sub_sport.or(contents.sub_sport);
        session.name = session.name.or_else(|| contents.sport_name.clone());
    }
    session.sport = sports::sport(sport, sub_sport);
    session.sport_name = sports::name(sport, sub_sport);
    session.indoor = sports::is_indoor(sub_sport);
    session.start = session.start.or_else(|| records.iter().find_map(Record::time));
    session.records = records;
    session
}

/// The times in which the timer stood still. One that never went on is the end of the session, not a pause.
fn pauses(events: &[TimerEvent]) -> Vec<Pause> {
    let mut pauses = Vec::new();
    let mut stopped: Option<Timestamp> = None;
    for event in events {
        if !event.starts {
            stopped = stopped.or(Some(event.time));
            continue;
        }
        if let Some(start) = stopped.take()
            && start < event.time
        {
            pauses.push(Pause { start, end: event.time });
        }
    }
    pauses
}

/// Gives the workout to the session whose laps follow its steps, else to the first.
fn add_workout(sessions: &mut [Session], contents: Contents, notes: &mut Vec<Note>) {
    let (steps, is_cut) = workout::written_out(contents.steps, contents.profile.max_heart_rate);
    if is_cut {
        notes.push(Note::new(
            NoteId::WorkoutCutShort,
            "the workout has more steps than anyone runs; the rest is left out",
        ));
    }
    let follows = |session: &Session| session.laps.iter().any(|lap| lap.workout_step.is_some());
    let at = sessions.iter().position(follows).unwrap_or(0);
    if let Some(session) = sessions.get_mut(at) {
        session.workout = steps;
        session.name = contents.workout_name.or(session.name.take());
    }
}

/// So many records at the start are no part of the session that is missed: those of the search for satellites.
const FEW_RELATIVE: usize = 10;

/// Takes away the times that count from when the watch was switched on, unless all do, or all of a first part: that the
/// clock was set behind it is seen by the way.
fn forget_relative_times(contents: &mut Contents, notes: &mut Vec<Note>) {
    if !contents.has_relative_times {
        return;
    }
    let is_relative = |record: &Record| record.time().is_some_and(|time| time < FIRST_ABSOLUTE_TIME);
    let n_relative = contents.records.iter().filter(|record| is_relative(record)).count();
    if n_relative == contents.records.len() {
        let message = "the watch did not know the date: times count from when it was switched on";
        notes.push(Note::new(NoteId::ClockNotSet, message));
        return;
    }
    let is_before = contents.records[..n_relative].iter().all(is_relative);
    if is_before && n_relative > FEW_RELATIVE {
        let records = plural(n_relative, "record", None);
        let message = format!("the first {records} were written before the watch knew the date");
        notes.push(Note::new(NoteId::ClockNotSet, message));
        return;
    }
    contents.records.iter_mut().filter(|record| is_relative(record)).for_each(Record::clear_time);
    let records = plural(n_relative, "record", None);
    let message = format!("took no time from {records} in which the watch did not know the date yet");
    notes.push(Note::new(NoteId::ClockNotSet, message));
}

/// The runner's clock, where the file gives one that a clock on earth could show: whole quarters of an hour.
fn utc_offset(ahead: Option<i64>, notes: &mut Vec<Note>) -> Option<UtcOffset> {
    const QUARTER_HOUR: i64 = 900;
    const TOLERANCE_S: i64 = 60;
    let ahead = ahead?;
    let whole = (ahead + QUARTER_HOUR / 2).div_euclid(QUARTER_HOUR) * QUARTER_HOUR;
    if (-12 * 3600..=14 * 3600).contains(&whole) && (ahead - whole).abs() <= TOLERANCE_S {
        return UtcOffset::from_seconds(whole);
    }
    notes.push(Note::new(
        NoteId::ClockDoubtful,
        "the local time in the file is not one of any time zone and was not used",
    ));
    None
}
