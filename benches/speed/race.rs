//! Two ways of doing something, timed in turns.

use std::fmt::{self, Display};
use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

/// Turns on each file: at least so many, and more while they are short.
const TURNS: std::ops::RangeInclusive<usize> = 4..=400;

/// Time for the turns on all files together, and on one of few.
const ENOUGH: Duration = Duration::from_secs(10);
pub const ENOUGH_OF_ONE: Duration = Duration::from_millis(400);

/// How a race ended, over all files.
pub struct Outcome {
    name: &'static str,
    n_files: usize,
    n_refused: usize,
    n_bytes: usize,
    ours: Duration,
    theirs: Duration,
}

/// Lets both take turns on every file that the other can read.
pub fn race<'a>(
    name: &'static str,
    files: impl Iterator<Item = &'a [u8]>,
    ours: fn(&[u8]),
    theirs: fn(&[u8]) -> bool,
) -> Outcome {
    let zero = Duration::ZERO;
    let mut outcome = Outcome { name, n_files: 0, n_refused: 0, n_bytes: 0, ours: zero, theirs: zero };
    let files: Vec<_> = files.collect();
    let enough = (ENOUGH / files.len().max(1) as u32).min(ENOUGH_OF_ONE);
    for bytes in files {
        if !panic::catch_unwind(AssertUnwindSafe(|| theirs(bytes))).unwrap_or(false) {
            outcome.n_refused += 1;
            continue;
        }
        let [a, b] = in_turns(enough, [&mut || ours(bytes), &mut || assert!(theirs(bytes), "it was read before")]);
        outcome.n_files += 1;
        outcome.n_bytes += bytes.len();
        outcome.ours += a;
        outcome.theirs += b;
    }
    outcome
}

/// The shortest time of each of several works that take turns for about so long.
pub fn in_turns<const N: usize>(enough: Duration, mut works: [&mut dyn FnMut(); N]) -> [Duration; N] {
    let mut shortest = [Duration::MAX; N];
    let began = Instant::now();
    for turn in 1..=*TURNS.end() {
        for (work, shortest) in works.iter_mut().zip(&mut shortest) {
            let start = Instant::now();
            work();
            *shortest = start.elapsed().min(*shortest);
        }
        if turn >= *TURNS.start() && began.elapsed() > enough {
            break;
        }
    }
    shortest
}

/// Keeps the panics of other readers from printing.
pub fn silence_panics() {
    panic::set_hook(Box::new(|_| {}));
}

impl Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.n_files == 0 {
            return write!(f, "{} ratio = none (no such files)", self.name);
        }
        let (ours, theirs) = (self.ours.as_secs_f64(), self.theirs.as_secs_f64());
        let megabytes = self.n_bytes as f64 / 1e6;
        write!(f, "{} ratio = {:.3}", self.name, ours / theirs)?;
        write!(
            f,
            " ({:.1} times as fast; {:.0} against {:.0} MB/s",
            theirs / ours,
            megabytes / ours,
            megabytes / theirs
        )?;
        write!(f, "; {:.0} files a second", self.n_files as f64 / ours)?;
        write!(f, "; {} files, {megabytes:.1} MB; {} refused by the other)", self.n_files, self.n_refused)
    }
}
