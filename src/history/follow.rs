//! Which stage of the plan each outing was.

use super::path::{self, Fit, IS_STAGE};
use crate::plan::{Alignment, Kind, Length, PerformedBout, Programme, align};
use crate::segment::Gait;

/// What an outing did of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Follow {
    /// The stage that it was, from 0; `None` when it was none of them.
    pub stage: Option<usize>,
    /// How far it kept to that stage, or to the one that was due, 0 to 100.
    pub structure: f64,
    /// Share of its run steps under their ceiling, 0 to 100; `None` where none can be judged.
    pub intensity: Option<f64>,
    /// True when it was a stage that the plan allowed for at that time, with no more running than it asks for.
    pub as_planned: bool,
    /// The first stage that should have come before and did not, from 0; of several sessions only the first has it.
    pub skipped: Option<usize>,
    /// How many weeks the stage came before its time, where the plan has weeks; only where it goes farther ahead.
    pub ahead: Option<usize>,
    /// The running that the stage asks for, in seconds.
    pub planned_run_s: f64,
    /// The running that was done, in seconds.
    pub run_s: f64,
}

/// How far a weekly plan may be run ahead of its week.
const WEEKS_AHEAD: usize = 1;
/// Running by feel comes out up to 15 % longer; from here on more was run than planned. Our choice.
const MORE_RUNNING: f64 = 1.20;
/// And a minute more is a crossing or a way home.
const MORE_RUNNING_S: f64 = 60.0;

/// What the outings of a season did of the plan, in the order of time. Each comes with its week and its bouts.
pub(super) fn follow(plan: &Programme, outings: &[(usize, Vec<PerformedBout>)]) -> Vec<Follow> {
    let asked: Vec<f64> = plan.stages.iter().map(|stage| running_of(&stage.session.steps())).collect();
    let fits: Vec<Fit> = outings.iter().map(|(week, bouts)| fit(plan, &asked, *week, bouts)).collect();
    let on_path = path::cheapest(plan, &fits);
    let mut season = Standing { plan, farthest: None, weeks_gained: 0 };
    let follows = outings.iter().zip(&fits).zip(on_path).map(|(((week, bouts), fit), at)| {
        let shown = if at.is_stage { at.stage } else { due(plan, fit, at.stage, *week) };
        let alignment = align(&plan.stages[shown].session, bouts);
        let run_s = running(bouts);
        let mut follow = Follow {
            stage: at.is_stage.then_some(at.stage),
            structure: alignment.structure,
            intensity: alignment.intensity,
            as_planned: false,
            skipped: None,
            ahead: None,
            planned_run_s: asked[shown],
            run_s,
        };
        let reached = if fit.begun[at.stage] { Some(at.stage) } else { None };
        season.step(&mut follow, reached, *week);
        follow
    });
    if plan.stages.is_empty() { Vec::new() } else { follows.collect() }
}

/// Where the runner stands in the plan.
struct Standing<'a> {
    plan: &'a Programme,
    farthest: Option<usize>,
    /// How far the plan's weeks run ahead of the calendar, for a reason that is known: an earlier start, or a stage
    /// left out, which is named once.
    weeks_gained: usize,
}

impl Standing<'_> {
    fn step(&mut self, follow: &mut Follow, reached: Option<usize>, week: usize) {
        let week_of = |stage: usize| self.plan.stages[stage].week;
        let Some(stage) = follow.stage else {
            // Whoever did the stage and more has done the stage.
            self.farthest = self.farthest.max(reached);
            return;
        };
        let last = self.farthest;
        follow.skipped = last.and_then(|last| first_left_out(self.plan, last, stage));
        let gained = match (last, follow.skipped) {
            (None, _) => week_of(stage).map_or(0, |planned| planned.saturating_sub(week)),
            (Some(last), Some(_)) => {
                let weeks = week_of(stage).zip(week_of(last)).map_or(0, |(to, from)| to.saturating_sub(from + 1));
                self.weeks_gained + weeks
            }
            _ => self.weeks_gained,
        };
        let in_time = week + gained + WEEKS_AHEAD;
        let ahead = week_of(stage).map_or(0, |planned| planned.saturating_sub(in_time));
        // Only the start is reported, not what follows at the plan's own pace.
        follow.ahead = (ahead > 0).then_some(ahead + WEEKS_AHEAD);
        self.weeks_gained = gained + ahead;
        self.farthest = last.max(Some(stage));
        let no_more = follow.run_s <= MORE_RUNNING * follow.planned_run_s + MORE_RUNNING_S;
        follow.as_planned = follow.skipped.is_none() && ahead == 0 && no_more;
    }
}

