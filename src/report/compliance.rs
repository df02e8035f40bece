//! How far a session followed its plan, for the report.

use serde::{Deserialize, Serialize};

use super::round::{known, round};
use crate::analysis::Planned;
use crate::plan;

/// How far a session followed its plan. Structure and intensity are two results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compliance {
    /// The plan in its notation.
    pub plan: String,
    /// Where the plan comes from, such as `--plan`, `athlete.toml` or `workout in the file`.
    pub source: String,
    /// 0 to 100: the right bouts in the right order with the right lengths.
    pub structure: f64,
    /// The same in a word.
    pub structure_label: plan::Structure,
    /// 0 to 100: share of the matched run steps that stayed under their ceiling; `None` where none can be judged.
    pub intensity: Option<f64>,
    /// Run steps done.
    pub runs_done: usize,
    /// Run steps planned.
    pub runs_planned: usize,
    /// Walk breaks taken.
    pub walks_done: usize,
    /// Walk breaks planned.
    pub walks_planned: usize,
    /// Time run over time planned.
    pub run_time_ratio: Option<f64>,
    /// Time walked in the breaks over time planned.
    pub walk_time_ratio: Option<f64>,
    /// Running after the plan was over.
    pub extra_run_s: f64,
    /// Walks of 15 s or more between two runs that the plan did not ask for.
    pub unplanned_walks: usize,
    /// Their time.
    pub unplanned_walk_s: f64,
    /// Of these, the ones right after running over the ceiling: forced, by all that can be seen.
    pub forced_walks: usize,
    /// What happened to each step of the plan.
    pub steps: Vec<StepResult>,
}

/// What happened to one step of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepResult {
    /// The step in the notation of plans.
    pub step: String,
    /// What happened.
    pub result: plan::Outcome,
    /// The bouts it was matched with, from 0.
    pub bouts: Vec<usize>,
    /// The time of those bouts.
    pub actual_s: Option<f64>,
    /// Over the ceiling of the step.
    pub over: Option<bool>,
}

/// A plan with where it comes from, and what was done of it.
pub fn build_compliance(planned: &Planned) -> Compliance {
    let alignment = &planned.alignment;
    Compliance {
        plan: planned.prescription.to_string(),
        source: planned.source.clone(),
        structure: round(1, alignment.structure),
        structure_label: alignment.label(),
        intensity: alignment.intensity.and_then(|share| known(1, share)),
        runs_done: alignment.runs_done,
        runs_planned: alignment.runs_planned,
        walks_done: alignment.walks_done,
        walks_planned: alignment.walks_planned,
        run_time_ratio: alignment.run_time_ratio.and_then(|ratio| known(3, ratio)),
        walk_time_ratio: alignment.walk_time_ratio.and_then(|ratio| known(3, ratio)),
        extra_run_s: round(1, alignment.extra_run_s),
        unplanned_walks: alignment.unplanned_walks,
        unplanned_walk_s: round(1, alignment.unplanned_walk_s),
        forced_walks: alignment.forced_walks,
        steps: alignment.steps.iter().map(build_step).collect(),
    }
}

fn build_step(result: &plan::StepResult) -> StepResult {
    StepResult {
        step: result.step.to_string(),
        result: result.outcome,
        bouts: result.bouts.clone(),
        actual_s: result.actual_s.and_then(|seconds| known(1, seconds)),
        over: result.over,
    }
}
