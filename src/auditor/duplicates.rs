//! Tells, in the order of the inputs, the files of a batch whose runs were all in files before them.

use std::collections::{BTreeMap, HashMap};

use crate::history::trace::Trace;
use crate::history::{is_same_run, replaces};
use crate::report::{Class, File, Note, NoteId, Session};

/// The runs of a batch so far. Runs of different runners, as far as settings tell, are never the same.
#[derive(Debug, Default)]
pub struct Seen {
    /// Each runner by the settings.
    runners: HashMap<[u8; 32], usize>,
    /// The first file of each content.
    contents: HashMap<(usize, [u8; 32]), usize>,
    /// Runs by runner and start, in seconds since 1970.
    runs: BTreeMap<(usize, i64), Vec<Ran>>,
    /// The paths of the files with runs.
    paths: Vec<Box<str>>,
}

/// What an audit is known by.
#[derive(Debug, Clone, Copy)]
pub struct CacheKey {
    /// A hash of the content.
    pub content: [u8; 32],
    /// A hash of the runner's settings.
    pub runner: [u8; 32],
}

/// A run of a batch.
#[derive(Debug)]
struct Ran {
    class: Class,
    trace: Trace,
    /// The file, by its place among the paths.
    path: usize,
}

/// How far apart starts are looked for, in seconds.
const AROUND_S: i64 = 3600;

impl Seen {
    /// Takes in the next file. When all that was judged in it is known, it becomes a file that was left out.
    /// One that somebody named is never left out.
    pub fn skip_duplicates(&mut self, mut file: File, cache_key: Option<CacheKey>, is_named: bool) -> File {
        let Some(CacheKey { content, runner }) = cache_key else { return file };
        let runs: Vec<Ran> = file.sessions.iter_mut().filter_map(Ran::take).collect();
        let n_judged = file.judged().count();
        if n_judged == 0 {
            return file;
        }
        let n_runners = self.runners.len();
        let runner = *self.runners.entry(runner).or_insert(n_runners);
        let same_content = self.contents.get(&(runner, content)).copied();
        let earlier: Vec<&Ran> = runs.iter().filter_map(|run| self.earlier(runner, run)).collect();
        let all_known = runs.len() == n_judged && earlier.len() == n_judged;
        // The earlier file is in the report already. A file with a worse verdict, or with more data and another verdict, is
        // reported as well.
        let adds = |(run, earlier): (&Ran, &&Ran)| {
            run.class != earlier.class && replaces((run.class, &run.trace), (earlier.class, &earlier.trace))
        };
        let known = || earlier.first().map(|run| run.path).filter(|_| all_known);
        let adds = all_known && runs.iter().zip(&earlier).any(adds);
        if let Some(earlier) = same_content.or_else(|| known().filter(|_| !adds)).filter(|_| !is_named) {
            return duplicate(file, &self.paths[earlier]);
        }
        if let Some(earlier) = known().filter(|_| adds) {
            let message = format!("the same run is in {}, and this file says more about it", self.paths[earlier]);
            file.notes.push(Note { id: NoteId::SameRun, message, is_harmless: false });
        }
        let path = self.paths.len();
        self.paths.push(file.path.as_str().into());
        self.contents.entry((runner, content)).or_insert(path);
        for run in runs {
            self.runs.entry((runner, run.trace.start_s)).or_default().push(Ran { path, ..run });
        }
        file
    }

    /// The earlier recording of a run that counts most.
    fn earlier(&self, runner: usize, run: &Ran) -> Option<&Ran> {
        let start = run.trace.start_s;
        let around = self.runs.range((runner, start - AROUND_S)..=(runner, start + AROUND_S));
        let same = around.flat_map(|(_, runs)| runs).filter(|other| is_same_run(&other.trace, &run.trace));
        same.reduce(|best, next| {
            let counts = replaces((next.class, &next.trace), (best.class, &best.trace));
            if counts { next } else { best }
        })
    }
}

impl Ran {
    /// Takes the course of a run out of the report; of one that went through no stage its times are left. `None` for what
    /// is no run, and for a run without a date, of which nobody knows when it was.
    fn take(session: &mut Session) -> Option<Self> {
        let class = session.class()?;
        let start = session.started_at?.at;
        let bare = || Trace {
            start_s: start.as_unix_seconds() as i64,
            elapsed_s: session.elapsed_s as u32,
            distance_m: session.distance_m as u32,
            ..Trace::default()
        };
        let trace = session.trace.take().unwrap_or_else(bare);
        Some(Self { class, trace, path: 0 })
    }
}

fn duplicate(file: File, of: &str) -> File {
    let skipped = File::skipped(&file.path, NoteId::Duplicate, &format!("duplicate of {of}"));
    File { format: file.format, device: file.device, athlete: file.athlete, ..skipped }
}
