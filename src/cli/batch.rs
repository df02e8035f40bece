//! Audits inputs on several threads and hands the results over in the order of the inputs.
//!
//! One thread opens the inputs, unpacks archives and hands out one activity at a time; the others audit. So the members of
//! one archive are spread over all threads, and no more of them are in memory than there are threads, and two.

use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rehabrun::ingest::{self, Error, Member, Members};
use rehabrun::model::Activity;
use rehabrun::pipeline::{self, Settings};
use rehabrun::programme::Run;
use rehabrun::report::File;

use super::bar::Bar;
use super::config::Config;
use super::failure::Failure;
use super::fence::fenced;
use super::files::{self, Input};
use super::interrupt;
use super::open::{self, Opened};

/// Results that may wait for one before them, for each thread.
const AHEAD: usize = 4;

/// How to work a batch.
#[derive(Clone, Copy)]
pub struct Batch<'a> {
    /// Finds the settings of each input.
    pub config: &'a Config,
    /// How many threads audit.
    pub n_threads: usize,
    /// Told of what is ahead and what is done.
    pub bar: &'a Bar,
}

/// What became of one file.
pub struct Audited {
    /// What the report says of it.
    pub file: File,
    /// The runs in it.
    pub runs: Vec<Run>,
    /// How long it took.
    pub took: Duration,
}

/// How many threads to work with: as asked for, else one for each core.
pub fn n_threads(jobs: Option<NonZero<usize>>) -> usize {
    jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get)
}

/// One activity to audit.
type Job = Box<dyn FnOnce() -> (File, Vec<Run>) + Send>;

/// Audits all inputs and hands over their files in order. Ends early when `take` fails, and with what was begun when
/// somebody asks for the end.
pub fn audit_all(
    inputs: impl Iterator<Item = Input> + Send,
    batch: Batch,
    mut take: impl FnMut(Audited) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (jobs, queue) = sync_channel::<(Job, SyncSender<Audited>)>(1);
    let queue = Mutex::new(queue);
    let (order, results) = sync_channel::<Receiver<Audited>>(batch.n_threads * AHEAD);
    interrupt::ending_early(|| {
        thread::scope(|scope| {
            scope.spawn(move || {
                // Nobody waits for the rest when a channel is gone.
                let mut hand_out = |job: Job| {
                    let (result, waiting) = sync_channel(1);
                    order.send(waiting).is_ok() && jobs.send((job, result)).is_ok()
                };
                for input in inputs {
                    if interrupt::is_requested() || !each_job(input, batch, &mut hand_out) {
                        return;
                    }
                }
            });
            for _ in 0..batch.n_threads {
                scope.spawn(|| work(&queue));
            }
            // When `take` fails the receivers are dropped, the senders see it, and the threads end.
            results.into_iter().flatten().try_for_each(|audited| {
                batch.bar.advance();
                take(audited)
            })
        })
    })
}

fn work(queue: &Mutex<Receiver<(Job, SyncSender<Audited>)>>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((job, result)) = next else { return };
        let begun = Instant::now();
        let (file, runs) = job();
        // A receiver that is gone wants no more; the next job finds out for itself.
        let _ = result.send(Audited { file, runs, took: begun.elapsed() });
    }
}

/// Makes the jobs of one input, which are many when it is an archive. False when no more are wanted.
fn each_job(input: Input, batch: Batch, hand_out: &mut dyn FnMut(Job) -> bool) -> bool {
    let path = input.path().to_string_lossy().into_owned();
    let folder = match input {
        Input::Standard => Path::new(".").to_owned(),
        _ => input.path().parent().unwrap_or(Path::new(".")).to_owned(),
    };
    let opened = match input {
        Input::Foreign(_) => return hand_out(Box::new(move || foreign(&path))),
        Input::Unnamed(found) if !files::has_activity_content(&found) => {
            return hand_out(Box::new(move || foreign(&path)));
        }
        Input::Unreadable(_, reason) => Err(open::unreadable(reason)),
        Input::Standard => fenced(open::standard_input).flatten(),
        Input::File(found) | Input::Unnamed(found) => fenced(|| open::file(&found)).flatten(),
    };
    let outcome = opened.and_then(|opened| match batch.config.for_folder(&folder) {
        Ok(settings) => Ok((opened, settings)),
        Err(failure) => Err(failure.as_error()),
    });
    match outcome {
        Err(error) => hand_out(Box::new(move || failed(&path, &error))),
        Ok((Opened::Archive(members), settings)) => each_member(&path, members, &settings, batch.bar, hand_out),
        Ok((Opened::File(file), settings)) => {
            hand_out(Box::new(move || audit(&path, || ingest::read(&open::whole(file)?), &settings)))
        }
        Ok((Opened::Bytes(bytes), settings)) => {
            hand_out(Box::new(move || audit(&path, move || ingest::read(&bytes), &settings)))
        }
    }
}

fn each_member(
    path: &str,
    mut members: Members,
    settings: &Arc<Settings>,
    bar: &Bar,
    hand_out: &mut dyn FnMut(Job) -> bool,
) -> bool {
    // The archive itself was counted as one file.
    let (mut n_members, mut n_expected) = (0, 1);
    loop {
        let member = match fenced(|| members.next()) {
            Ok(Some(member)) => member,
            Ok(None) => break,
            Err(error) => {
                let path = path.to_owned();
                return hand_out(Box::new(move || failed(&path, &error)));
            }
        };
        n_members += 1;
        let now = n_members + members.n_ahead();
        bar.correct(n_expected, now);
        n_expected = now;
        let path = format!("{path}/{}", member.name);
        let settings = Arc::clone(settings);
        let job = Box::new(move || audit(&path, || Member::read(member), &settings));
        if interrupt::is_requested() || !hand_out(job) {
            return false;
        }
    }
    bar.correct(n_expected, n_members.max(1));
    let path = path.to_owned();
    n_members > 0 || hand_out(Box::new(move || skipped(&path, "empty-archive", "the archive holds no activity")))
}

/// Reads and audits one activity; one that a fault of our own stops is a failed file, and the rest goes on.
fn audit(path: &str, read: impl FnOnce() -> Result<Activity, Error>, settings: &Settings) -> (File, Vec<Run>) {
    fenced(|| pipeline::audit_runs(path, read(), settings)).unwrap_or_else(|error| failed(path, &error))
}

fn foreign(path: &str) -> (File, Vec<Run>) {
    skipped(path, "not-an-activity", "not an activity, by its name and its content")
}

fn skipped(path: &str, id: &'static str, reason: &str) -> (File, Vec<Run>) {
    (File::skipped(path, id, reason), Vec::new())
}

fn failed(path: &str, error: &Error) -> (File, Vec<Run>) {
    (File::failed(path, error), Vec::new())
}
