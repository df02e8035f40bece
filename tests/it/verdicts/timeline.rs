//! Holds the timeline against hand-made sessions: what it repairs, what it says of it, and what must never happen.

use proptest::prelude::*;
use rehabrun::model::{Format, Lap, Pause, Record, Session, Sport};
use rehabrun::timeline::{self, Flags, SpeedSource, Timeline, Unusable};
use rehabrun::units::{Distance, HeartRate, Position, Speed, Timestamp};

const START: i64 = 1_700_000_000;

fn moment(t: f64) -> Timestamp {
    Timestamp::from_unix_millis(START * 1000 + (t * 1000.0) as i64)
}

/// A run at 2.5 m/s and 160 steps a minute, a record a second.
fn run(seconds: usize) -> Session {
    let mut session = Session::new(Sport::Running);
    session.records = (0..=seconds).map(|i| record(i as f64, 2.5)).collect();
    session
}

fn record(t: f64, v: f64) -> Record {
    let mut record = Record::default();
    record.set_time(moment(t));
    record.set_speed(Speed::from_meters_per_second(v));
    record.set_distance(Distance::from_meters(v * t));
    record.set_raw_cadence(80.0);
    record.set_heart_rate(HeartRate::from_bpm(140.0));
    record.set_position(Position::from_degrees(60.0 + v * t / 111_412.0, 10.0).expect("on the globe"));
    record
}

/// The same records without speed and distance.
fn positions_only(session: &mut Session) {
    for record in &mut session.records {
        record.set_speed(Speed::from_meters_per_second(f64::NAN));
        record.set_distance(Distance::from_meters(f64::NAN));
    }
}

fn build(session: &Session, format: Format) -> Timeline {
    timeline::build(session, format).expect("a usable session")
}

fn count(timeline: &Timeline, flag: Flags) -> usize {
    timeline.flags.iter().filter(|f| f.has(flag)).count()
}

fn has_note(timeline: &Timeline, id: &str) -> bool {
    timeline.notes.iter().any(|n| n.id.name() == id)
}

#[test]
fn a_plain_run_comes_through_unharmed() {
    let timeline = build(&run(600), Format::Fit);
    assert_eq!((timeline.len(), timeline.elapsed_s, timeline.total_distance), (600, 600.0, 1500.0));
    assert_eq!(timeline.mean_speed(0..600), Some(Speed::from_meters_per_second(2.5)));
    assert_eq!((timeline.cadence.get(300), timeline.heart_rate.get(300)), (Some(160.0), Some(140.0)));
    assert_eq!(timeline.distance_at(600), Distance::from_meters(1500.0));
    assert!(timeline.flags.iter().all(|f| *f == Flags::NONE));
    assert!(timeline.signals.cadence && timeline.signals.heart_rate);
}

#[test]
fn positions_alone_give_the_speed() {
    let mut session = run(600);
    positions_only(&mut session);
    let timeline = build(&session, Format::Gpx);
    assert_eq!(timeline.signals.speed, SpeedSource::Position);
    let v = timeline.mean_speed(30..570).expect("speed").as_meters_per_second();
    assert!((v - 2.5).abs() < 0.01, "{v}");
    assert!((timeline.total_distance - 1500.0).abs() < 5.0, "{}", timeline.total_distance);
    assert!(has_note(&timeline, "speed-from-positions"));
}

#[test]
fn what_has_no_time_is_unusable() {
    let empty = Session::new(Sport::Running);
    assert_eq!(timeline::build(&empty, Format::Gpx), Err(Unusable::NoRecords));
    let mut timeless = Session::new(Sport::Running);
    timeless.records = vec![Record::default(); 5];
    assert_eq!(timeline::build(&timeless, Format::Gpx), Err(Unusable::NoTimes));
    let mut moment = run(0);
    moment.elapsed_s = Some(100.0);
    assert_eq!(timeline::build(&moment, Format::Fit), Err(Unusable::OneMoment));
}

