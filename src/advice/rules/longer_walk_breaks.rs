//! The heart rate did not fall in the walk breaks.

use super::{AdviceId, Rule, the_same_again, within_ceiling};
use crate::report::{Bout, Class, Finding, Gait, RuleId, Session};
use crate::units::{UnitSystem, clock};

pub(super) const RULE: Rule = Rule {
    id: AdviceId::LongerWalkBreaks,
    title: "Walk longer between the runs",
    what: "Speaks when the heart rate did not fall in walk breaks, whatever the verdict: asks for slower runs and longer breaks, half as long again, and says how long that is.",
    why: "A walk break in which the heart rate stays up is no break: the runs add up to one long effort.",
    limits: "Heat, thirst, caffeine and a sensor on the wrist hold the heart rate up as well. Half as long again is our choice.",
    source: "The finding `heart-rate-not-recovering`; the length is our choice.",
    advise,
};

/// Breaks are planned in steps of so many seconds.
const STEP_S: f64 = 15.0;

fn advise(session: &Session, units: UnitSystem) -> Option<String> {
    let found = |finding: &Finding| finding.rule == RuleId::HeartRateNotRecovering && finding.allowed.is_none();
    if !session.findings.iter().any(found) {
        return None;
    }
    let is_over = !matches!(session.class(), Some(Class::Easy | Class::Surges));
    let within = within_ceiling(session, units).filter(|_| is_over);
    let within = within.map_or(String::new(), |within| format!(", {within}"));
    let length = usual_break(session).map_or("half as long again".to_owned(), |usual| {
        let longer = (1.5 * usual / STEP_S).round() * STEP_S;
        format!("about {} instead of {}", clock(longer), clock(usual))
    });
    let again = the_same_again(session);
    Some(format!("{again}{within}, with longer walk breaks, {length}: your heart rate did not fall in them."))
}

/// The middle one of the walk breaks between two runs, in steps; `None` where they are too short to speak of.
fn usual_break(session: &Session) -> Option<f64> {
    let is_run = |bout: &Bout| bout.gait == Gait::Run;
    let first = session.bouts.iter().position(is_run)?;
    let last = session.bouts.iter().rposition(is_run)?;
    let between = session.bouts[first..=last].iter().filter(|bout| bout.gait == Gait::Walk);
    let mut lengths: Vec<f64> = between.map(|bout| bout.end_s - bout.start_s).filter(|s| *s >= STEP_S).collect();
    lengths.sort_by(f64::total_cmp);
    let middle = lengths.get(lengths.len() / 2)?;
    Some((middle / STEP_S).round() * STEP_S).filter(|usual| (2.0 * STEP_S..=600.0).contains(usual))
}
