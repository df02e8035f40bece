//! Speed in the weeks that are to be easy.

use super::{Rule, RuleId, about_run};
use crate::audit::{Class, Excess, Severity};
use crate::history::{Counted, Finding, Season, easy_weeks};

pub(super) const RULE: Rule = Rule {
    id: RuleId::SpeedBeforeWeek13,
    title: "Speed in the easy weeks",
    what: "A session of disguised intervals, of strides, a race or tempo run, or far above easy throughout, before week 13 of the rehab (or the week that the runner's file sets); later too, while fewer easy weeks were done than that: weeks without a run, and weeks with one over its ceiling, do not count.",
    why: "Load on the shin rises with speed at every step, and many clinicians ask for easy running first. Sudden changes of pace may be associated with injuries of calf and Achilles tendon.",
    limits: "Level IV evidence, most of it reviews and commentaries, and a theoretical framework; two of the programmes here ask for harder running. A trial in healthy runners found intensity no more harmful than volume. It needs the first day of rehab.",
    source: "J. Dunne, Successful Return From Running Injury, kinetic-revolution.com; George, Sheerin and Reid, Sports Med 2024; Nielsen et al., Int J Sports Phys Ther 2013;8:172; Ramskov et al., BMJ Open Sport Exerc Med 2018;4:e000333.",
    find,
};

fn find(season: &Season) -> Vec<Finding> {
    let outings = season.outings().filter_map(|outing| outing.iter().find(|run| run.has_speed()));
    outings.filter_map(|run| finding(run, season)).collect()
}

/// What was agreed on for the run itself is agreed on here too.
fn finding(run: &Counted, season: &Season) -> Option<Finding> {
    let easy_weeks = season.settings.easy_weeks;
    let left = easy_weeks::left(season, run.week);
    let (severity, when) = if season.is_easy_time(run.week) {
        (Severity::Warning, format!("in week {} of {easy_weeks} easy weeks", run.week))
    } else if left > 0 {
        let severity = if left > 1 { Severity::Warning } else { Severity::Caution };
        let done = easy_weeks - left;
        (severity, format!("in week {} by the calendar, after {done} of {easy_weeks} easy weeks", run.week))
    } else {
        return None;
    };
    let message = format!("{} {when}", what(run));
    Some(Finding { allowed: run.run.allowed.clone(), ..about_run(RULE.id, severity, run, message) })
}

fn what(run: &Counted) -> String {
    match run.run.class {
        Class::DisguisedIntervals => "an interval session".to_owned(),
        Class::Surges => "strides".to_owned(),
        _ if run.run.severity == Some(Excess::Moderate) => {
            let minutes = (run.run.longest_bout_s / 60.0).round();
            format!("a race or tempo run ({minutes} min without a break, well above easy)")
        }
        _ => "a run far above easy".to_owned(),
    }
}
