//! From paths to the files that are read: folders with all below them, in an order that never changes.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rehabrun::ingest::{self, limits};
use rehabrun::runner::FILE_NAME;
use walkdir::{DirEntry, WalkDir};

use super::failure::{Failure, reason};
use super::identity::FileId;

/// One thing to read.
#[derive(Debug)]
pub enum Input {
    /// Standard input.
    Standard,
    /// A file that was named itself.
    Named(PathBuf),
    /// A file in a folder.
    File(PathBuf),
    /// A file in a folder that is no activity by its name; its content is to be asked.
    Unnamed(PathBuf),
    /// A file in a folder that is no activity, whatever its name says.
    Foreign(PathBuf),
    /// Something that cannot be read, and why.
    Unreadable(PathBuf, String),
}

impl Input {
    /// The path as reports show it; `-` for standard input.
    pub fn path(&self) -> &Path {
        match self {
            Self::Standard => Path::new("-"),
            Self::Named(path)
            | Self::File(path)
            | Self::Unnamed(path)
            | Self::Foreign(path)
            | Self::Unreadable(path, _) => path,
        }
    }
}

/// Everything that the paths name, one after the other.
pub fn inputs(paths: Vec<PathBuf>) -> impl Iterator<Item = Input> + Send {
    paths.into_iter().flat_map(|path| -> Box<dyn Iterator<Item = Input> + Send> {
        if path == Path::new("-") {
            return Box::new(std::iter::once(Input::Standard));
        }
        match fs::metadata(&path) {
            Ok(known) if known.is_dir() => Box::new(in_folder(&path)),
            Ok(_) => Box::new(std::iter::once(Input::Named(path))),
            Err(error) => Box::new(std::iter::once(Input::Unreadable(path, reason(&error)))),
        }
    })
}

/// The folder that a path is, or lies in.
pub fn folder_of(path: &Path) -> &Path {
    if path.is_dir() { path } else { parent(path) }
}

/// The folder that a file lies in; a bare name lies in the working folder.
pub fn parent(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The paths that a list names, one a line; `-` is standard input.
pub fn listed(list: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut text = String::new();
    let read = if list == Path::new("-") {
        io::stdin().lock().take(limits::LIST_BYTES + 1).read_to_string(&mut text)
    } else {
        File::open(list).and_then(|file| file.take(limits::LIST_BYTES + 1).read_to_string(&mut text))
    };
    read.map_err(|error| Failure::of_file("read", list, &error))?;
    if text.len() as u64 > limits::LIST_BYTES {
        let limit = limits::LIST_BYTES >> 20;
        let cause = format!("it holds more than {limit} MiB");
        return Err(Failure::new(format!("cannot use {}", list.display()), cause, "give a list of paths, one a line"));
    }
    Ok(text.lines().filter(|line| !line.trim().is_empty()).map(PathBuf::from).collect())
}

/// The files below a folder by name. Links are followed, and each folder is visited once, however many links lead to it.
fn in_folder(folder: &Path) -> impl Iterator<Item = Input> + Send + use<> {
    let mut visited = HashSet::new();
    let shown = move |entry: &DirEntry| {
        let is_folder = entry.file_type().is_dir();
        let is_shown = entry.depth() == 0 || !(is_hidden(entry.file_name()) && is_folder);
        is_shown && (!is_folder || is_first_visit(entry, &mut visited))
    };
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(shown);
    walk.filter_map(|entry| match entry {
        Ok(entry) => in_entry(&entry),
        Err(error) if error.loop_ancestor().is_some() => None,
        Err(error) => {
            let path = error.path().unwrap_or(Path::new("?")).to_owned();
            let reason = error.io_error().map_or_else(|| error.to_string(), reason);
            Some(Input::Unreadable(path, reason))
        }
    })
}

/// The files below a folder by name that may be activities, or parts of exports, by their names alone; what cannot be read
/// is passed over.
pub fn candidates(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let mut visited = HashSet::new();
    let shown = move |entry: &DirEntry| {
        let is_shown = entry.depth() == 0 || !is_hidden(entry.file_name());
        is_shown && (!entry.file_type().is_dir() || is_first_visit(entry, &mut visited))
    };
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(shown);
    walk.filter_map(|entry| {
        let entry = entry.ok()?;
        let is_candidate = has_activity_name(entry.file_name()) || has_export_name(entry.file_name());
        (entry.file_type().is_file() && is_candidate).then(|| entry.into_path())
    })
}

/// True when a file may be one of an export by its name: its content tells.
fn has_export_name(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_ascii_lowercase();
    [".json", ".csv", ".xml"].iter().any(|extension| name.ends_with(extension))
}

/// True the first time that a folder is met. One without an identity is visited as often as it is met.
fn is_first_visit(folder: &DirEntry, visited: &mut HashSet<FileId>) -> bool {
    let id = folder.metadata().ok().and_then(|known| FileId::of_known(folder.path(), &known));
    id.is_none_or(|id| visited.insert(id))
}

fn in_entry(entry: &DirEntry) -> Option<Input> {
    let name = entry.file_name();
    if !entry.file_type().is_file() || name == FILE_NAME {
        return None;
    }
    let path = entry.path().to_owned();
    let double = name.as_encoded_bytes().starts_with(b"._");
    match (has_activity_name(name), is_hidden(name)) {
        (true, _) if double => Some(Input::Foreign(path)),
        (true, _) => Some(Input::File(path)),
        (false, true) => None,
        (false, false) => Some(Input::Unnamed(path)),
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// True when a file's name says that it is an activity, so that a damaged one is reported and not skipped.
pub fn has_activity_name(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_ascii_lowercase();
    let bare = name.strip_suffix(".gz").unwrap_or(&name);
    [".fit", ".gpx", ".tcx", ".zip"].iter().any(|extension| bare.ends_with(extension))
}

/// True when the first bytes of a file are those of an activity, or of an archive.
pub fn has_activity_content(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(limits::HEAD_BYTES).read_to_end(&mut head));
    read.is_ok() && (ingest::is_archive(&head) || ingest::is_activity(&head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_activities() {
        for name in ["a.fit", "A.FIT", "b.gpx.gz", "c.tcx", "export.zip"] {
            assert!(has_activity_name(OsStr::new(name)), "{name}");
        }
        for name in ["fit", "a.csv", "a.fit.txt", "photo.jpg", "b.gz"] {
            assert!(!has_activity_name(OsStr::new(name)), "{name}");
        }
    }
}
