//! The patient's sheet: what a visit talks about, on one printed page, with room to write.

use maud::{Markup, html};

use super::super::progress::{
    GroupedFinding, ceiling_line, clock_line, earlier_words, found, grouped, next_line, programme_line, severity,
};
use super::super::symptoms;
use super::super::words::sanitize;
use super::timeline::bands;
use super::{Links, words};
use crate::report::{Class, Progress, ProgressRun, Severity, Week};
use crate::units::{Date, UnitSystem, clock, percent, plural};

/// So many runs are named.
const RUNS: usize = 3;
/// So many findings stand on the sheet.
const FINDINGS: usize = 4;
/// Lines to write on.
const LINES: usize = 4;

/// The sheet; nothing where there is no week.
pub fn sheet(progress: &Progress, links: &Links, units: UnitSystem) -> Markup {
    let weeks = weeks_asked_for(progress);
    let runs: Vec<&ProgressRun> =
        progress.runs.iter().filter(|run| run.week.is_some() && progress.is_since(&run.date)).collect();
    let lines = [clock_line(progress), programme_line(progress), ceiling_line(progress, units), next_line(progress)];
    html! {
        @if !progress.weeks.is_empty() {
            section.summary.sheet {
                h3 { (heading(progress)) }
                @for line in lines.into_iter().flatten() { p { (line) } }
                @if let Some(line) = symptoms::pain_line(progress) { p { (line) } }
                (done(progress, weeks))
                (open(progress))
                (bands(progress))
                (talk(progress, &runs, links))
                (room())
            }
        }
    }
}

/// The weeks of which more than half is of the days asked for, or the last one.
fn weeks_asked_for(progress: &Progress) -> &[Week] {
    let middle = |week: &Week| Date::parse(&week.from).map(|from| from.plus_days(3).to_string());
    let is_within = |week: &Week| middle(week).is_some_and(|middle| progress.is_since(&middle));
    let first = progress.weeks.iter().position(is_within).unwrap_or(progress.weeks.len().saturating_sub(1));
    &progress.weeks[first..]
}

fn heading(progress: &Progress) -> String {
    let day = |date: &str| Date::parse(date).map_or_else(|| sanitize(date), Date::words);
    let first = progress.weeks.first().map(|week| week.from.as_str());
    match (&progress.since, &progress.earlier) {
        (Some(since), Some(earlier)) => format!("Since {} ({})", day(since), earlier_words(earlier)),
        _ => first.map_or_else(String::new, |first| format!("Since {}", day(first))),
    }
}

/// What was asked for, what was done, and what was over.
fn done(progress: &Progress, weeks: &[Week]) -> Markup {
    let is_of_weeks = |run: &&ProgressRun| run.week.is_some_and(|of| weeks.iter().any(|week| week.week == of));
    let runs: Vec<&ProgressRun> = progress.runs.iter().filter(is_of_weeks).collect();
    let planned: Option<usize> =
        progress.plan.as_ref().map(|_| weeks.iter().filter_map(|week| week.planned_sessions).sum());
    let planned = planned.filter(|planned| *planned > 0);
    let outings: usize = weeks.iter().map(|week| week.outings).sum();
    let sum = |of: fn(&ProgressRun) -> Option<f64>| runs.iter().filter_map(|run| of(run)).fold(0.0, |sum, s| sum + s);
    let asked = sum(|run| run.planned_run_s.filter(|_| !run.joined));
    let over_runs = runs.iter().filter(|run| run.verdict.is_over() && run.allowed.is_none()).count();
    let unclear = runs.iter().filter(|run| run.verdict == Class::Undetermined).count();
    let run_s = sum(|run| Some(run.run_s));
    let judged = weeks.iter().filter_map(|week| Some((week.over_share?, week.run_s)));
    let (over_s, judged_s) = judged.fold((0.0, 0.0), |sum, (share, run_s)| (sum.0 + share * run_s, sum.1 + run_s));
    let share = (judged_s > 0.0).then(|| format!(", {} of the running", percent(over_s / judged_s)));
    html! {
        table.asked {
            thead { tr { th scope="col" { (of_weeks(weeks)) } th.num scope="col" { "Prescribed" } th.num scope="col" { "Done" } th scope="col" { "Over the ceiling" } } }
            tbody {
                tr {
                    th scope="row" { "Sessions" }
                    td.num { (planned.map_or("–".to_owned(), |planned| planned.to_string())) }
                    td.num { (outings) }
                    td { (plural(over_runs, "session", None)) (share.unwrap_or_default())
                        @if unclear > 0 { "; " (unclear) " could not be judged" } }
                }
                tr {
                    th scope="row" { "Running" }
                    td.num { @if asked > 0.0 { (clock(asked)) } @else { "–" } }
                    td.num { (clock(run_s)) }
                    td.soft { @if asked > 0.0 { "prescribed: in the sessions that were done" } }
                }
            }
        }
    }
}

