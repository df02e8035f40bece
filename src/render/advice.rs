//! What comes after the verdict, in words that more than one output has: how it felt, and what now.

use super::words::sanitize;
use crate::report::Session;

/// From here on the scale of 10 says `hard`: the first threshold is felt at about 3 (Scherr et al. 2013).
const HARD: f64 = 5.0;

/// How the run felt, as `felt 8 of 10 and weak`; `None` where the runner told the watch nothing.
pub fn felt(session: &Session) -> Option<String> {
    let felt = session.felt.as_ref()?;
    let effort = felt.effort.map(|effort| format!("felt {effort:.0} of 10"));
    let is_hard = felt.effort.is_some_and(|effort| effort >= HARD) && session.judged;
    let against = if is_hard { " where easy was meant" } else { "" };
    match (effort, felt.feeling) {
        (Some(effort), Some(feeling)) => Some(format!("{effort}{against}; the runner felt {feeling}")),
        (Some(effort), None) => Some(format!("{effort}{against}")),
        (None, feeling) => feeling.map(|feeling| format!("the runner felt {feeling}")),
    }
}

/// What now, as `What now: repeat …`.
pub fn what_now(session: &Session) -> Option<String> {
    session.advice.as_ref().map(|advice| sanitize(&advice.message))
}

/// How the line begins.
pub const WHAT_NOW: &str = "What now: ";
