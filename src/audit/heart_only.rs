//! The class of a session by heart rate alone, where there is no pace or no ceiling on it.

use super::Class;
use super::case::Case;
use super::heart::Method;

/// Standard deviation of the ceiling above which it says nothing on its own, in bpm: age alone is off by more.
const MOST_UNCERTAIN_BPM: f64 = 8.0;
/// Share of the running whose heart rate must be known. Our choice.
const LEAST_KNOWN: f64 = 0.6;
/// Bouts shorter than this end before the heart has caught up, in seconds; level and slope cannot clear them.
const CAUGHT_UP_S: f64 = 90.0;
/// Share of the units over the ceiling that makes the session so. Our choice.
const OVER_SHARE: f64 = 0.5;
/// Share below it that is still more than a stray unit. Our choice.
const SOME_SHARE: f64 = 0.2;
/// Units, and bpm over the ceiling, that make intervals where every unit is a bout of its own. Our choice.
const INTERVALS: usize = 4;
const INTERVALS_BPM: f64 = 8.0;
/// Heart rate alone is never trusted further. Our choice.
pub(super) const MOST_CONFIDENCE: f64 = 0.6;

/// The class by heart rate alone, or `None` where it cannot tell.
pub(super) fn class(case: &Case) -> Option<Class> {
    let limit = case.ceiling.heart_rate.as_ref().filter(|limit| limit.uncertainty <= MOST_UNCERTAIN_BPM);
    if limit.is_none() && case.settings.steps.iter().all(|step| step.heart_rate.is_none()) {
        return None;
    }
    let known = || case.units.iter().filter(|judged| judged.heart_over.is_some());
    let known_s: f64 = known().map(|judged| judged.unit.seconds).sum();
    if known_s < LEAST_KNOWN * case.tally.unit_s {
        return None;
    }
    let share = case.heart_over_share()?;
    if share >= OVER_SHARE {
        let far = known().filter(|judged| judged.heart_excess.is_some_and(|excess| excess >= INTERVALS_BPM));
        let mut bouts: Vec<usize> = far.map(|judged| judged.unit.bout).collect();
        bouts.dedup();
        return Some(if bouts.len() >= INTERVALS { Class::DisguisedIntervals } else { Class::AboveEasy });
    }
    let n_over = known().filter(|judged| judged.heart_over == Some(true)).count();
    if n_over >= 2 && share >= SOME_SHARE {
        return Some(Class::Surges);
    }
    let short_s: f64 = known().map(|judged| judged.unit.seconds).filter(|&seconds| seconds < CAUGHT_UP_S).sum();
    let can_clear = case.heart.method == Method::Fit || short_s < (1.0 - LEAST_KNOWN) * known_s;
    can_clear.then_some(Class::Easy)
}
