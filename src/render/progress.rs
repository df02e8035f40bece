//! The weeks of one runner: for reading, as JSON, and as CSV with a row a week.

use std::io;

use ::csv::Writer;

use super::columns::{Kind, Value, date};
use super::csv::{cell, io_error};
use super::table::{Cell, Table};
use super::words::{self, sanitize, wrapped};
use super::{Style, json, symptoms};
use crate::report::{
    Adherence, CeilingNow, Class, Duplicate, Earlier, Missed, Progress, ProgressFinding, Severity, Source, Week,
};
use crate::units::{Date, Distance, Pace, UnitSystem, clock, percent, plural};

/// The weeks for reading: the three factors of load side by side, the 12-week clock, and what was found.
pub fn progress_text(progress: &Progress, style: Style) -> String {
    let mut text = wrapped("", &title(progress), style.width);
    let lines = [
        clock_line(progress),
        programme_line(progress),
        next_line(progress),
        missed_line(progress),
        ceiling_line(progress, style.units),
        trend_line(progress),
        symptoms::pain_line(progress),
        since_line(progress),
    ];
    for line in lines.into_iter().flatten() {
        text += &wrapped("", &line, style.width);
    }
    text.push('\n');
    text += &table(progress, style);
    let found = found(progress);
    if !found.is_empty() {
        text.push('\n');
    }
    for grouped in grouped(&found) {
        text += &finding(&grouped, style);
    }
    let felt: Vec<String> = symptoms::days_against(progress).into_iter().chain(symptoms::rises(progress)).collect();
    if !felt.is_empty() {
        text.push('\n');
    }
    for line in felt {
        text += &wrapped("  felt     ", &line, style.width);
    }
    text.push('\n');
    text += &wrapped("", &format!("{} {EXPLAIN}", conclusion(progress)), style.width);
    if !progress.duplicates.is_empty() || !progress.notes.is_empty() {
        text.push('\n');
    }
    for said in duplicate_notes(progress) {
        text += &wrapped("note: ", &said, style.width);
    }
    for note in &progress.notes {
        text += &wrapped("note: ", &sanitize(&note.message), style.width);
    }
    text
}

/// The weeks as JSON.
///
/// # Panics
///
/// Never: numbers and texts are always JSON.
pub fn progress_json(progress: &Progress) -> String {
    json::escaped(serde_json::to_string_pretty(progress).expect("plain data is JSON")) + "\n"
}

