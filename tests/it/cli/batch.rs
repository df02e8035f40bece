//! Thousands of files at once: what is whole, what is the same, and what is left when the work is ended early.

use crate::common;
use std::fs;
use std::io::{BufRead, BufReader, Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;

use expect_test::expect;
use flate2::Compression;
use flate2::write::GzEncoder;
use rehabrun::export::{fit, gpx, tcx};
use rehabrun::model::Activity;
use rehabrun::synth::{DEMO_ATHLETE, Demo, Script, Setup, demo, record};
use rehabrun::units::Timestamp;
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The example activities by name.
static EXAMPLES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| demo().iter().flat_map(Demo::files).collect());

fn example(name: &str) -> &'static [u8] {
    &EXAMPLES.iter().find(|(known, _)| known == name).expect("an example").1
}

/// A folder of a test's own with a runner's file in it.
fn folder(test: &str) -> PathBuf {
    let dir = common::folder(&format!("batch/{test}"));
    fs::write(dir.join("athlete.toml"), DEMO_ATHLETE).expect("written");
    dir
}

fn write(dir: &Path, name: &str, bytes: &[u8]) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, bytes).expect("written");
}

fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = common::program(dir, args);
    command.args(["--color", "never"]);
    command
}

fn rehabrun(dir: &Path, args: &[&str]) -> Output {
    command(dir, args).output().expect("the program starts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// The files left in a folder that begin with a dot.
fn hidden(dir: &Path) -> Vec<String> {
    let names = fs::read_dir(dir).expect("readable").filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.filter(|name| name.starts_with('.')).collect()
}

/// A folder of as many copies of a run as take a while, gone after the test.
struct Many(PathBuf);

/// Far more than are done before a signal arrives.
const MANY: usize = 1500;

impl Many {
    fn new(test: &str) -> Self {
        let dir = folder(test);
        write(&dir, "runs/0000.fit", example("long-easy-run.fit"));
        for i in 1..MANY {
            fs::hard_link(dir.join("runs/0000.fit"), dir.join(format!("runs/{i:04}.fit"))).expect("linked");
        }
        Self(dir)
    }
}

impl Drop for Many {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The program at work on many files, JSON lines on their way to the pipe.
fn begun(dir: &Path, args: &[&str]) -> (Child, BufReader<std::process::ChildStdout>) {
    let args = [&["audit", "runs", "--format", "jsonl"], args].concat();
    let mut child =
        command(dir, &args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let out = BufReader::new(child.stdout.take().expect("a pipe"));
    (child, out)
}

#[cfg(unix)]
fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status().expect("kill is there");
    assert!(sent.success());
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_with_what_is_done() {
    let Many(ref dir) = Many::new("interrupted");
    for name in ["-INT", "-TERM"] {
        let (mut child, mut out) = begun(dir, &["-j", "2"]);
        let mut lines = String::new();
        out.read_line(&mut lines).expect("a line");
        signal(&child, name);
        out.read_to_string(&mut lines).expect("UTF-8");
        assert_eq!(child.wait().expect("it ends").code(), Some(130));
        for line in lines.lines() {
            serde_json::from_str::<Value>(line).expect("every line is whole");
        }
        let n_done = lines.lines().count();
        assert!(n_done < MANY && lines.ends_with('\n'), "{n_done}");
        let mut said = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("UTF-8");
        let files = if n_done == 1 { "1 file".to_owned() } else { format!("{n_done} files") };
        assert_eq!(said, format!("error: interrupted\ncause: the report holds {files}, all that was done by then\n"));
    }
}

#[cfg(unix)]
#[test]
fn a_report_that_was_interrupted_is_whole_and_nothing_hidden_stays() {
    let Many(ref dir) = Many::new("interrupted-file");
    let mut child = command(dir, &["audit", "runs", "--format", "json", "-o", "report.json"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    while hidden(dir).is_empty() {
        std::thread::yield_now();
    }
    signal(&child, "-INT");
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    let report: Value =
        serde_json::from_slice(&fs::read(dir.join("report.partial.json")).expect("a report")).expect("JSON");
    let n_files = report["summary"]["n_files"].as_u64().expect("a number");
    assert_eq!(report["files"].as_array().map(Vec::len), usize::try_from(n_files).ok());
    assert_eq!(hidden(dir), [""; 0]);
}

#[cfg(unix)]
#[test]
fn killed_in_the_middle_and_run_again() {
    let Many(ref dir) = Many::new("killed");
    write(dir, "report.json", b"old");
    let mut child =
        command(dir, &["audit", "runs", "--format", "json", "-o", "report.json"]).spawn().expect("the program starts");
    while hidden(dir).is_empty() {
        std::thread::yield_now();
    }
    child.kill().expect("killed");
    child.wait().expect("it ends");
    assert_eq!(fs::read(dir.join("report.json")).expect("readable"), b"old");
    let left_over = hidden(dir);
    assert_eq!(left_over.len(), 1);
    let again = ["audit", "runs/0000.fit", "--format", "json", "-o", "report.json"];
    assert_eq!(rehabrun(dir, &again).status.code(), Some(0));
    let report = fs::read(dir.join("report.json")).expect("readable");
    assert!(serde_json::from_slice::<Value>(&report).is_ok());
    assert_eq!(hidden(dir), left_over, "what a killed program left is in nobody's way");
}

#[test]
fn no_progress_where_nobody_watches() {
    let dir = folder("progress");
    write(&dir, "a.fit", example("easy-run-walk.fit"));
    write(&dir, "b.gpx", example("disguised-intervals.gpx"));
    for args in [&["audit", "."][..], &["audit", ".", "--no-progress"], &["audit", ".", "-q"]] {
        let output = rehabrun(&dir, args);
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(1), ""));
    }
}

/// Twenty-four short runs, each another day, in all formats, and what a phone made of two of them.
fn season(test: &str) -> PathBuf {
    let dir = folder(test);
    for day in 0..24 {
        let activity = run(day, 3.0 + day as f64 / 8.0);
        match day % 3 {
            0 => write(&dir, &format!("runs/{day:02}.fit"), &fit::activity(&activity)),
            1 => write(&dir, &format!("runs/{day:02}.gpx.gz"), &gzipped(gpx(&activity).as_bytes())),
            _ => write(&dir, &format!("runs/{day:02}.tcx"), tcx::activity(&activity).as_bytes()),
        }
    }
    write(&dir, "runs/phone/00.gpx", gpx(&run(0, 3.0)).as_bytes());
    write(&dir, "runs/phone/02.gpx", gpx(&run(2, 3.25)).as_bytes());
    write(&dir, "runs/broken.fit", b"no FIT file");
    dir
}

/// A short run of some day, begun at half past six.
fn run(day: i64, minutes: f64) -> Activity {
    let script = format!("walk 60s, run {:.0}s 2.6m/s, walk 30s", minutes * 60.0);
    let setup = Setup {
        start: Timestamp::from_unix_seconds(1_781_497_800 + day * 86_400),
        name: Some("Along the secret river".to_owned()),
        ..Setup::new(Some(u64::try_from(day).expect("a day")))
    };
    record(&Script::parse(&script).expect("a script"), &setup).activity
}

fn gpx(activity: &Activity) -> String {
    gpx::activity(activity, gpx::Dialect::GarminConnect)
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("into memory");
    encoder.finish().expect("into memory")
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a name");
        writer.write_all(bytes).expect("into memory");
    }
    writer.finish().expect("into memory").into_inner()
}

/// Path, status and reason of every file, a line each.
fn told(output: &Output) -> String {
    let lines = text(&output.stdout).lines().map(|line| {
        let file: Value = serde_json::from_str(line).expect("JSON");
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let why = if file["status"] == "skipped" { text(&file["notes"][0]["message"]) } else { text(&file["verdict"]) };
        let title = text(&file["sessions"][0]["name"]);
        format!("{} {}: {why} ({title})\n", text(&file["path"]), text(&file["status"]))
    });
    lines.collect()
}

fn files_below(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().map(|entry| entry.expect("readable").path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[test]
fn a_cache_changes_no_byte_and_tells_nothing() {
    let dir = season("cache");
    let cache = dir.join("cache");
    let audit = |format: &str, more: &[&str]| {
        let args = [&["audit", "runs", "--format", format], more].concat();
        let output = command(&dir, &args).env("REHABRUN_CACHE_DIR", &cache).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(2));
        (output.stdout, output.stderr)
    };
    for format in ["text", "json", "jsonl", "csv", "markdown", "parquet", "html"] {
        let without = audit(format, &["--no-cache"]);
        assert!(!cache.exists(), "{format}: nothing is kept");
        assert_eq!(audit(format, &["-j", "1"]), without, "{format}: cold");
        assert_eq!(audit(format, &["-j", "4"]), without, "{format}: warm");
        let entries = files_below(&cache);
        assert_eq!(entries.is_empty(), format == "html", "{format}");
        for entry in entries {
            let name = entry.file_name().expect("a name").to_string_lossy().into_owned();
            assert!(name.len() == 64 && name.bytes().all(|b| b.is_ascii_hexdigit()), "{name}");
            let bytes = fs::read(&entry).expect("readable");
            for word in ["secret", "Demo", "running", "rehabrun", "easy"] {
                assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
            }
            // A damaged entry is none, and what was there before the damage comes again.
            fs::write(&entry, &bytes[..bytes.len() / 2]).expect("written");
        }
        assert_eq!(audit(format, &[]), without, "{format}: damaged");
        let _ = fs::remove_dir_all(&cache);
    }
    // What is found in the cache is not written again.
    let hits = |n: usize| {
        let entries = files_below(&cache);
        let old = std::time::SystemTime::now() - std::time::Duration::from_hours(1);
        for entry in &entries {
            fs::File::options().append(true).open(entry).and_then(|file| file.set_modified(old)).expect("ours");
        }
        audit("json", &["-j", "1"]);
        let age = |path: &PathBuf| fs::metadata(path).expect("there").modified().expect("known");
        assert_eq!((entries.len(), files_below(&cache).len()), (n, n));
        assert!(entries.iter().all(|entry| age(entry) < old + std::time::Duration::from_mins(1)));
    };
    audit("json", &["-j", "1"]);
    hits(10);
    // Other settings are another question.
    let easier = audit("json", &["--easy-pace", "9:00/km"]);
    assert_ne!(easier, audit("json", &[]));
    assert_eq!(easier, audit("json", &["--easy-pace", "9:00/km"]));
    // Two runs at once.
    fs::remove_dir_all(&cache).expect("a cache");
    let expected = audit("json", &["--no-cache"]);
    std::thread::scope(|scope| {
        for run in [scope.spawn(|| audit("json", &[])), scope.spawn(|| audit("json", &[]))] {
            assert_eq!(run.join().expect("no panic"), expected);
        }
    });
    // No place for a cache is no fault.
    fs::remove_dir_all(&cache).expect("a cache");
    fs::write(&cache, "a file is in the way").expect("written");
    assert_eq!(audit("json", &[]), expected);
}

#[test]
fn weeks_and_patients_are_the_same_from_a_cache() {
    let dir = season("cached-weeks");
    let cache = dir.join("cache");
    fs::create_dir_all(dir.join("patients")).expect("a folder");
    fs::rename(dir.join("runs"), dir.join("patients/anna")).expect("a patient");
    let run = |args: &[&str]| {
        let output = command(&dir, args).env("REHABRUN_CACHE_DIR", &cache).output().expect("the program starts");
        (output.status.code(), output.stdout, output.stderr)
    };
    for args in [["progress", "patients/anna"], ["clinic", "patients"]] {
        for format in ["text", "json", "csv"] {
            let args = [&args[..], &["--format", format]].concat();
            let without = run(&[&args[..], &["--no-cache"]].concat());
            assert!(!cache.exists() && !without.1.is_empty(), "{args:?}: nothing is kept");
            assert_eq!(run(&args), without, "{args:?}: cold");
            let entries = files_below(&cache);
            assert!(!entries.is_empty(), "{args:?}: something is kept");
            assert_eq!(run(&args), without, "{args:?}: warm");
            for entry in entries {
                let bytes = fs::read(&entry).expect("readable");
                fs::write(&entry, &bytes[..bytes.len() / 2]).expect("written");
            }
            assert_eq!(run(&args), without, "{args:?}: damaged");
            fs::remove_dir_all(&cache).expect("a cache");
        }
    }
}

#[test]
fn a_single_file_leaves_no_cache() {
    let dir = season("single");
    let cache = dir.join("cache");
    let status = command(&dir, &["audit", "runs/00.fit"]).env("REHABRUN_CACHE_DIR", &cache).output();
    assert_eq!(status.expect("the program starts").status.code(), Some(0));
    assert!(!cache.exists());
}

#[test]
fn the_same_run_in_two_files_counts_once() {
    let dir = folder("duplicates");
    let (first, second) = (run(0, 9.0), run(1, 9.0));
    write(&dir, "runs/a.fit", &fit::activity(&first));
    write(&dir, "runs/b.gpx", gpx(&first).as_bytes());
    write(&dir, "runs/c/a.fit", &fit::activity(&first));
    write(&dir, "runs/d.tcx.gz", &gzipped(tcx::activity(&second).as_bytes()));
    let packed = [("second.gpx", gpx(&second)), ("third.gpx", gpx(&run(2, 9.0)))];
    write(&dir, "runs/e.zip", &zipped(&packed.each_ref().map(|(name, text)| (*name, text.as_bytes()))));
    // Another runner, who ran along.
    write(&dir, "runs/other/athlete.toml", b"[ceiling]\neasy_pace = \"5:00/km\"\n");
    write(&dir, "runs/other/a.fit", &fit::activity(&first));
    let audit = |jobs: &str| rehabrun(&dir, &["audit", "runs", "--format", "jsonl", "-j", jobs]);
    let output = audit("1");
    expect![[r#"
        runs/a.fit audited: easy (Along the secret river)
        runs/b.gpx skipped: duplicate of runs/a.fit (-)
        runs/c/a.fit skipped: duplicate of runs/a.fit (-)
        runs/d.tcx.gz audited: easy (-)
        runs/e.zip/second.gpx skipped: duplicate of runs/d.tcx.gz (-)
        runs/e.zip/third.gpx audited: easy (Along the secret river)
        runs/other/a.fit audited: easy (Along the secret river)
    "#]]
    .assert_eq(&told(&output));
    assert_eq!(output.stdout, audit("4").stdout);
    // Who names two files wants to hear of two.
    let named = rehabrun(&dir, &["audit", "runs/a.fit", "runs/b.gpx", "--format", "jsonl"]);
    expect![[r#"
        runs/a.fit audited: easy (Along the secret river)
        runs/b.gpx audited: easy (Along the secret river)
    "#]]
    .assert_eq(&told(&named));
    expect![[r#"
          in runs/
          verdict  date        distance   run  fastest  file
          easy     2026-06-15   1.54 km  9:01     -5 %  a.fit
          easy     2026-06-16   1.55 km  9:00     -4 %  d.tcx.gz
          easy     2026-06-17   1.55 km  9:01     -4 %  e.zip/third.gpx
          easy     2026-06-15   1.54 km  9:01    -22 %  other/a.fit

        left out:
             3  the same run as in another file

        7 files: 4 judged, 3 left out
             4  easy
    "#]]
    .assert_eq(text(&rehabrun(&dir, &["audit", "runs"]).stdout));
}

/// A bulk export as Strava makes it, its list in another order than the usual.
fn strava() -> Vec<(&'static str, Vec<u8>)> {
    let list = "Activity ID,Activity Date,Activity Type,Activity Name,Activity Description,Filename\n\
        1,\"Jun 15, 2026\",Run,Couch to 5K,\"with Anna,\nat \"\"last\"\"\",activities/11.fit.gz\n\
        2,\"Jun 16, 2026\",Ride,To work,,activities/12.gpx.gz\n\
        3,\"Jun 17, 2026\",Workout,By hand,,\n\
        4,\"Jun 18, 2026\",Run,,,activities/14.tcx.gz\n\
        5,\"Jun 19, 2026\",Run,Broken,,activities/15.fit.gz\n";
    vec![
        ("activities.csv", list.into()),
        ("activities/11.fit.gz", gzipped(&fit::activity(&run(0, 9.0)))),
        ("activities/12.gpx.gz", gzipped(gpx(&run(1, 9.0)).as_bytes())),
        ("activities/14.tcx.gz", gzipped(tcx::activity(&run(3, 9.0)).as_bytes())),
        ("activities/15.fit.gz", b"cut".to_vec()),
        ("media/1.jpg", b"\xff\xd8\xff\xe0".to_vec()),
        ("profile.csv", b"Athlete ID\n1\n".to_vec()),
    ]
}

#[test]
fn a_bulk_export_of_strava() {
    let dir = folder("strava");
    let files = strava();
    for (name, bytes) in &files {
        write(&dir, &format!("export/{name}"), bytes);
    }
    let members: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, &bytes[..])).collect();
    write(&dir, "export.zip", &zipped(&members));
    let of_folder = told(&rehabrun(&dir, &["audit", "export", "--format", "jsonl"]));
    expect![[r#"
        export/activities/11.fit.gz audited: easy (Couch to 5K)
        export/activities/12.gpx.gz skipped: not a run: Ride, by the list of activities (-)
        export/activities/14.tcx.gz audited: easy (-)
        export/activities/15.fit.gz failed: - (-)
        export/activities.csv skipped: not an activity, by its name and its content (-)
        export/media/1.jpg skipped: not an activity, by its name and its content (-)
        export/profile.csv skipped: not an activity, by its name and its content (-)
    "#]]
    .assert_eq(&of_folder);
    expect![[r#"
        export.zip/activities/11.fit.gz audited: easy (Couch to 5K)
        export.zip/activities/12.gpx.gz skipped: not a run: Ride, by the list of activities (-)
        export.zip/activities/14.tcx.gz audited: easy (-)
        export.zip/activities/15.fit.gz failed: - (-)
    "#]]
    .assert_eq(&told(&rehabrun(&dir, &["audit", "export.zip", "--format", "jsonl"])));
}

#[test]
fn an_export_of_garmin_connect() {
    let dir = folder("garmin");
    let inner = zipped(&[
        ("anna_1.fit", &fit::activity(&run(0, 9.0))),
        ("anna_2.fit", &fit::activity(&run(1, 9.0))),
        ("anna_3.fit", &other_kind()),
    ]);
    let outer = zipped(&[
        ("DI_CONNECT/DI-Connect-Fitness/summarizedActivities.json", b"[]"),
        ("DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip", &inner),
    ]);
    write(&dir, "garmin.zip", &outer);
    write(&dir, "settings.fit", &other_kind());
    let output = rehabrun(&dir, &["audit", "garmin.zip", "--format", "jsonl"]);
    expect![[r#"
        garmin.zip/DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip/anna_1.fit audited: easy (Along the secret river)
        garmin.zip/DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip/anna_2.fit audited: easy (Along the secret river)
        garmin.zip/DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip/anna_3.fit skipped: it holds settings of a device (-)
    "#]].assert_eq(&told(&output));
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(rehabrun(&dir, &["audit", "settings.fit"]).status.code(), Some(2), "who names a file wants it read");
}

/// A FIT file that holds the settings of a watch: its kind is 2.
fn other_kind() -> Vec<u8> {
    let messages: &[u8] = &[0x40, 0, 0, 0, 0, 1, 0, 1, 0, 0x00, 2];
    let mut file = vec![14, 0x10, 0, 0];
    file.extend(u32::try_from(messages.len()).expect("short").to_le_bytes());
    file.extend(b".FIT\0\0");
    file.extend(messages);
    file.extend([0, 0]);
    file
}

#[test]
fn nothing_judged_is_no_pass() {
    let dir = folder("ride");
    write(&dir, "activities.csv", b"a,b,title,sport,file\n1,2,To work,Ride,activities/1.fit\n");
    write(&dir, "activities/1.fit", &fit::activity(&run(0, 9.0)));
    assert_eq!(rehabrun(&dir, &["audit", "activities"]).status.code(), Some(3));
    write(&dir, "activities/2.fit", &fit::activity(&run(1, 9.0)));
    assert_eq!(rehabrun(&dir, &["audit", "activities"]).status.code(), Some(0));
}
