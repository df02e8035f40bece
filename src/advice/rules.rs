//! The rules of advice, most urgent first: when each speaks, why, and where it can be wrong.

mod do_as_planned;
mod felt_hard;
mod find_your_ceiling;
mod go_on;
mod leave_out_bursts;
mod longer_walk_breaks;
mod repeat_slower;
mod start_slower;
mod still_open;
mod walks_not_planned;

use crate::report::{AdviceId, Session, Structure};
use crate::units::{HeartRate, Pace, UnitSystem};

/// One rule of advice, with the words that explain it.
pub struct Rule {
    /// Its name, in words joined by hyphens.
    pub id: AdviceId,
    /// The same as a headline.
    pub title: &'static str,
    /// When it speaks, and what it says.
    pub what: &'static str,
    /// Why.
    pub why: &'static str,
    /// Where it can be wrong.
    pub limits: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    advise: fn(&Session, UnitSystem) -> Option<String>,
}

/// All rules of advice, in the order in which they are asked.
pub const RULES: &[Rule] = &[
    find_your_ceiling::RULE,
    still_open::RULE,
    longer_walk_breaks::RULE,
    start_slower::RULE,
    repeat_slower::RULE,
    leave_out_bursts::RULE,
    felt_hard::RULE,
    do_as_planned::RULE,
    walks_not_planned::RULE,
    go_on::RULE,
];

impl Rule {
    pub(super) fn advise(&self, session: &Session, units: UnitSystem) -> Option<String> {
        (self.advise)(session, units)
    }
}

/// The session to do, as the plan calls it: `do this session (week-1) again`. Where another was done than the plan asks
/// for, or where there is none, in words that fit.
fn the_same_again(session: &Session) -> String {
    let Some(plan) = &session.plan else { return "run the same again".to_owned() };
    let named = plan.source.split_once('/').map(|(_, stage)| stage);
    match named {
        Some(stage) if plan.structure_label == Structure::Off => {
            format!("do {stage} as the plan has it ({})", plan.plan)
        }
        Some(stage) => format!("do {stage} again"),
        None if plan.structure_label == Structure::Off => format!("do what was planned ({})", plan.plan),
        None => "do this session again".to_owned(),
    }
}

/// A ceiling on heart rate less certain than this is a formula's, and no limit to run by beside a pace: the formulas from
/// the threshold have 5 to 7 bpm, those from the maximum 10 and more.
const SURE_BPM: f64 = 8.0;

/// The ceiling in words, as `no faster than 6:30/km`, `not above 145 bpm`, or both. A heart rate from a formula is named
/// only where there is no pace, and as what it is.
fn within_ceiling(session: &Session, units: UnitSystem) -> Option<String> {
    let ceiling = &session.ceiling;
    let pace = ceiling.pace_s_per_km.map(Pace::from_seconds_per_kilometer);
    let pace = pace.map(|pace| format!("no faster than {}", units.pace(pace.speed())));
    let is_sure = ceiling.heart_rate_uncertainty_bpm.is_some_and(|bpm| bpm <= SURE_BPM);
    let heart_rate = ceiling.heart_rate_bpm.map(HeartRate::from_bpm);
    match (pace, heart_rate) {
        (Some(pace), Some(rate)) if is_sure => Some(format!("{pace} and not above {rate}")),
        (Some(pace), _) => Some(pace),
        (None, Some(rate)) if is_sure => Some(format!("not above {rate}")),
        (None, Some(rate)) => Some(format!("not above about {rate}, which is a formula's: talking must be easy, too")),
        (None, None) => None,
    }
}

/// Seconds a kilometre or mile by which the counted stretches over the ceiling were too fast, and the time of them.
fn too_fast_by(session: &Session, units: UnitSystem) -> Option<f64> {
    let ceiling = session.ceiling.pace_s_per_km?;
    let counted = session.efforts.iter().filter(|effort| effort.counted);
    let (sum, time) = counted
        .filter_map(|effort| {
            Some((effort.graded_pace_s_per_km.or(effort.pace_s_per_km)?, effort.end_s - effort.start_s))
        })
        .fold((0.0, 0.0), |(sum, time), (pace, span)| (sum + pace * span, time + span));
    let per_kilometer = if time > 0.0 { ceiling - sum / time } else { return None };
    Some(match units {
        UnitSystem::Metric => per_kilometer,
        UnitSystem::Imperial => per_kilometer * 1.609_344,
    })
}