/// The weeks as CSV, with a column for each verdict.
pub fn progress_csv(progress: &Progress) -> io::Result<String> {
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(columns().into_iter().map(|(name, _)| name)).map_err(io_error)?;
    for row in rows(progress) {
        writer.write_record(row.into_iter().map(|value| value.map_or(String::new(), cell))).map_err(io_error)?;
    }
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// The columns of a week with what they hold; the verdicts come last.
pub(super) fn columns() -> Vec<(&'static str, Kind)> {
    let verdicts = VERDICTS.iter().map(|(name, _)| (*name, Kind::Whole));
    COLUMNS.iter().map(|(name, kind, _)| (*name, *kind)).chain(verdicts).collect()
}

/// The weeks in these columns.
pub(super) fn rows(progress: &Progress) -> impl Iterator<Item = Vec<Option<Value>>> {
    let whole = |n: usize| Value::Whole(n.cast_signed() as i64);
    progress.weeks.iter().map(move |week| {
        let known = COLUMNS.iter().map(|(_, _, value)| value(week));
        let n_of = |class: &Class| week.verdicts.get(class).copied().unwrap_or(0);
        known.chain(VERDICTS.iter().map(|(_, class)| Some(whole(n_of(class))))).collect()
    })
}

/// The columns that count verdicts, worst first.
const VERDICTS: [(&str, Class); 6] = [
    ("disguised_intervals", Class::DisguisedIntervals),
    ("above_easy", Class::AboveEasy),
    ("drifted_over", Class::DriftedOver),
    ("surges", Class::Surges),
    ("undetermined", Class::Undetermined),
    ("easy", Class::Easy),
];

type Column = (&'static str, Kind, fn(&Week) -> Option<Value>);

/// The columns of a week, named as in JSON.
const COLUMNS: &[Column] = &[
    ("week", Kind::Whole, |week| Some(Value::Whole(week.week.cast_signed() as i64))),
    ("from", Kind::Date, |week| date(&week.from)),
    ("to", Kind::Date, |week| date(&week.to)),
    ("sessions", Kind::Whole, |week| Some(Value::Whole(week.sessions.cast_signed() as i64))),
    ("run_days", Kind::Whole, |week| Some(Value::Whole(week.run_days.cast_signed() as i64))),
    ("run_s", Kind::Number, |week| Some(Value::Number(week.run_s))),
    ("walk_s", Kind::Number, |week| Some(Value::Number(week.walk_s))),
    ("run_m", Kind::Number, |week| Some(Value::Number(week.run_m))),
    ("climb_m", Kind::Number, |week| week.climb_m.map(Value::Number)),
    ("longest_bout_s", Kind::Number, |week| Some(Value::Number(week.longest_bout_s))),
    ("longest_run_m", Kind::Number, |week| Some(Value::Number(week.longest_run_m))),
    ("over_share", Kind::Number, |week| week.over_share.map(Value::Number)),
    ("plan_stage", Kind::Text, |week| week.plan_stage.clone().map(Value::Text)),
    ("compliance", Kind::Number, |week| week.compliance.map(Value::Number)),
    ("intensity", Kind::Number, |week| week.intensity.map(Value::Number)),
    ("outings", Kind::Whole, |week| Some(Value::Whole(week.outings.cast_signed() as i64))),
    ("planned_sessions", Kind::Whole, |week| week.planned_sessions.map(|n| Value::Whole(n.cast_signed() as i64))),
    ("planned_run_s", Kind::Number, |week| week.planned_run_s.map(Value::Number)),
    ("pain", Kind::Number, |week| week.pain.map(Value::Number)),
];

/// Whose weeks they are, and from when to when.
pub fn title(progress: &Progress) -> String {
    let whose = progress.athlete.as_deref().map_or("Progress".to_owned(), sanitize);
    let (Some(first), Some(last)) = (progress.weeks.first(), progress.weeks.last()) else {
        return format!("{whose} · no run in any week");
    };
    let n_runs: usize = progress.weeks.iter().map(|week| week.sessions).sum();
    let (n_weeks, n_runs) = (plural(progress.weeks.len(), "week", None), plural(n_runs, "run", None));
    format!("{whose} · {n_weeks} with {n_runs} · {} to {}", day(&first.from), day(&last.to))
}

/// Where the runner stands in the weeks that are to be easy; `None` where their first day is not known.
pub fn clock_line(progress: &Progress) -> Option<String> {
    let start = Date::parse(progress.rehab_started.as_ref()?)?;
    let (now, of) = (progress.weeks.last()?.week, progress.easy_weeks);
    let last = start.plus_days(7 * i32::try_from(of).ok()? - 1).words();
    let clock = match now {
        _ if now <= of => format!("the last run is in week {now} of {of} easy weeks, which end on {last}"),
        _ => format!("the last run is in week {now} by the calendar: the {of} easy weeks ended on {last}"),
    };
    let done = progress
        .easy_weeks_done
        .map_or(String::new(), |done| format!("; {} completed", plural(done, "easy week", None)));
    Some(clock + &done)
}

/// The programme, where the runner stands in it, and how many of its sessions were done.
pub fn programme_line(progress: &Progress) -> Option<String> {
    let plan = sanitize(progress.plan.as_deref()?);
    let stage = progress.runs.iter().rev().find_map(|run| run.plan_stage.as_deref());
    let stage = stage.map_or(String::new(), |stage| format!(", at {}", sanitize(stage)));
    let done = progress.adherence.as_ref().map_or(String::new(), |adherence| {
        let Adherence { done, planned, this_week_done, this_week_planned, .. } = adherence;
        let this_week = match this_week_planned {
            0 => String::new(),
            planned => format!("{this_week_done} of {planned} sessions in the week of the last run, "),
        };
        format!(": {this_week}{done} of {planned} in all")
    });
    let behind = match progress.adherence.as_ref().map_or(0, |adherence| adherence.weeks_behind) {
        0 => String::new(),
        weeks => format!("; {} behind its calendar", plural(weeks, "week", None)),
    };
    Some(format!("programme {plan}{stage}{done}{behind}"))
}

/// The session of the plan that comes next, and why.
pub fn next_line(progress: &Progress) -> Option<String> {
    let next = progress.next_session.as_ref()?;
    Some(format!("next: {}, {} ({})", sanitize(&next.stage), sanitize(&next.session), sanitize(&next.why)))
}

/// The ceiling of the last run, and where it comes from.
pub fn ceiling_line(progress: &Progress, units: UnitSystem) -> Option<String> {
    progress.ceiling.as_ref().and_then(|ceiling| ceiling_words(ceiling, units)).map(|words| format!("ceiling: {words}"))
}

/// A ceiling with its sources; `None` where there is none.
pub fn ceiling_words(ceiling: &CeilingNow, units: UnitSystem) -> Option<String> {
    let from = |source: Option<Source>| source.map_or(String::new(), |source| format!(" ({})", words::source(source)));
    let pace = ceiling.pace_s_per_km.map(|pace| units.pace(Pace::from_seconds_per_kilometer(pace).speed()));
    let pace = pace.map(|pace| pace + &from(ceiling.pace_source));
    let heart = ceiling.heart_rate_bpm.map(|bpm| format!("{bpm:.0} bpm{}", from(ceiling.heart_rate_source)));
    let both: Vec<String> = pace.into_iter().chain(heart).collect();
    (!both.is_empty()).then(|| both.join(", "))
}

/// The first day whose findings are listed, and the counts of earlier ones, on one line.
pub fn since_line(progress: &Progress) -> Option<String> {
    let (since, earlier) = (progress.since.as_deref()?, progress.earlier.as_ref()?);
    Some(format!("since {}: what follows is of these days; {}", day(since), earlier_words(earlier)))
}

/// What was found before the days asked for.
pub fn earlier_words(earlier: &Earlier) -> String {
    let Earlier { runs, warnings, cautions, notes } = earlier;
    let counts = [(warnings, "warning"), (cautions, "caution"), (notes, "note")];
    let counts: Vec<String> =
        counts.into_iter().filter(|(n, _)| **n > 0).map(|(n, what)| plural(*n, what, None)).collect();
    let counts = if counts.is_empty() { "nothing found".to_owned() } else { counts.join(", ") };
    format!("before: {}, {counts}", plural(*runs, "run", None))
}

/// The findings of the days asked for.
pub fn found(progress: &Progress) -> Vec<ProgressFinding> {
    progress.findings_since().cloned().collect()
}

/// Weeks with fewer sessions than planned; so many are named.
const MOST_MISSED: usize = 6;

/// Which sessions of the plan were missed.
pub fn missed_line(progress: &Progress) -> Option<String> {
    let missed = &progress.adherence.as_ref()?.missed;
    let said = |missed: &Missed| {
        let stages = missed.stages.iter().map(|stage| sanitize(stage)).collect::<Vec<_>>().join(", ");
        let of = if stages.is_empty() { String::new() } else { format!(" ({stages})") };
        format!("{} in week {}{of}", missed.sessions, missed.week)
    };
    let named: Vec<String> = missed.iter().take(MOST_MISSED).map(said).collect();
    let rest: usize = missed.iter().skip(MOST_MISSED).map(|missed| missed.sessions).sum();
    let more = if rest > 0 { format!(", and {rest} more in later weeks") } else { String::new() };
    (!named.is_empty()).then(|| format!("missed: {}{more}", named.join(", ")))
}

/// Where the share of the running over the ceiling goes.
pub fn trend_line(progress: &Progress) -> Option<String> {
    let trend = progress.over_trend.as_ref()?;
    let (now, before) = (percent(trend.now), percent(trend.before));
    Some(format!("over the ceiling: {now} of the running in the last four weeks, {before} in the four before"))
}

/// Volume, frequency and intensity stand first, side by side.
fn table(progress: &Progress, style: Style) -> String {
    // What a plan asks for matters more than what lies beside it.
    let mut table = Table::new()
        .right("week", 0)
        .left("from", 2)
        .right("run", 0)
        .right("planned", 3)
        .right("distance", 0)
        .right("days", 0)
        .right("done", 1)
        .right("over", 0)
        .right("longest", 4)
        .right("walk", 5)
        .right("climb", 6)
        .left("stage", 1)
        .right("plan", 1)
        .right("easy", 1)
        .right("pain", 0)
        .left("verdicts", 3);
    let shown = progress.weeks.iter().position(|week| progress.is_since(&week.to)).unwrap_or(progress.weeks.len());
    if shown > 0 {
        let runs: usize = progress.weeks[..shown].iter().map(|week| week.sessions).sum();
        table.across(format!("weeks 1 to {shown}: {}", plural(runs, "run", None)));
    }
    for weeks in folded(&progress.weeks[shown..]) {
        let week = &weeks[0];
        if week.sessions == 0 {
            table.across(without_run(weeks));
            continue;
        }
        let distance = |meters: f64| style.units.distance_mark(Distance::from_meters(meters));
        let climb = week.climb_m.map_or(String::new(), |climb| style.units.height(Distance::from_meters(climb)));
        let cells = [
            week.week.to_string(),
            week.from.clone(),
            clock(week.run_s),
            week.planned_run_s.map_or(String::new(), clock),
            distance(week.run_m),
            week.run_days.to_string(),
            done(week),
            over(week),
            clock(week.longest_bout_s),
            clock(week.walk_s),
            climb,
            week.plan_stage.as_deref().map_or(String::new(), sanitize),
            share(week.compliance),
            share(week.intensity),
            week.pain.map_or(String::new(), symptoms::number),
            verdicts(week),
        ];
        table.row(cells.into_iter().map(Cell::from).collect());
    }
    table.text(style.width)
}

/// Sessions done of those planned, as `2/3`.
pub fn done(week: &Week) -> String {
    week.planned_sessions.map_or(String::new(), |planned| format!("{}/{planned}", week.outings))
}

/// A share of 100; empty where it is not known.
pub fn share(share: Option<f64>) -> String {
    share.map_or(String::new(), |share| format!("{share:.0} %"))
}

/// The weeks one by one, and those without a run that follow on each other together.
pub fn folded(weeks: &[Week]) -> impl Iterator<Item = &[Week]> {
    weeks.chunk_by(|a, b| a.sessions == 0 && b.sessions == 0)
}

/// Weeks without a run, in words.
pub fn without_run(weeks: &[Week]) -> String {
    match weeks {
        [] => String::new(),
        [week] => format!("week {}, from {}: no run", week.week, week.from),
        [first, .., last] => format!("weeks {} to {}, from {}: no run", first.week, last.week, first.from),
    }
}

/// The share of the running over the ceiling; a question mark where there was running and none could be judged.
pub fn over(week: &Week) -> String {
    match week.over_share {
        Some(share) => percent(share),
        None if week.sessions > 0 => "?".to_owned(),
        None => String::new(),
    }
}

/// The verdicts of a week, worst first, as `1 surges, 2 easy`.
pub fn verdicts(week: &Week) -> String {
    let counts = Class::ALL.into_iter().filter_map(|class| Some((class, week.verdicts.get(&class)?)));
    counts.map(|(class, n)| format!("{n} {}", words::class(class))).collect::<Vec<_>>().join(", ")
}

/// A severity as people say it, with its mark.
pub const fn severity(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Warning => ("▲", "warning"),
        Severity::Caution => ("△", "caution"),
        Severity::Note => ("·", "note"),
        Severity::Doubt => ("?", "doubt"),
    }
}

/// What was found, with the reason of an exception.
pub fn message(finding: &ProgressFinding) -> String {
    let agreed = finding.allowed.as_ref().map_or(String::new(), |reason| format!(" (agreed: {})", sanitize(reason)));
    sanitize(&finding.message) + &agreed
}

/// A finding as shown, with the weeks in which the same was found.
pub struct GroupedFinding<'a> {
    /// The finding, the latest of several.
    pub finding: &'a ProgressFinding,
    /// The ones before it.
    pub likewise: Vec<&'a ProgressFinding>,
}

