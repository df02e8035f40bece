//! One file to an object, its records, and several files to weeks.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use rehabrun::analysis;
use rehabrun::auditor::Settings;
use rehabrun::cli::catch_panics;
use rehabrun::ingest;
use rehabrun::render::chart::{Look, svg};
use rehabrun::render::{self, Row, Style, rows_as_jsonl};
use rehabrun::report::{self, File, Options, Report, Session};
use rehabrun::units::UnitSystem;

use super::batch::audit_one;
use super::runner::{Runner, auditor};
use super::table::{Table, named};

/// What was found in one file.
#[pyclass(frozen, module = "rehabrun")]
pub struct Audit {
    file: File,
    units: UnitSystem,
}

/// Audits one file by its content.
#[pyfunction]
pub fn audit(py: Python<'_>, name: &str, content: PyBackedBytes, runner: Option<&Runner>) -> PyResult<Audit> {
    let auditor = auditor(runner)?.with(Options { chart: true, ..Options::default() });
    let units = auditor.settings().runner.units;
    let file = py.detach(|| audit_one(&auditor, name, &content));
    Ok(Audit { file, units })
}

#[pymethods]
impl Audit {
    /// The report as JSON, an object as a line of `--format jsonl`.
    fn to_json(&self) -> String {
        let lines = render::OUTPUTS.iter().find(|output| output.name == "jsonl");
        lines.map_or(String::new(), |output| self.rendered(output))
    }

    /// The report for reading.
    fn text(&self) -> String {
        render::text(&self.file, Style { units: self.units, ..Style::default() })
    }

    /// The report as a page.
    fn html(&self) -> String {
        render::html::page(&Report::of(vec![self.file.clone()]), self.units)
    }

    /// The rows of one table.
    fn table(&self, name: &str) -> PyResult<Table> {
        Table::of(named(name)?, [self.file.clone()])
    }

    /// The chart of the worst run as SVG; none where there is nothing to draw.
    fn chart(&self, width: u32, height: u32) -> Option<String> {
        svg(self.worst()?, Look { width, height, units: self.units })
    }

    #[getter]
    fn name(&self) -> &str {
        &self.file.path
    }

    #[getter]
    fn status(&self) -> &'static str {
        self.file.status.name()
    }

    #[getter]
    fn error(&self) -> Option<String> {
        self.file.error.as_ref().map(|error| format!("{}: {}", error.message, error.cause))
    }

    #[getter]
    fn verdict(&self) -> Option<&'static str> {
        self.file.verdict.map(report::Class::name)
    }

    #[getter]
    fn sentence(&self) -> Option<&str> {
        self.file.worst().map(|(_, verdict)| verdict.sentence.as_str())
    }
}

impl Audit {
    fn worst(&self) -> Option<&Session> {
        self.file.worst().map(|(session, _)| session)
    }

    fn rendered(&self, output: &render::OutputRow) -> String {
        render::render(Report::of(vec![self.file.clone()]), output, Style::default())
    }
}

/// The weeks of one runner as JSON.
#[pyfunction]
pub fn progress(
    py: Python<'_>,
    names: Vec<String>,
    contents: Vec<PyBackedBytes>,
    runner: Option<&Runner>,
) -> PyResult<String> {
    let auditor = auditor(runner)?;
    py.detach(|| {
        let files = names.iter().zip(&contents).map(|(name, content)| audit_one(&auditor, name, content));
        catch_panics(|| render::progress_json(&auditor.history(files).progress()))
    })
    .map_err(|error| PyValueError::new_err(error.to_string()))
}

/// The records of one file as JSON lines: what the watch wrote, or the clean timeline. What the runner's file hides is
/// hidden here too.
#[pyfunction]
pub fn records(
    py: Python<'_>,
    content: PyBackedBytes,
    runner: Option<&Runner>,
    clean: bool,
    location: bool,
) -> PyResult<Vec<u8>> {
    let auditor = auditor(runner)?.with(Options { location, ..Options::default() });
    let rows = py.detach(|| catch_panics(|| record_rows(&content, auditor.settings(), clean)).flatten());
    rows.map_err(|error| PyValueError::new_err(error.to_string()))
}

fn record_rows(content: &[u8], settings: &Settings, clean: bool) -> Result<Vec<u8>, ingest::Error> {
    let mut activity = ingest::read(content)?;
    let mut rows: Vec<Row> = Vec::new();
    for (number, session) in (1..).zip(&mut activity.sessions) {
        analysis::settle_clock(session, &settings.runner);
        if !clean {
            rows.extend(report::raw_rows(session, number, settings.report).map(Row::Raw));
            continue;
        }
        let (line, cut) = analysis::lay_out(session, activity.format, settings.segment).map_err(|reason| {
            ingest::Error::new("no timeline can be made", format!("session {number}: {reason}"), "")
        })?;
        rows.extend(report::clean_rows(&line, &cut, session.utc_offset, number, settings.report).map(Row::Clean));
    }
    let mut out = Vec::new();
    rows_as_jsonl(rows.into_iter(), &mut out)
        .map_err(|error| ingest::Error::new("the records cannot be written", error.to_string(), ""))?;
    Ok(out)
}
