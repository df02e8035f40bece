//! The members of an archive, or the workouts of an unpacked Apple Health export, one at a time. Each goes back to the page,
//! which has another instance audit it, so that what one member breaks does not end the archive.

use std::io::{Read, Seek};
use std::path::{Component, Path};

use rehabrun::ingest::limits::HEAD_BYTES;
use rehabrun::ingest::{self, AppleHealth, Member, Members, Unpacked};
use serde_json::json;

use crate::{Engine, Message, failed, plain};

/// Where the bytes of an archive come from.
pub trait Source: Read + Seek {
    /// The bytes of a file beside an export, by the path that the export has for it; `None` where the page has none.
    fn beside(&self, path: &str) -> Option<Vec<u8>>;
}

/// What is being visited.
pub enum Open {
    Archive(Members<'static>),
    /// The workouts of an export.
    AppleHealth(Box<Workouts>),
}

/// The workouts of an export on their way to be visited.
pub struct Workouts {
    export: AppleHealth,
    next: usize,
    n_routes: usize,
    source: Box<dyn Source>,
}

impl Workouts {
    /// Where a route lies that the export names; never outside of its folder.
    fn inside(path: &str) -> Option<&str> {
        let path = path.trim_start_matches('/');
        let is_inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        is_inside.then_some(path)
    }

    /// The paths of all routes.
    fn routes(&self) -> Vec<&str> {
        let all = (0..self.export.len()).flat_map(|at| self.export.routes(at));
        all.filter_map(|path| Self::inside(path)).collect()
    }
}

impl Iterator for Workouts {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        let at = self.next;
        self.next += 1;
        if at > self.export.len() {
            return None;
        }
        let excerpt = self.export.excerpt(at, |path| {
            let bytes = self.source.beside(Self::inside(path)?)?;
            self.n_routes += 1;
            Some(bytes)
        });
        Some(match excerpt {
            Some((name, bytes)) => Member { name, content: Ok(Unpacked { bytes, note: None }), listed: None },
            None => Member { name: String::new(), content: Err(self.export.remark(self.n_routes)), listed: None },
        })
    }
}

impl Iterator for Open {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        match self {
            Self::Archive(members) => members.next(),
            Self::AppleHealth(workouts) => workouts.next(),
        }
    }
}

impl Open {
    /// Opens an archive, of which one member may be all that is wanted, or an export.
    fn read(mut source: Box<dyn Source>, only: Option<&str>) -> Result<Self, ingest::Error> {
        let mut head = Vec::new();
        let failed = |error: std::io::Error| ingest::Error::new("cannot be read", error.to_string(), "choose it again");
        source.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(failed)?;
        source.rewind().map_err(failed)?;
        if ingest::is_apple_health(&head) {
            let export = ingest::read_apple_health(&mut source, &mut 0)?;
            return Ok(Self::AppleHealth(Box::new(Workouts { export, next: 0, n_routes: 0, source })));
        }
        let members = ingest::members(source)?;
        Ok(Self::Archive(match only {
            Some(name) => members.only(name),
            None => members,
        }))
    }

    fn n_ahead(&self) -> usize {
        match self {
            Self::Archive(members) => members.n_ahead(),
            Self::AppleHealth(workouts) => workouts.export.len().saturating_sub(workouts.next),
        }
    }

    /// The paths of the routes of an export that is not packed.
    fn routes(&self) -> Option<Vec<&str>> {
        match self {
            Self::Archive(_) => None,
            Self::AppleHealth(workouts) => Some(workouts.routes()),
        }
    }
}

impl Engine {
    pub(crate) fn open(&mut self, source: Option<Box<dyn Source>>, only: Option<&str>) -> Message {
        self.archive = None;
        let Some(source) = source else { return failed("no archive", "the page sent none", "") };
        match Open::read(source, only) {
            Ok(open) => {
                let header = json!({ "ahead": open.n_ahead(), "routes": open.routes() });
                self.archive = Some(open);
                plain(header)
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
