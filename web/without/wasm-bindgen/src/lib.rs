//! Casts between things of a browser, of which there are none.

/// Casts by `dyn_into`.
pub trait JsCast: Sized {
    /// Gives back what cannot be cast.
    fn dyn_into<T>(self) -> Result<T, Self> {
        Err(self)
    }
}

impl<T> JsCast for T {}
