use std::fmt::Write as _;
use std::io::Write;

use expect_test::{Expect, expect};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::ingest::container::tests::{GPX, gz, told};

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn check(archive: &[u8], expected: &Expect) {
    let lines: Vec<_> = match members(Cursor::new(archive)) {
        Err(error) => vec![format!("error: {error}")],
        Ok(members) => members.map(|member| format!("{}: {}", member.name.clone(), told(member.read()))).collect(),
    };
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn an_export_with_other_files_and_archives_inside() {
    let inner = zipped(&[("run.tcx.gz", &gz(b"<TrainingCenterDatabase><Courses><Course/></Courses>"))]);
    let files: &[(&str, &[u8])] = &[
        ("activities/2.gpx.gz", &gz(GPX)),
        ("activities/10.gpx", GPX),
        ("activities/no-extension", GPX),
        ("activities/broken.fit", b"nothing"),
        ("__MACOSX/activities/._10.gpx", b"\0"),
        ("photos/1.jpg", b"\xff\xd8"),
        ("inner.zip", &inner),
        ("evil\\..\\\u{202e}\x1b[31m.gpx", GPX),
    ];
    check(
        &zipped(files),
        &expect![[r"
        activities/10.gpx: 2 records
        activities/2.gpx.gz: 2 records
        activities/broken.fit: error: not an activity file: its content is neither FIT nor GPX nor TCX
        activities/no-extension: 2 records
        evil/../��[31m.gpx: 2 records
        inner.zip/run.tcx.gz: error: TCX file without an activity: it holds 1 course and no recorded activity"]],
    );
}

#[test]
fn what_is_no_archive_says_so() {
    check(
        b"PK\x03\x04 and no more",
        &expect!["error: archive that cannot be unpacked: its compressed data is damaged or cut"],
    );
    check(&zipped(&[]), &expect![""]);
    let nested = (0..4).fold(zipped(&[("a.gpx", GPX)]), |inner, _| zipped(&[("z.zip", &inner)]));
    check(&nested, &expect!["z.zip/z.zip/z.zip: error: archive too large: it is an archive inside too many archives"]);
}

#[test]
fn an_export_is_named_and_says_what_is_not_read() {
    let export = zipped(&[("apple_health_export/export.xml", b"<HealthData/>")]);
    check(
        &zipped(&[("mail/export.zip", &export), ("run.gpx", GPX)]),
        &expect![[r#"
            mail/export.zip/Apple Health export: error: export that was read: Apple Health export: 0 workouts, none of them running, walking or hiking
            run.gpx: 2 records"#]],
    );
    let polar = zipped(&[("training-session-2026-06-15-1-a.json", b"{}")]);
    let member = members(Cursor::new(polar)).unwrap().next().unwrap();
    assert_eq!(member.name, "Polar Flow export");
    assert!(told(member.read()).contains("not read: daily activity"));
}

#[test]
fn what_needs_a_password_is_named() {
    let mut archive = zipped(&[("a.json", b"{}"), ("b.json", b"[]")]);
    let list_at = archive.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    (archive[6], archive[list_at + 8]) = (archive[6] | 1, archive[list_at + 8] | 1);
    check(
        &archive,
        &expect![
            "encrypted files: error: archive that needs a password: it is encrypted: 1 file in it cannot be read without the password"
        ],
    );
}

#[test]
fn two_members_of_one_name_are_two_files() {
    let two = zipped(&[("a/run.gpx", GPX), ("a/run.gpy", &GPX[..GPX.len() / 2])]);
    let mut renamed = two;
    while let Some(at) = renamed.windows(4).position(|four| four == b".gpy") {
        renamed[at + 3] = b'x';
    }
    check(
        &renamed,
        &expect![[r#"
        a/run (2).gpx: 2 records
        a/run.gpx: 1 records file-cut-short"#]],
    );
    let joined = [zipped(&[("a.gpx", GPX), ("b.gpx", GPX)]), zipped(&[("b.gpx", GPX)])].concat();
    check(
        &joined,
        &expect![[r#"
        a.gpx: 2 records
        b (2).gpx: 2 records
        b.gpx: 2 records"#]],
    );
}

#[test]
fn an_archive_without_its_list_still_has_its_members() {
    let whole = zipped(&[("a.gpx", GPX), ("b.gpx.gz", &gz(GPX)), ("notes.txt", b"none")]);
    let list_at = whole.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    check(
        &whole[..list_at],
        &expect![[r#"
        a.gpx: 2 records archive-cut
        b.gpx.gz: 2 records archive-cut"#]],
    );
    check(
        &whole[..list_at + 30],
        &expect![[r#"
        a.gpx: 2 records archive-cut
        b.gpx.gz: 2 records archive-cut"#]],
    );
    check(&whole[..120], &expect!["a.gpx: error: GPX file without an activity: it holds no track point"]);
    check(
        &zipped(&[("inner.zip", &whole[..list_at])]),
        &expect![[r#"
        inner.zip/a.gpx: 2 records archive-cut
        inner.zip/b.gpx.gz: 2 records archive-cut"#]],
    );
}

#[test]
fn a_method_that_is_not_read_is_named() {
    let whole = zipped(&[("a.gpx", GPX)]);
    let list_at = whole.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let mut reasons = String::new();
    for (method, flags) in [(9, 0), (12, 0), (14, 0), (93, 0), (98, 0), (99, 1), (8, 1)] {
        let mut other = whole.clone();
        (other[8], other[list_at + 10]) = (method, method);
        (other[6], other[list_at + 8]) = (other[6] | flags, other[list_at + 8] | flags);
        let of =
            |bytes: &[u8]| members(Cursor::new(bytes)).unwrap().map(|member| told(member.read())).collect::<String>();
        assert_eq!(of(&other), of(&other[..list_at]), "{method}");
        writeln!(reasons, "{}", of(&other)).unwrap();
    }
    expect![[r#"
        error: archive that cannot be unpacked: it is packed with Deflate64 (method 9), which is not read here
        error: archive that cannot be unpacked: it is packed with bzip2 (method 12), which is not read here
        error: archive that cannot be unpacked: it is packed with LZMA (method 14), which is not read here
        error: archive that cannot be unpacked: it is packed with Zstandard (method 93), which is not read here
        error: archive that cannot be unpacked: it is packed with PPMd (method 98), which is not read here
        error: archive that cannot be unpacked: it is encrypted with AES (method 99) and needs a password
        error: archive that cannot be unpacked: it needs a password
    "#]]
    .assert_eq(&reasons);
}

#[test]
fn a_damaged_member_does_not_stop_the_rest() {
    let mut archive = zipped(&[("a.gpx", GPX), ("b.gpx", GPX)]);
    archive[60] ^= 0xff;
    check(
        &archive,
        &expect![[r"
        a.gpx: error: archive that cannot be unpacked: its compressed data is damaged or cut
        b.gpx: 2 records"]],
    );
}

#[test]
fn every_byte_of_an_archive_may_be_wrong() {
    let archive = zipped(&[("a.gpx", GPX), ("b.gpx.gz", &gz(GPX))]);
    for at in 0..archive.len() {
        for wrong in [0, 1, 0x7f, 0x80, 0xff] {
            let mut damaged = archive.clone();
            damaged[at] = wrong;
            members(Cursor::new(&damaged[..])).map(Iterator::count).ok();
        }
        members(Cursor::new(&archive[..at])).map(Iterator::count).ok();
    }
}

#[test]
fn routes_of_rides_are_no_runs() {
    let export = r#"<HealthData><Workout workoutActivityType="HKWorkoutActivityTypeCycling" startDate="2026-01-01 00:00:00 +0000"
        endDate="2026-01-01 01:00:00 +0000"><WorkoutRoute><FileReference path="/workout-routes/route_1.gpx"/></WorkoutRoute></Workout>
        </HealthData>"#;
    check(
        &zipped(&[("a/export.xml", export.as_bytes()), ("a/workout-routes/route_1.gpx", GPX)]),
        &expect![[
            r#"Apple Health export: error: export that was read: Apple Health export: 1 workout, none of them running, walking or hiking"#
        ]],
    );
}

#[test]
fn each_member_is_found_again_by_its_name() {
    let inner = zipped(&[("a.gpx", GPX), ("b/c.gpx.gz", &gz(GPX))]);
    let archive = zipped(&[("a.gpx", GPX), ("deep/inner.zip", &inner), ("deep/inner.zip.gpx", GPX), ("b.fit", b"no")]);
    let names = |members: Members| members.map(|member| member.name).collect::<Vec<_>>();
    let all = names(members(Cursor::new(&archive)).unwrap());
    assert_eq!(all.len(), 5);
    for name in &all {
        assert_eq!(names(members(Cursor::new(&archive)).unwrap().only(name)), [name.as_str()]);
    }
    assert!(names(members(Cursor::new(&archive)).unwrap().only("deep/other.gpx")).is_empty());
}
