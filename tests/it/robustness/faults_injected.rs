//! Every stream closed, full or slow, and every kind of file in every place: nothing is lost, torn or waited for.

#![cfg(target_os = "linux")]

use crate::common;
use std::fs::{self, File};
use std::io::Read as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rehabrun::synth::{DEMO_ATHLETE, Demo, demo};

/// A folder of a test's own with two runs, one over its ceiling, a broken file and a runner's file.
fn folder(test: &str) -> PathBuf {
    let dir = common::folder(&format!("faults/{test}"));
    let examples: Vec<(String, Vec<u8>)> = demo().iter().flat_map(Demo::files).collect();
    for (name, from) in [("easy.fit", "easy-run-walk.fit"), ("over.fit", "disguised-intervals.fit")] {
        let (_, bytes) = examples.iter().find(|(known, _)| known == from).expect("an example");
        fs::write(dir.join(name), bytes).expect("written");
    }
    fs::write(dir.join("broken.fit"), "no activity").expect("written");
    fs::write(dir.join("athlete.toml"), DEMO_ATHLETE).expect("written");
    dir
}

fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = common::program(dir, args);
    command.stdin(Stdio::null());
    command
}

fn run(dir: &Path, args: &[&str]) -> Output {
    command(dir, args).output().expect("the program starts")
}

/// The exit code and the lines on standard error.
fn outcome(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Everything in a folder, to see that nothing changed.
fn contents(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(contents(&path));
        } else {
            let bytes = if path.is_file() { fs::read(&path).expect("readable") } else { Vec::new() };
            all.push((path, bytes));
        }
    }
    all.sort();
    all
}

/// A pipe whose reader is gone.
fn broken_pipe() -> Stdio {
    let mut reader = Command::new("true").stdin(Stdio::piped()).spawn().expect("true starts");
    let pipe = reader.stdin.take().expect("a pipe");
    reader.wait().expect("ended");
    pipe.into()
}

fn full() -> Stdio {
    File::options().write(true).open("/dev/full").expect("Linux has it").into()
}

/// Every command that says something on standard error, with a broken file or a fault among what it reads.
const COMPLAINING: [&[&str]; 8] = [
    &["audit", "broken.fit", "easy.fit", "missing.fit", "over.fit"],
    &["audit", ".", "--format", "jsonl"],
    &["progress", "."],
    &["clinic", "."],
    &["records", "broken.fit"],
    &["plot", "broken.fit", "-o", "out.svg"],
    &["ceiling", "--no-such-option"],
    &["explain", "no-such-rule"],
];

#[test]
fn standard_error_that_cannot_be_written_stops_nothing() {
    let dir = folder("stderr");
    fs::create_dir(dir.join("patient")).expect("made");
    fs::copy(dir.join("broken.fit"), dir.join("patient/broken.fit")).expect("copied");
    fs::copy(dir.join("over.fit"), dir.join("patient/over.fit")).expect("copied");
    for args in COMPLAINING {
        let whole = run(&dir, args);
        assert!(!whole.stderr.is_empty(), "{args:?} says something");
        for (name, stderr) in [("full", full()), ("broken", broken_pipe())] {
            let seen = command(&dir, args).stdout(Stdio::piped()).stderr(stderr).output().expect("it starts");
            assert_eq!((seen.status.code(), &seen.stdout), (whole.status.code(), &whole.stdout), "{args:?}, {name}");
        }
    }
}

#[test]
fn standard_output_that_is_full_has_its_reason_and_a_broken_pipe_is_quiet() {
    let dir = folder("stdout");
    for args in [&["audit", "easy.fit"][..], &["records", "easy.fit"], &["progress", "easy.fit"], &["explain"]] {
        let seen = command(&dir, args).stdout(full()).stderr(Stdio::piped()).output().expect("it starts");
        let (code, errors) = outcome(&seen);
        assert_eq!(code, Some(2), "{args:?}");
        assert!(errors.starts_with("error: cannot write the output\ncause: No space left"), "{args:?}: {errors}");
        let seen = command(&dir, args).stdout(broken_pipe()).stderr(Stdio::piped()).output().expect("it starts");
        assert_eq!(outcome(&seen), (Some(0), String::new()), "{args:?}");
    }
}

