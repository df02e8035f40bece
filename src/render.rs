//! Turns a report into text. A renderer sees the report and nothing else, a file at a time, so that memory stays bounded.

mod advice;
mod ceiling;
#[cfg(any(feature = "html", feature = "png"))]
pub mod chart;
mod clinic;
pub mod columns;
mod comparison;
mod csv;
mod efforts;
#[cfg(feature = "html")]
pub mod html;
mod json;
mod markdown;
#[cfg(feature = "parquet")]
mod parquet;
mod plan;
mod progress;
mod rows;
#[cfg(test)]
mod sample;
mod stretches;
mod symptoms;
mod table;
mod terminal;
mod words;

pub use ceiling::{ceiling_json, ceiling_text};
pub use clinic::{clinic_csv, clinic_json, clinic_text};
pub use columns::Table;
/// Single outputs, for a program that is to hold no other.
pub use csv::begin as begin_csv;
pub use json::begin as begin_json;
#[cfg(feature = "parquet")]
pub use parquet::{progress_parquet, rows_as_parquet};
pub use plan::{plans_json, plans_text};
pub use progress::{progress_csv, progress_json, progress_text};
#[cfg(feature = "parquet")]
pub use rows::RowKind;
pub use rows::{Row, rows_as_csv, rows_as_jsonl};
pub use terminal::line;
pub use words::{safety, sanitize, wrapped};

use std::io::{self, Write};

use crate::report::{File, Note, Report, Summary};
use crate::units::UnitSystem;

/// One output. A new one is a file and a row in [`OUTPUTS`].
#[derive(Debug)]
pub struct OutputRow {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// True when it draws charts, which need samples in the report.
    pub charts: bool,
    /// Begins a report.
    pub begin: fn(Style) -> Box<dyn Renderer>,
}

/// The outputs, the default one first.
pub const OUTPUTS: &[OutputRow] = &[
    OutputRow { name: "text", about: "For reading", charts: false, begin: terminal::begin },
    OutputRow { name: "json", about: "One object", charts: false, begin: json::begin },
    OutputRow {
        name: "jsonl",
        about: "One object a line, a line a file, as each is done",
        charts: false,
        begin: json::begin_lines,
    },
    OutputRow { name: "csv", about: "A table, one row a bout or what --table says", charts: false, begin: csv::begin },
    OutputRow { name: "markdown", about: "For pasting into a note", charts: false, begin: markdown::begin },
    #[cfg(feature = "parquet")]
    OutputRow { name: "parquet", about: "The same table for analysis", charts: false, begin: parquet::begin },
    #[cfg(feature = "html")]
    OutputRow {
        name: "html",
        about: "One page with charts, which needs nothing else",
        charts: true,
        begin: html::begin,
    },
];

/// How a report is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Kilometres or miles.
    pub units: UnitSystem,
    /// True where colours can be shown. Colour is never the only sign.
    pub color: bool,
    /// Characters on a line.
    pub width: usize,
    /// True where harmless repairs are shown too.
    pub verbose: bool,
    /// The table that CSV and Parquet write.
    pub table: Table,
}

impl Style {
    /// The notes to show: without `verbose` those alone that say how far to trust the report.
    fn shown(self, notes: &[Note]) -> Vec<&Note> {
        notes.iter().filter(|note| self.verbose || !note.is_harmless).collect()
    }
}

impl Default for Style {
    /// Kilometres, no colours, 80 characters.
    fn default() -> Self {
        Self { units: UnitSystem::default(), color: false, width: 80, verbose: false, table: Table::Bouts }
    }
}

/// A report on its way to text: every file in its order, then the end.
pub trait Renderer {
    /// Takes the next file, and writes what can be written by now.
    fn file(&mut self, file: File, out: &mut dyn Write) -> io::Result<()>;

    /// Writes what is left.
    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()>;
}

/// The output of a name.
pub fn output(name: &str) -> Option<&'static OutputRow> {
    OUTPUTS.iter().find(|row| row.name == name)
}

/// One file for reading, as the command line prints it.
pub fn text(file: &File, style: Style) -> String {
    render(Report::of(vec![file.clone()]), &OUTPUTS[0], style)
}

/// Files as one JSON object, as `--format json` prints it.
pub fn json(files: Vec<File>) -> String {
    render(Report::of(files), &OUTPUTS[1], Style::default())
}

/// A whole report as text.
///
/// # Panics
///
/// Never: memory takes every write, and all outputs are text.
pub fn render(report: Report, output: &OutputRow, style: Style) -> String {
    let mut renderer = (output.begin)(style);
    let mut text = Vec::new();
    let Report { files, summary, .. } = report;
    files
        .into_iter()
        .try_for_each(|file| renderer.file(file, &mut text))
        .and_then(|()| renderer.finish(&summary, &mut text))
        .expect("a vector takes every write");
    String::from_utf8(text).expect("renderers write UTF-8")
}
