//! Counts over files.

use super::{Class, ClassCount, File, NoteId, ReasonCount, Report, SCHEMA_VERSION, Session, Status, Summary, TOOL};

impl Report {
    /// A report on files.
    pub fn of(files: Vec<File>) -> Self {
        let mut summary = Summary::default();
        for file in &files {
            summary.add(file);
        }
        Self { schema_version: SCHEMA_VERSION, tool: TOOL.to_owned(), files, summary }
    }
}

impl Summary {
    /// Counts one more file.
    pub fn add(&mut self, file: &File) {
        self.n_files += 1;
        match file.status {
            Status::Audited => self.n_audited += 1,
            Status::Skipped => self.skip(file),
            Status::Failed => self.n_failed += 1,
        }
        let is_breach = file.sessions.iter().any(Session::is_breach);
        self.n_breaches += usize::from(is_breach);
        self.n_unclear += usize::from(!is_breach && file.sessions.iter().any(Session::is_unclear));
        let Some(class) = file.verdict else { return };
        match self.verdicts.binary_search_by_key(&class, |count| count.class) {
            Ok(at) => self.verdicts[at].n_files += 1,
            Err(at) => self.verdicts.insert(at, ClassCount { class, n_files: 1 }),
        }
    }

    fn skip(&mut self, file: &File) {
        self.n_skipped += 1;
        // A file with sessions was read, and none of them is a run.
        let reason = match (file.sessions.is_empty(), file.notes.first()) {
            (true, Some(note)) => note.id,
            (true, None) => NoteId::NoSession,
            (false, _) => NoteId::NotARun,
        };
        match self.skipped.binary_search_by_key(&reason.name(), |count| count.reason.name()) {
            Ok(at) => self.skipped[at].n_files += 1,
            Err(at) => self.skipped.insert(at, ReasonCount { reason, n_files: 1 }),
        }
    }

    /// How many files have a verdict.
    pub fn n_of(&self, class: Class) -> usize {
        self.verdicts.iter().find(|count| count.class == class).map_or(0, |count| count.n_files)
    }
}

impl File {
    /// True when it holds a session over its ceiling, and exceptions cover all of them.
    pub fn is_agreed(&self) -> bool {
        self.verdict.is_some_and(Class::is_over) && !self.sessions.iter().any(Session::is_breach)
    }
}

impl Session {
    /// True when it was over its ceiling, and no exception covers that.
    pub const fn is_breach(&self) -> bool {
        self.judged && self.verdict.class.is_over() && self.verdict.allowed.is_none()
    }

    /// True when it should have been judged and could not be.
    pub fn is_unclear(&self) -> bool {
        self.judged && self.verdict.class == Class::Undetermined
    }
}

names! {
    Status {
        Audited => "audited",
        Skipped => "skipped",
        Failed => "failed",
    }
}
