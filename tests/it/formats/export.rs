//! What is written can be read again, and is the same as far as the format can hold it.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use rehabrun::export::{fit, gpx, tcx};
use rehabrun::ingest;
use rehabrun::model::{
    Activity, Format, Intensity, Lap, LapTrigger, Motion, Pause, Profile, Record, Session, Split, SplitKind, Sport,
    StepDuration, StepTarget, WorkoutStep,
};
use rehabrun::units::{Distance, HeartRate, Position, Speed, Timestamp, UtcOffset};

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fit_gives_everything_back(activity in activity()) {
        let read = ingest::decode(&fit::activity(&activity)).expect("our own file");
        prop_assert_eq!(read, Activity { device: activity.device.clone().or_else(|| Some(NAMELESS.to_owned())), ..activity });
    }

    #[test]
    fn gpx_gives_back_what_it_can_hold(activity in activity()) {
        for dialect in gpx::Dialect::ALL {
            let read = ingest::decode(gpx::activity(&activity, dialect).as_bytes());
            let Some(held) = held_by_gpx(&activity, dialect) else {
                prop_assert!(read.is_err(), "no position, no track");
                continue;
            };
            prop_assert_eq!(read.expect("our own file"), held, "{:?}", dialect);
        }
    }

    #[test]
    fn tcx_gives_back_what_it_can_hold(activity in activity()) {
        let read = ingest::decode(tcx::activity(&activity).as_bytes()).expect("our own file");
        prop_assert_eq!(read, held_by_tcx(&activity));
    }
}

/// What a file is named after whose activity names no watch.
const NAMELESS: &str = "rehabrun";

fn when<T>(value: Option<T>, set: impl FnOnce(T)) {
    if let Some(value) = value {
        set(value);
    }
}

fn sport_word(sport: Sport) -> String {
    if sport == Sport::Running { "running" } else { "walking" }.to_owned()
}

/// The activity without what a GPX file of this dialect has no place for; `None` when nothing is left.
fn held_by_gpx(activity: &Activity, dialect: gpx::Dialect) -> Option<Activity> {
    let all = &activity.sessions[0];
    let mut session = Session::new(all.sport);
    session.name.clone_from(&all.name);
    for record in all.records.iter().filter(|record| record.position().is_some()) {
        let mut kept = Record::default();
        kept.set_time(record.time().expect("every record has one"));
        kept.set_position(place_in_text(record.position().expect("filtered"), dialect));
        when(record.altitude(), |meters| kept.set_altitude(meters));
        if dialect != gpx::Dialect::Phone {
            when(record.heart_rate(), |rate| kept.set_heart_rate(rate));
            when(record.raw_cadence(), |cadence| kept.set_raw_cadence(cadence.round()));
        }
        if dialect == gpx::Dialect::Suunto {
            when(record.distance(), |distance| kept.set_distance(distance));
            when(record.speed(), |speed| kept.set_speed(speed));
        }
        session.records.push(kept);
    }
    match dialect {
        gpx::Dialect::Phone => {
            session.sport = Sport::Unknown;
            session.utc_offset = all.utc_offset.filter(|offset| offset.as_seconds() != 0);
        }
        _ => session.sport_name = sport_word(all.sport),
    }
    if matches!(dialect, gpx::Dialect::Suunto | gpx::Dialect::Phone) {
        session.pauses.clone_from(&all.pauses);
    }
    (!session.records.is_empty()).then(|| Activity {
        format: Format::Gpx,
        device: activity.device.clone().or_else(|| Some(NAMELESS.to_owned())),
        profile: Profile::default(),
        sessions: vec![session],
        notes: vec![],
    })
}

/// Only Garmin Connect prints all the digits; the others stop at a centimetre.
fn place_in_text(place: Position, dialect: gpx::Dialect) -> Position {
    if dialect == gpx::Dialect::GarminConnect {
        return place;
    }
    let round = |degrees: f64| format!("{degrees:.7}").parse::<f64>().expect("a number");
    Position::from_degrees(round(place.latitude()), round(place.longitude())).expect("on the globe")
}

/// The activity without what TCX has no place for.
fn held_by_tcx(activity: &Activity) -> Activity {
    let all = &activity.sessions[0];
    let is_run = all.sport == Sport::Running;
    let mut session = Session::new(if is_run { Sport::Running } else { Sport::Unknown });
    session.sport_name.push_str(if is_run { "Running" } else { "Other" });
    session.start = all.start;
    session.records.clone_from(&all.records);
    for record in &mut session.records {
        *record = without_fit_fields(record);
    }
    session.pauses.clone_from(&all.pauses);
    session.laps = all
        .laps
        .iter()
        .map(|lap| Lap {
            intensity: Some(match lap.intensity {
                Some(Intensity::Rest | Intensity::Recovery) => Intensity::Rest,
                _ => Intensity::Active,
            }),
            trigger: Some(match lap.trigger {
                None | Some(LapTrigger::SessionEnd) => LapTrigger::Manual,
                Some(trigger) => trigger,
            }),
            workout_step: None,
            ..lap.clone()
        })
        .collect();
    session.timer_s = session.laps.iter().map(|lap| lap.timer_s).sum();
    let meters: Option<f64> = session.laps.iter().map(|lap| lap.distance.map(Distance::as_meters)).sum();
    session.distance = meters.map(Distance::from_meters);
    Activity {
        format: Format::Tcx,
        device: activity.device.clone(),
        profile: Profile::default(),
        sessions: vec![session],
        notes: vec![],
    }
}