#[test]
fn an_input_is_never_replaced_by_a_report() {
    let dir = folder("inputs");
    fs::write(dir.join("list.txt"), "easy.fit\n").expect("written");
    fs::write(dir.join("other.toml"), DEMO_ATHLETE).expect("written");
    fs::write(dir.join("run.svg"), fs::read(dir.join("easy.fit")).expect("read")).expect("written");
    fs::create_dir_all(dir.join("patients/anna")).expect("made");
    fs::copy(dir.join("easy.fit"), dir.join("patients/anna/easy.fit")).expect("copied");
    fs::copy(dir.join("athlete.toml"), dir.join("patients/anna/athlete.toml")).expect("copied");
    symlink("easy.fit", dir.join("link")).expect("linked");
    fs::hard_link(dir.join("easy.fit"), dir.join("hard-link")).expect("linked");
    fs::hard_link(dir.join("athlete.toml"), dir.join("runner")).expect("linked");
    let before = contents(&dir);
    for args in [
        &["audit", "easy.fit", "-o", "easy.fit"][..],
        &["audit", "easy.fit", "-o", "./patients/../easy.fit"],
        &["audit", "easy.fit", "-o", "link"],
        &["audit", "easy.fit", "-o", "hard-link"],
        &["audit", "link", "-o", "easy.fit"],
        &["audit", ".", "-o", "patients/anna/easy.fit"],
        &["audit", "patients", "-o", "hard-link", "--files-from", "list.txt"],
        &["audit", "--files-from", "list.txt", "-o", "list.txt"],
        &["audit", "easy.fit", "--athlete", "other.toml", "-o", "other.toml"],
        &["audit", "easy.fit", "-o", "runner"],
        &["progress", ".", "-o", "athlete.toml"],
        &["progress", "easy.fit", "-o", "patients/anna/athlete.toml"],
        &["records", "easy.fit", "-o", "easy.fit"],
        &["plot", "run.svg", "-o", "run.svg"],
        &["clinic", "patients", "-o", "patients/anna/easy.fit"],
        &["clinic", "patients", "-o", "patients/anna/athlete.toml"],
        &["demo", "patients/anna/easy.fit"],
    ] {
        let (code, errors) = outcome(&run(&dir, args));
        assert_eq!(code, Some(2), "{args:?}");
        assert!(errors.starts_with("error: cannot") && errors.contains("\ncause: "), "{args:?}: {errors}");
        assert_eq!(contents(&dir), before, "{args:?}");
    }
}

#[test]
fn a_report_of_an_earlier_run_is_replaced_wherever_it_lies() {
    let dir = folder("earlier");
    for format in ["json", "csv", "html", "text", "jsonl"] {
        let report = format!("report.{format}");
        let args = ["audit", ".", "--format", format, "--exit-zero", "-q", "-o", &report];
        for _ in 0..2 {
            assert_eq!(run(&dir, &args).status.code(), Some(2), "the broken file and nothing else: {format}");
        }
        assert!(dir.join(report).metadata().expect("a report").len() > 100);
    }
}

#[test]
fn the_demo_replaces_its_own_files_and_nobody_elses() {
    let dir = folder("demo");
    assert_eq!(run(&dir, &["demo", "fresh"]).status.code(), Some(0));
    assert_eq!(run(&dir, &["demo", "fresh"]).status.code(), Some(0), "a second time");
    fs::create_dir(dir.join("mine")).expect("made");
    let edited = DEMO_ATHLETE.replace("6:07", "7:30");
    for (name, text) in
        [("athlete.toml", "name = \"Anna\"\n"), ("athlete.toml", &edited), ("easy-run-walk.fit", "mine")]
    {
        fs::write(dir.join("mine").join(name), text).expect("written");
        let (code, errors) = outcome(&run(&dir, &["demo", "mine"]));
        assert_eq!((code, errors.contains("is there already")), (Some(2), true), "{errors}");
        assert_eq!(fs::read_to_string(dir.join("mine").join(name)).expect("kept"), text);
        fs::remove_file(dir.join("mine").join(name)).expect("removed");
    }
}

