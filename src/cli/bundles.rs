//! Exports in folders whose sessions lie scattered over several files.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rehabrun::ingest::{Bundle, BundleMaker, Member, Unpacked, bundle_root, limits};
use walkdir::WalkDir;

use super::whole::whole;

/// How many folders above a file are looked at for a list of sessions.
const MOST_ABOVE: usize = 3;

/// The exports that were met among the files of a walk.
#[derive(Default)]
pub struct Bundles {
    /// The root of the export that each folder belongs to, as its own lists tell.
    looked: HashMap<PathBuf, Option<(BundleMaker, PathBuf)>>,
    /// The roots that were opened, and the files that are read with their sessions.
    opened: HashSet<PathBuf>,
    parts: HashSet<PathBuf>,
}

/// What a file of a walk is to the exports.
pub enum Met {
    /// The first file of an export: its sessions and its root.
    First(Box<Sessions>, PathBuf),
    /// A file that is read with a session.
    Part,
    /// Nothing.
    Other,
}

impl Bundles {
    /// What a file is; the first one of an export opens it.
    pub fn meet(&mut self, path: &Path) -> Met {
        if self.parts.contains(path) {
            return Met::Part;
        }
        let Some((maker, root)) = self.root(path) else { return Met::Other };
        if !self.opened.insert(root.clone()) {
            return Met::Other;
        }
        let sessions = Sessions::open(maker, &root);
        self.parts.extend(sessions.parts());
        Met::First(Box::new(sessions), root)
    }

    /// The export that a file lies in.
    pub fn root(&mut self, path: &Path) -> Option<(BundleMaker, PathBuf)> {
        let above = path.ancestors().skip(1).take(MOST_ABOVE).filter(|folder| !folder.as_os_str().is_empty());
        let mut found =
            above.filter_map(|folder| self.looked.entry(folder.to_owned()).or_insert_with(|| root_by(folder)).clone());
        found.find(|(_, root)| path.starts_with(root))
    }
}

/// The export whose root is this very folder.
pub fn at_root(folder: &Path) -> Option<BundleMaker> {
    let below = fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir());
    let mut found = std::iter::once(folder.to_owned()).chain(below).filter_map(|folder| root_by(&folder));
    found.find(|(_, root)| root == folder).map(|(maker, _)| maker)
}

/// The root of the export whose lists lie in a folder.
fn root_by(folder: &Path) -> Option<(BundleMaker, PathBuf)> {
    let entries = fs::read_dir(folder).ok()?;
    let parent = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut roots = entries.filter_map(|entry| {
        // A list is known by its name and that of its folder.
        let path = format!("{parent}/{}", entry.ok()?.file_name().to_string_lossy());
        let (maker, root) = bundle_root(&path)?;
        let n_above = usize::from(root.is_empty());
        Some((maker, folder.ancestors().nth(n_above)?.to_owned()))
    });
    let (maker, root) = roots.next()?;
    Some((maker, if root.as_os_str().is_empty() { PathBuf::from(".") } else { root }))
}

/// The sessions of an export in a folder, and what is to be said of it behind the last one.
pub struct Sessions {
    bundle: Bundle,
    root: PathBuf,
    names: HashSet<String>,
    is_done: bool,
}

impl Sessions {
    /// Opens the export with its root at a folder.
    pub fn open(maker: BundleMaker, root: &Path) -> Self {
        let files = WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok);
        let name = |path: &Path| {
            let parts: Option<Vec<&str>> = path.strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
            Some(parts?.join("/"))
        };
        let files = files.filter(|entry| entry.file_type().is_file());
        let names: HashSet<String> =
            files.filter_map(|entry| name(entry.path())).take(limits::ARCHIVE_MEMBERS).collect();
        let mut sorted: Vec<&str> = names.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        let bundle = Bundle::open(maker, &sorted, &mut |name| read(root, &names, name));
        Self { bundle, root: root.to_owned(), names, is_done: false }
    }

    /// The files that are read with a session.
    fn parts(&self) -> impl Iterator<Item = PathBuf> {
        self.names.iter().filter(|name| self.bundle.is_part(name)).map(|name| self.root.join(name))
    }

    /// The name of the export.
    pub const fn maker(&self) -> &'static str {
        self.bundle.maker().name()
    }

    /// How many are to come.
    pub fn n_ahead(&self) -> usize {
        self.bundle.n_ahead()
    }
}

impl Iterator for Sessions {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        let Self { bundle, root, names, is_done } = self;
        if *is_done {
            return None;
        }
        if let Some((name, bytes)) = bundle.next_excerpt(&mut |name| read(root, names, name)) {
            return Some(Member { name, content: Ok(Unpacked { bytes, note: None }), listed: None });
        }
        *is_done = true;
        Some(Member { name: String::new(), content: Err(bundle.remark()), listed: None })
    }
}

/// Reads a file of the export; a name that a table makes up leads nowhere.
fn read(root: &Path, names: &HashSet<String>, name: &str) -> Option<Vec<u8>> {
    let path = names.get(name).map(|name| root.join(name))?;
    whole(File::open(path).ok()?).ok()
}