/// From this number on, notes and cautions of one rule are grouped. Our choice.
const MANY: usize = 4;

/// And warnings: a season of them is one thing to talk about.
const MANY_WARNINGS: usize = 8;

/// The findings in the order of time. Of many of one rule the latest stands for all.
pub fn grouped(findings: &[ProgressFinding]) -> Vec<GroupedFinding<'_>> {
    let like = |a: &ProgressFinding, b: &ProgressFinding| {
        a.rule == b.rule && a.severity == b.severity && a.allowed == b.allowed
    };
    let tell = |(at, finding): (usize, &'_ ProgressFinding)| {
        let others = |of: &'_ [ProgressFinding]| of.iter().filter(|other| like(other, finding)).count();
        let many = if finding.severity == Severity::Warning { MANY_WARNINGS } else { MANY };
        if others(findings) < many {
            return Some((at, Vec::new()));
        }
        let is_last = others(&findings[at + 1..]) == 0;
        let before = (0..at).filter(|&other| like(&findings[other], finding));
        is_last.then(|| (at, before.collect()))
    };
    let shown = findings.iter().enumerate().filter_map(tell);
    let group = |(at, before): (usize, Vec<usize>)| GroupedFinding {
        finding: &findings[at],
        likewise: before.into_iter().map(|other| &findings[other]).collect(),
    };
    shown.map(group).collect()
}

