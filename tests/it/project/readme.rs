//! Holds the README against the program: what it shows is what is printed. `UPDATE_EXPECT=1` writes it anew.

use crate::common;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use rehabrun::audit::RULES;
use rehabrun::ingest::limits;
use rehabrun::plan::MAX_STEPS;
use rehabrun::render::html::MOST_CHARTS;
use rehabrun::synth::{DEMO_ATHLETE, demo};
use rehabrun::timeline::LONGEST_S;
use rehabrun::{evidence, safety};

#[test]
fn the_readme_shows_what_is_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = fs::read_to_string(&path).expect("the README");
    let shown = with_part(&with_part(&text, "demo", &demo_report()), "rules", &rules());
    let shown = with_part(&shown, "limits", &limits());
    let lines: String = safety::LINES.iter().map(|line| format!("- {line}\n")).collect();
    let shown = with_part(&with_part(&shown, "safety", &lines), "evidence", &evidence::readme());
    if text != shown && env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &shown).expect("the README is writable");
    } else {
        assert!(text == shown, "the README is behind: UPDATE_EXPECT=1 cargo test --test it project::readme");
    }
}

#[test]
fn the_chart_of_the_readme_is_what_is_drawn() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/chart.svg");
    let runs = examples("chart");
    let drawn = runs.join("chart.svg");
    let arguments =
        ["plot", "rehabrun-demo/turned-half-way.fit", "--width", "900", "--height", "480", "-o", "chart.svg"];
    common::program(&runs, &arguments).status().expect("starts");
    let drawn = fs::read_to_string(drawn).expect("a chart");
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&kept, drawn).expect("the picture is writable");
    } else {
        assert!(
            fs::read_to_string(kept).expect("the picture") == drawn,
            "behind: UPDATE_EXPECT=1 cargo test --test it project::readme"
        );
    }
}

/// The text with the part between two marks replaced.
fn with_part(text: &str, mark: &str, part: &str) -> String {
    let (before, rest) = text.split_once(&format!("<!-- {mark} -->\n")).expect("the mark is there");
    let (_, after) = rest.split_once(&format!("<!-- /{mark} -->")).expect("its end is there");
    format!("{before}<!-- {mark} -->\n{part}<!-- /{mark} -->{after}")
}

/// What the program prints of the example in which an easy run turned.
fn demo_report() -> String {
    let arguments = ["audit", "rehabrun-demo/turned-half-way.fit", "--color", "never"];
    let mut program = common::program(&examples("readme"), &arguments);
    let output = program.env("COLUMNS", "80").output().expect("the program starts");
    format!("```text\n{}```\n", String::from_utf8(output.stdout).expect("UTF-8"))
}

/// A folder with the example in which an easy run turned, in a folder of its own.
fn examples(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let examples = folder.join("rehabrun-demo");
    fs::create_dir_all(&examples).expect("made");
    fs::write(examples.join("athlete.toml"), DEMO_ATHLETE).expect("written");
    let example = demo().into_iter().find(|example| example.stem == "turned-half-way").expect("an example");
    for (name, bytes) in example.files() {
        fs::write(examples.join(name), bytes).expect("written");
    }
    folder
}

fn rules() -> String {
    let rows: String = RULES.iter().map(|rule| format!("| `{}` | {} |\n", rule.id, rule.title)).collect();
    format!("| rule | finds |\n| --- | --- |\n{rows}")
}

fn limits() -> String {
    let rows = [
        ("one activity, unpacked", format!("{} MiB", limits::ACTIVITY_BYTES >> 20)),
        ("one activity, in gzip", format!("{} MiB", limits::GZIP_BYTES >> 20)),
        ("gzip streams joined to one file", limits::GZIP_MEMBERS.to_string()),
        ("XML in another encoding than UTF-8", format!("{} MiB, the rest is left out", limits::ENCODED_BYTES >> 20)),
        ("records of one file", format!("{}, the rest is left out", limits::RECORDS)),
        ("sessions of one file", format!("{}, the rest is left out", limits::SESSIONS)),
        ("`export.xml` of Apple Health", format!("{} GiB, the rest is left out", limits::EXPORT_BYTES >> 30)),
        ("measurements kept of it", format!("{}, the rest is left out", limits::EXPORT_SAMPLES)),
        ("workouts on foot of it", format!("{}, the rest is left out", limits::EXPORT_WORKOUTS)),
        ("JSON of one file", format!("{} MiB, the rest is left out", limits::JSON_BYTES >> 20)),
        ("laps of one TCX file", format!("{}, the rest is left out", limits::LAPS)),
        (
            "laps, splits, timer events and workout steps of one FIT file",
            format!("{} of each, the rest is left out", limits::FIT_PARTS),
        ),
        ("time of one session", format!("{} days around its middle", LONGEST_S / 86_400.0)),
        ("sessions of one file with a chart", limits::CHARTS.to_string()),
        ("charts of one page", format!("{MOST_CHARTS}, of the worst runs")),
        (
            "time of all sessions of one file",
            format!("{} days, later ones are not judged", limits::LAID_OUT_S / 86_400.0),
        ),
        (
            "all of one archive, unpacked",
            format!(
                "{} GiB, of a small one {} GiB or {} times its size; one member in memory at a time",
                limits::ARCHIVE_BYTES >> 30,
                limits::SMALL_ARCHIVE_BYTES >> 30,
                limits::ARCHIVE_PACKING
            ),
        ),
        ("members of one archive, with those of archives inside it", limits::ARCHIVE_MEMBERS.to_string()),
        ("list of the members of one archive", format!("{} MiB", limits::DIRECTORY_BYTES >> 20)),
        (
            "an archive inside an archive or from a pipe, together with one member",
            format!("{} MiB", limits::HELD_BYTES >> 20),
        ),
        ("archives inside archives, gzip inside gzip", limits::NESTING.to_string()),
        ("a name in a file or of an archive's member", format!("{} characters", limits::NAME_CHARS)),
        ("list of activities in an export", format!("{} MiB, the rest is left out", limits::LISTING_BYTES >> 20)),
        ("steps of a plan, repeats written out", MAX_STEPS.to_string()),
        ("the runner's file", format!("{} MiB", limits::RUNNERS_FILE_BYTES >> 20)),
        ("a list of paths", format!("{} MiB", limits::LIST_BYTES >> 20)),
    ];
    let rows: String = rows.iter().map(|(limit, value)| format!("| {limit} | {value} |\n")).collect();
    format!("| limit | value |\n| --- | --- |\n{rows}")
}

/// What the README shows of the runner's file and of plans can be copied.
#[test]
fn the_examples_of_the_readme_can_be_read() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README");
    let blocks: Vec<&str> = text.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() >= 2, "{}", blocks.len());
    for block in blocks {
        if let Err(fault) = rehabrun::Runner::from_toml(block) {
            panic!("{fault}\n{block}");
        }
    }
    let plans = text.split("### Plans").nth(1).and_then(|rest| rest.split("```").next()).expect("a part on plans");
    let notations: Vec<&str> =
        plans.split('`').skip(1).step_by(2).filter(|quoted| quoted.contains("run ") && quoted.contains(':')).collect();
    assert!(notations.len() >= 3, "{notations:?}");
    for notation in notations {
        assert!(rehabrun::plan::Prescription::parse(notation).is_ok(), "{notation}");
    }
}
