//! A fast descent.

use super::{Rule, finding};
use crate::audit::case::Case;
use crate::audit::judge::Judged;
use crate::audit::{Finding, Severity, Verdict, tag, words};

pub(super) const RULE: Rule = Rule {
    id: "fast-downhill",
    title: "Easy by effort, fast over the ground",
    what: "A descent that is not over the ceiling by effort but more than 8 % faster than it over the ground.",
    why: "Heart and lungs have it easy downhill, but the legs brake: each step lands harder.",
    limits: "Whether that matters depends on the injury.",
    source: "Our choice; Minetti et al., J Appl Physiol 2002;93:1039 for the cost of descents.",
    find,
};

fn find(case: &Case, _: &Verdict) -> Vec<Finding> {
    let found = |judged: &Judged| {
        let message = format!("Fast downhill: {} over the ground, easy by effort", words::unit_on_ground(case, judged));
        finding(case, RULE.id, Severity::Note, judged.unit.range.clone(), message)
    };
    case.tagged(tag::FAST_DOWNHILL).map(found).collect()
}