fn without_fit_fields(record: &Record) -> Record {
    let mut kept = Record::default();
    when(record.time(), |time| kept.set_time(time));
    when(record.position(), |place| kept.set_position(place));
    when(record.distance(), |distance| kept.set_distance(distance));
    when(record.altitude(), |meters| kept.set_altitude(meters));
    when(record.speed(), |speed| kept.set_speed(speed));
    when(record.raw_cadence(), |cadence| kept.set_raw_cadence(cadence.round()));
    when(record.heart_rate(), |rate| kept.set_heart_rate(rate));
    kept
}

/// An activity of one session, its numbers as fine as FIT stores them.
fn activity() -> impl Strategy<Value = Activity> {
    (session(), profile(), option::of(words())).prop_map(|(session, profile, device)| Activity {
        format: Format::Fit,
        device,
        profile,
        sessions: vec![session],
        notes: vec![],
    })
}

fn profile() -> impl Strategy<Value = Profile> {
    let rate = || option::of((30..220).prop_map(|bpm| HeartRate::from_bpm(f64::from(bpm))));
    (option::of(1..100_u8), rate(), rate(), rate(), rate()).prop_map(
        |(age, resting_heart_rate, max_heart_rate, threshold_heart_rate, zone_two_top)| Profile {
            age,
            resting_heart_rate,
            max_heart_rate,
            threshold_heart_rate,
            zone_two_top,
        },
    )
}

fn session() -> impl Strategy<Value = Session> {
    let facts = (
        prop_oneof![Just(Sport::Running), Just(Sport::Walking)],
        option::of(words()),
        1_000_000_000..1_900_000_000_i64,
        option::of((-48..=56_i64).prop_map(|quarters| UtcOffset::from_seconds(quarters * 900).expect("a real zone"))),
        option::of((0..=100).prop_map(|tenths| f64::from(tenths) / 10.0)),
    );
    let place = (-900_000_000..900_000_000_i32, any::<i32>());
    let records = vec((record(), place, 1..5_u32, option::weighted(0.1, 20..60_u32)), 2..40);
    (facts, any::<bool>(), records, vec(lap(), 1..4), vec(split_kind(), 0..6), vec(step(), 0..8), 1..4_usize).prop_map(
        |((sport, name, start, utc_offset, rpe), outdoors, records, laps, splits, steps, rounds)| {
            let mut session = Session::new(sport);
            session.sport_name = sport_word(sport);
            (session.name, session.utc_offset, session.rpe) = (name, utc_offset, rpe);
            session.start = Some(Timestamp::from_unix_seconds(start));
            session.distance = Some(Distance::from_meters(records.len() as f64 * 2.5));
            place_records(&mut session, records, outdoors);
            place_laps(&mut session, laps);
            place_splits(&mut session, &splits);
            session.workout = std::iter::repeat_n(steps, rounds).flatten().collect();
            session
        },
    )
}

/// A record, its place in semicircles, the seconds to the next one, and those of a pause instead.
type Step = (Record, (i32, i32), u32, Option<u32>);

/// Sets the records one after the other, some seconds apart or with a pause between them.
fn place_records(session: &mut Session, records: Vec<Step>, outdoors: bool) {
    let start = session.start.expect("set before");
    let (mut now, mut paused, mut meters) = (start, 0.0, 0.0);
    let last = records.len() - 1;
    for (i, (mut record, (lat, lon), seconds, pause)) in records.into_iter().enumerate() {
        record.set_time(now);
        when(record.distance(), |step| {
            meters += step.as_meters();
            record.set_distance(Distance::from_meters((meters * 100.0_f64).round() / 100.0));
        });
        when(Position::from_semicircles(lat, lon).filter(|_| outdoors), |place| record.set_position(place));
        session.records.push(record);
        let next = now.plus_seconds(f64::from(pause.unwrap_or(seconds)));
        if i < last {
            when(pause, |pause| {
                session.pauses.push(Pause { start: now, end: next });
                paused += f64::from(pause);
            });
            now = next;
        }
    }
    session.elapsed_s = Some(now.seconds_since(start));
    session.timer_s = Some(now.seconds_since(start) - paused);
}

/// Lets the laps begin at records, evenly, and end where the next begins.
fn place_laps(session: &mut Session, laps: Vec<Lap>) {
    let times: Vec<Timestamp> = session.records.iter().filter_map(Record::time).collect();
    let count = laps.len().min(times.len() - 1);
    let start = |k: usize| times[k * (times.len() - 1) / count];
    session.laps = laps
        .into_iter()
        .take(count)
        .enumerate()
        .map(|(k, lap)| Lap { start: start(k), elapsed_s: Some(start(k + 1).seconds_since(start(k))), ..lap })
        .collect();
}

