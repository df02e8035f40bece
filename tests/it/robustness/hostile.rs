//! Hand-made hostile and absurd files, and what the user sees of each: an exit code and a reason, never a crash.
//!
//! Those that are as large as can be, with what they cost, are in `large`.

mod large;

use crate::common;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use expect_test::{Expect, expect};
use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Lines shown of what the program says.
const LINES: usize = 4;

/// An empty folder of a test's own.
fn folder(test: &str) -> PathBuf {
    common::folder(&format!("hostile/{test}"))
}

/// What the user sees of one path: the exit code, then the errors, or the report where there are none.
fn seen(dir: &Path, path: &str, input: Stdio) -> String {
    let args = ["audit", path, "--easy-pace", "6:07/km", "--color", "never"];
    let output = common::program(dir, &args).stdin(input).output().expect("the program starts");
    let text = if output.stderr.is_empty() { output.stdout } else { output.stderr };
    let text = String::from_utf8(text).expect("UTF-8");
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(LINES);
    let lines: String = lines.map(|line| format!("    {}\n", line.trim_end())).collect();
    let code = output.status.code().map_or("killed".to_owned(), |code| code.to_string());
    format!("{path}: exit {code}\n{lines}")
}

fn check(test: &str, files: &[(&str, Vec<u8>)], expected: &Expect) {
    let dir = folder(test);
    let seen = files.iter().map(|(name, bytes)| {
        fs::write(dir.join(name), bytes).expect("written");
        seen(&dir, name, Stdio::null())
    });
    expected.assert_eq(&seen.collect::<String>());
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("into memory");
    encoder.finish().expect("into memory")
}

fn zipped(name: &str, bytes: &[u8], times: usize) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name, SimpleFileOptions::default()).expect("a name");
    for _ in 0..times {
        writer.write_all(bytes).expect("into memory");
    }
    writer.finish().expect("into memory").into_inner()
}

/// A track of points: the time of each and its attributes.
fn gpx(points: impl Iterator<Item = (String, String)>) -> Vec<u8> {
    let points = points.map(|(time, place)| format!("<trkpt {place}><time>{time}</time></trkpt>\n"));
    let points: String = points.collect();
    format!("<gpx version=\"1.1\"><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>").into_bytes()
}

/// Some minutes of running north at 3 m/s, a point each second from `start`, the year and all.
fn run(year: u16, minutes: usize) -> Vec<u8> {
    gpx((0..minutes * 60).map(|s| {
        let time = format!("{year}-06-01T{:02}:{:02}:{:02}Z", s / 3600, s / 60 % 60, s % 60);
        (time, format!("lat=\"{:.7}\" lon=\"8\"", 47.0 + s as f64 * 3.0 / 111_200.0))
    }))
}

/// A FIT file of these messages, without a checksum.
pub fn fit(messages: &[u8]) -> Vec<u8> {
    let mut bytes = vec![12, 0x10, 0, 0];
    bytes.extend((messages.len() as u32).to_le_bytes());
    bytes.extend(b".FIT");
    bytes.extend(messages);
    bytes.extend([0, 0]);
    bytes
}

