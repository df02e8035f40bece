//! Efforts over the ceiling in a row, with recoveries between.

use super::{Rule, finding, ratio};
use crate::audit::case::Case;
use crate::audit::chain::HARD;
use crate::audit::words;
use crate::audit::{Class, Finding, Severity, Verdict};

pub(super) const RULE: Rule = Rule {
    id: "disguised-intervals",
    title: "An easy run that was an interval session",
    what: "Three or more efforts of 20 s to 12 min in a row, each at least 8 % faster than the ceiling and 10 % on \
           average, with a recovery of 15 s to 5 min between them. Together they are 15 % of the running or more; or \
           5 %, when they add up to two minutes and are no strides.",
    why: "Many return-to-run plans ask for easy running: load on shin and knee rises with speed at every step, damage \
          grows faster with the size of a load than with the number of steps, and sudden changes of pace may be \
          associated with Achilles, calf and plantar injuries. Averages over walk and run hide it.",
    limits: "The limits are our choice, reasoned from training zones; they were not fitted to physios' own verdicts. \
             Planned run and walk bouts are no fault in themselves: only speed over the ceiling is. A run that is too \
             fast throughout and only stopped, as at crossings, for efforts of uneven length is called above easy.",
    source: "Daniels' Running Formula for the zones; Rice et al., J Sport Health Sci 2024, and Nielsen et al., IJSPT \
             2013;8:172 for load and pace.",
    find,
};

fn find(case: &Case, verdict: &Verdict) -> Vec<Finding> {
    if verdict.class != Class::DisguisedIntervals {
        return Vec::new();
    }
    let n = case.chain.len();
    let found = |(i, effort): (usize, &crate::audit::chain::Effort)| {
        let message = format!("Effort {} of {n}: {} than the easy ceiling", i + 1, words::effort(case, effort));
        let finding = finding(case, RULE.id, Severity::Warning, effort.range.clone(), message);
        Finding { measure: Some(ratio(effort.ratio, HARD)), ..finding }
    };
    case.chain.iter().enumerate().map(found).collect()
}
