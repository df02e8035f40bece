//! How far a session followed its plan, for the report.

use super::round::{known, round};
use super::{Compliance, StepResult};
use crate::plan::{self, Alignment, Prescription};

/// A plan with where it comes from, and what was done of it.
pub fn build_compliance(plan: &Prescription, source: &str, alignment: &Alignment) -> Compliance {
    Compliance {
        plan: plan.to_string(),
        source: source.to_owned(),
        structure: round(1, alignment.structure),
        structure_label: alignment.label().name(),
        intensity: alignment.intensity.and_then(|share| known(1, share)),
        runs_done: alignment.runs_done,
        runs_planned: alignment.runs_planned,
        walks_done: alignment.walks_done,
        walks_planned: alignment.walks_planned,
        run_time_ratio: alignment.run_time_ratio.and_then(|ratio| known(3, ratio)),
        walk_time_ratio: alignment.walk_time_ratio.and_then(|ratio| known(3, ratio)),
        extra_run_s: round(1, alignment.extra_run_s),
        steps: alignment.steps.iter().map(build_step).collect(),
    }
}

fn build_step(result: &plan::StepResult) -> StepResult {
    StepResult {
        step: result.step.to_string(),
        result: result.outcome.name(),
        bouts: result.bouts.clone(),
        actual_s: result.actual_s.and_then(|seconds| known(1, seconds)),
        over: result.over,
    }
}
