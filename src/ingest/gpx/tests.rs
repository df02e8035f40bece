//! What is read of small documents.

use expect_test::{Expect, expect};

use super::*;
use crate::ingest::xml::tests::told;

fn check(document: &str, expected: &Expect) {
    expected.assert_eq(&told(decode(document.as_bytes())));
}

/// A document with these points.
fn points(points: &str) -> String {
    format!("<gpx><trk><trkseg>{points}</trkseg></trk></gpx>")
}

#[test]
fn a_run_with_the_extensions_of_one_maker() {
    check(
        r#"<?xml version="1.0" encoding="UTF-8"?>
        <gpx creator="Watch &amp; Co" version="1.1" xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
          <metadata><name>not the title</name><time>2025-01-01T00:00:00Z</time></metadata>
          <wpt lat="9" lon="9"><time>2020-01-01T00:00:00Z</time></wpt>
          <trk><link href="x"><type>text/html</type></link><name>Lunch run</name><type>running</type><trkseg>
            <trkpt lat="47.5" lon="-122.25"><ele>12.5</ele><time>2026-01-01T12:00:00.250Z</time><extensions>
              <ns3:TrackPointExtension><ns3:atemp>21</ns3:atemp><ns3:hr>140</ns3:hr><ns3:cad>82</ns3:cad>
              </ns3:TrackPointExtension></extensions></trkpt>
          </trkseg></trk></gpx>"#,
        &expect![[r#"
            from Watch & Co
            Running `running`, Lunch run
              12:00:00.25Z, 47.5 -122.25, 12.5 m high, 140 bpm, 82 rpm"#]],
    );
}

#[test]
fn values_under_the_names_of_many_makers() {
    check(
        &points(
            r#"<trkpt lat="1" lon="2"><time>2026-01-01T00:00:00Z</time><hr>1</hr><speed>3.5</speed></trkpt>
            <trkpt lat="1" lon="2"><time>2026-01-01T00:00:00Z</time><ele>-3</ele><speed>-1</speed><speed>2</speed></trkpt>
            <trkpt lat="1" lon="2"><time>2026-01-01T00:00:01Z</time><extensions><heartrate>2</heartrate></extensions></trkpt>
            <trkpt lat="1" lon="2"><time>2026-01-01T00:00:02Z</time><extensions><gpxdata:hr>3</gpxdata:hr>
              <gpxdata:cadence>80</gpxdata:cadence><gpxdata:distance>9</gpxdata:distance></extensions></trkpt>
            <trkpt lat="1" lon="2"><time>2026-01-01T00:00:03Z</time><bpm>4</bpm><o:accuracy_horizontal>6</o:accuracy_horizontal></trkpt>
            <trkpt lat="1" lon="2"><time>2026-01-01T00:00:04Z</time><HeartRate>5.0</HeartRate><Cad>81.5</Cad></trkpt>
            <trkpt lat="1" lon="2"><time>2026-01-01T00:00:05Z</time><hr>6</hr><x:hr>99</x:hr></trkpt>"#,
        ),
        &expect![[r#"
            Unknown ``
              00:00:00Z, 1 2, 1 bpm, 3.5 m/s
              00:00:00Z, 1 2, -3 m high, 2 m/s
              00:00:01Z, 1 2, 2 bpm
              00:00:02Z, 1 2, 3 bpm, 80 rpm, 9 m
              00:00:03Z, 1 2, 4 bpm, +-6 m
              00:00:04Z, 1 2, 5 bpm, 81.5 rpm
              00:00:05Z, 1 2, 6 bpm"#]],
    );
}

#[test]
fn faulty_values_cost_themselves_only() {
    check(
        &points(
            r#"<trkpt lat="1,5" lon=" 2 "><ele>n/a</ele><time>2026-01-01 00:00:00Z</time><hr/></trkpt>
            <trkpt lat="91" lon="2"><ele>n/a</ele><time>yesterday</time><hr></hr></trkpt>
            <trkpt lon="2"><ele>7</ele><time>2026-01-01T00:00:02</time></trkpt>
            <trkpt lat=1 lon=2><time/></trkpt>
            <trkpt/>"#,
        ),
        &expect![[r#"
            Unknown ``
              00:00:00Z, 1.5 2
              no time
              00:00:02Z, 7 m high
              no time, 1 2
              no time
            note value-unreadable: 2 values are no numbers and were left out (the first: `n/a`, line 1)
            note time-unreadable: 1 time cannot be read and was left out (`yesterday`, line 2)
            note time-without-zone: 1 time names no zone and was taken for UTC (`2026-01-01T00:00:02`, line 3)
            note position-unreadable: 2 positions are incomplete or not on the globe and were left out (the first: line 2)
            note points-without-time: 2 points have no time (the first: line 4)"#]],
    );
}

#[test]
fn segments_and_tracks_of_one_run_have_pauses_between() {
    check(
        r#"<gpx><trk><trkseg><trkpt><time>2026-01-01T08:00:00Z</time></trkpt></trkseg>
        <trkseg><trkpt><time>2026-01-01T08:00:05Z</time></trkpt></trkseg>
        <trkseg></trkseg></trk>
        <trk><type>running</type><trkseg><trkpt><time>2026-01-01T08:30:00Z</time></trkpt></trkseg></trk></gpx>"#,
        &expect![[r#"
            Running `running`
              pause 08:00:05Z to 08:30:00Z
              08:00:00Z
              08:00:05Z
              08:30:00Z
            note tracks-joined: 2 tracks that follow one another were read as 1 run"#]],
    );
}

#[test]
fn tracks_of_other_sports_or_days_are_sessions() {
    let track = |sport, time| {
        format!("<trk><type>{sport}</type><trkseg><trkpt><time>2026-01-{time}</time></trkpt></trkseg></trk>")
    };
    let tracks = [
        track("running", "01T08:00:00Z"),
        track("cycling", "01T09:00:00Z"),
        track("cycling", "02T09:00:00Z"),
        track("cycling", "01T07:00:00Z"),
    ];
    check(
        &format!("<gpx>{}</gpx>", tracks.concat()),
        &expect![[r#"
        Running `running`
          08:00:00Z
        Other `cycling`
          09:00:00Z
        Other `cycling`
          2026-01-02T09:00:00Z
        Other `cycling`
          07:00:00Z"#]],
    );
}

#[test]
fn the_clock_of_the_runner_is_kept() {
    check(
        &points("<trkpt><time>2026-01-01T09:00:00+02:00</time></trkpt>"),
        &expect![[r#"
        Unknown ``, offset 7200 s
          07:00:00Z"#]],
    );
}

#[test]
fn distances_from_point_to_point_are_not_taken_for_the_whole() {
    let point = |meters| format!("<trkpt><time>2026-01-01T00:00:00Z</time><distance>{meters}</distance></trkpt>");
    check(
        &points(&[3, 2, 4, 1].map(point).concat()),
        &expect![[r#"
        Unknown ``
          00:00:00Z
          00:00:00Z
          00:00:00Z
          00:00:00Z
        note distance-not-cumulative: the distances in the file are not counted from the start and were left out"#]],
    );
}

#[test]
fn what_is_no_track_is_refused_with_the_reason() {
    check(
        "<gpx><wpt lat='1' lon='2'/><rte><rtept lat='1' lon='2'/></rte><wpt/></gpx>",
        &expect![
            "GPX file without an activity: it holds 1 route and 2 waypoints and no recorded track (export the recorded activity, not a route or a place)"
        ],
    );
    check(
        "<gpx><trk><trkseg/></trk></gpx>",
        &expect![
            "GPX file without an activity: it holds no track point (export the recorded activity, not a route or a place)"
        ],
    );
    check(
        "",
        &expect![
            "GPX file without an activity: it holds no track point (export the recorded activity, not a route or a place)"
        ],
    );
}

#[test]
fn damaged_structure_is_read_as_far_as_it_goes() {
    let point = "<trkpt lat='1' lon='2'><time>2026-01-01T00:00:00Z</time>";
    check(
        &format!("<gpx><trk><trkseg>{point}</trkpt>{point}<hr>15"),
        &expect![[r#"
        Unknown ``
          00:00:00Z, 1 2
        note file-cut-short: the file breaks off after 1 point; what came before was read"#]],
    );
    check(
        &format!("{point}{point}</trkseg><trkseg>{point}</gpx>\n\0\0"),
        &expect![[r#"
        Unknown ``
          00:00:00Z, 1 2
          00:00:00Z, 1 2
          00:00:00Z, 1 2"#]],
    );
    check(
        &format!("<gpx>{point}</gpx>and more"),
        &expect![[r#"
        Unknown ``
          00:00:00Z, 1 2
        note trailing-bytes: 8 bytes behind the end of the document were left out"#]],
    );
    check(
        &format!("<gpx>{point}</gpx><gpx>{point}</gpx>"),
        &expect![[r#"
        Unknown ``
          00:00:00Z, 1 2
          00:00:00Z, 1 2
        note several-documents: the file holds 2 documents in a row; all were read"#]],
    );
    check(
        &format!("<GPX CREATOR='me'><TRK>{}</TRK></GPX>", point.replace("trkpt", "TRKPT")),
        &expect![[r#"
        from me
        Unknown ``
          00:00:00Z, 1 2"#]],
    );
}

#[test]
fn entities_are_never_expanded() {
    check(
        "<!DOCTYPE gpx [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>
        <gpx><trk><name>&b; &f; &#x41;</name><trkpt/></trk></gpx>",
        &expect![[r#"
            Unknown ``, &b; &f; A
              no time
            note points-without-time: 1 point has no time (line 2)"#]],
    );
}