#[test]
fn names_and_links_that_are_odd_are_written_all_the_same() {
    let dir = folder("names");
    let long = format!("{}.json", "ä".repeat(122));
    symlink("made/later.json", dir.join("dangling")).expect("linked");
    fs::create_dir(dir.join("made")).expect("made");
    let audit = |to: &str| run(&dir, &["audit", "easy.fit", "--format", "json", "-o", to]);
    for (to, written) in [(long.as_str(), long.as_str()), ("dangling", "made/later.json")] {
        assert_eq!(outcome(&audit(to)), (Some(0), String::new()), "{to}");
        assert_eq!(fs::read(dir.join(written)).expect("a report")[0], b'{');
    }
    assert!(dir.join("dangling").symlink_metadata().expect("there").is_symlink(), "a link stays a link");
    let standard = audit("-");
    assert_eq!(
        (standard.status.code(), standard.stdout.first(), dir.join("-").exists()),
        (Some(0), Some(&b'{'), false)
    );
    for to in ["loop", "loop/out.json"] {
        let _ = symlink("loop", dir.join("loop"));
        assert_eq!(audit(to).status.code(), Some(2), "a link to itself");
    }
}

#[test]
fn a_folder_is_visited_once_however_many_links_lead_to_it() {
    let dir = folder("links");
    let mut at = dir.join("deep");
    for _ in 0..40 {
        fs::create_dir_all(at.join("next")).expect("made");
        symlink("next", at.join("again")).expect("linked");
        symlink(dir.join("deep"), at.join("top")).expect("linked");
        at = at.join("next");
    }
    fs::copy(dir.join("easy.fit"), at.join("easy.fit")).expect("copied");
    let begun = Instant::now();
    let seen = run(&dir, &["audit", "deep", "--format", "jsonl"]);
    assert!(begun.elapsed() < Duration::from_secs(20), "2^40 ways lead to the file");
    assert_eq!((seen.status.code(), String::from_utf8_lossy(&seen.stdout).lines().count()), (Some(0), 1));
}

#[test]
fn threads_that_cannot_be_made_are_done_without() {
    let dir = folder("threads");
    let args = ["audit", "easy.fit", "over.fit", "broken.fit", "--format", "json", "-q"];
    let whole = run(&dir, &args);
    // Each thread asks for two megabytes of stack: with less room for all, some or none can be made.
    for kib in [40_000, 30_000, 24_000, 20_000, 16_000, 12_000] {
        let script = format!("ulimit -v {kib} && exec \"$0\" \"$@\" -j 64");
        let mut limited = Command::new("sh");
        limited.args(["-c", &script, env!("CARGO_BIN_EXE_rehabrun")]).args(args).current_dir(&dir);
        let seen = limited.env("COLUMNS", "100").stdin(Stdio::null()).output().expect("it starts");
        // Where there is no room for the program itself the system ends it, and nothing is learnt.
        if seen.status.code().is_some_and(|code| code < 100) {
            assert_eq!((seen.status.code(), &seen.stdout), (whole.status.code(), &whole.stdout), "{kib} KiB");
        } else {
            assert!(!String::from_utf8_lossy(&seen.stderr).contains("panicked"), "{kib} KiB: {seen:?}");
        }
    }
}

#[test]
fn the_cache_never_changes_what_is_found() {
    let dir = folder("cache");
    // The cache is used from the seventeenth file on.
    let names: Vec<String> = (0..24).map(|i| format!("course-{i:02}.gpx")).collect();
    for (i, name) in names.iter().enumerate() {
        let course = format!("<gpx><rte><name>{i}</name><rtept lat=\"1\" lon=\"2\"/></rte></gpx>");
        fs::write(dir.join(name), course).expect("written");
    }
    for _ in 0..2 {
        for args in [
            vec!["audit", ".", "-q"],
            names.iter().map(String::as_str).chain(["-q"]).fold(vec!["audit"], |mut args, arg| {
                args.push(arg);
                args
            }),
        ] {
            let without = run(&dir, &[&args[..], &["--no-cache"]].concat());
            let with = command(&dir, &args).env("REHABRUN_CACHE_DIR", dir.join("kept")).output().expect("it starts");
            assert_eq!((with.status.code(), &with.stdout), (without.status.code(), &without.stdout), "{args:?}");
        }
    }
}

