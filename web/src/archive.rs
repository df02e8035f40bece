//! The members of an archive, one at a time. Each goes back to the page, which has another instance audit it, so that
//! what one member breaks does not end the archive.

use std::io::{Read, Seek};

use rehabrun::ingest::{self, Member, Members};
use serde_json::json;

use crate::{Engine, Message, failed, plain};

/// Where the bytes of an archive come from.
pub trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// An archive that is being visited.
pub struct Open(Members<'static>);

impl Engine {
    pub(crate) fn open(&mut self, source: Option<Box<dyn Source>>) -> Message {
        self.archive = None;
        let Some(source) = source else { return failed("no archive", "the page sent none", "") };
        match ingest::members(source) {
            Ok(members) => {
                let n_ahead = members.n_ahead();
                self.archive = Some(Open(members));
                plain(json!({ "ahead": n_ahead }))
            }
            Err(error) => failed(&error.message, &error.cause, &error.hint),
        }
    }

    pub(crate) fn next_member(&mut self) -> Message {
        let Some(Open(members)) = &mut self.archive else { return plain(json!({ "done": true })) };
        let Some(Member { name, content, listed }) = members.next() else {
            self.archive = None;
            return plain(json!({ "done": true }));
        };
        let ahead = members.n_ahead();
        let title = listed.as_ref().and_then(|listed| listed.title.clone());
        let other_sport = listed.filter(ingest::Listed::is_not_on_foot).map(|listed| listed.sport);
        let header = json!({ "name": name, "ahead": ahead, "title": title, "sport": other_sport });
        match content {
            Ok(content) => {
                let note = content.note.map(|note| json!([note.id, note.message]));
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
