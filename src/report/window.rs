//! The days a report on the weeks covers; earlier findings are only counted.

use super::{Earlier, Progress, ProgressFinding, Severity};
use crate::units::Date;

/// The days whose findings are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// From a day on.
    Since(Date),
    /// So many days up to the last run.
    Last(u16),
}

/// Marks findings from before the window: they are counted, and no longer listed.
pub fn look_at(progress: &mut Progress, window: Window) {
    let first = match window {
        Window::Since(day) => day,
        Window::Last(days) => {
            let last = progress.runs.iter().filter(|run| run.week.is_some()).map(|run| &run.date).max();
            let Some(last) = last.and_then(|day| Date::parse(day)) else { return };
            last.plus_days(1 - i32::from(days))
        }
    };
    let since = first.to_string();
    let ends = |week: usize| progress.weeks.iter().find(|known| known.week == week).map(|known| known.to.clone());
    let of_earlier: Vec<bool> = progress
        .findings
        .iter()
        .map(|finding| finding.date.clone().or_else(|| ends(finding.week)).is_some_and(|day| day < since))
        .collect();
    for (finding, is_earlier) in progress.findings.iter_mut().zip(of_earlier) {
        finding.is_earlier = is_earlier;
    }
    let count = |severity| {
        let earlier = progress.findings.iter().filter(|finding| finding.is_earlier);
        earlier.filter(|finding| finding.severity == severity && finding.allowed.is_none()).count()
    };
    progress.earlier = Some(Earlier {
        runs: progress.runs.iter().filter(|run| run.week.is_some() && run.date < since).count(),
        warnings: count(Severity::Warning),
        cautions: count(Severity::Caution),
        notes: count(Severity::Note),
    });
    progress.since = Some(since);
}

impl Progress {
    /// The findings of the days asked for.
    pub fn findings_since(&self) -> impl Iterator<Item = &ProgressFinding> {
        self.findings.iter().filter(|finding| !finding.is_earlier)
    }

    /// True for a day within the days asked for, as `2026-11-03`.
    pub fn is_since(&self, day: &str) -> bool {
        self.since.as_deref().is_none_or(|since| since <= day)
    }
}
