//! From a workout and the measurements of its time to a session.

use std::collections::BTreeMap;

use super::Workout;
use super::columns::{Columns, Kind, Sample};
use super::workout::{Event, EventKind};
use crate::ingest::limits;
use crate::model::{Lap, LapTrigger, Note, NoteId, Pause, Record, Session};
use crate::units::{Distance, HeartRate, Speed, Timestamp};

/// Steps are counted over this long at least, in seconds: the export cuts its times to whole seconds, which in an
/// interval of three is a third of the cadence.
const STEPS_OVER_S: u32 = 5;
/// Steps counted over longer than this mix running with walking and make no cadence, in seconds. The shortest bouts
/// last ten; our choice leaves room for one cut.
const LONGEST_STEPS_S: u32 = 15;
/// The same for speed and distance, which change more slowly.
const LONGEST_SPEED_S: u32 = 30;
/// Intervals further apart than this are not joined, in seconds.
const JOINED_S: u32 = 1;
/// Sources of one signal of one workout: watch, phone and a few apps.
const MOST_SOURCES: usize = 16;
/// Two heart rates closer than this are of one moment, in seconds: then that of the better source counts.
const SAME_BEAT_S: u32 = 10;

/// The session of a workout; `route` are the points of its route, as far as they are known.
pub fn session(workout: &Workout, columns: &Columns, route: Vec<Record>) -> Session {
    let pauses = pauses(&workout.events, workout.end);
    let mut session = Session::new(workout.sport());
    session.sport_name = if workout.indoor {
        format!("{}/indoor", workout.activity.to_lowercase())
    } else {
        workout.activity.to_lowercase()
    };
    session.indoor = workout.indoor;
    session.start = Some(workout.started());
    session.utc_offset = workout.utc_offset();
    session.elapsed_s = Some(f64::from(workout.end - workout.start));
    // Workouts that apps enter by hand give a duration of their own.
    session.timer_s = workout.duration_s.filter(|s| *s <= f64::from(workout.end - workout.start) + 1.0);
    session.distance = workout.distance_m.map(Distance::from_meters);
    session.mean_heart_rate = workout.mean_heart_rate.map(HeartRate::from_bpm);
    session.rpe = effort(workout, columns);
    session.laps = laps(workout);
    session.records = records(workout, columns, route);
    session.pauses = pauses;
    session
}

/// A record for each second of which something is known, and for each point of the route.
fn records(workout: &Workout, columns: &Columns, route: Vec<Record>) -> Vec<Record> {
    let end = workout.end.min(workout.start.saturating_add(limits::EXPORT_WORKOUT_S));
    let chosen = |kind| chosen(workout, columns, kind, end);
    let inside = |time: Timestamp| {
        let second = time.as_unix_seconds();
        second >= f64::from(workout.start) - 1.0 && second <= f64::from(workout.end) + 1.0
    };
    let route: Vec<Record> = route.into_iter().filter(|r| r.time().is_some_and(inside)).collect();
    let has_speed = route.iter().any(|record| record.speed().is_some());
    let mut seconds: BTreeMap<u32, Record> = BTreeMap::new();
    let mut at = |second: u32, set: &dyn Fn(&mut Record)| {
        if (workout.start..=end).contains(&second) {
            set(seconds.entry(second).or_default());
        }
    };
    for (second, spm) in cadence(&chosen(Kind::Steps)) {
        at(second, &|record| record.set_raw_cadence(spm));
    }
    for beat in &chosen(Kind::HeartRate) {
        at(beat.start, &|record| record.set_heart_rate(HeartRate::from_bpm(f64::from(beat.value))));
    }
    for contact in &chosen(Kind::Contact) {
        at(contact.start, &|record| record.set_stance_time_ms(f64::from(contact.value)));
    }
    if !has_speed {
        let speeds = chosen(Kind::Speed);
        for speed in speeds.iter().filter(|speed| u32::from(speed.length) <= LONGEST_SPEED_S) {
            let value = Speed::from_meters_per_second(f64::from(speed.value));
            (speed.start..speed.end().max(speed.start + 1)).for_each(|t| at(t, &|record| record.set_speed(value)));
        }
        // Positions tell the way better than intervals whose ends are cut to whole seconds.
        if speeds.is_empty() && route.is_empty() {
            let mut way = 0.0;
            for joined in joined(&chosen(Kind::Distance), STEPS_OVER_S) {
                if joined.length() <= LONGEST_SPEED_S {
                    let each = joined.sum / f64::from(joined.length());
                    for second in joined.from..joined.to {
                        let so_far = Distance::from_meters(way + each * f64::from(second - joined.from));
                        at(second, &|record| record.set_distance(so_far));
                    }
                }
                way += joined.sum;
                at(joined.to, &|record| record.set_distance(Distance::from_meters(way)));
            }
        }
    }
    let mut records: Vec<Record> = seconds
        .into_iter()
        .map(|(second, mut record)| {
            record.set_time(Timestamp::from_unix_seconds(i64::from(second)));
            record
        })
        .collect();
    merge(&mut records, route);
    records.truncate(limits::RECORDS);
    records
}