#[test]
fn archives() {
    let mebibyte = vec![b' '; 1 << 20];
    let good = run(2026, 2);
    let nested = (0..6).fold(zipped("run.gpx", &good, 1), |inner, _| zipped("z.zip", &inner, 1));
    let packed = (0..9).fold(good.clone(), |inner, _| gzipped(&inner));
    check(
        "archives",
        &[
            ("gzip-bomb.gpx.gz", gzipped(&mebibyte).repeat(300)),
            ("gzip-in-gzip.gpx.gz", packed),
            ("zip-bomb.zip", zipped("run.gpx", &mebibyte, 257)),
            ("zip-in-zip.zip", nested),
            ("climbs.zip", zipped("../../../climbed.gpx", &good, 1)),
            ("climbs-from-root.zip", zipped("/tmp/climbed-from-root.gpx", &good, 1)),
        ],
        &expect![[r#"
            gzip-bomb.gpx.gz: exit 2
                error: gzip-bomb.gpx.gz: archive too large
                cause: it unpacks to more than 256 MiB, which no activity fills
                hint: unpack it by hand and read the activities one by one
            gzip-in-gzip.gpx.gz: exit 2
                error: gzip-in-gzip.gpx.gz: archive too large
                cause: it is compressed again and again
                hint: unpack it by hand and read the activities one by one
            zip-bomb.zip: exit 2
                error: zip-bomb.zip/run.gpx: archive too large
                cause: it unpacks to more than 256 MiB, which no activity fills
                hint: unpack it by hand and read the activities one by one
            zip-in-zip.zip: exit 2
                error: zip-in-zip.zip/z.zip/z.zip/z.zip: archive too large
                cause: it is an archive inside too many archives
                hint: unpack it by hand and read the activities one by one
            climbs.zip: exit 3
                climbs.zip/../../../climbed.gpx
                running · Mon 1 Jun 2026, 00:00 UTC
                0.36 km in 1:59 elapsed
                ran 1:59 without a break
            climbs-from-root.zip: exit 3
                climbs-from-root.zip//tmp/climbed-from-root.gpx
                running · Mon 1 Jun 2026, 00:00 UTC
                0.36 km in 1:59 elapsed
                ran 1:59 without a break
        "#]],
    );
    assert!(!Path::new(env!("CARGO_TARGET_TMPDIR")).join("climbed.gpx").exists(), "nothing is unpacked to disk");
}

#[test]
fn markup() {
    let entities: String =
        (1..12).map(|i| format!("<!ENTITY e{i} \"{}\">", format!("&e{};", i - 1).repeat(10))).collect();
    let with = |head: &str, name: &str| {
        let run = String::from_utf8(run(2026, 2)).expect("UTF-8");
        format!("<?xml version=\"1.0\"?>{head}{}", run.replacen("<trk>", &format!("<trk><name>{name}</name>"), 1))
            .into_bytes()
    };
    let attributes: String = (0..100_000).map(|i| format!(" a{i}=\"{i}\"")).collect();
    let depth = 100_000;
    check(
        "markup",
        &[
            ("entity-bomb.gpx", with(&format!("<!DOCTYPE gpx [<!ENTITY e0 \"ha\">{entities}]>"), "&e11;")),
            ("secret.txt", b"secret".to_vec()),
            ("external-entity.gpx", with("<!DOCTYPE gpx [<!ENTITY x SYSTEM \"secret.txt\">]>", "&x;")),
            ("deep.gpx", with("", &format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth)))),
            ("deep-and-open.gpx", format!("<gpx>{}", "<trk>".repeat(depth)).into_bytes()),
            ("attributes.gpx", with("", &format!("<a{attributes}/>"))),
        ],
        &expect![[r#"
            entity-bomb.gpx: exit 3
                entity-bomb.gpx
                &e11; · running · Mon 1 Jun 2026, 00:00 UTC
                0.36 km in 1:59 elapsed
                ran 1:59 without a break
            secret.txt: exit 2
                error: secret.txt: not an activity file
                cause: its content is neither FIT nor GPX nor TCX
                hint: export the activity from the watch or its app as FIT, GPX or TCX
            external-entity.gpx: exit 3
                external-entity.gpx
                &x; · running · Mon 1 Jun 2026, 00:00 UTC
                0.36 km in 1:59 elapsed
                ran 1:59 without a break
            deep.gpx: exit 3
                deep.gpx
                running · Mon 1 Jun 2026, 00:00 UTC
                0.36 km in 1:59 elapsed
                ran 1:59 without a break
            deep-and-open.gpx: exit 2
                error: deep-and-open.gpx: GPX file without an activity
                cause: it holds no track point
                hint: export the recorded activity, not a route or a place
            attributes.gpx: exit 3
                attributes.gpx
                running · Mon 1 Jun 2026, 00:00 UTC
                0.36 km in 1:59 elapsed
                ran 1:59 without a break
        "#]],
    );
}

#[test]
fn binary() {
    let fields: Vec<u8> = (0..=254).flat_map(|number| [number, 255, 7]).collect();
    let absurd = [&[0x40, 0, 0, 20, 0, 255][..], &fields].concat();
    let no_size = [0x40, 0, 0, 20, 0, 2, 253, 0, 0x86, 3, 0, 2, 0, 0, 0, 0];
    let mut endless = fit(&[]);
    endless[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
    check(
        "binary",
        &[
            ("absurd-definition.fit", fit(&absurd)),
            ("absurd-definition-and-record.fit", fit(&[&absurd[..], &vec![0; 70_000]].concat())),
            ("fields-of-no-size.fit", fit(&no_size)),
            ("no-definition.fit", fit(&[0; 64])),
            ("endless.fit", endless),
            ("chained.fit", fit(&[]).repeat(10_000)),
            ("definitions-only.fit", fit(&[0x40, 0, 0, 20, 0, 0].repeat(100_000))),
        ],
        &expect![[r#"
            absurd-definition.fit: exit 2
                error: absurd-definition.fit: no activity in this FIT file
                cause: it does not say that it is an activity and holds no session
                hint: export the activity itself from the watch or its app
            absurd-definition-and-record.fit: exit 3
                absurd-definition-and-record.fit
                unknown · no date
                0.00 km in 0:00 elapsed
                no running found
            fields-of-no-size.fit: exit 3
                fields-of-no-size.fit
                unknown · no date
                0.00 km in 0:00 elapsed
                no running found
            no-definition.fit: exit 2
                error: no-definition.fit: no activity in this FIT file
                cause: it does not say that it is an activity and holds no session
                hint: export the activity itself from the watch or its app
            endless.fit: exit 2
                error: endless.fit: no activity in this FIT file
                cause: it does not say that it is an activity and holds no session
                hint: export the activity itself from the watch or its app
            chained.fit: exit 2
                error: chained.fit: no activity in this FIT file
                cause: it does not say that it is an activity and holds no session
                hint: export the activity itself from the watch or its app
            definitions-only.fit: exit 2
                error: definitions-only.fit: no activity in this FIT file
                cause: it does not say that it is an activity and holds no session
                hint: export the activity itself from the watch or its app
        "#]],
    );
}

#[test]
fn values() {
    let point = |time: &str| (time.to_owned(), "lat=\"47\" lon=\"8\"".to_owned());
    let absurd = ["NaN", "inf", "-1e308", "1e999", "", "+-1"];
    let absurd = (0..120)
        .map(|i| (format!("2026-06-01T06:00:{:02}Z", i % 60), format!("lat=\"{0}\" lon=\"{0}\"", absurd[i % 6])));
    let back: String = (0..600).map(|s| {
        let (minute, second, meters) = (s / 60, s % 60, -3 * s);
        format!("<Trackpoint><Time>2026-06-01T06:{minute:02}:{second:02}Z</Time><DistanceMeters>{meters}</DistanceMeters></Trackpoint>")
    }).collect();
    let tcx = format!(
        "<TrainingCenterDatabase><Activities><Activity Sport=\"Running\"><Lap StartTime=\"2026-06-01T06:00:00Z\"><Track>{back}</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
    );
    let often = gpx((0..18_000).map(|i| {
        let s = i / 10;
        let time =
            format!("2026-06-{:02}T{:02}:{:02}:{:02}.{}Z", 1 + s / 86_400, s / 3600 % 24, s / 60 % 60, s % 60, i % 10);
        (time, format!("lat=\"{:.7}\" lon=\"8\"", 30.0 + f64::from(i) * 0.25 / 111_200.0))
    }));
    check(
        "values",
        &[
            ("empty.fit", Vec::new()),
            ("of-1989.gpx", run(1989, 10)),
            ("of-2150.gpx", run(2150, 10)),
            ("of-1989-to-2150.gpx", gpx([point("1989-12-31T00:00:00Z"), point("2150-01-01T00:00:00Z")].into_iter())),
            ("one-point.gpx", gpx([point("2026-06-01T06:00:00Z")].into_iter())),
            ("one-moment.gpx", gpx([point("2026-06-01T06:00:00Z"), point("2026-06-01T06:00:00.04Z")].into_iter())),
            ("no-numbers.gpx", gpx(absurd)),
            ("backwards.tcx", tcx.into_bytes()),
            ("ten-times-a-second.gpx", often),
        ],
        &expect![[r#"
            empty.fit: exit 2
                error: empty.fit: empty file
                cause: it holds no bytes
                hint: export the activity again
            of-1989.gpx: exit 1
                of-1989.gpx
                running · Thu 1 Jun 1989, 00:00 UTC
                1.80 km in 9:59 elapsed
                ran 9:59 without a break
            of-2150.gpx: exit 3
                of-2150.gpx
                running · no date
                0.00 km in 0:00 elapsed
                no running found
            of-1989-to-2150.gpx: exit 3
                of-1989-to-2150.gpx
                running · Sun 31 Dec 1989, 00:00 UTC
                0.00 km in 0:00 elapsed
                no running found
            one-point.gpx: exit 3
                one-point.gpx
                running · Mon 1 Jun 2026, 06:00 UTC
                0.00 km in 0:00 elapsed
                no running found
            one-moment.gpx: exit 3
                one-moment.gpx
                running · Mon 1 Jun 2026, 06:00 UTC
                0.00 km in 0:00 elapsed
                no running found
            no-numbers.gpx: exit 3
                no-numbers.gpx
                running · Mon 1 Jun 2026, 06:00 UTC
                0.00 km in 0:59 elapsed · moving 0:00
                no running found
            backwards.tcx: exit 3
                backwards.tcx
                running · Mon 1 Jun 2026, 06:00 UTC
                0.00 km in 9:59 elapsed · moving 0:00
                no running found · not clear 9:59
            ten-times-a-second.gpx: exit 0
                ten-times-a-second.gpx
                running · Mon 1 Jun 2026, 00:00 UTC
                4.49 km in 30:00 elapsed
                ran 30:00 without a break
        "#]],
    );
}

#[cfg(target_os = "linux")]
#[test]
fn special_files() {
    use std::os::unix::fs::symlink;

    let dir = folder("special");
    assert!(Command::new("mkfifo").arg(dir.join("pipe.fit")).status().expect("mkfifo").success());
    fs::create_dir(dir.join("loop")).expect("made");
    fs::write(dir.join("loop/run.gpx"), run(2026, 10)).expect("written");
    symlink(".", dir.join("loop/again")).expect("linked");
    symlink("itself.fit", dir.join("loop/itself.fit")).expect("linked");
    symlink("/dev/zero", dir.join("loop/zero.fit")).expect("linked");
    fs::create_dir(dir.join("pipes")).expect("made");
    fs::rename(dir.join("pipe.fit"), dir.join("pipes/pipe.fit")).expect("moved");
    let zero = fs::File::open("/dev/zero").expect("there");
    let all = [
        seen(&dir, "pipes/pipe.fit", Stdio::null()),
        seen(&dir, "pipes", Stdio::null()),
        seen(&dir, "/dev/zero", Stdio::null()),
        seen(&dir, "-", zero.into()),
        seen(&dir, "loop/itself.fit", Stdio::null()),
        seen(&dir, "loop", Stdio::null()),
    ];
    expect![[r#"
        pipes/pipe.fit: exit 2
            error: pipes/pipe.fit: cannot be opened
            cause: it is no regular file; pipe it to `rehabrun audit -`
        pipes: exit 2
            error: nothing to audit
            cause: no file was found
            hint: name files, or folders that hold some
        /dev/zero: exit 2
            error: /dev/zero: cannot be opened
            cause: it is no regular file; pipe it to `rehabrun audit -`
        -: exit 2
            error: -: file too large
            cause: it holds more than 256 MiB, which no activity fills
            hint: export the activity alone
        loop/itself.fit: exit 2
            error: loop/itself.fit: cannot be opened
            cause: Too many levels of symbolic links (os error 40)
        loop: exit 2
            error: loop/itself.fit: cannot be opened
            cause: Too many levels of symbolic links (os error 40)
    "#]]
    .assert_eq(&all.concat());
}

#[test]
fn exports_of_makers() {
    let deep = |open: &str| format!("{{\"exercises\":[],\"startTime\":{}", open.repeat(200_000)).into_bytes();
    let workout = "<Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\" startDate=\"1980-01-01 00:00:00 +0000\" \
                   endDate=\"2100-01-01 00:00:00 +0000\">";
    let beat = "<Record type=\"HKQuantityTypeIdentifierHeartRate\" unit=\"count/min\" value=\"1e999\" startDate=\"\"/>";
    let xml = |inside: String| format!("<HealthData>{inside}</HealthData>").into_bytes();
    // Many exercises of one moment, and times and names that nothing has.
    let exercise = "{\"logId\":0,\"activityName\":\"Run\",\"startTime\":\"07/11/26 14:55:42\",\"duration\":9e15,\"averageHeartRate\":1e300},";
    let exercises = format!("[{}{}", exercise.replace("\"logId\":0,", "").repeat(3000), exercise.replace("07/", "99/"));
    let samsung = format!(
        "com.samsung.shealth.exercise,1,1\nstart_time,exercise_type,live_data,duration,time_offset\n{}",
        "2026-06-15 06:00:00.000,1002,../../../etc/passwd,9e99,UTC+9999\n2026-06-15,1002,,,\n".repeat(2)
    );
    let runkeeper = format!(
        "Activity Id,Date,Type,Duration,Distance (km),GPX File\n{}",
        "1,2026-06-15 06:00:00,Running,99999:00,1e300,../../../etc/passwd\n2,2026-06-15 06:00:00,Running,,,cardioActivities.csv\n"
            .repeat(2)
    );
    let files = [
        ("deep.json", deep("[")),
        ("objects.json", deep("{\"a\":")),
        ("empty.xml", xml(String::new())),
        ("century.xml", xml(format!("{}{workout}</Workout>", beat.repeat(1000)))),
        ("unclosed.xml", xml(workout.repeat(20_000))),
        ("long-tag.xml", xml(format!("<Record type=\"{}\"/>", "x".repeat(3 << 20)))),
        ("excerpt.txt", b"rehabrun excerpt 1\nformat\tpolar\nsession\t9\t\nr\t\t91\t181\tNaN\t-1\n".to_vec()),
        ("exercises.zip", zipped("Global Export Data/exercise-0.json", exercises.as_bytes(), 1)),
        ("deep-exercises.zip", zipped("Global Export Data/exercise-0.json", b"[{\"logId\":[", 100_000)),
        ("samsung.zip", zipped("com.samsung.shealth.exercise.1.csv", samsung.as_bytes(), 1)),
        (
            "adidas.zip",
            zipped("Sport-sessions/1.json", b"{\"sport_type_id\":\"1\",\"start_time\":1e999,\"duration\":-1,", 5000),
        ),
        ("runkeeper.zip", zipped("cardioActivities.csv", runkeeper.as_bytes(), 1)),
        ("apple.zip", zipped("apple_health_export/export.xml", b"<HealthData><Record ", 100_000)),
    ];
    check(
        "exports",
        &files,
        &expect![[r#"
            deep.json: exit 2
                error: deep.json: Polar Flow session without an exercise
                cause: it holds none
                hint: export it again
            objects.json: exit 2
                error: objects.json: Polar Flow session without an exercise
                cause: it holds none
                hint: export it again
            empty.xml: exit 3
                empty.xml
                note: Apple Health export: 0 workouts, none of them running, walking or hiking
            century.xml: exit 3
                  in century.xml/
                  verdict      date        distance   run  file
                  cannot tell  1980-01-01   0.00 km  0:00  1980-01-01 00.00.00 running
                cannot be told:
            unclosed.xml: exit 3
                  in unclosed.xml/
                  verdict      date        distance   run  file
                  cannot tell  1980-01-01   0.00 km  0:00  1980-01-01 00.00.00 running
                cannot be told:
            long-tag.xml: exit 3
                long-tag.xml
                note: Apple Health export: 0 workouts, none of them running, walking or hiking
            excerpt.txt: exit 3
                excerpt.txt
                unknown · no date
                0.00 km in 0:00 elapsed
                no running found
            exercises.zip: exit 3
                  in exercises.zip/
                  verdict      date        distance   run  file
                  cannot tell  2026-07-11   0.00 km  0:00  2026-07-11 14.55.42 run
                cannot be told:
            deep-exercises.zip: exit 3
                deep-exercises.zip/Google Health or Fitbit export
                note: Google Health or Fitbit export: 0 sessions, none of them running, walking or hiking
            samsung.zip: exit 3
                  in samsung.zip/
                  verdict      date        distance   run  file
                  cannot tell  2026-06-15   0.00 km  0:00  2026-06-15 06.00.00 running
                cannot be told:
            adidas.zip: exit 3
                adidas.zip/adidas Running export
                note: adidas Running export: 1 session, none of them running, walking or hiking
            runkeeper.zip: exit 3
                  in runkeeper.zip/
                  verdict      date         run  file
                  cannot tell  2026-06-15  0:00  2026-06-15 06.00.00 running
                cannot be told:
            apple.zip: exit 3
                apple.zip/Apple Health export
                note: Apple Health export: 0 workouts, none of them running, walking or hiking
        "#]],
    );
}
