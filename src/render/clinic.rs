//! The patients of a clinic: for reading, as JSON, and as CSV with a row a patient.

use std::io;

use ::csv::Writer;

use super::columns::Value;
use super::csv::{cell, io_error};
use super::progress::{ceiling_words, earlier_words};
use super::symptoms::{number, too_much};
use super::table::{Cell, Table};
use super::words::{sanitize, wrapped};
use super::{Style, json};
use crate::report::{Clinic, Direction, Level, Patient};
use crate::units::{UnitSystem, plural};

/// The most characters of a name, so that a row fits on a line.
const MOST_OF_NAME: usize = 22;

/// The patients for reading: a row of numbers each, and below it what matters.
pub fn clinic_text(clinic: &Clinic, style: Style) -> String {
    let mut table = Table::new()
        .left("", 0)
        .left("patient", 0)
        .right("week", 0)
        .left("stage", 2)
        .right("runs", 0)
        .right("over", 0)
        .right("unclear", 2)
        .left("trend", 3)
        .right("pain", 0)
        .left("last run", 1);
    for patient in &clinic.patients {
        let (mark, _) = level(patient.level);
        let cells = [
            format!("{mark} {}", patient.level.name()),
            short(&name(patient)),
            week(patient),
            stage(patient),
            patient.sessions.to_string(),
            patient.over.to_string(),
            patient.cannot_tell.to_string(),
            trend(patient).to_owned(),
            pain(patient),
            patient.last_run.clone().unwrap_or_else(|| "–".to_owned()),
        ];
        table.row(cells.into_iter().map(Cell::from).collect());
        for line in remarks(patient, style.units) {
            table.below(BELOW, line);
        }
    }
    let heading = wrapped("", &title(clinic), style.width);
    let notes: String =
        clinic.notes.iter().map(|note| wrapped("note: ", &sanitize(&note.message), style.width)).collect();
    let gap = if notes.is_empty() { "" } else { "\n" };
    let table = table.text(style.width);
    let has_trend = table.lines().next().is_some_and(|head| head.contains("trend"));
    let legend = format!("{LEGEND}{}", if has_trend { LEGEND_OF_TREND } else { "" });
    format!("{heading}\n{table}\n{}{gap}{notes}", wrapped("", &legend, style.width))
}

/// Under the names of the patients.
const BELOW: usize = 13;

/// What the columns say, and in which order the patients stand.
pub const LEGEND: &str = "Worst first: a warning, then patients of whom nobody can tell (no ceiling, no run, files that \
    could not be read), then cautions, then the rest; among equals the most sessions over the ceiling. Week: of the last \
    run, of the easy weeks while they last. Stage: of the programme, the last one done. Pain: the last that was told, ↑ where \
    it was more than is acceptable on a day that the row is about.";
/// The same of a column that a narrow terminal has no room for.
pub const LEGEND_OF_TREND: &str =
    " Trend: share of the running over the ceiling in the last four weeks against the four before.";

/// The patients as JSON.
///
/// # Panics
///
/// Never: numbers and texts are always JSON.
pub fn clinic_json(clinic: &Clinic) -> String {
    json::escaped(serde_json::to_string_pretty(clinic).expect("plain data is JSON")) + "\n"
}

/// The patients as CSV.
pub fn clinic_csv(clinic: &Clinic) -> io::Result<String> {
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS.iter().map(|(name, _)| *name)).map_err(io_error)?;
    for patient in &clinic.patients {
        let cells = COLUMNS.iter().map(|(_, value)| value(patient).map_or(String::new(), cell));
        writer.write_record(cells).map_err(io_error)?;
    }
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

