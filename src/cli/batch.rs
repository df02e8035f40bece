//! Audits inputs on several threads and hands the results over in the order of the inputs.

use std::cell::Cell;
use std::fs;
use std::io::{self, Read, Seek as _};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use rehabrun::ingest::{self, Error, Members, limits};
use rehabrun::model::Activity;
use rehabrun::pipeline::{self, Settings};
use rehabrun::programme::Run;
use rehabrun::report::File;

use super::config::Config;
use super::failure::Failure;
use super::files::Input;

/// Results of one input that may wait before they are handed over; an archive has many.
const WAITING: usize = 4;

/// Inputs that may be ahead of the one whose results are handed over, for each thread.
const AHEAD: usize = 4;

/// What became of one file, and the runs in it.
pub type Audited = (File, Vec<Run>);

/// Audits all inputs and hands over their files in order; ends early when `take` fails.
pub fn audit_all(
    inputs: impl Iterator<Item = Input> + Send,
    config: &Config,
    n_threads: usize,
    mut take: impl FnMut(Audited) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (jobs, queue) = channel::<(Input, SyncSender<Audited>)>();
    let queue = Mutex::new(queue);
    let (order, results) = sync_channel::<Receiver<Audited>>(n_threads * AHEAD);
    thread::scope(|scope| {
        scope.spawn(move || hand_out(inputs, &jobs, &order));
        for _ in 0..n_threads {
            scope.spawn(|| work(&queue, config));
        }
        // When `take` fails the receivers are dropped, the senders see it, and the threads end.
        results.into_iter().try_for_each(|files| files.into_iter().try_for_each(&mut take))
    })
}

fn hand_out(
    inputs: impl Iterator<Item = Input>,
    jobs: &Sender<(Input, SyncSender<Audited>)>,
    order: &SyncSender<Receiver<Audited>>,
) {
    for input in inputs {
        let (files, result) = sync_channel(WAITING);
        if order.send(result).is_err() || jobs.send((input, files)).is_err() {
            return;
        }
    }
}

fn work(queue: &Mutex<Receiver<(Input, SyncSender<Audited>)>>, config: &Config) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((input, files)) = next else { return };
        // A receiver that is gone wants no more; the next job finds out for itself.
        audit_input(&input, config, &mut |file| files.send(file).is_ok());
    }
}

/// Audits one input, which is many files when it is an archive; `emit` says whether more are wanted.
fn audit_input(input: &Input, config: &Config, emit: &mut dyn FnMut(Audited) -> bool) {
    let path = input.path().to_string_lossy();
    let folder = match input {
        Input::Standard => Path::new("."),
        _ => input.path().parent().unwrap_or(Path::new(".")),
    };
    let opened = match input {
        Input::Foreign(_) => {
            let reason = "not an activity, by its name and its content";
            emit((File::skipped(&path, "not-an-activity", reason), Vec::new()));
            return;
        }
        Input::Unreadable(_, reason) => Err(unreadable(reason.clone())),
        Input::Standard => read_all(io::stdin().lock()).map(Opened::Bytes),
        Input::File(path) => open(path),
    };
    let outcome = opened.and_then(|opened| match config.for_folder(folder) {
        Ok(settings) => Ok((opened, settings)),
        Err(failure) => Err(failure.as_error()),
    });
    match outcome {
        Err(error) => {
            emit((File::failed(&path, &error), Vec::new()));
        }
        Ok((Opened::Archive(archive), settings)) => audit_archive(&path, || ingest::members(archive), &settings, emit),
        Ok((Opened::Bytes(bytes), settings)) if ingest::is_archive(&bytes) => {
            audit_archive(&path, || ingest::members_of(bytes), &settings, emit);
        }
        Ok((Opened::Bytes(bytes), settings)) => {
            emit(fenced(&path, || {
                let activity = ingest::read(&bytes);
                drop(bytes);
                pipeline::audit_runs(&path, activity, &settings)
            }));
        }
    }
}

