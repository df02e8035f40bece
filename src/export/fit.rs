//! Writes FIT files: activities, and workouts for the watch.

mod bytes;
mod record;
pub(in crate::export) mod workout;

use bytes::{File, Value};
pub use workout::workout;

use crate::model::{Activity, Intensity, Lap, LapTrigger, Pause, Profile, Record, Session, Split, SplitKind, Sport};
use crate::units::{Distance, HeartRate, Timestamp};

/// Seconds from 1970 to the last midnight of 1989 in UTC, where the time of FIT begins.
const FIT_EPOCH: i64 = 631_065_600;

/// Writes an activity as a FIT file.
pub fn activity(activity: &Activity) -> Vec<u8> {
    let start = activity.sessions.iter().find_map(start_of);
    let mut file = File::new();
    about(&mut file, activity, start);
    for (idx, session) in activity.sessions.iter().enumerate() {
        write_session(&mut file, session, idx);
    }
    let end = activity.sessions.iter().filter_map(end_of).next_back();
    let offset = activity.sessions.iter().find_map(|session| session.utc_offset);
    let timer = activity.sessions.iter().try_fold(0.0, |sum, session| session.timer_s.map(|s| sum + s));
    let local = end.zip(offset).and_then(|(end, offset)| time(Some(end.plus_seconds(f64::from(offset.as_seconds())))));
    file.message(
        34,
        &[
            (253, Value::U32(time(end))),
            (0, Value::U32(scaled(timer, 1000.0))),
            (1, Value::U16(u16::try_from(activity.sessions.len()).ok())),
            (2, Value::Enum(Some(0))),
            (3, Value::Enum(Some(26))),
            (4, Value::Enum(Some(1))),
            (5, Value::U32(local)),
        ],
    );
    file.finish()
}

/// What the file is, and what is known about watch and runner.
fn about(file: &mut File, activity: &Activity, start: Option<Timestamp>) {
    let device = activity.device.as_deref().unwrap_or("rehabrun");
    file_id(file, 4, start, device);
    file.message(
        23,
        &[
            (253, Value::U32(time(start))),
            (0, Value::U8(Some(0))),
            (2, Value::U16(Some(DEVELOPMENT))),
            (4, Value::U16(Some(0))),
            (27, Value::Text(device)),
        ],
    );
    if activity.profile != Profile::default() {
        about_runner(file, &activity.profile);
    }
}

fn about_runner(file: &mut File, profile: &Profile) {
    let beats = |rate: Option<HeartRate>| rate.and_then(|rate| scaled(Some(rate.as_bpm()), 1.0));
    file.message(
        3,
        &[
            (2, Value::U8(profile.age)),
            (8, Value::U8(beats(profile.resting_heart_rate))),
            (9, Value::U8(beats(profile.max_heart_rate))),
        ],
    );
    file.message(7, &[(2, Value::U8(beats(profile.threshold_heart_rate)))]);
    if profile.zone_two_top.is_some() {
        // Zones are numbered from the one below the first.
        file.message(8, &[(254, Value::U16(Some(2))), (1, Value::U8(beats(profile.zone_two_top)))]);
    }
}

/// The maker number for programs that are no watch.
const DEVELOPMENT: u16 = 255;

/// The message that every FIT file begins with; type 4 is an activity, 5 a workout.
fn file_id(file: &mut File, kind: u8, created: Option<Timestamp>, device: &str) {
    file.message(
        0,
        &[
            (0, Value::Enum(Some(kind))),
            (1, Value::U16(Some(DEVELOPMENT))),
            (2, Value::U16(Some(0))),
            (4, Value::U32(time(created))),
            (8, Value::Text(device)),
        ],
    );
}

