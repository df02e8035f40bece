//! One self-contained page: no request to any host, readable without script, on a phone, on paper and by screen readers.

mod clinic;
mod comparison;
mod links;
mod progress;
mod run;
mod sheet;
mod splits;
mod timeline;
mod weeks;
mod words;

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

pub use self::clinic::clinic as clinic_page;
pub use self::links::{Links, with_neighbours};
pub use self::progress::progress as progress_page;
pub use self::words::{FileStanding, standing};
use super::{Renderer, Style};
use crate::report::{Class, File, Report, SCHEMA_VERSION, Status, Summary, TOOL};
use crate::safety;
use crate::units::{UnitSystem, clock, is_control_or_bidi, plural};

const STYLE: &str = include_str!("html/style.css");
const HOVER: &str = include_str!("html/hover.js");

/// What a page may do: ask no host for anything, and run the one script whose hash this is. A test says the hash of a
/// script that was changed.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; \
    script-src 'sha256-YE0wW0KiZc1ahJhAsq9DZ2zyFQsjHxmzl2oicLMI5SE='; img-src data:; base-uri 'none'; form-action 'none'";

/// The most charts of one page, those of the worst runs: with more no browser opens it, and each takes 50 times the
/// memory of the run's numbers.
pub const MOST_CHARTS: usize = 500;

/// Begins a page. A page is written as a whole, because its table of files comes first, worst file on top.
pub fn begin(style: Style) -> Box<dyn Renderer> {
    Box::new(Page { files: Vec::new(), n_charts: 0, n_undrawn: 0, units: style.units })
}

struct Page {
    files: Vec<File>,
    /// Charts that are kept, and those that are not.
    n_charts: usize,
    n_undrawn: usize,
    units: UnitSystem,
}

impl Page {
    /// Forgets all charts but those of the worst runs.
    fn keep_worst(&mut self) {
        let mut order: Vec<&mut File> = self.files.iter_mut().collect();
        order.sort_by_key(|file| rank(file));
        let charts = order.into_iter().flat_map(|file| &mut file.sessions).map(|session| &mut session.chart);
        for chart in charts.filter(|chart| chart.is_some()).skip(MOST_CHARTS) {
            *chart = None;
            self.n_undrawn += 1;
        }
        self.n_charts = self.n_charts.min(MOST_CHARTS);
    }
}

impl Renderer for Page {
    fn file(&mut self, file: File, _out: &mut dyn Write) -> io::Result<()> {
        self.n_charts += file.sessions.iter().filter(|session| session.chart.is_some()).count();
        self.files.push(file);
        if self.n_charts > 2 * MOST_CHARTS {
            self.keep_worst();
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.keep_worst();
        let files = std::mem::take(&mut self.files);
        let report = Report { schema_version: SCHEMA_VERSION, tool: TOOL.to_owned(), files, summary: summary.clone() };
        out.write_all(page_with(&report, self.n_undrawn, self.units).as_bytes())
    }
}

/// A whole page for one or many audited files.
pub fn page(report: &Report, units: UnitSystem) -> String {
    page_with(report, 0, units)
}

/// The same, which says how many runs are without their chart for want of room.
fn page_with(report: &Report, n_undrawn: usize, units: UnitSystem) -> String {
    let title = match report.files.as_slice() {
        [file] => words::whole_title(file),
        files => plural(files.len(), "run", None),
    };
    let body = html! {
        @if report.files.len() > 1 {
            h1 { (title) }
            (summary(report))
        }
        @if n_undrawn > 0 {
            p.soft { "Charts are drawn of the " (MOST_CHARTS) " worst runs; " (plural(n_undrawn, "run", None)) " less bad have their numbers only." }
        }
        // What was left out has its line in the table and no sheet of its own.
        @for (n, file) in report.files.iter().enumerate().filter(|(_, file)| has_article(file, report.files.len())) {
            (run::file(file, n, report.files.len() == 1, units))
        }
    };
    document(&title, &report.tool, &body)
}

/// True for a file with a part of its own on a page of so many.
fn has_article(file: &File, n_files: usize) -> bool {
    n_files == 1 || file.status != Status::Skipped
}

/// The page of one run among others, which the links lead to.
pub fn run_page(file: &File, links: &Links, units: UnitSystem) -> String {
    let body = html! { (links.back()) (run::file(file, 0, true, units)) (links::room_for_neighbours()) };
    document(&words::whole_title(file), TOOL, &body)
}

/// The frame of every page: head, style, script, footer.
pub fn document(title: &str, tool: &str, body: &Markup) -> String {
    let body = leveled(body);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (title) " · rehabrun" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main { (body) }
                footer {
                    p {
                        "Made by " (tool) " on the reader's own computer. It reports whether the running matched the easy ceiling. "
                        "It does not predict injury, and it does not replace the advice of a physiotherapist."
                    }
                    p.safety { @for line in safety::LINES { (line) " " } }
                }
                script { (PreEscaped(HOVER)) }
            }
        }
    }
    .into_string();
    // Whatever is in names and paths, the page is plain text but for its own tags.
    let steers = |c| is_control_or_bidi(c) && c != '\n';
    if page.contains(steers) { page.replace(steers, "\u{fffd}") } else { page }
}

