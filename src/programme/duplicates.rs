//! The same run in two files: watch and phone, FIT and GPX. It counts once.

use super::Run;

/// A run that is in two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duplicate {
    /// The one that counts: it knows more.
    pub kept: usize,
    /// The one that does not.
    pub dropped: usize,
}

/// How much of the shorter of two runs must lie within the other for them to be one; nobody runs twice at a time, but
/// clocks differ. Our choice.
const SHARED: f64 = 0.5;

/// Finds runs that took place at the same time. Of several the one with the most signals is kept, then the first.
pub(super) fn find(runs: &[Run]) -> Vec<Duplicate> {
    let mut timed: Vec<(f64, f64, usize)> =
        runs.iter().enumerate().filter_map(|(i, run)| Some((run.start?.as_unix_seconds(), run.elapsed_s, i))).collect();
    timed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
    let mut duplicates: Vec<Duplicate> = Vec::new();
    let mut kept: Option<(f64, f64, usize)> = None;
    for next in timed {
        let Some(last) = kept.filter(|last| shared(*last, next) >= SHARED) else {
            kept = Some(next);
            continue;
        };
        let better = runs[next.2].n_signals > runs[last.2].n_signals;
        let (winner, loser) = if better { (next, last) } else { (last, next) };
        for earlier in duplicates.iter_mut().filter(|duplicate| duplicate.kept == loser.2) {
            earlier.kept = winner.2;
        }
        duplicates.push(Duplicate { kept: winner.2, dropped: loser.2 });
        kept = Some(winner);
    }
    duplicates.sort_by_key(|duplicate| duplicate.dropped);
    duplicates
}

/// The share of the shorter run that lies within the other.
fn shared(a: (f64, f64, usize), b: (f64, f64, usize)) -> f64 {
    common_s((a.0, a.1), (b.0, b.1)) / a.1.min(b.1).max(1.0)
}

/// The seconds that two stretches of time have in common, each a start and a length; negative between apart ones.
fn common_s(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 + a.1).min(b.0 + b.1) - a.0.max(b.0)
}

/// Files of one run begin and end together but for this, as watches wait for satellites and programs leave out points
/// without a place: of 99 pairs of real files of one run none began more than 2 s apart or differed by more than 3 s.
const TOGETHER_S: f64 = 5.0;

/// The same for long runs, as a share of their length.
const TOGETHER: f64 = 0.01;

/// True when two runs, each a start and a length in seconds, are the same but for what watches and programs differ in.
///
/// For runs of which nobody says that one runner ran them all: two who run together seldom start and stop within the
/// same seconds.
pub fn is_same_time(a: (f64, f64), b: (f64, f64)) -> bool {
    let longest = a.1.max(b.1);
    longest - common_s(a, b) <= TOGETHER_S.max(longest * TOGETHER)
}
