//! Files that are skipped before anybody reads them, with the reason.

use super::{File, NoteId};

impl File {
    /// A file in a folder or archive that is no activity.
    pub fn not_an_activity(path: &str) -> Self {
        Self::skipped(path, NoteId::NotAnActivity, "not an activity, by its name and its content")
    }

    /// An activity that the list of a bulk export calls a sport not on foot.
    pub fn not_on_foot(path: &str, sport: &str) -> Self {
        Self::skipped(path, NoteId::NotARun, &format!("not a run: {sport}, by the list of activities"))
    }

    /// An archive without an activity.
    pub fn empty_archive(path: &str) -> Self {
        Self::skipped(path, NoteId::EmptyArchive, "the archive holds no activity")
    }
}
