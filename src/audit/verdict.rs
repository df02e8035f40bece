//! What a session comes to: the first class whose conditions it meets.

use super::chain::HARD;
use super::context::SessionContext;
use super::doubt::{Doubt, are_strides};
use super::index::{Parts, scaled, severity, shown_index};
use super::judge::OVER;
use super::measures::Measures;
use super::reasons::reasons;
use super::unseen::Signal;
use super::{Class, RuleId, Tag, Verdict, confidence, heart_only, heart_sentence, hidden, sentence, sparse, turn};
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
/// Share over the ceiling, and last third over first third, that are a drift. Our choice.
const DRIFT_SHARE: f64 = 0.2;
const DRIFT_RISE: f64 = 1.05;
/// Believed time over the ceiling, in seconds and as a share of the running, from which one surge is more than a note,
/// and the same for several. Our choice: a minute is no session.
const LEAST_SURGE_S: f64 = 60.0;
const SURGE_SHARE: f64 = 0.05;
const LEAST_SURGES_S: f64 = 60.0;
const SURGES_SHARE: f64 = 0.025;
/// Share over the ceiling, believed or not, from which no session is easy. Our choice: as much as makes a drift.
const MOST_UNCONFIRMED: f64 = DRIFT_SHARE;
/// Share of what makes intervals from which efforts are more than a note. Our choice.
const NEARLY: f64 = 0.4;

/// What a session comes to: by its pace, by heart rate alone where pace cannot tell, or undetermined.
pub(super) fn verdict(context: &SessionContext) -> Verdict {
    let verdict = match doubt(context) {
        None => unless_unseen(context, by_pace(context)),
        Some(doubt @ (Doubt::NoCeiling | Doubt::Speed)) => heart_only::outcome(context)
            .map_or_else(|| undetermined(context, doubt), |outcome| by_heart_unless_fast(context, &outcome, doubt)),
        Some(doubt) => undetermined(context, doubt),
    };
    // One wrong number makes a surge, or hides one; the other classes take many.
    let hangs_on_few = matches!(verdict.class, Class::Easy | Class::Surges);
    if context.settings.damaged && hangs_on_few {
        return undetermined(context, Doubt::Damaged);
    }
    let hides = verdict.class == Class::Easy && hidden::may_hide_efforts(context);
    if hides { undetermined(context, Doubt::Hidden) } else { verdict }
}

/// The verdict by pace, when it is easy only where what is unseen could not change that: by the share or the number of
/// surges that make a session one of surges.
fn unless_unseen(context: &SessionContext, verdict: Verdict) -> Verdict {
    let (tally, unseen) = (&context.tally, &context.unseen);
    let enough = unseen.could_hide(tally.over_s, tally.unit_s - tally.suspect_s, SURGE_SHARE);
    let several = unseen.n_open > 0 && tally.n_surges + unseen.n_open >= 2;
    match verdict.class {
        Class::Easy if enough || several => undetermined(context, Doubt::Unseen),
        Class::Easy if sparse::could_hide(context) => undetermined(context, Doubt::Sparse),
        Class::Easy if is_unconfirmed(context, &verdict) => undetermined(context, Doubt::Unconfirmed),
        _ => verdict,
    }
}

/// True when much was over the ceiling by as much as an effort is.
fn is_unconfirmed(context: &SessionContext, verdict: &Verdict) -> bool {
    context.tally.over_share() >= MOST_UNCONFIRMED && verdict.measures.typical_ratio.is_some_and(|ratio| ratio >= HARD)
}

/// The verdict by heart rate where the speed cannot tell. What there is of it is a witness: a heart that kept low clears
/// no running that was plainly too fast.
fn by_heart_unless_fast(context: &SessionContext, outcome: &heart_only::Outcome, doubt: Doubt) -> Verdict {
    let is_easy = outcome.class == Class::Easy;
    let is_fast = context.tally.n_over > 0 || context.unseen.fast().next().is_some();
    if is_easy && doubt == Doubt::Speed && is_fast {
        return undetermined(context, doubt);
    }
    let unheard = context.unheard();
    let over_s = context.over_time.over.seconds;
    if is_easy && unheard.could_hide(over_s, unheard.judged_s, heart_only::SOME_SHARE) {
        return undetermined(context, Doubt::Unseen);
    }
    by_heart(context, outcome)
}

fn by_pace(context: &SessionContext) -> Verdict {
    let class = class(context);
    let turned_at = match class {
        Class::DisguisedIntervals => turn::into_intervals(context, &context.chain),
        Class::AboveEasy | Class::DriftedOver => turn::into_drift(context),
        Class::Surges | Class::Undetermined | Class::Easy => None,
    };
    let allowed = allowed(context, class);
    let measures = Measures::of(context, class, Signal::Speed);
    // What is too fast steadily is no row of efforts, whatever strides follow it.
    let is_steady = matches!(class, Class::AboveEasy | Class::DriftedOver);
    let parts = Parts {
        ratio: measures.typical_ratio,
        over_share: measures.over_share(),
        n_over: if is_steady { context.tally.n_over.min(1) } else { context.tally.n_over },
        heart_rate_share: context.heart_over_share(),
    };
    let index = shown_index(parts, class.is_over());
    Verdict {
        class,
        severity: class.is_over().then(|| severity(index)),
        confidence: confidence::of_verdict(context, class),
        index: Some(index),
        turned_at,
        sentence: agreed(sentence::by_pace(context, class, turned_at, &measures), allowed.as_deref()),
        reasons: reasons(context, &measures),
        measures,
        allowed,
    }
}

