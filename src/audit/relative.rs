//! What can be said without a ceiling: a run that swings between fast and slow looks like intervals.

use super::context::SessionContext;
use super::stretch::Stretch;

/// Factor by which a fast stretch is faster than the slower ones beside it, and its length in seconds. Our choice.
const CONTRAST: f64 = 1.15;
const LENGTH_S: std::ops::RangeInclusive<f64> = 20.0..=480.0;
/// Fast stretches that a swinging run has. Our choice.
const LEAST: usize = 3;

/// The fast stretches of a bout that swings between fast and slow; empty where none does.
///
/// Runs between walks are regular by prescription, so only the swings within a continuous run say anything.
pub(super) fn alternations<'a>(context: &'a SessionContext) -> Vec<&'a Stretch> {
    let stretches: Vec<&Stretch> = context.stretches.iter().map(|judged| &judged.stretch).collect();
    let slower = |beside: Option<&&Stretch>, stretch: &Stretch| {
        let same_bout = beside.filter(|beside| beside.bout == stretch.bout);
        let speeds = same_bout.and_then(|beside| Some((beside.speed?.graded, stretch.speed?.graded)));
        speeds.is_some_and(|(slow, fast)| fast >= CONTRAST * slow)
    };
    let is_fast = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| stretches.get(before));
        LENGTH_S.contains(&stretches[at].seconds) && slower(before, stretches[at]) && {
            let after = stretches.get(at + 1);
            slower(after, stretches[at]) || after.is_none_or(|after| after.bout != stretches[at].bout)
        }
    };
    let fast: Vec<&Stretch> = (0..stretches.len()).filter(|&at| is_fast(at)).map(|at| stretches[at]).collect();
    let swings = |stretch: &&Stretch| fast.iter().filter(|other| other.bout == stretch.bout).count() >= LEAST;
    fast.iter().copied().filter(swings).collect()
}
