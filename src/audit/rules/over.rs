//! Findings for each effort over the ceiling.

use super::{finding, of_effort, ratio};
use crate::audit::chain::Effort;
use crate::audit::context::SessionContext;
use crate::audit::judge::OVER;
use crate::audit::{Finding, RuleId, Severity, words};

/// One finding for each effort over the ceiling.
pub(super) fn findings(context: &SessionContext, rule: RuleId, severity: Severity) -> Vec<Finding> {
    let found = |effort: &Effort| {
        let finding = finding(context, rule, severity, effort.range.clone(), message(context, effort));
        Finding { measure: Some(ratio(effort.ratio, OVER)), measures: of_effort(effort), ..finding }
    };
    context.efforts.iter().map(found).collect()
}

fn message(context: &SessionContext, effort: &Effort) -> String {
    format!("{} than the easy ceiling", words::effort(context, effort))
}