#[test]
fn no_span_of_times_sizes_a_timeline_beyond_a_week() {
    let of = |millis: &[i64]| {
        let mut session = Session::new(Sport::Running);
        session.records = millis.iter().map(|_| record(0.0, 2.5)).collect();
        for (record, ms) in session.records.iter_mut().zip(millis) {
            record.set_time(Timestamp::from_unix_millis(*ms));
        }
        session
    };
    // Where the usual step is as long as all, no step stands out from it as a jump of the clock.
    let week = 7 * 86_400_000;
    for millis in [
        vec![0, i64::MAX],
        vec![i64::MIN, i64::MAX],
        vec![3_000_000, i64::MAX - 5, i64::MAX],
        vec![0, 1 << 60],
        vec![0, week + 1],
        (0..=week / 20_000 + 1).map(|i| i * 20_000).collect(),
    ] {
        for elapsed_s in [None, Some(600.0), Some(1e300), Some(f64::INFINITY)] {
            let session = Session { elapsed_s, ..of(&millis) };
            assert!(timeline::build(&session, Format::Gpx).is_err(), "{} records, {elapsed_s:?}", millis.len());
        }
    }
    assert_eq!(build(&of(&[0, week]), Format::Gpx).len(), 7 * 86_400);
    let mut laps = Session::new(Sport::Running);
    laps.laps = vec![lap_of_days(i64::MAX - 1000, 6.9); 3];
    assert_eq!(timeline::build(&laps, Format::Fit), Err(Unusable::NoRecords));
}

fn lap_of_days(millis: i64, days: f64) -> Lap {
    Lap {
        start: Timestamp::from_unix_millis(millis),
        elapsed_s: Some(days * 86_400.0),
        timer_s: None,
        distance: Some(Distance::from_meters(1000.0)),
        mean_heart_rate: None,
        intensity: None,
        trigger: None,
        workout_step: None,
    }
}

#[test]
fn a_wrong_clock_costs_its_records_only() {
    let mut session = run(600);
    session.records[0].set_time(Timestamp::from_unix_seconds(631_065_600));
    session.records[300].set_time(Timestamp::from_unix_seconds(5_680_000_000));
    session.records[400].set_time(moment(500.5));
    session.records[450].set_time(moment(449.0));
    let timeline = build(&session, Format::Fit);
    assert_eq!((timeline.len(), timeline.start), (599, moment(1.0)));
    for id in ["clock-jump", "time-backwards", "time-repeated"] {
        assert!(has_note(&timeline, id), "{id}");
    }
    assert!((timeline.mean_speed(0..599).expect("speed").as_meters_per_second() - 2.5).abs() < 1e-6);
}

#[test]
fn a_timer_stop_keeps_its_time() {
    let mut session = run(600);
    session.pauses.push(Pause { start: moment(200.0), end: moment(260.0) });
    session.records.retain(|r| {
        let t = r.time().expect("a time").seconds_since(moment(0.0));
        t <= 200.0 || t >= 260.0
    });
    let timeline = build(&session, Format::Fit);
    assert_eq!((timeline.len(), count(&timeline, Flags::PAUSED), count(&timeline, Flags::GAP)), (600, 60, 0));
    assert!(timeline.pauses[0].moved, "150 m in 60 s");
    assert_eq!((timeline.pauses[0].start, timeline.pauses[0].end), (200, 260));
    assert_eq!(timeline.speed.get(230), None);
}

#[test]
fn gaps_are_bridged_as_far_as_they_can_be_known() {
    let mut session = run(600);
    session.records.retain(|r| {
        let t = r.time().expect("a time").seconds_since(moment(0.0)) as i64;
        !(101..108).contains(&t) && !(201..225).contains(&t) && !(301..350).contains(&t)
    });
    let timeline = build(&session, Format::Fit);
    let body = |i: usize| (timeline.cadence.get(i), timeline.heart_rate.get(i));
    assert_eq!((body(105), body(210), body(320)), ((Some(160.0), Some(140.0)), (Some(160.0), None), (None, None)));
    assert_eq!((timeline.speed.get(105), timeline.flags[105]), (Some(2.5), Flags::NONE));
    assert_eq!((timeline.speed.get(210), timeline.flags[210]), (Some(2.5), Flags::LOW_RESOLUTION));
    assert_eq!((timeline.speed.get(320), timeline.flags[320]), (None, Flags::GAP));
    assert_eq!((timeline.distance[349], timeline.distance[350]), (750.0, 875.0));
}

