//! What is read of small documents.

use expect_test::{Expect, expect};

use super::*;
use crate::ingest::xml::tests::told;

fn check(document: &str, expected: &Expect) {
    expected.assert_eq(&told(decode(document.as_bytes())));
}

/// A document with one run that holds this.
fn run(content: &str) -> String {
    format!(
        "<TrainingCenterDatabase><Activities><Activity Sport='Running'>{content}</Activity></Activities>\
        </TrainingCenterDatabase>"
    )
}

/// A point at these minutes and seconds.
fn at(clock: &str) -> String {
    format!("<Trackpoint><Time>2026-01-01T08:{clock}Z</Time></Trackpoint>")
}

#[test]
fn a_run_with_laps_and_sensors() {
    check(
        &run(r#"<Id>2026-01-01T08:00:00.000Z</Id>
        <Lap StartTime="2026-01-01T08:00:00.000Z"><TotalTimeSeconds>60.5</TotalTimeSeconds>
          <DistanceMeters>150</DistanceMeters><AverageHeartRateBpm><Value>99</Value></AverageHeartRateBpm>
          <Intensity>Active</Intensity><Cadence>77</Cadence><TriggerMethod>Manual</TriggerMethod>
          <Track><Trackpoint><Time>2026-01-01T08:00:00.000Z</Time>
            <Position><LatitudeDegrees>47.5</LatitudeDegrees><LongitudeDegrees>-122.25</LongitudeDegrees></Position>
            <AltitudeMeters>12.5</AltitudeMeters><DistanceMeters>2.5</DistanceMeters>
            <HeartRateBpm xsi:type="HeartRateInBeatsPerMinute_t"><Value>140</Value></HeartRateBpm>
            <Extensions><ns3:TPX><ns3:Speed>2.75</ns3:Speed><ns3:RunCadence>82</ns3:RunCadence></ns3:TPX></Extensions>
          </Trackpoint></Track>
          <Extensions><LX><AvgSpeed>9</AvgSpeed></LX></Extensions></Lap>
        <Lap StartTime="2026-01-01T08:01:30.000Z"><TotalTimeSeconds>30</TotalTimeSeconds>
          <DistanceMeters>40</DistanceMeters><Intensity>Resting</Intensity><TriggerMethod>Location</TriggerMethod>
          <Track><Trackpoint><Time>2026-01-01T08:02:00.000Z</Time><Cadence>60</Cadence></Trackpoint></Track></Lap>
        <Creator><Name>Forerunner 945</Name><UnitId>1</UnitId></Creator>"#),
        &expect![[r#"
            from Forerunner 945
            Running `Running`, start 08:00:00Z, timer 90.5 s, 190 m
              lap 08:00:00Z [Some(90.0), Some(60.5), Some(150.0)] Some(Active) Some(Manual)
              lap 08:01:30Z [Some(30.0), Some(30.0), Some(40.0)] Some(Rest) Some(Other)
              pause 08:00:00Z to 08:02:00Z
              08:00:00Z, 47.5 -122.25, 12.5 m high, 140 bpm, 82 rpm, 2.75 m/s, 2.5 m
              08:02:00Z, 60 rpm"#]],
    );
}

#[test]
fn a_hole_between_two_tracks_is_a_pause() {
    let track = |clocks: [&str; 2]| format!("<Track>{}</Track>", clocks.map(at).concat());
    let tracks = [track(["00:00", "00:03"]), track(["00:07", "00:20"]), track(["02:00", "02:01"])];
    check(
        &run(&format!("<Lap>{}</Lap>", tracks.concat())),
        &expect![[r#"
        Running `Running`, start 08:00:00Z
          lap 08:00:00Z [Some(121.0), None, None] None None
          pause 08:00:20Z to 08:02:00Z
          08:00:00Z
          08:00:03Z
          08:00:07Z
          08:00:20Z
          08:02:00Z
          08:02:01Z"#]],
    );
}

#[test]
fn laps_without_start_begin_with_their_first_point() {
    let lap = |clock: &str| format!("<Lap><Track>{}</Track></Lap>", at(clock));
    check(
        &run(&format!("{}<Lap/>{}", lap("00:00"), lap("00:09"))),
        &expect![[r#"
        Running `Running`, start 08:00:00Z
          lap 08:00:00Z [Some(9.0), None, None] None None
          lap 08:00:09Z [None, None, None] None None
          08:00:00Z
          08:00:09Z"#]],
    );
}

#[test]
fn several_activities_are_several_sessions() {
    let activity = |sport: &str| format!("<Activity Sport='{sport}'><Lap/></Activity>");
    let activities = ["Running", "Biking", "Other", "", "Walking"].map(activity).concat();
    check(
        &format!("<Activities>{activities}</Activities>"),
        &expect![[r#"
            Running `Running`
            Other `Biking`
            Unknown `Other`
            Unknown ``
            Walking `Walking`"#]],
    );
}

#[test]
fn the_program_stands_for_a_watch_without_name() {
    check(
        &run("<Lap/></Activity></Activities><Author><Name>Connect Api</Name></Author>"),
        &expect![[r#"
        from Connect Api
        Running `Running`"#]],
    );
}

#[test]
fn plans_are_refused_with_the_reason() {
    check(
        "<TrainingCenterDatabase><Courses><Course><Track><Trackpoint/></Track></Course></Courses>",
        &expect![
            "TCX file without an activity: it holds 1 course and no recorded activity (export the recorded activity, not a course or a workout)"
        ],
    );
    check(
        "<TrainingCenterDatabase><Workouts><Workout/><Workout/></Workouts></TrainingCenterDatabase>",
        &expect![
            "TCX file without an activity: it holds 2 workouts and no recorded activity (export the recorded activity, not a course or a workout)"
        ],
    );
    check(
        "<TrainingCenterDatabase/>",
        &expect![
            "TCX file without an activity: it holds no activity (export the recorded activity, not a course or a workout)"
        ],
    );
}

#[test]
fn faulty_values_and_structure_cost_themselves_only() {
    let broken = r#"<Lap StartTime="soon"><TotalTimeSeconds>long</TotalTimeSeconds><Track>
        <Trackpoint><Time>2026-01-01T08:00:00</Time><HeartRateBpm>130</HeartRateBpm><AltitudeMeters>?</AltitudeMeters>
        <Trackpoint><Time>2026-01-01T08:00:01Z</Time><Position><LatitudeDegrees>1</LatitudeDegrees></Position></Trackpoint>
        <Trackpoint><Time/><Position/></Trackpoint>"#;
    check(
        &run(broken),
        &expect![[r#"
        Running `Running`, start 08:00:00Z
          lap 08:00:00Z [Some(1.0), None, None] None None
          08:00:00Z, 130 bpm
          08:00:01Z
          no time
        note value-unreadable: 1 value is no number and was left out (`?`, line 2)
        note time-without-zone: 1 time names no zone and was taken for UTC (`2026-01-01T08:00:00`, line 2)
        note position-unreadable: 1 position is incomplete or not on the globe and was left out (line 3)
        note points-without-time: 1 point has no time (line 4)"#]],
    );
    check(
        &run(broken)[..300],
        &expect![[r#"
        Running `Running`, start 08:00:00Z
          lap 08:00:00Z [None, None, None] None None
          08:00:00Z, 130 bpm
        note value-unreadable: 1 value is no number and was left out (`?`, line 2)
        note time-without-zone: 1 time names no zone and was taken for UTC (`2026-01-01T08:00:00`, line 2)
        note file-cut-short: the file breaks off after 1 point; what came before was read"#]],
    );
}
