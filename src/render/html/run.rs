//! The part of a page about one file: sentence, chart, bouts, findings, ceiling, doubts.

use maud::{Markup, PreEscaped, html};

use super::super::words::{first_few, sanitize, source, sport, tags, time_over, too_fast};
use super::{comparison, splits, words};
use crate::render::advice;
use crate::render::chart::{self, Look};
use crate::render::efforts::Efforts;
use crate::report::{
    Bout, Ceiling, Chart, Compliance, Effort, File, Finding, Gait, Judgement, Note, Session, Severity, Verdict,
};
use crate::units::{Distance, UnitSystem, clock, percent, plural};

/// The most bouts in a printed table, so that a run stays on one sheet.
const MOST_PRINTED: usize = 12;

/// The most bouts in a table on screen, so that a page stays small enough to be sent. Our choice: few runs have more.
const MOST_LISTED: usize = 160;

/// One file with all its sessions. The heading is the page's own when the file stands alone.
pub fn file(file: &File, n: usize, alone: bool, units: UnitSystem) -> Markup {
    html! {
        article.run id=(format!("run-{}", n + 1)) {
            header {
                @if alone { h1 { (words::title(file)) } } @else { h2 { (words::title(file)) } }
                @if let Some(whose) = words::whose(file) { p.meta { (whose) } }
            }
            @if let Some(error) = &file.error {
                section.verdict.unknown role="alert" {
                    p.class { (words::badge(file)) }
                    p.sentence { (sanitize(&error.message)) ": " (sanitize(&error.cause)) }
                    p { (sanitize(&error.hint)) }
                }
            }
            @for (i, one) in file.sessions.iter().enumerate() {
                @if file.sessions.len() > 1 { h3 { "Session " (i + 1) ": " (sport(one)) } }
                (session(one, &format!("chart-{}-{}", n + 1, i + 1), units))
            }
            @if let Some(felt) = crate::render::symptoms::of_file(file) { p.felt { (felt) } }
            (notes("About the file", &file.notes))
            (words::explained(file.sessions.iter().flat_map(|session| &session.findings).map(|found| found.rule), &format!("rules-{}", n + 1)))
            p.meta.from {
                "From " (words::file_name(file))
                @if let Some(device) = &file.device { " · " (sanitize(device)) }
            }
        }
    }
}

fn session(session: &Session, id: &str, units: UnitSystem) -> Markup {
    let verdict = match session.judgement() {
        Judgement::Judged(verdict) => verdict,
        Judgement::Skipped { reason } => {
            return html! { p { (sport(session)) ", " (clock(session.elapsed_s)) ". " (reason) } (notes("Notes", &session.notes)) };
        }
    };
    let (style, _) = words::class_style(verdict.class);
    html! {
        section class=(format!("verdict {style}")) {
            p.class {
                (words::class_badge(verdict.class, verdict.allowed.is_some()))
                @if let Some(severity) = verdict.severity { " · " (severity) }
                @if verdict.confidence > 0.0 { span.soft { " · " (confidence(verdict.confidence)) } }
            }
            p.sentence { (verdict.sentence) }
            @if !verdict.reasons.is_empty() {
                ul.reasons { @for reason in &verdict.reasons { li { (reason) } } }
            }
            @if let Some(felt) = advice::felt(session) { p.felt { (felt) } }
            @if let Some(what_now) = advice::what_now(session) { p.next { b { (advice::WHAT_NOW) } (what_now) } }
        }
        (figures(session, verdict, units))
        @if let Some(plan) = &session.plan { (compliance(plan)) }
        (charts(session, id, units))
        (bouts(session, id, units))
        (splits::tables(session, id, units))
        (comparison::section(session, units))
        (findings(&session.findings, id))
        (ceiling(&session.ceiling, units))
        (notes("Repairs and doubts", &session.notes))
    }
}

fn confidence(confidence: f64) -> &'static str {
    match confidence {
        c if c >= 0.7 => "high confidence",
        c if c >= 0.4 => "medium confidence",
        _ => "low confidence",
    }
}

