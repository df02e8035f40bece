//! Sessions over the ceiling again and again.

use super::{Rule, RuleId, about_run};
use crate::audit::Severity;
use crate::history::{Counted, Finding, Season};

pub(super) const RULE: Rule = Rule {
    id: RuleId::BreachPattern,
    title: "Over the ceiling again and again",
    what: "Two or more sessions above easy, or disguised intervals, within 14 days.",
    why: "One fast run is a bad day; two are a habit worth talking about.",
    limits: "The two weeks are our choice; no study sets them.",
    source: "Our choice.",
    find,
};

const DAYS: i32 = 14;

/// One finding for each chain of sessions over the ceiling each within 14 days of the one before.
fn find(season: &Season) -> Vec<Finding> {
    let over: Vec<&Counted> = season.outings().filter_map(|outing| outing.iter().find(|run| run.is_over())).collect();
    let close = |a: &&Counted, b: &&Counted| b.run.date.days_since(a.run.date) < DAYS;
    over.chunk_by(close).filter(|chain| chain.len() >= 2).map(|chain| finding(chain)).collect()
}

fn finding(chain: &[&Counted]) -> Finding {
    let (first, last) = (chain[0], chain[chain.len() - 1]);
    let days = last.run.date.days_since(first.run.date) + 1;
    let message = format!("{} sessions over the ceiling in {days} days, from {} on", chain.len(), first.run.date);
    let measured = Some(chain.len() as f64);
    Finding { measured, limit: Some(1.0), ..about_run(RULE.id, Severity::Warning, last, message) }
}