type Column = (&'static str, fn(&Patient) -> Option<Value>);

/// The columns of a patient, named as in JSON.
const COLUMNS: &[Column] = &[
    ("folder", |patient| text(Some(&patient.folder))),
    ("athlete", |patient| text(patient.athlete.as_ref())),
    ("level", |patient| Some(Value::Text(patient.level.name().to_owned()))),
    ("week", |patient| patient.week.map(whole)),
    ("easy_weeks", |patient| Some(whole(patient.easy_weeks))),
    ("sessions", |patient| Some(whole(patient.sessions))),
    ("over", |patient| Some(whole(patient.over))),
    ("cannot_tell", |patient| Some(whole(patient.cannot_tell))),
    ("trend", |patient| Some(Value::Text(patient.over_trend.as_ref()?.direction.to_string()))),
    ("over_before", |patient| Some(Value::Number(patient.over_trend.as_ref()?.before))),
    ("over_now", |patient| Some(Value::Number(patient.over_trend.as_ref()?.now))),
    ("last_run", |patient| text(patient.last_run.as_ref())),
    ("warnings", |patient| Some(whole(patient.warnings))),
    ("cautions", |patient| Some(whole(patient.cautions))),
    ("finding_rule", |patient| Some(Value::Text(patient.finding.as_ref()?.rule.to_string()))),
    ("finding_severity", |patient| Some(Value::Text(patient.finding.as_ref()?.severity.name().to_owned()))),
    ("finding_date", |patient| text(patient.finding.as_ref()?.date.as_ref())),
    ("finding_message", |patient| text(patient.finding.as_ref().map(|finding| &finding.message))),
    ("problems", |patient| {
        let problems: Vec<&str> = patient.problems.iter().map(|problem| problem.message.as_str()).collect();
        (!problems.is_empty()).then(|| Value::Text(problems.join("; ")))
    }),
    ("plan_stage", |patient| text(patient.plan_stage.as_ref())),
    ("sessions_done", |patient| patient.adherence.as_ref().map(|adherence| whole(adherence.done))),
    ("sessions_planned", |patient| patient.adherence.as_ref().map(|adherence| whole(adherence.planned))),
    ("easy_weeks_done", |patient| patient.easy_weeks_done.map(whole)),
    ("reasons", |patient| {
        let reasons: Vec<&str> = patient.reasons.iter().map(|reason| reason.message.as_str()).collect();
        (!reasons.is_empty()).then(|| Value::Text(reasons.join("; ")))
    }),
    ("since", |patient| text(patient.since.as_ref())),
    ("ceiling_pace_s_per_km", |patient| patient.ceiling.as_ref()?.pace_s_per_km.map(Value::Number)),
    ("ceiling_heart_rate_bpm", |patient| patient.ceiling.as_ref()?.heart_rate_bpm.map(Value::Number)),
    ("pain", |patient| patient.pain.as_ref().map(|pain| Value::Number(pain.worst))),
    ("pain_most", |patient| patient.pain.as_ref().map(|pain| Value::Number(pain.most))),
    ("pain_date", |patient| text(patient.pain.as_ref().map(|pain| &pain.date))),
];

fn text(text: Option<&String>) -> Option<Value> {
    text.cloned().map(Value::Text)
}

fn whole(n: usize) -> Value {
    Value::Whole(n.cast_signed() as i64)
}

/// How many patients there are, by level.
pub fn title(clinic: &Clinic) -> String {
    let of = |level| clinic.patients.iter().filter(|patient| patient.level == level).count();
    let said = [
        (of(Level::Warning), "with a warning"),
        (of(Level::Unclear), "unclear"),
        (of(Level::Caution), "with a caution"),
        (of(Level::Clear), "clear"),
    ];
    let counts: Vec<String> = said.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    format!("{}: {}", plural(clinic.patients.len(), "patient", None), counts.join(", "))
}

/// The sign of a level, and its style on a page.
pub const fn level(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Warning => ("▲", "over"),
        Level::Unclear => ("?", "unknown"),
        Level::Caution => ("△", "some"),
        Level::Clear => ("●", "easy"),
    }
}