fn figures(session: &Session, verdict: &Verdict, units: UnitSystem) -> Markup {
    let figure = |name: &str, value: String| html! { div { dt { (name) } dd { (value) } } };
    html! {
        dl.figures {
            @if session.started_at.is_some() { (figure("Started", words::date(session))) }
            (figure("Distance", units.distance(Distance::from_meters(session.distance_m))))
            (figure("Elapsed", clock(session.elapsed_s)))
            @if (session.elapsed_s - session.timer_s).abs() >= 1.0 { (figure("Timer", clock(session.timer_s))) }
            (figure("Running", clock(session.run_s)))
            (figure("Walking", clock(session.walk_s)))
            @if let Some(over) = time_over(session) { (figure("Over the ceiling", over)) }
            @if let Some(index) = verdict.index { (figure("Index", format!("{index} of 100"))) }
        }
    }
}

fn compliance(plan: &Compliance) -> Markup {
    html! {
        section.plan {
            h3 { "Against the plan" }
            p { code { (plan.plan) } span.soft { " from " (plan.source) } }
            dl.figures {
                div { dt { "Structure" } dd { (format!("{:.0} %", plan.structure)) " " span.soft { (plan.structure_label) } } }
                div { dt { "Intensity" } dd { @match plan.intensity { Some(share) => (format!("{share:.0} % of run steps easy")), None => "cannot tell" } } }
                div { dt { "Runs done" } dd { (plan.runs_done) " of " (plan.runs_planned) } }
                div { dt { "Walk breaks" } dd { (plan.walks_done) " of " (plan.walks_planned) } }
                @if plan.unplanned_walks > 0 {
                    div { dt { "Walks not planned" } dd { (plan.unplanned_walks) ", " (clock(plan.unplanned_walk_s))
                        @if plan.forced_walks > 0 { " " span.soft { (plan.forced_walks) " after running over the ceiling" } } } }
                }
            }
        }
    }
}

fn charts(session: &Session, id: &str, units: UnitSystem) -> Markup {
    let drawn =
        |width, height| chart::svg(session, Look { width, height, units }).map(|svg| PreEscaped(chart::themed(&svg)));
    let (Some(wide), Some(narrow)) = (drawn(940, 420), drawn(370, 430)) else {
        return html! {};
    };
    let described = chart::description(session, units);
    html! {
        div.drawings {
            figure.chart id=(id) {
                div.on-wide role="img" aria-label=(described) data-left=(chart::MARGINS.0) data-right=(chart::MARGINS.1) data-width="940" { (wide) }
                div.on-narrow role="img" aria-label=(described) data-left=(chart::MARGINS.0) data-right=(chart::MARGINS.1) data-width="370" { (narrow) }
                @if let Some(chart) = &session.chart { (samples(session, chart, units)) }
                figcaption {
                    span.key.over { "running over the ceiling" } " " span.key.easy { "running" } " "
                    span.key.walk { "walking" } " " span.key.still { "standing or paused" }
                    @if session.ceiling.pace_s_per_km.is_some() { " " span.key.ceiling { "easy ceiling with its uncertainty" } }
                }
            }
            @if let Some(route) = chart::route::svg(session) {
                figure.route {
                    div role="img" aria-label="Sketch of the route, thick where the running was over the ceiling" { (PreEscaped(chart::themed(&route))) }
                    figcaption { "Route, without a map; north is up. Ring: start; dot: finish." }
                }
            }
        }
    }
}

/// The numbers that the script shows under the pointer; nothing of it is needed to read the page.
fn samples(session: &Session, chart: &Chart, units: UnitSystem) -> Markup {
    let per_unit = if units == UnitSystem::Imperial { 1609.344 } else { 1000.0 };
    let list = |values: &mut dyn Iterator<Item = Option<f64>>| {
        values.map(|value| value.map_or(String::new(), |x| format!("{x:.0}"))).collect::<Vec<_>>().join(",")
    };
    html! {
        data.samples hidden
            data-unit=(units.pace_unit())
            data-name=(units.pace_unit().trim_start_matches('/'))
            data-perunit=(per_unit)
            data-meters=(list(&mut chart.meters.iter().copied().map(Some)))
            data-elapsed=(format!("{:.0}", session.elapsed_s))
            data-seconds=(list(&mut chart.seconds.iter().copied().map(Some)))
            data-pace=(list(&mut chart.speed.iter().map(|v| v.filter(|v| *v > 0.4).map(|v| per_unit / v))))
            data-heart=(list(&mut chart.heart_rate.iter().copied()))
            data-altitude=(list(&mut chart.altitude.iter().copied())) {}
    }
}

