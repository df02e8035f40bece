//! Holds the README against the program: what it shows is what is printed. `UPDATE_EXPECT=1` writes it anew.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use rehabrun::audit::RULES;
use rehabrun::ingest::limits;
use rehabrun::synth::{DEMO_ATHLETE, demo};

#[test]
fn the_readme_shows_what_is_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = fs::read_to_string(&path).expect("the README");
    let shown = with_part(&with_part(&text, "demo", &demo_report()), "rules", &rules());
    let shown = with_part(&shown, "limits", &limits());
    if text != shown && env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &shown).expect("the README is writable");
    } else {
        assert!(text == shown, "the README is behind: UPDATE_EXPECT=1 cargo test --test readme");
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
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    let examples = folder.join("rehabrun-demo");
    fs::create_dir_all(&examples).expect("made");
    fs::write(examples.join("athlete.toml"), DEMO_ATHLETE).expect("written");
    let example = demo().into_iter().find(|example| example.stem == "turned-half-way").expect("an example");
    for (name, bytes) in example.files() {
        fs::write(examples.join(name), bytes).expect("written");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_rehabrun"))
        .current_dir(&folder)
        .args(["audit", "rehabrun-demo/turned-half-way.fit", "--color", "never"])
        .env("COLUMNS", "80")
        .output()
        .expect("the program starts");
    format!("```text\n{}```\n", String::from_utf8(output.stdout).expect("UTF-8"))
}

fn rules() -> String {
    let rows: String = RULES.iter().map(|rule| format!("| `{}` | {} |\n", rule.id, rule.title)).collect();
    format!("| rule | finds |\n| --- | --- |\n{rows}")
}

fn limits() -> String {
    let rows = [
        ("one activity, unpacked", format!("{} MiB", limits::ACTIVITY_BYTES >> 20)),
        (
            "all of one archive, unpacked",
            format!("{} GiB, one member in memory at a time", limits::ARCHIVE_BYTES >> 30),
        ),
        ("members of one archive, with those of archives inside it", limits::ARCHIVE_MEMBERS.to_string()),
        ("archives inside archives, gzip inside gzip", limits::NESTING.to_string()),
        ("characters shown of a member's name", limits::NAME_CHARS.to_string()),
    ];
    let rows: String = rows.iter().map(|(limit, value)| format!("| {limit} | {value} |\n")).collect();
    format!("| limit | value |\n| --- | --- |\n{rows}")
}
