//! The members of an archive, or the sessions of an unpacked export, one at a time. Each goes back to the page, which has
//! another instance audit it, so that what one member breaks does not end the archive.

use std::io::{Read, Seek};
use std::path::{Component, Path};

use rehabrun::ingest::limits::HEAD_BYTES;
use rehabrun::ingest::{self, AppleHealth, Bundle, Member, Members, Unpacked, bundle_root};
use serde_json::{Value, json};

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
    /// The sessions of an export that lie scattered over several files.
    Bundle(Box<Scattered>),
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
        let all = self.export.routes();
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

/// The sessions of an export on their way to be visited.
pub struct Scattered {
    bundle: Bundle,
    /// The files that are read with a session, by their paths below the root.
    parts: Vec<String>,
    is_done: bool,
    source: Box<dyn Source>,
}

impl Scattered {
    /// Opens the export of which one file, of all that lie below its root, is a list.
    fn open(source: Box<dyn Source>, list: &str, names: &[&str]) -> Option<Self> {
        let (maker, _) = bundle_root(list)?;
        let mut names = names.to_vec();
        names.sort_unstable();
        let bundle = Bundle::open(maker, &names, &mut |name| source.beside(name));
        let parts = names.into_iter().filter(|name| bundle.is_part(name)).map(str::to_owned).collect();
        Some(Self { bundle, parts, is_done: false, source })
    }
}

impl Iterator for Scattered {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        let Self { bundle, is_done, source, .. } = self;
        if *is_done {
            return None;
        }
        if let Some((name, bytes)) = bundle.next_excerpt(&mut |name| source.beside(name)) {
            return Some(Member { name, content: Ok(Unpacked { bytes, note: None }), listed: None });
        }
        *is_done = true;
        Some(Member { name: String::new(), content: Err(bundle.remark()), listed: None })
    }
}

impl Iterator for Open {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        match self {
            Self::Archive(members) => members.next(),
            Self::AppleHealth(workouts) => workouts.next(),
            Self::Bundle(sessions) => sessions.next(),
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
            Self::Bundle(sessions) => sessions.bundle.n_ahead(),
        }
    }

    /// The name of an export that is not packed, and the paths of its files that are read with its sessions.
    fn export(&self) -> Option<(&'static str, Vec<&str>)> {
        match self {
            Self::Archive(_) => None,
            Self::AppleHealth(workouts) => Some(("Apple Health", workouts.routes())),
            Self::Bundle(sessions) => {
                Some((sessions.bundle.maker().name(), sessions.parts.iter().map(String::as_str).collect()))
            }
        }
    }
}

impl Engine {
    /// Opens an archive or an export; `list` is the file by which an export that lies scattered is known, of all `names`.
    pub(crate) fn open(&mut self, source: Option<Box<dyn Source>>, request: &Value) -> Message {
        self.archive = None;
        let Some(source) = source else { return failed("no archive", "the page sent none", "") };
        let opened = match request["list"].as_str() {
            None => Open::read(source, request["only"].as_str()),
            Some(list) => {
                let names: Vec<&str> =
                    request["names"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                let open = Scattered::open(source, list, &names).map(|sessions| Open::Bundle(Box::new(sessions)));
                open.ok_or_else(|| ingest::Error::new("no export", format!("{list} is no list of one"), ""))
            }
        };
        match opened {
            Ok(open) => {
                let export = open.export();
                let header = json!({
                    "ahead": open.n_ahead(),
                    "export": export.as_ref().map(|(name, _)| name),
                    "parts": export.as_ref().map(|(_, parts)| parts),
                });
                self.archive = Some(open);
                plain(header)
            }
            Err(error) => failed(&error.message, &error.cause, &error.hint),
        }
    }

    /// The lists among files by which scattered exports are known, each with the root of its export.
    pub(crate) fn lists(request: &Value) -> Message {
        let paths = request["paths"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let roots = paths.filter_map(|path| Some((path, bundle_root(path)?.1)));
        plain(json!({ "lists": roots.collect::<Vec<_>>() }))
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
