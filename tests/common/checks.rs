//! What must hold for every report and every output, whatever the file holds. The fuzz targets use it too.

use rehabrun::Runner;
use rehabrun::auditor::{self, Settings};
use rehabrun::ceiling::Facts;
use rehabrun::history::Run;
use rehabrun::model::Activity;
use rehabrun::render::html::Links;
use rehabrun::render::{self, OUTPUTS, Row, Style, rows_as_csv, rows_as_jsonl};
use rehabrun::report::{self, Class, File, Judgement, Session, Status, Summary};
use rehabrun::units::{Pace, UnitSystem, is_control_or_bidi};
use rehabrun::{ingest, segment, timeline};

/// Times in a report have one decimal, so a sum of five may be off by this.
const ROUNDING_S: f64 = 0.3;

/// Settings that leave nothing out, with a ceiling in seconds a kilometre.
pub fn settings(easy_pace: Option<f64>) -> Settings {
    let facts = Facts { easy_pace: easy_pace.map(Pace::from_seconds_per_kilometer), ..Facts::default() };
    Settings {
        runner: Runner { facts, ..Runner::default() },
        advises: false,
        report: report::Options { location: true, chart: true, route: true, hide_ends_m: None },
        ..Settings::default()
    }
}

/// Of so many files one is written in every output, charts and all, which takes longer than all the rest; and of so many
/// the rows of its records, a second each, which take longer still.
const WRITTEN: usize = 16;
const IN_ROWS: usize = 64;

/// What is wrong with the report on a file, or for some files with anything else that is made of it.
pub fn fault_of_audit(bytes: Vec<u8>, settings: &Settings) -> Option<String> {
    let one_in = |many| bytes.len().is_multiple_of(many);
    let (is_written, is_in_rows) = (one_in(WRITTEN), one_in(IN_ROWS));
    if !is_written {
        return fault(&auditor::audit_bytes("a", bytes, settings));
    }
    let activity = ingest::read(&bytes);
    let fault_of_rows = activity.as_ref().ok().filter(|_| is_in_rows).and_then(|all| fault_of_rows(all, settings));
    let (file, runs) = auditor::audit_runs("a", activity, settings);
    fault(&file).or(fault_of_rows).or_else(|| fault_of_outputs(&file)).or_else(|| fault_of_weeks(runs, settings))
}

/// What is wrong with the rows of records, as written and as laid out.
fn fault_of_rows(activity: &Activity, settings: &Settings) -> Option<String> {
    /// Longer sessions are left to the audit: in rows they take seconds.
    const LONGEST_S: usize = 4000;
    let raw = activity.sessions.iter().flat_map(|session| report::raw_rows(session, 1, settings.report).map(Row::Raw));
    let clean = |session| -> Option<Vec<Row>> {
        let timeline = timeline::build(session, activity.format).ok().filter(|timeline| timeline.len() < LONGEST_S)?;
        let gaits = segment::segment(&timeline, settings.segment);
        Some(report::clean_rows(&timeline, &gaits, session.utc_offset, 1, settings.report).map(Row::Clean).collect())
    };
    let clean = activity.sessions.iter().filter_map(clean).flatten();
    let mut bytes = Vec::new();
    rows_as_csv(raw, &mut bytes).expect("a vector takes every write");
    rows_as_jsonl(clean, &mut bytes).expect("a vector takes every write");
    fault_of_output("records", &bytes, &["NaN", "inf"])
}

/// What is wrong with the weeks of the runs of a file.
fn fault_of_weeks(runs: Vec<Run>, settings: &Settings) -> Option<String> {
    let runs = runs.into_iter().map(|run| ("a".to_owned(), run)).collect();
    let weeks = report::build_progress(None, runs, &rehabrun::history::Settings::from(&settings.runner));
    let style =
        Style { units: UnitSystem::Metric, color: false, width: 80, verbose: false, table: render::Table::Bouts };
    let csv = render::progress_csv(&weeks).expect("a string takes every write");
    let page = render::html::progress_page(&weeks, &Links::default(), style.units);
    let texts = [render::progress_text(&weeks, style), render::progress_json(&weeks), csv, page];
    texts.iter().find_map(|text| fault_of_output("progress", text.as_bytes(), &["NaN", "inf"]))
}

/// What is wrong with a report.
pub fn fault(file: &File) -> Option<String> {
    if let Some(odd) = number_that_is_none(file) {
        return Some(odd);
    }
    if file.status == Status::Failed {
        let told = file.error.as_ref().is_some_and(|error| !error.message.is_empty() && !error.cause.is_empty());
        return (!told).then(|| "fails without a reason".to_owned());
    }
    let passed = file.verdict == Some(Class::Easy);
    if passed && !file.sessions.iter().any(|session| session.judged) {
        return Some("easy without a judged session".to_owned());
    }
    file.sessions.iter().find_map(fault_of_session)
}

