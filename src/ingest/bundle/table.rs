//! Tables in CSV whose columns are found by their names.

use crate::ingest::{limits, xml};
use crate::units::Timestamp;

/// One row, with the names of its columns.
pub struct Row<'a> {
    headers: &'a [String],
    fields: &'a csv::ByteRecord,
}

/// Hands over each row of a table; `short` makes the name of a column out of its header. Ends where `each` says so.
pub fn each_row(bytes: &[u8], short: fn(&str) -> &str, mut each: impl FnMut(&Row) -> bool) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let Ok(headers) = reader.byte_headers() else { return };
    let header = |field: &[u8]| short(&String::from_utf8_lossy(field).trim().to_lowercase()).to_owned();
    let headers: Vec<String> = headers.iter().map(header).collect();
    let mut fields = csv::ByteRecord::new();
    // Of a table that breaks off, what there is.
    while reader.read_byte_record(&mut fields).unwrap_or(false) {
        if !each(&Row { headers: &headers, fields: &fields }) {
            return;
        }
    }
}

impl Row<'_> {
    /// The value of a column, without blanks around it; `None` where there is none.
    pub fn bytes(&self, column: &str) -> Option<&[u8]> {
        let at = self.headers.iter().position(|header| header == column)?;
        self.fields.get(at).map(<[u8]>::trim_ascii).filter(|field| !field.is_empty())
    }

    /// The value as a text that is no longer than names are.
    pub fn text(&self, column: &str) -> Option<String> {
        let text = String::from_utf8_lossy(self.bytes(column)?);
        Some(text.chars().take(limits::NAME_CHARS).collect())
    }

    /// The value as a number.
    pub fn number(&self, column: &str) -> Option<f64> {
        xml::number(self.bytes(column)?)
    }

    /// The value as a moment; one without an offset counts as UTC.
    pub fn time(&self, column: &str) -> Option<Timestamp> {
        xml::moment(self.bytes(column)?).map(|moment| moment.time)
    }
}
