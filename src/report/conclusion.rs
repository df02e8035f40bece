//! What a whole report comes to: what a script acts on, and the command line turns into its exit code.

use super::{Clinic, Level, Progress, Severity, Summary};

/// What a report comes to, the most urgent first. What was agreed on counts as easy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conclusion {
    /// Something could not be read.
    Unreadable,
    /// Something is over its ceiling, or against a rule.
    Over,
    /// Something could not be judged, or nothing was: missing data is never a pass.
    Unclear,
    /// All of it was judged, and is easy.
    Easy,
}

impl Conclusion {
    const fn of(is_unreadable: bool, is_over: bool, is_unclear: bool) -> Self {
        match (is_unreadable, is_over, is_unclear) {
            (true, ..) => Self::Unreadable,
            (_, true, _) => Self::Over,
            (_, _, true) => Self::Unclear,
            _ => Self::Easy,
        }
    }
}

impl Summary {
    /// What the files come to.
    pub const fn conclusion(&self) -> Conclusion {
        Conclusion::of(self.n_failed > 0, self.n_breaches > 0, self.n_unclear > 0 || self.n_audited == 0)
    }
}

impl Progress {
    /// What the weeks come to, with how many files could not be read and how many sessions not be judged. Runs of which
    /// none is in a week say nothing.
    pub fn conclusion(&self, n_failed: usize, n_undetermined: usize) -> Conclusion {
        let is_over = self.findings_since().any(|found| found.severity == Severity::Warning && found.allowed.is_none());
        Conclusion::of(n_failed > 0, is_over, n_undetermined > 0 || self.weeks.is_empty())
    }
}

impl Clinic {
    /// What the patients come to, with how many of them have files that could not be read, and how many sessions could
    /// not be judged.
    pub fn conclusion(&self, n_unreadable: usize, n_undetermined: usize) -> Conclusion {
        let any = |level| self.patients.iter().any(|patient| patient.level == level);
        Conclusion::of(n_unreadable > 0, any(Level::Warning), n_undetermined > 0 || any(Level::Unclear))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_urgent_comes_first() {
        let easy = Summary { n_audited: 1, ..Summary::default() };
        assert_eq!(easy.conclusion(), Conclusion::Easy);
        assert_eq!(Summary::default().conclusion(), Conclusion::Unclear, "nothing was judged");
        let unclear = Summary { n_unclear: 1, ..easy };
        assert_eq!(unclear.conclusion(), Conclusion::Unclear);
        let over = Summary { n_breaches: 1, ..unclear };
        assert_eq!(over.conclusion(), Conclusion::Over);
        assert_eq!(Summary { n_failed: 1, ..over }.conclusion(), Conclusion::Unreadable);
    }
}
