//! Counts over files.

use super::{Class, ClassCount, File, Report, SCHEMA_VERSION, Status, Summary, TOOL};

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
            Status::Skipped => self.n_skipped += 1,
            Status::Failed => self.n_failed += 1,
        }
        let Some(class) = file.verdict else { return };
        match self.verdicts.binary_search_by_key(&class, |count| count.class) {
            Ok(at) => self.verdicts[at].n_files += 1,
            Err(at) => self.verdicts.insert(at, ClassCount { class, n_files: 1 }),
        }
    }

    /// How many files have a verdict.
    pub fn n_of(&self, class: Class) -> usize {
        self.verdicts.iter().find(|count| count.class == class).map_or(0, |count| count.n_files)
    }

    /// How many files hold a session over its ceiling.
    pub fn n_over(&self) -> usize {
        self.verdicts.iter().filter(|count| count.class.is_over()).map(|count| count.n_files).sum()
    }
}

impl Status {
    /// The name in reports: `audited`, `skipped` or `failed`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Audited => "audited",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }
}