fn bouts(session: &Session, id: &str, units: UnitSystem) -> Markup {
    let efforts = Efforts::of(session);
    let printed = printed(session);
    let crowded = printed.contains(&false);
    let listed = chosen(session, MOST_LISTED);
    let n_left_out = listed.iter().filter(|listed| !**listed).count();
    html! {
        section.bouts {
            h3 { "Bouts" }
            div.scroll tabindex="0" role="group" aria-label="Bouts" {
                table data-chart=(id) {
                    thead {
                        tr {
                            th.num.wide scope="col" { "#" } th scope="col" { "Gait" } th.num scope="col" { "Start" } th.num scope="col" { "Length" }
                            th.num.wider scope="col" { "Distance" }
                            th.num scope="col" { "Pace " span.unit { (units.pace_unit()) } }
                            th.num.wide scope="col" { "On the flat " span.unit { (units.pace_unit()) } }
                            th scope="col" { "Against the ceiling" }
                            th.num scope="col" { abbr title="heart rate, mean and highest" { "HR" } " " span.unit { "bpm" } }
                            th.num.wider scope="col" { abbr title="steps a minute, both feet" { "spm" } }
                        }
                    }
                    tbody { @for (n, one) in session.bouts.iter().enumerate().filter(|(n, _)| listed[*n]) { (bout(one, n + 1, printed[n], &efforts, units)) @for one in efforts.beneath(one) { (effort(one, printed[n], units)) } } }
                }
            }
            @if n_left_out > 0 { p.soft { "The runs over the ceiling and the longest others; " (plural(n_left_out, "shorter bout", None)) " are in CSV and JSON." } }
            @if crowded { p.on-paper.soft { "The runs over the ceiling and the longest others; the page on screen has all " (plural(session.bouts.len(), "bout", None)) "." } }
        }
    }
}

/// Which bouts are printed: all where they fit, else the runs over the ceiling and the longest others.
fn printed(session: &Session) -> Vec<bool> {
    chosen(session, MOST_PRINTED)
}

/// So many bouts: all where they fit, else the runs over the ceiling and the longest others.
fn chosen(session: &Session, most: usize) -> Vec<bool> {
    if session.bouts.len() <= most {
        return vec![true; session.bouts.len()];
    }
    let mut runs: Vec<usize> = (0..session.bouts.len()).filter(|&n| session.bouts[n].gait == Gait::Run).collect();
    let length = |bout: &Bout| bout.end_s - bout.start_s;
    runs.sort_by(|&a, &b| {
        let (a, b) = (&session.bouts[a], &session.bouts[b]);
        (b.over == Some(true)).cmp(&(a.over == Some(true))).then(length(b).total_cmp(&length(a)))
    });
    let mut chosen = vec![false; session.bouts.len()];
    for n in runs.into_iter().take(most) {
        chosen[n] = true;
    }
    chosen
}

fn bout(bout: &Bout, n: usize, printed: bool, efforts: &Efforts, units: UnitSystem) -> Markup {
    let whole = |value: Option<f64>| value.map_or("–".to_owned(), |x| format!("{x:.0}"));
    let style = match (bout.gait, bout.over) {
        (Gait::Run, Some(true)) => "over",
        (Gait::Run, _) => "run",
        _ => "minor",
    };
    html! {
        tr class=(style) data-off-paper[!printed] data-from=(bout.start_s) data-to=(bout.end_s) {
            td.num.wide { (n) }
            td { (bout.gait) @if bout.confidence < 0.5 && bout.gait != Gait::Paused { span.soft title="the signals were not clear" { " ?" } } }
            td.num.at { (clock(bout.start_s)) }
            td.num { (clock(bout.end_s - bout.start_s)) }
            td.num.wider { (units.distance(Distance::from_meters(bout.end_m - bout.start_m))) }
            td.num { (paces(bout.pace_s_per_km, bout.graded_pace_s_per_km.filter(|_| bout.gait == Gait::Run), units)) }
            td.num.wide { (words::pace(bout.graded_pace_s_per_km, units)) }
            td.against { (words::against_ceiling(bout, efforts)) @for tag in tags(bout) { " " span.tag { (tag) } } }
            td.num { (whole(bout.heart_rate_mean_bpm)) @if let Some(max) = bout.heart_rate_max_bpm { span.soft { " / " (format!("{max:.0}")) } } }
            td.num.wider { (whole(bout.cadence_spm)) }
        }
    }
}

/// A pace, and where there is no room for a column of its own and it differs, that on the flat, by which percentages go.
fn paces(pace: Option<f64>, flat: Option<f64>, units: UnitSystem) -> Markup {
    let (pace, flat) = (words::pace(pace, units), words::pace(flat, units));
    html! { (pace) @if flat != pace && flat != "–" { span.soft.narrow { (flat) " flat" } } }
}

