//! A pace over its ceiling that the heart took easily.

use super::{Rule, RuleId, finding, of_stretch};
use crate::audit::context::SessionContext;
use crate::audit::judge::JudgedStretch;
use crate::audit::words::{bpm, stretch};
use crate::audit::{Finding, Measure, MeasureUnit, Severity, Verdict, confidence};

pub(super) const RULE: Rule = Rule {
    id: RuleId::LowHeartRateAtFastPace,
    title: "Fast by pace, easy by heart rate",
    what: "A stretch of two minutes or more that is over the ceiling on pace while its heart rate stays 4 bpm or \
           more below its own.",
    why: "The two ceilings do not fit together: the one on pace may be too low. The verdict stays with the pace, \
          with less confidence. A bout of less than two minutes ends before the heart has caught up: there pace decides, and \
          heart rate neither accuses nor clears.",
    limits: "The heart knows effort, not the load on bone and tendon, which goes with speed.",
    source: "The limits are our choice.",
    find,
};

fn find(context: &SessionContext, _: &Verdict) -> Vec<Finding> {
    let found = |judged: &JudgedStretch| {
        let (demand, limit) = (judged.demand?, judged.heart_limit?);
        let message =
            format!("{} asked the heart for {} only (ceiling {})", stretch(context, judged), bpm(demand), bpm(limit));
        let finding = finding(context, RULE.id, Severity::Note, judged.stretch.range.clone(), message);
        let measure = Measure { measured: demand, limit: Some(limit), unit: MeasureUnit::Bpm };
        Some(Finding { measure: Some(measure), measures: of_stretch(context, judged), ..finding })
    };
    confidence::fast_but_low(context).filter_map(found).collect()
}
