//! Randomness, of which the engine has none and needs none.

use std::fmt;

/// Says that there is no randomness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Error;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the engine has no source of randomness")
    }
}

impl std::error::Error for Error {}

impl From<Error> for std::io::Error {
    fn from(error: Error) -> Self {
        Self::other(error)
    }
}

/// Fills nothing.
pub const fn fill(_bytes: &mut [u8]) -> Result<(), Error> {
    Err(Error)
}

/// Gives nothing.
pub const fn u64() -> Result<u64, Error> {
    Err(Error)
}
