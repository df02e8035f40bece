//! Exports whose sessions lie scattered over several files: lists of sessions here, positions and heart rate there.
//!
//! A bundle is found by the names of its files alone, whether they lie in an archive or in a folder. Its lists are read
//! first; then each session is joined from its files, one at a time, and handed over as an excerpt.

mod adidas;
mod google;
mod runkeeper;
mod samsung;
mod table;

use super::{Error, excerpt};
use crate::model::{Activity, Format, Note, NoteId, Profile, Session};
use crate::units::{UtcOffset, plural};

/// Reads a file of the bundle by its path below the root.
pub type ReadFile<'a> = dyn FnMut(&str) -> Option<Vec<u8>> + 'a;

/// Whose bundle it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Maker {
    /// Google Takeout with Google Health or Fitbit in it.
    Google,
    /// Samsung Health.
    Samsung,
    /// adidas Running, once Runtastic.
    Adidas,
    /// Runkeeper.
    Runkeeper,
}

impl Maker {
    /// The name that [`super::recognize`] knows the same export by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Google => "Google Health or Fitbit",
            Self::Samsung => "Samsung Health",
            Self::Adidas => "adidas Running",
            Self::Runkeeper => "Runkeeper",
        }
    }

    const fn format(self) -> Format {
        match self {
            Self::Google => Format::Google,
            Self::Samsung => Format::Samsung,
            Self::Adidas => Format::Adidas,
            Self::Runkeeper => Format::Runkeeper,
        }
    }
}

/// True where a name has an ending, in letters of any size.
fn has_ending(name: &str, ending: &str) -> bool {
    let at = name.len().checked_sub(ending.len());
    at.is_some_and(|at| name.as_bytes()[at..].eq_ignore_ascii_case(ending.as_bytes()))
}

/// The maker of the bundle that a file lists the sessions of, and the path of its root, which ends with a slash or is
/// empty. Only files by which a bundle is found have one.
pub fn root_of(path: &str) -> Option<(Maker, &str)> {
    let lower = path.to_ascii_lowercase();
    let (folder, file) =
        lower.rsplit_once('/').map_or(("", &*lower), |(_, file)| (&lower[..lower.len() - file.len()], file));
    let below = |name: &str| {
        let root = folder.strip_suffix(name)?;
        (root.is_empty() || root.ends_with('/')).then(|| &path[..root.len()])
    };
    if file == "cardioactivities.csv" {
        return Some((Maker::Runkeeper, &path[..folder.len()]));
    }
    if samsung::is_list(file) {
        return Some((Maker::Samsung, &path[..folder.len()]));
    }
    let (has_number, is_json) = (file.starts_with("exercise-"), has_ending(file, ".json"));
    if let Some(root) = below("global export data/").filter(|_| has_number && is_json) {
        return Some((Maker::Google, root));
    }
    if let Some(root) = below("health fitness data_googledata/").filter(|_| file.starts_with("userexercises_")) {
        return Some((Maker::Google, root));
    }
    below("sport-sessions/").filter(|_| is_json).map(|root| (Maker::Adidas, root))
}

/// True for a list of a maker that lies at the root itself.
fn is_list_of(maker: Maker, name: &str) -> bool {
    root_of(name) == Some((maker, ""))
}

/// An export on its way to be visited.
pub struct Bundle {
    maker: Maker,
    lists: Lists,
    /// Sessions that were handed over, and those of them without a record.
    n_read: usize,
    n_empty: usize,
}

/// What is known of the sessions from the lists.
enum Lists {
    Google(Box<google::Lists>),
    Samsung(samsung::Lists),
    Adidas(adidas::Lists),
    Runkeeper(runkeeper::Lists),
}

/// A session with the notes on it; the records are still missing, or joined.
#[derive(Debug)]
struct Found {
    session: Session,
    notes: Vec<Note>,
    device: Option<String>,
}

impl Found {
    fn new(session: Session) -> Self {
        Self { session, notes: Vec::new(), device: None }
    }

    fn note(&mut self, id: NoteId, message: &str) {
        self.notes.push(Note::new(id, message));
    }
}

impl Bundle {
    /// Reads the lists of a bundle; `names` are the paths of its files below the root.
    pub fn open(maker: Maker, names: &[&str], read: &mut ReadFile) -> Self {
        let lists = match maker {
            Maker::Google => Lists::Google(Box::new(google::Lists::read(names, read))),
            Maker::Samsung => Lists::Samsung(samsung::Lists::read(names, read)),
            Maker::Adidas => Lists::Adidas(adidas::Lists::read(names)),
            Maker::Runkeeper => Lists::Runkeeper(runkeeper::Lists::read(names, read)),
        };
        Self { maker, lists, n_read: 0, n_empty: 0 }
    }

