//! `rehabrun log`: how it felt goes to the end of the runner's file, and nothing else in it changes.

use std::fs;
use std::path::Path;
use std::process::Output;

use proptest::prelude::*;
use rehabrun::Runner;

use crate::common;

const FILE: &str = "# Anna, left Achilles\r\nname   =   \"Anna\"\t# odd spacing\r\n\r\n\r\n[ceiling]\r\n  easy_pace=\"6:30/km\"\r\n[[symptom]]\r\ndate = 2026-11-01\r\nduring = 1\r\n[symptoms]\r\ntissue = \"tendon\" # no end of line";

fn log(folder: &Path, arguments: &[&str]) -> Output {
    let arguments: Vec<&str> = ["log"].iter().chain(arguments).copied().collect();
    common::program(folder, &arguments).output().expect("the program starts")
}

fn read(folder: &Path) -> String {
    fs::read_to_string(folder.join("athlete.toml")).expect("the runner's file")
}

#[test]
fn everything_else_stays_byte_for_byte() {
    let folder = common::folder("log-bytes");
    fs::write(folder.join("athlete.toml"), FILE).expect("written");
    let said =
        ["--date", "2026-11-03", "--during", "2", "--after", "3.5", "--site", "achilles", "--note", "a \"tight\" calf"];
    let output = log(&folder, &said);
    assert!(output.status.success(), "{output:?}");
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(stdout.starts_with("logged for 2026-11-03 in "), "{stdout}");
    let text = read(&folder);
    let added = "\r\n\r\n[[symptom]]\r\ndate = 2026-11-03\r\nduring = 2\r\nafter = 3.5\r\nsite = \"achilles\"\r\nnote = \"a \\\"tight\\\" calf\"\r\n";
    assert_eq!(text, format!("{FILE}{added}"));
    let symptoms = Runner::from_toml(&text).expect("a good file").symptoms;
    assert_eq!(symptoms.iter().map(|symptom| symptom.during).collect::<Vec<_>>(), [Some(1.0), Some(2.0)]);
    let left: Vec<_> = fs::read_dir(&folder).expect("the folder").filter_map(Result::ok).collect();
    assert_eq!(left.len(), 1, "nothing lies beside it: {left:?}");
}

#[test]
fn what_cannot_be_added_to_stays() {
    let folder = common::folder("log-refused");
    let refused = |text: &str, said: &[&str]| {
        fs::write(folder.join("athlete.toml"), text).expect("written");
        let output = log(&folder, said);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert_eq!(read(&folder), text);
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    let inline = refused("symptom = [{ date = 2026-11-01, during = 1 }]\n", &["--during", "1"]);
    assert!(inline.contains("was left as it was"), "{inline}");
    assert!(refused("nam = 1\n", &["--during", "1"]).contains("line 1: unknown field `nam`"));
    assert!(refused("name = \"A\"\n", &["--site", "knee"]).contains("nothing to log"));
    assert!(refused("name = \"A\"\n", &["--during", "11"]).contains("pain is 0 to 10"));
    fs::remove_file(folder.join("athlete.toml")).expect("removed");
    let output = log(&folder, &["--athlete", "athlete.toml", "--during", "1"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}

#[test]
fn many_at_once_lose_nothing() {
    const N: usize = 12;
    let folder = common::folder("log-at-once");
    fs::write(folder.join("athlete.toml"), "name = \"Anna\"\n").expect("written");
    let all: Vec<_> = (0..N)
        .map(|n| {
            let note = format!("number {n}");
            let mut program = common::program(&folder, &["log", "--note", &note]);
            program.stdout(std::process::Stdio::null()).spawn().expect("the program starts")
        })
        .collect();
    for mut one in all {
        assert!(one.wait().expect("it ends").success());
    }
    let symptoms = Runner::from_toml(&read(&folder)).expect("a good file").symptoms;
    let mut notes: Vec<_> = symptoms.into_iter().filter_map(|symptom| symptom.note).collect();
    notes.sort();
    notes.dedup();
    assert_eq!(notes.len(), N);
}

/// A program that was killed leaves its lock and a part of the new file: neither is in the way of the next, and the file
/// itself is the old one until the new one is whole.
#[test]
#[cfg(unix)]
fn a_crash_leaves_the_old_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = common::folder("log-crash");
    fs::write(folder.join("athlete.toml"), "name = \"Anna\"\n").expect("written");
    fs::set_permissions(folder.join("athlete.toml"), fs::Permissions::from_mode(0o600)).expect("set");
    fs::write(folder.join(".athlete.toml.lock"), "").expect("written");
    fs::write(folder.join(".athlete.toml.1.0.part"), "name = \"An").expect("written");
    let old = fs::File::open(folder.join("athlete.toml")).expect("the old file");
    assert!(log(&folder, &["--during", "1"]).status.success());
    let old = std::io::read_to_string(old).expect("the old file");
    assert_eq!(old, "name = \"Anna\"\n", "it was replaced, not written into");
    let mode = fs::metadata(folder.join("athlete.toml")).expect("the new one").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "closed to others as before");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    /// Whatever is said is read back as it was said.
    #[test]
    fn what_is_logged_is_read(during in 0..=10_u8, site in "[a-zA-Z\"\\\\ ]{0,20}x", note in "\\PC{0,40}x") {
        let folder = common::folder("log-read");
        fs::write(folder.join("athlete.toml"), "\n").expect("written");
        let during = during.to_string();
        let output = log(&folder, &["--during", &during, &format!("--site={site}"), &format!("--note={note}")]);
        prop_assert!(output.status.success(), "{:?}", output);
        let symptom = Runner::from_toml(&read(&folder)).expect("a good file").symptoms.remove(0);
        prop_assert_eq!(symptom.during.map(|pain| pain.to_string()), Some(during));
        prop_assert_eq!(symptom.site.as_deref(), Some(site.trim()));
        prop_assert_eq!(symptom.note.map(|note| note.chars().count()), Some(note.trim().chars().count()));
    }
}
