//! Which files a report takes: by their days, and by their verdicts.

use crate::report::{Class, File, Session, StartTime, Status};
use crate::units::Date;

/// Which files a report takes; all by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// The first day, on the runner's calendar.
    pub since: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// The verdicts; empty for any.
    pub verdicts: Vec<Class>,
}

impl Selection {
    /// True when the report takes the file. One that could not be read always counts: nobody knows what it holds.
    pub fn takes(&self, file: &File) -> bool {
        let has_any_day = self.since.is_none() && self.until.is_none();
        let has_any_verdict = self.verdicts.is_empty();
        file.status == Status::Failed
            || (has_any_day || file.sessions.iter().filter_map(day).any(|day| self.covers(day)))
                && (has_any_verdict || file.verdict.is_some_and(|class| self.verdicts.contains(&class)))
    }

    fn covers(&self, day: Date) -> bool {
        self.since.is_none_or(|since| day >= since) && self.until.is_none_or(|until| day <= until)
    }
}

fn day(session: &Session) -> Option<Date> {
    session.started_at.map(StartTime::date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Auditor;
    use crate::runner::Runner;
    use crate::synth::{DEMO_ATHLETE, Demo, demo};

    #[test]
    fn days_and_verdicts_select() {
        let auditor = Auditor::new(Runner::from_toml(DEMO_ATHLETE).expect("a runner's file"));
        let files: Vec<File> =
            demo().iter().flat_map(Demo::files).map(|(name, bytes)| auditor.audit(&name, bytes)).collect();
        let count = |selection: &Selection| files.iter().filter(|file| selection.takes(file)).count();
        assert_eq!(count(&Selection::default()), files.len());
        let first = files.iter().filter_map(|file| day(file.sessions.first()?)).min();
        let on_first = |file: &&File| file.sessions.iter().any(|session| day(session) == first);
        let n_first = files.iter().filter(on_first).count();
        assert_eq!(count(&Selection { until: first, ..Selection::default() }), n_first);
        let after = first.map(|first| first.plus_days(1));
        assert_eq!(count(&Selection { since: after, ..Selection::default() }), files.len() - n_first);
        let n_easy = files.iter().filter(|file| file.verdict == Some(Class::Easy)).count();
        assert!(n_easy > 0 && n_easy < files.len());
        assert_eq!(count(&Selection { verdicts: vec![Class::Easy], ..Selection::default() }), n_easy);
        let failed = auditor.audit("notes.fit", b"no activity".to_vec());
        assert!(Selection { verdicts: vec![Class::Easy], since: after, until: first }.takes(&failed));
    }
}