#[test]
fn an_entry_of_the_cache_that_is_no_entry_is_a_miss() {
    let dir = folder("entries");
    fs::create_dir(dir.join("runs")).expect("made");
    for i in 0..24 {
        fs::hard_link(dir.join("easy.fit"), dir.join(format!("runs/{i:02}.fit"))).expect("linked");
    }
    let audit = || {
        let mut command = command(&dir, &["audit", "runs", "--format", "json"]);
        command.env("REHABRUN_CACHE_DIR", dir.join("kept")).output().expect("it starts")
    };
    let first = audit();
    let entries = || contents(&dir.join("kept")).into_iter().map(|(path, _)| path);
    assert!(entries().count() > 0, "something was kept");
    let spoil: [fn(&Path); 4] = [
        |entry| assert!(Command::new("mkfifo").arg(entry).status().expect("mkfifo").success()),
        |entry| fs::create_dir(entry).expect("made"),
        |entry| symlink("/dev/zero", entry).expect("linked"),
        |entry| File::create(entry).and_then(|file| file.set_len(900 << 20)).expect("sparse"),
    ];
    for spoil in spoil {
        for entry in entries() {
            fs::remove_file(&entry).or_else(|_| fs::remove_dir(&entry)).expect("removed");
            spoil(&entry);
        }
        let begun = Instant::now();
        assert_eq!(audit(), first);
        assert!(begun.elapsed() < Duration::from_secs(20));
        for entry in fs::read_dir(dir.join("kept/v2")).expect("a folder").flatten() {
            let _ = fs::remove_dir_all(entry.path());
        }
        assert_eq!(audit(), first, "kept anew");
    }
}

#[test]
fn a_patient_never_vanishes_from_the_table() {
    let dir = folder("patients");
    for name in ["anna", "ben"] {
        fs::create_dir_all(dir.join("patients").join(name)).expect("made");
        fs::copy(dir.join("easy.fit"), dir.join("patients").join(name).join("easy.fit")).expect("copied");
        fs::copy(dir.join("athlete.toml"), dir.join("patients").join(name).join("athlete.toml")).expect("copied");
    }
    let rows = || {
        let seen = run(&dir, &["clinic", "patients", "--format", "csv", "--exit-zero"]);
        let text = String::from_utf8_lossy(&seen.stdout).into_owned();
        ["anna", "ben"].map(|name| text.contains(name))
    };
    assert_eq!(rows(), [true, true]);
    fs::write(dir.join("patients/anna/.rehabrun-pages"), "").expect("written");
    assert_eq!(rows(), [true, true], "an empty list of pages");
    let pages = ["clinic", "patients", "--format", "html", "--exit-zero", "-o", "patients/ben"];
    assert_eq!(run(&dir, &pages).status.code(), Some(0));
    assert_eq!(rows(), [true, true], "pages in her folder");
}

