//! The Python package's engine. Python's side, in `rehabrun/`, holds the defaults, the docs and the types.

mod audit;
mod batch;
mod runner;
mod table;

use std::ffi::OsString;
use std::process::ExitCode;

use pyo3::prelude::*;

/// Everything that Python sees.
#[pymodule]
fn _rehabrun(module: &Bound<'_, PyModule>) -> PyResult<()> {
    rehabrun::cli::silence_caught_panics();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<audit::Audit>()?;
    module.add_class::<runner::Runner>()?;
    module.add_class::<table::Table>()?;
    module.add_function(wrap_pyfunction!(audit::audit, module)?)?;
    module.add_function(wrap_pyfunction!(audit::progress, module)?)?;
    module.add_function(wrap_pyfunction!(batch::audit_batch, module)?)?;
    module.add_function(wrap_pyfunction!(batch::with_panic, module)?)?;
    module.add_function(wrap_pyfunction!(batch::schema, module)?)?;
    module.add_function(wrap_pyfunction!(audit::records, module)?)?;
    module.add_function(wrap_pyfunction!(command, module)?)
}

/// Runs the command line and gives its exit code. Other threads of Python go on meanwhile.
#[pyfunction]
fn command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    let code = py.detach(|| rehabrun::cli::run(arguments));
    // A code does not give its number back.
    (0..=u8::MAX).find(|&number| ExitCode::from(number) == code).unwrap_or(2)
}