/// An effort, beneath its bout.
fn effort(effort: &Effort, printed: bool, units: UnitSystem) -> Markup {
    html! {
        tr.over.effort data-off-paper[!printed] data-from=(effort.start_s) data-to=(effort.end_s) {
            td.num.wide {}
            td { "effort" }
            td.num.at { (clock(effort.start_s)) }
            td.num { (clock(effort.end_s - effort.start_s)) }
            td.num.wider { (units.distance(Distance::from_meters(effort.end_m - effort.start_m))) }
            td.num { (paces(effort.pace_s_per_km, effort.graded_pace_s_per_km, units)) }
            td.num.wide { (words::pace(effort.graded_pace_s_per_km, units)) }
            td.against { "▲ " (too_fast(effort)) }
            td.num { @if let Some(bpm) = effort.heart_rate_mean_bpm { (format!("{bpm:.0}")) } @if let Some(max) = effort.heart_rate_max_bpm { span.soft { " / " (format!("{max:.0}")) } } }
            td.num.wider {}
        }
    }
}

fn findings(findings: &[Finding], id: &str) -> Markup {
    let (shown, rest) = first_few(findings);
    html! {
        @if !findings.is_empty() {
            section.findings data-chart=(id) {
                h3 { "Findings" }
                ul { @for one in shown { (finding(one)) } }
                @if !rest.is_empty() {
                    details {
                        summary { (rest.len()) " more like these" }
                        ul { @for one in rest { (finding(one)) } }
                    }
                }
            }
        }
    }
}

fn finding(finding: &Finding) -> Markup {
    html! {
        li class=(finding.severity.name()) data-from=(finding.start_s) data-to=(finding.end_s) {
            span.at { (clock(finding.start_s)) } " " strong { (severity(finding.severity)) } " " (sanitize(&finding.message))
            " " code.rule { (finding.rule) }
            @if let Some(reason) = &finding.allowed { p.allowed { "Allowed: " (sanitize(reason)) } }
        }
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "Note",
        Severity::Caution => "Caution",
        Severity::Warning => "Over",
        Severity::Doubt => "Doubt",
    }
}

fn ceiling(ceiling: &Ceiling, units: UnitSystem) -> Markup {
    html! {
        section.source {
            h3 { "How the ceiling was set" }
            @if ceiling.pace_s_per_km.is_none() && ceiling.heart_rate_bpm.is_none() {
                p { "No ceiling is known, so nothing can be held against one." }
            }
            ul {
                @if let (Some(pace), Some(from)) = (ceiling.pace_s_per_km, ceiling.pace_source) {
                    li {
                        "Pace " strong { (words::pace(Some(pace), units)) (units.pace_unit()) } ": " (source(from))
                        @if let Some(sigma) = ceiling.pace_uncertainty { span.soft { ", give or take " (percent(sigma)) } }
                    }
                }
                @if let (Some(bpm), Some(from)) = (ceiling.heart_rate_bpm, ceiling.heart_rate_source) {
                    li {
                        "Heart rate " strong { (format!("{bpm:.0} bpm")) } ": " (source(from))
                        @if let Some(sigma) = ceiling.heart_rate_uncertainty_bpm { span.soft { ", give or take " (format!("{sigma:.0} bpm")) } }
                    }
                }
            }
            @let others: Vec<_> = ceiling.alternatives.iter().filter(|other| !other.chosen).collect();
            @if !others.is_empty() {
                details {
                    summary { "Other ceilings that the facts allow" }
                    ul {
                        @for other in others {
                            li {
                                (source(other.source)) ": "
                                @if let Some(pace) = other.pace_s_per_km { (words::pace(Some(pace), units)) (units.pace_unit()) " " }
                                @if let Some(bpm) = other.heart_rate_bpm { (format!("{bpm:.0} bpm")) " " }
                                span.soft { (other.reason) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn notes(heading: &str, notes: &[Note]) -> Markup {
    html! {
        @let (harmless, telling): (Vec<_>, Vec<_>) = notes.iter().partition(|note| note.is_harmless);
        @if !telling.is_empty() {
            section.notes { h3 { (heading) } ul { @for note in telling { li { (sanitize(&note.message)) } } } }
        }
        @if !harmless.is_empty() {
            section.notes { details { summary { "Harmless repairs" } ul { @for note in harmless { li { (sanitize(&note.message)) } } } } }
        }
    }
}