/// Adds the points of the route, each to the record of its second where there is one.
fn merge(records: &mut Vec<Record>, route: Vec<Record>) {
    let n_known = records.len();
    let mut places: Vec<Option<Record>> = vec![None; n_known];
    for point in route {
        let time = point.time();
        match records[..n_known].binary_search_by_key(&time, Record::time) {
            Ok(found) if places[found].is_none() => places[found] = Some(point),
            _ => records.push(point),
        }
    }
    for (record, place) in records.iter_mut().zip(places) {
        *record = place.map_or(*record, |place| place.or(record));
    }
    records.sort_by_key(Record::time);
}

/// The measurements of a workout from one source at a time: what wrote the workout first, then a watch, then others, each
/// where those before it have nothing. Phone and watch both count the steps of a run.
fn chosen(workout: &Workout, columns: &Columns, kind: Kind, end: u32) -> Vec<Sample> {
    let mut by_source: BTreeMap<u16, Vec<Sample>> = BTreeMap::new();
    for sample in columns.within(kind, workout.start, end) {
        by_source.entry(sample.source).or_default().push(*sample);
    }
    let mut ranked: Vec<(u16, Vec<Sample>)> = by_source.into_iter().collect();
    ranked.sort_by_key(|(source, samples)| {
        (*source != workout.source, !columns.is_watch(*source), std::cmp::Reverse(samples.len()))
    });
    let margin = if kind == Kind::HeartRate { SAME_BEAT_S } else { 0 };
    let mut taken: Vec<Sample> = Vec::new();
    for (_, samples) in ranked.into_iter().take(MOST_SOURCES) {
        let mut added: Vec<Sample> = Vec::new();
        for sample in samples {
            let is_free = is_free(&taken, &sample, margin);
            // Of one source, what overlaps is written twice.
            if is_free && added.last().is_none_or(|last| sample.start >= last.end()) {
                added.push(sample);
            }
        }
        taken.extend(added);
        taken.sort_by_key(|sample| sample.start);
    }
    taken
}

/// True where no sample, in the order of time and without overlaps, is within a margin of another one.
fn is_free(taken: &[Sample], sample: &Sample, margin: u32) -> bool {
    let behind = taken.partition_point(|other| other.start < sample.end().max(sample.start + 1) + margin);
    taken[..behind].last().is_none_or(|last| last.end().max(last.start + 1) + margin <= sample.start)
}

/// Intervals that follow one another, as one.
struct Joined {
    from: u32,
    to: u32,
    sum: f64,
}

impl Joined {
    fn length(&self) -> u32 {
        (self.to - self.from).max(1)
    }
}

/// Joins intervals that follow one another until they last a time.
fn joined(samples: &[Sample], at_least: u32) -> impl Iterator<Item = Joined> + use<> {
    let mut all: Vec<Joined> = Vec::new();
    for sample in samples.iter().filter(|sample| sample.length > 0) {
        let value = f64::from(sample.value);
        match all.last_mut() {
            Some(last) if last.length() < at_least && sample.start <= last.to + JOINED_S => {
                (last.to, last.sum) = (sample.end(), last.sum + value);
            }
            _ => all.push(Joined { from: sample.start, to: sample.end(), sum: value }),
        }
    }
    all.into_iter()
}

/// Steps a minute for each second in which steps were counted.
///
/// The count of an interval is an average that is whole at its end. On a line from end to end it has the shape that the
/// cadence of watches has, which average the last few seconds, and ends of runs are found behind it as they are there.
fn cadence(steps: &[Sample]) -> Vec<(u32, f64)> {
    let intervals: Vec<Joined> =
        joined(steps, STEPS_OVER_S).filter(|interval| interval.length() <= LONGEST_STEPS_S).collect();
    let spm = |interval: &Joined| interval.sum * 60.0 / f64::from(interval.length());
    let mut cadence = Vec::new();
    for (at, interval) in intervals.iter().enumerate() {
        let own = spm(interval);
        let before = at.checked_sub(1).map(|at| &intervals[at]).filter(|before| before.to + JOINED_S >= interval.from);
        let before = before.map_or(own, spm);
        for second in interval.from..interval.to {
            let share = f64::from(second - interval.from) / f64::from(interval.length());
            cadence.push((second, before + (own - before) * share));
        }
    }
    cadence
}

