//! The heart worked harder than planned.

use super::{Rule, finding};
use crate::audit::case::Case;
use crate::audit::judge::Judged;
use crate::audit::words::bpm;
use crate::audit::{Finding, Measure, Severity, Verdict, tag};

pub(super) const RULE: Rule = Rule {
    id: "heart-rate-over-ceiling",
    title: "The heart worked harder than planned",
    what: "A stretch of running whose heart rate, were the stretch to last, would settle more than 4 bpm above its ceiling, or half the ceiling's standard deviation where that is more. Drift is taken out.",
    why: "Heat, illness, little sleep or a ceiling that is too fast make an easy pace hard work. Pace alone does not show it.",
    limits: "Heart rate follows effort with a time constant of about a minute, so it is modelled over the whole session; without enough bouts, level and slope stand in, which can be off by 8 to 14 bpm. Optical sensors err most where the effort changes. The pace decides the verdict where there is one.",
    source: "Hunt, Fankhauser and Saengsuwan, Biomed Eng Online 2015;14:112 for the time constant; the limits are our choice.",
    find,
};

fn find(case: &Case, _: &Verdict) -> Vec<Finding> {
    let found = |judged: &Judged| {
        let (demand, excess) = (judged.demand?, judged.heart_excess?);
        let message = format!("Heart worked harder than planned: {} (ceiling {})", bpm(demand), bpm(demand - excess));
        let finding = finding(case, RULE.id, Severity::Caution, judged.unit.range.clone(), message);
        let measure = Measure { measured: demand, limit: Some(demand - excess), unit: "bpm" };
        Some(Finding { measure: Some(measure), ..finding })
    };
    case.tagged(tag::HEART_RATE_OVER).filter_map(found).collect()
}
