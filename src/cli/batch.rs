//! Audits inputs on several threads and hands the results over in the order of the inputs.
//!
//! One thread opens the inputs, unpacks archives and hands out one activity at a time; the others audit. So the members of
//! one archive are spread over all threads, and no more of them are in memory than there are threads, and two.

mod job;

use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rehabrun::ingest::{Listed, Members, Unpacked};

use super::bar::Bar;
use super::cache::Cache;
use super::config::Config;
use super::failure::Failure;
use super::fence::fenced;
use super::files::{self, Input};
use super::interrupt;
use super::listings::Listings;
use super::open::{self, Opened};
use job::{Activity, Content, Job, Runner};

pub use job::{Audited, KnownBy};

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
    /// What was found before; without it all is found anew, the runs among it.
    pub cache: Option<&'a Cache>,
}

/// How many threads to work with: as asked for, else one for each core.
pub fn n_threads(jobs: Option<NonZero<usize>>) -> usize {
    jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get)
}

/// Audits all inputs and hands over their files in order. Ends early when `take` fails, and with what was begun when
/// somebody asks for the end.
pub fn audit_all(
    inputs: impl Iterator<Item = Input> + Send,
    batch: Batch,
    mut take: impl FnMut(Audited) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (jobs, queue) = sync_channel(1);
    let queue = Mutex::new(queue);
    let (order, results) = sync_channel::<Receiver<Audited>>(batch.n_threads * AHEAD);
    interrupt::ending_early(|| {
        thread::scope(|scope| {
            scope.spawn(move || {
                // Nobody waits for the rest when a channel is gone.
                let hand_out = &mut |job: Job| {
                    let (result, waiting) = sync_channel(1);
                    order.send(waiting).is_ok() && jobs.send((job, result)).is_ok()
                };
                let (mut listings, mut last) = (Listings::default(), None);
                for input in inputs {
                    if interrupt::is_requested() || !each_job(input, batch, &mut listings, &mut last, hand_out) {
                        return;
                    }
                }
            });
            for _ in 0..batch.n_threads {
                scope.spawn(|| work(&queue, batch.cache));
            }
            // When `take` fails the receivers are dropped, the senders see it, and the threads end.
            results.into_iter().flatten().try_for_each(|audited| {
                batch.bar.advance();
                take(audited)
            })
        })
    })
}

fn work(queue: &Mutex<Receiver<(Job, SyncSender<Audited>)>>, cache: Option<&Cache>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((job, result)) = next else { return };
        // A receiver that is gone wants no more; the next job finds out for itself.
        let _ = result.send(job.work(cache));
    }
}

/// Makes the jobs of one input, which are many when it is an archive. False when no more are wanted.
fn each_job(
    input: Input,
    batch: Batch,
    listings: &mut Listings,
    last: &mut Option<Runner>,
    hand_out: &mut dyn FnMut(Job) -> bool,
) -> bool {
    let path = input.path().to_string_lossy().into_owned();
    let is_named = matches!(input, Input::Standard | Input::Named(_));
    let found = input.path().to_owned();
    let folder = found.parent().filter(|_| !matches!(input, Input::Standard)).unwrap_or(Path::new("."));
    let opened = match input {
        Input::Foreign(_) => return hand_out(foreign(&path)),
        Input::Unnamed(_) if !files::has_activity_content(&found) => return hand_out(foreign(&path)),
        Input::Unreadable(_, reason) => Err(open::unreadable(reason)),
        Input::Standard => fenced(open::standard_input).flatten(),
        Input::Named(_) | Input::File(_) | Input::Unnamed(_) => fenced(|| open::file(&found)).flatten(),
    };
    let outcome = opened.and_then(|opened| match batch.config.for_folder(folder) {
        // Settings are the same from file to file, and their fingerprint takes longer than a small file.
        Ok(settings) => match last {
            Some(runner) if Arc::ptr_eq(&runner.settings, &settings) => Ok((opened, runner.clone())),
            _ => Ok((opened, last.insert(Runner::new(settings)).clone())),
        },
        Err(failure) => Err(failure.as_error()),
    });
    let content = match outcome {
        Err(error) => return hand_out(Job::failed(&path, &error)),
        Ok((Opened::Archive(members), runner)) => return each_member(&path, members, &runner, batch.bar, hand_out),
        Ok((Opened::File(file), runner)) => (Content::File(file), runner),
        Ok((Opened::Bytes(bytes), runner)) => (Content::Bytes(Ok(Unpacked { bytes, note: None })), runner),
    };
    let (content, runner) = content;
    hand_out(job(Activity { path, content, runner, listed: listings.listed(&found), is_named }))
}

fn each_member(
    path: &str,
    mut members: Members,
    runner: &Runner,
    bar: &Bar,
    hand_out: &mut dyn FnMut(Job) -> bool,
) -> bool {
    // The archive itself was counted as one file.
    let (mut n_members, mut n_expected) = (0, 1);
    loop {
        let member = match fenced(|| members.next()) {
            Ok(Some(member)) => member,
            Ok(None) => break,
            Err(error) => return hand_out(Job::failed(path, &error)),
        };
        n_members += 1;
        let now = n_members + members.n_ahead();
        bar.correct(n_expected, now);
        n_expected = now;
        let job = job(Activity {
            path: format!("{path}/{}", member.name),
            content: Content::Bytes(member.content),
            runner: runner.clone(),
            listed: member.listed,
            is_named: false,
        });
        if interrupt::is_requested() || !hand_out(job) {
            return false;
        }
    }
    bar.correct(n_expected, n_members.max(1));
    n_members > 0 || hand_out(Job::skipped(path, "empty-archive", "the archive holds no activity"))
}

/// The job of one activity, which is none when a list says that it was no sport on foot.
fn job(activity: Activity) -> Job {
    match activity.listed.as_ref().filter(|listed| listed.is_not_on_foot()) {
        Some(Listed { sport, .. }) if !activity.is_named => {
            Job::skipped(&activity.path, "not-a-run", &format!("not a run: {sport}, by the list of activities"))
        }
        _ => Job::Audit(activity),
    }
}

fn foreign(path: &str) -> Job {
    Job::skipped(path, "not-an-activity", "not an activity, by its name and its content")
}
