//! What now: one line about the next run, from the verdict of this one. What a physio would say with the same report in
//! hand and nothing else: repeat, slow down, walk longer, go on. It never says that a run will or will not injure.
//!
//! The rules are asked in their order, and the first that applies speaks. A new rule is one file and one row.

mod rules;

pub use rules::{RULES, Rule};

use crate::report::{Advice, Session};
use crate::units::UnitSystem;

/// What this session means for the next one; `None` where an exception covers it or it was not judged.
pub fn next(session: &Session, units: UnitSystem) -> Option<Advice> {
    if session.verdict.as_ref()?.allowed.is_some() {
        return None;
    }
    RULES.iter().find_map(|rule| {
        let message = rule.advise(session, units)?;
        Some(Advice { rule: rule.id, message })
    })
}
