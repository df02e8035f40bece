//! Reads TCX files.

use super::Error;
use crate::model::Activity;

/// True when the first bytes look like TCX.
pub fn sniff(_bytes: &[u8]) -> bool {
    false
}

/// Reads a whole file.
pub fn decode(_bytes: &[u8]) -> Result<Activity, Error> {
    Err(Error::new("", "", ""))
}