/// The first stage between two that asks for something else than both: leaving out one of equal sessions leaves out none.
fn first_left_out(plan: &Programme, last: usize, stage: usize) -> Option<usize> {
    let differs = |between: &usize| {
        let session = &plan.stages[*between].session;
        *session != plan.stages[last].session && *session != plan.stages[stage].session
    };
    (last + 1..stage).find(differs)
}

/// Less or more running than this share of what a stage asks for is never that stage: even with walking in the place of
/// all its rests it stays below 70 %.
const RUNNING_OF_A_STAGE: std::ops::Range<f64> = 0.4..2.2;

/// How well an outing fits each stage.
fn fit(plan: &Programme, asked: &[f64], week: usize, bouts: &[PerformedBout]) -> Fit {
    let run_s = running(bouts);
    let mut structures: Vec<f64> = Vec::with_capacity(plan.stages.len());
    for (i, stage) in plan.stages.iter().enumerate() {
        let twin = i.checked_sub(1).filter(|&before| plan.stages[before].session == stage.session);
        let near = run_s >= RUNNING_OF_A_STAGE.start * asked[i] && run_s <= RUNNING_OF_A_STAGE.end * asked[i] + 60.0;
        structures.push(match twin {
            Some(twin) => structures[twin],
            // What stages ask for in metres is known for the runner's speed alone.
            None if near || asked[i] <= 0.0 || has_distance(&stage.session.steps()) => {
                align(&stage.session, bouts).structure
            }
            None => 0.0,
        });
    }
    let is_any = structures.iter().any(|&structure| structure >= IS_STAGE);
    let begun = plan.stages.iter().map(|stage| !is_any && holds(&align(&stage.session, bouts), stage, bouts)).collect();
    Fit { week, structures, begun }
}

/// True when the outing began with a stage, whatever came after it.
fn holds(whole: &Alignment, stage: &crate::plan::Stage, bouts: &[PerformedBout]) -> bool {
    let runs = whole.steps.iter().filter(|step| step.step.kind == Kind::Run);
    let end = runs.flat_map(|step| &step.bouts).max().map_or(0, |last| last + 1);
    end < bouts.len() && align(&stage.session, &bouts[..end]).structure >= IS_STAGE
}

/// The stage that an outing is held against which is none: of the week's the nearest, else of the last one and the next.
fn due(plan: &Programme, fit: &Fit, reached: usize, week: usize) -> usize {
    let of_week: Vec<usize> = (0..plan.stages.len()).filter(|&i| plan.stages[i].week == Some(week)).collect();
    let near = if of_week.is_empty() { vec![(reached + 1).min(plan.stages.len() - 1), reached] } else { of_week };
    let better = |a: &usize, b: &usize| fit.structures[*a].total_cmp(&fit.structures[*b]);
    near.into_iter().max_by(better).unwrap_or(reached)
}

fn running(bouts: &[PerformedBout]) -> f64 {
    bouts.iter().filter(|bout| bout.gait == Gait::Run).fold(0.0, |sum, bout| sum + bout.seconds)
}

/// The running that a session asks for, in seconds; a distance at an easy 2.4 m/s.
fn running_of(steps: &[crate::plan::Step]) -> f64 {
    let seconds = |step: &crate::plan::Step| match step.length {
        _ if step.kind != Kind::Run => 0.0,
        Length::Time(seconds) => seconds,
        Length::Distance(distance) => distance.as_meters() / 2.4,
        Length::Open => 0.0,
    };
    steps.iter().fold(0.0, |sum, step| sum + seconds(step))
}

fn has_distance(steps: &[crate::plan::Step]) -> bool {
    steps.iter().any(|step| !matches!(step.length, Length::Time(_)))
}
