//! The one error of the library's front door.

use crate::ingest;
use crate::plan::NotationError;
use crate::runner::Fault;
use crate::units::ParseError;

/// Why something that was given to the library cannot be used. Each kind keeps what a program needs to point at the
/// place: the cause and hint of a file, the line of a runner's file, the character of a plan.
///
/// ```
/// use rehabrun::{Auditor, Error, Runner};
///
/// fn auditor(toml: &str, easy_pace: &str) -> Result<Auditor, Error> {
///     Ok(Auditor::new(Runner::from_toml(toml)?.easy_pace(easy_pace.parse()?)))
/// }
///
/// let error = auditor("[ceiling]\neasy_hr = 400\n", "6:30/km").unwrap_err();
/// assert_eq!(error.to_string(), "line 2: a heart rate is between 30 and 240 bpm");
/// let error = auditor("", "6:30").unwrap_err();
/// assert_eq!(error.to_string(), "a pace needs its unit: write it as 6:30/km or 10:30/mi");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
pub enum Error {
    /// An activity file cannot be read.
    File(#[from] ingest::Error),
    /// A runner's file has a fault.
    Runner(#[from] Fault),
    /// The notation of a plan cannot be read.
    Plan(#[from] NotationError),
    /// A text is not the quantity, day or name that it should be.
    Value(#[from] ParseError),
}
