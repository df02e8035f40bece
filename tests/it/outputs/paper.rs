//! The sheet for the visit stays on one page of paper, whatever is on it. Printed by Chromium, where there is one.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use rehabrun::export::fit;
use rehabrun::synth::{Script, Setup, record};
use rehabrun::units::{Date, Timestamp, UtcOffset};

use crate::common;

/// Monday 7 September 2026, 06:30 on a clock two hours ahead of UTC.
const MONDAY: i64 = 1_788_755_400;

/// Everything but the title and the sheet, which ends with its page.
const SHEET_ALONE: &str = "section:not(.sheet), article, footer { display: none !important }";

#[test]
fn the_sheet_is_one_page() {
    let Some(chromium) = chromium() else { return };
    let dir = common::folder("paper");
    patient(&dir);
    let page = dir.join("progress.html");
    let asked = ["progress", "anna", "--format", "html", "-o", "progress.html"];
    common::program(&dir, &asked).output().expect("the program starts");
    let html = fs::read_to_string(&page).expect("a page");
    assert!(
        html.contains("class=\"summary sheet\"") && html.contains("calf tight at the end of the run"),
        "the sheet is there"
    );
    for paper in ["A4", "letter"] {
        assert_eq!(n_printed(&chromium, &dir, &html, paper, SHEET_ALONE), 1, "{paper}");
        // What is counted does count.
        let all = n_printed(&chromium, &dir, &html, paper, "");
        assert!((2..8).contains(&all), "{paper}: {all} pages");
    }
}

/// Twelve weeks in which nearly everything happens: four runs a week, some too fast and some too far, pain after each with a
/// long note, exceptions, and a plan that was not kept.
fn patient(dir: &Path) {
    let folder = dir.join("anna");
    fs::create_dir_all(&folder).expect("made");
    let mut athlete = "name = \"Anna-Maria von Hohenberg-Lichtenstein\"\n\
        [rehab]\nstarted = 2026-09-07\nplan = \"kinetic-revolution\"\n\
        [ceiling]\neasy_pace = \"6:30/km\"\neasy_hr = 145\n[symptoms]\ntissue = \"tendon\"\n\
        [[allow]]\nrule = \"speed-before-week-13\"\nfrom = 2026-10-05\nto = 2026-10-07\nreason = \"strides agreed\"\n"
        .to_owned();
    for week in 0..12_i64 {
        for (nth, day) in [0, 2, 4, 5].into_iter().enumerate() {
            let n = week * 7 + day;
            let run = 60 + 45 * week;
            let script = match (week + day) % 4 {
                0 => format!("walk 2min, 8x(run {run}s 2.4m/s, walk 60s)"),
                1 => format!("walk 2min, 6x(run {run}s 3.3m/s, walk 60s)"),
                2 => format!("walk 1min, run {}s 2.5m/s", 8 * run),
                _ => "walk 2min, 10x(run 60s 3.5m/s, walk 60s)".to_owned(),
            };
            let setup = Setup {
                start: Timestamp::from_unix_seconds(MONDAY + n * 86_400),
                utc_offset: UtcOffset::from_seconds(7200),
                ..Setup::new(None)
            };
            let activity = record(&Script::parse(&script).expect("a script"), &setup).activity;
            fs::write(folder.join(format!("run-{n}.fit")), fit::activity(&activity)).expect("written");
            let date = Date::parse("2026-09-07").expect("a date").plus_days(n as i32);
            let pain = (week + i64::try_from(nth).expect("few")) % 8;
            writeln!(
                athlete,
                "[[symptom]]\ndate = {date}\nduring = {pain}\nafter = {}\nnext_day = {}\nsite = \"left Achilles tendon, insertion, \
                and the calf above it\"\nnote = \"calf tight at the end of the run, better with a walk, worse on the stairs \
                in the morning; shoes changed {}\"",
                pain + 1,
                pain + 2,
                "and more of the same ".repeat(20),
            )
            .expect("text");
        }
    }
    fs::write(folder.join("athlete.toml"), athlete).expect("written");
}

/// How many pages a document prints on, with a style of its own added.
fn n_printed(chromium: &OsString, dir: &Path, html: &str, paper: &str, style: &str) -> usize {
    let styled =
        html.replace("</head>", &format!("<style>@media print {{ @page {{ size: {paper} }} {style} }}</style></head>"));
    assert_ne!(styled, html);
    // The page's own rules of content allow no style beside its own.
    let styled = styled.split_once("<meta http-equiv").map_or(styled.clone(), |(before, after)| {
        format!("{before}{}", after.split_once('>').map_or("", |(_, rest)| rest))
    });
    let (source, pdf) = (dir.join("print.html"), dir.join("print.pdf"));
    fs::write(&source, styled).expect("written");
    let _ = fs::remove_file(&pdf);
    let printed = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"])
        .arg(format!("--user-data-dir={}", dir.join("profile").display()))
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("file://{}", source.display()))
        .output()
        .expect("Chromium starts");
    let pdf = fs::read(&pdf).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&printed.stderr)));
    n_pages(&pdf)
}

/// The pages of a PDF: its objects `/Type /Page`, beside the one `/Type /Pages`.
fn n_pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.match_indices("/Type /Page").filter(|(at, mark)| !text[at + mark.len()..].starts_with('s')).count()
}

/// `CHROMIUM`, or the one on the path. `None`, and said so, without either.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn chromium() -> Option<OsString> {
    let named = std::env::var_os("CHROMIUM").filter(|name| !name.is_empty()).unwrap_or_else(|| "chromium".into());
    let answers = Command::new(&named).arg("--version").output().is_ok_and(|output| output.status.success());
    if !answers {
        println!("skipped: no Chromium");
    }
    answers.then_some(named)
}
