//! Counts and sums of real files, held against lenient readers of other makers.

use std::fs;

use rehabrun::ingest;
use rehabrun::model::Record;
use rehabrun::units::{Distance, HeartRate, Timestamp};

use super::{common, is_chosen, records};

const COLUMNS: [&str; 9] =
    ["records", "first", "last", "positions", "hr_n", "hr_sum", "cad_n", "cad_sum", "last_distance_m"];

const NO_TIME: &str = "a year outside 1980 to 2100 is no time";
const BACKWARDS: &str = "the last point is earlier than the one before it; there the latest time counts as last";
const COURSE: &str = "a course, planned and not run, is refused";
const MORE: &str = "the other reader does not look for this name of the value";
const NO_BEAT: &str = "0 and 255 are no heart rates";
const OFF_THE_GLOBE: &str = "a latitude of 100 is no position";
const REFUSED_THERE: &str = "the other reader stops at an undeclared prefix";
const TWICE: &str = "a point with two heart rates has one here";
const WHOLE_BEATS: &str =
    "the other reader does not look for this name of the distance; heart rates are kept as whole beats";

/// Where we differ, in which columns, and why. Nothing else may differ, and no row may be out of date.
const EXPLAINED: &[(&str, &str, &str)] = &[
    ("GoldenCheetah__GoldenCheetah/Move_2014_01_16_19_48_44.gpx", "last_distance_m", MORE),
    ("GoldenCheetah__GoldenCheetah/Move_2014_01_17_09_33_11.gpx", "hr_sum last_distance_m", WHOLE_BEATS),
    ("OpenTracksApp__OpenTracks/legacy_gpx_pause_resume.gpx", "positions", OFF_THE_GLOBE),
    ("OpenTracksApp__OpenTracks/legacy_gpx_trackpointextensions_incorrect.gpx", "last_distance_m", MORE),
    ("aaron-schroeder__activereader/testcourse.tcx", "records first last positions last_distance_m", COURSE),
    ("gpsbabel__gpsbabel/course.tcx", "records first last positions hr_n hr_sum last_distance_m", COURSE),
    (
        "gpsbabel__gpsbabel/gpsbabel_1_5_0-beta20140214__gpsbabel__reference__track__tcxtest~gpx-course.tcx",
        "records first last positions",
        COURSE,
    ),
    ("gpsbabel__gpsbabel/gpsbabel__reference__track__tcxtest~gpx-course.tcx", "records first last positions", COURSE),
    ("gpsbabel__gpsbabel/gtrnctr-lap_s.tcx", "hr_n hr_sum", NO_BEAT),
    ("gpsbabel__gpsbabel/gtrnctr-readcp.tcx", "records first last positions last_distance_m", COURSE),
    ("gpsbabel__gpsbabel/reference__track__tcxtest~gpx-course.tcx", "records first last positions", COURSE),
    ("gpsbabel__gpsbabel/tcxtest~gpx-course.tcx", "records first last positions", COURSE),
    ("gpsbabel__gpsbabel/track__gtrnctr-lap_s.tcx", "hr_n hr_sum", NO_BEAT),
    ("gpsbabel__gpsbabel/track__tcxtest~gpx-course.tcx", "records first last positions", COURSE),
    ("martin-ueding__geo-activity-playground/2025-08-29 20_12_17.410 Cadzand-Bad.gpx", "hr_n", NO_BEAT),
    ("martin-ueding__geo-activity-playground/2025-08-30 09_44_09.737 Cadzand-Bad.gpx", "hr_n", NO_BEAT),
    ("martin-ueding__geo-activity-playground/2025-08-30 10_27_46.464 Wasserlinie Cadzand-Bad.gpx", "hr_n", NO_BEAT),
    ("martin-ueding__geo-activity-playground/2025-08-30 20_29_18.085 BC Cadzand-Bad.gpx", "hr_n", NO_BEAT),
    ("martin-ueding__geo-activity-playground/2025-08-31 09_57_05.835 Zwin und Nieuwvliet.gpx", "hr_n", NO_BEAT),
    ("martin-ueding__geo-activity-playground/2025-09-03 11_32_33.996 Cadzand-Bad.gpx", "hr_n", NO_BEAT),
    ("ssaring__sportstracker/bike-tour-holux-funtrek-130-pro-with-heartrate.gpx", "hr_n hr_sum", MORE),
    ("ssaring__sportstracker/gpx__bike-tour-holux-funtrek-130-pro-with-heartrate.gpx", "hr_n hr_sum", MORE),
    ("thomaschampagne__elevate/fartleck.gpx", "records first last positions cad_n cad_sum", REFUSED_THERE),
    ("thomaschampagne__elevate/run-vercors.gpx", "records first last positions cad_n cad_sum", REFUSED_THERE),
    ("tkrajina__gpxpy/Mojstrovka.gpx", "first last", NO_TIME),
    ("tkrajina__gpxpy/first_and_last_elevation.gpx", "last", BACKWARDS),
    ("tkrajina__gpxpy/test_files__Mojstrovka.gpx", "first last", NO_TIME),
    ("tkrajina__gpxpy/v2__gpx1.0_with_all_fields.gpx", "positions", OFF_THE_GLOBE),
    ("tkrajina__gpxpy/v2__gpx1.1_with_all_fields.gpx", "hr_n hr_sum", TWICE),
    ("tkrajina__gpxpy/v3__gpx1.0_with_all_fields.gpx", "positions", OFF_THE_GLOBE),
    ("tkrajina__gpxpy/v4__gpx1.0_with_all_fields.gpx", "positions", OFF_THE_GLOBE),
    ("tkrajina__gpxpy/v5__gpx1.0_with_all_fields.gpx", "positions", OFF_THE_GLOBE),
];