fn write_session(file: &mut File, session: &Session, idx: usize) {
    let (sport, sub_sport) = sport_numbers(session);
    file.message(
        12,
        &[
            (0, Value::Enum(Some(sport))),
            (1, Value::Enum(Some(sub_sport))),
            (3, Value::Text(session.name.as_deref().unwrap_or_default())),
        ],
    );
    if !session.workout.is_empty() {
        workout::messages(file, session.name.as_deref().unwrap_or_default(), &session.workout);
    }
    let (start, end) = (start_of(session), end_of(session));
    timer_event(file, start, 0);
    let mut marks = marks(session).into_iter().peekable();
    let columns = record::columns(&session.records);
    for record in &session.records {
        while let Some(mark) = marks.next_if(|mark| record.time().is_some_and(|time| mark.time() <= time)) {
            write_mark(file, &mark);
        }
        record::write(file, record, columns);
    }
    marks.for_each(|mark| write_mark(file, &mark));
    timer_event(file, end, 4);
    for (idx, split) in session.splits.iter().enumerate() {
        write_split(file, split, idx, end);
    }
    let mut fields = vec![
        (253, Value::U32(time(end))),
        (254, Value::U16(u16::try_from(idx).ok())),
        (2, Value::U32(time(start))),
        (7, Value::U32(scaled(session.elapsed_s, 1000.0))),
        (8, Value::U32(scaled(session.timer_s, 1000.0))),
        (9, Value::U32(scaled(session.distance.map(Distance::as_meters), 100.0))),
        (5, Value::Enum(Some(sport))),
        (6, Value::Enum(Some(sub_sport))),
        (0, Value::Enum(Some(8))),
        (1, Value::Enum(Some(1))),
        (26, Value::U16(u16::try_from(session.laps.len()).ok())),
        (28, Value::Enum(Some(0))),
        (110, Value::Text(session.name.as_deref().unwrap_or_default())),
        (193, Value::U8(scaled(session.rpe, 10.0))),
    ];
    if session.feel.is_some() {
        fields.push((192, Value::U8(session.feel)));
    }
    file.message(18, &with_mean(&fields, 16, session.mean_heart_rate));
}

/// Something between the records.
enum Mark<'a> {
    Stop(&'a Pause),
    Restart(&'a Pause),
    Lap(&'a Lap, usize),
}

impl Mark<'_> {
    fn time(&self) -> Timestamp {
        match self {
            Mark::Stop(pause) => pause.start,
            Mark::Restart(pause) => pause.end,
            Mark::Lap(lap, _) => lap_end(lap),
        }
    }
}

/// Pauses and ends of laps in the order of time.
fn marks(session: &Session) -> Vec<Mark<'_>> {
    let pauses = session.pauses.iter().flat_map(|pause| [Mark::Stop(pause), Mark::Restart(pause)]);
    let laps = session.laps.iter().enumerate().map(|(idx, lap)| Mark::Lap(lap, idx));
    let mut marks: Vec<Mark> = pauses.chain(laps).collect();
    marks.sort_by_key(Mark::time);
    marks
}

fn write_mark(file: &mut File, mark: &Mark) {
    match mark {
        Mark::Stop(pause) => timer_event(file, Some(pause.start), 4),
        Mark::Restart(pause) => timer_event(file, Some(pause.end), 0),
        Mark::Lap(lap, idx) => write_lap(file, lap, *idx),
    }
}

/// The timer starts (0) or stops (4), by hand.
fn timer_event(file: &mut File, at: Option<Timestamp>, kind: u8) {
    file.message(
        21,
        &[
            (253, Value::U32(time(at))),
            (3, Value::U32(Some(0))),
            (0, Value::Enum(Some(0))),
            (1, Value::Enum(Some(kind))),
        ],
    );
}

fn write_lap(file: &mut File, lap: &Lap, idx: usize) {
    let trigger = lap.trigger.map(|trigger| match trigger {
        LapTrigger::Manual => 0,
        LapTrigger::Time => 1,
        LapTrigger::Distance => 2,
        LapTrigger::SessionEnd => 7,
        LapTrigger::Other => 8,
    });
    let fields = [
        (253, Value::U32(time(Some(lap_end(lap))))),
        (254, Value::U16(u16::try_from(idx).ok())),
        (2, Value::U32(time(Some(lap.start)))),
        (7, Value::U32(scaled(lap.elapsed_s, 1000.0))),
        (8, Value::U32(scaled(lap.timer_s, 1000.0))),
        (9, Value::U32(scaled(lap.distance.map(Distance::as_meters), 100.0))),
        (71, Value::U16(lap.workout_step)),
        (0, Value::Enum(Some(9))),
        (1, Value::Enum(Some(1))),
        (23, Value::Enum(lap.intensity.map(intensity_number))),
        (24, Value::Enum(trigger)),
    ];
    file.message(19, &with_mean(&fields, 15, lap.mean_heart_rate));
}

