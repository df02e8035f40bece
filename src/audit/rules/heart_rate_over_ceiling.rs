//! The heart worked harder than planned.

use super::{Rule, finding};
use crate::audit::case::Case;
use crate::audit::noise::median;
use crate::audit::words::bpm;
use crate::audit::{Finding, Measure, Severity, Verdict};

pub(super) const RULE: Rule = Rule {
    id: "heart-rate-over-ceiling",
    title: "The heart worked harder than planned",
    what: "A stretch of running whose heart rate, were the stretch to last, would settle more than 4 bpm above its \
           ceiling, or half the ceiling's standard deviation where that is more. Drift is taken out.",
    why: "Heat, illness, little sleep or a ceiling that is too fast make an easy pace hard work. Pace alone does not \
          show it.",
    limits: "Heart rate follows effort with a time constant of about a minute, so it is modelled over the whole \
             session; without enough bouts, level and slope stand in, which can be off by 8 to 14 bpm. Optical \
             sensors err most where the effort changes. The pace decides the verdict where there is one.",
    source: "Hunt, Fankhauser and Saengsuwan, Biomed Eng Online 2015;14:112 for the time constant; the limits are \
             our choice.",
    find,
};

fn find(case: &Case, verdict: &Verdict) -> Vec<Finding> {
    let over = case.heart_over();
    let (Some(first), Some(last)) = (over.first(), over.last()) else { return Vec::new() };
    let mut demands: Vec<f64> = over.iter().filter_map(|judged| judged.demand).collect();
    let (Some(demand), Some(limit)) = (median(&mut demands), first.heart_limit) else { return Vec::new() };
    let known = case.units.iter().filter(|judged| judged.heart_over.is_some()).count();
    let stretches = match over.len() {
        n if n < known => format!(" in {n} of {known} stretches of running"),
        1 => String::new(),
        2 => " in both stretches of running".to_owned(),
        n => format!(" in all {n} stretches of running"),
    };
    let message = format!(
        "The heart worked harder than planned{stretches}: it was asked for about {} (ceiling {})",
        bpm(demand),
        bpm(limit),
    );
    // Beside a pace that is over it is no news; without a pace it is what the verdict rests on.
    let severity = match (verdict.class.is_over(), case.judged().next()) {
        (false, _) => Severity::Caution,
        (true, Some(_)) => Severity::Note,
        (true, None) => Severity::Warning,
    };
    let finding = finding(case, RULE.id, severity, first.unit.range.start..last.unit.range.end, message);
    let measure = Measure { measured: demand, limit: Some(limit), unit: "bpm" };
    vec![Finding { measure: Some(measure), ..finding }]
}
