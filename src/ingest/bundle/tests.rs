use std::collections::BTreeMap;

use expect_test::{Expect, expect};

use super::*;
use crate::ingest::{self, xml::tests::told};

/// Reads a bundle of files, each as its name and its content.
fn check(files: &[(&str, &str)], expected: &Expect) {
    let files: BTreeMap<&str, &str> = files.iter().copied().collect();
    let (maker, root) = files.keys().find_map(|name| root_of(name)).expect("a list");
    let names: Vec<&str> = files.keys().filter_map(|name| name.strip_prefix(root)).collect();
    let mut read = |name: &str| Some(files.get(&*format!("{root}{name}"))?.as_bytes().to_vec());
    let mut bundle = Bundle::open(maker, &names, &mut read);
    let mut lines: Vec<String> = Vec::new();
    while let Some((name, bytes)) = bundle.next_excerpt(&mut read) {
        lines.push(format!("{name}\n{}", told(ingest::decode(&bytes))));
    }
    lines.push(bundle.sentence());
    expected.assert_eq(&lines.join("\n"));
}

const GPS: &str = "timestamp,latitude,longitude,altitude,data source\n\
    2026-07-11T11:00:00Z,1,2,3,Phone\n2026-07-11T12:55:42Z,47.1,8,400,Band\n2026-07-11T12:55:43Z,47.2,8,,Band\n\
    2026-07-11T12:55:43.5Z,47.9,8,400,Phone\n2026-07-11T12:56:41Z,47.3,8,400,Band\n";

fn exercise(more: &str) -> String {
    format!(
        r#"[{{"logId":1,"activityName":"Run","startTime":"07/11/26 14:55:42","duration":60000,"activeDuration":50000,
        "distance":0.1,"distanceUnit":"Mile","source":{{"name":"Walk","logId":7}}{more}}},
        {{"logId":2,"activityName":"Swim","startTime":"07/11/26 14:55:42","duration":60000}}]"#
    )
}

