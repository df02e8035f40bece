//! The names of an archive's members: fit to be shown, each one of its own, and what they say of the content.

use std::collections::HashMap;

use super::loose::{Loose, Place};
use crate::ingest::limits;
use crate::units::is_control_or_bidi;

/// Adds members, each under a name of its own: `run (2).fit` where `run.fit` is taken.
pub fn name_apart(path: &str, loose: Vec<Loose>, ahead: &mut Vec<(String, Place)>) {
    if loose.is_empty() {
        return;
    }
    let mut taken: HashMap<String, usize> = ahead.iter().map(|(name, _)| (name.clone(), 1)).collect();
    for member in loose {
        let name = displayed(path, &member.name);
        let n = taken.entry(name.clone()).or_insert(0);
        *n += 1;
        let file_at = name.rfind('/').map_or(0, |slash| slash + 1);
        let dot = name[file_at..].find('.').map_or(name.len(), |dot| file_at + dot);
        let apart = if *n == 1 { name } else { format!("{} ({n}){}", &name[..dot], &name[dot..]) };
        ahead.push((apart, Place::Loose(Box::new(member))));
    }
}

/// True when the name says that a member is an activity, so that a damaged one is reported and not skipped.
pub fn is_activity_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".fit", ".gpx", ".tcx"].iter().any(|extension| name.ends_with(extension))
}

/// True for the hidden doubles that one operating system adds to archives, under the same names.
pub fn is_resource_fork(name: &str) -> bool {
    name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|file| file.starts_with("._"))
}

/// A member's path made fit to be shown: no control characters, no characters that turn the direction of writing.
pub fn displayed(path: &str, raw: &[u8]) -> String {
    let name = String::from_utf8_lossy(raw);
    let shown = name.chars().take(limits::NAME_CHARS).map(|c| match c {
        '\\' => '/',
        c if is_control_or_bidi(c) => '\u{fffd}',
        c => c,
    });
    path.chars().chain(shown).collect()
}