    /// Whose bundle it is.
    pub const fn maker(&self) -> Maker {
        self.maker
    }

    /// True for a file that is read with a session, by its path below the root: it is no run of its own.
    pub fn is_part(&self, name: &str) -> bool {
        match &self.lists {
            Lists::Google(_) => google::is_part(name),
            Lists::Samsung(_) => samsung::is_part(name),
            Lists::Adidas(lists) => lists.is_part(name),
            Lists::Runkeeper(lists) => lists.is_part(name),
        }
    }

    /// How many sessions are still to come, as far as the lists tell.
    pub fn n_ahead(&self) -> usize {
        match &self.lists {
            Lists::Google(lists) => lists.n_ahead(),
            Lists::Samsung(lists) => lists.n_ahead(),
            Lists::Adidas(lists) => lists.n_ahead(),
            Lists::Runkeeper(lists) => lists.n_ahead(),
        }
    }

    /// The next session on foot as if it were a file of its own: its name and its bytes.
    pub fn next_excerpt(&mut self, read: &mut ReadFile) -> Option<(String, Vec<u8>)> {
        let Found { session, mut notes, device } = match &mut self.lists {
            Lists::Google(lists) => lists.next_session(read),
            Lists::Samsung(lists) => lists.next_session(read),
            Lists::Adidas(lists) => lists.next_session(read),
            Lists::Runkeeper(lists) => lists.next_session(read),
        }?;
        self.n_read += 1;
        if session.records.is_empty() {
            self.n_empty += 1;
            notes.push(Note::new(NoteId::WorkoutEmpty, "the export holds no measurement of the time of this session"));
        }
        let name = name(&session);
        let format = self.maker.format();
        let activity = Activity { format, device, profile: Profile::default(), sessions: vec![session], notes };
        Some((name, excerpt::write(&activity)))
    }

    /// What the export is and what was read of it, once all is visited.
    pub fn sentence(&self) -> String {
        let (n_others, what) = match &self.lists {
            Lists::Google(lists) => (lists.n_others, google::UNREAD),
            Lists::Samsung(lists) => (lists.n_others, samsung::UNREAD),
            Lists::Adidas(lists) => (lists.n_others, adidas::UNREAD),
            Lists::Runkeeper(lists) => (lists.n_others, runkeeper::UNREAD),
        };
        let all = plural(self.n_read + n_others, "session", None);
        let maker = self.maker.name();
        if self.n_read == 0 {
            return format!("{maker} export: {all}, none of them running, walking or hiking");
        }
        let empty = match self.n_empty {
            0 => String::new(),
            n => format!(", {n} of them without a measurement"),
        };
        format!("{maker} export: read: {} of {all} (those on foot){empty}; not read: {what}", self.n_read)
    }

    /// The same as the word on the whole export, for who visits it file by file.
    pub fn remark(&self) -> Error {
        Error { is_other_kind: true, ..Error::new("export that was read", self.sentence(), "") }
    }
}

/// The maker whose list of sessions the bytes are, which hold nothing that was measured.
pub fn maker_of_list(bytes: &[u8]) -> Option<Maker> {
    match () {
        () if google::sniff(bytes) => Some(Maker::Google),
        () if samsung::sniff(bytes) => Some(Maker::Samsung),
        () if adidas::sniff(bytes) => Some(Maker::Adidas),
        () if runkeeper::sniff(bytes) => Some(Maker::Runkeeper),
        () => None,
    }
}

/// A name as of a file, such as `2026-06-15 06.30.00 running`.
pub fn name(session: &Session) -> String {
    let offset = session.utc_offset.unwrap_or(UtcOffset::UTC);
    let local = session.start.map_or_else(String::new, |start| start.to_rfc3339(Some(offset)));
    let (day, time) = local.split_once('T').unwrap_or((&local, ""));
    let time: String = time.chars().take(8).map(|c| if c == ':' { '.' } else { c }).collect();
    let sport: String = session.sport_name.chars().map(|c| if c == '/' || c.is_control() { ' ' } else { c }).collect();
    format!("{day} {time} {sport}").trim().to_owned()
}

#[cfg(test)]
mod tests;