#[test]
fn a_hole_at_the_speed_around_it_is_no_pause() {
    let check = |n_missing: usize, stood: usize| {
        let mut session = run(600);
        positions_only(&mut session);
        for (i, record) in session.records.iter_mut().enumerate().skip(301 + n_missing) {
            let meters = 2.5 * (i - stood) as f64;
            record.set_position(Position::from_degrees(60.0 + meters / 111_412.0, 10.0).expect("on the globe"));
        }
        session.records.drain(301..301 + n_missing);
        let timeline = build(&session, Format::Gpx);
        check_sound(&timeline);
        let pause = timeline.pauses.first().map(|pause| (pause.start, pause.end, pause.moved));
        (pause, timeline.total_distance.round() as usize)
    };
    assert_eq!(check(40, 0), (None, 1499));
    assert_eq!(check(40, 25), (Some((300, 341, true)), 1397), "it stood for most of the time, and walked the rest");
    assert_eq!(check(40, 39), (Some((300, 341, false)), 1397));
    assert_eq!(check(90, 0), (Some((300, 391, true)), 1272), "nobody knows what happened in a minute and a half");
}

#[test]
fn a_phone_that_never_claims_much_is_not_lost() {
    let check = |usual: u8, worst: u8| {
        let mut session = run(600);
        for (i, record) in session.records.iter_mut().enumerate() {
            record.set_gps_accuracy(if (200..230).contains(&i) { worst } else { usual });
        }
        count(&build(&session, Format::Fit), Flags::SPIKE)
    };
    assert_eq!((check(4, 15), check(4, 21), check(16, 21), check(16, 40)), (0, 46, 0, 46));
}

#[test]
fn a_silent_watch_stands_still_where_both_ends_are_of_one_place() {
    let mut session = run(600);
    for (i, record) in session.records.iter_mut().enumerate().skip(300) {
        let stood = i.clamp(300, 350) - 300;
        let walked = 2.5 * (i - stood) as f64;
        record.set_distance(Distance::from_meters(walked));
        record.set_position(Position::from_degrees(60.0 + walked / 111_412.0, 10.0).expect("on the globe"));
    }
    session.records.drain(301..350);
    let timeline = build(&session, Format::Fit);
    assert_eq!((timeline.speed.get(320), timeline.flags[320]), (Some(0.0), Flags::LOW_RESOLUTION));
    assert!(!has_note(&timeline, "recording-gaps"));
}

#[test]
fn neither_heart_nor_steps_are_known_where_nothing_was_recorded() {
    let check = |pause: bool, stood: bool| {
        let mut session = run(600);
        if pause {
            session.pauses.push(Pause { start: moment(300.0), end: moment(540.0) });
        }
        for record in session.records.iter_mut().skip(540).filter(|_| stood) {
            let since = record.distance().expect("a distance").as_meters() - 600.0;
            record.set_distance(Distance::from_meters(since));
        }
        session.records.drain(301..540);
        let timeline = build(&session, Format::Fit);
        for i in 301..540 {
            assert_eq!((timeline.heart_rate.get(i), timeline.cadence.get(i)), (None, None), "{i}, {pause}, {stood}");
        }
        assert_eq!((timeline.heart_rate.get(541), timeline.cadence.get(541)), (Some(140.0), Some(160.0)));
    };
    check(true, true);
    check(true, false);
    check(false, true);
    check(false, false);
}

#[test]
fn what_is_written_apart_of_one_second_belongs_together() {
    let whole = run(600);
    let mut apart = whole.clone();
    apart.records.clear();
    for record in whole.records.iter().enumerate().filter(|(i, _)| i % 20 == 0).map(|(_, record)| record) {
        let (mut place, mut way) = (*record, Record::default());
        place.set_distance(Distance::from_meters(f64::NAN));
        place.set_speed(Speed::from_meters_per_second(f64::NAN));
        way.set_time(record.time().expect("a time"));
        way.set_distance(record.distance().expect("a distance"));
        apart.records.extend([place, way]);
    }
    let timeline = build(&apart, Format::Fit);
    assert_eq!((timeline.signals.speed, timeline.signals.interval_s), (SpeedSource::Device, 20.0));
    assert!((timeline.total_distance - 1500.0).abs() < 1e-6, "{}", timeline.total_distance);
    assert!(timeline.position.iter().all(Option::is_some), "positions are 20 s apart and neighbours");
    assert!(timeline.speed.iter().all(|v| v.is_some_and(|v| (v - 2.5).abs() < 1e-3)));
    assert!(has_note(&timeline, "time-repeated"));
}

#[test]
fn a_distance_with_every_fourth_record_still_counts() {
    let mut session = run(600);
    for (i, record) in session.records.iter_mut().enumerate() {
        record.set_speed(Speed::from_meters_per_second(2.6));
        if i % 4 != 0 {
            record.set_distance(Distance::from_meters(f64::NAN));
        }
    }
    let timeline = build(&session, Format::Fit);
    assert!((timeline.total_distance - 1500.0).abs() < 1e-6, "{}", timeline.total_distance);
    assert!((timeline.mean_speed(0..600).expect("speed").as_meters_per_second() - 2.5).abs() < 0.01);
}

