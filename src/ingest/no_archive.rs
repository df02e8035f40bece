//! Zip archives in a program that is built without the feature `archive`: each is an error that says so.

use std::io::{Read, Seek};
use std::marker::PhantomData;

use super::{Error, Listed, Unpacked};
use crate::model::Activity;

/// Says that archives are not read.
pub fn members<'a>(_archive: impl Read + Seek + 'a) -> Result<Members<'a>, Error> {
    members_of(Vec::new())
}

/// The same for an archive that is in memory.
pub fn members_of<'a>(_archive: Vec<u8>) -> Result<Members<'a>, Error> {
    Err(Error::new("archive of files", "this program is built without the feature `archive`", "unpack it first"))
}

/// One file of an archive.
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

/// The activities of an archive, of which there is none.
pub struct Members<'a>(PhantomData<&'a ()>);

impl Members<'_> {
    /// How many files are still to be visited.
    pub const fn n_ahead(&self) -> usize {
        0
    }
}

impl Iterator for Members<'_> {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        None
    }
}
