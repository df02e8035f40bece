//! Messages that divide an activity: `session`, `lap`, `split` and `event`.

use super::super::contents::{Contents, SessionMessage, TimerEvent};
use super::super::definition::Message;
use super::super::value::{Field, timestamp};
use crate::model::{Intensity, Lap, LapTrigger, Session, Split, SplitKind, Sport};
use crate::units::{Distance, HeartRate};

pub const SESSION: &[u8] = &[2, 5, 6, 7, 8, 9, 110, 193, 16, 192];

pub fn session(message: &Message<'_>, contents: &mut Contents) {
    let [start, sport, sub_sport, elapsed, timer, distance, name, effort, heart_rate, feel] = message.fields();
    let mut session = Session::new(Sport::Unknown);
    session.elapsed_s = elapsed.duration();
    session.timer_s = timer.duration();
    session.start = start.time().or_else(|| Some(timestamp(message.seconds?).plus_seconds(-session.elapsed_s?)));
    session.distance = distance.scaled(100.0).map(Distance::from_meters);
    session.mean_heart_rate = mean_heart_rate(heart_rate);
    session.name = name.text();
    // The watch stores the CR10 scale times ten.
    session.rpe = effort.scaled(10.0).filter(|rpe| *rpe <= 10.0);
    session.feel = feel.code().and_then(|feel| u8::try_from(feel).ok()).filter(|feel| *feel <= 100);
    let message = SessionMessage { session, sport: sport.code(), sub_sport: sub_sport.code() };
    contents.push(|c| &mut c.sessions, message);
}

fn mean_heart_rate(field: Field<'_>) -> Option<HeartRate> {
    field.number().filter(|bpm| (1.0..255.0).contains(bpm)).map(HeartRate::from_bpm)
}

pub const LAP: &[u8] = &[2, 7, 8, 9, 23, 24, 71, 15];

pub fn lap(message: &Message<'_>, contents: &mut Contents) {
    let [start, elapsed, timer, distance, kind, trigger, step, heart_rate] = message.fields();
    let Some(start) = start.time() else {
        return;
    };
    let lap = Lap {
        start,
        elapsed_s: elapsed.duration(),
        timer_s: timer.duration(),
        distance: distance.scaled(100.0).map(Distance::from_meters),
        mean_heart_rate: mean_heart_rate(heart_rate),
        intensity: kind.code().and_then(intensity),
        trigger: trigger.code().map(lap_trigger),
        workout_step: step.code(),
    };
    contents.push(|c| &mut c.laps, lap);
}

/// The number of an `intensity`.
pub const fn intensity(number: u16) -> Option<Intensity> {
    match number {
        0 => Some(Intensity::Active),
        1 => Some(Intensity::Rest),
        2 => Some(Intensity::Warmup),
        3 => Some(Intensity::Cooldown),
        4 => Some(Intensity::Recovery),
        5 => Some(Intensity::Interval),
        6 => Some(Intensity::Other),
        _ => None,
    }
}

const fn lap_trigger(number: u16) -> LapTrigger {
    match number {
        0 => LapTrigger::Manual,
        1 => LapTrigger::Time,
        2 => LapTrigger::Distance,
        7 => LapTrigger::SessionEnd,
        _ => LapTrigger::Other,
    }
}

pub const SPLIT: &[u8] = &[0, 1, 9, 27];

/// A `split`. Its end is the last second in it: on real files the elapsed time is one second longer than the
/// difference of the two.
pub fn split(message: &Message<'_>, contents: &mut Contents) {
    let [kind, elapsed, start, end] = message.fields();
    let (Some(kind), Some(start)) = (kind.code().and_then(split_kind), start.time()) else {
        return;
    };
    let end = end.time().map(|last| last.plus_seconds(1.0));
    let Some(end) = end.or_else(|| Some(start.plus_seconds(elapsed.duration()?))) else {
        return;
    };
    if start < end {
        contents.push(|c| &mut c.splits, Split { kind, start, end });
    }
}

const fn split_kind(number: u16) -> Option<SplitKind> {
    match number {
        17 => Some(SplitKind::Run),
        18 => Some(SplitKind::Walk),
        22 => Some(SplitKind::Stand),
        3 | 12 => Some(SplitKind::Step(Intensity::Active)),
        4 | 13 => Some(SplitKind::Step(Intensity::Rest)),
        5 => Some(SplitKind::Step(Intensity::Warmup)),
        6 => Some(SplitKind::Step(Intensity::Cooldown)),
        7 => Some(SplitKind::Step(Intensity::Recovery)),
        8 => Some(SplitKind::Step(Intensity::Other)),
        _ => None,
    }
}

pub const EVENT: &[u8] = &[0, 1];

/// An `event`, of which only the timer's starts and stops matter, by hand or by auto-pause.
pub fn event(message: &Message<'_>, contents: &mut Contents) {
    const TIMER: u16 = 0;
    let [event, kind] = message.fields();
    let (Some(TIMER), Some(seconds)) = (event.code(), message.seconds) else {
        return;
    };
    let starts = match kind.code() {
        Some(0) => true,
        Some(1 | 4 | 8 | 9) => false,
        _ => return,
    };
    contents.push(|c| &mut c.timer, TimerEvent { time: timestamp(seconds), starts });
}
