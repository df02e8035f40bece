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
    let both = (a.0 + a.1).min(b.0 + b.1) - a.0.max(b.0);
    both / a.1.min(b.1).max(1.0)
}
