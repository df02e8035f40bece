//! Several new longest runs within a week, each no more than a tenth farther than the last.

use super::session_spike::{Done, LEAST_RUNS, is_longer, longest, outings, recent};
use super::{Rule, RuleId, about_run};
use crate::audit::Severity;
use crate::history::spike::{Dose, Spike};
use crate::history::{Finding, Season};
use crate::units::Distance;

pub(super) const RULE: Rule = Rule {
    id: RuleId::StepsWithinAWeek,
    title: "Several new longest runs within a week",
    what: "Two or more new longest runs within 7 days, each at most 10 % farther than the longest before it, which together are more than 10 % farther, and longer by at least 5 minutes or 0.8 km.",
    why: "Held against the last run each step passes; held against what the body knew a week ago the last one does not. One new longest run a week is enough.",
    limits: "A note: the cohort looked at single sessions, and its authors name several small steps within a week as what their measure cannot see. Silent where the plan asks for the steps, and with fewer than three sessions in the 30 days before.",
    source: "Schuster Brandt Frandsen et al., Br J Sports Med 2025;59:1203, on its limits. Seven days are our choice.",
    find,
};

/// The days within which the steps are one.
const DAYS: i32 = 7;

fn find(season: &Season) -> Vec<Finding> {
    let all = outings(season);
    let mut findings = Vec::new();
    let mut from = 0;
    while from < all.len() {
        // The steps from here on: new longest runs within a week, none of them a spike of its own.
        let steps = steps(&all, from);
        let found = steps.last().and_then(|&last| finding(&all, from, last, steps.len(), season));
        from = if found.is_some() { steps[steps.len() - 1] + 1 } else { from + 1 };
        findings.extend(found);
    }
    findings
}

/// The outings from one on that are new longest ones, within a week of it.
fn steps(all: &[Done], from: usize) -> Vec<usize> {
    let within = |i: &usize| all[*i].last.run.date.days_since(all[from].last.run.date) < DAYS;
    let mut steps = Vec::new();
    for i in (from..all.len()).take_while(within) {
        let (_, longest_m) = longest(recent(&all[..i], &all[i]));
        let is_step =
            Spike::of(all[i].run_m, longest_m).is_some_and(|step| step.dose == Dose::None && step.increase > 0.0);
        if is_step {
            steps.push(i);
        } else if i == from {
            return Vec::new();
        }
    }
    steps
}

fn finding(all: &[Done], from: usize, last: usize, n_steps: usize, season: &Season) -> Option<Finding> {
    let known = recent(&all[..from], &all[from]);
    let before = longest(known);
    let whole = Spike::of(all[last].run_m, before.1).filter(|whole| whole.dose != Dose::None)?;
    let is_planned = all[from..=last].iter().all(|done| done.last.is_as_planned());
    if n_steps < 2 || known.len() < LEAST_RUNS || is_planned || !is_longer(&all[last], before) {
        return None;
    }
    let distance = |meters| season.settings.units.distance(Distance::from_meters(meters));
    let message = format!(
        "{n_steps} new longest runs within a week, up to {}: each no more than 10 % farther than the one before, and \
         together {:.0} % farther than the longest of the 30 days before them ({}); one a week is enough",
        distance(all[last].run_m),
        100.0 * whole.increase,
        distance(before.1)
    );
    let finding = about_run(RULE.id, Severity::Note, all[last].last, message);
    Some(Finding { measured: Some(whole.increase), limit: Some(0.10), ..finding })
}
