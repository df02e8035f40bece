//! Which stage of the plan a run was.

use crate::plan::{Programme, align};

use super::Run;

/// What a run did of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Follow {
    /// The stage that it was, from 0; `None` when it was none of them.
    pub stage: Option<usize>,
    /// How far it kept to that stage, or to the nearest that the week had, 0 to 100.
    pub structure: f64,
    /// Share of its run steps under their ceiling, 0 to 100; `None` where none can be judged.
    pub intensity: Option<f64>,
    /// True when it was a stage that the plan allowed for at that time.
    pub as_planned: bool,
    /// The stage that should have come before and did not, from 0.
    pub skipped: Option<usize>,
}

/// Below this structure a run was no stage of the plan: our choice, as for the label `off`.
const IS_STAGE: f64 = 70.0;
/// How far a weekly plan may be run ahead of its week.
const WEEKS_AHEAD: usize = 1;

/// Tells the stage of each run of a season from its week and its bouts, in the order of time.
pub(super) fn follow(plan: &Programme, runs: &[(usize, &Run)]) -> Vec<Follow> {
    let mut farthest: Option<usize> = None;
    runs.iter()
        .map(|&(week, run)| {
            let mut follow = nearest_stage(plan, week, farthest, run);
            let next = farthest.map(|farthest| farthest + 1);
            let Some(stage) = follow.stage else {
                // Whoever did the stage and more has done the stage.
                let due = next.into_iter().chain((0..plan.stages.len()).filter(|&i| plan.stages[i].week == Some(week)));
                farthest = farthest.max(due.filter(|&i| holds_stage(plan, i, run)).max());
                return follow;
            };
            follow.skipped = next.filter(|&next| stage > next);
            let in_time = plan.stages[stage].week.is_none_or(|planned| planned <= week + WEEKS_AHEAD);
            follow.as_planned = follow.skipped.is_none() && in_time;
            if in_time {
                farthest = farthest.max(Some(stage));
            }
            follow
        })
        .collect()
}

/// The stage that a run kept to best; of equals the one nearest to where the runner stands.
fn nearest_stage(plan: &Programme, week: usize, farthest: Option<usize>, run: &Run) -> Follow {
    let of_week = |i: usize| plan.stages[i].week == Some(week);
    let here = (0..plan.stages.len()).find(|&i| of_week(i)).or(farthest).unwrap_or(0);
    let mut aligned: Vec<_> = plan.stages.iter().map(|stage| align(&stage.session, &run.bouts)).enumerate().collect();
    aligned.sort_by(|a, b| {
        let nearer = a.0.abs_diff(here).cmp(&b.0.abs_diff(here));
        b.1.structure.total_cmp(&a.1.structure).then(nearer)
    });
    let best = aligned.first();
    let stage = best.filter(|(_, alignment)| alignment.structure >= IS_STAGE).map(|(i, _)| *i);
    // A run that is no stage is held against what the week asked for.
    let shown = if stage.is_some() { best } else { aligned.iter().find(|(i, _)| of_week(*i)).or(best) };
    Follow {
        stage,
        structure: shown.map_or(0.0, |(_, alignment)| alignment.structure),
        intensity: shown.and_then(|(_, alignment)| alignment.intensity),
        as_planned: false,
        skipped: None,
    }
}

/// True when the run began with a stage, whatever came after it.
fn holds_stage(plan: &Programme, stage: usize, run: &Run) -> bool {
    let Some(stage) = plan.stages.get(stage) else {
        return false;
    };
    let whole = align(&stage.session, &run.bouts);
    let end = whole.steps.iter().flat_map(|step| &step.bouts).max().map_or(0, |last| last + 1);
    align(&stage.session, &run.bouts[..end]).structure >= IS_STAGE
}
