//! The members of an archive, or the workouts of an unpacked Apple Health export, one at a time. Each goes back to the page, which has another instance audit it, so that
//! what one member breaks does not end the archive.

use std::io::{Read, Seek};

use rehabrun::ingest::limits::HEAD_BYTES;
use rehabrun::ingest::{self, AppleHealth, Member, Members, Unpacked};
use serde_json::json;

use crate::{Engine, Message, failed, plain};

/// Where the bytes of an archive come from.
pub trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// What is being visited.
pub enum Open {
    Archive(Members<'static>),
    /// The workouts of an export, and which of them is next. The page hands over one file at a time, so their routes are
    /// not read.
    AppleHealth(Box<AppleHealth>, usize),
}

impl Iterator for Open {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        match self {
            Self::Archive(members) => members.next(),
            Self::AppleHealth(export, at) => {
                let next = *at;
                *at += 1;
                if next > export.len() {
                    return None;
                }
                Some(match export.excerpt(next, |_| None) {
                    Some((name, bytes)) => Member { name, content: Ok(Unpacked { bytes, note: None }), listed: None },
                    None => Member { name: String::new(), content: Err(export.remark(0)), listed: None },
                })
            }
        }
    }
}

impl Open {
    fn read(mut source: Box<dyn Source>) -> Result<Self, ingest::Error> {
        let mut head = Vec::new();
        let failed = |error: std::io::Error| ingest::Error::new("cannot be read", error.to_string(), "choose it again");
        source.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(failed)?;
        source.rewind().map_err(failed)?;
        if ingest::is_apple_health(&head) {
            return ingest::read_apple_health(&mut source, &mut 0).map(|export| Self::AppleHealth(Box::new(export), 0));
        }
        ingest::members(source).map(Self::Archive)
    }

    fn n_ahead(&self) -> usize {
        match self {
            Self::Archive(members) => members.n_ahead(),
            Self::AppleHealth(export, at) => export.len().saturating_sub(*at),
        }
    }
}

impl Engine {
    pub(crate) fn open(&mut self, source: Option<Box<dyn Source>>) -> Message {
        self.archive = None;
        let Some(source) = source else { return failed("no archive", "the page sent none", "") };
        match Open::read(source) {
            Ok(open) => {
                let n_ahead = open.n_ahead();
                self.archive = Some(open);
                plain(json!({ "ahead": n_ahead }))
            }
            Err(error) => failed(&error.message, &error.cause, &error.hint),
        }
    }

    pub(crate) fn next_member(&mut self) -> Message {
        let Some(open) = &mut self.archive else { return plain(json!({ "done": true })) };
        let Some(Member { name, content, listed }) = open.next() else {
            self.archive = None;
            return plain(json!({ "done": true }));
        };
        let ahead = open.n_ahead();
        let title = listed.as_ref().and_then(|listed| listed.title.clone());
        let other_sport = listed.filter(ingest::Listed::is_not_on_foot).map(|listed| listed.sport);
        let header = json!({ "name": name, "ahead": ahead, "title": title, "sport": other_sport });
        match content {
            Ok(content) => {
                let note = content.note.map(|note| json!([note.id.name(), note.message]));
                let mut header = header;
                header["note"] = json!(note);
                (header, content.bytes)
            }
            Err(error) => {
                let mut header = header;
                header["failed"] = json!([error.message, error.cause, error.hint, error.is_other_kind]);
                plain(header)
            }
        }
    }
}
