//! How far a batch is, on standard error while that is a terminal: files, rate and time left.

use std::fmt;
use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::interrupt;

/// The rate is that of the last seconds.
const LINE: &str = "{bar:30} {human_pos} of {human_len} files · {rate} · {eta} left{msg}";

/// A line that grows, or nothing where nobody would see it.
#[derive(Debug, Clone)]
pub struct Bar(ProgressBar);

impl Bar {
    /// A line for as many files as the inputs are, which are counted on a thread of their own.
    pub fn counting(inputs: impl Iterator + Send + 'static) -> Self {
        // Nothing is drawn where standard error is no terminal.
        let bar = ProgressBar::new(0);
        if bar.is_hidden() {
            return Self(bar);
        }
        let counted = bar.clone();
        let counting = thread::Builder::new().spawn(move || inputs.for_each(|_| counted.inc_length(1)));
        // The line needs a thread more to tick. Where none can be had, the work goes on without it.
        if counting.is_err() {
            return Self::hidden();
        }
        let style = ProgressStyle::with_template(LINE).expect("a template of ours");
        bar.set_style(style.progress_chars("█▌ ").with_key("rate", rate));
        bar.enable_steady_tick(Duration::from_millis(250));
        Self(bar)
    }

    /// No line.
    pub fn hidden() -> Self {
        Self(ProgressBar::hidden())
    }

    /// True where a line is shown.
    pub fn is_shown(&self) -> bool {
        !self.0.is_hidden()
    }

    /// One file more is done.
    pub fn advance(&self) {
        if interrupt::is_requested() {
            self.0.set_message(" · ending, Ctrl-C again ends at once");
        }
        self.0.inc(1);
    }

    /// What counted as so many files turns out to be another number of them.
    pub fn correct(&self, before: usize, now: usize) {
        self.0.inc_length(now.saturating_sub(before) as u64);
        self.0.dec_length(before.saturating_sub(now) as u64);
    }

    /// Writes something else to the terminal meanwhile.
    pub fn beside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.0.suspend(write)
    }

    /// Takes the line away.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}

/// Files a second, with a decimal where they are few.
fn rate(state: &ProgressState, out: &mut dyn fmt::Write) {
    let rate = state.per_sec();
    let decimals = usize::from(rate < 10.0);
    // A line that cannot be drawn is none.
    let _ = write!(out, "{rate:.decimals$} a second");
}

/// Standard output, on the terminal that the line is on.
pub struct SuspendingStdout {
    /// The line.
    pub bar: Bar,
}

impl Write for SuspendingStdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bar.beside(|| io::stdout().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.bar.beside(|| io::stdout().flush())
    }
}
