//! Easy by the numbers, hard by feel.

use super::{AdviceId, Rule};
use crate::report::{Class, Session};
use crate::units::UnitSystem;

pub(super) const RULE: Rule = Rule {
    id: AdviceId::FeltHard,
    title: "It felt harder than it looks",
    what: "Speaks when a run was easy by pace and heart rate and the runner gave it 5 or more of 10: asks to stay with it until it feels easy.",
    why: "The first threshold is felt at 11 of the Borg scale, about 3 of 10; from 5 on a run was not easy for the one who ran it.",
    limits: "People use the scale differently, and heat, sleep and stress go into it. It never makes an easy verdict another.",
    source: "Scherr et al., Eur J Appl Physiol 2013;113:147.",
    advise,
};

/// From here on the scale says `hard`.
const HARD: f64 = 5.0;

fn advise(session: &Session, _: UnitSystem) -> Option<String> {
    let effort = session.felt.as_ref()?.effort.filter(|effort| *effort >= HARD)?;
    (session.class() == Some(Class::Easy)).then(|| {
        format!(
            "the numbers are easy, but you gave it {effort:.0} of 10: stay with this session until it feels like 3 or less, \
             and tell your physio if it does not."
        )
    })
}
