//! The page of one runner's weeks.

use maud::{Markup, html};

use super::super::progress::{
    clock_line, conclusion, folded, over, severity, title, told, trend_line, twice, verdicts, without_run,
};
use super::super::words::plain;
use super::{Links, document, weeks, words};
use crate::report::{Progress, ProgressRun, Week};
use crate::units::{Distance, UnitSystem, clock};

/// A whole page of weeks; `links` lead to the pages of the runs, where there are any.
pub fn progress(progress: &Progress, links: &Links, units: UnitSystem) -> String {
    let title = title(progress);
    let body = html! {
        (links.back())
        h1 { (title) }
        section.summary {
            @if let Some(line) = clock_line(progress) { p { (line) } }
            (weeks::clock_strip(progress))
            @if let Some(line) = trend_line(progress) { p { (line) } }
            @if let Some(plan) = &progress.plan { p { "Programme " (plan) } }
            p { (conclusion(progress)) }
            (weeks::charts(progress, units))
        }
        @if !progress.findings.is_empty() { section.summary { (findings(progress, links)) } }
        @if !progress.runs.is_empty() { section.summary { (runs(progress, links, units)) } }
        @if !progress.weeks.is_empty() { section.summary { h3 { "Weeks" } (table(progress, units)) } }
        @if !progress.duplicates.is_empty() || !progress.notes.is_empty() { section.summary { (notes(progress)) } }
    };
    document(&title, &progress.tool, &body)
}

fn table(progress: &Progress, units: UnitSystem) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr {
                    th.num scope="col" { "Week" } th.wide scope="col" { "From" } th.num scope="col" { "Run time" }
                    th.num scope="col" { "Distance" } th.num scope="col" { "Run days" } th.num scope="col" { "Over" }
                    th.num.wide scope="col" { "Longest bout" } th.num.wide scope="col" { "Walk" }
                    th.wide scope="col" { "Stage" } th scope="col" { "Verdicts" }
                } }
                tbody {
                    @for weeks in folded(&progress.weeks) {
                        @match weeks {
                            [week] if week.sessions > 0 => { (row(week, units)) }
                            _ => { tr.minor { td colspan="10" { (without_run(weeks)) } } }
                        }
                    }
                }
            }
        }
    }
}

fn row(week: &Week, units: UnitSystem) -> Markup {
    html! {
        tr {
            td.num { (week.week) }
            td.wide.day { (week.from) }
            td.num { (clock(week.run_s)) }
            td.num { (units.distance_mark(Distance::from_meters(week.run_m))) }
            td.num { (week.run_days) }
            td.num { (over(week)) }
            td.num.wide { (clock(week.longest_bout_s)) }
            td.num.wide { (clock(week.walk_s)) }
            td.wide.day { (week.plan_stage.as_deref().unwrap_or_default()) }
            td { (verdicts(week)) }
        }
    }
}

fn findings(progress: &Progress, links: &Links) -> Markup {
    html! {
        h3 { "Findings" }
        ul.findings.of-weeks {
            @for told in told(&progress.findings) {
                @let finding = told.finding;
                @let (mark, name) = severity(finding.severity);
                @let at = finding.date.as_ref().map_or(String::new(), |date| format!(", {date}"));
                @let at = format!("week {}{at}", finding.week);
                li class=(name) {
                    strong { (mark) " " (name) } " "
                    span.at { @match &finding.path { Some(path) => (links.run(path, &at)), None => (at) } }
                    " " (told.message()) " " span.rule { (finding.rule) }
                }
            }
        }
    }
}

/// The latest runs that stand open; the rest is folded away.
const MOST_RUNS: usize = 12;

fn runs(progress: &Progress, links: &Links, units: UnitSystem) -> Markup {
    let latest: Vec<&ProgressRun> = progress.runs.iter().rev().collect();
    let (shown, rest) = latest.split_at(latest.len().min(MOST_RUNS));
    html! {
        h3 { "Runs" }
        (run_table(shown, links, units))
        @if !rest.is_empty() { details { summary { (rest.len()) " earlier ones" } (run_table(rest, links, units)) } }
    }
}

fn run_table(runs: &[&ProgressRun], links: &Links, units: UnitSystem) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr {
                    th scope="col" { "Day" } th.num scope="col" { "Week" } th scope="col" { "Verdict" } th.num scope="col" { "Run time" }
                    th.num scope="col" { "Distance" } th.wide scope="col" { "File" }
                } }
                tbody {
                    @for run in runs {
                        tr {
                            td.day { (links.run(&run.path, &run.date)) }
                            td.num { @match run.week { Some(week) => (week), None => "–" } }
                            td { (words::class_badge(run.verdict, run.allowed.is_some())) }
                            td.num { (clock(run.run_s)) }
                            td.num { (units.distance_mark(Distance::from_meters(run.run_m))) }
                            td.wide.soft { (plain(run.path.rsplit(['/', '\\']).next().unwrap_or(&run.path))) }
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
            @for said in twice(progress) { li { (said) } }
            @for note in &progress.notes { li { (plain(&note.message)) } }
        }
    }
}
