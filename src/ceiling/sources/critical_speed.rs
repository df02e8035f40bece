//! A share of critical speed.

use super::Proposal;
use crate::ceiling::Facts;
use crate::model::Note;
use crate::units::Speed;

/// Recreational marathons are raced at 84.8 ± 13.6 % of critical speed, the slowest at 78.9 % (Smyth and
/// Muniz-Pumares, Med Sci Sports Exerc 2020;52:2637); easy must be slower than that. Our choice.
const SHARE: f64 = 0.78;

pub(super) fn propose(facts: &Facts, _: &mut Vec<Note>) -> Option<Proposal> {
    let easy = Speed::from_meters_per_second(SHARE * facts.critical_speed?.as_meters_per_second());
    let barred = facts
        .rate_limiting_medication
        .then(|| "rate-limiting medication, and nothing says whether it was measured with it".to_owned());
    Some(Proposal { speed: Some((easy, 0.06)), barred, ..Proposal::default() })
}
