//! A folder that runs arrive in, watched by a child process.

use crate::common::{self, exports};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use rehabrun::export::fit;
use rehabrun::synth::{Script, Setup, record};

/// Far longer than anything here takes.
const LONG: Duration = Duration::from_mins(2);

#[test]
fn what_arrives_is_audited_once_it_is_whole() {
    let dir = folder("arrives");
    write(&dir.join("there-before.fit"), &run("run 300s 2.3m/s"));
    let mut watch = Watch::start(&dir, &["--every", "1"]);

    fs::create_dir(dir.join("below")).expect("made");
    write(&dir.join("below/.hidden.fit"), &run("run 300s 2.3m/s"));
    write(&dir.join("below/run.fit.part"), &run("walk 2min, 6x(run 60s 3.4m/s, walk 60s)"));
    fs::rename(dir.join("below/run.fit.part"), dir.join("below/renamed.fit")).expect("renamed");
    let line = watch.line();
    assert!(line.starts_with("disguised intervals  ./below/renamed.fit: "), "{line}");

    // A file that grows, as one that is copied over a network.
    let bytes = run("run 1800s 2.3m/s");
    let mut growing = File::create(dir.join("growing.fit")).expect("made");
    for part in bytes.chunks(bytes.len() / 30 + 1) {
        growing.write_all(part).and_then(|()| growing.flush()).expect("written");
        thread::sleep(Duration::from_millis(100));
    }
    drop(growing);
    let line = watch.line();
    assert!(line.starts_with("easy                 ./growing.fit: "), "{line}");

    write(&dir.join("broken.fit"), b"no activity");
    assert_eq!(watch.line(), "not readable         ./broken.fit: not an activity file");

    // What was there before is audited when it changes.
    write(&dir.join("there-before.fit"), &run("run 400s 3.4m/s"));
    let line = watch.line();
    assert!(line.starts_with("above easy           ./there-before.fit: "), "{line}");
    watch.stop();
}

#[test]
fn what_is_there_is_audited_where_asked_for_and_as_json_lines() {
    let dir = folder("existing");
    write(&dir.join("a.fit"), &run("run 300s 2.3m/s"));
    write(&dir.join("b.fit"), &run("run 300s 2.3m/s"));
    let mut watch = Watch::start(&dir, &["--every", "1", "--existing", "--format", "jsonl"]);
    for name in ["a.fit", "b.fit"] {
        let file: serde_json::Value = serde_json::from_str(&watch.line()).expect("JSON");
        assert_eq!((&file["path"], &file["verdict"]), (&format!("./{name}").into(), &"easy".into()));
    }
    watch.stop();
}

/// The files of an export belong together, in whatever order they arrive.
#[test]
fn exports_that_are_unpacked_are_audited_by_their_sessions() {
    let dir = folder("unpacked");
    let mut watch = Watch::start(&dir, &["--every", "1"]);
    let script = Script::parse("walk 2min, 6x(run 60s 3.4m/s, walk 60s)").expect("a script");
    let activity = record(&script, &Setup::new(Some(1))).activity;
    let all = exports::all(&[activity]);
    for (name, files) in &all {
        // Lists and documents come last.
        for (path, content) in files.iter().rev() {
            let path = dir.join(name).join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            write(&path, content.as_bytes());
        }
    }
    let mut sessions: Vec<String> = Vec::new();
    while sessions.len() < all.len() {
        let line = watch.line();
        if line.contains("export:") {
            continue;
        }
        assert!(line.starts_with("disguised intervals  ./") && line.contains("2026-06-15 07.10.00"), "{line}");
        sessions.push(line);
    }
    sessions.sort();
    sessions.dedup();
    assert_eq!(sessions.len(), all.len(), "{sessions:?}");
    watch.stop();
}

#[test]
fn a_fault_in_the_runners_file_makes_runs_wait() {
    let dir = folder("fault");
    let runner = dir.join("runner.toml");
    write(&runner, b"[ceiling]\neasy_pace = '6:07/km'\n");
    let mut watch = Watch::start(&dir, &["--every", "1", "--athlete", "runner.toml"]);
    write(&runner, b"[ceiling]\neasy_pace = 'slow'\n");
    write(&dir.join("a.fit"), &run("run 300s 2.3m/s"));
    assert!(watch.lines.recv_timeout(Duration::from_secs(4)).is_err(), "a run was judged without its ceiling");
    write(&runner, b"[ceiling]\neasy_pace = '6:07/km'\n");
    let line = watch.line();
    assert!(line.starts_with("easy                 ./a.fit: "), "{line}");
    watch.stop();
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let dir = folder("missing");
    let output = command(&dir).args(["watch", "nowhere"]).output().expect("it starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: cannot watch nowhere"));
}

/// The program at work, with the lines that it writes.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(dir: &Path, options: &[&str]) -> Self {
        let mut child = command(dir)
            .args(["watch", ".", "--easy-pace", "6:30/km", "--color", "never"])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let stdout = BufReader::new(child.stdout.take().expect("piped"));
        let mut stderr = BufReader::new(child.stderr.take().expect("piped"));
        // Once it says so it has had its first look.
        let mut said = String::new();
        stderr.read_line(&mut said).expect("a line");
        assert!(said.starts_with("watching ."), "{said}");
        thread::spawn(move || stderr.read_to_end(&mut Vec::new()));
        let (send, lines) = channel();
        thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        Self { child, lines }
    }

    fn line(&mut self) -> String {
        self.lines.recv_timeout(LONG).expect("a line in time")
    }

    /// Stops it; nothing more was written.
    fn stop(mut self) {
        #[cfg(unix)]
        assert_eq!(self.end(), Some(0));
        #[cfg(not(unix))]
        self.end();
        assert_eq!(self.lines.recv_timeout(LONG).ok(), None);
    }
}

impl Watch {
    /// Ends the program as Ctrl-C does, and gives its exit code.
    #[cfg(unix)]
    fn end(&mut self) -> Option<i32> {
        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().expect("a signal is sent");
        self.child.wait().expect("it ends").code()
    }

    #[cfg(not(unix))]
    fn end(&mut self) {
        self.child.kill().and_then(|()| self.child.wait()).expect("it ends");
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn command(dir: &Path) -> Command {
    common::program(dir, &[])
}

fn folder(test: &str) -> PathBuf {
    common::folder(&format!("watch/{test}"))
}

fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).expect("written");
}

fn run(script: &str) -> Vec<u8> {
    fit::activity(&record(&Script::parse(script).expect("a script"), &Setup::new(None)).activity)
}
