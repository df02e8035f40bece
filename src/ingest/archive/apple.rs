//! The workouts of an Apple Health export inside an archive, each as a member of its own.

use std::collections::HashMap;
use std::io::Read;

use super::{Level, Member, Place};
use crate::ingest::{Unpacked, apple, limits};

/// Files that may be `export.xml`, which has another name in each language, that are looked into.
const MOST_LOOKS: usize = 16;

/// An export on its way to be visited.
pub struct Apple {
    export: apple::Export,
    next: usize,
    n_routes: usize,
    /// The files of the archive by their path in it.
    routes: HashMap<String, Place>,
    /// The folder of the export in the archive.
    folder: String,
}

impl Apple {
    /// How many workouts are still to be visited.
    pub fn n_ahead(&self) -> usize {
        self.export.len().saturating_sub(self.next)
    }
}

impl Level<'_> {
    /// Reads the export that the archive holds, where it holds one, and takes its files out of those to be visited.
    pub fn read_apple(&mut self, unpacked: &mut u64) {
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
                    self.apple = Some(self.claim(export, folder));
                }
                Err(error) => self.faults.push(Member { name, content: Err(error), listed: None }),
            }
            return;
        }
    }

    /// Keeps the places of all routes that the export names, so that none is visited as a run of its own.
    fn claim(&mut self, export: apple::Export, folder: String) -> Apple {
        let mut places: HashMap<&str, &Place> = self.ahead.iter().map(|(name, place)| (name.as_str(), place)).collect();
        let mut routes = HashMap::new();
        for path in (0..export.len()).flat_map(|at| export.routes(at)) {
            let name = format!("{folder}{}", path.trim_start_matches('/'));
            if let Some(place) = places.remove(name.as_str()) {
                routes.insert(name, place.clone());
            }
        }
        self.ahead.retain(|(name, _)| !routes.contains_key(name));
        Apple { export, next: 0, n_routes: 0, routes, folder }
    }

    /// The next workout, and behind the last one what is to be said of the export.
    pub fn next_workout(&mut self, unpacked: &mut u64) -> Option<Member> {
        if let Some(fault) = self.faults.pop() {
            return Some(fault);
        }
        let mut apple = self.apple.take()?;
        let at = apple.next;
        apple.next += 1;
        let Some((name, bytes)) = apple.export.excerpt(at, |path| {
            let place = apple.routes.get(&format!("{}{}", apple.folder, path.trim_start_matches('/')))?;
            let mut bytes = Vec::new();
            self.with_content(place, |content| content.take(limits::ACTIVITY_BYTES / 4).read_to_end(&mut bytes).ok());
            *unpacked += bytes.len() as u64;
            apple.n_routes += usize::from(!bytes.is_empty());
            Some(bytes)
        }) else {
            self.export = None;
            let name = format!("{}Apple Health export", self.path);
            return Some(Member { name, content: Err(apple.export.remark(apple.n_routes)), listed: None });
        };
        let name = format!("{}{name}", apple.folder);
        self.apple = Some(apple);
        Some(Member { name, content: Ok(Unpacked { bytes, note: None }), listed: None })
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
