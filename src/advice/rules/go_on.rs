//! Easy as planned.

use super::{AdviceId, Rule};
use crate::plan::built_in;
use crate::report::{Class, Compliance, Session};
use crate::units::{Pace, UnitSystem, clock};

pub(super) const RULE: Rule = Rule {
    id: AdviceId::GoOn,
    title: "Go on with the plan",
    what: "Speaks when a run was easy: the plan can go on, if nothing hurt more than your physio allows. Of a built-in plan it says how often the stage is done and what comes next; of a run that was close to the ceiling that a little slower is safer.",
    why: "The session was what it was meant to be. What the body says the next morning decides more than any watch.",
    limits: "A watch feels no pain: an easy run is no clearance. One file does not tell how often the stage was done: `rehabrun plan --next --runs FOLDER` counts.",
    source: "Pain during, after and on the next morning as the measure: Silbernagel et al., Am J Sports Med 2007;35:897. For bone: no pain at all (George, Sheerin and Reid, Sports Med 2024).",
    advise,
};

/// Running over the ceiling that an easy verdict does not count is worth a word from a minute on: our choice.
const NOTED_S: f64 = 60.0;

fn advise(session: &Session, units: UnitSystem) -> Option<String> {
    if session.class() != Some(Class::Easy) {
        return None;
    }
    let what =
        session.plan.as_ref().and_then(next_of).unwrap_or_else(|| match (&session.plan, close(session, units)) {
            (Some(_), _) => "go on with the plan".to_owned(),
            (None, Some(slower)) => slower,
            (None, None) => "keep this pace for the next run".to_owned(),
        });
    Some(format!("{what}, if nothing hurts more than your physio allows, now and tomorrow morning."))
}

/// What comes after a stage of a built-in programme, and how often the stage is done.
fn next_of(plan: &Compliance) -> Option<String> {
    let (programme, name) = plan.source.split_once('/')?;
    let programme = built_in::find(programme)?;
    let at = programme.stages.iter().position(|stage| stage.name == name)?;
    let rest = if programme.rest_between { ", with a day of rest between" } else { "" };
    let often = match programme.times(&programme.stages[at]) {
        1 => String::new(),
        times => format!(" {times} times in all{rest}"),
    };
    Some(match programme.stages.get(at + 1) {
        Some(next) if often.is_empty() => format!("after {name} comes {} ({}){rest}", next.name, next.session),
        Some(next) => format!("do {name}{often}, then {} ({})", next.name, next.session),
        None => format!("{name} is the last of the plan{}", if often.is_empty() { "" } else { ": do it" }) + &often,
    })
}

/// The same a little slower, where a part of it was over the ceiling and not counted.
fn close(session: &Session, units: UnitSystem) -> Option<String> {
    let over_s = session.verdict.as_ref()?.over_s;
    let pace = session.ceiling.pace_s_per_km.map(Pace::from_seconds_per_kilometer)?;
    (over_s >= NOTED_S).then(|| {
        format!("run the same, a little slower ({} of it was over {})", clock(over_s), units.pace(pace.speed()))
    })
}
