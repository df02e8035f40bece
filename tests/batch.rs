//! Thousands of files at once: what is whole, what is the same, and what is left when the work is ended early.

use std::fs;
use std::io::{BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;

use rehabrun::synth::{DEMO_ATHLETE, Demo, demo};
use serde_json::Value;

/// The example activities by name.
static EXAMPLES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| demo().iter().flat_map(Demo::files).collect());

fn example(name: &str) -> &'static [u8] {
    &EXAMPLES.iter().find(|(known, _)| known == name).expect("an example").1
}

/// A folder of a test's own with a runner's file in it.
fn folder(test: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("batch").join(test);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).expect("made");
    fs::write(dir.join("athlete.toml"), DEMO_ATHLETE).expect("written");
    dir
}

fn write(dir: &Path, name: &str, bytes: &[u8]) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, bytes).expect("written");
}

fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rehabrun"));
    command.current_dir(dir).args(args).args(["--color", "never"]).env("COLUMNS", "100");
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
    let report = dir.join("report.json");
    let mut child = command(dir, &["audit", "runs", "--format", "json", "-o", "report.json"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    while hidden(dir).is_empty() {
        std::thread::yield_now();
    }
    signal(&child, "-INT");
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    let report: Value = serde_json::from_slice(&fs::read(report).expect("a report")).expect("JSON");
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
