//! Easy but for some faster stretches.

use super::{AdviceId, Rule, the_same_again, within_ceiling};
use crate::report::{Class, Effort, Session};
use crate::units::{UnitSystem, clock};

pub(super) const RULE: Rule = Rule {
    id: AdviceId::LeaveOutBursts,
    title: "The same without the fast stretches",
    what: "Speaks when an easy run had faster stretches over the ceiling: asks for the same session without them, and says when the longest was. Bursts of up to a minute are called bursts.",
    why: "Short and fast is the kind of running that comes back last; all else in the run was as meant.",
    limits: "Strides that were agreed on belong into an exception, `[[allow]]` in athlete.toml; then nothing is said.",
    source: "The order of load, then speed, of most published programmes.",
    advise,
};

/// A longer stretch is no stride: those of published programmes take 10 to 30 s, and a minute holds any.
const BURST_S: f64 = 60.0;

fn advise(session: &Session, units: UnitSystem) -> Option<String> {
    if session.class() != Some(Class::Surges) {
        return None;
    }
    let again = the_same_again(session);
    let length = |effort: &&Effort| effort.end_s - effort.start_s;
    let counted = session.efforts.iter().filter(|effort| effort.counted);
    let longest = counted.max_by(|a, b| length(a).total_cmp(&length(b)));
    Some(match longest.filter(|effort| length(effort) > BURST_S) {
        Some(effort) => {
            let within = within_ceiling(session, units).map_or(String::new(), |within| format!(", {within}"));
            let (at, span) = (clock(effort.start_s), clock(length(&effort)));
            format!("{again} at one easy effort{within}: the {span} from {at} were the faster part.")
        }
        None => format!("{again} without the bursts. Strides are for later, when your physio agrees to them."),
    })
}
