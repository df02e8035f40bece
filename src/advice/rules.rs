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

use crate::report::{AdviceId, Session};
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
    go_on::RULE,
];

impl Rule {
    pub(super) fn advise(&self, session: &Session, units: UnitSystem) -> Option<String> {
        (self.advise)(session, units)
    }
}

/// The session as the plan calls it: `this session (week-1)`.
fn this_session(session: &Session) -> String {
    let name = session.plan.as_ref().and_then(|plan| plan.source.split_once('/')).map(|(_, stage)| stage);
    name.map_or("this session".to_owned(), |stage| format!("this session ({stage})"))
}

/// The ceiling in words, as `no faster than 6:30/km`, `below 145 bpm`, or both.
fn within_ceiling(session: &Session, units: UnitSystem) -> Option<String> {
    let pace = session.ceiling.pace_s_per_km.map(Pace::from_seconds_per_kilometer);
    let pace = pace.map(|pace| format!("no faster than {}", units.pace(pace.speed())));
    let heart_rate = session.ceiling.heart_rate_bpm.map(HeartRate::from_bpm).map(|rate| format!("not above {rate}"));
    match (pace, heart_rate) {
        (Some(pace), Some(rate)) => Some(format!("{pace} and {rate}")),
        (pace, rate) => pace.or(rate),
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
