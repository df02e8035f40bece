//! Parquet: tables in typed columns, for programs that read millions of rows.

use std::io::{self, Write};
use std::mem;
use std::sync::Arc;

use ::parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::Type;

use super::columns::{self, Kind, Value};
use super::rows::{Row, RowKind};
use super::{Renderer, Style};
use crate::report::{File, Progress, Summary, TOOL};

/// Rows that are written together, and so the most that are held in memory. Our choice: a few megabytes.
const ROWS_PER_GROUP: usize = 8192;

/// Begins the table.
pub fn begin(style: Style) -> Box<dyn Renderer> {
    let columns = style.table.columns().map(|column| (column.name, column.kind)).collect();
    Box::new(Table { rows: style.table, sheet: Sheet::new(style.table.name(), columns) })
}

/// The weeks of a runner.
pub fn progress_parquet(progress: &Progress) -> io::Result<Vec<u8>> {
    let mut sheet = Sheet::new("weeks", super::progress::columns());
    let mut bytes = Vec::new();
    super::progress::rows(progress).try_for_each(|row| sheet.push(row, &mut bytes))?;
    sheet.finish(&mut bytes)?;
    Ok(bytes)
}

/// Rows of records, all of one kind.
pub fn rows_as_parquet(kind: RowKind, rows: impl Iterator<Item = Row>, mut out: impl Write) -> io::Result<()> {
    let mut sheet = Sheet::new("records", kind.columns().to_vec());
    for row in rows {
        sheet.push(row.values(kind)?, &mut out)?;
    }
    sheet.finish(&mut out)
}

struct Table {
    rows: columns::Table,
    sheet: Sheet,
}

impl Renderer for Table {
    fn file(&mut self, file: File, out: &mut dyn Write) -> io::Result<()> {
        let columns = || self.rows.columns();
        self.rows.rows(&file, |row| self.sheet.push(columns().map(|column| (column.value)(row)).collect(), out))
    }

    fn finish(&mut self, _summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.sheet.finish(out)
    }
}

/// Rows on their way into a file.
struct Sheet {
    name: &'static str,
    columns: Vec<(&'static str, Kind)>,
    /// The rows that wait, column by column.
    waiting: Vec<Vec<Option<Value>>>,
    n_rows: usize,
    /// Writes into memory, from which every finished group goes out.
    writer: Option<SerializedFileWriter<Vec<u8>>>,
}

impl Sheet {
    fn new(name: &'static str, columns: Vec<(&'static str, Kind)>) -> Self {
        Self { name, waiting: vec![Vec::new(); columns.len()], columns, n_rows: 0, writer: None }
    }

    fn push(&mut self, row: Vec<Option<Value>>, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        for (values, value) in self.waiting.iter_mut().zip(row) {
            values.push(value);
        }
        self.n_rows += 1;
        if self.n_rows == ROWS_PER_GROUP { self.write_group(out) } else { Ok(()) }
    }

    fn finish(&mut self, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        self.write_group(out)?;
        match self.writer.take() {
            Some(writer) => out.write_all(&writer.into_inner()?),
            None => Ok(()),
        }
    }

    /// Writes the rows that wait as one group; the first one, even when empty, begins the file.
    fn write_group(&mut self, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => none.insert(open(self.name, &self.columns)?),
        };
        if self.n_rows > 0 {
            let mut group = writer.next_row_group()?;
            for ((_, kind), values) in self.columns.iter().zip(&mut self.waiting) {
                write_column(&mut group, *kind, &mem::take(values))?;
            }
            group.close()?;
            self.n_rows = 0;
        }
        writer.flush()?;
        out.write_all(&mem::take(writer.inner_mut()))
    }
}

fn open(name: &str, columns: &[(&'static str, Kind)]) -> Result<SerializedFileWriter<Vec<u8>>, ParquetError> {
    let fields = columns.iter().map(|&(name, kind)| {
        let (physical, converted) = match kind {
            Kind::List => return list(name).map(Arc::new),
            Kind::Text => (Physical::BYTE_ARRAY, ConvertedType::UTF8),
            Kind::Time => return moment(name).map(Arc::new),
            Kind::Date => (Physical::INT32, ConvertedType::DATE),
            Kind::Number => (Physical::DOUBLE, ConvertedType::NONE),
            Kind::Whole => (Physical::INT64, ConvertedType::NONE),
            Kind::Flag => (Physical::BOOLEAN, ConvertedType::NONE),
        };
        let field = Type::primitive_type_builder(name, physical);
        field.with_repetition(Repetition::OPTIONAL).with_converted_type(converted).build().map(Arc::new)
    });
    let schema = Type::group_type_builder(name).with_fields(fields.collect::<Result<_, _>>()?).build()?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by(TOOL.to_owned());
    SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties.build()))
}

/// A moment in UTC, in microseconds.
fn moment(name: &str) -> Result<Type, ParquetError> {
    let micros = LogicalType::timestamp(true, TimeUnit::MICROS);
    let field = Type::primitive_type_builder(name, Physical::INT64).with_repetition(Repetition::OPTIONAL);
    field.with_logical_type(Some(micros)).build()
}

/// A list of texts, in the three levels that the format asks for.
fn list(name: &str) -> Result<Type, ParquetError> {
    let element = Type::primitive_type_builder("element", Physical::BYTE_ARRAY)
        .with_repetition(Repetition::REQUIRED)
        .with_converted_type(ConvertedType::UTF8)
        .build()?;
    let repeated =
        Type::group_type_builder("list").with_repetition(Repetition::REPEATED).with_fields(vec![Arc::new(element)]);
    Type::group_type_builder(name)
        .with_repetition(Repetition::OPTIONAL)
        .with_converted_type(ConvertedType::LIST)
        .with_fields(vec![Arc::new(repeated.build()?)])
        .build()
}

