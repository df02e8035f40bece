//! Keeps a fault of our own to the one file that it struck.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

use rehabrun::ingest::Error;

thread_local! {
    static FENCED: Cell<bool> = const { Cell::new(false) };
}

/// Does work; a panic is an error that asks for a report, without the trace that would be printed elsewhere.
pub fn catch_panics<T>(work: impl FnOnce() -> T) -> Result<T, Error> {
    FENCED.set(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    FENCED.set(false);
    outcome.map_err(|payload| {
        let text = payload.downcast_ref::<&str>().map(|&text| text.to_owned());
        let text = text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown".to_owned());
        Error::new("internal error", text, "this is a fault of rehabrun and not of the file: please report it")
    })
}

/// Keeps panics inside `catch_panics` from printing; outside it they print as ever.
pub fn silence_caught_panics() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !FENCED.get() {
            print(info);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        silence_caught_panics();
        let outcome: Result<(), _> = catch_panics(|| panic!("index out of bounds"));
        assert_eq!(outcome.map_err(|error| error.cause), Err("index out of bounds".to_owned()));
    }
}