impl GroupedFinding<'_> {
    /// What was found, with the reason of an exception, how often, and where it began.
    pub fn message(&self) -> String {
        let Some(first) = self.likewise.first() else {
            return message(self.finding);
        };
        let mut weeks: Vec<usize> = self.likewise.iter().map(|other| other.week).collect();
        weeks.dedup();
        let in_a_row = |weeks: &[usize]| match weeks {
            [first, _, .., last] => format!("{first} to {last}"),
            weeks => weeks.iter().map(usize::to_string).collect::<Vec<_>>().join(", "),
        };
        let weeks: Vec<String> = weeks.chunk_by(|a, b| b == &(a + 1)).map(in_a_row).collect();
        let times = plural(self.likewise.len(), "time", None);
        let since = first.date.as_ref().map_or(String::new(), |date| format!(", since {date}"));
        format!("{} · {times} before, in weeks {}{since}", message(self.finding), weeks.join(", "))
    }
}

fn finding(grouped: &GroupedFinding, style: Style) -> String {
    let finding = grouped.finding;
    let (mark, name) = severity(finding.severity);
    let at = finding.date.clone().unwrap_or_default();
    let first = format!("  {mark} {name:<7}  week {:>2}  {at:<10}  ", finding.week);
    wrapped(&first, &format!("{} [{}]", grouped.message(), finding.rule), style.width)
}

