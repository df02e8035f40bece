//! Audits inputs on several threads and hands the results over in the order of the inputs.
//!
//! One thread opens the inputs, unpacks archives and hands out one activity at a time; the others audit. So the members of
//! one archive are spread over all threads, and no more of them are in memory than there are threads, and two. Large
//! activities are worked on one at a time, so that memory does not grow with the number of threads. A system that gives
//! no more threads gets the same results from fewer, in the last resort from the one that there is.

mod gate;
mod job;

use std::collections::HashSet;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rehabrun::ingest::{Error, Listed, Member, Members, Unpacked, UnpackedExports};
use rehabrun::model::NoteId;
use rehabrun::report::File;

use super::bundles::{Bundles, Met, Sessions};
use super::cache::Cache;
use super::catch_panics::catch_panics;
use super::config::Config;
use super::failure::Failure;
use super::files::{self, Input};
use super::interrupt;
use super::listings::Listings;
use super::open::{self, Opened};
use super::progress_bar::Bar;
use gate::Gate;
use job::{Activity, Content, Job, Runner};

pub use job::Audited;

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
    /// What was found before; without it all is found anew. One without runs is for those who ask for none.
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
    let take = &mut |audited| {
        batch.bar.advance();
        take(audited)
    };
    // The iterator waits where either way of working can take it: a thread that cannot be made does not give it back.
    let inputs = Mutex::new(Some(inputs));
    interrupt::ending_early(|| match on_threads(&inputs, batch, take) {
        Some(outcome) => outcome,
        None => alone(inputs.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten(), batch, take),
    })
}

type Take<'a> = &'a mut dyn FnMut(Audited) -> Result<(), Failure>;

/// Audits on as many threads as can be had; `None`, with nothing begun, where there are not even two.
fn on_threads<Inputs: Iterator<Item = Input> + Send>(
    inputs: &Mutex<Option<Inputs>>,
    batch: Batch,
    take: Take,
) -> Option<Result<(), Failure>> {
    let (jobs, queue) = sync_channel(1);
    let queue = Mutex::new(queue);
    let (order, results) = sync_channel::<Receiver<Audited>>(batch.n_threads * AHEAD);
    thread::scope(|scope| {
        let workers = (0..batch.n_threads)
            .map_while(|_| thread::Builder::new().spawn_scoped(scope, || work(&queue, batch.cache)).ok());
        if workers.count() == 0 {
            return None;
        }
        let opener = thread::Builder::new().spawn_scoped(scope, move || {
            let inputs = inputs.lock().unwrap_or_else(PoisonError::into_inner).take();
            // Nobody waits for the rest when a channel is gone.
            let hand_out = &mut |job: Job| {
                let (result, waiting) = sync_channel(1);
                order.send(waiting).is_ok() && jobs.send((job, result)).is_ok()
            };
            each_input(inputs.into_iter().flatten(), batch, hand_out);
        });
        // Without it the channels are gone with the closure, and the workers end.
        opener.ok()?;
        // When `take` fails the receivers are dropped, the senders see it, and the threads end.
        Some(results.into_iter().flatten().try_for_each(take))
    })
}

/// Audits on this thread.
fn alone(inputs: impl Iterator<Item = Input>, batch: Batch, take: Take) -> Result<(), Failure> {
    let mut outcome = Ok(());
    each_input(inputs, batch, &mut |job| {
        outcome = take(job.work(batch.cache));
        outcome.is_ok()
    });
    outcome
}

fn work(queue: &Mutex<Receiver<(Job, SyncSender<Audited>)>>, cache: Option<&Cache>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((job, result)) = next else { return };
        // A receiver that is gone wants no more; the next job finds out for itself.
        let _ = result.send(job.work(cache));
    }
}

/// Makes the jobs of all inputs, until no more are wanted.
fn each_input(inputs: impl Iterator<Item = Input>, batch: Batch, hand_out: &mut dyn FnMut(Job) -> bool) {
    let mut opening = Opening {
        batch,
        listings: Listings::default(),
        exports: UnpackedExports::default(),
        routes: HashSet::new(),
        bundles: Bundles::default(),
        read_exports: Vec::new(),
        last: None,
        gate: Gate::default(),
    };
    for input in inputs {
        opening.note_export(&input);
        if interrupt::is_requested() || !opening.each_job(input, hand_out) {
            return;
        }
    }
    for (folder, remark) in opening.exports.remarks(&opening.read_exports) {
        if !hand_out(Job::skipped(&folder, NoteId::Export, &remark)) {
            return;
        }
    }
}

/// What is known from one input to the next.
struct Opening<'a> {
    batch: Batch<'a>,
    listings: Listings,
    /// The unpacked exports that were met.
    exports: UnpackedExports,
    /// The routes of workouts that were read with them.
    routes: HashSet<PathBuf>,
    /// The unpacked exports whose sessions are joined from several files.
    bundles: Bundles,
    /// The names of the unpacked exports whose sessions were read.
    read_exports: Vec<&'static str>,
    last: Option<Runner>,
    gate: Gate,
}

