//! A sprint at the end of an easy run.

use super::{Rule, RuleId, finding, of_stretch};
use crate::audit::context::SessionContext;
use crate::audit::judge::JudgedStretch;
use crate::audit::{Finding, Severity, Tag, Verdict, words};

pub(super) const RULE: Rule = Rule {
    id: RuleId::FinishKick,
    title: "A sprint at the very end",
    what: "A stretch over the ceiling that begins in the last 80 s of the running, lasts no longer than 75 s, and \
           follows easy running.",
    why: "It is worth knowing, but one kick does not make an easy run anything else, so it is not counted unless `count_kicks` under [rehab] of athlete.toml says so.",
    limits: "The last short bout of a run that was easy until then looks the same.",
    source: "The limits are our choice.",
    find,
};

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    let found = |judged: &JudgedStretch| {
        let so = if context.settings.count_kicks { "counted, as the runner's file asks" } else { "noted, not counted" };
        let message = format!("Finish kick of {}; {so}", words::stretch(context, judged));
        let finding = finding(context, RULE.id, Severity::Note, judged.stretch.range.clone(), message);
        Finding { measures: of_stretch(context, judged), ..finding }
    };
    context.tagged(Tag::Kick).map(found).collect()
}