fn place_splits(session: &mut Session, kinds: &[SplitKind]) {
    let times: Vec<Timestamp> = session.records.iter().filter_map(Record::time).collect();
    let pairs = times.windows(2).zip(kinds);
    session.splits = pairs.map(|(pair, &kind)| Split { kind, start: pair[0], end: pair[1] }).collect();
}

fn record() -> impl Strategy<Value = Record> {
    let sensors = (
        option::of(0..3_000_u32),
        option::of(0..12_000_u32),
        option::of(0..20_000_i32),
        option::of(1..255_u8),
        option::of(0..240 * 128_u32),
    );
    let extras = (option::of(1000..6000_u32), option::of(0..254_u8), option::of(motion()));
    (sensors, extras).prop_map(|((distance, speed, altitude, bpm, cadence), (stance, accuracy, motion))| {
        let mut record = Record::default();
        when(distance, |cm| record.set_distance(Distance::from_meters(f64::from(cm) / 100.0)));
        when(speed, |mm| record.set_speed(Speed::from_meters_per_second(f64::from(mm) / 1000.0)));
        when(altitude, |fifths| record.set_altitude(f64::from(fifths) / 5.0 - 500.0));
        when(bpm, |bpm| record.set_heart_rate(HeartRate::from_bpm(f64::from(bpm))));
        when(cadence, |parts| record.set_raw_cadence(f64::from(parts) / 128.0));
        when(stance, |tenths| record.set_stance_time_ms(f64::from(tenths) / 10.0));
        when(accuracy, |meters| record.set_gps_accuracy(meters));
        when(motion, |motion| record.set_motion(motion));
        record
    })
}

fn motion() -> impl Strategy<Value = Motion> {
    prop_oneof![Just(Motion::Running), Just(Motion::Walking), Just(Motion::Sedentary), Just(Motion::Wheelchair)]
}

fn intensity() -> impl Strategy<Value = Intensity> {
    prop_oneof![
        Just(Intensity::Active),
        Just(Intensity::Rest),
        Just(Intensity::Warmup),
        Just(Intensity::Cooldown),
        Just(Intensity::Recovery),
        Just(Intensity::Interval),
        Just(Intensity::Other),
    ]
}

fn split_kind() -> impl Strategy<Value = SplitKind> {
    let known = intensity().prop_filter("FIT splits know no interval", |i| *i != Intensity::Interval);
    prop_oneof![Just(SplitKind::Run), Just(SplitKind::Walk), Just(SplitKind::Stand), known.prop_map(SplitKind::Step)]
}

fn lap() -> impl Strategy<Value = Lap> {
    let trigger = prop_oneof![
        Just(LapTrigger::Manual),
        Just(LapTrigger::Time),
        Just(LapTrigger::Distance),
        Just(LapTrigger::SessionEnd),
        Just(LapTrigger::Other),
    ];
    (0..4_000_000_u32, 0..1_000_000_u32, option::of(intensity()), option::of(trigger), option::of(0..50_u16)).prop_map(
        |(millis, cm, intensity, trigger, workout_step)| Lap {
            start: Timestamp::from_unix_seconds(0),
            elapsed_s: None,
            timer_s: Some(f64::from(millis) / 1000.0),
            distance: Some(Distance::from_meters(f64::from(cm) / 100.0)),
            mean_heart_rate: None,
            intensity,
            trigger,
            workout_step,
        },
    )
}

fn step() -> impl Strategy<Value = WorkoutStep> {
    let duration = prop_oneof![
        (1..7200_u32).prop_map(|s| StepDuration::Time(f64::from(s))),
        (1..20_000_u32).prop_map(|m| StepDuration::Distance(Distance::from_meters(f64::from(m)))),
        Just(StepDuration::Open),
    ];
    let target = prop_oneof![
        Just(StepTarget::Open),
        (1000..3000_u32).prop_map(|mm| {
            let speed = |mm: u32| Speed::from_meters_per_second(f64::from(mm) / 1000.0);
            StepTarget::Speed(speed(mm), speed(mm + 500))
        }),
        (60..150_u32).prop_map(|bpm| {
            let rate = |bpm: u32| HeartRate::from_bpm(f64::from(bpm));
            StepTarget::HeartRate(rate(bpm), rate(bpm + 20))
        }),
    ];
    (option::of(words()), duration, option::of(intensity()), target)
        .prop_map(|(name, duration, intensity, target)| WorkoutStep { name, duration, intensity, target })
}

/// Text with what needs escaping, in many scripts, without blanks at its ends.
fn words() -> impl Strategy<Value = String> {
    "[<>&\"'a-zé跑🏃]{1,12}( [<>&\"'a-z]{1,12}){0,2}"
}