/// The reason of an exception for the class itself.
fn allowed(context: &SessionContext, class: Class) -> Option<String> {
    let rule = match class {
        Class::DisguisedIntervals => RuleId::DisguisedIntervals,
        Class::AboveEasy => RuleId::AboveEasy,
        Class::DriftedOver => RuleId::DriftedOver,
        Class::Surges => RuleId::Surges,
        Class::Undetermined | Class::Easy => return None,
    };
    context.settings.exception(rule).map(str::to_owned)
}

/// A sentence with the reason of the exception that covers it.
fn agreed(sentence: String, reason: Option<&str>) -> String {
    match reason {
        Some(reason) => format!("{sentence} This was agreed: {}.", reason.trim_end_matches('.')),
        None => sentence,
    }
}

fn by_heart(context: &SessionContext, outcome: &heart_only::Outcome) -> Verdict {
    let class = outcome.class;
    let allowed = allowed(context, class);
    let told = class != Class::Undetermined;
    let measures = Measures::of(context, class, Signal::HeartRate);
    Verdict {
        class,
        severity: None,
        confidence: if told { heart_only::confidence(context) } else { 0.0 },
        index: told.then(|| scaled(100.0 * measures.over_share(), class.is_over())),
        turned_at: None,
        sentence: agreed(heart_sentence::by_heart(context, outcome, &measures), allowed.as_deref()),
        reasons: reasons(context, &measures),
        measures,
        allowed,
    }
}

fn undetermined(context: &SessionContext, doubt: Doubt) -> Verdict {
    let by_pace = context.has_pace_ceiling() || context.ceiling.heart_rate.is_none();
    let signal = if by_pace { Signal::Speed } else { Signal::HeartRate };
    let measures = Measures::of(context, Class::Undetermined, signal);
    Verdict {
        class: Class::Undetermined,
        severity: None,
        confidence: 0.0,
        index: None,
        turned_at: None,
        sentence: sentence::of_doubt(context, doubt, &measures),
        reasons: reasons(context, &measures),
        measures,
        allowed: None,
    }
}

/// Why the session cannot be judged, if so. None of the reasons depends on how fast the runner was.
fn doubt(context: &SessionContext) -> Option<Doubt> {
    let tally = &context.tally;
    if context.settings.sport == Sport::Wheelchair {
        return Some(Doubt::Wheelchair);
    }
    if tally.unknown_s > MOST_UNKNOWN * (tally.run_s + tally.unknown_s) {
        return Some(Doubt::Gait);
    }
    if tally.run_s < LEAST_RUN_S {
        return Some(Doubt::LittleRunning);
    }
    if !context.has_pace_ceiling() {
        return Some(Doubt::NoCeiling);
    }
    let no_speed = context.timeline.signals.speed == SpeedSource::None;
    if no_speed || tally.unit_s <= 0.0 || tally.suspect_share() > MOST_SUSPECT {
        return Some(Doubt::Speed);
    }
    if context.timeline.signals.disputed {
        return Some(Doubt::Disputed);
    }
    if context.judged().next().is_none() {
        return Some(Doubt::NoCeiling);
    }
    (confidence::of_data(context) < confidence::LEAST).then_some(Doubt::Uncertain)
}

/// The first class whose conditions are met, worst first.
///
/// Each condition can only be lost under a higher ceiling, never gained; only being above easy excludes a run that began
/// easier, and that is then a drift. So loosening the ceiling never makes the class worse, and it never jumps back.
pub(super) fn class(context: &SessionContext) -> Class {
    let share = context.tally.over_share();
    if context.is_intervals() {
        return Class::DisguisedIntervals;
    }
    let steady = share >= STEADY_SHARE;
    let thirds = turn::thirds(context);
    let rises = thirds.is_some_and(|(first, last)| last >= DRIFT_RISE * first);
    if steady && !(rises && thirds.is_some_and(|(first, _)| first <= OVER)) {
        return Class::AboveEasy;
    }
    let ends_over = rises && thirds.is_some_and(|(_, last)| last > OVER);
    let drifted = steady || share >= DRIFT_SHARE && ends_over || turn::has_fast_end(context);
    if drifted && !is_row_of_strides(context) {
        return Class::DriftedOver;
    }
    let tally = &context.tally;
    let (believed_s, believed) = (tally.believed_s, tally.believed_share());
    let lasts = believed_s >= LEAST_SURGE_S && believed >= SURGE_SHARE;
    let repeated = tally.n_surges >= 2 && believed_s >= LEAST_SURGES_S && believed >= SURGES_SHARE;
    // Who has kicks counted wants to see one.
    let kicks = context.settings.count_kicks && context.tagged(Tag::Kick).any(|judged| judged.counted);
    if lasts || repeated || kicks || context.chain_weight >= NEARLY {
        return Class::Surges;
    }
    Class::Easy
}

/// True when strides are most of what was over: they come late in many runs, which is no drift.
fn is_row_of_strides(context: &SessionContext) -> bool {
    let strides_s: f64 = context.tagged(Tag::Stride).map(|judged| judged.weight * judged.stretch.seconds).sum();
    are_strides(context) && strides_s > 0.8 * context.tally.over_s
}
