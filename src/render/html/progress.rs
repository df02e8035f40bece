//! The page of one runner's weeks.

use maud::{Markup, html};

use super::super::progress::{
    clock_line, conclusion, folded, over, severity, title, told, trend_line, twice, verdicts, without_run,
};
use super::document;
use crate::report::{Progress, Week};
use crate::units::{Distance, UnitSystem, clock};

/// A whole page of weeks.
pub fn progress(progress: &Progress, units: UnitSystem) -> String {
    let title = title(progress);
    let body = html! {
        h1 { (title) }
        section.summary {
            @if let Some(line) = clock_line(progress) { p { (line) } }
            @if let Some(line) = trend_line(progress) { p { (line) } }
            @if let Some(plan) = &progress.plan { p { "Programme " (plan) } }
            p { (conclusion(progress)) }
            (weeks(progress, units))
            p.soft { "Bars: time run, days with a run, and the share of the running over the easy ceiling, each against its longest bar; the share against all running." }
        }
        @if !progress.findings.is_empty() { section.summary { (findings(progress)) } }
        @if !progress.duplicates.is_empty() || !progress.notes.is_empty() { section.summary { (notes(progress)) } }
    };
    document(&title, &progress.tool, &body)
}

fn weeks(progress: &Progress, units: UnitSystem) -> Markup {
    let most_s = progress.weeks.iter().map(|week| week.run_s).fold(0.0, f64::max);
    html! {
        div.scroll {
            table {
                thead { tr {
                    th.num scope="col" { "Week" } th scope="col" { "From" } th scope="col" { "Run time" }
                    th.num scope="col" { "Distance" } th scope="col" { "Run days" } th scope="col" { "Over the ceiling" }
                    th.num.wide scope="col" { "Longest bout" } th.num.wide scope="col" { "Walk" }
                    th.wide scope="col" { "Stage" } th.wide scope="col" { "Verdicts" }
                } }
                tbody {
                    @for weeks in folded(&progress.weeks) {
                        @match weeks {
                            [week] if week.sessions > 0 => { (row(week, most_s, units)) }
                            _ => { tr.minor { td colspan="10" { (without_run(weeks)) } } }
                        }
                    }
                 }
            }
        }
    }
}

fn row(week: &Week, most_s: f64, units: UnitSystem) -> Markup {
    html! {
        tr {
            td.num { (week.week) }
            td { (week.from) }
            td { (bar(&clock(week.run_s), week.run_s / most_s, "--c-easy")) }
            td.num { (units.distance_mark(Distance::from_meters(week.run_m))) }
            td { (bar(&week.run_days.to_string(), week.run_days as f64 / 7.0, "--c-walk")) }
            td { (bar(&over(week), week.over_share.unwrap_or(0.0), "--c-over")) }
            td.num.wide { (clock(week.longest_bout_s)) }
            td.num.wide { (clock(week.walk_s)) }
            td.wide { (week.plan_stage.as_deref().unwrap_or_default()) }
            td.wide { (verdicts(week)) }
        }
    }
}

/// A number with a bar below it, as long as its share of the cell. The number says all that the bar shows.
fn bar(text: &str, share: f64, color: &str) -> Markup {
    let percent = if share.is_finite() { share.clamp(0.0, 1.0) * 100.0 } else { 0.0 };
    let style = format!("height:.4rem;min-width:1px;border-radius:2px;background:var({color});width:{percent:.1}%");
    html! { (text) div style="min-width:5rem" aria-hidden="true" { div style=(style) {} } }
}

fn findings(progress: &Progress) -> Markup {
    html! {
        h3 { "Findings" }
        ul.findings {
            @for told in told(&progress.findings) {
                @let finding = told.finding;
                @let (mark, name) = severity(finding.severity);
                li class=(name) {
                    strong { (mark) " " (name) } " "
                    span.at { "week " (finding.week) @if let Some(date) = &finding.date { ", " (date) } }
                    " " (told.message()) " " span.rule { (finding.rule) }
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
            @for note in &progress.notes { li { (note.message) } }
        }
    }
}