#[test]
fn the_first_second_is_at_nought() {
    for lead in [0, 2, 5] {
        let mut session = run(600);
        session.start = Some(moment(0.0));
        session.records.drain(..lead);
        // The watch's own distance may be behind the steps, and is then moved forward.
        for record in session.records.iter_mut().skip(100).take(200) {
            record.set_raw_cadence(55.0);
            record.set_speed(Speed::from_meters_per_second(1.5));
        }
        let timeline = build(&session, Format::Fit);
        assert_eq!((timeline.distance[0], timeline.total_distance), (0.0, 1500.0), "{lead}");
    }
}

#[test]
fn a_pause_in_which_the_watch_goes_on_counting_is_none() {
    let mut session = run(600);
    session.pauses.push(Pause { start: moment(200.0), end: moment(260.0) });
    let timeline = build(&session, Format::Fit);
    assert_eq!((timeline.pauses.len(), has_note(&timeline, "pause-ignored")), (0, true));
}

#[test]
fn the_times_a_file_states_tell_stops_from_silence() {
    let mut session = run(600);
    session.records.drain(301..350);
    for (timer, paused) in [(Some(551.0), true), (Some(600.0), false), (None, false)] {
        session.timer_s = timer;
        let timeline = build(&session, Format::Tcx);
        assert_eq!(!timeline.pauses.is_empty(), paused, "{timer:?}");
    }
}

#[test]
fn distance_that_falls_jumps_or_freezes_still_only_grows() {
    let mut session = run(600);
    for (i, record) in session.records.iter_mut().enumerate() {
        let meters = match i {
            0..100 => 2.5 * i as f64,
            100 => 0.0,
            200..220 => 495.0,
            101..300 => 2.5 * i as f64 - 2.5,
            _ => 2.5 * i as f64 + 9000.0,
        };
        record.set_distance(Distance::from_meters(meters));
        record.set_speed(Speed::from_meters_per_second(f64::NAN));
    }
    let timeline = build(&session, Format::Fit);
    for id in ["distance-fell", "distance-jumps", "distance-frozen"] {
        assert!(has_note(&timeline, id), "{id}: {:?}", timeline.notes);
    }
    check_sound(&timeline);
    assert!((timeline.total_distance - 1500.0).abs() < 300.0, "{}", timeline.total_distance);
    assert!(timeline.flags[210].has(Flags::FROZEN) && timeline.flags[300].has(Flags::SPIKE));
    assert!((timeline.speed.get(210).expect("speed") - 2.5).abs() < 0.2);
}

#[test]
fn no_runner_flies_but_some_sprint() {
    let mut session = run(600);
    for record in &mut session.records {
        record.set_distance(Distance::from_meters(f64::NAN));
    }
    for record in &mut session.records[200..203] {
        record.set_speed(Speed::from_meters_per_second(30.0));
    }
    for (record, v) in
        session.records[400..420].iter_mut().zip([4.0, 5.5, 7.0].into_iter().chain([7.5; 14]).chain([6.0, 5.0, 4.0]))
    {
        record.set_speed(Speed::from_meters_per_second(v));
        record.set_raw_cadence(100.0);
    }
    let timeline = build(&session, Format::Fit);
    assert_eq!(count(&timeline, Flags::SPIKE), 8 + 4 + 8, "the spike, the fall behind it, and 8 s to each side");
    assert!(timeline.speed.iter().flatten().all(|v| v <= 7.5));
    assert_eq!(timeline.flags[410], Flags::NONE);
    assert!((timeline.total_distance - 1500.0).abs() < 100.0);
}

#[test]
fn a_stray_position_and_a_freeze_are_no_speed() {
    let mut session = run(600);
    positions_only(&mut session);
    session.records[100].set_position(Position::from_degrees(60.01, 10.01).expect("on the globe"));
    let frozen = session.records[300].position().expect("a position");
    for record in &mut session.records[300..320] {
        record.set_position(frozen);
    }
    let timeline = build(&session, Format::Gpx);
    assert!(timeline.flags[100].has(Flags::SPIKE) && timeline.flags[310].has(Flags::FROZEN));
    for i in [100, 310] {
        let v = timeline.speed.get(i).expect("speed");
        assert!((v - 2.5).abs() < 0.2, "{i}: {v}");
    }
}