#[test]
fn pages_of_a_run_that_was_killed_go_with_the_next() {
    let dir = folder("killed");
    fs::create_dir_all(dir.join("patients/anna")).expect("made");
    for i in 0..40 {
        fs::copy(dir.join("easy.fit"), dir.join(format!("patients/anna/{i:02}.fit"))).expect("copied");
    }
    let args = ["clinic", "patients", "--format", "html", "-o", "pages"];
    let mut child = command(&dir, &args).stderr(Stdio::null()).spawn().expect("it starts");
    while !dir.join("pages/anna/00-fit.html").exists() && !dir.join("pages/anna/00.fit.html").exists() {
        assert!(child.try_wait().expect("a child of ours").is_none(), "{:?}", contents(&dir.join("pages")));
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().expect("killed");
    child.wait().expect("ended");
    fs::rename(dir.join("patients/anna"), dir.join("patients/berta")).expect("renamed");
    assert!(run(&dir, &args).status.code().is_some_and(|code| code < 4));
    assert!(
        !dir.join("pages/anna").exists(),
        "{:?}",
        contents(&dir.join("pages")).iter().map(|(path, _)| path).collect::<Vec<_>>()
    );
    assert!(dir.join("pages/berta/index.html").exists());
}

#[test]
fn an_interrupted_report_is_written_beside_the_earlier_one() {
    let dir = folder("interrupted");
    fs::create_dir(dir.join("runs")).expect("made");
    for i in 0..1500 {
        fs::hard_link(dir.join("over.fit"), dir.join(format!("runs/{i:04}.fit"))).expect("linked");
    }
    fs::write(dir.join("report.json"), "earlier").expect("written");
    let args = ["audit", "runs", "--format", "json", "--no-cache", "-o", "report.json"];
    let mut child = command(&dir, &args).stderr(Stdio::piped()).spawn().expect("it starts");
    // The temporary file is the seventh name.
    while fs::read_dir(&dir).expect("a folder").count() < 7 {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill").success());
    let mut errors = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut errors).expect("text");
    assert_eq!(child.wait().expect("ended").code(), Some(130));
    assert!(
        errors.starts_with("error: interrupted\ncause: report.partial.json holds ")
            || errors.contains("/report.partial.json holds "),
        "{errors}"
    );
    assert_eq!(fs::read_to_string(dir.join("report.json")).expect("text"), "earlier");
    let partial = fs::read(dir.join("report.partial.json")).expect("written beside it");
    serde_json::from_slice::<serde_json::Value>(&partial).expect("whole JSON");
}

#[test]
fn a_disk_that_fills_leaves_the_earlier_report() {
    let dir = folder("disk");
    let args = ["audit", "easy.fit", "over.fit", "--format", "json", "--exit-zero"];
    let whole = run(&dir, &args).stdout;
    fs::write(dir.join("report.json"), "earlier").expect("written");
    let before = contents(&dir);
    // The system stops a file at a size; blocks of the shell's limit have 512 or 1024 bytes.
    for blocks in [0, 1, 2, whole.len() / 1024 / 2] {
        let script = format!("ulimit -f {blocks}; trap '' XFSZ; exec \"$0\" \"$@\" -o report.json");
        let mut limited = Command::new("sh");
        limited.args(["-c", &script, env!("CARGO_BIN_EXE_rehabrun")]).args(args).current_dir(&dir).stdin(Stdio::null());
        let seen = limited.output().expect("it starts");
        let (code, errors) = outcome(&seen);
        assert_eq!(code, Some(2), "{blocks}: {errors}");
        assert!(errors.contains("cause: "), "{errors}");
        assert_eq!(contents(&dir), before, "{blocks}");
    }
}

/// How many moments each command is interrupted at: `REHABRUN_SIGNALS`, else few.
fn n_signals() -> u64 {
    std::env::var("REHABRUN_SIGNALS").ok().and_then(|n| n.parse().ok()).unwrap_or(3)
}

#[test]
fn a_signal_at_any_moment_tears_nothing() {
    let dir = folder("signals");
    fs::create_dir_all(dir.join("patients/anna")).expect("made");
    fs::copy(dir.join("athlete.toml"), dir.join("patients/anna/athlete.toml")).expect("copied");
    for i in 0..16 {
        let from = if i % 2 == 0 { "easy.fit" } else { "over.fit" };
        fs::hard_link(dir.join(from), dir.join(format!("patients/anna/{i:02}.fit"))).expect("linked");
    }
    let commands: [(&[&str], &str); 3] = [
        (&["audit", "patients", "--format", "json", "--no-cache"], "report.json"),
        (&["progress", "patients/anna", "--format", "json"], "weeks.json"),
        (&["clinic", "patients", "--format", "html"], "pages"),
    ];
    for (args, to) in commands {
        let args = [args, &["-o", to]].concat();
        let begun = Instant::now();
        assert!(run(&dir, &args).status.code().is_some_and(|code| code < 4));
        let whole_ms = u64::try_from(begun.elapsed().as_millis()).expect("short");
        for i in 0..n_signals() {
            let signal = ["-INT", "-TERM", "-HUP"][usize::try_from(i % 3).expect("small")];
            let mut child = command(&dir, &args).stderr(Stdio::piped()).spawn().expect("it starts");
            std::thread::sleep(Duration::from_millis(whole_ms * (2 * i + 1) / (2 * n_signals())));
            // It may have ended by itself.
            let _ = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
            let begun = Instant::now();
            let code = child.wait().expect("ended").code();
            assert!(begun.elapsed() < Duration::from_secs(20), "{args:?} ends");
            assert!(code.is_none_or(|code| code < 4 || code == 130), "{args:?}: {code:?}");
            for (path, bytes) in contents(&dir) {
                let name = path.file_name().expect("a name").to_string_lossy();
                assert!(!name.ends_with(".part"), "{args:?} left {name}");
                match path.extension().and_then(|extension| extension.to_str()) {
                    Some("json") => drop(serde_json::from_slice::<serde_json::Value>(&bytes).expect("whole JSON")),
                    Some("html") => assert!(bytes.ends_with(b"</html>") || bytes.ends_with(b"</html>\n"), "{name}"),
                    _ => {}
                }
            }
        }
        assert!(run(&dir, &args).status.code().is_some_and(|code| code < 4), "and once more to the end");
    }
}
