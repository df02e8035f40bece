//! No ceiling to hold the run against.

use super::{AdviceId, Rule};
use crate::report::{Class, Session};
use crate::units::UnitSystem;

pub(super) const RULE: Rule = Rule {
    id: AdviceId::FindYourCeiling,
    title: "Find your easy pace first",
    what: "Speaks when no easy pace and no easy heart rate is known: says how to find one, and to go by talking until then.",
    why: "Without a ceiling nothing can be called easy or too fast; comfortable talking is a test that needs no number.",
    limits: "Talking tells the first threshold of most people, not of all; on an exposed or noisy route it is hard to do.",
    source: "Persinger et al., Med Sci Sports Exerc 2004;36:1632.",
    advise,
};

fn advise(session: &Session, _: UnitSystem) -> Option<String> {
    let is_unknown = session.ceiling.pace_s_per_km.is_none() && session.ceiling.heart_rate_bpm.is_none();
    (is_unknown && session.class() == Some(Class::Undetermined)).then(|| {
        "find your easy pace: `rehabrun setup` asks for what you know, `rehabrun ceiling FOLDER` looks at your own runs. \
         Until then run only as fast as you can talk in whole sentences."
            .to_owned()
    })
}
