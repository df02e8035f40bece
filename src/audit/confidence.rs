//! How far a verdict can be trusted, from 0 to 1.

use super::context::SessionContext;
use super::judge::JudgedStretch;
use super::noise::slope_error;
use super::{Class, Tag};
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
pub(super) fn of_data(context: &SessionContext) -> f64 {
    let known = 1.0 - context.tally.suspect_share();
    let signals = &context.timeline.signals;
    let measured = signals.speed == SpeedSource::Device && !signals.indoor;
    let by_source = if measured { 1.0 } else { 0.9 };
    let uncertainty = context.ceiling.speed.as_ref().map_or(0.0, |limit| limit.uncertainty);
    let disputed = context.segmentation.device_agreement.is_some_and(|kappa| kappa < LEAST_AGREEMENT);
    let gait = if disputed { 0.8 } else { 1.0 };
    known * by_source * gait * (-uncertainty.hypot(slope_error(&context.timeline.signals)) / CEILING_SCALE).exp()
}

/// How far a verdict can be trusted: the data, how clearly the session lies within its class, and the heart rate.
///
/// The numbers are fitted to what the runners of 433 sessions called them: of the verdicts with a confidence around c, a
/// share of about c agrees. `cargo test --test it verdicts::calibration -- --nocapture` prints the table.
pub(super) fn of_verdict(context: &SessionContext, class: Class) -> f64 {
    let grade = if context.tagged(Tag::GradeDependent).next().is_some() { 0.9 } else { 1.0 };
    let damage = if context.settings.damaged { DAMAGED } else { 1.0 };
    let data = (of_data(context) / USUAL_DATA).min(1.0);
    (data * grade * damage * of_class(context, class) * agreement(context, class)).min(MOST)
}

/// Trust in the data of a good watch with a ceiling from a physio: fitted to such, the classes are as sure as they say.
const USUAL_DATA: f64 = 0.87;
/// No verdict on a recording is surer than this.
const MOST: f64 = 0.97;

/// How far a class can be trusted where the data are good, by how far inside its limits the session lies.
fn of_class(context: &SessionContext, class: Class) -> f64 {
    let tally = &context.tally;
    match class {
        // From 0.7 for just enough believed effort towards 1 for several times as much.
        Class::DisguisedIntervals => 1.0 - 0.3 / context.chain_weight.max(1.0).powi(2),
        Class::AboveEasy => 0.5 + 0.45 * (tally.over_share() / 0.6).min(1.0),
        Class::DriftedOver => 0.3 + 0.6 * (tally.over_share() / 0.6).min(1.0),
        Class::Surges => 0.4 + 0.4 * (tally.believed_share() / 0.2).min(1.0),
        Class::Easy => {
            let near = (tally.over_share() / 0.1).max(context.chain_weight / 0.4).clamp(0.0, 1.0);
            0.94 - 0.24 * near
        }
        Class::Undetermined => 0.0,
    }
}

/// Less where heart rate says the opposite of the pace. Our choice.
fn agreement(context: &SessionContext, class: Class) -> f64 {
    let contradicts = match context.heart_over_share() {
        None => false,
        Some(share) if class.is_over() => share == 0.0 && fast_but_low(context).next().is_some(),
        Some(share) => share >= 0.5,
    };
    if contradicts { 0.8 } else { 1.0 }
}

/// Stretches over the ceiling that last long enough for the heart to catch up, and whose heart rate stays clearly low.
pub(super) fn fast_but_low<'a>(context: &'a SessionContext) -> impl Iterator<Item = &'a JudgedStretch> {
    let low = |judged: &JudgedStretch| judged.heart_excess.is_some_and(|excess| excess <= -CLEARLY_LOW_BPM);
    context
        .stretches
        .iter()
        .filter(move |judged| judged.counted && judged.stretch.seconds >= CAUGHT_UP_S && low(judged))
}