fn audit_archive<'a>(
    path: &str,
    open: impl FnOnce() -> Result<Members<'a>, Error>,
    settings: &Settings,
    emit: &mut dyn FnMut(Audited) -> bool,
) {
    let mut members = match fence(open).unwrap_or_else(|fault| Err(our_fault(&fault))) {
        Ok(members) => members,
        Err(error) => {
            emit((File::failed(path, &error), Vec::new()));
            return;
        }
    };
    let mut n_members = 0;
    loop {
        let member = match fence(|| members.next()) {
            Ok(Some(member)) => member,
            Ok(None) => break,
            Err(fault) => {
                emit((File::failed(path, &our_fault(&fault)), Vec::new()));
                return;
            }
        };
        n_members += 1;
        let path = format!("{path}/{}", member.name);
        if !emit(fenced(&path, || pipeline::audit_runs(&path, member.read(), settings))) {
            return;
        }
    }
    if n_members == 0 {
        emit((File::skipped(path, "empty-archive", "the archive holds no activity"), Vec::new()));
    }
}

enum Opened {
    Bytes(Vec<u8>),
    /// An archive, which is read where it lies, however large it is.
    Archive(fs::File),
}

fn open(path: &Path) -> Result<Opened, Error> {
    let failed = |error: io::Error| unreadable(super::failure::reason(&error));
    let known = fs::metadata(path).map_err(failed)?;
    if !known.is_file() {
        return Err(unreadable("it is no regular file; pipe it to `rehabrun audit -`".to_owned()));
    }
    let mut file = fs::File::open(path).map_err(failed)?;
    let mut head = [0; 4];
    let n_head = file.read(&mut head).map_err(failed)?;
    file.rewind().map_err(failed)?;
    if ingest::is_archive(&head[..n_head]) {
        return Ok(Opened::Archive(file));
    }
    if known.len() > limits::ACTIVITY_BYTES {
        return Err(too_large());
    }
    read_all(file).map(Opened::Bytes)
}

/// All bytes, as long as an activity may hold so many.
fn read_all(mut from: impl Read) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = from.by_ref().take(limits::ACTIVITY_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(super::failure::reason(&error)))?;
    if bytes.len() as u64 > limits::ACTIVITY_BYTES {
        return Err(too_large());
    }
    Ok(bytes)
}

fn too_large() -> Error {
    let limit = limits::ACTIVITY_BYTES >> 20;
    let cause = format!("it holds more than {limit} MiB, which no activity fills");
    Error::new("file too large", cause, "export the activity alone")
}

/// The one activity of a file, or of standard input where it is `-`; an archive must hold one alone.
pub fn read_one(path: &Path) -> Result<Activity, Failure> {
    fence(|| read_one_open(path)).unwrap_or_else(|fault| Err(our_fault(&fault).into()))
}

fn read_one_open(path: &Path) -> Result<Activity, Failure> {
    let opened = if path == Path::new("-") { read_all(io::stdin().lock()).map(Opened::Bytes) } else { open(path) };
    let mut members = match opened? {
        Opened::Bytes(bytes) if !ingest::is_archive(&bytes) => return Ok(ingest::read(&bytes)?),
        Opened::Bytes(bytes) => ingest::members_of(bytes)?,
        Opened::Archive(file) => ingest::members(file)?,
    };
    let first = members.next().ok_or_else(|| Failure::new("nothing to read", "the archive holds no activity", ""))?;
    let first = first.read();
    if members.next().is_some() {
        return Err(Failure::new(
            "more than one activity",
            "the archive holds several",
            "unpack it and name one of them",
        ));
    }
    Ok(first?)
}

fn unreadable(reason: String) -> Error {
    Error::new("cannot be opened", reason, "")
}

thread_local! {
    static FENCED: Cell<bool> = const { Cell::new(false) };
}

/// Audits one activity; one that a fault of our own stops is a failed file, and the rest goes on.
pub fn fenced(path: &str, audit: impl FnOnce() -> Audited) -> Audited {
    fence(audit).unwrap_or_else(|fault| (File::failed(path, &our_fault(&fault)), Vec::new()))
}

fn our_fault(fault: &str) -> Error {
    Error::new("internal error", fault, "this is a fault of rehabrun and not of the file: please report it")
}

/// Catches a panic and gives its message, without the trace that would be printed elsewhere.
fn fence<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    FENCED.set(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    FENCED.set(false);
    outcome.map_err(|payload| {
        let text = payload.downcast_ref::<&str>().map(|&text| text.to_owned());
        text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown".to_owned())
    })
}

/// Keeps panics inside the fence from printing; outside it they print as ever.
pub fn silence_fenced_panics() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !FENCED.get() {
            print(info);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_failed_file() {
        silence_fenced_panics();
        let (file, _) = fenced("a.fit", || panic!("index out of bounds"));
        assert_eq!(file.error.map(|error| error.cause).as_deref(), Some("index out of bounds"));
    }
}
