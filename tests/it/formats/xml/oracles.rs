//! Point by point against other readers, wherever they read a file at all.

use std::io::BufReader;

use rehabrun::ingest;
use rehabrun::model::{Format, Record};
use rehabrun::units::{Distance, HeartRate, Position, Timestamp};

use super::{own_files, real_files, records};

/// The values of one point as another reader gives them; `None` where it has none or does not look.
#[derive(Debug, Default, Clone, PartialEq)]
struct Row {
    time_ms: Option<i64>,
    position: Option<(f64, f64)>,
    altitude: Option<f32>,
    heart_rate: Option<f64>,
    cadence: Option<f32>,
    speed: Option<f32>,
    distance: Option<f64>,
}

impl Row {
    fn of(record: &Record) -> Self {
        Self {
            time_ms: record.time().map(Timestamp::as_unix_millis),
            position: record.position().map(|p| (p.latitude(), p.longitude())),
            altitude: record.altitude().map(|m| m as f32),
            heart_rate: record.heart_rate().map(HeartRate::as_bpm),
            cadence: record.raw_cadence().map(|c| c as f32),
            speed: record.speed().map(|v| v.as_meters_per_second() as f32),
            distance: record.distance().map(Distance::as_meters),
        }
    }
}

/// Reads a file as another reader does, or `None` where it refuses.
type Oracle = fn(&[u8]) -> Option<Vec<Row>>;

/// Compares every file that the oracle reads; `blank` removes from our row what the oracle does not look at.
fn check(format: Format, at_least: usize, oracle: Oracle, blank: fn(&mut Row, &Row)) {
    let own = own_files();
    let n_own = own.len();
    let mut n_read = 0;
    let mut faults = Vec::new();
    for (index, (name, bytes)) in own.into_iter().chain(real_files()).enumerate() {
        // The name tells most apart, which saves reading them; `x.tcx.gpx` is told by its content.
        if !name.contains(&format!(".{}", format.name())) {
            continue;
        }
        let Ok(activity) = ingest::decode(&bytes) else { continue };
        if activity.format != format {
            continue;
        }
        let Some(mut expected) = oracle(&bytes) else {
            assert!(index >= n_own, "{name}: the other reader refuses our own file");
            continue;
        };
        n_read += 1;
        // A year outside 1980 to 2100 is no time.
        let is_of_a_watch = |millis: &i64| (315_532_800_000..4_133_980_800_000).contains(millis);
        for row in &mut expected {
            row.time_ms = row.time_ms.filter(is_of_a_watch);
        }
        let found: Vec<Row> = records(&activity).map(Row::of).collect();
        if found.len() != expected.len() {
            faults.push(format!("{name}: {} points, there {}", found.len(), expected.len()));
            continue;
        }
        let differing = found.into_iter().zip(&expected).enumerate().find_map(|(index, (mut found, expected))| {
            blank(&mut found, expected);
            (found != *expected).then(|| format!("{name}, point {index}:\n  {found:?}\n  {expected:?}"))
        });
        faults.extend(differing);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(n_read >= at_least, "only {n_read} files were compared");
}

#[test]
fn the_gpx_crate_sees_the_same_points() {
    let oracle = |bytes: &[u8]| {
        let document = gpx::read(bytes).ok()?;
        let points = document.tracks.iter().flat_map(|track| &track.segments).flat_map(|segment| &segment.points);
        points
            .map(|point| {
                Some(Row {
                    time_ms: point.time.map(|time| millis(&time.format().expect("a time"))),
                    position: Some((point.point().y(), point.point().x())),
                    altitude: point.elevation.map(|meters| meters as f32),
                    ..Row::default()
                })
            })
            .collect()
    };
    // It has no extensions, and takes the speed of version 1.0 only.
    check(Format::Gpx, 4, oracle, |found, _| {
        (found.heart_rate, found.cadence, found.speed, found.distance) = (None, None, None, None);
    });
}

#[test]
fn the_tcx_crate_sees_the_same_points() {
    let oracle = |bytes: &[u8]| {
        let document = tcx::read(&mut BufReader::new(bytes)).ok()?;
        let laps = document.activities?.activities.into_iter().flat_map(|activity| activity.laps);
        let points = laps.flat_map(|lap| lap.tracks).flat_map(|track| track.trackpoints);
        let rows = points.map(|point| Row {
            time_ms: Some(point.time.timestamp_millis()),
            position: point.position.map(|position| (position.latitude, position.longitude)),
            altitude: point.altitude_meters.map(|meters| meters as f32),
            heart_rate: point.heart_rate.map(|rate| rate.value).filter(|bpm| (1.0..255.0).contains(bpm)),
            distance: point.distance_meters,
            ..Row::default()
        });
        Some(rows.collect())
    };
    // It has no cadence of running, and a speed under one prefix only.
    check(Format::Tcx, 1, oracle, |found, _| (found.cadence, found.speed) = (None, None));
}

#[test]
fn a_whole_tree_of_gpx_holds_the_same_values() {
    let oracle = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes).ok()?;
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        let tree = roxmltree::Document::parse_with_options(text.trim_start_matches('\u{feff}'), options).ok()?;
        let points = tree.descendants().filter(|node| node.tag_name().name() == "trkpt");
        let rows = points.map(|point| {
            let degrees = |name| number(point.attribute(name)?);
            Row {
                position: position(degrees("lat"), degrees("lon")),
                ..values(point, ["time", "ele", "hr heartrate bpm", "cad cadence", "speed", "distance"])
            }
        });
        Some(rows.collect())
    };
    // Distances from point to point are left out on purpose.
    check(Format::Gpx, 4, oracle, |found, expected| found.distance = found.distance.or(expected.distance));
}

