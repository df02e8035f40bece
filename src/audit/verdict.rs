//! What a session comes to: the first class whose conditions it meets.

use super::case::Case;
use super::index::{Parts, shown_index};
use super::judge::OVER;
use super::noise::median;
use super::reasons::reasons;
use super::{Class, Verdict, confidence, heart_only, hidden, sentence, tag, turn};
use crate::model::Sport;
use crate::timeline::SpeedSource;

/// Running below which there is nothing to judge, in seconds. Our choice.
const LEAST_RUN_S: f64 = 120.0;
/// Share of the running whose speed may be doubtful. Our choice.
const MOST_SUSPECT: f64 = 0.40;
/// Share of the running whose gait may be unknown. Our choice.
const MOST_UNKNOWN: f64 = 0.40;
/// Share of the running over the ceiling that is steadily too fast. Our choice.
const STEADY_SHARE: f64 = 0.5;
/// Share over the ceiling and rise from the first to the last third that is a drift. Our choice.
const DRIFT_SHARE: f64 = 0.2;
const DRIFT_RISE: f64 = 0.05;
/// Share of the running in one surge from which it is more than a note. Our choice.
const SURGE_SHARE: f64 = 0.04;

/// Why a session cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// There is no ceiling to hold it against.
    NoCeiling,
    /// There is hardly any running.
    LittleRunning,
    /// The speed is missing or doubtful.
    Speed,
    /// It is not known what was run and what was walked.
    Gait,
    /// A wheelchair has no gait.
    Wheelchair,
    /// Data and ceiling together are too uncertain.
    Uncertain,
    /// A few numbers decide, and any number in the file may be wrong.
    Damaged,
    /// What was left out of the verdict was fast.
    Hidden,
}

/// What a session comes to: by its pace, by heart rate alone where pace cannot tell, or undetermined.
pub(super) fn verdict(case: &Case) -> Verdict {
    let verdict = match doubt(case) {
        None => by_pace(case),
        Some(doubt @ (Doubt::NoCeiling | Doubt::Speed)) => {
            heart_only::class(case).map_or_else(|| undetermined(case, doubt), |class| by_heart(case, class))
        }
        Some(doubt) => undetermined(case, doubt),
    };
    // One wrong number makes a surge, or hides one; the other classes take many.
    let hangs_on_few = matches!(verdict.class, Class::Easy | Class::Surges);
    if case.settings.damaged && hangs_on_few {
        return undetermined(case, Doubt::Damaged);
    }
    let hides = verdict.class == Class::Easy && hidden::may_hide_efforts(case);
    if hides { undetermined(case, Doubt::Hidden) } else { verdict }
}

fn by_pace(case: &Case) -> Verdict {
    let class = class(case);
    let turned_at = match class {
        Class::DisguisedIntervals => turn::into_intervals(case, &case.chain),
        Class::AboveEasy | Class::DriftedOver => turn::into_drift(case),
        Class::Surges | Class::Undetermined | Class::Easy => None,
    };
    let allowed = allowed(case, class);
    let ratio = median(&mut case.over().map(|(_, ratio)| ratio).collect::<Vec<_>>());
    let parts = Parts {
        ratio,
        over_share: case.tally.over_share(),
        n_over: case.tally.n_over,
        heart_rate_share: case.heart_over_share(),
    };
    Verdict {
        class,
        severity: case.hardness(class).filter(|_| class.is_over()).map(severity),
        confidence: confidence::of_verdict(case, class),
        index: Some(shown_index(parts)),
        turned_at,
        sentence: agreed(sentence::by_pace(case, class, turned_at), allowed.as_deref()),
        reasons: reasons(case, class),
        allowed,
    }
}

/// The reason of an exception for the class itself.
fn allowed(case: &Case, class: Class) -> Option<String> {
    case.settings.exception(class.name()).filter(|_| class.is_over()).map(str::to_owned)
}

/// A sentence with the reason of the exception that covers it.
fn agreed(sentence: String, reason: Option<&str>) -> String {
    match reason {
        Some(reason) => format!("{sentence} This was agreed: {}.", reason.trim_end_matches('.')),
        None => sentence,
    }
}

fn by_heart(case: &Case, class: Class) -> Verdict {
    let share = case.heart_over_share().unwrap_or(0.0);
    let allowed = allowed(case, class);
    Verdict {
        class,
        severity: None,
        confidence: heart_only::MOST_CONFIDENCE * case.timeline.heart_rate_quality.trust,
        index: Some(100.0 * share),
        turned_at: None,
        sentence: agreed(sentence::by_heart(case, class), allowed.as_deref()),
        reasons: reasons(case, class),
        allowed,
    }
}

fn undetermined(case: &Case, doubt: Doubt) -> Verdict {
    Verdict {
        class: Class::Undetermined,
        severity: None,
        confidence: 0.0,
        index: None,
        turned_at: None,
        sentence: sentence::of_doubt(case, doubt),
        reasons: reasons(case, Class::Undetermined),
        allowed: None,
    }
}

/// Why the session cannot be judged, if so. None of the reasons depends on how fast the runner was.
fn doubt(case: &Case) -> Option<Doubt> {
    let tally = &case.tally;
    if case.settings.sport == Sport::Wheelchair {
        return Some(Doubt::Wheelchair);
    }
    if tally.unknown_s > MOST_UNKNOWN * (tally.run_s + tally.unknown_s) {
        return Some(Doubt::Gait);
    }
    if tally.run_s < LEAST_RUN_S {
        return Some(Doubt::LittleRunning);
    }
    if !case.has_pace_ceiling() {
        return Some(Doubt::NoCeiling);
    }
    let no_speed = case.timeline.signals.speed == SpeedSource::None;
    if no_speed || tally.unit_s <= 0.0 || tally.suspect_share() > MOST_SUSPECT {
        return Some(Doubt::Speed);
    }
    if case.judged().next().is_none() {
        return Some(Doubt::NoCeiling);
    }
    (confidence::of_data(case) < confidence::LEAST).then_some(Doubt::Uncertain)
}

/// The first class whose conditions are met, worst first.
///
/// Every class but the last needs what surges need, and a higher ceiling can only take that away: so it never turns
/// an easy session into a breach.
fn class(case: &Case) -> Class {
    let share = case.tally.over_share();
    if case.is_intervals() {
        return Class::DisguisedIntervals;
    }
    let drifted = turn::thirds(case).is_some_and(|(first, last)| {
        let rises = last > OVER && last - first >= DRIFT_RISE;
        rises && share >= DRIFT_SHARE && (first <= OVER || share < STEADY_SHARE)
    });
    if drifted {
        return Class::DriftedOver;
    }
    if share >= STEADY_SHARE {
        return Class::AboveEasy;
    }
    if case.tally.n_surges >= 2 || share >= SURGE_SHARE {
        return Class::Surges;
    }
    Class::Easy
}

/// How far over: the marks are about marathon, threshold and interval effort for every runner whose ceiling stands
/// at 70 % of the highest oxygen uptake (Daniels and Gilbert, Oxygen Power, 1979).
fn severity(ratio: f64) -> &'static str {
    match ratio {
        1.30.. => "extreme",
        1.20.. => "high",
        1.10.. => "moderate",
        _ => "mild",
    }
}

/// True when the surges of a session are strides: three or more short, very fast ones.
pub(super) fn are_strides(case: &Case) -> bool {
    let n_strides = case.tagged(tag::STRIDE).count();
    n_strides >= 3 && 2 * n_strides > case.tally.n_over
}
