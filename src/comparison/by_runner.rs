//! The earlier easy runs of several runners.

use std::collections::BTreeMap;

use super::EarlierRuns;
use crate::report::{File, Session, Status};

/// Easy runs by the name of their runner: those of another say nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EarlierByRunner {
    runs: BTreeMap<Option<String>, EarlierRuns>,
}

impl EarlierByRunner {
    /// Adds the easy runs in a file.
    pub fn add(&mut self, file: &File) {
        if file.status == Status::Audited {
            let of_runner = self.runs.entry(file.athlete.clone()).or_default();
            file.sessions.iter().for_each(|session| of_runner.add(session));
        }
    }

    /// The number of easy runs.
    pub fn len(&self) -> usize {
        self.runs.values().map(EarlierRuns::len).sum()
    }

    /// True when there is no easy run.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The file with what differs from the earlier runs of its runner.
    #[must_use]
    pub fn compare(&self, file: File) -> File {
        let Some(earlier) = self.runs.get(&file.athlete) else { return file };
        let compared = |session: Session| Session { comparison: earlier.compare(&session), ..session };
        File { sessions: file.sessions.into_iter().map(compared).collect(), ..file }
    }
}
