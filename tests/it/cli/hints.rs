//! What is said to whoever takes the wrong door, and that following it leads somewhere.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common;
use rehabrun::synth::demo;

/// A folder with two runs in it.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("runs")).expect("made");
    let runs = demo();
    let files = runs
        .iter()
        .flat_map(rehabrun::synth::Demo::files)
        .filter(|(name, _)| Path::new(name).extension().is_some_and(|extension| extension == "fit"));
    for (at, (_, bytes)) in files.take(2).enumerate() {
        fs::write(folder.join(format!("runs/run-{at}.fit")), bytes).expect("written");
    }
    folder
}

fn said(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = common::program(folder, arguments).output().expect("the program starts");
    let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    (output.status.code(), text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The commands that a text names between backquotes, as arguments.
fn commands(text: &str) -> Vec<Vec<String>> {
    let quoted = text.split('`').skip(1).step_by(2);
    let commands = quoted.filter_map(|quoted| quoted.strip_prefix("rehabrun "));
    commands.map(|command| command.split(' ').map(str::to_owned).collect()).collect()
}

#[test]
fn a_run_alone_is_audited() {
    let folder = folder("hints-alone");
    let (_, alone) = said(&folder, &["runs/run-0.fit", "--easy-pace", "6:30/km"]);
    let (_, audited) = said(&folder, &["audit", "runs/run-0.fit", "--easy-pace", "6:30/km"]);
    assert!(alone == audited && alone.contains("easy ceiling 6:30/km"), "{alone}");
    let (code, text) = said(&folder, &["missing.fit"]);
    assert!(code == Some(2) && text.contains("missing.fit: "), "{text}");
}

#[test]
fn records_of_a_folder_say_what_to_do() {
    let folder = folder("hints-records");
    let (code, text) = said(&folder, &["records", "runs"]);
    assert!(code == Some(2) && text.contains("it is a folder"), "{text}");
    let commands = commands(&text);
    assert_eq!(commands.len(), 2, "{text}");
    for command in commands {
        let arguments: Vec<&str> = command.iter().map(String::as_str).collect();
        let (code, text) = said(&folder, &arguments);
        assert!(code != Some(2), "{arguments:?}: {text}");
    }
}

#[test]
fn watching_a_file_says_what_to_do() {
    let folder = folder("hints-watch");
    let (code, text) = said(&folder, &["watch", "runs/run-0.fit"]);
    assert!(code == Some(2) && text.contains("it is a file"), "{text}");
    let commands = commands(&text);
    assert_eq!(commands[0], ["audit", "runs/run-0.fit"]);
    let (code, _) = said(&folder, &["audit", "runs/run-0.fit"]);
    assert!(code != Some(2));
    assert_eq!(commands[1], ["watch", "runs"]);
    // The other one watches until it is stopped; that it begins is seen in the tests of `watch`.
    assert!(folder.join("runs").is_dir());
}

#[test]
fn a_programme_by_another_name_is_told_its_own() {
    let folder = folder("hints-plan");
    for (given, meant) in [
        ("kinetic", "kinetic-revolution"),
        ("c25k", "nhs-couch-to-5k"),
        ("c25k/week-1", "nhs-couch-to-5k/week-1"),
        ("Couch to 5k", "nhs-couch-to-5k"),
        ("kinetic-revolutoin/week-2", "kinetic-revolution/week-2"),
    ] {
        let (code, text) = said(&folder, &["plan", given]);
        assert!(code == Some(2) && text.contains(&format!("did you mean {meant}?")), "{given}: {text}");
        let (code, text) = said(&folder, &["plan", meant]);
        assert_eq!(code, Some(0), "{text}");
        let (code, text) = said(&folder, &["audit", "runs", "--plan", given]);
        assert!(code == Some(2) && text.contains(&format!("did you mean {meant}?")), "{given}: {text}");
        let (code, text) = said(&folder, &["audit", "runs", "--plan", meant]);
        assert!(code != Some(2), "{meant}: {text}");
    }
}

#[test]
fn a_hint_on_the_runners_file_is_printed() {
    let folder = folder("hints-file");
    for (text, hint, repaired) in [
        (
            "[rehab]\nstarted = \"2026-09-07\"\n",
            "hint: write line 2 as: started = 2026-09-07",
            "[rehab]\nstarted = 2026-09-07\n",
        ),
        (
            "easy_pace = 6:30/km\n",
            "hint: move line 1 to the end of the file, below a line [ceiling], as: easy_pace = \"6:30/km\"",
            "[ceiling]\neasy_pace = \"6:30/km\"\n",
        ),
    ] {
        fs::write(folder.join("athlete.toml"), text).expect("written");
        let (code, said_of_it) = said(&folder, &["ceiling", "--easy-hr", "140"]);
        assert!(code == Some(2) && said_of_it.contains(hint), "{said_of_it}");
        fs::write(folder.join("athlete.toml"), repaired).expect("written");
        let (code, text) = said(&folder, &["ceiling", "--easy-hr", "140"]);
        assert_eq!(code, Some(0), "{text}");
    }
}
