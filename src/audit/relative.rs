//! What can be said without a ceiling: a run that swings between fast and slow looks like intervals.

use super::case::Case;
use super::unit::Unit;

/// Factor by which a fast stretch is faster than the slower ones beside it, and its length in seconds. Our choice.
const CONTRAST: f64 = 1.15;
const LENGTH_S: std::ops::RangeInclusive<f64> = 20.0..=480.0;
/// Fast stretches that a swinging run has. Our choice.
const LEAST: usize = 3;

/// The fast stretches of a bout that swings between fast and slow; empty where none does.
///
/// Runs between walks are regular by prescription, so only the swings within a continuous run say anything.
pub(super) fn alternations<'a>(case: &'a Case) -> Vec<&'a Unit> {
    let units: Vec<&Unit> = case.units.iter().map(|judged| &judged.unit).collect();
    let slower = |beside: Option<&&Unit>, unit: &Unit| {
        let same_bout = beside.filter(|beside| beside.bout == unit.bout);
        let speeds = same_bout.and_then(|beside| Some((beside.speed?.graded, unit.speed?.graded)));
        speeds.is_some_and(|(slow, fast)| fast >= CONTRAST * slow)
    };
    let is_fast = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| units.get(before));
        LENGTH_S.contains(&units[at].seconds) && slower(before, units[at]) && {
            let after = units.get(at + 1);
            slower(after, units[at]) || after.is_none_or(|after| after.bout != units[at].bout)
        }
    };
    let fast: Vec<&Unit> = (0..units.len()).filter(|&at| is_fast(at)).map(|at| units[at]).collect();
    let swings = |unit: &&Unit| fast.iter().filter(|other| other.bout == unit.bout).count() >= LEAST;
    fast.iter().copied().filter(swings).collect()
}
