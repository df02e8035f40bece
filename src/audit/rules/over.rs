//! Findings for each effort over the ceiling.

use super::{finding, ratio};
use crate::audit::RuleId;
use crate::audit::case::Case;
use crate::audit::chain::Effort;
use crate::audit::judge::OVER;
use crate::audit::{Finding, Severity, words};

/// One finding for each effort over the ceiling.
pub(super) fn findings(case: &Case, rule: RuleId, severity: Severity) -> Vec<Finding> {
    let found = |effort: &Effort| {
        let finding = finding(case, rule, severity, effort.range.clone(), message(case, effort));
        Finding { measure: Some(ratio(effort.ratio, OVER)), ..finding }
    };
    case.efforts.iter().map(found).collect()
}

fn message(case: &Case, effort: &Effort) -> String {
    format!("{} than the easy ceiling", words::effort(case, effort))
}