/// Where the rules are explained; a page says it itself.
const EXPLAIN: &str = "`rehabrun explain RULE` says why a rule matters and how weak its evidence is.";

/// What all of it comes to, in a sentence. That nothing was found is said of what was judged alone.
pub fn conclusion(progress: &Progress) -> String {
    let count = |severity| {
        let found = progress.findings_since();
        found.filter(|finding| finding.severity == severity && finding.allowed.is_none()).count()
    };
    let warnings = plural(count(Severity::Warning), "warning", None);
    let cautions = plural(count(Severity::Caution), "caution", None);
    let unclear = progress.runs.iter().filter(|run| run.week.is_some() && progress.is_since(&run.date));
    let unclear = unclear.filter(|run| run.verdict == Class::Undetermined).count();
    let unclear = match unclear {
        0 => String::new(),
        n => format!(" {} could not be judged, which is no pass.", plural(n, "run", None)),
    };
    format!("{warnings}, {cautions}.{unclear}")
}

/// Of runs in two files so many are named; the rest is a number.
const MOST_NAMED: usize = 3;

/// What is said of runs that are in two files.
pub fn duplicate_notes(progress: &Progress) -> Vec<String> {
    let (named, rest) = match progress.duplicates.as_slice() {
        all if all.len() <= MOST_NAMED + 1 => (all, 0),
        all => (&all[..MOST_NAMED], all.len() - MOST_NAMED),
    };
    let said = |pair: &Duplicate| {
        format!("{} is the same run as {}, and counts once", sanitize(&pair.dropped), sanitize(&pair.kept))
    };
    let more = (rest > 0).then(|| format!("{rest} more runs are in two files and count once: the JSON names them"));
    named.iter().map(said).chain(more).collect()
}

fn day(date: &str) -> String {
    Date::parse(date).map_or_else(|| sanitize(date), Date::words)
}
