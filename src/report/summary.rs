//! Counts over files.

use super::{
    Class, ClassCount, File, NoteId, ReasonCount, Report, SCHEMA_VERSION, Session, Status, Summary, TOOL, Verdict,
};

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
    /// The sessions that were judged, with their verdicts.
    pub fn judged(&self) -> impl Iterator<Item = (&Session, &Verdict)> {
        self.sessions.iter().filter_map(|session| Some((session, session.verdict.as_ref()?)))
    }

    /// The session with the worst verdict, the first of several; `None` when none was judged.
    pub fn worst(&self) -> Option<(&Session, &Verdict)> {
        self.judged().min_by_key(|(_, verdict)| verdict.class)
    }

    /// Why nothing in it was judged: the reason of its first skipped session, or its first note. `None` where something was.
    pub fn skip_reason(&self) -> Option<&str> {
        let of_session = || self.sessions.iter().find_map(|session| session.skipped_because.as_deref());
        let of_file = || self.notes.first().map(|note| note.message.as_str());
        (self.status == Status::Skipped).then(|| of_session().or_else(of_file)).flatten()
    }

    /// True when it holds a session over its ceiling, and exceptions cover all of them.
    pub fn is_agreed(&self) -> bool {
        self.verdict.is_some_and(Class::is_over) && !self.sessions.iter().any(Session::is_breach)
    }
}

/// What became of a session.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Judgement<'a> {
    /// It is a run and has a verdict.
    Judged(&'a Verdict),
    /// It is no run, and nothing is said about it.
    Skipped {
        /// Why, in a sentence.
        reason: &'a str,
    },
}

impl Session {
    /// The verdict, or why there is none.
    pub fn judgement(&self) -> Judgement<'_> {
        match &self.verdict {
            Some(verdict) => Judgement::Judged(verdict),
            None => Judgement::Skipped { reason: self.skipped_because.as_deref().unwrap_or_default() },
        }
    }

    /// The class of its verdict; `None` when it was skipped.
    pub fn class(&self) -> Option<Class> {
        self.verdict.as_ref().map(|verdict| verdict.class)
    }

    /// True when it was over its ceiling, and no exception covers that.
    pub fn is_breach(&self) -> bool {
        self.verdict.as_ref().is_some_and(|verdict| verdict.class.is_over() && verdict.allowed.is_none())
    }

    /// True when it should have been judged and could not be.
    pub fn is_unclear(&self) -> bool {
        self.class() == Some(Class::Undetermined)
    }
}

names! {
    Status {
        Audited => "audited",
        Skipped => "skipped",
        Failed => "failed",
    }
}
