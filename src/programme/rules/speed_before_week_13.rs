//! Speed in the weeks that are to be easy.

use super::{Rule, about_run};
use crate::audit::{Class, Severity};
use crate::programme::{Counted, Finding, Season};

pub(super) const RULE: Rule = Rule {
    id: "speed-before-week-13",
    title: "Speed in the easy weeks",
    what: "A session of disguised intervals, of strides, or far above easy throughout, before week 13 of the rehab (or the week that the runner's file sets).",
    why: "Load on the shin rises with speed at every step, and many clinicians ask for easy running first. Sudden changes of pace may be associated with injuries of calf and Achilles tendon.",
    limits: "Level IV evidence, most of it reviews and commentaries, and a theoretical framework; two of the programmes here ask for harder running. A trial in healthy runners found intensity no more harmful than volume. It needs the first day of rehab.",
    source: "J. Dunne, Successful Return From Running Injury, kinetic-revolution.com; George, Sheerin and Reid, Sports Med 2024; Nielsen et al., Int J Sports Phys Ther 2013;8:172; Ramskov et al., BMJ Open Sport Exerc Med 2018;4:e000333.",
    find,
};

fn find(season: &Season) -> Vec<Finding> {
    let with_speed = season.runs.iter().filter(|run| season.is_easy_time(run.week) && run.has_speed());
    with_speed.map(|run| finding(run, season.settings.easy_weeks)).collect()
}

/// What was agreed on for the run itself is agreed on here too.
fn finding(run: &Counted, easy_weeks: usize) -> Finding {
    Finding { allowed: run.run.allowed.clone(), ..about_run(RULE.id, Severity::Warning, run, message(run, easy_weeks)) }
}

fn message(run: &Counted, easy_weeks: usize) -> String {
    let what = match run.run.class {
        Class::DisguisedIntervals => "an interval session",
        Class::Surges => "strides",
        _ => "a run far above easy",
    };
    format!("{what} in week {} of {easy_weeks} easy weeks", run.week)
}
