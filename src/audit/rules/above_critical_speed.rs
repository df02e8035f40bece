//! Efforts beyond what can be held for half an hour.

use super::{Rule, RuleId, finding, of_effort};
use crate::audit::chain::Effort;
use crate::audit::context::SessionContext;
use crate::audit::critical::Reserve;
use crate::audit::{Finding, Measure, MeasureUnit, Severity, Verdict, effort, words};
use crate::ceiling::{Source, daniels};
use crate::units::{Distance, Speed, percent};

pub(super) const RULE: Rule = Rule {
    id: RuleId::AboveCriticalSpeed,
    title: "Faster than critical speed",
    what: "An effort that uses up more than 5 % of the distance that can be run above critical speed. Only with a \
           ceiling from a race, from which both are worked out.",
    why: "Critical speed is about what can be held for half an hour. Efforts above it are interval training at its \
          hardest.",
    limits: "Critical speed is worked out from the race and not measured.",
    source: "Skiba and Clarke, Int J Sports Physiol Perform 2021;16:1561; Daniels and Gilbert, Oxygen Power, 1979; 5 \
             % is our choice.",
    find,
};

/// Share of the reserve that is worth telling. Our choice.
const USED: f64 = 0.05;

fn find(context: &SessionContext, verdict: &Verdict) -> Vec<Finding> {
    let Some((critical, reserve)) = critical(context) else { return Vec::new() };
    let found = |of: &Effort| {
        let mut left = Reserve::full(critical, reserve);
        left.spend(Speed::from_meters_per_second(of.graded), of.seconds, 1.0);
        let used = 1.0 - left.left().as_meters() / reserve.as_meters();
        // Nobody has more than all of it.
        let share = if used > 1.0 {
            "more than the whole reserve above critical speed, so the race seems out of date".to_owned()
        } else {
            format!("{} of the reserve above critical speed", percent(used))
        };
        let message = format!("{} than the easy ceiling: {share}", words::effort(context, of));
        let finding = finding(context, RULE.id, Severity::Caution, of.range.clone(), message);
        let measure = Measure { measured: used, limit: Some(USED), unit: MeasureUnit::ShareOfReserve };
        (used > USED).then_some(Finding { measure: Some(measure), measures: of_effort(of), ..finding })
    };
    effort::listed(context, verdict.class).iter().filter_map(found).collect()
}

/// Critical speed and the distance above it, from a ceiling that comes from a race.
fn critical(context: &SessionContext) -> Option<(Speed, Distance)> {
    let limit = context.ceiling.speed.filter(|limit| limit.source == Source::Race)?;
    let vdot = daniels::oxygen_cost(limit.value) / daniels::EASY_FRACTION;
    let (critical, reserve) = daniels::critical_speed(vdot, (3.0, 12.0));
    (reserve.as_meters() > 0.0).then_some((critical, reserve))
}
