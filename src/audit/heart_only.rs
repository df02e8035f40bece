//! The class of a session by heart rate alone, where there is no pace or no ceiling on it.

use super::Class;
use super::case::Case;
use super::heart::Method;
use super::judge::Judged;
use crate::ceiling::Limit;
use crate::units::HeartRate;

/// Standard deviation of the ceiling above which only what is that far away from it is believed, in bpm. Our choice:
/// ceilings from age alone are off by more.
const MOST_UNCERTAIN_BPM: f64 = 8.0;
/// Share of the running whose heart rate must be known. Our choice.
const LEAST_KNOWN: f64 = 0.6;
/// Bouts shorter than this end before the heart has caught up, in seconds; level and slope cannot clear them.
const CAUGHT_UP_S: f64 = 90.0;
/// Share of the units over the ceiling that makes the session so. Our choice.
const OVER_SHARE: f64 = 0.5;
/// Share below it that is still more than a stray unit. Our choice.
pub(super) const SOME_SHARE: f64 = 0.2;
/// Units, and bpm over the ceiling, that make intervals where every unit is a bout of its own. Our choice.
const INTERVALS: usize = 4;
const INTERVALS_BPM: f64 = 8.0;
/// Heart rate alone is never trusted further. Our choice.
pub(super) const MOST_CONFIDENCE: f64 = 0.6;

/// The class by heart rate alone, or `None` where it cannot tell.
///
/// What is over, and so every class but the last, does not depend on what can be cleared: a higher ceiling never adds a
/// breach.
pub(super) fn class(case: &Case) -> Option<Class> {
    let known = || case.units.iter().filter(|judged| judged.heart_over.is_some());
    let seconds = |units: &mut dyn Iterator<Item = &Judged>| units.map(|judged| judged.unit.seconds).sum::<f64>();
    let (n_known, known_s) = (known().count(), seconds(&mut known()));
    if n_known == 0 || known_s < LEAST_KNOWN * case.tally.unit_s {
        return None;
    }
    let n_over = known().filter(|judged| is_over(case, judged)).count();
    let share = n_over as f64 / n_known as f64;
    if share >= OVER_SHARE {
        let far = |judged: &&Judged| {
            is_over(case, judged) && judged.heart_excess.is_some_and(|excess| excess >= INTERVALS_BPM)
        };
        let mut bouts: Vec<usize> = known().filter(far).map(|judged| judged.unit.bout).collect();
        bouts.dedup();
        return Some(if bouts.len() >= INTERVALS { Class::DisguisedIntervals } else { Class::AboveEasy });
    }
    if n_over >= 2 && share >= SOME_SHARE {
        return Some(Class::Surges);
    }
    let margin = margin(case);
    let clear = |judged: &&Judged| {
        judged.heart_over == Some(false) && (margin <= 0.0 || judged.heart_excess.is_some_and(|x| x <= -margin))
    };
    let is_clear = margin <= 0.0 || seconds(&mut known().filter(clear)) >= LEAST_KNOWN * known_s;
    let short_s = seconds(&mut known().filter(|judged| judged.unit.seconds < CAUGHT_UP_S));
    let can_clear = case.heart.method == Method::Fit || short_s < (1.0 - LEAST_KNOWN) * known_s;
    (can_clear && is_clear).then_some(Class::Easy)
}

/// True when a unit is so far over the ceiling that heart rate alone can say so.
pub(super) fn is_over(case: &Case, judged: &Judged) -> bool {
    judged.heart_over == Some(true) && judged.heart_excess.is_some_and(|excess| excess >= margin(case))
}

/// True when a ceiling is so uncertain that only what is far from it is believed.
pub(super) fn is_rough(limit: &Limit<HeartRate>) -> bool {
    limit.uncertainty > MOST_UNCERTAIN_BPM
}

/// How far from the ceiling heart rate has to be to say anything, in bpm.
fn margin(case: &Case) -> f64 {
    case.ceiling.heart_rate.filter(is_rough).map_or(0.0, |limit| limit.uncertainty)
}
