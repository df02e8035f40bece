//! The efforts of a session, to be found bout by bout however many there are.

use crate::report::{Bout, Finding, Session, Severity};

/// The findings of a session that are efforts over the ceiling.
pub struct Efforts {
    /// Their starts and ends in seconds, in the order of their starts.
    spans: Vec<(f64, f64)>,
    /// The last end of any up to each, so that those that reach into a bout can be found without asking all.
    reach: Vec<f64>,
}

impl Efforts {
    /// The efforts that were found in a session.
    pub fn of(session: &Session) -> Self {
        let is_effort = |finding: &&Finding| {
            let counts = matches!(finding.severity, Severity::Warning | Severity::Caution);
            counts && finding.unit == Some("ratio to ceiling")
        };
        let found = session.findings.iter().filter(is_effort);
        let mut spans: Vec<_> = found.map(|effort| (effort.start_s, effort.end_s)).collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let reach = spans.iter().scan(0.0_f64, |last, &(_, end)| {
            *last = last.max(end);
            Some(*last)
        });
        Self { reach: reach.collect(), spans }
    }

    /// The parts of efforts inside a bout as their starts and ends, in the order of time.
    pub fn inside(&self, bout: &Bout) -> Vec<(f64, f64)> {
        let first = self.reach.partition_point(|&end| end <= bout.start_s);
        let behind = self.spans.partition_point(|&(start, _)| start < bout.end_s);
        let near = self.spans.get(first..behind).unwrap_or_default().iter();
        let parts = near.map(|&(start, end)| (start.max(bout.start_s), end.min(bout.end_s)));
        parts.filter(|(start, end)| start < end).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::render::sample;

    proptest! {
        #[test]
        fn those_that_reach_into_a_bout_are_found(efforts in vec((0_u8..100, 1_u8..60), 0..12), start in 0_u8..100, length in 1_u8..40) {
            let mut file = sample::disguised();
            let mut session = file.sessions.remove(0);
            let mut effort = session.findings[0].clone();
            effort.unit = Some("ratio to ceiling");
            effort.severity = Severity::Warning;
            let at = |&(start, length): &(u8, u8)| (f64::from(start), f64::from(start) + f64::from(length));
            session.findings =
                efforts.iter().map(at).map(|(start_s, end_s)| Finding { start_s, end_s, ..effort.clone() }).collect();
            let (start_s, end_s) = at(&(start, length));
            let bout = Bout { start_s, end_s, ..session.bouts[0].clone() };
            let mut all: Vec<_> = efforts.iter().map(at).filter(|&(from, to)| from < end_s && to > start_s).collect();
            all.sort_by(|a, b| a.0.total_cmp(&b.0));
            let all: Vec<_> = all.into_iter().map(|(from, to)| (from.max(start_s), to.min(end_s))).collect();
            prop_assert_eq!(Efforts::of(&session).inside(&bout), all);
        }
    }
}
