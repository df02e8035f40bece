//! The runner's settings, kept as the text they were read from, so that they can be pickled.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyType;

/// One runner.
#[pyclass(frozen, eq, hash, from_py_object, module = "rehabrun")]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Runner {
    toml: String,
}

#[pymethods]
impl Runner {
    /// Reads the text of an `athlete.toml`.
    #[classmethod]
    fn from_toml(_class: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        let runner = Self { toml: text.to_owned() };
        rehabrun::Runner::from_toml(text).map_err(|fault| PyValueError::new_err(fault.to_string()))?;
        Ok(runner)
    }

    /// The text of an `athlete.toml`.
    fn to_toml(&self) -> &str {
        &self.toml
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((py.get_type::<Self>().getattr("from_toml")?, (self.toml.clone(),)))
    }

    fn __repr__(&self) -> String {
        format!("Runner.from_toml({:?})", self.toml)
    }
}

/// The auditor for a runner; `None` is a runner about whom nothing is known.
pub fn auditor(runner: Option<&Runner>) -> PyResult<rehabrun::Auditor> {
    let toml = runner.map_or("", |runner| &runner.toml);
    let runner = rehabrun::Runner::from_toml(toml).map_err(|fault| PyValueError::new_err(fault.to_string()))?;
    Ok(rehabrun::Auditor::new(runner))
}
