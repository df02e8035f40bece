//! Which session of the plan comes next.

use crate::plan::{Programme, Stage};
use crate::report::{Class, Progress, ProgressRun};
use crate::units::Date;

/// The session that comes next, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Next<'a> {
    /// The session.
    pub stage: &'a Stage,
    /// Why it is this one, in a sentence.
    pub why: String,
}

/// Below this structure a run was not the session of the plan, as for the label `off`.
const DONE_AS_PLANNED: f64 = 70.0;

/// The session after the last one that was done: the same again where it was not easy or not as planned, or where the
/// plan asks for it more often; else the one after it. `None` for a programme without sessions.
pub fn next_by_runs<'a>(programme: &'a Programme, progress: &Progress) -> Option<Next<'a>> {
    let index_of = |run: &ProgressRun| {
        let name = run.plan_stage.as_deref()?;
        let name = name.rsplit('/').next().unwrap_or(name);
        programme.stages.iter().position(|stage| stage.name == name)
    };
    let is_done = |run: &&ProgressRun| run.week.is_some() && index_of(run).is_some();
    let Some(last) = progress.runs.iter().filter(is_done).max_by(|a, b| a.date.cmp(&b.date)) else {
        return Some(Next { stage: programme.stages.first()?, why: "no run was a session of the plan yet".to_owned() });
    };
    let at = index_of(last)?;
    let stage = &programme.stages[at];
    let counts = |run: &ProgressRun| {
        (run.verdict == Class::Easy || run.allowed.is_some())
            && run.compliance.is_none_or(|share| share >= DONE_AS_PLANNED)
    };
    let again = |why: String| Some(Next { stage, why });
    if !counts(last) {
        return again(format!("{} of {} was not easy, or not as planned: the same again", stage.name, last.date));
    }
    let done = progress.runs.iter().filter(|run| index_of(run) == Some(at) && counts(run)).count();
    let asked = programme.times(stage);
    if done < asked {
        return again(format!("{} was done {done} of {asked} times", stage.name));
    }
    match programme.stages.get(at + 1) {
        Some(next) => {
            Some(Next { stage: next, why: format!("{} was done easy and as planned on {}", stage.name, last.date) })
        }
        None => again(format!("{} is the last session of the plan, and was done on {}", stage.name, last.date)),
    }
}

/// The first session of the week that a day is in; of the first week before the rehab began, of the last after the plan.
/// A plan by stages begins with its first one, as no calendar tells how far the runner is.
pub fn next_by_calendar(programme: &Programme, rehab_started: Option<Date>, day: Date) -> Option<Next<'_>> {
    let first = programme.stages.first()?;
    let (Some(started), Some(n_weeks)) = (rehab_started, programme.n_weeks()) else {
        let why = "the first session of the plan; name the runs so far with --runs to go on from them".to_owned();
        return Some(Next { stage: first, why });
    };
    let week = usize::try_from(day.days_since(started).div_euclid(7) + 1).unwrap_or(1).clamp(1, n_weeks);
    // A plan may leave weeks out.
    let stage = programme.stages.iter().rfind(|stage| stage.week.is_some_and(|w| w < week));
    let stage = programme.week(week).next().or(stage).unwrap_or(first);
    Some(Next { stage, why: format!("{day} is in week {week} of the plan, which began on {started}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auditor::History;
    use crate::auditor::Settings;
    use crate::plan::built_in;
    use crate::runner::Runner;

    fn run(date: &str, stage: &str, verdict: Class) -> ProgressRun {
        ProgressRun {
            path: String::new(),
            date: date.to_owned(),
            week: Some(1),
            verdict,
            sentence: String::new(),
            allowed: None,
            run_s: 600.0,
            run_m: 1500.0,
            plan_stage: Some(stage.to_owned()),
            compliance: Some(100.0),
            intensity: None,
            planned_run_s: None,
            joined: false,
        }
    }

    fn next_after(runs: Vec<ProgressRun>) -> String {
        let programme = built_in::find("kinetic-revolution").expect("a programme");
        let progress = History::new(&Settings::from(Runner::default())).progress();
        let progress = Progress { runs, ..progress };
        next_by_runs(&programme, &progress).map_or(String::new(), |next| format!("{}: {}", next.stage.name, next.why))
    }

    #[test]
    fn the_same_again_until_it_was_easy_often_enough() {
        let easy = |day: u8| run(&format!("2026-05-0{day}"), "week-1", Class::Easy);
        assert!(next_after(Vec::new()).starts_with("week-1: no run"));
        assert!(next_after(vec![easy(1)]).starts_with("week-1: week-1 was done 1 of"), "{}", next_after(vec![easy(1)]));
        assert!(next_after((1..=5).map(easy).collect()).starts_with("week-2: week-1 was done easy"));
        let mut runs: Vec<_> = (1..=4).map(easy).collect();
        runs.push(run("2026-05-05", "week-2", Class::AboveEasy));
        assert!(next_after(runs).starts_with("week-2: week-2 of 2026-05-05 was not easy"));
    }

    #[test]
    fn the_calendar_tells_the_week() {
        let programme = built_in::find("kinetic-revolution").expect("a programme");
        let on = |day: &str| {
            let next = next_by_calendar(&programme, Date::parse("2026-05-04"), Date::parse(day).expect("a day"));
            next.map(|next| next.stage.name.clone())
        };
        let weeks = ["2026-04-01", "2026-05-04", "2026-05-11", "2027-05-11"].map(on);
        assert_eq!(weeks, ["week-1", "week-1", "week-2", "week-12"].map(|name| Some(name.to_owned())));
    }
}
