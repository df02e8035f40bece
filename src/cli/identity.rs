//! Which file a path leads to, through links and hard links.

use std::fs::Metadata;
use std::path::Path;

/// What two paths to the same file have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FileId(Inner);

/// Unix numbers every file. Elsewhere the path without links identifies it, which misses hard links.
#[cfg(unix)]
type Inner = (u64, u64);
#[cfg(not(unix))]
type Inner = std::path::PathBuf;

impl FileId {
    /// The file or folder that a path leads to; `None` where there is none.
    pub fn of(path: &Path) -> Option<Self> {
        Self::of_known(path, &std::fs::metadata(path).ok()?)
    }

    /// The same where the metadata are at hand.
    #[cfg(unix)]
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere a path may have no identity")]
    pub fn of_known(_path: &Path, metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self((metadata.dev(), metadata.ino())))
    }

    /// The same where the metadata are at hand.
    #[cfg(not(unix))]
    pub fn of_known(path: &Path, _metadata: &Metadata) -> Option<Self> {
        path.canonicalize().ok().map(Self)
    }
}