#[test]
fn google_measures_the_clock_by_the_positions() {
    // A position each second of the exercise, which is on UTC and two hours behind the clock of the list.
    let at = |second: usize| format!("2026-07-11T12:{}:{:02}Z", 55 + (42 + second) / 60, (42 + second) % 60);
    let gps = (2..59).fold(GPS.to_owned(), |gps, second| gps + &format!("{},,,,Band\n", at(second)));
    let gps = gps.replace(",,,,Band", ",47.25,8,400,Band");
    check(
        &[
            ("Fitbit/Global Export Data/exercise-0.json", &exercise("")),
            ("Fitbit/Physical Activity_GoogleData/gps_location_2026-07-11.csv", &gps),
            (
                "Fitbit/Physical Activity_GoogleData/heart_rate_2026-07-01.csv",
                "timestamp,beats per minute,data source\n2026-07-11T12:55:43Z,120.4,Band\n2026-07-11T12:57:43Z,180,Band\n",
            ),
        ],
        &expect![[r#"
            2026-07-11 14.55.42 run
            Running `run`, start 2026-07-11T12:55:42Z, offset 7200 s, timer 50 s, 160.9344 m
              2026-07-11T12:55:42Z, 47.1 8, 400 m high
              2026-07-11T12:55:43Z, 47.2 8, 120 bpm
              2026-07-11T12:55:44Z, 47.25 8, 400 m high
              2026-07-11T12:55:45Z, 47.25 8, 400 m high
              2026-07-11T12:55:46Z, 47.25 8, 400 m high
              2026-07-11T12:55:47Z, 47.25 8, 400 m high
              2026-07-11T12:55:48Z, 47.25 8, 400 m high
              2026-07-11T12:55:49Z, 47.25 8, 400 m high
              2026-07-11T12:55:50Z, 47.25 8, 400 m high
              2026-07-11T12:55:51Z, 47.25 8, 400 m high
              2026-07-11T12:55:52Z, 47.25 8, 400 m high
              2026-07-11T12:55:53Z, 47.25 8, 400 m high
              2026-07-11T12:55:54Z, 47.25 8, 400 m high
              2026-07-11T12:55:55Z, 47.25 8, 400 m high
              2026-07-11T12:55:56Z, 47.25 8, 400 m high
              2026-07-11T12:55:57Z, 47.25 8, 400 m high
              2026-07-11T12:55:58Z, 47.25 8, 400 m high
              2026-07-11T12:55:59Z, 47.25 8, 400 m high
              2026-07-11T12:56:00Z, 47.25 8, 400 m high
              2026-07-11T12:56:01Z, 47.25 8, 400 m high
              2026-07-11T12:56:02Z, 47.25 8, 400 m high
              2026-07-11T12:56:03Z, 47.25 8, 400 m high
              2026-07-11T12:56:04Z, 47.25 8, 400 m high
              2026-07-11T12:56:05Z, 47.25 8, 400 m high
              2026-07-11T12:56:06Z, 47.25 8, 400 m high
              2026-07-11T12:56:07Z, 47.25 8, 400 m high
              2026-07-11T12:56:08Z, 47.25 8, 400 m high
              2026-07-11T12:56:09Z, 47.25 8, 400 m high
              2026-07-11T12:56:10Z, 47.25 8, 400 m high
              2026-07-11T12:56:11Z, 47.25 8, 400 m high
              2026-07-11T12:56:12Z, 47.25 8, 400 m high
              2026-07-11T12:56:13Z, 47.25 8, 400 m high
              2026-07-11T12:56:14Z, 47.25 8, 400 m high
              2026-07-11T12:56:15Z, 47.25 8, 400 m high
              2026-07-11T12:56:16Z, 47.25 8, 400 m high
              2026-07-11T12:56:17Z, 47.25 8, 400 m high
              2026-07-11T12:56:18Z, 47.25 8, 400 m high
              2026-07-11T12:56:19Z, 47.25 8, 400 m high
              2026-07-11T12:56:20Z, 47.25 8, 400 m high
              2026-07-11T12:56:21Z, 47.25 8, 400 m high
              2026-07-11T12:56:22Z, 47.25 8, 400 m high
              2026-07-11T12:56:23Z, 47.25 8, 400 m high
              2026-07-11T12:56:24Z, 47.25 8, 400 m high
              2026-07-11T12:56:25Z, 47.25 8, 400 m high
              2026-07-11T12:56:26Z, 47.25 8, 400 m high
              2026-07-11T12:56:27Z, 47.25 8, 400 m high
              2026-07-11T12:56:28Z, 47.25 8, 400 m high
              2026-07-11T12:56:29Z, 47.25 8, 400 m high
              2026-07-11T12:56:30Z, 47.25 8, 400 m high
              2026-07-11T12:56:31Z, 47.25 8, 400 m high
              2026-07-11T12:56:32Z, 47.25 8, 400 m high
              2026-07-11T12:56:33Z, 47.25 8, 400 m high
              2026-07-11T12:56:34Z, 47.25 8, 400 m high
              2026-07-11T12:56:35Z, 47.25 8, 400 m high
              2026-07-11T12:56:36Z, 47.25 8, 400 m high
              2026-07-11T12:56:37Z, 47.25 8, 400 m high
              2026-07-11T12:56:38Z, 47.25 8, 400 m high
              2026-07-11T12:56:39Z, 47.25 8, 400 m high
              2026-07-11T12:56:40Z, 47.25 8, 400 m high
              2026-07-11T12:56:41Z, 47.3 8, 400 m high
            note no-steps: the export has the steps of this session by the minute at most, which mixes running with walking: they are told apart by speed alone
            Google Health or Fitbit export: read: 1 of 2 sessions (those on foot); not read: other sports, steps by the minute, sleep and all that is no exercise"#]],
    );
}

#[test]
fn google_joins_nothing_by_a_clock_that_is_not_known() {
    let beats = r#"[{"dateTime":"07/11/26 12:55:43","value":{"bpm":120,"confidence":3}}]"#;
    check(
        &[
            ("Global Export Data/exercise-0.json", &exercise("")),
            ("Global Export Data/heart_rate-2026-07-11.json", beats),
        ],
        &expect![[r#"
            2026-07-11 14.55.42 run
            Running `run`, start 2026-07-11T14:55:42Z, timer 50 s, 160.9344 m
            note clock-unknown: the export does not say how far the runner's clock was from UTC, and there are no positions to tell: nothing is joined by time
            note workout-empty: the export holds no measurement of the time of this session
            Google Health or Fitbit export: read: 1 of 2 sessions (those on foot), 1 of them without a measurement; not read: other sports, steps by the minute, sleep and all that is no exercise"#]],
    );
}

#[test]
fn google_takes_heart_rates_of_a_nameless_clock_by_their_mean() {
    let table = "exercise_id,exercise_start,exercise_end,utc_offset,activity_name,tracker_avg_heart_rate\n\
                 9,2026-07-11 12:55:42+0000,2026-07-11 12:56:42+0000,+02:00,Treadmill,MEAN\n";
    let beats = r#"[{"dateTime":"07/11/26 12:55:43","value":{"bpm":120,"confidence":3}},
        {"dateTime":"07/11/26 12:55:45","value":{"bpm":70,"confidence":0}},{"dateTime":"07/11/26 14:55:43","value":{"bpm":90,"confidence":1}}]"#;
    let files = |mean: &str| {
        [
            ("Health Fitness Data_GoogleData/UserExercises_2026-07-01.csv".to_owned(), table.replace("MEAN", mean)),
            ("Global Export Data/heart_rate-2026-07-11.json".to_owned(), beats.to_owned()),
            (
                "Physical Activity_GoogleData/live_pace_2026-07-01.csv".to_owned(),
                "timestamp,steps,distance millimeters,data source\n2026-07-11T12:55:45Z,0,0,B\n2026-07-11T12:55:50Z,14,12000,B\n".to_owned(),
            ),
        ]
    };
    let checked = |mean: &str, expected: &Expect| {
        let files = files(mean);
        check(&files.each_ref().map(|(name, text)| (name.as_str(), text.as_str())), expected);
    };
    checked(
        "119",
        &expect![[r#"
        2026-07-11 14.55.42 treadmill
        Running `treadmill`, start 2026-07-11T12:55:42Z, offset 7200 s, indoor
          2026-07-11T12:55:43Z, 120 bpm
          2026-07-11T12:55:45Z, 168 rpm, 0 m
          2026-07-11T12:55:46Z, 168 rpm
          2026-07-11T12:55:47Z, 168 rpm
          2026-07-11T12:55:48Z, 168 rpm
          2026-07-11T12:55:49Z, 168 rpm
          2026-07-11T12:55:50Z, 12 m
        Google Health or Fitbit export: read: 1 of 1 session (those on foot); not read: other sports, steps by the minute, sleep and all that is no exercise"#]],
    );
    checked(
        "91",
        &expect![[r#"
        2026-07-11 14.55.42 treadmill
        Running `treadmill`, start 2026-07-11T12:55:42Z, offset 7200 s, indoor
          2026-07-11T12:55:43Z, 90 bpm
          2026-07-11T12:55:45Z, 168 rpm, 0 m
          2026-07-11T12:55:46Z, 168 rpm
          2026-07-11T12:55:47Z, 168 rpm
          2026-07-11T12:55:48Z, 168 rpm
          2026-07-11T12:55:49Z, 168 rpm
          2026-07-11T12:55:50Z, 12 m
        Google Health or Fitbit export: read: 1 of 1 session (those on foot); not read: other sports, steps by the minute, sleep and all that is no exercise"#]],
    );
    checked(
        "150",
        &expect![[r#"
        2026-07-11 14.55.42 treadmill
        Running `treadmill`, start 2026-07-11T12:55:42Z, offset 7200 s, indoor
          2026-07-11T12:55:45Z, 168 rpm, 0 m
          2026-07-11T12:55:46Z, 168 rpm
          2026-07-11T12:55:47Z, 168 rpm
          2026-07-11T12:55:48Z, 168 rpm
          2026-07-11T12:55:49Z, 168 rpm
          2026-07-11T12:55:50Z, 12 m
        note heart-rate-unmatched: the heart rates of the export are on a clock that is not named, and their mean is not the one that the exercise states: they were left out
        Google Health or Fitbit export: read: 1 of 1 session (those on foot); not read: other sports, steps by the minute, sleep and all that is no exercise"#]],
    );
}

#[test]
fn samsung_in_both_layouts() {
    let live = r#"[{"start_time":1781503200000,"heart_rate":120.0,"cadence":160,"distance":2.5},{"start_time":1781503220000,"distance":3.5}]"#;
    let places =
        r#"[{"start_time":"2026-06-15 08:00:01.000","latitude":47.1,"longitude":8.0,"altitude":400,"accuracy":4.0}]"#;
    check(
        &[
            (
                "com.samsung.health.exercise.1.csv",
                "com.samsung.health.exercise,1,2\nstart_time,end_time,time_offset,exercise_type,duration,distance,datauuid,live_data,location_data\n2026-06-15 08:00:00.000,2026-06-15 08:01:00.000,7200000,1002,40000,6.0,a1,a1.live_data,a1.location_data\n2026-06-15 08:00:00.000,,7200000,11007,40000,6.0,b1,,\n",
            ),
            ("jsons/com.samsung.health.exercise/a1.live_data.json", live),
            ("jsons/com.samsung.health.exercise/a1.location_data.json", places),
        ],
        &expect![[r#"
            2026-06-15 08.00.00 running
            Running `running`, start 2026-06-15T06:00:00Z, offset 7200 s, timer 40 s, 6 m
              pause 2026-06-15T06:00:01Z to 2026-06-15T06:00:20Z
              2026-06-15T06:00:00Z, 120 bpm, 160 rpm, 2.5 m
              2026-06-15T06:00:01Z, 47.1 8, 400 m high, +-4 m
              2026-06-15T06:00:20Z, 6 m
            Samsung Health export: read: 1 of 2 sessions (those on foot); not read: other sports, steps of the day, sleep and all that is no exercise"#]],
    );
    check(
        &[
            (
                "x/com.samsung.shealth.exercise.1.csv",
                "com.samsung.shealth.exercise,1,2\ncom.samsung.health.exercise.start_time,com.samsung.health.exercise.time_offset,com.samsung.health.exercise.exercise_type,com.samsung.health.exercise.duration,com.samsung.health.exercise.datauuid,com.samsung.health.exercise.live_data\n2026-06-15 06:00:00.000,UTC+0200,15005,60000,a1,\n",
            ),
            (
                "x/jsons/com.samsung.shealth.exercise/a/a1.com.samsung.health.exercise.live_data.json",
                r#"[{"start_time":1781503200000,"elapsed_time":0}]"#,
            ),
        ],
        &expect![[r#"
            2026-06-15 08.00.00 running treadmill
            Running `running/treadmill`, start 2026-06-15T06:00:00Z, offset 7200 s, timer 60 s, indoor
              2026-06-15T06:00:00Z
            note measurements-missing: the export has the times of the measurements and not the measurements themselves
            Samsung Health export: read: 1 of 1 session (those on foot); not read: other sports, steps of the day, sleep and all that is no exercise"#]],
    );
}

#[test]
fn adidas_joins_track_and_heart_rates() {
    let session = r#"{"version":1,"start_time":1781503200000,"end_time":1781503260000,"start_time_timezone_offset":7200000,"duration":40000,"pause":20000,
        "sport_type_id":"1","features":[{"type":"track_metrics","attributes":{"distance":150}},{"type":"initial_values","attributes":{"sport_type":{"id":"3"},"duration":1}}]}"#;
    check(
        &[
            ("Sport-sessions/2026_a.json", session),
            ("Sport-sessions/2026_b.json", r#"{"sport_type_id":3,"start_time":1781503200000}"#),
            (
                "Sport-sessions/GPS-data/2026_a.json",
                r#"[{"timestamp":"2026-06-15 08:00:00 +0200","longitude":8,"latitude":47.1,"altitude":400},
                {"timestamp":"2026-06-15 08:00:22 +0200","longitude":8,"latitude":47.2,"altitude":400}]"#,
            ),
            ("Sport-sessions/Heart-rate-data/2026_a.json", r#"[{"timestamp":1781503200500,"heart_rate":121}]"#),
        ],
        &expect![[r#"
            2026-06-15 08.00.00 running
            Running `running`, start 2026-06-15T06:00:00Z, offset 7200 s, timer 40 s, 150 m
              pause 2026-06-15T06:00:01Z to 2026-06-15T06:00:22Z
              2026-06-15T06:00:00Z, 47.1 8, 400 m high
              2026-06-15T06:00:01Z, 121 bpm
              2026-06-15T06:00:22Z, 47.2 8, 400 m high
            note no-steps: the export has no steps of this session: running and walking are told apart by speed alone
            adidas Running export: read: 1 of 2 sessions (those on foot); not read: other sports, speeds (positions tell them) and all that is no session; steps are not in it"#]],
    );
}

#[test]
fn runkeeper_measures_the_clock_by_the_track() {
    let track =
        r#"<gpx><trk><trkseg><trkpt lat="47.1" lon="8"><time>2026-06-15T06:00:02Z</time></trkpt></trkseg></trk></gpx>"#;
    check(
        &[
            (
                "cardioActivities.csv",
                "Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Heart Rate (bpm),Notes,GPX File\n1,2026-06-15 08:00:00,Running,Lake,1.50,10:00,140,\"a \"\"b\"\", c\",1.gpx\n2,2026-06-16 08:00:00,Cycling,,20,1:00:00,,,2.gpx\n3,2026-06-17 08:00:00,Walking,,1,10:00,,,../../3.gpx\n",
            ),
            ("1.gpx", track),
        ],
        &expect![[r#"
            2026-06-15 08.00.02 running
            Running `running`, Lake, start 2026-06-15T06:00:02Z, offset 7200 s, timer 600 s, 1500 m
              2026-06-15T06:00:02Z, 47.1 8
            note no-steps: the export has no steps of this session: running and walking are told apart by speed alone
            2026-06-17 08.00.00 walking
            Walking `walking`, start 2026-06-17T08:00:00Z, timer 600 s, 1000 m
            note clock-unknown: the export does not say how far the runner's clock was from UTC: where there is no track, its times are taken as UTC
            note no-steps: the export has no steps of this session: running and walking are told apart by speed alone
            note workout-empty: the export holds no measurement of the time of this session
            Runkeeper export: read: 2 of 3 sessions (those on foot), 1 of them without a measurement; not read: other sports, notes and photos; heart rates and steps are not in it, but for means"#]],
    );
}

#[test]
fn roots_are_found_by_the_lists() {
    let check = |path, expected: Option<(Maker, &str)>| assert_eq!(root_of(path), expected, "{path}");
    check("Takeout/Fitbit/Global Export Data/exercise-100.json", Some((Maker::Google, "Takeout/Fitbit/")));
    check("Health Fitness Data_GoogleData/UserExercises_2026-05-12.csv", Some((Maker::Google, "")));
    check("Takeout/Fitbit/Global Export Data/steps-2026-05-12.json", None);
    check("x/com.samsung.shealth.exercise.2026.csv", Some((Maker::Samsung, "x/")));
    check("com.samsung.shealth.exercise.weather.2026.csv", None);
    check("a/Sport-sessions/2026_1.json", Some((Maker::Adidas, "a/")));
    check("a/Sport-sessions/GPS-data/2026_1.json", None);
    check("cardioActivities.csv", Some((Maker::Runkeeper, "")));
    check("activities.csv", None);
}
