//! The heart worked harder than planned.

use super::{Rule, RuleId, finding};
use crate::audit::context::SessionContext;
use crate::audit::words::{bpm, heart_ceiling, running};
use crate::audit::{Finding, Measure, MeasureUnit, Severity, Verdict};
use crate::units::clock;

/// Share of the running, and time on end in seconds, from which a run above its ceiling is never easy.
const LEAST_SHARE: f64 = 0.15;
const LEAST_ON_END_S: f64 = 120.0;

pub(super) const RULE: Rule = Rule {
    id: RuleId::HeartRateOverCeiling,
    title: "The heart worked harder than planned",
    what: "Where heart rate is the only ceiling: running whose measured heart rate is above it by more than its \
           uncertainty, second by second and with heat allowed for, for 15 % of the running, or by 8 bpm more for four minutes on end. Bouts of less \
           than 90 s are judged whole, by their peak and the least that the heart was still to rise. Beside a pace: a \
           stretch of running whose heart rate, were it to last, would settle more than 4 bpm above its ceiling, or half \
           the ceiling's standard deviation where that is more.",
    why: "Heat, illness, little sleep or a ceiling that is too fast make an easy pace hard work. Pace alone does not \
          show it. With both ceilings, pace decides, and heart rate adds: fast and low keeps the verdict of the pace, \
          with less trust where the effort lasts two minutes; slow and high stays easy and is called harder for the heart \
          than planned. With heart rate alone, time over the ceiling accuses; it clears only what it can see. Above the \
          ceiling for 15 % of the running or two minutes on end but for the heat, fast efforts in pace and cadence, bouts too short for the \
          heart and faults of the sensor leave the run undetermined. Efforts are called over by pace without a ceiling on it \
          where they are 5 % faster than the pace at which the session's own steady running would reach the ceiling. A \
          session is called intervals only where pace or a row of short bouts shows the alternation.",
    limits: "Heart rate follows effort with a time constant of about a minute, so that the effort of a bout is modelled \
             over the whole session; without enough bouts, level and slope stand in, which can be off by 8 to 14 bpm. That \
             model is shown and decides nothing where heart rate is the only ceiling. Optical sensors err most where the \
             effort changes. A race whose heart rate and pace both look easy is not found.",
    source: "Hunt, Fankhauser and Saengsuwan, Biomed Eng Online 2015;14:112 for the time constant and the gain of 24.2 ± \
             8.3 bpm for each m/s; Wingo, Ganio and Cureton, Exerc Sport Sci Rev 2012;40:88 for drift; the limits are our \
             choice.",
    find,
};

fn find(context: &SessionContext, verdict: &Verdict) -> Vec<Finding> {
    if context.judged().next().is_none() {
        return by_time(context, verdict).into_iter().collect();
    }
    let over = context.heart_over();
    let (Some(first), Some(last)) = (over.first(), over.last()) else { return Vec::new() };
    let Some(heart) = &verdict.measures.heart else { return Vec::new() };
    let (Some(demand), Some(limit)) = (heart.demand_bpm, first.heart_limit) else { return Vec::new() };
    let stretches = match heart.n_over {
        n if n < heart.n_known => format!(" in {n} of {} stretches of running", heart.n_known),
        1 => String::new(),
        2 => " in both stretches of running".to_owned(),
        n => format!(" in all {n} stretches of running"),
    };
    let message = format!(
        "The heart worked harder than planned{stretches}: it was asked for about {} (ceiling {})",
        bpm(demand),
        bpm(limit),
    );
    // Beside a pace that is over it is no news.
    let severity = if verdict.class.is_over() { Severity::Note } else { Severity::Caution };
    let finding = finding(context, RULE.id, severity, first.stretch.range.start..last.stretch.range.end, message);
    let measure = Measure { measured: demand, limit: Some(limit), unit: MeasureUnit::Bpm };
    vec![Finding { measure: Some(measure), ..finding }]
}

/// Where heart rate is the only ceiling: how long it was over, which is what the verdict rests on.
fn by_time(context: &SessionContext, verdict: &Verdict) -> Option<Finding> {
    let time = &context.over_time;
    let is_over = verdict.class.is_over();
    let spent = &time.above;
    let severity = if is_over { Severity::Warning } else { Severity::Caution };
    let enough = is_over || spent.longest_s >= LEAST_ON_END_S || spent.seconds >= LEAST_SHARE * time.run_s;
    if spent.seconds <= 0.0 || !enough {
        return None;
    }
    let heart = verdict.measures.heart.as_ref()?;
    let at = heart.above_bpm.map(|at| format!(" at about {}", bpm(at))).unwrap_or_default();
    let message = format!(
        "The heart was over {} for {} of {} of {}{at}, for {} of it on end",
        heart_ceiling(&verdict.measures),
        clock(heart.above_s),
        clock(heart.judged_s),
        running(&verdict.measures, heart.judged_s),
        clock(heart.longest_above_s),
    );
    let finding = finding(context, RULE.id, severity, spent.longest.clone(), message);
    let measure =
        Measure { measured: heart.above_s, limit: Some(LEAST_SHARE * heart.judged_s), unit: MeasureUnit::Seconds };
    Some(Finding { measure: Some(measure), ..finding })
}
