//! Refuses outputs that would replace something that the program reads.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use rehabrun::ingest::LISTING_NAME;
use rehabrun::runner::FILE_NAME;
use walkdir::WalkDir;

use super::failure::Failure;
use super::files;
use super::identity::FileId;
use super::output;

/// Refuses an output that is one of the inputs, an activity in a folder among them, or a runner's file.
///
/// `paths` are files and folders with activities, `beside` other files that are read: lists and runner's files. Links and
/// hard links to an input count as the input. A report of an earlier run is none, wherever it lies.
pub fn refuse_input(to: Option<&Path>, paths: &[PathBuf], beside: &[Option<&Path>]) -> Result<(), Failure> {
    let Some(to) = output::to_file(to) else { return Ok(()) };
    let Some(target) = fs::metadata(to).ok().filter(fs::Metadata::is_file) else { return Ok(()) };
    let target = FileId::of_known(to, &target);
    let is_target = |path: &Path| target.is_some() && FileId::of(path) == target;
    let refused = |what: &str| {
        let cause = format!("it is {what}, and a report would replace it");
        Err(Failure::new(format!("cannot write {}", to.display()), cause, "give another name to -o"))
    };
    if to.file_name() == Some(OsStr::new(FILE_NAME)) || runners_files(paths).any(|path| is_target(&path)) {
        return refused("a runner's file");
    }
    if beside.iter().flatten().any(|path| is_target(path)) || paths.iter().any(|path| is_target(path)) {
        return refused("an input");
    }
    let folders = paths.iter().filter(|path| path.is_dir());
    for entry in folders.flat_map(|folder| WalkDir::new(folder).follow_links(true)).filter_map(Result::ok) {
        if entry.file_type().is_file() && is_target(entry.path()) && is_read(entry.path()) {
            return refused("an input");
        }
    }
    Ok(())
}

/// The runner's files that may apply to activities in the given places.
fn runners_files(paths: &[PathBuf]) -> impl Iterator<Item = PathBuf> {
    let folders = paths.iter().filter_map(|path| std::path::absolute(files::folder_of(path)).ok());
    folders.flat_map(|folder| folder.ancestors().map(|at| at.join(FILE_NAME)).collect::<Vec<_>>())
}

/// True for a file in a folder that is read as an activity, an archive, a list of activities or a runner's file.
fn is_read(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name == FILE_NAME || name == LISTING_NAME || files::has_activity_name(name) || files::has_activity_content(path)
}
