//! Names in a file, of a file and of a runner that hold markup, formulas, escape sequences and worse: no output lets any
//! of it act, on a terminal, in a page, in a spreadsheet or in a script.

#![cfg(unix)]

use crate::common;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;

/// What might act somewhere, each as a name.
const NAMES: &[&str] = &[
    "<script>alert(1)</script>",
    "</title></style></script><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "]]>&lt;b&gt;<!--",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1-1",
    "@SUM(A1)",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]8;;http://example.org\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{9b}31m\u{9d}0;title\u{9c}",
    "\u{202e}fdp.exe\u{202c}\u{2066}\u{200f}\u{61c}",
    "two\nlines\r\nand,a\tcomma;\"quoted\"",
    "\u{2028}\u{2029}\u{85}\u{b}\u{c}\u{8}\u{7f}\u{0}",
    "| a | b |\n| --- |\n# head\n[x](javascript:alert(1)) `code` *bold* <b>",
    "${jndi:ldap://x} %n%s {{7*7}} $(touch pwned) `touch pwned`",
];

/// An empty folder of a test's own.
fn folder(test: &str) -> PathBuf {
    common::folder(&format!("injection/{test}"))
}

fn rehabrun(dir: &Path, args: &[&str]) -> Output {
    common::program(dir, args).output().expect("the program starts")
}

/// A short run that is named so in every place that a file has for a name.
fn gpx(name: &str) -> Vec<u8> {
    let name: String =
        name.chars().map(|c| if c == '\0' { c.to_string() } else { format!("&#{};", u32::from(c)) }).collect();
    let points: String = (0..90)
        .map(|s| {
            let at = 47.0 + f64::from(s) * 3.0 / 111_200.0;
            format!("<trkpt lat=\"{at}\" lon=\"8\"><time>2026-06-01T06:{:02}:{:02}Z</time></trkpt>", s / 60, s % 60)
        })
        .collect();
    format!("<gpx creator=\"{name}\"><trk><name>{name}</name><type>{name} running</type><trkseg>{points}<trkpt lat=\"{name}\" lon=\"8\"><time>{name}</time></trkpt></trkseg></trk></gpx>").into_bytes()
}

/// True for what a terminal or a reader may act on; the end of a line is ours.
fn steers(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || c.is_control() && c != '\n' || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The text of an output, in which nothing steers.
fn text_of(what: &str, bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| panic!("{what} is not UTF-8"));
    let odd = text.chars().find(|&c| steers(c));
    assert_eq!(odd, None, "{what}: {text}");
    text
}

