//! Many files to one table. A file that cannot be read is a row, and so is one on which the engine panics.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::thread;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use rehabrun::Auditor;
use rehabrun::cli::catch_panics;
use rehabrun::report::File;

use super::runner::{Runner, auditor};
use super::table::{Table, named};

/// Audits files by their contents.
#[pyfunction]
#[pyo3(signature = (names, contents, runner, table, threads))]
pub fn audit_batch(
    py: Python<'_>,
    names: Vec<String>,
    contents: Vec<Option<PyBackedBytes>>,
    runner: Option<&Runner>,
    table: &str,
    threads: usize,
) -> PyResult<Table> {
    if names.len() != contents.len() {
        let message = format!("{} names for {} contents", names.len(), contents.len());
        return Err(PyValueError::new_err(message));
    }
    let (table, auditor) = (named(table)?, auditor(runner)?);
    let inputs: Vec<(String, Option<PyBackedBytes>)> = names.into_iter().zip(contents).collect();
    py.detach(|| Table::of(table, &audit_all(&auditor, inputs, threads.max(1))))
}

/// What a batch makes of a fault of our own; for the tests, as no file is known that causes one.
#[pyfunction(name = "_with_panic")]
pub fn with_panic(name: &str) -> PyResult<Table> {
    Table::of(named("sessions")?, &[guarded(name, || panic!("index out of bounds"))])
}

/// A table without rows, for its schema.
#[pyfunction]
pub fn schema(table: &str) -> PyResult<Table> {
    Table::of(named(table)?, &[])
}

/// Audits one content; none at all is an empty file.
pub fn audit_one(auditor: &Auditor, name: &str, bytes: &[u8]) -> File {
    guarded(name, || auditor.audit(name, bytes.to_vec()))
}

fn guarded(name: &str, work: impl FnOnce() -> File) -> File {
    catch_panics(work).unwrap_or_else(|error| File::failed(name, &error))
}

type Input = (String, Option<PyBackedBytes>);

/// In the order of the inputs, whatever the number of threads.
fn audit_all(auditor: &Auditor, inputs: Vec<Input>, threads: usize) -> Vec<File> {
    // What a table needs no more is dropped with each file: the runs behind the weeks.
    let audit = |(name, bytes): Input| {
        let file = audit_one(auditor, &name, bytes.as_deref().unwrap_or_default());
        File { runs: Vec::new(), ..file }
    };
    if threads == 1 {
        return inputs.into_iter().map(audit).collect();
    }
    let queue = Mutex::new(inputs.into_iter().enumerate());
    let done = Mutex::new(Vec::new());
    let work = || {
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((i, input)) = next else { return };
            let file = audit(input);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((i, file));
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            // A system that gives no more threads gets the same rows from fewer.
            if thread::Builder::new().spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        work();
    });
    let mut files = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    files.sort_by_key(|(i, _)| *i);
    files.into_iter().map(|(_, file)| file).collect()
}