/// The patient's name, else the name of the folder.
pub fn name(patient: &Patient) -> String {
    sanitize(patient.athlete.as_ref().filter(|name| !name.trim().is_empty()).unwrap_or(&patient.folder))
}

/// The week of the last run, of the weeks that are to be easy; alone once those are over.
pub fn week(patient: &Patient) -> String {
    let of_easy_weeks = |week: usize| {
        if week > patient.easy_weeks { week.to_string() } else { format!("{week}/{}", patient.easy_weeks) }
    };
    patient.week.map_or("–".to_owned(), of_easy_weeks)
}

/// The stage of the programme that was done last.
pub fn stage(patient: &Patient) -> String {
    patient.plan_stage.as_deref().map_or("–".to_owned(), sanitize)
}

/// Where the share of the running over the ceiling goes.
pub fn trend(patient: &Patient) -> &'static str {
    match patient.over_trend.as_ref().map(|trend| trend.direction) {
        Some(Direction::Worse) => "↗ worse",
        Some(Direction::Better) => "↘ better",
        Some(Direction::Steady) => "→ steady",
        None => "–",
    }
}

/// The latest pain, with an arrow up where it exceeded the acceptable level on a day the row covers.
pub fn pain(patient: &Patient) -> String {
    let Some(pain) = &patient.pain else { return String::new() };
    format!("{}{}", number(pain.worst), if pain.days_over > 0 { " ↑" } else { "" })
}

/// How it felt, where something of that was more than is acceptable.
fn felt(patient: &Patient) -> Option<String> {
    let pain = patient.pain.as_ref().filter(|pain| pain.days_over + pain.worse_mornings > 0)?;
    let over = pain
        .acceptable
        .filter(|_| pain.days_over > 0)
        .map(|limit| format!("{} on {}", too_much(limit), plural(pain.days_over, "day", None)));
    let mornings = plural(pain.worse_mornings, "time", None);
    let worse = (pain.worse_mornings > 0).then(|| format!("worse the next morning {mornings}"));
    let said: Vec<String> = over.into_iter().chain(worse).collect();
    Some(format!(
        "pain at most {}, last {} on {}; {}",
        number(pain.most),
        number(pain.worst),
        pain.date,
        said.join(", ")
    ))
}

/// The ceiling in force, and what was found before the days that the row is about.
fn ground(patient: &Patient, units: UnitSystem) -> Option<String> {
    let ceiling = patient.ceiling.as_ref().and_then(|ceiling| ceiling_words(ceiling, units));
    let ceiling = ceiling.map(|words| format!("ceiling {words}"));
    let done = patient.adherence.as_ref().map(|done| format!("{} of {} sessions of the plan", done.done, done.planned));
    let since = patient.since.as_ref().zip(patient.earlier.as_ref());
    let since = since.map(|(since, earlier)| format!("since {since}; {}", earlier_words(earlier)));
    let all: Vec<String> = [done, ceiling, since].into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join(" · "))
}

/// What keeps a patient from being judged, and the finding that matters most.
pub fn remarks(patient: &Patient, units: UnitSystem) -> Vec<String> {
    let problems = patient.problems.iter().map(|problem| sanitize(&problem.message));
    let finding = patient.finding.iter().map(|finding| {
        let when = finding.date.as_ref().map_or_else(|| format!("week {}", finding.week), Clone::clone);
        format!("{when}: {} [{}]", sanitize(&finding.message), finding.rule)
    });
    let reasons = patient.reasons.iter().map(|reason| sanitize(&reason.message));
    // A finding says what its sessions came to.
    let reasons = reasons.filter(|_| patient.finding.is_none());
    problems.chain(finding).chain(reasons).chain(felt(patient)).chain(ground(patient, units)).collect()
}

fn short(name: &str) -> String {
    if name.chars().count() <= MOST_OF_NAME {
        return name.to_owned();
    }
    name.chars().take(MOST_OF_NAME - 1).chain(['…']).collect()
}