#[test]
fn figures_agree_with_other_readers() {
    let Some(corpus) = common::corpus() else { return };
    let table = fs::read_to_string(corpus.join("expected.tsv")).expect("readable table");
    let mut faults = Vec::new();
    for (index, row) in table.lines().skip(1).enumerate() {
        let cells: Vec<&str> = row.split('\t').collect();
        let path = corpus.join("files").join(cells[0]);
        if cells[1].starts_with("FIT") || !is_chosen(index, &path) {
            continue;
        }
        let bytes = fs::read(path).expect("readable file");
        let found = ingest::read(&bytes)
            .map_or_else(|_| figures(&[]), |activity| figures(&records(&activity).collect::<Vec<_>>()));
        let differing = (0..COLUMNS.len()).filter(|&i| !same(cells[4 + i], &found[i]));
        let columns = differing.map(|i| COLUMNS[i]).collect::<Vec<_>>().join(" ");
        let explained = EXPLAINED.iter().find(|row| row.0 == cells[0]).map_or(("", ""), |row| (row.1, row.2));
        if columns != explained.0 {
            faults.push(format!("{}: {columns} ({})\n  {:?}\n  {found:?}", cells[0], explained.1, &cells[4..13]));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What the table has of a file: whole seconds, sums, the last distance.
fn figures(records: &[&Record]) -> [String; 9] {
    let times: Vec<Timestamp> = records.iter().filter_map(|record| record.time()).collect();
    let beats: Vec<f64> = records.iter().filter_map(|record| record.heart_rate().map(HeartRate::as_bpm)).collect();
    let cadences: Vec<f64> = records.iter().filter_map(|record| record.raw_cadence()).collect();
    let distance = records.iter().rev().find_map(|record| record.distance());
    let second = |time: Option<&Timestamp>| {
        time.map_or(String::new(), |time| {
            Timestamp::from_unix_seconds(time.as_unix_millis().div_euclid(1000)).to_rfc3339(None)
        })
    };
    [
        records.len().to_string(),
        second(times.first()),
        second(times.last()),
        records.iter().filter(|record| record.position().is_some()).count().to_string(),
        beats.len().to_string(),
        beats.iter().sum::<f64>().to_string(),
        cadences.len().to_string(),
        cadences.iter().sum::<f64>().to_string(),
        distance.map_or(String::new(), |distance| Distance::as_meters(distance).to_string()),
    ]
}

fn same(expected: &str, found: &str) -> bool {
    let numbers = expected.parse::<f64>().ok().zip(found.parse::<f64>().ok());
    expected == found || numbers.is_some_and(|(a, b)| (a - b).abs() < 1e-3)
}