/// When the timer stood still. A stop that never ends lasts to the end of the workout.
fn pauses(events: &[Event], end: u32) -> Vec<Pause> {
    let mut events: Vec<&Event> = events.iter().collect();
    events.sort_by_key(|event| event.at);
    let (mut pauses, mut since) = (Vec::new(), None);
    for event in events {
        match event.kind {
            EventKind::Pause => since = since.or(Some(event.at)),
            EventKind::Resume => {
                pauses
                    .extend(since.take().filter(|since| *since < event.at).map(|start| Pause { start, end: event.at }));
            }
            EventKind::Lap | EventKind::Segment => {}
        }
    }
    let end = Timestamp::from_unix_seconds(i64::from(end));
    pauses.extend(since.filter(|since| *since < end).map(|start| Pause { start, end }));
    pauses
}

/// The laps that the runner pressed, else the stretches that the watch cut, as far as they follow one another: it cuts
/// kilometres and miles at once.
fn laps(workout: &Workout) -> Vec<Lap> {
    let of = |kind| {
        let mut events: Vec<&Event> = workout.events.iter().filter(|event| event.kind == kind).collect();
        events.sort_by(|a, b| {
            (a.at, a.duration_s).partial_cmp(&(b.at, b.duration_s)).unwrap_or(std::cmp::Ordering::Equal)
        });
        events
    };
    let pressed = of(EventKind::Lap);
    let lap = |start, elapsed_s, trigger| Lap {
        start,
        elapsed_s,
        timer_s: None,
        distance: None,
        mean_heart_rate: None,
        intensity: None,
        trigger: Some(trigger),
        workout_step: None,
    };
    if pressed.iter().any(|event| event.duration_s.is_some()) {
        return pressed.iter().map(|event| lap(event.at, event.duration_s, LapTrigger::Manual)).collect();
    }
    if !pressed.is_empty() {
        // Of laps without a length each event ends one.
        let ends = pressed.iter().map(|event| event.at).chain([Timestamp::from_unix_seconds(i64::from(workout.end))]);
        let starts = [workout.started()].into_iter().chain(pressed.iter().map(|event| event.at));
        let spans = starts.zip(ends).filter(|(start, end)| start < end);
        return spans.map(|(start, end)| lap(start, Some(end.seconds_since(start)), LapTrigger::Manual)).collect();
    }
    let mut laps: Vec<Lap> = Vec::new();
    for segment in of(EventKind::Segment) {
        let follows = laps.last().is_none_or(|last| {
            last.elapsed_s.is_some_and(|elapsed_s| segment.at.seconds_since(last.start.plus_seconds(elapsed_s)) >= -1.0)
        });
        if follows && segment.duration_s.is_some() {
            laps.push(lap(segment.at, segment.duration_s, LapTrigger::Distance));
        }
    }
    laps
}

/// Says that steps are counted over too long to tell running from walking, where they are.
pub fn coarse_steps(workout: &Workout, columns: &Columns) -> Option<Note> {
    let steps = chosen(workout, columns, Kind::Steps, workout.end);
    let long: Vec<u32> = joined(&steps, STEPS_OVER_S).map(|interval| interval.length()).collect();
    let n_long = long.iter().filter(|length| **length > LONGEST_STEPS_S).count();
    if steps.is_empty() {
        let message = "the export has no steps of this workout: running and walking are told apart by speed alone";
        return Some(Note::new(NoteId::NoSteps, message));
    }
    (2 * n_long > long.len()).then(|| {
        let message = format!(
            "steps are counted over more than {LONGEST_STEPS_S} s at a time, which mixes running with walking: they are told \
             apart by speed alone"
        );
        Note::new(NoteId::StepsCoarse, message)
    })
}

/// The effort that the runner entered for the workout: the last one whose time is that of the workout.
fn effort(workout: &Workout, columns: &Columns) -> Option<f64> {
    let of_workout = |sample: &&Sample| {
        let overlap = sample.end().min(workout.end).saturating_sub(sample.start.max(workout.start));
        sample.length == 0 && sample.start >= workout.start || u64::from(overlap) * 2 > u64::from(sample.length)
    };
    let efforts = columns.within(Kind::Effort, workout.start, workout.end).filter(of_workout);
    efforts.last().map(|sample| f64::from(sample.value)).filter(|effort| (0.0..=10.0).contains(effort))
}
