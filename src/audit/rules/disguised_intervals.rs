//! Efforts over the ceiling in a row, with recoveries between.

use super::{Rule, RuleId, finding, of_effort, ratio};
use crate::audit::chain::HARD;
use crate::audit::context::SessionContext;
use crate::audit::{Class, Finding, Severity, Verdict, words};

pub(super) const RULE: Rule = Rule {
    id: RuleId::DisguisedIntervals,
    title: "An easy run that was an interval session",
    what: "Three or more efforts of 16 s to 12 min, each at least 8 % faster than the ceiling, with a recovery of 15 s \
           to 5 min between them, or 10 min between fast ones; or two of a minute or more that are a fifth of the \
           running. An effort is a stretch faster than the running around it, so a strict ceiling under which \
           everything is too fast still shows it. Each counts by what cadence, heart rate, laps, rests and contrast \
           say for it, strides less; together they need about a minute of believed effort.",
    why: "Many return-to-run plans ask for easy running: load on shin and knee rises with speed at every step, damage \
          grows faster with the size of a load than with the number of steps, and sudden changes of pace may be \
          associated with Achilles, calf and plantar injuries. Averages over walk and run hide it.",
    limits: "Tried on what three runners called 158 easy runs and 67 interval sessions, and on a fourth runner's 50 and \
             28: one easy run is called intervals, and 59 and 26 of the interval sessions are found. Weights were chosen \
             on the same runners, by hand; with each runner left out in turn, the others would choose nearly the same. \
             They were not fitted to physios' verdicts. Missed are sessions whose repetitions were not over the ceiling, \
             a single long repetition, three sprints of 16 s, and races that were called intervals; and hill repetitions \
             where neither a barometer nor other passes of the hill tell its slope. Without cadence and heart rate \
             nothing but speed can speak for an effort. Planned run and walk bouts are no fault: only speed over the \
             ceiling is. A run too fast throughout and only stopped is called above easy.",
    source: "Daniels' Running Formula for the zones; Rice et al., J Sport Health Sci 2024, and Nielsen et al., IJSPT \
             2013;8:172 for load and pace.",
    find,
};

fn find(context: &SessionContext, verdict: &Verdict) -> Vec<Finding> {
    if verdict.class != Class::DisguisedIntervals {
        return Vec::new();
    }
    let n = context.chain.len();
    let found = |(i, effort): (usize, &crate::audit::chain::Effort)| {
        let message = format!("Effort {} of {n}: {} than the easy ceiling", i + 1, words::effort(context, effort));
        let finding = finding(context, RULE.id, Severity::Warning, effort.range.clone(), message);
        let mut measures = of_effort(effort);
        measures.extend([("n_effort", (i + 1) as f64), ("n_efforts", n as f64)]);
        Finding { measure: Some(ratio(effort.ratio, HARD)), measures, ..finding }
    };
    context.chain.iter().enumerate().map(found).collect()
}