/// The fields, and behind them the mean heart rate where one is stated.
fn with_mean<'a>(fields: &[(u8, Value<'a>)], number: u8, mean: Option<HeartRate>) -> Vec<(u8, Value<'a>)> {
    let mean = mean.map(|mean| (number, Value::U8(Some(mean.as_bpm().round() as u8))));
    fields.iter().copied().chain(mean).collect()
}

/// A split, stamped like all summaries with the end of the session.
fn write_split(file: &mut File, split: &Split, idx: usize, session_end: Option<Timestamp>) {
    let kind = match split.kind {
        SplitKind::Run => 17,
        SplitKind::Walk => 18,
        SplitKind::Stand => 22,
        SplitKind::Step(Intensity::Active | Intensity::Interval) => 3,
        SplitKind::Step(Intensity::Rest) => 4,
        SplitKind::Step(Intensity::Warmup) => 5,
        SplitKind::Step(Intensity::Cooldown) => 6,
        SplitKind::Step(Intensity::Recovery) => 7,
        SplitKind::Step(Intensity::Other) => 8,
    };
    let seconds = scaled(Some(split.end.seconds_since(split.start)), 1000.0);
    file.message(
        312,
        &[
            (253, Value::U32(time(session_end))),
            (254, Value::U16(u16::try_from(idx).ok())),
            (0, Value::Enum(Some(kind))),
            (1, Value::U32(seconds)),
            (2, Value::U32(seconds)),
            (9, Value::U32(time(Some(split.start)))),
            // Watches write the last second of the split here, not the one behind it.
            (27, Value::U32(time(Some(split.end.plus_seconds(-1.0))))),
        ],
    );
}

fn intensity_number(intensity: Intensity) -> u8 {
    match intensity {
        Intensity::Active => 0,
        Intensity::Rest => 1,
        Intensity::Warmup => 2,
        Intensity::Cooldown => 3,
        Intensity::Recovery => 4,
        Intensity::Interval => 5,
        Intensity::Other => 6,
    }
}

/// The sport and sub-sport of the profile.
fn sport_numbers(session: &Session) -> (u8, u8) {
    let sport = match session.sport {
        Sport::Running => 1,
        Sport::Walking => 11,
        Sport::Wheelchair => 65,
        Sport::Other => 254,
        Sport::Unknown => 0,
    };
    (sport, u8::from(session.indoor))
}

fn start_of(session: &Session) -> Option<Timestamp> {
    session.start.or_else(|| session.records.iter().find_map(Record::time))
}

fn end_of(session: &Session) -> Option<Timestamp> {
    let by_length = start_of(session).zip(session.elapsed_s).map(|(start, elapsed)| start.plus_seconds(elapsed));
    by_length.or_else(|| session.records.iter().rev().find_map(Record::time))
}

fn lap_end(lap: &Lap) -> Timestamp {
    lap.start.plus_seconds(lap.elapsed_s.or(lap.timer_s).unwrap_or(0.0))
}

/// A moment in FIT's seconds, or `None` outside the years 1989 to 2126 that they can count.
fn time(moment: Option<Timestamp>) -> Option<u32> {
    let seconds = (moment?.as_unix_millis() + 500).div_euclid(1000) - FIT_EPOCH;
    u32::try_from(seconds).ok().filter(|&seconds| seconds != u32::MAX)
}

/// A number times its scale and rounded, or `None` where the field cannot hold it.
fn scaled<T: TryFrom<i64>>(value: Option<f64>, scale: f64) -> Option<T> {
    let scaled = (value? * scale).round();
    if !scaled.is_finite() {
        return None;
    }
    T::try_from(scaled as i64).ok()
}
