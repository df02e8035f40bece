//! What is written and where: a whole file in place of the old one or nothing, nothing beside it, and a reason where it
//! cannot be; and what is no file is never waited for.

#![cfg(target_os = "linux")]

use crate::common;
use std::fs;
use std::io::Read as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use expect_test::{Expect, expect};
use rehabrun::synth::demo;

/// A folder of a test's own with one run in it.
fn folder(test: &str) -> PathBuf {
    let dir = common::folder(&format!("outputs/{test}"));
    let (_, bytes) = demo()[0].files().into_iter().find(|(name, _)| name.contains(".fit")).expect("a FIT file");
    fs::write(dir.join("run.fit"), bytes).expect("written");
    dir
}

/// The program with this folder as its home, so that whatever it keeps is seen.
fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = common::program(dir, args);
    command.stdin(Stdio::null()).env("HOME", dir).env("XDG_CACHE_HOME", dir.join("cache"));
    command.env_remove("REHABRUN_CACHE_DIR");
    command
}

/// The exit code and the errors.
fn seen(dir: &Path, args: &[&str]) -> String {
    let output = command(dir, args).output().expect("the program starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    let errors = errors.lines().filter(|line| !line.is_empty());
    let errors: String = errors.map(|line| format!("  {line}\n")).collect();
    format!("{}: exit {:?}\n{errors}", args.join(" "), output.status.code().expect("not killed"))
}

fn check(dir: &Path, runs: &[&[&str]], expected: &Expect) {
    expected.assert_eq(&runs.iter().map(|args| seen(dir, args)).collect::<String>());
}

/// The names in a folder.
fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn every_command_writes_the_named_file_and_nothing_beside_it() {
    let dir = folder("beside");
    for args in [
        &["audit", "run.fit", "--format", "html", "-o", "out"][..],
        &["audit", "run.fit", "--format", "parquet", "-o", "out"],
        &["progress", "run.fit", "--format", "json", "-o", "out"],
        &["records", "run.fit", "-o", "out"],
        &["plot", "run.fit", "-o", "out.svg"],
    ] {
        let before = names(&dir);
        let told = seen(&dir, args);
        let new: Vec<_> = names(&dir).into_iter().filter(|name| !before.contains(name)).collect();
        assert_eq!(new, [args[args.len() - 1]], "{told}");
        fs::remove_file(dir.join(&new[0])).expect("removed");
    }
    seen(&dir, &["audit", "run.fit"]);
    assert_eq!(names(&dir), ["run.fit"], "without -o nothing is written");
}

#[test]
fn an_output_that_cannot_be_written_has_its_reason() {
    let dir = folder("reasons");
    fs::create_dir(dir.join("folder")).expect("made");
    symlink("nowhere/out.json", dir.join("dangling")).expect("linked");
    let audit = |to| ["audit", "run.fit", "--format", "json", "--exit-zero", "-o", to];
    let runs = ["folder", "missing/out.json", "dangling", "/dev/full", "/proc/out.json", "run.fit/out.json", "", ".."]
        .map(audit);
    let runs: Vec<&[&str]> = runs.iter().map(|args| &args[..]).collect();
    check(
        &dir,
        &runs,
        &expect![[r#"
            audit run.fit --format json --exit-zero -o folder: exit 2
              error: cannot write folder
              cause: it is a folder
              hint: give a file name
            audit run.fit --format json --exit-zero -o missing/out.json: exit 2
              error: cannot write missing/out.json
              cause: there is no such file or folder
            audit run.fit --format json --exit-zero -o dangling: exit 2
              error: cannot write nowhere/out.json
              cause: there is no such file or folder
            audit run.fit --format json --exit-zero -o /dev/full: exit 2
              error: cannot write the output
              cause: No space left on device (os error 28)
            audit run.fit --format json --exit-zero -o /proc/out.json: exit 2
              error: cannot write /proc/out.json
              cause: there is no such file or folder
            audit run.fit --format json --exit-zero -o run.fit/out.json: exit 2
              error: cannot write run.fit/out.json
              cause: Not a directory (os error 20)
            audit run.fit --format json --exit-zero -o : exit 2
              error: a value is required for '--output <FILE>' but none was supplied
              For more information, try '--help'.
            audit run.fit --format json --exit-zero -o ..: exit 2
              error: cannot write ..
              cause: it is a folder
              hint: give a file name
        "#]],
    );
    assert_eq!(names(&dir), ["dangling", "folder", "run.fit"]);
}

#[test]
fn a_link_stays_a_link_and_its_target_is_replaced_whole() {
    let dir = folder("link");
    fs::create_dir(dir.join("there")).expect("made");
    fs::write(dir.join("there/old.json"), "old").expect("written");
    symlink("there/old.json", dir.join("link.json")).expect("linked");
    seen(&dir, &["audit", "run.fit", "--format", "json", "-o", "link.json"]);
    assert!(fs::symlink_metadata(dir.join("link.json")).expect("there").is_symlink());
    assert!(fs::read_to_string(dir.join("there/old.json")).expect("text").starts_with('{'));
    assert_eq!(names(&dir.join("there")), ["old.json"]);
}

#[test]
fn a_report_that_is_closed_to_others_stays_so() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder("closed");
    let report = dir.join("report.json");
    fs::write(&report, "old")
        .and_then(|()| fs::set_permissions(&report, fs::Permissions::from_mode(0o600)))
        .expect("made");
    seen(&dir, &["audit", "run.fit", "--format", "json", "-o", "report.json"]);
    let mode = fs::metadata(&report).expect("a report").permissions().mode();
    assert_eq!((mode & 0o777, fs::read(&report).expect("a report")[0]), (0o600, b'{'));
}

#[test]
fn a_program_that_is_killed_leaves_the_old_file() {
    let dir = folder("killed");
    fs::write(dir.join("out.json"), "old").expect("written");
    // Standard input that never ends keeps the program waiting for its second input.
    let args = ["audit", "run.fit", "-", "--format", "jsonl", "-o", "out.json"];
    let mut child = command(&dir, &args).stdin(Stdio::piped()).spawn().expect("the program starts");
    while names(&dir).len() < 3 {
        assert!(child.try_wait().expect("a child of ours").is_none(), "it waits");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    child.kill().expect("killed");
    child.wait().expect("ended");
    assert_eq!(fs::read_to_string(dir.join("out.json")).expect("text"), "old");
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let dir = folder("reader");
    let mut child =
        command(&dir, &["records", "run.fit"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    drop(child.stdout.take());
    let mut errors = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut errors).expect("text");
    assert_eq!((child.wait().expect("ended").code(), errors.as_str()), (Some(0), ""));
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let dir = folder("special");
    assert!(Command::new("mkfifo").arg(dir.join("pipe")).status().expect("mkfifo").success());
    fs::create_dir(dir.join("folder")).expect("made");
    fs::write(dir.join("large.toml"), "#".repeat(2 << 20)).expect("written");
    fs::write(dir.join("latin.toml"), b"name = \"\xe9\"").expect("written");
    check(
        &dir,
        &[
            &["audit", "run.fit", "--athlete", "pipe"],
            &["audit", "run.fit", "--athlete", "/dev/zero"],
            &["audit", "run.fit", "--athlete", "folder"],
            &["audit", "run.fit", "--athlete", "large.toml"],
            &["audit", "run.fit", "--athlete", "latin.toml"],
            &["audit", "--files-from", "/dev/zero"],
            &["audit", "--files-from", "folder"],
            &["records", "pipe"],
            &["plot", "/dev/zero", "-o", "out.svg"],
        ],
        &expect![[r#"
            audit run.fit --athlete pipe: exit 2
              error: cannot read pipe
              cause: it is no regular file
            audit run.fit --athlete /dev/zero: exit 2
              error: cannot read /dev/zero
              cause: it is no regular file
            audit run.fit --athlete folder: exit 2
              error: cannot read folder
              cause: it is no regular file
            audit run.fit --athlete large.toml: exit 2
              error: large.toml cannot be used
              cause: it holds more than 1 MiB, which no runner's file fills
            audit run.fit --athlete latin.toml: exit 2
              error: cannot read latin.toml
              cause: stream did not contain valid UTF-8
            audit --files-from /dev/zero: exit 2
              error: cannot use /dev/zero
              cause: it holds more than 64 MiB
              hint: give a list of paths, one a line
            audit --files-from folder: exit 2
              error: cannot read folder
              cause: Is a directory (os error 21)
            records pipe: exit 2
              error: cannot be opened
              cause: it is no regular file; pipe it to `rehabrun audit -`
            plot /dev/zero -o out.svg: exit 2
              error: /dev/zero: cannot be opened
              cause: it is no regular file; pipe it to `rehabrun audit -`
        "#]],
    );
}
