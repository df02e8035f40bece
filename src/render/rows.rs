//! Rows of records as CSV or JSON lines.

use std::io::{self, Write};

use super::csv::io_error;
use crate::report::{CleanRow, RawRow};

/// One row of records.
pub enum Row {
    /// As the watch wrote it.
    Raw(RawRow),
    /// As the timeline has it.
    Clean(CleanRow),
}

/// Writes rows as CSV with a header. None of their text comes from a file, so nothing in it can become a formula.
pub fn rows_as_csv(rows: impl Iterator<Item = Row>, out: impl Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    for row in rows {
        match row {
            Row::Raw(row) => writer.serialize(row).map_err(io_error)?,
            Row::Clean(row) => writer.serialize(row).map_err(io_error)?,
        }
    }
    writer.flush()
}

/// Writes rows as one JSON object a line.
pub fn rows_as_jsonl(rows: impl Iterator<Item = Row>, mut out: impl Write) -> io::Result<()> {
    for row in rows {
        match row {
            Row::Raw(row) => serde_json::to_writer(&mut out, &row)?,
            Row::Clean(row) => serde_json::to_writer(&mut out, &row)?,
        }
        out.write_all(b"\n")?;
    }
    out.flush()
}
