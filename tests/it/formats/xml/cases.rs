//! Small files, each with one oddity: all are read, or refused with a reason.

use std::fs;

use expect_test::expect;
use rehabrun::ingest;
use rehabrun::model::{Activity, Record};
use rehabrun::units::plural;

use super::{common, records};

#[test]
fn every_odd_file_is_read_or_refused_with_a_reason() {
    let Some(folder) = common::corpus().map(|corpus| corpus.with_file_name("cases").join("gpx")) else { return };
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable entry").path()).collect();
    paths.sort();
    let lines: Vec<_> = paths
        .iter()
        .map(|path| {
            let name = path.file_name().expect("a file").to_string_lossy().into_owned();
            match ingest::read(&fs::read(path).expect("readable file")) {
                Ok(activity) => format!("{name}: {}", read(&activity)),
                Err(error) => format!("{name}: REFUSED, {error}"),
            }
        })
        .collect();
    expect![[r#"
        01_ok.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        02_ext_hr.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high 150 bpm 85 rpm
        03_gpx10.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high 3.5 m/s
        04_gpx10_course.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high 3.5 m/s
        05_gpx10_url.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        06_magvar.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        07_no_version.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        08_version_1_2.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        09_no_xmlns.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        10_prefixed.gpx: 1 point at 1 2, no time 1 m high [points-without-time]
        11_undeclared_prefix.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high 150 bpm
        12_bom_utf8.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        13_leading_newline.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        14_latin1.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        15_utf16le.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        16_utf16be_bom.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        17_win1252.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        18_invalid_utf8.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high [text-encoding]
        19_no_time.gpx: 1 point at 1 2, no time 1 m high [points-without-time]
        20_empty_time.gpx: 1 point at 1 2, no time 1 m high [points-without-time]
        21_bad_time.gpx: 1 point at 1 2, no time 1 m high [time-unreadable]
        22_frac_time.gpx: 1 point at 1 2, 2024-01-01T00:00:00.123Z
        23_time_offset.gpx: 1 point at 1 2, 2023-12-31T22:00:00Z
        24_time_no_tz.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z [time-without-zone]
        25_time_space.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z
        26_time_blank_sep.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z
        27_time_leap_60.gpx: 1 point at 1 2, 2017-01-01T00:00:00Z
        28_no_lat.gpx: 1 point nowhere, 2024-01-01T00:00:00Z 1 m high [position-unreadable]
        29_lat_91.gpx: 1 point nowhere, 2024-01-01T00:00:00Z 1 m high [position-unreadable]
        30_lon_180.gpx: 1 point at 1 180, 2024-01-01T00:00:00Z 1 m high
        31_lat_nan.gpx: 1 point nowhere, 2024-01-01T00:00:00Z 1 m high [position-unreadable]
        32_lat_comma.gpx: 1 point at 1.5 2, 2024-01-01T00:00:00Z 1 m high
        33_lat_space.gpx: 1 point at 1.5 2, 2024-01-01T00:00:00Z 1 m high
        34_empty_ele.gpx: 1 point at 1 2, no time [points-without-time]
        35_ele_space.gpx: 1 point at 1 2, no time 12 m high [points-without-time]
        36_ele_text.gpx: 1 point at 1 2, no time [value-unreadable] [points-without-time]
        37_hdop_text.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        38_sat_float.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        39_unknown_tag_pt.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        40_unknown_tag_trk.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        41_unknown_tag_gpx.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        42_unknown_tag_seg.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        43_seg_extensions.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        44_hr_direct_child.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high 150 bpm
        45_empty_type.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        46_empty_sym.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        47_fix_empty.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        48_truncated.gpx: 2 points at 1 2, 2024-01-01T00:00:00Z 1 m high [file-cut-short]
        49_truncated_mid_pt.gpx: 2 points at 1 2, 2024-01-01T00:00:00Z 1 m high [file-cut-short]
        50_trailing_garbage.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high [trailing-bytes]
        51_two_roots.gpx: 2 points at 1 2, 2024-01-01T00:00:00Z 1 m high [several-documents] [tracks-joined]
        52_nul_bytes_end.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        53_comment_in_text.gpx: 1 point at 1 2, no time 12 m high [points-without-time]
        54_cdata_ele.gpx: 1 point at 1 2, no time 12 m high [points-without-time]
        55_charref_ele.gpx: 1 point at 1 2, no time 12 m high [points-without-time]
        56_entity_name.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        57_undefined_entity.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        58_bare_amp.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        59_ctrl_char.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        60_dup_attr.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        61_unquoted_attr.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        62_uppercase.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        63_doctype.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        64_billion_laughs.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        65_quadratic.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        66_xxe.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        70_many_attrs.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        73_xml11.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        74_many_ns.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        75_email_bad.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        76_link_no_href.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        77_bounds_reversed.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        78_year_huge.gpx: 1 point at 1 2, no time [time-unreadable]
        79_wpt_no_latlon.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        80_rte_ext.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        81_metadata_in_10.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        82_trk_time.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high
        83_speed_in_11.gpx: 1 point at 1 2, 2024-01-01T00:00:00Z 1 m high 3 m/s
        84_empty_file.gpx: REFUSED, empty file: it holds no bytes
        85_html.gpx: REFUSED, not an activity file: it is a web page"#]]
    .assert_eq(&lines.join("\n"));
}

/// The first point and the names of the notes.
fn read(activity: &Activity) -> String {
    let points: Vec<&Record> = records(activity).collect();
    let first = points[0];
    let place = first.position().map_or("nowhere".to_owned(), |p| format!("at {} {}", p.latitude(), p.longitude()));
    let time = first.time().map_or("no time".to_owned(), |time| time.to_rfc3339(None));
    let values = [
        first.altitude().map(|m| format!(" {m} m high")),
        first.heart_rate().map(|hr| format!(" {} bpm", hr.as_bpm())),
        first.raw_cadence().map(|c| format!(" {c} rpm")),
        first.speed().map(|v| format!(" {} m/s", v.as_meters_per_second())),
    ];
    let values = values.into_iter().flatten().collect::<String>();
    let notes: String = activity.notes.iter().map(|note| format!(" [{}]", note.id)).collect();
    format!("{} {place}, {time}{values}{notes}", plural(points.len(), "point", None))
}