#[test]
fn indoors_positions_mean_nothing() {
    let mut session = run(600);
    positions_only(&mut session);
    session.indoor = true;
    let timeline = build(&session, Format::Fit);
    assert_eq!((timeline.signals.speed, timeline.position.len()), (SpeedSource::None, 0));
    assert_eq!(timeline.mean_speed(0..600), None);
}

#[test]
fn speed_in_another_unit_is_refused() {
    let mut session = run(600);
    for record in &mut session.records {
        record.set_speed(Speed::from_meters_per_second(9.0));
        record.set_distance(Distance::from_meters(f64::NAN));
    }
    let timeline = build(&session, Format::Gpx);
    assert_eq!(timeline.signals.speed, SpeedSource::Position);
    assert!(has_note(&timeline, "speed-refused"));
}

#[test]
fn speed_and_distance_that_fall_short_of_the_positions_clear_nobody() {
    let check = |speed: f64, distance: f64| {
        let mut session = run(900);
        for (i, record) in session.records.iter_mut().enumerate() {
            record.set_speed(Speed::from_meters_per_second(2.5 * speed));
            record.set_distance(Distance::from_meters(2.5 * distance * i as f64));
        }
        build(&session, Format::Fit).signals.disputed
    };
    assert!(!check(1.0, 1.0));
    assert!(!check(1.0, 0.7), "speed and positions agree");
    assert!(check(0.7, 0.7) && check(0.6, 0.66), "both are of one sensor");
    assert!(check(0.6, 0.8), "no two agree");
    assert!(!check(1.3, 1.3), "positions cut corners");
}

#[test]
fn a_few_stray_positions_refuse_no_speed() {
    for at in [[100, 300, 500, 800], [100, 101, 102, 103], [0, 1, 2, 899]] {
        for (north, east) in [(0.0, 0.0), (60.5, 10.9), (61.0, 9.0), (60.002, 10.0)] {
            let mut session = run(900);
            for i in at {
                let stray = Position::from_degrees(north + i as f64 * 1e-4, east).expect("on the globe");
                session.records[i].set_position(stray);
            }
            let timeline = build(&session, Format::Fit);
            assert!(!timeline.signals.disputed, "{at:?} at {north}, {east}");
            assert!(!has_note(&timeline, "speed-refused") && !has_note(&timeline, "distance-refused"));
        }
    }
}

#[test]
fn a_day_at_ten_a_second_is_laid_out() {
    let mut session = Session::new(Sport::Running);
    session.records = (0..86_400 * 10).map(|i| record(f64::from(i) / 10.0, 2.5)).collect();
    let timeline = build(&session, Format::Fit);
    assert_eq!(timeline.len(), 86_400);
    assert!((timeline.mean_speed(0..timeline.len()).expect("speed").as_meters_per_second() - 2.5).abs() < 1e-3);
}

