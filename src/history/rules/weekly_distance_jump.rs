//! Much more distance than two weeks ago.

use super::{Rule, RuleId, about_week, volume_over_plan};
use crate::audit::Severity;
use crate::history::{Finding, Season, Week};
use crate::units::Distance;

pub(super) const RULE: Rule = Rule {
    id: RuleId::WeeklyDistanceJump,
    title: "Much more distance than two weeks before",
    what: "A week with more than 30 % more distance run than two weeks before, and at least 0.8 km more.",
    why: "In novices it may go with the injuries that are related to distance; injuries overall did not differ.",
    limits: "Weak: a hazard ratio of 1.59 (0.96 to 2.66, p = .07) for those injuries alone; later studies found little or no relation, and a plan of 10 % a week helped nobody in a trial. Silent where the plan asks for the step, and where a stage left out or much more running than planned is named.",
    source: "Nielsen et al., J Orthop Sports Phys Ther 2014;44:739; Damsted et al., J Orthop Sports Phys Ther 2019;49:230; Buist et al., Am J Sports Med 2008;36:33; Schuster Brandt Frandsen et al., Br J Sports Med 2025;59:1203.",
    find,
};

const JUMP: f64 = 0.30;
const LEAST_MORE_M: f64 = 800.0;

fn find(season: &Season) -> Vec<Finding> {
    let jumps = |before: &Week, week: &Week| {
        let more = week.run_m - before.run_m;
        before.sessions > 0 && more > JUMP * before.run_m && more >= LEAST_MORE_M
    };
    let weeks = season.weeks.windows(3).map(|three| (&three[0], &three[2]));
    // A stage left out, and much more running than planned, are named as what they are.
    let is_named = |week: &Week| volume_over_plan::names(season, week) || season.leaves_out_a_stage(week);
    let found = weeks.filter(|(before, week)| jumps(before, week) && !season.is_as_planned(week) && !is_named(week));
    found
        .map(|(before, week)| {
            let distance = |week: &Week| season.settings.units.distance(Distance::from_meters(week.run_m));
            let share = week.run_m / before.run_m - 1.0;
            let message = format!(
                "{} run, {:.0} % more than two weeks before ({})",
                distance(week),
                100.0 * share,
                distance(before)
            );
            Finding { measured: Some(share), limit: Some(JUMP), ..about_week(RULE.id, Severity::Note, week, message) }
        })
        .collect()
}
