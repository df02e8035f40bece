//! `rehabrun patient new` and `rehabrun plan check`: what a physio begins with.

use std::fs;
use std::path::Path;

use rehabrun::Runner;

use crate::common;

/// Exit code, standard output and standard error.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = common::program(folder, arguments).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_new_patient_has_a_row_at_once() {
    let dir = common::folder("patient-new");
    let given =
        ["patient", "new", "patients/anna", "--easy-pace", "6:30/km", "--tissue", "bone", "--started", "2026-09-07"];
    let (code, said, _) = run(&dir, &given);
    assert!(code == Some(0) && said.contains("`rehabrun clinic patients`"), "{said}");
    let text = fs::read_to_string(dir.join("patients/anna/athlete.toml")).expect("a runner's file");
    let runner = Runner::from_toml(&text).expect("a good file");
    assert_eq!((runner.name.as_deref(), runner.symptom_limits.acceptable()), (Some("anna"), Some(0.0)));
    let (_, rows, _) = run(&dir, &["clinic", "patients"]);
    assert!(rows.contains("? unclear  anna") && rows.contains("no run was found"), "{rows}");
    let (code, _, said) = run(&dir, &["patient", "new", "patients/anna", "--name", "B"]);
    assert!(code == Some(2) && said.contains("is left as it is"), "{said}");
    assert_eq!(fs::read_to_string(dir.join("patients/anna/athlete.toml")).expect("the same"), text);
    let (code, _, said) = run(&dir, &["patient", "new", "b", "--plan", "nobody"]);
    assert!(code == Some(2) && said.contains("there is no programme nobody") && !dir.join("b").exists(), "{said}");
}

#[test]
fn what_the_file_proposes_is_a_plan() {
    let dir = common::folder("plan-check");
    run(&dir, &["patient", "new", "a", "--easy-pace", "6:30/km"]);
    let file = dir.join("a/athlete.toml");
    let text = fs::read_to_string(&file).expect("a runner's file");
    let (before, plan) = text.split_once("# [plan]").expect("a proposal");
    let uncommented: String =
        plan.lines().map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(line))).collect();
    fs::write(&file, format!("{before}[plan]{uncommented}")).expect("written");
    let (code, shown, said) = run(&dir, &["plan", "check", "a/athlete.toml"]);
    assert!(code == Some(0) && said.is_empty(), "{said}");
    assert!(shown.contains("week-1b  8x(run 1:00, walk 1:30)") && shown.contains("at least 2 times"), "{shown}");
    let plan = "[ceiling]\neasy_pace = \"6:30/km\"\n[[plan.week]]\nsession = \"run 5:00 @ 5:30/km\"\n";
    fs::write(&file, plan).expect("written");
    let (code, _, said) = run(&dir, &["plan", "check", "a/athlete.toml"]);
    assert_eq!((code, said.as_str()), (Some(0), "caution: week-1: 5:30/km is faster than the easy pace, 6:30/km\n"));
    fs::write(&file, "[[plan.week]]\nsession = \"rum 5:00\"\n").expect("written");
    let (code, _, said) = run(&dir, &["plan", "check", "a/athlete.toml"]);
    assert!(code == Some(2) && said.contains("week 1: at `rum`"), "{said}");
    fs::write(&file, "name = \"A\"\n").expect("written");
    assert!(run(&dir, &["plan", "check", "a/athlete.toml"]).2.contains("it holds no plan"));
    assert_eq!(run(&dir, &["plan", "kinetic-revolution", "a/athlete.toml"]).0, Some(2));
}
