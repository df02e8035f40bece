//! A fast descent.

use super::{Rule, RuleId, finding, of_stretch};
use crate::audit::context::SessionContext;
use crate::audit::judge::JudgedStretch;
use crate::audit::{Finding, Severity, Tag, Verdict, words};

pub(super) const RULE: Rule = Rule {
    id: RuleId::FastDownhill,
    title: "Easy by effort, fast over the ground",
    what: "A descent that is not over the ceiling by effort but more than 8 % faster than it over the ground.",
    why: "Heart and lungs have it easy downhill, so effort says little about the speed of the legs there, and strain of the \
          shin follows speed.",
    limits: "Grade-adjusted pace is effort, not load on the tissue. At the same speed the shin bends less on descents of 10 \
             and 15 % than on the level; other tissues brake. Whether it matters depends on the injury.",
    source: "Our choice. Rice et al., J Sport Health Sci 2024, for bending by grade; Baggaley et al., arXiv 2305.04139, for \
             strain by speed; Minetti et al., J Appl Physiol 2002;93:1039, for energy alone.",
    find,
};

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    let found = |judged: &JudgedStretch| {
        let message =
            format!("Fast downhill: {} over the ground, easy by effort", words::stretch_on_ground(context, judged));
        let finding = finding(context, RULE.id, Severity::Note, judged.stretch.range.clone(), message);
        Finding { measures: of_stretch(context, judged), ..finding }
    };
    context.tagged(Tag::FastDownhill).map(found).collect()
}
