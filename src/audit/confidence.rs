//! How far a verdict can be trusted, from 0 to 1.

use super::case::Case;
use super::judge::{Judged, OVER};
use super::noise::{median, slope_error};
use super::{Class, tag};
use crate::timeline::SpeedSource;

/// Below this the data are too poor for any verdict. Our choice.
pub(super) const LEAST: f64 = 0.25;
/// Uncertainty of the ceiling that takes trust down to a third, on the logarithm of speed. Our choice.
const CEILING_SCALE: f64 = 0.15;
/// Cohen's kappa with the watch's own run and walk detection below which the bouts are in doubt. Our choice.
const LEAST_AGREEMENT: f64 = 0.7;
/// Length after which the heart has caught up, in seconds, and how far below its ceiling is clearly low. Our choice.
const CAUGHT_UP_S: f64 = 120.0;
const CLEARLY_LOW_BPM: f64 = 4.0;
/// Trust in a verdict on a file that is damaged somewhere. Our choice.
const DAMAGED: f64 = 0.7;

/// How far the data and the ceiling can be trusted, before any verdict.
pub(super) fn of_data(case: &Case) -> f64 {
    let known = 1.0 - case.tally.suspect_share();
    let signals = &case.timeline.signals;
    let measured = signals.speed == SpeedSource::Device && !signals.indoor;
    let by_source = if measured { 1.0 } else { 0.9 };
    let uncertainty = case.ceiling.speed.as_ref().map_or(0.0, |limit| limit.uncertainty);
    let disputed = case.segmentation.device_agreement.is_some_and(|kappa| kappa < LEAST_AGREEMENT);
    let gait = if disputed { 0.8 } else { 1.0 };
    known * by_source * gait * (-uncertainty.hypot(slope_error(&case.timeline.signals)) / CEILING_SCALE).exp()
}

/// How far a verdict can be trusted: the data, how clearly the deciding units lie on one side, and the heart rate.
pub(super) fn of_verdict(case: &Case, class: Class) -> f64 {
    let deciding: Vec<(f64, f64)> = case
        .judged()
        .filter(|(judged, _)| !class.is_over() || judged.counted)
        .map(|(judged, ratio)| (ratio, judged.error))
        .collect();
    let grade = if case.tagged(tag::GRADE_DEPENDENT).next().is_some() { 0.8 } else { 1.0 };
    let damage = if case.settings.damaged { DAMAGED } else { 1.0 };
    of_data(case) * grade * damage * separation(case, &deciding) * agreement(case, class)
}

/// How far heart rate agrees: 1 where it does, less without it, least where it says the opposite. Our choice.
fn agreement(case: &Case, class: Class) -> f64 {
    match case.heart_over_share() {
        None => 0.9,
        Some(share) if class.is_over() => {
            if share == 0.0 && fast_but_low(case).next().is_some() {
                0.7
            } else {
                1.0
            }
        }
        Some(share) => {
            if share >= 0.5 {
                0.7
            } else {
                1.0
            }
        }
    }
}

/// Units over the ceiling that last long enough for the heart to catch up, and whose heart rate stays clearly low.
pub(super) fn fast_but_low<'a>(case: &'a Case) -> impl Iterator<Item = &'a Judged> {
    let low = |judged: &Judged| judged.heart_excess.is_some_and(|excess| excess <= -CLEARLY_LOW_BPM);
    case.units.iter().filter(move |judged| judged.counted && judged.unit.seconds >= CAUGHT_UP_S && low(judged))
}

/// From 0.5, right at the limit, to 1, two standard errors or more away from it.
fn separation(case: &Case, deciding: &[(f64, f64)]) -> f64 {
    let mut ratios: Vec<f64> = deciding.iter().map(|&(ratio, _)| ratio).collect();
    let Some(middle) = median(&mut ratios) else { return 0.5 };
    let n = deciding.len() as f64;
    let ceiling = case.ceiling.speed.as_ref().map_or(0.0, |limit| limit.uncertainty);
    // What the units err by beyond the ceiling they share averages out over them.
    let own = deciding.iter().map(|(_, error)| (error * error - ceiling * ceiling).max(0.0)).sum::<f64>() / n;
    let z = (middle / OVER).ln().abs() / (ceiling * ceiling + own / n).sqrt().max(1e-9);
    0.5 + 0.5 * (z / 2.0).min(1.0)
}
