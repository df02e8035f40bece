//! Visits the activities in zip archives: watch makers' exports, patients' folders, archives inside archives.

mod level;
mod loose;
mod names;
mod source;
mod unpack;

use std::io::{Cursor, Read, Seek, SeekFrom};

use super::container::{Unpacked, too_large};
use super::{Error, Listed, limits};
use crate::model::Activity;
use level::{Joined, Level};
use unpack::{Found, unreadable};

/// Opens a zip archive on the disk to visit its members one at a time.
pub fn members<'a>(mut archive: impl Read + Seek + 'a) -> Result<Members<'a>, Error> {
    let size = archive.seek(SeekFrom::End(0)).map_err(|error| unreadable(&error.into()))?;
    Level::open(Box::new(archive), String::new(), 0).map(|level| Members::of(level, size))
}

/// The same for an archive that is in memory, as one that came through a pipe: it leaves less room for its members.
pub fn members_of<'a>(archive: Vec<u8>) -> Result<Members<'a>, Error> {
    let held = archive.len() as u64;
    Level::open(Box::new(Cursor::new(archive)), String::new(), held).map(|level| Members::of(level, held))
}

/// One file of an archive that holds an activity, or should by its name.
#[derive(Debug)]
pub struct Member {
    /// Its path inside the archive, fit to be shown.
    pub name: String,
    /// Its content as it is packed, or why it cannot be had.
    pub content: Result<Unpacked, Error>,
    /// What the list of a bulk export says of it.
    pub listed: Option<Listed>,
}

impl Member {
    /// Reads the activity.
    pub fn read(self) -> Result<Activity, Error> {
        self.content?.read()
    }
}

/// The activities of an archive in the order of their names, archives inside it included; other files are passed over.
///
/// One member at a time is in memory.
pub struct Members<'a> {
    /// The archive and, inside it, the archives that are open now.
    levels: Vec<Level<'a>>,
    visited: usize,
    unpacked: u64,
    /// How much may be unpacked.
    most: u64,
    /// The one member that is wanted; `None` for all of them.
    wanted: Option<String>,
}

impl Members<'_> {
    /// Passes over all members but the one of a name, without unpacking them.
    #[must_use]
    pub fn only(self, name: &str) -> Self {
        Self { wanted: Some(name.to_owned()), ..self }
    }

    /// True for the member that is wanted, and for an archive that holds it.
    fn is_wanted(&self, name: &str) -> bool {
        self.wanted
            .as_deref()
            .is_none_or(|wanted| wanted.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }

    /// How many files are still to be visited, as far as the archives that are open now tell.
    pub fn n_ahead(&self) -> usize {
        self.levels
            .iter()
            .map(|level| level.ahead.len() + level.joined.iter().map(Joined::n_ahead).sum::<usize>())
            .sum()
    }
}

impl<'a> Members<'a> {
    fn of(level: Level<'a>, size: u64) -> Self {
        let packed = size.saturating_mul(limits::ARCHIVE_PACKING).max(limits::SMALL_ARCHIVE_BYTES);
        Self { levels: vec![level], visited: 0, unpacked: 0, most: packed.min(limits::ARCHIVE_BYTES), wanted: None }
    }

    /// Ends the visit of what holds too much.
    fn give_up(&mut self, name: String) -> Member {
        self.levels.clear();
        Member { name, content: Err(too_large("the archive holds more than any export does")), listed: None }
    }
}

impl Iterator for Members<'_> {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        loop {
            let depth = self.levels.len();
            let level = self.levels.last_mut()?;
            if !std::mem::replace(&mut level.was_looked_at, true) {
                level.find_joined(&mut self.unpacked);
            }
            if self.unpacked > self.most {
                let name = level.path.clone() + "export";
                return Some(self.give_up(name));
            }
            if let Some(session) = level.next_joined(&mut self.unpacked) {
                if self.is_wanted(&session.name) {
                    return Some(session);
                }
                continue;
            }
            let Some((name, place)) = level.ahead.pop() else {
                if let Some(remark) = level.remark() {
                    return Some(remark);
                }
                self.levels.pop();
                continue;
            };
            if !self.is_wanted(&name) {
                continue;
            }
            let level = self.levels.last_mut()?;
            self.visited += 1;
            if self.visited > limits::ARCHIVE_MEMBERS || self.unpacked > self.most {
                return Some(self.give_up(name));
            }
            let content = match level.member(&name, &place, &mut self.unpacked) {
                Ok(Found::Unrelated) => continue,
                Ok(Found::Content(content)) => Ok(content),
                Ok(Found::Archive(_)) if depth >= limits::NESTING => {
                    Err(too_large("it is an archive inside too many archives"))
                }
                Ok(Found::Archive(bytes)) => {
                    let held = level.held + bytes.len() as u64;
                    match Level::open(Box::new(Cursor::new(bytes)), format!("{name}/"), held) {
                        Ok(inner) => {
                            self.levels.push(inner);
                            continue;
                        }
                        Err(error) => Err(error),
                    }
                }
                Err(error) => Err(error),
            };
            let listed = level.listed(&name);
            return Some(Member { name, content, listed });
        }
    }
}

#[cfg(test)]
mod tests;
