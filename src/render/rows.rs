//! Rows of records as CSV, JSON lines or Parquet.

use std::io::{self, Write};

#[cfg(feature = "parquet")]
use super::columns::{Kind, Value, moment};
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

/// Which of the two kinds of rows a table holds.
#[cfg(feature = "parquet")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// As the watch wrote them.
    Raw,
    /// As the timeline has them.
    Clean,
}

#[cfg(feature = "parquet")]
impl RowKind {
    /// The columns in their order, named as in CSV.
    pub(super) const fn columns(self) -> &'static [(&'static str, Kind)] {
        match self {
            Self::Raw => &[
                ("session", Kind::Whole),
                ("time", Kind::Time),
                ("lat", Kind::Number),
                ("lon", Kind::Number),
                ("gps_accuracy_m", Kind::Number),
                ("altitude_m", Kind::Number),
                ("distance_m", Kind::Number),
                ("speed_m_per_s", Kind::Number),
                ("heart_rate_bpm", Kind::Number),
                ("raw_cadence", Kind::Number),
                ("stance_time_ms", Kind::Number),
                ("motion", Kind::Text),
            ],
            Self::Clean => &[
                ("session", Kind::Whole),
                ("elapsed_s", Kind::Number),
                ("time", Kind::Time),
                ("lat", Kind::Number),
                ("lon", Kind::Number),
                ("distance_m", Kind::Number),
                ("speed_m_per_s", Kind::Number),
                ("altitude_m", Kind::Number),
                ("grade", Kind::Number),
                ("cadence_spm", Kind::Number),
                ("heart_rate_bpm", Kind::Number),
                ("stance_time_ms", Kind::Number),
                ("gait", Kind::Text),
                ("bout", Kind::Whole),
                ("flags", Kind::List),
            ],
        }
    }
}

#[cfg(feature = "parquet")]
impl Row {
    /// The values under the columns of a kind.
    pub(super) fn values(&self, kind: RowKind) -> io::Result<Vec<Option<Value>>> {
        let fields = match self {
            Self::Raw(row) => serde_json::to_value(row)?,
            Self::Clean(row) => serde_json::to_value(row)?,
        };
        let value = |&(name, kind): &(&str, Kind)| {
            let field = &fields[name];
            match kind {
                Kind::Whole => field.as_i64().map(Value::Whole),
                Kind::Number => field.as_f64().map(Value::Number),
                Kind::Time => field.as_str().and_then(moment),
                Kind::List => {
                    field.as_str().map(|words| Value::List(words.split_whitespace().map(str::to_owned).collect()))
                }
                Kind::Text | Kind::Date | Kind::Flag => field.as_str().map(|text| Value::Text(text.to_owned())),
            }
        };
        Ok(kind.columns().iter().map(value).collect())
    }
}

#[cfg(all(test, feature = "parquet"))]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_column() {
        let raw = RawRow {
            session: 1,
            time: Some("2026-09-07T18:05:00+02:00".to_owned()),
            lat: Some(1.0),
            lon: Some(2.0),
            gps_accuracy_m: Some(3.0),
            altitude_m: Some(4.0),
            distance_m: Some(5.0),
            speed_m_per_s: Some(6.0),
            heart_rate_bpm: Some(7.0),
            raw_cadence: Some(8.0),
            stance_time_ms: Some(9.0),
            motion: Some(crate::model::Motion::Running),
        };
        let clean = CleanRow {
            session: 1,
            elapsed_s: 0.0,
            time: "2026-09-07T18:05:00Z".to_owned(),
            lat: Some(1.0),
            lon: Some(2.0),
            distance_m: 3.0,
            speed_m_per_s: Some(4.0),
            altitude_m: Some(5.0),
            grade: Some(0.01),
            cadence_spm: Some(160.0),
            heart_rate_bpm: Some(140.0),
            stance_time_ms: Some(250.0),
            gait: crate::report::Gait::Run,
            bout: 1,
            flags: "gap spike".to_owned(),
        };
        for (row, kind) in [(Row::Raw(raw), RowKind::Raw), (Row::Clean(clean), RowKind::Clean)] {
            let n_fields = match &row {
                Row::Raw(row) => serde_json::to_value(row),
                Row::Clean(row) => serde_json::to_value(row),
            };
            let n_fields = n_fields.expect("plain data is JSON").as_object().map(serde_json::Map::len);
            let values = row.values(kind).expect("plain data is JSON");
            assert!(values.iter().all(Option::is_some), "{values:?}");
            assert_eq!(n_fields, Some(values.len()));
        }
    }
}