#[test]
fn a_whole_tree_of_tcx_holds_the_same_values() {
    let oracle = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes).ok()?;
        let tree = roxmltree::Document::parse(text.trim_start_matches('\u{feff}')).ok()?;
        let points = tree.descendants().filter(|node| node.tag_name().name() == "Trackpoint");
        let recorded = points.filter(|point| point.ancestors().any(|node| node.tag_name().name() == "Activity"));
        let rows = recorded.map(|point| {
            let degrees = |name| number(&text_of(point, name)?);
            Row {
                position: position(degrees("LatitudeDegrees"), degrees("LongitudeDegrees")),
                ..values(point, ["Time", "AltitudeMeters", "Value", "RunCadence Cadence", "Speed", "DistanceMeters"])
            }
        });
        Some(rows.collect())
    };
    check(Format::Tcx, 1, oracle, |_, _| {});
}

/// The values of a point's element under these names: time, altitude, heart rate, cadence, speed, distance.
fn values(point: roxmltree::Node, names: [&str; 6]) -> Row {
    let [time, altitude, heart_rate, cadence, speed, distance] = names.map(|names| text_of(point, names));
    Row {
        time_ms: time.map(|time| millis(&time)),
        position: None,
        altitude: altitude.and_then(|text| number(&text)).map(|meters| meters as f32),
        heart_rate: heart_rate.and_then(|text| number(&text)).map(f64::round).filter(|bpm| (1.0..255.0).contains(bpm)),
        cadence: cadence.and_then(|text| number(&text)).map(|value| value as f32),
        speed: speed.and_then(|text| number(&text)).map(|value| value as f32),
        distance: distance.and_then(|text| number(&text)),
    }
}

/// The text of the first element below a node that has one of these names and is not blank.
fn text_of(node: roxmltree::Node, names: &str) -> Option<String> {
    let named = node.descendants().filter(|inner| names.split(' ').any(|name| inner.tag_name().name() == name));
    let texts = named.map(|inner| {
        inner.children().filter(roxmltree::Node::is_text).filter_map(|child| child.text()).collect::<String>()
    });
    texts.map(|text| text.trim().to_owned()).find(|text| !text.is_empty())
}

fn position(latitude: Option<f64>, longitude: Option<f64>) -> Option<(f64, f64)> {
    Position::from_degrees(latitude?, longitude?).map(|p| (p.latitude(), p.longitude()))
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok()
}

/// Milliseconds of a moment in ISO 8601; without a zone it is UTC.
fn millis(text: &str) -> i64 {
    let moment: jiff::Timestamp =
        text.parse().or_else(|_| format!("{text}Z").parse()).unwrap_or_else(|_| panic!("no moment: {text}"));
    (moment.as_nanosecond() + 500_000).div_euclid(1_000_000) as i64
}