fn write_column(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    kind: Kind,
    values: &[Option<Value>],
) -> Result<(), ParquetError> {
    match kind {
        Kind::Text => write_values::<ByteArrayType>(group, values, |value| match value {
            Value::Text(text) => Some(ByteArray::from(text.as_str())),
            _ => None,
        }),
        Kind::List => write_lists(group, values),
        Kind::Time => write_values::<Int64Type>(group, values, |value| match value {
            Value::Time(_, micros) => Some(*micros),
            _ => None,
        }),
        Kind::Date => write_values::<Int32Type>(group, values, |value| match value {
            Value::Date(_, days) => Some(*days),
            _ => None,
        }),
        Kind::Number => write_values::<DoubleType>(group, values, |value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        }),
        Kind::Whole => write_values::<Int64Type>(group, values, |value| match value {
            Value::Whole(number) => Some(*number),
            _ => None,
        }),
        Kind::Flag => write_values::<BoolType>(group, values, |value| match value {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }),
    }
}

/// Lists as their elements, each with its level: 0 no list, 1 an empty one, 2 an element, the first of its list or not.
fn write_lists(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    values: &[Option<Value>],
) -> Result<(), ParquetError> {
    let (mut texts, mut levels, mut repeats) = (Vec::new(), Vec::new(), Vec::new());
    for value in values {
        match value {
            Some(Value::List(list)) if !list.is_empty() => {
                for (i, text) in list.iter().enumerate() {
                    texts.push(ByteArray::from(text.as_str()));
                    levels.push(2_i16);
                    repeats.push(i16::from(i > 0));
                }
            }
            none_or_empty => {
                levels.push(i16::from(none_or_empty.is_some()));
                repeats.push(0);
            }
        }
    }
    let mut column = group.next_column()?.ok_or_else(|| ParquetError::General("a column too many".to_owned()))?;
    column.typed::<ByteArrayType>().write_batch(&texts, Some(&levels), Some(&repeats))?;
    column.close()
}

fn write_values<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    values: &[Option<Value>],
    take: impl Fn(&Value) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let taken: Vec<Option<T::T>> = values.iter().map(|value| value.as_ref().and_then(&take)).collect();
    let present: Vec<i16> = taken.iter().map(|value| i16::from(value.is_some())).collect();
    let values: Vec<T::T> = taken.into_iter().flatten().collect();
    let mut column = group.next_column()?.ok_or_else(|| ParquetError::General("a column too many".to_owned()))?;
    column.typed::<T>().write_batch(&values, Some(&present), None)?;
    column.close()
}

#[cfg(test)]
mod tests {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};

    use super::super::sample;
    use super::*;

    fn written(files: Vec<File>) -> Vec<u8> {
        written_as(columns::Table::Bouts, files)
    }

    fn written_as(table: columns::Table, files: Vec<File>) -> Vec<u8> {
        let (mut renderer, mut bytes) = (begin(Style { table, ..sample::STYLE }), Vec::new());
        for file in files {
            renderer.file(file, &mut bytes).expect("memory takes every write");
        }
        renderer.finish(&Summary::default(), &mut bytes).expect("memory takes every write");
        bytes
    }

    #[test]
    fn what_is_written_reads_back() {
        let file = sample::disguised();
        let n_bouts = file.sessions[0].bouts.len();
        let reader = SerializedFileReader::new(bytes::Bytes::from(written(vec![file; 3]))).expect("a Parquet file");
        let rows: Vec<String> =
            reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row").to_string()).collect();
        assert_eq!(rows.len(), 3 * n_bouts);
        assert!(rows[1].contains("gait: \"run\"") && rows[1].contains("over: false"), "{}", rows[1]);
        assert!(rows[0].contains("over: null"), "{}", rows[0]);
    }

    #[test]
    fn every_table_has_its_rows_and_its_types() {
        let mut file = sample::disguised();
        file.sessions[0].bouts[1].tags = vec![crate::report::Tag::Hill, crate::report::Tag::Kick];
        for (table, n_rows, expected) in [
            (columns::Table::Sessions, 1, "started_at: 2026-09-07 16:05:00"),
            (columns::Table::Bouts, 9, "tags: [\"hill\", \"kick\"]"),
            (columns::Table::Efforts, 2, "counted: true"),
            (columns::Table::Findings, 1, "severity: \"warning\""),
        ] {
            let bytes = written_as(table, vec![file.clone()]);
            let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).expect("a Parquet file");
            let rows: Vec<String> =
                reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row").to_string()).collect();
            assert_eq!(rows.len(), n_rows, "{table:?}");
            assert!(rows.iter().any(|row| row.contains(expected)), "{table:?}: {}", rows[0]);
        }
    }

    #[test]
    fn no_file_is_an_empty_table() {
        let reader = SerializedFileReader::new(bytes::Bytes::from(written(Vec::new()))).expect("a Parquet file");
        assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
    }

    #[test]
    fn many_rows_go_out_in_groups() {
        let file = sample::disguised();
        let n_files = 2 * ROWS_PER_GROUP / file.sessions[0].bouts.len() + 1;
        let reader =
            SerializedFileReader::new(bytes::Bytes::from(written(vec![file; n_files]))).expect("a Parquet file");
        assert!(reader.num_row_groups() >= 2);
    }
}
