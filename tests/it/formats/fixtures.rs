//! The files in `fixtures/` are what our own generator makes of the table below, and read as they should.
//!
//! `REHABRUN_BLESS=1 cargo test --test it formats::fixtures` writes them and their README again.

use std::fmt::Write;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use expect_test::expect;
use rehabrun::export::gpx::Dialect;
use rehabrun::export::{adidas, apple, fit, google, gpx, huawei, polar, runkeeper, samsung, suunto, tcx};
use rehabrun::ingest;
use rehabrun::model::{Activity, Record, Sport};
use rehabrun::synth::{Altimeter, CadenceUnit, Interval, Laps, Script, Setup, record, workout};
use rehabrun::units::{Distance, Timestamp, UtcOffset, plural};

/// A file with where it comes from.
struct Fixture {
    /// Its path inside `fixtures`.
    file: &'static str,
    /// The script that is acted out.
    script: &'static str,
    /// The seed of the noise.
    seed: u64,
    /// What it shows.
    shows: &'static str,
    /// What is special about runner and watch.
    setup: fn(&mut Setup),
    /// Writes the activity, and damages it where that is what it shows.
    write: fn(&Activity) -> Vec<u8>,
}

const RUN_WALK: &str = "walk 60s, 3x(run 60s 2.6m/s, walk 60s)";
const SHORT: &str = "walk 30s, run 60s 2.6m/s, walk 30s";

