//! Sessions that lie scattered over the files of an archive, each as a member of its own.

use std::collections::HashMap;
use std::io::Read;

use super::super::Member;
use super::super::loose::Place;
use super::Level;
use crate::ingest::{Bundle, BundleMaker, Unpacked, apple, bundle_root, limits};

/// Files that may be `export.xml`, which has another name in each language, that are looked into.
const MOST_LOOKS: usize = 16;
/// Exports whose files are listed apart in one archive: those of a few patients.
const MOST_BUNDLES: usize = 64;

/// An export on its way to be visited.
pub struct Joined {
    export: Export,
    /// The files of its sessions, by their paths below the folder.
    places: HashMap<String, Place>,
    /// The folder of the export in the archive.
    folder: String,
}

enum Export {
    /// An Apple Health export, the next of its workouts, and how many routes were read.
    Apple { export: Box<apple::Export>, next: usize, n_routes: usize },
    /// An export with lists.
    Bundle(Box<Bundle>),
}

impl Joined {
    /// How many sessions are still to be visited.
    pub fn n_ahead(&self) -> usize {
        match &self.export {
            Export::Apple { export, next, .. } => export.len().saturating_sub(*next),
            Export::Bundle(bundle) => bundle.n_ahead(),
        }
    }

    /// The next session as a file of its own, by its name in the folder.
    fn next(&mut self, read: &mut dyn FnMut(&Place) -> Option<Vec<u8>>) -> Option<(String, Vec<u8>)> {
        let places = &self.places;
        match &mut self.export {
            Export::Apple { export, next, n_routes } => {
                let at = *next;
                *next += 1;
                export.excerpt(at, |path| {
                    let bytes = read(places.get(path.trim_start_matches('/'))?)?;
                    *n_routes += usize::from(!bytes.is_empty());
                    Some(bytes)
                })
            }
            Export::Bundle(bundle) => bundle.next_excerpt(&mut |name| read(places.get(name)?)),
        }
    }

    /// What is to be said of the whole export.
    fn remark(&self, path: &str) -> Member {
        let (name, error) = match &self.export {
            Export::Apple { export, n_routes, .. } => ("Apple Health", export.remark(*n_routes)),
            Export::Bundle(bundle) => (bundle.maker().name(), bundle.remark()),
        };
        Member { name: format!("{path}{name} export"), content: Err(error), listed: None }
    }
}

impl Level<'_> {
    /// Reads the lists of the exports that the archive holds, and takes their files out of those to be visited.
    pub fn find_joined(&mut self, unpacked: &mut u64) {
        self.read_apple(unpacked);
        let mut roots: Vec<(BundleMaker, String)> = Vec::new();
        for (name, _) in self.ahead.iter().rev() {
            let Some((maker, root)) = bundle_root(&name[self.path.len()..]) else { continue };
            let root = (maker, format!("{}{root}", self.path));
            if !roots.contains(&root) && roots.len() < MOST_BUNDLES {
                roots.push(root);
            }
        }
        for (maker, folder) in roots {
            self.read_bundle(maker, folder, unpacked);
        }
        self.joined.reverse();
    }

    fn read_apple(&mut self, unpacked: &mut u64) {
        let is_xml = |name: &str| name.len() > 4 && name[name.len() - 4..].eq_ignore_ascii_case(".xml");
        let named = self.ahead.iter().rev().filter(|(name, _)| name.is_char_boundary(name.len().saturating_sub(4)));
        let candidates: Vec<_> = named.filter(|(name, _)| is_xml(name)).take(MOST_LOOKS).cloned().collect();
        for (name, place) in candidates {
            let outcome = self.with_content(&place, |content| {
                let mut head = Vec::new();
                Read::take(&mut *content, limits::HEAD_BYTES).read_to_end(&mut head).ok()?;
                apple::sniff(&head).then(|| apple::read(&mut head.chain(content), unpacked))
            });
            let Some(outcome) = outcome.flatten() else { continue };
            self.ahead.retain(|(other, _)| *other != name);
            match outcome {
                Ok(export) => {
                    let folder = name.rfind('/').map_or(String::new(), |slash| name[..=slash].to_owned());
                    // All routes that the export names, so that none is visited as a run of its own.
                    let routes = export.routes();
                    let mut routes: Vec<String> = routes.map(|path| path.trim_start_matches('/').to_owned()).collect();
                    routes.sort_unstable();
                    let places =
                        self.claim(&folder, |name| routes.binary_search_by(|route| route.as_str().cmp(name)).is_ok());
                    let export = Export::Apple { export: Box::new(export), next: 0, n_routes: 0 };
                    self.joined.push(Joined { export, places, folder });
                }
                Err(error) => self.faults.push(Member { name, content: Err(error), listed: None }),
            }
            return;
        }
    }

    fn read_bundle(&mut self, maker: BundleMaker, folder: String, unpacked: &mut u64) {
        let below = self.ahead.iter().filter_map(|(name, place)| Some((name.strip_prefix(&*folder)?, place)));
        let places: HashMap<String, Place> = below.map(|(name, place)| (name.to_owned(), place.clone())).collect();
        let mut names: Vec<&str> = places.keys().map(String::as_str).collect();
        names.sort_unstable();
        let bundle = Bundle::open(maker, &names, &mut |name| self.content(places.get(name)?, unpacked));
        let places = self.claim(&folder, |name| bundle.is_part(name));
        self.joined.push(Joined { export: Export::Bundle(Box::new(bundle)), places, folder });
    }

    /// Takes the files of an export out of those to be visited: their places by their paths below its folder.
    fn claim(&mut self, folder: &str, is_part: impl Fn(&str) -> bool) -> HashMap<String, Place> {
        let mut places = HashMap::new();
        self.ahead.retain(|(name, place)| {
            let part = name.strip_prefix(folder).filter(|name| is_part(name));
            places.extend(part.map(|name| (name.to_owned(), place.clone())));
            part.is_none()
        });
        places
    }

    /// The next session, and behind the last one what is to be said of the export.
    pub fn next_joined(&mut self, unpacked: &mut u64) -> Option<Member> {
        if let Some(fault) = self.faults.pop() {
            return Some(fault);
        }
        let mut joined = self.joined.pop()?;
        let Some((name, bytes)) = joined.next(&mut |place| self.content(place, unpacked)) else {
            self.export = None;
            return Some(joined.remark(&self.path));
        };
        let name = format!("{}{name}", joined.folder);
        self.joined.push(joined);
        Some(Member { name, content: Ok(Unpacked { bytes, note: None }), listed: None })
    }

    /// The content of a member, as far as it can be had.
    fn content(&mut self, place: &Place, unpacked: &mut u64) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let limit = limits::ACTIVITY_BYTES / 4;
        self.with_content(place, |content| content.take(limit).read_to_end(&mut bytes).ok());
        *unpacked += bytes.len() as u64;
        (!bytes.is_empty()).then_some(bytes)
    }

    /// Hands over the content of a member; `None` where it cannot be had.
    fn with_content<T>(&mut self, place: &Place, use_it: impl FnOnce(&mut dyn Read) -> T) -> Option<T> {
        match place {
            Place::Listed(index) => {
                let mut file = self.archive.as_mut()?.by_index(*index).ok().filter(|file| !file.is_dir())?;
                Some(use_it(&mut file))
            }
            Place::Loose(member) => Some(use_it(&mut member.open(&mut self.source).ok()?)),
        }
    }
}
