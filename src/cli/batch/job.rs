//! One activity to audit, by whichever thread is free.

use std::io::Cursor;
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{fs, mem};

use rehabrun::auditor::{CacheKey, Settings, audit_content};
use rehabrun::history::Run;
use rehabrun::ingest::{Error, Listed, Unpacked};
use rehabrun::model::NoteId;
use rehabrun::report::{File, Status, add_symptoms_to_file};

use super::super::cache::{Cache, Store};
use super::super::catch_panics::catch_panics;
use super::super::open;
use super::gate::Permit;

/// One thing to do.
pub enum Job {
    /// Nothing is left to do.
    Done(File),
    /// An activity is to be read and audited.
    Audit(Activity),
}

/// One activity, and how to audit it.
pub struct Activity {
    /// The path as the report shows it.
    pub path: String,
    /// What is in it.
    pub content: Content,
    /// The runner's settings.
    pub runner: Runner,
    /// What the list of a bulk export says of it.
    pub listed: Option<Listed>,
    /// True when somebody asked for this very file.
    pub is_named: bool,
    /// The room in memory that it may take.
    pub permit: Permit,
}

/// Where the bytes of an activity are.
pub enum Content {
    /// On the disk.
    File(fs::File),
    /// In memory.
    Bytes(Result<Unpacked, Error>),
}

impl Content {
    /// How many bytes it has once it is unpacked, as far as can be told without unpacking it.
    pub fn n_bytes(&self) -> u64 {
        match self {
            Self::File(file) => open::unpacked_size(file).unwrap_or(0),
            Self::Bytes(Ok(unpacked)) => open::unpacked_size(Cursor::new(&unpacked.bytes)).unwrap_or(0),
            Self::Bytes(Err(_)) => 0,
        }
    }
}

/// The settings of one runner.
#[derive(Clone)]
pub struct Runner {
    /// The settings.
    pub settings: Arc<Settings>,
    /// The hash of [`Settings::fingerprint`].
    pub fingerprint: [u8; 32],
}

/// What became of one file.
pub struct Audited {
    /// What the report says of it.
    pub file: File,
    /// The runs in it; none when it comes from a cache without them.
    pub runs: Vec<Run>,
    /// How long it took.
    pub took: Duration,
    /// What its content and the runner's settings are known by, where there was something to audit.
    pub cache_key: Option<CacheKey>,
    /// True when somebody asked for this very file.
    pub is_named: bool,
}

impl Runner {
    /// A runner by the settings.
    pub fn new(settings: Arc<Settings>) -> Self {
        let fingerprint = blake3::hash(&settings.fingerprint()).into();
        Self { settings, fingerprint }
    }
}

impl Job {
    /// A file with nothing to read in it, and why.
    pub fn skipped(path: &str, id: NoteId, reason: &str) -> Self {
        Self::Done(File::skipped(path, id, reason))
    }

    /// A file that cannot be read.
    pub fn failed(path: &str, error: &Error) -> Self {
        Self::Done(File::failed(path, error))
    }

    /// Does it.
    pub fn work(self, cache: Option<&Cache>) -> Audited {
        let begun = Instant::now();
        let audited = match self {
            Self::Done(file) => {
                Audited { file, runs: Vec::new(), took: Duration::ZERO, cache_key: None, is_named: false }
            }
            Self::Audit(activity) => activity.work(cache),
        };
        Audited { took: begun.elapsed(), ..audited }
    }
}

impl Activity {
    fn work(self, cache: Option<&Cache>) -> Audited {
        let Self { path, content, runner, listed, is_named, permit } = self;
        let content = match content {
            Content::File(file) => open::whole(file).map(|bytes| Unpacked { bytes, note: None }),
            Content::Bytes(content) => content,
        };
        let hash = content.as_ref().ok().map(|content| blake3::hash(&content.bytes).into());
        let cache_key = hash.map(|content| CacheKey { content, runner: runner.fingerprint });
        // What is known of the damage of an archive is not in the bytes that came out of it.
        let is_whole = content.as_ref().is_ok_and(|content| content.note.is_none());
        let store = cache.and_then(Cache::store_once_warm).filter(|_| is_whole).zip(cache_key);
        let found = store.and_then(|(store, cache_key)| store.get(&cache_key.content, &cache_key.runner));
        let (mut file, runs) = if let Some(mut found) = found {
            let runs = mem::take(&mut found.runs);
            (File { path, athlete: runner.settings.runner.name.clone(), ..found }, runs)
        } else {
            let (mut file, mut runs) = audit(&path, content, &runner.settings, is_named);
            if let Some((store, cache_key)) = store {
                keep(&mut file, &mut runs, store, cache_key);
            }
            (file, runs)
        };
        if let Some(title) = listed.and_then(|listed| listed.title) {
            file.sessions.iter_mut().for_each(|session| session.name = Some(title.clone()));
        }
        if !runner.settings.runner.symptoms.is_empty() && file.status == Status::Audited {
            add_symptoms_to_file(&mut file, &runner.settings.runner);
        }
        drop(permit);
        Audited { file, runs, took: Duration::ZERO, cache_key, is_named }
    }
}

/// Reads and audits one activity; one that a fault of our own stops is a failed file, and the rest goes on.
fn audit(path: &str, content: Result<Unpacked, Error>, settings: &Settings, is_named: bool) -> (File, Vec<Run>) {
    let audited = catch_panics(|| audit_content(path, content, settings, is_named));
    audited.unwrap_or_else(|error| (File::failed(path, &error), Vec::new()))
}

/// Keeps what was found, but for what is another's affair: where the file lies, and the runner's name.
///
/// Only an audit depends on nothing but content and settings: whether a file of another kind is passed over or an error
/// depends on who named it.
fn keep(file: &mut File, runs: &mut Vec<Run>, store: &Store, cache_key: CacheKey) {
    if file.status != Status::Audited {
        return;
    }
    let (path, athlete) = (mem::take(&mut file.path), file.athlete.take());
    if store.holds_runs() {
        mem::swap(&mut file.runs, runs);
        store.put(&cache_key.content, &cache_key.runner, file);
        mem::swap(&mut file.runs, runs);
    } else {
        store.put(&cache_key.content, &cache_key.runner, file);
    }
    (file.path, file.athlete) = (path, athlete);
}
