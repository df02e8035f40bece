//! Puts what the messages said together: records, laps, splits and pauses go to the session in which they happened.

use super::contents::{Contents, SessionMessage, TimerEvent};
use super::{sports, workout};
use crate::model::{Note, Pause, Record, Session, Sport};
use crate::units::{Timestamp, UtcOffset};

/// The sessions of one FIT file. A file cut off before its session message still gives one.
pub fn sessions(mut contents: Contents, notes: &mut Vec<Note>) -> Vec<Session> {
    forget_relative_times(&mut contents, notes);
    let n_filled = std::mem::take(&mut contents.beats).fill(&mut contents.records);
    if n_filled > 0 {
        notes.push(Note::new(
            "stored-heart-rate",
            format!("{n_filled} records took their heart rate from the beats that the strap had stored"),
        ));
    }
    let utc_offset = utc_offset(&contents, notes);
    let (steps, cut) = workout::written_out(std::mem::take(&mut contents.steps), contents.profile.max_heart_rate);
    if cut {
        notes.push(Note::new(
            "workout-cut-short",
            "the workout has more steps than any watch runs; the rest is left out",
        ));
    }
    if contents.overflowed {
        notes.push(Note::new("too-much-data", "the file holds more parts than any watch writes; the rest is left out"));
    }

    let messages = session_messages(&mut contents, notes);
    let starts: Vec<Option<Timestamp>> = messages.iter().map(|message| message.session.start).collect();
    let parts = split_records(std::mem::take(&mut contents.records), &messages);
    let mut sessions: Vec<Session> = Vec::with_capacity(messages.len());
    for (message, records) in messages.into_iter().zip(parts) {
        let mut session = message.session;
        let (sport, sub_sport) = (message.sport.0.or(contents.sport.0), message.sport.1.or(contents.sport.1));
        session.sport = sports::sport(sport, sub_sport);
        session.sport_name = sports::name(sport, sub_sport);
        session.indoor = sports::is_indoor(sub_sport);
        session.name = session.name.or_else(|| contents.sport_name.clone());
        session.utc_offset = utc_offset;
        session.start = session.start.or_else(|| records.iter().find_map(Record::time));
        session.records = records;
        sessions.push(session);
    }
    let home = |time: Timestamp| {
        let next = starts.iter().rposition(|start| start.is_some_and(|start| start <= time));
        next.unwrap_or(0)
    };
    for lap in contents.laps {
        if let Some(session) = sessions.get_mut(home(lap.start)) {
            session.laps.push(lap);
        }
    }
    for split in contents.splits {
        if let Some(session) = sessions.get_mut(home(split.start)) {
            session.splits.push(split);
        }
    }
    for pause in pauses(&contents.timer) {
        if let Some(session) = sessions.get_mut(home(pause.start)) {
            session.pauses.push(pause);
        }
    }
    let runner = sessions.iter().position(|session| session.laps.iter().any(|lap| lap.workout_step.is_some()));
    if let Some(session) = sessions.get_mut(runner.unwrap_or(0)) {
        session.workout = steps;
        session.name = contents.workout_name.or(session.name.take());
    }
    sessions
}

/// The session messages by their start, each start once, or one in their place.
fn session_messages(contents: &mut Contents, notes: &mut Vec<Note>) -> Vec<SessionMessage> {
    let mut messages = std::mem::take(&mut contents.sessions);
    if messages.is_empty() && !contents.records.is_empty() {
        notes.push(Note::new("no-session-message", "the file has no summary of its session, as when it was cut off"));
        messages.push(SessionMessage { session: Session::new(Sport::Unknown), sport: (None, None) });
    }
    messages
}

/// The records of each session.
fn split_records(mut records: Vec<Record>, messages: &[SessionMessage]) -> Vec<Vec<Record>> {
    let mut parts = Vec::with_capacity(messages.len());
    for message in messages.iter().skip(1).rev() {
        let at = match message.session.start {
            Some(start) => records.partition_point(|record| record.time().is_none_or(|time| time < start)),
            None => records.len(),
        };
        parts.push(records.split_off(at));
    }
    parts.push(records);
    parts.reverse();
    parts
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

/// Takes away the times of records that were written before the watch knew the date, unless all were.
fn forget_relative_times(contents: &mut Contents, notes: &mut Vec<Note>) {
    let n = contents.n_relative_times;
    if n == 0 {
        return;
    }
    notes.push(Note::new("clock-not-set", format!("the watch did not know the date yet in {n} records")));
}

/// The runner's clock, where the file gives one that a clock on earth could show.
fn utc_offset(contents: &Contents, notes: &mut Vec<Note>) -> Option<UtcOffset> {
    const QUARTER_HOUR: i64 = 900;
    let ahead = contents.clock_ahead?;
    let rounded = (ahead + QUARTER_HOUR / 2).div_euclid(QUARTER_HOUR) * QUARTER_HOUR;
    let on_earth = (-12 * 3600..=14 * 3600).contains(&rounded) && (ahead - rounded).abs() <= 60;
    if !on_earth {
        notes.push(Note::new("clock-doubtful", "the runner's clock in the file is not one of any time zone"));
        return None;
    }
    UtcOffset::from_seconds(rounded)
}