/// The body with its headings one below the other: parts of a page that is about one thing stand right below its title.
fn leveled(body: &Markup) -> PreEscaped<String> {
    let body = body.0.as_str();
    // No text holds these: every `<` of a text is escaped.
    if body.contains("<h2") {
        return PreEscaped(body.to_owned());
    }
    PreEscaped(body.replace("<h3>", "<h2 class=\"part\">").replace("</h3>", "</h2>"))
}

/// The table over all files, worst first, what could not be told and what could not be read apart.
fn summary(report: &Report) -> Markup {
    let mut order: Vec<usize> = (0..report.files.len()).collect();
    order.sort_by_key(|&n| rank(&report.files[n]));
    html! {
        section.summary {
            p {
                @for (n, count) in report.summary.verdicts.iter().enumerate() {
                    @if n > 0 { " · " }
                    (count.n_files) " " (words::class(count.class).to_lowercase())
                }
                @if report.summary.n_skipped > 0 { " · " (report.summary.n_skipped) " skipped" }
                @if report.summary.n_failed > 0 { " · " (report.summary.n_failed) " not readable" }
            }
            div.scroll tabindex="0" role="group" aria-label="Runs" {
                table {
                    thead { tr { th scope="col" { "Verdict" } th scope="col" { "Date" } th scope="col" { "Run" }
                        th.num scope="col" { "Running" } th.num.wide scope="col" { "Over" } th.num.wide scope="col" { "Turned at" } } }
                    tbody {
                        @for n in order { (summary_row(&report.files[n], n)) }
                    }
                }
            }
        }
    }
}

fn summary_row(file: &File, n: usize) -> Markup {
    let worst = file.worst();
    html! {
        tr {
            td { (words::badge(file)) }
            td { (worst.map(|(session, _)| words::date(session)).unwrap_or_default()) }
            td {
                @if file.status == Status::Skipped {
                    (words::title_in_list(file)) @if let Some(why) = words::why_skipped(file) { span.soft { " · " (why) } }
                } @else { a href=(format!("#run-{}", n + 1)) { (words::title_in_list(file)) } }
            }
            td.num { @if let Some((session, _)) = worst { (clock(session.run_s)) } }
            td.num.wide { @if let Some((session, _)) = worst { (super::words::time_over(session).unwrap_or_default()) } }
            td.num.wide { @if let Some(at) = worst.and_then(|(_, verdict)| verdict.turned_at_s) { (clock(at)) } }
        }
    }
}

/// Worst first; what could not be read comes before what is easy, because somebody should look at it.
fn rank(file: &File) -> (u8, Class) {
    match (file.status, file.verdict) {
        (Status::Audited, Some(class)) if class != Class::Easy => (0, class),
        (Status::Failed, _) => (1, Class::Undetermined),
        (Status::Audited, _) => (2, Class::Easy),
        (Status::Skipped, _) => (3, Class::Easy),
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::render::sample;
    use crate::report::Chart;

    #[test]
    fn a_page_of_many_runs_draws_the_worst() {
        let drawn = |verdict| {
            let mut file = File { verdict: Some(verdict), ..sample::long() };
            let points = Chart { seconds: vec![0.0, 60.0], ..Chart::default() };
            file.sessions[0].chart = Some(points);
            file
        };
        let mut page = Page { files: Vec::new(), n_charts: 0, n_undrawn: 0, units: UnitSystem::Metric };
        let mut out = Vec::new();
        for _ in 0..2 * MOST_CHARTS {
            page.file(drawn(Class::Easy), &mut out).expect("a vector takes every write");
        }
        page.file(drawn(Class::Surges), &mut out).expect("a vector takes every write");
        page.keep_worst();
        let has_chart = |file: &&File| file.sessions[0].chart.is_some();
        assert_eq!(page.files.iter().filter(has_chart).count(), MOST_CHARTS);
        assert!(page.files.last().is_some_and(|worst| has_chart(&worst)));
        page.finish(&Summary::default(), &mut out).expect("a vector takes every write");
        let text = String::from_utf8(out).expect("UTF-8");
        assert!(text.contains("of the 500 worst runs; 501 runs less bad have their numbers only"));
    }

    #[test]
    fn a_page_runs_its_own_script_and_no_other() {
        let page = document("a title", TOOL, &html! {});
        let (_, script) = page.split_once("<script>").expect("a script");
        let (script, behind) = script.split_once("</script>").expect("its end");
        let hash = BASE64_STANDARD.encode(Sha256::digest(script));
        assert!(page.contains(&format!("script-src 'sha256-{hash}';")), "the hash of the script is {hash}");
        assert!(!behind.contains("<script"));
    }
}
