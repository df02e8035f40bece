//! `rehabrun setup`, line by line and on a pseudo-terminal, and what else looks for the runner's file.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::common;

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("made");
    folder
}

/// Runs a command with these lines on standard input: exit code, and all that was said.
#[track_caller]
fn said(folder: &Path, arguments: &[&str], lines: &str) -> (Option<i32>, String) {
    let mut program = common::program(folder, arguments);
    let program = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = program.spawn().expect("the program starts");
    // A program that asks nothing may have ended by now.
    let _ = child.stdin.take().expect("a pipe").write_all(lines.as_bytes());
    let output = child.wait_with_output().expect("it ends");
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8"))
}

const ANSWERS: &str = "mi\nAnna\n2026-09-07\nAchilles tendon\n2\n\n3\n10:30\n142\n\n\n1988\nn\n";

#[test]
fn answers_line_by_line_become_a_file() {
    let folder = folder("setup-lines");
    let (code, text) = said(&folder, &["setup"], ANSWERS);
    assert_eq!(code, Some(0), "{text}");
    let written = fs::read_to_string(folder.join("athlete.toml")).expect("a file");
    assert!(written.contains("talk_test = { pace = \"10:30/mi\", hr = 142 }"), "{written}");
    assert!(written.contains("plan = \"kinetic-revolution\""), "{written}");
    let (_, text) = said(&folder, &["ceiling", "--on", "2026-09-07"], "");
    assert!(text.starts_with("easy ceiling: 10:30/mi (talk test, ± 5 %)"), "{text}");
}

#[test]
fn a_file_that_is_there_is_kept_unless_somebody_says_yes() {
    let folder = folder("setup-kept");
    fs::write(folder.join("athlete.toml"), "name = \"B\"\n").expect("written");
    for lines in ["", "n\n", "\n"] {
        let (code, text) = said(&folder, &["setup"], lines);
        assert!(code == Some(2) && text.contains("is left as it is"), "{text}");
        assert_eq!(fs::read_to_string(folder.join("athlete.toml")).expect("a file"), "name = \"B\"\n");
    }
    let (code, text) = said(&folder, &["setup"], &format!("y\n{ANSWERS}"));
    assert_eq!(code, Some(0), "{text}");
}

#[test]
fn an_answer_that_cannot_be_read_writes_nothing() {
    let folder = folder("setup-fault");
    let (code, text) = said(&folder, &["setup"], "km\nAnna\n7 September\n");
    assert!(code == Some(2) && text.contains("`7 September` is no answer to"), "{text}");
    assert!(!folder.join("athlete.toml").exists());
}

#[cfg(unix)]
#[test]
fn the_dialogue_on_a_terminal() {
    let folder = folder("setup-terminal");
    let mut program = common::program(&folder, &["setup", "."]);
    program.env("TERM", "xterm");
    let mut session = rexpect::session::spawn_command(program, Some(20_000)).expect("a terminal");
    let mut answer = |question: &str, line: &str| {
        session.exp_string(question).unwrap_or_else(|error| panic!("{question}: {error}"));
        session.send(line).and_then(|_| session.flush()).expect("sent");
    };
    answer("Kilometres or miles?", "\r");
    answer("Your name", "Anna\r");
    // What cannot be read is asked for again.
    answer("first day of rehab", "tomorrow\r");
    answer("write a day as", "\x15\x08\x08\x08\x08\x08\x08\x08\x082026-09-07\r");
    answer("What was hurt", "shin\r");
    answer("Which plan", "\x1b[B\r");
    answer("Weeks in which", "\r");
    answer("come from?", "\r");
    answer("Easy pace", "6:45\r");
    answer("Easy heart rate", "\r");
    answer("A race", "\r");
    answer("highest heart rate", "\r");
    answer("Year of birth", "\r");
    answer("beta-blockers", "n");
    session.exp_string("Written: ").expect("written");
    session.exp_eof().expect("it ends");
    let written = fs::read_to_string(folder.join("athlete.toml")).expect("a file");
    for line in ["name = \"Anna\"", "started = 2026-09-07", "easy_pace = \"6:45/km\"", "easy_pace_from = \"physio\""] {
        assert!(written.contains(line), "{line} in {written}");
    }
    assert!(written.contains("plan = \"kinetic-revolution\""), "{written}");
}

#[test]
fn a_file_of_another_name_is_noticed() {
    let folder = folder("setup-misnamed");
    fs::write(folder.join("athlete.toml.txt"), "[ceiling]\neasy_hr = 140\n").expect("written");
    let (_, text) = said(&folder, &["ceiling", "--easy-hr", "145"], "");
    assert!(text.contains("athlete.toml.txt is not read: its name must be athlete.toml"), "{text}");
    // The hint, followed.
    fs::rename(folder.join("athlete.toml.txt"), folder.join("athlete.toml")).expect("renamed");
    let (code, text) = said(&folder, &["ceiling"], "");
    assert!(code == Some(0) && text.starts_with("easy ceiling: 140 bpm"), "{text}");
}

#[test]
fn a_bare_pace_has_the_units_that_are_set() {
    let folder = folder("setup-bare-pace");
    let (code, text) = said(&folder, &["ceiling", "--easy-pace", "6:30"], "");
    assert!(code == Some(2) && text.contains("a pace needs its unit"), "{text}");
    // The hint, followed, and a runner's file in its place.
    let (_, text) = said(&folder, &["ceiling", "--easy-pace", "10:30", "--units", "mi"], "");
    assert!(text.starts_with("easy ceiling: 10:30/mi"), "{text}");
    fs::write(folder.join("athlete.toml"), "units = \"km\"\n").expect("written");
    let (_, text) = said(&folder, &["ceiling", "--easy-pace", "6:30"], "");
    assert!(text.starts_with("easy ceiling: 6:30/km"), "{text}");
}
