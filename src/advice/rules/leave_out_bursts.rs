//! Easy but for some bursts.

use super::{AdviceId, Rule, this_session};
use crate::report::{Class, Session};
use crate::units::UnitSystem;

pub(super) const RULE: Rule = Rule {
    id: AdviceId::LeaveOutBursts,
    title: "The same without the bursts",
    what: "Speaks when an easy run had short bursts over the ceiling: asks for the same session without them.",
    why: "Short and fast is the kind of running that comes back last; all else in the run was as meant.",
    limits: "Strides that were agreed on belong into an exception, `[[allow]]` in athlete.toml; then nothing is said.",
    source: "The order of load, then speed, of most published programmes.",
    advise,
};

fn advise(session: &Session, _: UnitSystem) -> Option<String> {
    (session.verdict.class == Class::Surges).then(|| {
        format!(
            "do {} again without the bursts. Strides are for later, when your physio agrees to them.",
            this_session(session)
        )
    })
}
