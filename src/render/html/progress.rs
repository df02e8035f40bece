//! The page of one runner's weeks.

use maud::{Markup, html};

use super::super::progress::{
    conclusion, done, duplicate_notes, folded, found, grouped, missed_line, over, severity, share, since_line, title,
    trend_line, verdicts, without_run,
};
use super::super::symptoms;
use super::super::words::sanitize;
use super::{Links, document, sheet, weeks, words};
use crate::report::{Progress, ProgressRun, Severity, SymptomEntry, Symptoms, Week};
use crate::units::{Distance, UnitSystem, clock, plural};

/// A whole page of weeks; `links` lead to the pages of the runs, where there are any.
pub fn progress(progress: &Progress, links: &Links, units: UnitSystem) -> String {
    let title = title(progress);
    let body = html! {
        (links.back())
        h1 { (title) }
        (sheet::sheet(progress, links, units))
        section.summary {
            h3 { "The season" }
            (weeks::clock_strip(progress))
            @if let Some(line) = trend_line(progress) { p { (line) } }
            @if let Some(line) = missed_line(progress) { p { (line) } }
            @if let Some(line) = since_line(progress) { p { (line) } }
            p { (conclusion(progress)) }
            (weeks::charts(progress, units))
        }
        @if progress.findings_since().next().is_some() { section.summary {
            (findings(progress, links))
            (words::explained(progress.findings_since().map(|found| found.rule), "rules"))
        } }
        @if let Some(symptoms) = &progress.symptoms { section.summary { (felt(progress, symptoms)) } }
        @if !progress.runs.is_empty() { section.summary { (runs(progress, links, units)) } }
        @if !progress.weeks.is_empty() { section.summary {
            h3 { "Weeks" } (table(progress, units))
            @if progress.plan.is_some() { p.soft { (LEGEND) } }
        } }
        @if !progress.duplicates.is_empty() || !progress.notes.is_empty() { section.summary { (notes(progress)) } }
    };
    document(&title, &progress.tool, &body)
}

/// What the columns of a plan say.
const LEGEND: &str = "Sessions: done of those planned. Planned: the running that the stages done ask for. Plan: how far \
    what was run and rested kept to it. Easy: the share of its run steps under their ceiling.";

fn table(progress: &Progress, units: UnitSystem) -> Markup {
    let with_plan = progress.plan.is_some();
    html! {
        div.scroll tabindex="0" role="group" aria-label="Weeks" {
            table {
                thead { tr {
                    th.num scope="col" { "Week" } th.wide scope="col" { "From" } th.num scope="col" { "Run time" }
                    th.num scope="col" { "Distance" } th.num scope="col" { "Run days" } th.num scope="col" { "Over" }
                    // What a plan asks for matters more than what lies beside it, and a page is no wider.
                    @if !with_plan { th.num.wide scope="col" { "Longest bout" } th.num.wide scope="col" { "Walk" } }
                    @if with_plan {
                        th.num scope="col" { "Sessions" } th.num.wide scope="col" { "Planned" } th.wide scope="col" { "Stage" }
                        th.num scope="col" { "Plan" } th.num scope="col" { "Easy" }
                    }
                    th scope="col" { "Verdicts" }
                } }
                tbody {
                    @for weeks in folded(&progress.weeks) {
                        @match weeks {
                            [week] if week.sessions > 0 => { (row(week, with_plan, units)) }
                            _ => { tr.minor { td colspan="14" { (without_run(weeks)) } } }
                        }
                    }
                }
            }
        }
    }
}

fn row(week: &Week, with_plan: bool, units: UnitSystem) -> Markup {
    html! {
        tr {
            td.num { (week.week) }
            td.wide.day { (week.from) }
            td.num { (clock(week.run_s)) }
            td.num { (units.distance_mark(Distance::from_meters(week.run_m))) }
            td.num { (week.run_days) }
            td.num { (over(week)) }
            @if !with_plan { td.num.wide { (clock(week.longest_bout_s)) } td.num.wide { (clock(week.walk_s)) } }
            @if with_plan {
                td.num { (done(week)) }
                td.num.wide { (week.planned_run_s.map_or(String::new(), clock)) }
                td.wide.day { (week.plan_stage.as_deref().unwrap_or_default()) }
                td.num { (share(week.compliance)) }
                td.num { (share(week.intensity)) }
            }
            td { (verdicts(week)) }
        }
    }
}

fn findings(progress: &Progress, links: &Links) -> Markup {
    html! {
        h3 { "Findings" }
        ul.findings.of-weeks {
            @for grouped in grouped(&found(progress)).into_iter().rev() {
                @let finding = grouped.finding;
                @let (mark, name) = severity(finding.severity);
                @let at = finding.date.as_ref().map_or(String::new(), |date| format!(", {date}"));
                @let at = format!("week {}{at}", finding.week);
                li class=(name) {
                    // A note's sign is that of the list.
                    strong { @if finding.severity != Severity::Note { (mark) " " } (name) } " "
                    span.at { @match &finding.path { Some(path) => (links.run(path, &at)), None => (at) } }
                    " " (grouped.message()) " " span.rule { (finding.rule) }
                }
            }
        }
    }
}