fn of_weeks(weeks: &[Week]) -> String {
    match weeks {
        [] => String::new(),
        [week] => format!("Week {}", week.week),
        [first, .., last] => format!("Weeks {} to {}", first.week, last.week),
    }
}

/// The warnings and cautions that nobody agreed on, the worst first.
fn open(progress: &Progress) -> Markup {
    let found = found(progress);
    let groups = grouped(&found).into_iter().filter(|grouped| grouped.finding.allowed.is_none());
    let is_open = |grouped: &GroupedFinding| matches!(grouped.finding.severity, Severity::Warning | Severity::Caution);
    let mut open: Vec<GroupedFinding> = groups.filter(is_open).collect();
    open.sort_by_key(|grouped| grouped.finding.severity != Severity::Warning);
    let more = open.len().saturating_sub(FINDINGS);
    html! {
        @if !open.is_empty() {
            ul.talk.open {
                @for grouped in open.iter().take(FINDINGS) {
                    @let (mark, name) = severity(grouped.finding.severity);
                    li { strong { (mark) " " (name) } " " (grouped.message()) }
                }
                @if more > 0 { li { (more) " more below" } }
            }
        }
    }
}

/// The runs that are worth a word: over the ceiling and not agreed on, unclear, of days that hurt; else the last ones.
fn worth_a_word<'a>(progress: &Progress, runs: &[&'a ProgressRun]) -> Vec<&'a ProgressRun> {
    let pain = |run: &ProgressRun| {
        let entries = progress.symptoms.iter().flat_map(|symptoms| &symptoms.entries);
        let of_day = entries.filter(|entry| entry.date == run.date);
        of_day.fold((false, 0.0_f64), |most, entry| {
            let is_against = entry.over_limit == Some(true) || entry.worse_next_day == Some(true);
            (most.0 || is_against, most.1.max(entry.worst.unwrap_or(0.0)))
        })
    };
    let rank = |run: &ProgressRun| match run.verdict {
        class if class.is_over() && run.allowed.is_none() => (0, class),
        Class::Surges | Class::DriftedOver if run.allowed.is_none() => (1, run.verdict),
        _ if pain(run).0 => (1, Class::Easy),
        Class::Undetermined => (2, Class::Undetermined),
        _ => (3, Class::Easy),
    };
    let mut order: Vec<&ProgressRun> = runs.to_vec();
    order.sort_by(|a, b| rank(a).cmp(&rank(b)).then(pain(b).1.total_cmp(&pain(a).1)).then_with(|| b.date.cmp(&a.date)));
    order.truncate(RUNS);
    order.sort_by(|a, b| a.date.cmp(&b.date));
    order
}

fn talk(progress: &Progress, runs: &[&ProgressRun], links: &Links) -> Markup {
    let chosen = worth_a_word(progress, runs);
    let felt = |date: &str| {
        let entries = progress.symptoms.iter().flat_map(|symptoms| &symptoms.entries);
        entries.filter(|entry| entry.date == date).map(symptoms::entry).collect::<Vec<_>>().join("; ")
    };
    html! {
        @if !chosen.is_empty() {
            h3 { "Runs to talk about" }
            ul.talk {
                @for run in chosen {
                    @let felt = felt(&run.date);
                    li {
                        (links.run(&run.path, &run.date)) " " (words::class_badge(run.verdict, run.allowed.is_some()))
                        " " (sanitize(&run.sentence))
                        @if let Some(reason) = &run.allowed { " Agreed: " (sanitize(reason)) "." }
                        @if !felt.is_empty() { " Felt: " (felt) "." }
                    }
                }
            }
        }
    }
}

/// Room to write.
fn room() -> Markup {
    html! {
        div.room {
            h3 { "Agreed" }
            @for _ in 0..LINES { div.line {} }
            p.blanks { "Ceiling " span.blank {} " Sessions a week " span.blank {} " Pain up to " span.blank {} " Next visit " span.blank {} }
        }
    }
}
