//! Tables for Arrow: the columns are those of CSV and Parquet, from the same definition.

use std::ffi::CStr;
use std::io;
use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
    TimestampMicrosecondBuilder,
};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef, TimeUnit};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyType};
use rehabrun::render;
use rehabrun::render::columns::{Kind, Value};
use rehabrun::report::File;

/// Rows of one batch of a stream, so that a reader need not hold all in one piece.
const ROWS_PER_BATCH: usize = 16_384;

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";

/// A table that every Arrow library can read, any number of times.
#[pyclass(frozen, module = "rehabrun")]
pub struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

#[pymethods]
impl Table {
    /// A capsule with the stream. The schema that the consumer requests is ignored, as the protocol allows.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), STREAM)
    }

    /// A capsule with the schema.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(|error| failed(&error))?;
        PyCapsule::new_with_value(py, schema, SCHEMA)
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The stream of Arrow as bytes, schema included: what `pyarrow.ipc.open_stream` reads.
    fn to_ipc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = py.detach(|| to_ipc(&self.schema, &self.batches)).map_err(|error| failed(&error))?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// Reads what `to_ipc` wrote.
    #[classmethod]
    fn from_ipc(_class: &Bound<'_, PyType>, content: &[u8]) -> PyResult<Self> {
        from_ipc(content).map_err(|error| PyValueError::new_err(error.to_string()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        Ok((py.get_type::<Self>().getattr("from_ipc")?, (self.to_ipc(py)?,)))
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        format!("<rehabrun.Table of {} rows, {} columns>", self.__len__(), self.schema.fields().len())
    }
}

impl Table {
    /// The rows of files, which need not be there all at once.
    pub fn of(table: render::Table, files: impl IntoIterator<Item = File>) -> PyResult<Self> {
        build(table, files).map_err(|error| failed(&error))
    }
}

fn failed(error: &ArrowError) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

fn to_ipc(schema: &Schema, batches: &[RecordBatch]) -> Result<Vec<u8>, ArrowError> {
    let mut writer = StreamWriter::try_new(Vec::new(), schema)?;
    for batch in batches {
        writer.write(batch)?;
    }
    writer.into_inner()
}

fn from_ipc(content: &[u8]) -> Result<Table, ArrowError> {
    let reader = StreamReader::try_new(content, None)?;
    Ok(Table { schema: reader.schema(), batches: reader.collect::<Result<_, _>>()? })
}

/// The table of a name.
pub fn named(name: &str) -> PyResult<render::Table> {
    render::Table::ALL.into_iter().find(|table| table.name() == name).ok_or_else(|| {
        let names: Vec<&str> = render::Table::ALL.iter().map(|table| table.name()).collect();
        PyValueError::new_err(format!("there is no table {name:?}: one of {}", names.join(", ")))
    })
}

fn build(table: render::Table, files: impl IntoIterator<Item = File>) -> Result<Table, ArrowError> {
    let fields: Vec<Field> =
        table.columns().map(|column| Field::new(column.name, data_type(column.kind), true)).collect();
    let schema = Arc::new(Schema::new(fields));
    let new_columns = || -> Vec<Builder> { table.columns().map(|column| Builder::new(column.kind)).collect() };
    let (mut columns, mut batches, mut n_rows) = (new_columns(), Vec::new(), 0);
    for file in files {
        table.rows(&file, |row| {
            for (column, builder) in table.columns().zip(&mut columns) {
                builder.push((column.value)(row));
            }
            n_rows += 1;
            Ok::<(), io::Error>(())
        })?;
        if n_rows >= ROWS_PER_BATCH {
            batches.push(finish(&schema, std::mem::replace(&mut columns, new_columns()))?);
            n_rows = 0;
        }
    }
    if n_rows > 0 {
        batches.push(finish(&schema, columns)?);
    }
    Ok(Table { schema, batches })
}

fn finish(schema: &SchemaRef, columns: Vec<Builder>) -> Result<RecordBatch, ArrowError> {
    RecordBatch::try_new(Arc::clone(schema), columns.into_iter().map(Builder::finish).collect())
}

/// The element of a list, by the name that Parquet has for it.
fn element() -> Field {
    Field::new("element", DataType::Utf8, false)
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::List => DataType::List(Arc::new(element())),
        Kind::Time => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        Kind::Date => DataType::Date32,
        Kind::Number => DataType::Float64,
        Kind::Whole => DataType::Int64,
        Kind::Flag => DataType::Boolean,
    }
}

/// A column that grows.
enum Builder {
    Text(StringBuilder),
    List(ListBuilder<StringBuilder>),
    Time(TimestampMicrosecondBuilder),
    Date(Date32Builder),
    Number(Float64Builder),
    Whole(Int64Builder),
    Flag(BooleanBuilder),
}

impl Builder {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::List => Self::List(ListBuilder::new(StringBuilder::new()).with_field(element())),
            Kind::Time => Self::Time(TimestampMicrosecondBuilder::new().with_timezone("UTC")),
            Kind::Date => Self::Date(Date32Builder::new()),
            Kind::Number => Self::Number(Float64Builder::new()),
            Kind::Whole => Self::Whole(Int64Builder::new()),
            Kind::Flag => Self::Flag(BooleanBuilder::new()),
        }
    }

    /// Adds the value of a row; one of another kind than the column's is none.
    fn push(&mut self, value: Option<Value>) {
        match (self, value) {
            (Self::Text(builder), Some(Value::Text(text))) => builder.append_value(text),
            (Self::Text(builder), _) => builder.append_null(),
            (Self::List(builder), Some(Value::List(texts))) => builder.append_value(texts.into_iter().map(Some)),
            (Self::List(builder), _) => builder.append_null(),
            (Self::Time(builder), Some(Value::Time(_, micros))) => builder.append_value(micros),
            (Self::Time(builder), _) => builder.append_null(),
            (Self::Date(builder), Some(Value::Date(_, days))) => builder.append_value(days),
            (Self::Date(builder), _) => builder.append_null(),
            (Self::Number(builder), Some(Value::Number(number))) => builder.append_value(number),
            (Self::Number(builder), _) => builder.append_null(),
            (Self::Whole(builder), Some(Value::Whole(number))) => builder.append_value(number),
            (Self::Whole(builder), _) => builder.append_null(),
            (Self::Flag(builder), Some(Value::Flag(flag))) => builder.append_value(flag),
            (Self::Flag(builder), _) => builder.append_null(),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Self::Text(mut builder) => ArrayBuilder::finish(&mut builder),
            Self::List(mut builder) => ArrayBuilder::finish(&mut builder),
            Self::Time(mut builder) => ArrayBuilder::finish(&mut builder),
            Self::Date(mut builder) => ArrayBuilder::finish(&mut builder),
            Self::Number(mut builder) => ArrayBuilder::finish(&mut builder),
            Self::Whole(mut builder) => ArrayBuilder::finish(&mut builder),
            Self::Flag(mut builder) => ArrayBuilder::finish(&mut builder),
        }
    }
}