/// What was said of how it felt, the latest first, and the weeks in which it rose.
fn felt(progress: &Progress, said: &Symptoms) -> Markup {
    let latest: Vec<&SymptomEntry> = said.entries.iter().rev().collect();
    let (shown, rest) = latest.split_at(latest.len().min(MOST_RUNS));
    let rises = symptoms::rises(progress);
    html! {
        h3 { "Symptoms" }
        p.soft { "Pain from 0 to 10; " (symptoms::limit(said)) ". Beside the load, and no verdict on a run." }
        @if !rises.is_empty() { ul.findings { @for rise in rises { li { (rise) } } } }
        (felt_table(shown, said))
        @if !rest.is_empty() { details { summary { (rest.len()) " earlier ones" } (felt_table(rest, said)) } }
    }
}

fn felt_table(entries: &[&SymptomEntry], said: &Symptoms) -> Markup {
    let number = |pain: Option<f64>| pain.map_or("–".to_owned(), symptoms::number);
    html! {
        div.scroll tabindex="0" role="group" aria-label="Symptoms" {
            table {
                thead { tr {
                    th scope="col" { "Day" } th.num scope="col" { "Week" } th.num scope="col" { "During" } th.num scope="col" { "After" }
                    th.num scope="col" { "Next morning" } th scope="col" { "Site" } th scope="col" { "Note" }
                } }
                tbody {
                    @for entry in entries {
                        tr {
                            td.day { (entry.date) }
                            td.num { (entry.week.map_or("–".to_owned(), |week| week.to_string())) }
                            td.num { (number(entry.during)) } td.num { (number(entry.after)) } td.num { (number(entry.next_day)) }
                            td { (entry.site.as_deref().map_or(String::new(), sanitize)) }
                            td {
                                (entry.note.as_deref().map_or(String::new(), sanitize))
                                @if let Some(against) = symptoms::against(entry, said.acceptable) { " " strong { (against) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The latest runs that stand open; the rest is folded away.
const MOST_RUNS: usize = 12;

fn runs(progress: &Progress, links: &Links, units: UnitSystem) -> Markup {
    let (latest, before): (Vec<&ProgressRun>, Vec<&ProgressRun>) =
        progress.runs.iter().rev().partition(|run| run.week.is_some());
    let (shown, rest) = latest.split_at(latest.len().min(MOST_RUNS));
    html! {
        h3 { "Runs" }
        (run_table(shown, progress, links, units))
        @if !rest.is_empty() { details { summary { (rest.len()) " earlier ones" } (run_table(rest, progress, links, units)) } }
        @if !before.is_empty() {
            details { summary { (plural(before.len(), "run", None)) " outside these weeks, not counted" } (run_table(&before, progress, links, units)) }
        }
    }
}

fn run_table(runs: &[&ProgressRun], progress: &Progress, links: &Links, units: UnitSystem) -> Markup {
    let with_plan = progress.plan.is_some();
    html! {
        div.scroll tabindex="0" role="group" aria-label="Runs" {
            table {
                thead { tr {
                    th scope="col" { "Day" } th.num scope="col" { "Week" } th scope="col" { "Verdict" } th.num scope="col" { "Run time" }
                    @if with_plan { th.num.wide scope="col" { "Planned" } th.wide scope="col" { "Stage" } th.num.wide scope="col" { "Plan" } th.num.wide scope="col" { "Easy" } }
                    th.num scope="col" { "Distance" } th.wide scope="col" { "File" }
                } }
                tbody {
                    @for run in runs {
                        tr {
                            td.day { (links.run(&run.path, &run.date)) }
                            td.num { @match run.week { Some(week) => (week), None => "–" } }
                            td { (words::class_badge(run.verdict, run.allowed.is_some())) }
                            td.num { (clock(run.run_s)) }
                            @if with_plan {
                                td.num.wide { (run.planned_run_s.map_or(String::new(), clock)) }
                                td.wide.day { @if run.joined { "with the one before" } @else { (run.plan_stage.as_deref().unwrap_or_default()) } }
                                td.num.wide { (share(run.compliance)) }
                                td.num.wide { (share(run.intensity)) }
                            }
                            td.num { (units.distance_mark(Distance::from_meters(run.run_m))) }
                            td.wide.soft { (sanitize(run.path.rsplit(['/', '\\']).next().unwrap_or(&run.path))) }
                        }
                    }
                }
            }
        }
    }
}

fn notes(progress: &Progress) -> Markup {
    html! {
        h3 { "Notes" }
        ul.notes {
            @for said in duplicate_notes(progress) { li { (said) } }
            @for note in &progress.notes { li { (sanitize(&note.message)) } }
        }
    }
}
