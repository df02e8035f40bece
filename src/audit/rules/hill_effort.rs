//! A climb, not a fast pace.

use super::{Rule, RuleId, finding, of_stretch};
use crate::audit::context::SessionContext;
use crate::audit::judge::JudgedStretch;
use crate::audit::{Finding, Severity, Tag, Verdict, words};

pub(super) const RULE: Rule = Rule {
    id: RuleId::HillEffort,
    title: "Over the ceiling because of the climb",
    what: "A stretch whose effort is over the ceiling by less than 12 % while its speed over the ground is not.",
    why: "The climb made the effort, not the pace. It is not counted, but a steep route may not suit an easy run.",
    limits: "A slope counts as far as the runner answers to it: slower uphill, a higher heart rate at one speed, the same \
             slope on a second pass. Tried on the seasons of four runners; altitude that swings by 10 to 20 m on flat \
             roads was seen with one of them. A real hill that leaves speed and heart rate alone counts for a quarter. Of \
             satellite altitude only descents of several hundred metres count, and a hill that is climbed four times or \
             more, as far as its heights repeat.",
    source: "Effort on slopes from heart rates: D. Robb, Strava Engineering 2017, as others read it off the plot; the limits \
             are our choice.",
    find,
};

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    let found = |judged: &JudgedStretch| {
        let message = format!(
            "Hill: {} by effort, no faster over the ground than the ceiling; noted, not counted",
            words::stretch(context, judged)
        );
        let finding = finding(context, RULE.id, Severity::Note, judged.stretch.range.clone(), message);
        Finding { measures: of_stretch(context, judged), ..finding }
    };
    context.tagged(Tag::Hill).map(found).collect()
}