const FIXTURES: &[Fixture] = &[
    Fixture {
        file: "fit/run-walk.fit",
        script: RUN_WALK,
        seed: 1,
        shows: "a record a second with everything that a watch measures",
        setup: |_| (),
        write: fit::activity,
    },
    Fixture {
        file: "fit/fast-run-walk.fit",
        script: "walk 60s, 4x(run 60s 3.4m/s, walk 60s 1.3m/s)",
        seed: 2,
        shows: "fast minutes between walks",
        setup: |_| (),
        write: fit::activity,
    },
    Fixture {
        file: "fit/workout-and-splits.fit",
        script: RUN_WALK,
        seed: 3,
        shows: "a workout with repeats, a lap for each of its steps, the watch's own run and walk splits, ground contact",
        setup: |setup| {
            setup.watch.workout = workout(&Script::parse(RUN_WALK).expect("a script"));
            setup.watch.laps = Laps::Parts;
            setup.watch.gait = true;
            setup.watch.stance_time = true;
        },
        write: fit::activity,
    },
    Fixture {
        file: "fit/smart-recording.fit",
        script: "walk 60s, run 10min 2.6m/s, walk 60s",
        seed: 4,
        shows: "a record every 3 to 7 seconds, a lap each kilometre",
        setup: |setup| {
            setup.watch.interval = Interval::Smart;
            setup.watch.laps = Laps::Every(Distance::from_kilometers(1.0));
        },
        write: fit::activity,
    },
    Fixture {
        file: "fit/pauses.fit",
        script: "run 60s 2.6m/s, pause 45s, run 60s 2.6m/s, pause 60s 1.4m/s, run 60s 2.6m/s",
        seed: 5,
        shows: "the timer stopped twice, once standing and once walking on",
        setup: |_| (),
        write: fit::activity,
    },
    Fixture {
        file: "fit/treadmill.fit",
        script: RUN_WALK,
        seed: 6,
        shows: "no positions and no heights",
        setup: |setup| {
            setup.watch.place = None;
            setup.watch.altimeter = Altimeter::None;
        },
        write: fit::activity,
    },
    Fixture {
        file: "fit/no-cadence.fit",
        script: RUN_WALK,
        seed: 7,
        shows: "a watch without a step counter",
        setup: |setup| setup.watch.cadence = None,
        write: fit::activity,
    },
    Fixture {
        file: "fit/no-heart-rate.fit",
        script: RUN_WALK,
        seed: 8,
        shows: "a watch without a heart-rate sensor",
        setup: |setup| setup.watch.heart_rate = false,
        write: fit::activity,
    },
    Fixture {
        file: "fit/cadence-lock.fit",
        script: "walk 60s, run 60s 2.6m/s, run 120s 2.6m/s lock, walk 60s lock, run 60s 2.6m/s",
        seed: 9,
        shows: "an optical sensor that takes the steps for the heart beat",
        setup: |_| (),
        write: fit::activity,
    },
    Fixture {
        file: "fit/tunnel-and-freeze.fit",
        script: "run 120s 2.6m/s, run 30s 2.6m/s tunnel, run 120s 2.6m/s, run 20s 2.6m/s frozen, run 120s 2.6m/s",
        seed: 10,
        shows: "positions lost in a tunnel with a jump behind it, then a receiver that repeats itself",
        setup: |_| (),
        write: fit::activity,
    },
    Fixture {
        file: "fit/clock-of-kathmandu.fit",
        script: SHORT,
        seed: 11,
        shows: "a runner's clock 5:45 h ahead of UTC, on another day than UTC",
        setup: |setup| {
            setup.start = Timestamp::from_unix_seconds(1_781_551_800);
            setup.utc_offset = UtcOffset::from_seconds(20_700);
        },
        write: fit::activity,
    },
    Fixture {
        file: "fit/no-clock.fit",
        script: SHORT,
        seed: 12,
        shows: "no runner's clock",
        setup: |setup| setup.utc_offset = None,
        write: fit::activity,
    },
    Fixture {
        file: "fit/walk-then-run.fit",
        script: SHORT,
        seed: 13,
        shows: "two sessions in one file: a walk, then a run",
        setup: |_| (),
        write: |run| {
            let mut both = run.clone();
            let mut setup = setup(13);
            setup.start = setup.start.plus_seconds(-600.0);
            let walk = record(&Script::parse("walk 60s").expect("a script"), &setup).activity.sessions.remove(0);
            both.sessions.insert(0, walk);
            both.sessions[0].sport = Sport::Walking;
            fit::activity(&both)
        },
    },
    Fixture {
        file: "fit/workout.fit",
        script: RUN_WALK,
        seed: 14,
        shows: "a workout for the watch, which is no activity",
        setup: |_| (),
        write: |run| {
            let script = Script::parse(RUN_WALK).expect("a script");
            fit::workout("Run-walk", &workout(&script), run.sessions[0].start.expect("a start"))
        },
    },
    Fixture {
        file: "fit/damaged/cut-short.fit",
        script: SHORT,
        seed: 15,
        shows: "cut off in the middle of a record, as by an empty battery",
        setup: |_| (),
        write: |run| {
            let mut bytes = fit::activity(run);
            bytes.truncate(bytes.len() * 2 / 3);
            bytes
        },
    },
    Fixture {
        file: "fit/damaged/wrong-checksum.fit",
        script: SHORT,
        seed: 16,
        shows: "a checksum that does not fit",
        setup: |_| (),
        write: |run| {
            let mut bytes = fit::activity(run);
            *bytes.last_mut().expect("a checksum") ^= 0x55;
            bytes
        },
    },
    Fixture {
        file: "fit/damaged/trailing-bytes.fit",
        script: SHORT,
        seed: 17,
        shows: "bytes behind the end",
        setup: |_| (),
        write: |run| [fit::activity(run), vec![0; 64]].concat(),
    },
    Fixture {
        file: "fit/damaged/chained.fit",
        script: SHORT,
        seed: 18,
        shows: "two files one behind the other",
        setup: |_| (),
        write: |run| {
            let mut setup = setup(19);
            setup.start = setup.start.plus_seconds(7200.0);
            let second = record(&Script::parse(SHORT).expect("a script"), &setup).activity;
            [fit::activity(run), fit::activity(&second)].concat()
        },
    },
    Fixture {
        file: "gpx/garmin-connect.gpx",
        script: SHORT,
        seed: 21,
        shows: "the dialect of Garmin Connect, a point a second",
        setup: |_| (),
        write: |run| gpx::activity(run, Dialect::GarminConnect).into_bytes(),
    },
    Fixture {
        file: "gpx/strava.gpx",
        script: RUN_WALK,
        seed: 22,
        shows: "the dialect of Strava, a point every 3 to 7 seconds",
        setup: |setup| setup.watch.interval = Interval::Smart,
        write: |run| gpx::activity(run, Dialect::Strava).into_bytes(),
    },
    Fixture {
        file: "gpx/suunto-steps.gpx",
        script: "walk 60s, run 90s 2.6m/s, pause 40s, run 90s 2.6m/s, walk 60s",
        seed: 23,
        shows: "the dialect of Suunto and COROS, cadence of both feet, a pause between two segments",
        setup: |setup| {
            setup.watch.interval = Interval::Smart;
            setup.watch.cadence = Some(CadenceUnit::Steps);
        },
        write: |run| gpx::activity(run, Dialect::Suunto).into_bytes(),
    },
    Fixture {
        file: "gpx/phone.gpx",
        script: "walk 60s 1.4m/s, 2x(run 60s 2.8m/s, walk 60s 1.4m/s)",
        seed: 24,
        shows: "a phone: positions and rough heights only, times on the runner's clock",
        setup: |setup| setup.watch.altimeter = Altimeter::Receiver,
        write: |run| gpx::activity(run, Dialect::Phone).into_bytes(),
    },
    Fixture {
        file: "gpx/garmin-connect.gpx.gz",
        script: RUN_WALK,
        seed: 25,
        shows: "gzip around a GPX file",
        setup: |_| (),
        write: |run| gzip(gpx::activity(run, Dialect::GarminConnect).as_bytes()),
    },
    Fixture {
        file: "gpx/utf-16.gpx",
        script: "run 60s 2.6m/s",
        seed: 26,
        shows: "UTF-16 with a byte-order mark and a name in three scripts",
        setup: |setup| setup.name = Some("Früh & 早晨 <утро>".to_owned()),
        write: |run| {
            let text = gpx::activity(run, Dialect::Strava).replace("UTF-8", "UTF-16");
            format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
        },
    },
    Fixture {
        file: "gpx/damaged/no-times.gpx",
        script: "run 30s 2.6m/s",
        seed: 27,
        shows: "points without a time",
        setup: |_| (),
        write: |run| without_lines(&gpx::activity(run, Dialect::Phone), "<time>"),
    },
    Fixture {
        file: "gpx/damaged/undeclared-prefix.gpx",
        script: "run 30s 2.6m/s",
        seed: 28,
        shows: "a prefix that is never declared",
        setup: |_| (),
        write: |run| without_lines(&gpx::activity(run, Dialect::Suunto), "xmlns:gpxdata").into_iter().collect(),
    },
    Fixture {
        file: "gpx/damaged/cut-short.gpx",
        script: "run 60s 2.6m/s",
        seed: 29,
        shows: "cut off in the middle of a point",
        setup: |_| (),
        write: |run| {
            let mut text = gpx::activity(run, Dialect::Strava);
            text.truncate(text.len() * 2 / 3);
            text.into_bytes()
        },
    },
    Fixture {
        file: "tcx/run-walk.tcx",
        script: RUN_WALK,
        seed: 31,
        shows: "a lap for each part, a point every 3 to 7 seconds",
        setup: |setup| {
            setup.watch.interval = Interval::Smart;
            setup.watch.laps = Laps::Parts;
        },
        write: |run| tcx::activity(run).into_bytes(),
    },
    Fixture {
        file: "tcx/treadmill.tcx",
        script: SHORT,
        seed: 32,
        shows: "no positions and no heights, a point a second",
        setup: |setup| {
            setup.watch.place = None;
            setup.watch.altimeter = Altimeter::None;
        },
        write: |run| tcx::activity(run).into_bytes(),
    },
    Fixture {
        file: "tcx/pause.tcx.gz",
        script: "walk 60s, run 90s 2.6m/s, pause 40s, run 90s 2.6m/s, walk 60s",
        seed: 33,
        shows: "gzip around a TCX file with a pause between two tracks",
        setup: |_| (),
        write: |run| gzip(tcx::activity(run).as_bytes()),
    },
    Fixture {
        file: "exports/apple-health.zip",
        script: SHORT,
        seed: 42,
        shows: "an Apple Health export: `export.xml` with one workout, its measurements and a phone's, and the route beside it",
        setup: |_| (),
        write: |run| zip_of(apple::export(std::slice::from_ref(run), apple::Version::Ios16, 2.0)),
    },
    Fixture {
        file: "exports/google-health.zip",
        script: SHORT,
        seed: 47,
        shows: "Google Takeout: an exercise in a table, with positions of two devices, heart rate and the steps of the band in others",
        setup: |_| (),
        write: |run| zip_of(google::export(std::slice::from_ref(run), google::Layout::Table, 2.0)),
    },
    Fixture {
        file: "exports/fitbit.zip",
        script: SHORT,
        seed: 48,
        shows: "Google Takeout as Fitbit had it: an exercise in JSON, on a clock without an offset",
        setup: |_| (),
        write: |run| zip_of(google::export(std::slice::from_ref(run), google::Layout::List, 2.0)),
    },
    Fixture {
        file: "exports/samsung-health.zip",
        script: "run 60s 2.6m/s, pause 40s, run 30s 2.6m/s",
        seed: 49,
        shows: "a Samsung Health export: a table of exercises with a line before it, measurements and places in JSON, a pause as a hole",
        setup: |_| (),
        write: |run| zip_of(samsung::export(std::slice::from_ref(run), samsung::Layout::Current, 2.0)),
    },
    Fixture {
        file: "exports/samsung-legacy.zip",
        script: SHORT,
        seed: 50,
        shows: "an older Samsung Health export: columns without a prefix, local times with an offset in milliseconds",
        setup: |_| (),
        write: |run| zip_of(samsung::export(std::slice::from_ref(run), samsung::Layout::Legacy, 2.0)),
    },
    Fixture {
        file: "exports/adidas-running.zip",
        script: "run 60s 2.6m/s, pause 40s, run 30s 2.6m/s",
        seed: 51,
        shows: "an adidas Running export: a session, its track and its heart rates in JSON, a pause as a hole",
        setup: |_| (),
        write: |run| zip_of(adidas::export(std::slice::from_ref(run), adidas::Tracks::Json)),
    },
    Fixture {
        file: "exports/runkeeper.zip",
        script: SHORT,
        seed: 52,
        shows: "a Runkeeper export: a table on the runner's clock and a track on UTC",
        setup: |_| (),
        write: |run| zip_of(runkeeper::export(std::slice::from_ref(run))),
    },
    Fixture {
        file: "exports/treadmill.xml",
        script: SHORT,
        seed: 43,
        shows: "`export.xml` of an Apple Health export of before iOS 16: a treadmill, distances in place of speeds",
        setup: |setup| setup.watch.place = None,
        write: |run| {
            let files = apple::export(std::slice::from_ref(run), apple::Version::BeforeIos16, 2.0);
            files.into_iter().next().map(|(_, text)| text.into_bytes()).unwrap_or_default()
        },
    },
    Fixture {
        file: "exports/training-session-2026-06-15-1-polar.json",
        script: SHORT,
        seed: 44,
        shows: "a training session of a Polar Flow export: local times without an offset, lists of samples, a lost sensor",
        setup: |setup| setup.watch.interval = Interval::Smart,
        write: |run| polar::activity(run).into_bytes(),
    },
    Fixture {
        file: "exports/suunto.json",
        script: "run 60s 2.6m/s, pause 40s, run 30s 2.6m/s",
        seed: 45,
        shows: "a log of a Suunto watch before FIT: hertz and radians, positions in samples of their own, a pause",
        setup: |setup| setup.watch.interval = Interval::Smart,
        write: |run| suunto::activity(run).into_bytes(),
    },
    Fixture {
        file: "exports/motion path detail data.json",
        script: "run 60s 2.6m/s, pause 40s, run 30s 2.6m/s",
        seed: 46,
        shows: "motion paths of a Huawei Health export: keys without quotes, lines sorted by kind, a pause at 90 degrees north",
        setup: |setup| setup.watch.interval = Interval::Smart,
        write: |run| huawei::activities(std::slice::from_ref(run), 2.0).into_bytes(),
    },
    Fixture {
        file: "export.zip",
        script: RUN_WALK,
        seed: 41,
        shows: "an export of a watch maker: one run in each format, one of them in gzip, and a file that is no activity",
        setup: |setup| setup.watch.interval = Interval::Smart,
        write: |run| {
            zip(&[
                ("activities/1.fit", fit::activity(run)),
                ("activities/2.gpx", gpx::activity(run, Dialect::Strava).into_bytes()),
                ("activities/3.tcx.gz", gzip(tcx::activity(run).as_bytes())),
                ("profile.csv", b"name\nA. Runner\n".to_vec()),
            ])
        },
    },
];

