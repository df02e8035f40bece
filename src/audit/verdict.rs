//! What a session comes to: the first class whose conditions it meets.

use super::case::Case;
use super::chain::{self, Effort};
use super::index::{Parts, shown_index};
use super::judge::OVER;
use super::noise::median;
use super::reasons::reasons;
use super::unseen::Unseen;
use super::{Class, Verdict, confidence, heart_only, sentence, tag, turn};
use crate::model::Sport;
use crate::timeline::SpeedSource;

/// Running below which there is nothing to judge, in seconds. Our choice.
const LEAST_RUN_S: f64 = 120.0;
/// Share of the running whose speed may be doubtful. Our choice.
const MOST_SUSPECT: f64 = 0.40;
/// Share of the running whose gait may be unknown. Our choice.
const MOST_UNKNOWN: f64 = 0.40;
/// Efforts in a row that make intervals, and their mean ratio.
///
/// Our choice, reasoned from the pace zones of Daniels' Running Formula: 10 % over a ceiling at 70 % of the highest
/// oxygen uptake is close to marathon effort.
const CHAIN: usize = 3;
const CHAIN_RATIO: f64 = 1.10;
/// Share of the running over the ceiling that the efforts need: 15 %; or, when they add up to two minutes, are no strides
/// and cadence tells where they end, 5 %: four repetitions of a minute, or five of 200 m, are an interval session however
/// long the easy part around them, as real files show.
const CHAIN_SHARE: f64 = 0.15;
const LONG_CHAIN_S: f64 = 120.0;
const LONG_CHAIN_SHARE: f64 = 0.05;
/// Share of the time over the ceiling that is in the efforts: where it is less, the running was too fast throughout.
/// Our choice.
const CHAIN_OF_OVER: f64 = 0.3;
/// Share of the running over the ceiling that is steadily too fast. Our choice.
const STEADY_SHARE: f64 = 0.5;
/// Share over the ceiling that is nearly all the running. Our choice.
const THROUGHOUT_SHARE: f64 = 0.8;
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
    /// What is unseen could hold efforts.
    Unseen,
    /// A few numbers decide, and any number in the file may be wrong.
    Damaged,
}

/// What a session comes to: by its pace, by heart rate alone where pace cannot tell, or undetermined.
pub(super) fn verdict(case: &Case) -> Verdict {
    let verdict = match doubt(case) {
        None => unless_unseen(case, by_pace(case), &case.unseen, (case.tally.over_s, case.tally.n_surges)),
        Some(doubt @ (Doubt::NoCeiling | Doubt::Speed)) => heart_only::class(case)
            .map_or_else(|| undetermined(case, doubt), |class| by_heart_unless_fast(case, class, doubt)),
        Some(doubt) => undetermined(case, doubt),
    };
    // One wrong number makes a surge, or hides one; the other classes take many.
    let hangs_on_few = matches!(verdict.class, Class::Easy | Class::Surges);
    if case.settings.damaged && hangs_on_few { undetermined(case, Doubt::Damaged) } else { verdict }
}

/// An easy verdict stands when what is unseen could not change it.
fn unless_unseen(case: &Case, verdict: Verdict, unseen: &Unseen, over: (f64, usize)) -> Verdict {
    let hides = verdict.class == Class::Easy && unseen.could_hide(over, SURGE_SHARE);
    if hides { undetermined(case, Doubt::Unseen) } else { verdict }
}

/// The verdict by heart rate where the speed cannot tell. What there is of it is a witness: a heart that kept low clears
/// no running that was plainly too fast.
fn by_heart_unless_fast(case: &Case, class: Class, doubt: Doubt) -> Verdict {
    let is_fast = case.tally.n_over > 0 || case.unseen.fast().next().is_some();
    if class == Class::Easy && doubt == Doubt::Speed && is_fast {
        return undetermined(case, doubt);
    }
    unless_unseen(case, by_heart(case, class), &case.unheard(), (heart_over_s(case), 0))
}

/// Time in units that are over the ceiling by heart rate alone, in seconds.
fn heart_over_s(case: &Case) -> f64 {
    let over = case.units.iter().filter(|judged| heart_only::is_over(case, judged));
    over.map(|judged| judged.unit.seconds).sum()
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
        judged_s: case.unseen.judged_s,
        over_s: case.tally.over_s.min(case.unseen.judged_s),
        unseen_s: case.unseen.seconds,
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
    let unheard = case.unheard();
    let allowed = allowed(case, class);
    Verdict {
        class,
        severity: None,
        confidence: heart_only::MOST_CONFIDENCE * case.timeline.heart_rate_quality.trust,
        index: Some(100.0 * share),
        turned_at: None,
        judged_s: unheard.judged_s,
        over_s: heart_over_s(case).min(unheard.judged_s),
        unseen_s: unheard.seconds,
        sentence: agreed(sentence::by_heart(case, class), allowed.as_deref()),
        reasons: reasons(case, class),
        allowed,
    }
}

fn undetermined(case: &Case, doubt: Doubt) -> Verdict {
    let (account, over_s) = if case.has_pace_ceiling() || case.ceiling.heart_rate.is_none() {
        (&case.unseen, case.tally.over_s)
    } else {
        (&case.unheard(), heart_over_s(case))
    };
    Verdict {
        class: Class::Undetermined,
        severity: None,
        confidence: 0.0,
        index: None,
        turned_at: None,
        judged_s: account.judged_s,
        over_s: over_s.min(account.judged_s),
        unseen_s: account.seconds,
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
    let chain_s: f64 = case.chain.iter().map(|effort| effort.seconds).sum();
    let long = chain_s >= LONG_CHAIN_S && !are_strides(case) && case.timeline.signals.cadence;
    let enough = share >= if long { LONG_CHAIN_SHARE } else { CHAIN_SHARE };
    let main = chain_s >= CHAIN_OF_OVER * case.tally.over_s;
    let stops = share >= THROUGHOUT_SHARE && chain::is_cut_by_stops(&case.chain, case.bouts());
    if case.chain.len() >= CHAIN && enough && main && !stops && chain_ratio(&case.chain) >= CHAIN_RATIO {
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

/// Mean ratio of the efforts of a chain, each weighed by its time: over ten bouts it scatters less than the median.
fn chain_ratio(chain: &[Effort]) -> f64 {
    let seconds: f64 = chain.iter().map(|effort| effort.seconds).sum();
    if seconds > 0.0 { chain.iter().map(|effort| effort.ratio * effort.seconds).sum::<f64>() / seconds } else { 0.0 }
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
