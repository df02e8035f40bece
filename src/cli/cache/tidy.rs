//! Keeps the cache small: what is old goes, and the oldest when there is too much.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

/// Bytes that all entries may hold together. One run takes about 6 kB.
pub const MOST_BYTES: u64 = 512 << 20;

/// An entry that nobody used for so long goes: a season and a half.
pub const OLDEST: Duration = Duration::from_hours(180 * 24);

/// A temporary file of this age belongs to no program that is still at work.
const ABANDONED: Duration = Duration::from_hours(24);

/// One file in the cache.
struct Entry {
    path: PathBuf,
    n_bytes: u64,
    modified: SystemTime,
}

/// Removes what is too old or too much.
pub fn tidy(folder: &Path) {
    let now = SystemTime::now();
    for path in superfluous(entries(folder), now, MOST_BYTES) {
        // Another run may have been faster.
        let _ = fs::remove_file(path);
    }
}

fn entries(folder: &Path) -> Vec<Entry> {
    let files = WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let entries = files.filter_map(|entry| {
        let known = entry.metadata().ok()?;
        Some(Entry { n_bytes: known.len(), modified: known.modified().ok()?, path: entry.into_path() })
    });
    entries.collect()
}

/// What goes: what is too old, and of the rest the oldest, until a quarter of the room is free again.
fn superfluous(mut entries: Vec<Entry>, now: SystemTime, most_bytes: u64) -> Vec<PathBuf> {
    entries.sort_by(|a, b| (b.modified, &b.path).cmp(&(a.modified, &a.path)));
    let is_too_much = entries.iter().map(|entry| entry.n_bytes).sum::<u64>() > most_bytes;
    let room = if is_too_much { most_bytes / 4 * 3 } else { most_bytes };
    let mut n_bytes = 0;
    let goes = entries.into_iter().filter(|entry| {
        n_bytes += entry.n_bytes;
        let age = now.duration_since(entry.modified).unwrap_or_default();
        let is_part = entry.path.extension().is_some_and(|ending| ending == "part");
        n_bytes > room || age > if is_part { ABANDONED } else { OLDEST }
    });
    goes.map(|entry| entry.path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_and_the_oldest_go() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_hours(1_000 * 24);
        let entry = |name: &str, n_bytes, days: u64| Entry {
            path: PathBuf::from(name),
            n_bytes,
            modified: now - Duration::from_hours(days * 24),
        };
        let entries = || {
            vec![
                entry("new", 30, 0),
                entry("week", 30, 7),
                entry("month", 30, 30),
                entry("year", 1, 365),
                entry("new.part", 1, 0),
                entry("left.part", 1, 3),
            ]
        };
        assert_eq!(superfluous(entries(), now, 1000), ["left.part", "year"].map(PathBuf::from));
        assert_eq!(superfluous(entries(), now, 88), ["left.part", "month", "year"].map(PathBuf::from));
    }
}
