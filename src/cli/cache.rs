//! What was found in files, kept for the next time the same files are audited in the same way.
//!
//! An entry is found and opened by the content of the activity, the settings and the program itself. Nothing in it can
//! be read without the activity: it is sealed under a key that is made of the activity's bytes, and so is its name.

mod seal;
mod tidy;

use std::env;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use etcetera::BaseStrategy;
use rehabrun::report::{self, stored};

use seal::Key;

/// The variable that names another folder for the cache.
pub const VARIABLE: &str = "REHABRUN_CACHE_DIR";

/// The folder within the cache, which tells the layout of entries.
const LAYOUT: &str = "v2";

/// As many files are audited before the cache is looked at: auditing a few is as quick as opening the cache, and leaves
/// nothing behind.
const FIRST: usize = 16;

/// An entry whose last use is older than this is marked as in use.
const FRESH: Duration = Duration::from_hours(24);

/// A cache, which is opened when the first files are done.
pub struct Cache {
    holds: Holds,
    n_asked: AtomicUsize,
    opened: OnceLock<Option<Store>>,
}

impl Cache {
    /// The cache of this user.
    pub const fn new(holds: Holds) -> Self {
        Self { holds, n_asked: AtomicUsize::new(0), opened: OnceLock::new() }
    }

    /// The open cache for one file more. `None` for the first ones, and where there is no place for a cache.
    pub fn store_once_warm(&self) -> Option<&Store> {
        if self.n_asked.fetch_add(1, Ordering::Relaxed) < FIRST {
            return None;
        }
        self.opened.get_or_init(|| Store::open(self.holds)).as_ref()
    }

    /// Ends the use of the cache: what is too much or too old in it goes.
    pub fn close(self) {
        if let Some(store) = self.opened.into_inner().flatten().filter(|store| store.has_grown.load(Ordering::Relaxed))
        {
            tidy::tidy(&store.folder);
        }
    }
}

/// What is kept of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// What the report says of it.
    Files,
    /// That, and its runs as the weeks need them.
    FilesAndRuns,
}

impl Holds {
    /// A part of the key: one file has an entry of each kind.
    const fn tag(self) -> [u8; 32] {
        [self as u8; 32]
    }
}

/// An open cache. Nothing that goes wrong in it is an error: what cannot be had from it is made anew.
pub struct Store {
    holds: Holds,
    folder: PathBuf,
    program: [u8; 32],
    has_grown: AtomicBool,
}

impl Store {
    fn open(holds: Holds) -> Option<Self> {
        let folder = folder()?.join(LAYOUT);
        fs::create_dir_all(&folder).ok()?;
        Some(Self { holds, folder, program: program()?, has_grown: AtomicBool::new(false) })
    }

    /// What was found in a file of this content with these settings.
    pub fn get(&self, content: &[u8; 32], settings: &[u8; 32]) -> Option<report::File> {
        let key = self.key(content, settings);
        let path = self.path(&key);
        let entry = read(&path)?;
        let bytes = key.open(&entry)?;
        let found = match self.holds {
            Holds::Files => stored::from_bytes(&bytes),
            Holds::FilesAndRuns => stored::with_runs_from_bytes(&bytes),
        }?;
        keep_fresh(&path);
        Some(found)
    }

    /// Keeps what was found. Another run that does the same at the same time writes the same.
    pub fn put(&self, content: &[u8; 32], settings: &[u8; 32], found: &report::File) {
        let key = self.key(content, settings);
        let bytes = match self.holds {
            Holds::Files => stored::to_bytes(found),
            Holds::FilesAndRuns => stored::with_runs_to_bytes(found)
                .filter(|bytes| stored::with_runs_from_bytes(bytes).as_ref() == Some(found)),
        };
        let Some(bytes) = bytes.filter(|bytes| bytes.len() as u64 <= MOST_ENTRY_BYTES) else {
            return;
        };
        let sealed = key.seal(&bytes);
        if sealed.is_some_and(|entry| write(&self.path(&key), &entry).is_ok()) {
            self.has_grown.store(true, Ordering::Relaxed);
        }
    }

    /// True where an entry holds the runs of a file, too.
    pub fn holds_runs(&self) -> bool {
        self.holds == Holds::FilesAndRuns
    }

    fn key(&self, content: &[u8; 32], settings: &[u8; 32]) -> Key {
        Key::of(&[&self.program, content, settings, &self.holds.tag()])
    }

    /// Entries lie in 256 folders, as some systems are slow with a hundred thousand files in one.
    fn path(&self, key: &Key) -> PathBuf {
        let name = key.name();
        self.folder.join(&name[..2]).join(name)
    }
}

/// The folder that the variable names, else the one that the platform has for this.
fn folder() -> Option<PathBuf> {
    let named = env::var_os(VARIABLE).filter(|named| !named.is_empty()).map(PathBuf::from);
    named.or_else(|| Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("rehabrun")))
}

/// The hash of the running program: any change to it may change what it finds.
fn program() -> Option<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(env::current_exe().ok()?).ok()?).ok()?;
    Some(hasher.finalize().into())
}

/// Bytes that one entry may hold. A run takes about 6 kB, a week of 50 000 bouts about 5 MB.
const MOST_ENTRY_BYTES: u64 = 32 << 20;

/// The bytes of an entry. Anything but a regular file of the size of an entry is a miss: a pipe would never end.
fn read(path: &Path) -> Option<Vec<u8>> {
    let known = fs::symlink_metadata(path).ok()?;
    if !known.is_file() || known.len() > 2 * MOST_ENTRY_BYTES {
        return None;
    }
    let mut bytes = Vec::with_capacity(known.len() as usize);
    File::open(path).ok()?.take(2 * MOST_ENTRY_BYTES).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Marks an entry as used, so that the oldest are those that nobody uses.
fn keep_fresh(path: &Path) {
    let age = |path: &Path| fs::metadata(path).ok()?.modified().ok()?.elapsed().ok();
    if age(path).is_some_and(|age| age > FRESH) {
        let _ = File::options().append(true).open(path).and_then(|file| file.set_modified(SystemTime::now()));
    }
}

/// Writes beside and renames, so that an entry is there whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    let ending = format!("{}-{}.part", std::process::id(), WRITTEN.fetch_add(1, Ordering::Relaxed));
    let temporary = path.with_extension(ending);
    fs::create_dir_all(path.parent().ok_or(io::ErrorKind::InvalidInput)?)?;
    let written = fs::write(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}