/// A runner's file with this name and these reasons.
fn athlete(name: &str) -> String {
    let named = name.replace('\\', "\\\\").replace('"', "\\\"");
    let escaped = |c: char| if c.is_control() { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    let named: String = named.chars().map(escaped).collect();
    format!(
        "name = \"{named}\"\n[ceiling]\neasy_pace = \"6:07/km\"\n[[allow]]\nrule = \"surges\"\nreason = \"{named}\"\n\
         [[allow]]\nrule = \"above-easy\"\nreason = \"{named}\"\n"
    )
}

/// A folder of files named so inside and outside, and of a runner named so.
fn hostile(test: &str) -> PathBuf {
    let dir = folder(test);
    for (i, name) in NAMES.iter().enumerate() {
        fs::write(dir.join(format!("{i}.gpx")), gpx(name)).expect("written");
        let outside: String = name.chars().map(|c| if matches!(c, '/' | '\0') { '_' } else { c }).collect();
        fs::write(dir.join(format!("{outside}.gpx")), gpx("outside")).expect("written");
        fs::write(dir.join(format!("{outside}.fit")), "nothing").expect("written");
    }
    let not_utf8 = std::ffi::OsStr::from_bytes(b"\xff\xfe\x1b[31m.gpx");
    fs::write(dir.join(not_utf8), gpx("outside")).expect("written");
    fs::write(dir.join("athlete.toml"), athlete(&NAMES.concat())).expect("written");
    dir
}

#[test]
fn nothing_steers_in_any_output() {
    let dir = hostile("outputs");
    for format in ["text", "json", "jsonl", "csv", "markdown", "html"] {
        let output = rehabrun(&dir, &["audit", ".", "--format", format, "--with-route"]);
        let text = text_of(format, &output.stdout);
        text_of("errors", &output.stderr);
        assert!(text.contains("outside") || format == "text", "{format}: {text}");
    }
    for format in ["text", "json", "csv", "html"] {
        let output = rehabrun(&dir, &["progress", ".", "--format", format]);
        text_of(format, &output.stdout);
        text_of("errors", &output.stderr);
    }
    for i in 0..NAMES.len() {
        let file = format!("{i}.gpx");
        for args in [&["audit", &file][..], &["records", &file], &["records", &file, "--clean", "--format", "jsonl"]] {
            let output = rehabrun(&dir, args);
            text_of(&format!("{args:?}"), &output.stdout);
            text_of(&format!("{args:?}"), &output.stderr);
        }
    }
}

/// A clinic of patients whose folders, names and exports are named so.
fn clinic(test: &str) -> PathBuf {
    let dir = folder(test);
    for name in NAMES {
        let outside: String = name.chars().map(|c| if matches!(c, '/' | '\0') { '_' } else { c }).collect();
        let patient = dir.join(outside);
        fs::create_dir(&patient).expect("made");
        fs::write(patient.join("a.gpx"), gpx(name)).expect("written");
        fs::write(patient.join("athlete.toml"), athlete(name)).expect("written");
    }
    dir
}

#[test]
fn nothing_steers_in_a_clinic() {
    let dir = clinic("clinic");
    for format in ["text", "json", "csv"] {
        let output = rehabrun(&dir, &["clinic", ".", "--format", format]);
        text_of(format, &output.stdout);
        text_of("errors", &output.stderr);
        assert!(!output.stdout.is_empty(), "{format}");
    }
    let pages = folder("clinic-pages").join("pages");
    let output = rehabrun(&dir, &["clinic", ".", "--format", "html", "-o", pages.to_str().expect("UTF-8")]);
    text_of("errors", &output.stderr);
    let (mut ahead, mut n) = (vec![pages], 0);
    while let Some(folder) = ahead.pop() {
        for entry in fs::read_dir(folder).expect("a folder of pages") {
            let path = entry.expect("an entry").path();
            text_of("a page's name", path.file_name().expect("a name").as_bytes());
            if path.is_dir() {
                ahead.push(path);
                continue;
            }
            let page = text_of("a page", &fs::read(&path).expect("a page"));
            assert!(!page.contains("<img") && !page.contains("onmouseover=\"alert"), "{page}");
            n += 1;
        }
    }
    assert!(n > NAMES.len(), "a page for each patient");
}

#[test]
fn no_markup_acts_in_a_page() {
    let dir = hostile("page");
    let clean = folder("page-clean");
    for i in 0..NAMES.len() {
        fs::write(clean.join(format!("{i}.gpx")), gpx("a")).expect("written");
        fs::write(clean.join(format!("outside-{i}.gpx")), gpx("a")).expect("written");
        fs::write(clean.join(format!("nothing-{i}.fit")), "nothing").expect("written");
    }
    fs::write(clean.join("not-utf8.gpx"), gpx("a")).expect("written");
    let page = |dir: &Path| {
        let output = rehabrun(dir, &["audit", ".", "--format", "html", "--with-route", "--easy-pace", "6:07/km"]);
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let (hostile, clean) = (page(&dir), page(&clean));
    let tags = |page: &str| -> Vec<String> {
        let names = page.split('<').skip(1).map(|tag| tag.split(|c: char| !c.is_alphanumeric() && !"/!-".contains(c)));
        let mut names: Vec<String> = names.filter_map(|mut tag| tag.next().map(str::to_owned)).collect();
        names.sort();
        names.dedup();
        names
    };
    assert_eq!(tags(&hostile), tags(&clean), "the hostile page has no other tags");
    for tag in ["<script", "<title", "<style"] {
        assert_eq!(hostile.matches(tag).count(), clean.matches(tag).count(), "{tag}");
    }
    // An attribute that was broken out of would stand inside a tag.
    for tag in hostile.split('<').skip(1) {
        let inside = tag.split('>').next().unwrap_or_default();
        let outside_quotes: String = inside.split('"').step_by(2).collect();
        assert!(!outside_quotes.contains("alert") && !outside_quotes.contains("onmouseover"), "{inside}");
    }
}

#[test]
fn a_spreadsheet_sees_no_formula() {
    let dir = hostile("csv");
    for args in [&["audit", ".", "--format", "csv"][..], &["progress", ".", "--format", "csv"]] {
        let output = rehabrun(&dir, args);
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(&output.stdout[..]);
        let n_columns = reader.headers().expect("a header").len();
        for row in reader.records() {
            let row = row.expect("every row has all columns");
            assert_eq!(row.len(), n_columns);
            for cell in &row {
                let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
                assert!(!formula, "{cell}");
            }
        }
    }
}

#[test]
fn json_is_whole_and_keeps_names() {
    let dir = hostile("json");
    let output = rehabrun(&dir, &["audit", ".", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let files = report["files"].as_array().expect("files");
    for name in NAMES.iter().filter(|name| !name.contains(['/', '\0'])) {
        let path = format!("{name}.gpx");
        assert!(files.iter().any(|file| file["path"].as_str().is_some_and(|at| at.ends_with(&path))), "{path:?}");
    }
    let lines = rehabrun(&dir, &["audit", ".", "--format", "jsonl"]);
    let lines = String::from_utf8(lines.stdout).expect("UTF-8");
    assert_eq!(lines.lines().count(), files.len());
    assert!(lines.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
}

#[test]
fn markdown_has_the_lines_of_a_clean_report() {
    let lines = |name: &str| {
        let dir = folder("markdown");
        fs::write(dir.join("a.gpx"), gpx(name)).expect("written");
        let output = rehabrun(&dir, &["audit", "a.gpx", "--format", "markdown", "--easy-pace", "6:07/km"]);
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        text.lines().map(|line| line.chars().take_while(|c| "#|-".contains(*c)).collect::<String>()).collect::<Vec<_>>()
    };
    let clean = lines("a");
    for name in NAMES {
        assert_eq!(lines(name), clean, "{name:?}");
    }
}

#[test]
fn an_error_in_an_option_steers_nothing() {
    let dir = folder("options");
    for name in NAMES.iter().filter(|name| !name.contains('\0')) {
        for args in [
            &["audit", name][..],
            &["audit", "x", "--athlete", name],
            &["audit", "x", "--plan", name],
            &["audit", "x", "--easy-pace", name],
            &["audit", "x", "--files-from", name],
            &["explain", name],
            &["plan", name],
            &["audit", "x", "--race", name],
            &["audit", "x", "-o", name],
        ] {
            let output = rehabrun(&dir, args);
            assert_eq!(output.status.code(), Some(2), "{args:?}");
            text_of(&format!("{args:?}"), &output.stderr);
            text_of(&format!("{args:?}"), &output.stdout);
        }
    }
}