/// What of a session does not add up.
fn fault_of_session(session: &Session) -> Option<String> {
    if let Judgement::Skipped { reason } = session.judgement() {
        let is_bare = session.bouts.is_empty() && session.efforts.is_empty() && session.findings.is_empty();
        return (reason.is_empty() || session.judged || !is_bare)
            .then(|| "skipped without a reason, or judged".to_owned());
    }
    if !session.judged || session.skipped_because.is_some() {
        return Some("a verdict on a skipped session".to_owned());
    }
    if session.bouts.is_empty() {
        return (session.class() != Some(Class::Undetermined)).then(|| "a verdict on nothing".to_owned());
    }
    let times = [session.run_s, session.walk_s, session.stand_s, session.paused_s, session.unknown_s];
    if !near(times.iter().sum(), session.elapsed_s) {
        return Some(format!("{times:?} is not {} s", session.elapsed_s));
    }
    let (mut end_s, mut end_m) = (0.0, 0.0);
    for bout in &session.bouts {
        if !near(bout.start_s, end_s)
            || !near(bout.start_m, end_m)
            || bout.end_s <= bout.start_s
            || bout.end_m < bout.start_m
        {
            return Some(format!("a bout does not follow on {end_s} s, {end_m} m: {bout:?}"));
        }
        (end_s, end_m) = (bout.end_s, bout.end_m);
    }
    if !near(end_s, session.elapsed_s) || !near(end_m, session.distance_m) {
        return Some(format!("bouts end at {end_s} s, {end_m} m of {} s, {} m", session.elapsed_s, session.distance_m));
    }
    let ordered = session.moving_s <= session.timer_s + ROUNDING_S && session.timer_s <= session.elapsed_s + ROUNDING_S;
    if !ordered || session.run_m > session.distance_m + 1.0 {
        return Some("a part is larger than the whole".to_owned());
    }
    let outside = |start: f64, end: f64| start < 0.0 || end < start || end > session.elapsed_s + ROUNDING_S;
    let finding = session.findings.iter().find(|finding| outside(finding.start_s, finding.end_s))?;
    Some(format!("a finding outside the session: {finding:?}"))
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= ROUNDING_S
}

/// A number that is none would be `null` in JSON and could not be told from what is missing; here it can.
fn number_that_is_none(file: &File) -> Option<String> {
    let text = without_quoted(&format!("{file:?}"));
    let at = ["NaN", "inf,", "inf)", "inf ", "inf]"].into_iter().find_map(|odd| text.find(odd))?;
    let before: Vec<_> = text[..at].rsplit(',').take(2).collect();
    Some(format!("a number that is none after {before:?}"))
}

/// The text without what stands in quotes, which comes from the file and may be anything.
fn without_quoted(text: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    text.chars()
        .filter(|&c| {
            let inside = quoted;
            quoted ^= c == '"' && !escaped;
            escaped = inside && c == '\\' && !escaped;
            !inside
        })
        .collect()
}

/// What is wrong with any output of a report.
pub fn fault_of_outputs(file: &File) -> Option<String> {
    let style =
        Style { units: UnitSystem::Metric, color: false, width: 80, verbose: false, table: render::Table::Bouts };
    let mut summary = Summary::default();
    summary.add(file);
    // What the file calls itself may be anything.
    let own = format!("{file:?}");
    let odd: Vec<&str> = ["NaN", "inf"].into_iter().filter(|odd| !has_word(&own, odd)).collect();
    OUTPUTS.iter().find_map(|output| {
        let mut bytes = Vec::new();
        let mut renderer = (output.begin)(style);
        renderer.file(file.clone(), &mut bytes).expect("a vector takes every write");
        renderer.finish(&summary, &mut bytes).expect("a vector takes every write");
        fault_of_output(output.name, &bytes, &odd).map(|fault| format!("{}: {fault}", output.name))
    })
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|found| found == word)
}

/// What is wrong with an output, which holds none of the words in `odd`.
fn fault_of_output(name: &str, bytes: &[u8], odd: &[&str]) -> Option<String> {
    if name == "parquet" {
        return (!bytes.ends_with(b"PAR1")).then(|| "breaks off".to_owned());
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return Some("is not UTF-8".to_owned()) };
    if let Some(c) = text.chars().find(|&c| is_control_or_bidi(c) && c != '\n') {
        return Some(format!("holds the character {c:?}"));
    }
    if let Some(odd) = odd.iter().find(|odd| has_word(text, odd)) {
        return Some(format!("holds {odd}"));
    }
    match name {
        "json" | "jsonl" => serde_json::from_str::<serde_json::Value>(text).err().map(|error| error.to_string()),
        _ => None,
    }
}