prop_compose! {
    fn any_record()(
        t in prop_oneof![20 => 0_i64..4_000_000, 1 => any::<i64>(), 1 => (0_u32..63).prop_map(|bit| 1_i64 << bit)],
        v in prop_oneof![Just(f64::NAN), -1.0..20.0, Just(f64::INFINITY), Just(1e30)],
        d in prop_oneof![Just(f64::NAN), -10.0..5000.0, Just(1e300), Just(-1e300)],
        at in (-90.0..=90.0, -180.0..=180.0),
        here in any::<bool>(),
        cadence in prop_oneof![Just(f64::NAN), 0.0..300.0, Just(-1e9), Just(1e30)],
        bpm in 0.0..260.0,
        altitude in prop_oneof![Just(f64::NAN), -500.0..9000.0, Just(1e38)],
        accuracy in any::<u8>(),
    ) -> Record {
        let mut record = Record::default();
        record.set_time(Timestamp::from_unix_millis(t));
        record.set_speed(Speed::from_meters_per_second(v));
        record.set_distance(Distance::from_meters(d));
        if here {
            record.set_position(Position::from_degrees(at.0, at.1).expect("on the globe"));
        }
        record.set_raw_cadence(cadence);
        record.set_heart_rate(HeartRate::from_bpm(bpm));
        record.set_altitude(altitude);
        record.set_gps_accuracy(accuracy);
        record
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_records_give_a_sound_timeline(
        // Few records as often as many: there a wrong time is as good as any other.
        records in prop_oneof![prop::collection::vec(any_record(), 0..6), prop::collection::vec(any_record(), 0..200)],
        pauses in prop::collection::vec((0_i64..4_000_000, -1000_i64..100_000), 0..5),
        elapsed in prop_oneof![Just(f64::NAN), 0.0..5000.0, Just(1e300), Just(-1.0)],
        format in prop_oneof![Just(Format::Fit), Just(Format::Gpx), Just(Format::Tcx)],
        sorted in any::<bool>(),
    ) {
        let mut session = Session::new(Sport::Running);
        session.records = records;
        if sorted {
            session.records.sort_by_key(Record::time);
        }
        session.elapsed_s = Some(elapsed);
        let pause = |(start, long): (i64, i64)| Pause {
            start: Timestamp::from_unix_millis(start),
            end: Timestamp::from_unix_millis(start + long),
        };
        session.pauses = pauses.into_iter().map(pause).collect();
        if let Ok(timeline) = timeline::build(&session, format) {
            check_sound(&timeline);
        }
    }

    #[test]
    fn shifting_time_or_longitude_changes_nothing(
        days in -20_000_i64..20_000, east in -300.0..300.0_f64, wiggle in prop::collection::vec(0.0..0.4_f64, 120),
        is_gpx in any::<bool>(),
    ) {
        let mut session = run(119);
        for (record, w) in session.records.iter_mut().zip(&wiggle) {
            let t = record.time().expect("a time").seconds_since(moment(0.0)) + w;
            record.set_time(moment(t));
        }
        if is_gpx {
            positions_only(&mut session);
        }
        let mut shifted = session.clone();
        for record in &mut shifted.records {
            let at = record.position().expect("a position");
            let longitude = (at.longitude() + east + 540.0).rem_euclid(360.0) - 180.0;
            record.set_position(Position::from_degrees(at.latitude(), longitude).expect("on the globe"));
            record.set_time(record.time().expect("a time").plus_seconds(days as f64 * 86_400.0));
        }
        let (here, there) = (build(&session, Format::Gpx), build(&shifted, Format::Gpx));
        prop_assert_eq!(&here.flags, &there.flags);
        prop_assert_eq!(&here.notes, &there.notes);
        for (a, b) in here.speed.iter().zip(there.speed.iter()) {
            prop_assert!((a.unwrap_or(-1.0) - b.unwrap_or(-1.0)).abs() < 1e-3, "{:?} {:?}", a, b);
        }
        prop_assert!((here.total_distance - there.total_distance).abs() < 1e-3);
    }
}

fn check_sound(timeline: &Timeline) {
    let n = timeline.len();
    assert!(timeline.elapsed_s.is_finite() && timeline.elapsed_s > 0.0);
    assert_eq!(n, timeline.elapsed_s.ceil() as usize);
    let columns = [
        &timeline.speed,
        &timeline.cadence,
        &timeline.heart_rate,
        &timeline.altitude,
        &timeline.grade,
        &timeline.stance_ms,
    ];
    for column in columns {
        assert_eq!(column.len(), n);
        assert!(column.iter().flatten().all(f64::is_finite));
    }
    assert!(timeline.speed.iter().flatten().all(|v| (0.0..=12.5).contains(&v)));
    assert!(timeline.cadence.iter().flatten().all(|c| (0.0..=240.0).contains(&c)));
    assert!(timeline.grade.iter().flatten().all(|g| g.abs() <= 0.25));
    assert!(timeline.position.is_empty() || timeline.position.len() == n);
    assert_eq!(timeline.distance.len(), n);
    assert!(timeline.distance.iter().all(|d| d.is_finite() && *d >= 0.0));
    assert!(timeline.distance.windows(2).all(|w| w[0] <= w[1]));
    assert!(timeline.distance.last().is_none_or(|d| *d <= timeline.total_distance));
    assert!(timeline.pauses.iter().all(|p| p.start < p.end && p.end <= n));
    assert!(timeline.pauses.windows(2).all(|w| w[0].end < w[1].start));
    assert!(timeline.edges.windows(2).all(|w| w[0] < w[1]));
    for (i, flags) in timeline.flags.iter().enumerate() {
        let paused = timeline.pauses.iter().any(|p| (p.start..p.end).contains(&i));
        assert_eq!(flags.has(Flags::PAUSED), paused, "{i}");
        assert!(timeline.speed.get(i).is_none() || !(paused || flags.has(Flags::GAP)), "{i}");
    }
}