fn setup(seed: u64) -> Setup {
    Setup { name: Some("Morning run".to_owned()), ..Setup::new(Some(seed)) }
}

fn made(fixture: &Fixture) -> Vec<u8> {
    let mut setup = setup(fixture.seed);
    (fixture.setup)(&mut setup);
    let script = Script::parse(fixture.script).expect(fixture.file);
    (fixture.write)(&record(&script, &setup).activity)
}

fn without_lines(text: &str, word: &str) -> Vec<u8> {
    text.lines().filter(|line| !line.contains(word)).flat_map(|line| format!("{line}\n").into_bytes()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::GzBuilder::new().write(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("a vector takes everything")
}

fn zip_of(files: Vec<(String, String)>) -> Vec<u8> {
    let files: Vec<_> = files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    zip(&files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect::<Vec<_>>())
}

fn zip(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, bytes) in files {
        archive.start_file(*name, options).expect("a valid name");
        archive.write_all(bytes).expect("a vector takes everything");
    }
    archive.finish().expect("a vector takes everything").into_inner()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn readme() -> String {
    let mut text = "# Fixtures\n\n\
        Every file here is made by `rehabrun::synth` and `rehabrun::export` from the script and the seed beside it, and\n\
        from nobody's run. `tests/it/formats/fixtures.rs` holds the table, makes the files again and fails where one differs;\n\
        `REHABRUN_BLESS=1 cargo test --test it formats::fixtures` writes them.\n\n\
        | file | script | seed | what it shows |\n| --- | --- | --- | --- |\n"
        .to_owned();
    for Fixture { file, script, seed, shows, .. } in FIXTURES {
        writeln!(text, "| `{file}` | `{script}` | {seed} | {shows} |").expect("a string");
    }
    text
}

/// What is packed in gzip and zip counts, not how: packing may change with the packer.
fn unpacked(file: &str, bytes: &[u8]) -> Vec<u8> {
    match file.rsplit('.').next() {
        Some("gz") => ingest::gunzip(bytes).expect(file).bytes,
        Some("zip") => ingest::members(Cursor::new(bytes))
            .expect(file)
            .flat_map(|member| {
                [member.name.into_bytes(), member.content.map_or(Vec::new(), |content| content.bytes)].concat()
            })
            .collect(),
        _ => bytes.to_vec(),
    }
}

#[test]
fn the_files_are_what_the_generator_makes() {
    let mut wanted: Vec<(&str, Vec<u8>)> = FIXTURES.iter().map(|fixture| (fixture.file, made(fixture))).collect();
    wanted.push(("README.md", readme().into_bytes()));
    let size: usize = wanted.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(size < 1_000_000, "{size} bytes of fixtures");
    let bless = std::env::var_os("REHABRUN_BLESS").is_some();
    let mut stale = Vec::new();
    for (file, bytes) in wanted {
        let path = folder().join(file);
        let found = std::fs::read(&path).unwrap_or_default();
        if !found.is_empty() && unpacked(file, &found) == unpacked(file, &bytes) {
            continue;
        }
        if bless {
            std::fs::create_dir_all(path.parent().expect("inside fixtures")).expect("a folder");
            std::fs::write(path, bytes).expect("a writable file");
        } else {
            stale.push(file);
        }
    }
    assert!(stale.is_empty(), "run `REHABRUN_BLESS=1 cargo test --test it formats::fixtures`: {stale:?} differ");
}

#[test]
fn the_files_read_as_they_should() {
    let mut text = String::new();
    for fixture in FIXTURES {
        let (file, bytes) = (fixture.file, made(fixture));
        if ingest::is_archive(&bytes) {
            for member in ingest::members(Cursor::new(&bytes)).expect(file) {
                writeln!(text, "{file}, {}: {}", member.name.clone(), told(member.read())).expect("a string");
            }
        } else {
            writeln!(text, "{file}: {}", told(ingest::read(&bytes))).expect("a string");
        }
    }
    expect![[r#"
        fit/run-walk.fit: Running 2026-06-15T07:10:00+02:00, 421 records, 1 lap
        fit/fast-run-walk.fit: Running 2026-06-15T07:10:00+02:00, 541 records, 1 lap
        fit/workout-and-splits.fit: Running 2026-06-15T07:10:00+02:00, 421 records, 7 laps, 7 splits, 7 steps
        fit/smart-recording.fit: Running 2026-06-15T07:10:00+02:00, 144 records, 2 laps
        fit/pauses.fit: Running 2026-06-15T07:10:00+02:00, 183 records, 1 lap, 2 pauses
        fit/treadmill.fit: Running 2026-06-15T07:10:00+02:00, 421 records, 1 lap
        fit/no-cadence.fit: Running 2026-06-15T07:10:00+02:00, 421 records, 1 lap
        fit/no-heart-rate.fit: Running 2026-06-15T07:10:00+02:00, 421 records, 1 lap
        fit/cadence-lock.fit: Running 2026-06-15T07:10:00+02:00, 361 records, 1 lap
        fit/tunnel-and-freeze.fit: Running 2026-06-15T07:10:00+02:00, 411 records, 1 lap
        fit/clock-of-kathmandu.fit: Running 2026-06-16T01:15:00+05:45, 121 records, 1 lap
        fit/no-clock.fit: Running 2026-06-15T05:10:00Z, 121 records, 1 lap
        fit/walk-then-run.fit: Walking 2026-06-15T07:00:00+02:00, 61 records, 1 lap; Running 2026-06-15T07:10:00+02:00, 121 records, 1 lap
        fit/workout.fit: no activity in this FIT file: it holds a workout to be done, not one that was done
        fit/damaged/cut-short.fit: Running 2026-06-15T05:10:00Z, 83 records; note file-cut-short; note no-session-message
        fit/damaged/wrong-checksum.fit: Running 2026-06-15T07:10:00+02:00, 121 records, 1 lap; note crc-mismatch
        fit/damaged/trailing-bytes.fit: Running 2026-06-15T07:10:00+02:00, 121 records, 1 lap; note trailing-bytes
        fit/damaged/chained.fit: Running 2026-06-15T07:10:00+02:00, 121 records, 1 lap; Running 2026-06-15T09:10:00+02:00, 121 records, 1 lap
        gpx/garmin-connect.gpx: Running 2026-06-15T05:10:00Z, 121 records
        gpx/strava.gpx: Running 2026-06-15T05:10:00Z, 84 records
        gpx/suunto-steps.gpx: Running 2026-06-15T05:10:00Z, 62 records, 1 pause
        gpx/phone.gpx: Unknown 2026-06-15T07:10:00+02:00, 301 records
        gpx/garmin-connect.gpx.gz: Running 2026-06-15T05:10:00Z, 421 records
        gpx/utf-16.gpx: Running 2026-06-15T05:10:00Z, 61 records
        gpx/damaged/no-times.gpx: Unknown no time, 31 records; note points-without-time
        gpx/damaged/undeclared-prefix.gpx: Running 2026-06-15T05:10:00Z, 31 records
        gpx/damaged/cut-short.gpx: Running 2026-06-15T05:10:00Z, 40 records; note file-cut-short
        tcx/run-walk.tcx: Running 2026-06-15T05:10:00Z, 89 records, 7 laps
        tcx/treadmill.tcx: Running 2026-06-15T05:10:00Z, 121 records, 1 lap
        tcx/pause.tcx.gz: Running 2026-06-15T05:10:00Z, 302 records, 1 lap, 1 pause
        exports/apple-health.zip, apple_health_export/2026-06-15 07.10.00 running: Running 2026-06-15T07:10:00+02:00, 121 records
        exports/apple-health.zip, Apple Health export: export that was read: Apple Health export: read: 1 of 1 workout (those on foot) with heart rate and steps, 1 with a route; not read: other workouts, running power, stride length and all that is no workout
        exports/google-health.zip, Takeout/Google Health/2026-06-15 07.10.00 outdoor run: Running 2026-06-15T07:10:00+02:00, 121 records
        exports/google-health.zip, Google Health or Fitbit export: export that was read: Google Health or Fitbit export: read: 1 of 1 session (those on foot); not read: other sports, steps by the minute, sleep and all that is no exercise
        exports/fitbit.zip, Takeout/Google Health/2026-06-15 07.10.00 outdoor run: Running 2026-06-15T07:10:00+02:00, 121 records
        exports/fitbit.zip, Google Health or Fitbit export: export that was read: Google Health or Fitbit export: read: 1 of 1 session (those on foot); not read: other sports, steps by the minute, sleep and all that is no exercise
        exports/samsung-health.zip, samsunghealth_runner_20261101100000/2026-06-15 07.10.00 running: Running 2026-06-15T07:10:00+02:00, 92 records, 1 pause
        exports/samsung-health.zip, Samsung Health export: export that was read: Samsung Health export: read: 1 of 1 session (those on foot); not read: other sports, steps of the day, sleep and all that is no exercise
        exports/samsung-legacy.zip, samsunghealth_runner_20261101100000/2026-06-15 07.10.00 running: Running 2026-06-15T07:10:00+02:00, 121 records
        exports/samsung-legacy.zip, Samsung Health export: export that was read: Samsung Health export: read: 1 of 1 session (those on foot); not read: other sports, steps of the day, sleep and all that is no exercise
        exports/adidas-running.zip, 2026-06-15 07.10.00 running: Running 2026-06-15T07:10:00+02:00, 92 records, 1 pause; note no-steps
        exports/adidas-running.zip, adidas Running export: export that was read: adidas Running export: read: 1 of 1 session (those on foot); not read: other sports, speeds (positions tell them) and all that is no session; steps are not in it
        exports/runkeeper.zip, 2026-06-15 07.10.00 running: Running 2026-06-15T07:10:00+02:00, 121 records; note no-steps
        exports/runkeeper.zip, Runkeeper export: export that was read: Runkeeper export: read: 1 of 1 session (those on foot); not read: other sports, notes and photos; heart rates and steps are not in it, but for means
        exports/treadmill.xml: Running 2026-06-15T07:10:00+02:00, 121 records
        exports/training-session-2026-06-15-1-polar.json: Running 2026-06-15T07:10:00+02:00, 25 records
        exports/suunto.json: Running 2026-06-15T07:10:00+02:00, 20 records, 1 pause
        exports/motion path detail data.json: Running 2026-06-15T07:10:00+02:00, 20 records, 1 pause
        export.zip, activities/1.fit: Running 2026-06-15T07:10:00+02:00, 85 records, 1 lap
        export.zip, activities/2.gpx: Running 2026-06-15T05:10:00Z, 85 records
        export.zip, activities/3.tcx.gz: Running 2026-06-15T05:10:00Z, 85 records, 1 lap
    "#]].assert_eq(&text);
}

fn told(activity: Result<Activity, ingest::Error>) -> String {
    match activity {
        Ok(activity) => {
            let sessions = activity.sessions.iter().map(|session| {
                let count = |n, what| if n == 0 { String::new() } else { format!(", {}", plural(n, what, None)) };
                let start = session.start.or_else(|| session.records.iter().find_map(Record::time));
                format!(
                    "{:?} {}{}{}{}{}{}",
                    session.sport,
                    start.map_or("no time".to_owned(), |start| start.to_rfc3339(session.utc_offset)),
                    count(session.records.len(), "record"),
                    count(session.laps.len(), "lap"),
                    count(session.splits.len(), "split"),
                    count(session.pauses.len(), "pause"),
                    count(session.workout.len(), "step"),
                )
            });
            let notes = activity.notes.iter().map(|note| format!("note {}", note.id));
            sessions.chain(notes).collect::<Vec<_>>().join("; ")
        }
        Err(error) => format!("{error}"),
    }
}