impl Opening<'_> {
    /// Keeps in mind that a file in a folder is one of an unpacked export.
    fn note_export(&mut self, input: &Input) {
        let (Input::File(path) | Input::Unnamed(path)) = input else { return };
        self.exports.note(&path.to_string_lossy());
    }

    /// Makes the jobs of one input, which are many when it is an archive. False when no more are wanted.
    fn each_job(&mut self, input: Input, hand_out: &mut dyn FnMut(Job) -> bool) -> bool {
        let path = input.path().to_string_lossy().into_owned();
        let is_named = matches!(input, Input::Standard | Input::Named(_));
        let found = input.path().to_owned();
        let folder = files::parent(&found);
        if self.routes.remove(&found) {
            self.batch.bar.correct(1, 0);
            return true;
        }
        if let Input::File(_) | Input::Unnamed(_) = input {
            match self.bundles.meet(&found) {
                Met::Other => {}
                Met::Part => {
                    self.batch.bar.correct(1, 0);
                    return true;
                }
                Met::First(sessions, root) => return self.each_session(*sessions, &root, input, hand_out),
            }
        }
        let opened = match input {
            Input::Foreign(_) => return hand_out(foreign(&path)),
            Input::Unnamed(_) if !files::has_activity_content(&found) => return hand_out(foreign(&path)),
            Input::Unreadable(_, reason) => Err(open::unreadable(reason)),
            Input::Standard => catch_panics(open::standard_input).flatten(),
            Input::Named(_) | Input::File(_) | Input::Unnamed(_) => catch_panics(|| open::file(&found)).flatten(),
        };
        let outcome = opened.and_then(|opened| Ok((opened, self.runner(folder)?)));
        let (content, runner) = match outcome {
            Err(error) => return hand_out(Job::failed(&path, &error)),
            Ok((Opened::Archive(members), runner)) => return self.each_member(&path, members, &runner, hand_out),
            Ok((Opened::AppleHealth(export), runner)) => {
                self.routes.extend(export.routes().filter_map(|route| open::route_path(folder, route)));
                self.read_exports.push("Apple Health");
                let ahead = export.len();
                return self.each_member(&path, Workouts(open::workouts(*export, &found), ahead), &runner, hand_out);
            }
            Ok((Opened::File(file), runner)) => (Content::File(file), runner),
            Ok((Opened::Bytes(bytes), runner)) => (Content::Bytes(Ok(Unpacked { bytes, note: None })), runner),
        };
        let permit = self.gate.enter(content.n_bytes());
        let listed = self.listings.listed(&found);
        hand_out(job(Activity { path, content, runner, listed, is_named, permit }))
    }

    /// The runner whose files lie in a folder.
    fn runner(&mut self, folder: &Path) -> Result<Runner, Error> {
        // Settings are the same from file to file, and their fingerprint takes longer than a small file.
        match self.batch.config.for_folder(folder) {
            Ok(settings) => match &self.last {
                Some(runner) if Arc::ptr_eq(&runner.settings, &settings) => Ok(runner.clone()),
                _ => Ok(self.last.insert(Runner::new(settings)).clone()),
            },
            Err(failure) => Err(failure.as_error()),
        }
    }

    /// Makes the jobs of the sessions of an export, and of the file by which it was met where that is none of its parts.
    fn each_session(
        &mut self,
        sessions: Sessions,
        root: &Path,
        first: Input,
        hand_out: &mut dyn FnMut(Job) -> bool,
    ) -> bool {
        let path = root.to_string_lossy().into_owned();
        self.read_exports.push(sessions.maker());
        let goes_on = match self.runner(root) {
            Err(error) => hand_out(Job::failed(&path, &error)),
            Ok(runner) => self.each_member(&path, sessions, &runner, hand_out),
        };
        goes_on && self.each_job(first, hand_out)
    }

    fn each_member(
        &self,
        path: &str,
        mut members: impl Ahead,
        runner: &Runner,
        hand_out: &mut dyn FnMut(Job) -> bool,
    ) -> bool {
        let bar = self.batch.bar;
        // The archive itself was counted as one file.
        let (mut n_members, mut n_expected) = (0, 1);
        loop {
            let member = match catch_panics(|| members.next()) {
                Ok(Some(member)) => member,
                Ok(None) => break,
                Err(error) => return hand_out(Job::failed(path, &error)),
            };
            n_members += 1;
            let now = n_members + members.n_ahead();
            bar.correct(n_expected, now);
            n_expected = now;
            let is_remark = member.name.is_empty();
            let content = Content::Bytes(member.content);
            let permit = self.gate.enter(content.n_bytes());
            let job = job(Activity {
                path: if is_remark { path.to_owned() } else { format!("{path}/{}", member.name) },
                content,
                runner: runner.clone(),
                listed: member.listed,
                is_named: false,
                permit,
            });
            if interrupt::is_requested() || !hand_out(job) {
                return false;
            }
        }
        bar.correct(n_expected, n_members.max(1));
        n_members > 0 || hand_out(Job::Done(File::empty_archive(path)))
    }
}

/// Members that know how many of them are to come.
trait Ahead: Iterator<Item = Member> {
    fn n_ahead(&self) -> usize;
}

impl Ahead for Sessions {
    fn n_ahead(&self) -> usize {
        self.n_ahead()
    }
}

impl Ahead for Members<'_> {
    fn n_ahead(&self) -> usize {
        self.n_ahead()
    }
}

/// The workouts of an export, and how many are to come.
struct Workouts<I>(I, usize);

impl<I: Iterator<Item = Member>> Iterator for Workouts<I> {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        self.1 = self.1.saturating_sub(1);
        self.0.next()
    }
}

impl<I: Iterator<Item = Member>> Ahead for Workouts<I> {
    fn n_ahead(&self) -> usize {
        self.1
    }
}

/// The job of one activity, which is none when a list says that it was no sport on foot.
fn job(activity: Activity) -> Job {
    match activity.listed.as_ref().filter(|listed| listed.is_not_on_foot()) {
        Some(Listed { sport, .. }) if !activity.is_named => Job::Done(File::not_on_foot(&activity.path, sport)),
        _ => Job::Audit(activity),
    }
}

fn foreign(path: &str) -> Job {
    Job::Done(File::not_an_activity(path))
}
