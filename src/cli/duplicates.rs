//! Tells, in the order of the inputs, the files of a batch whose runs were all in files before them.

use std::collections::{BTreeMap, HashMap};

use rehabrun::programme::is_same_time;
use rehabrun::report::{File, Session};
use rehabrun::units::Timestamp;

use super::batch::{Audited, KnownBy};

/// The runs of a batch so far. Runs of different runners, as far as settings tell, are never the same.
#[derive(Default)]
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

/// What two files of the same run agree in.
struct Ran {
    start_s: f64,
    elapsed_s: f64,
    distance_m: f64,
    heart_rate: Option<f64>,
    /// The file, by its place among the paths.
    path: usize,
}

/// How far apart starts are looked for. Runs that are the same differ by less.
const AROUND_S: i64 = 600;

/// By how much the mean heart rate may differ, in beats per minute. Of 13 pairs of real files of one run all but one,
/// at 1.2, differed by less than 0.2; runners side by side differ by far more.
const HEART_RATE: f64 = 2.0;

/// By how much the distance may differ, as a share, where one of two files has no heart rate: one counts from positions,
/// the other from a foot pod or by the watch's own sum. Of 100 pairs two differed by more than 3 %, by 8 and by 10 %.
const DISTANCE: f64 = 0.12;

impl Seen {
    /// Takes in the next file. When all that was judged in it is known, it becomes a file that was left out.
    pub fn sift(&mut self, audited: Audited) -> File {
        let Audited { file, known_by, is_named, .. } = audited;
        let Some(KnownBy { content, runner }) = known_by else { return file };
        let runs: Vec<Ran> = file.sessions.iter().filter(|session| session.judged).filter_map(Ran::of).collect();
        let n_judged = file.sessions.iter().filter(|session| session.judged).count();
        if n_judged == 0 {
            return file;
        }
        let n_runners = self.runners.len();
        let runner = *self.runners.entry(runner).or_insert(n_runners);
        let same_content = self.contents.get(&(runner, content)).copied();
        let known = || -> Option<usize> {
            let earlier: Option<Vec<usize>> = runs.iter().map(|run| self.earlier(runner, run)).collect();
            earlier.filter(|_| runs.len() == n_judged)?.first().copied()
        };
        if let Some(earlier) = same_content.or_else(known).filter(|_| !is_named) {
            return duplicate(file, &self.paths[earlier]);
        }
        let path = self.paths.len();
        self.paths.push(file.path.as_str().into());
        self.contents.entry((runner, content)).or_insert(path);
        for run in runs {
            self.runs.entry((runner, run.start_s as i64)).or_default().push(Ran { path, ..run });
        }
        file
    }

    /// The file that holds a run already.
    fn earlier(&self, runner: usize, run: &Ran) -> Option<usize> {
        let start = run.start_s as i64;
        let around = self.runs.range((runner, start - AROUND_S)..=(runner, start + AROUND_S));
        around.flat_map(|(_, runs)| runs).filter(|other| run.is(other)).map(|other| other.path).min()
    }
}

impl Ran {
    /// `None` for a run without a date, of which nobody knows when it was.
    fn of(session: &Session) -> Option<Self> {
        let heard =
            || session.bouts.iter().filter_map(|bout| Some((bout.heart_rate_mean_bpm?, bout.end_s - bout.start_s)));
        let seconds: f64 = heard().map(|(_, seconds)| seconds).sum();
        let beats: f64 = heard().map(|(rate, seconds)| rate * seconds).sum();
        Some(Self {
            start_s: Timestamp::from_rfc3339(session.started_at.as_deref()?)?.as_unix_seconds(),
            elapsed_s: session.elapsed_s,
            distance_m: session.distance_m,
            heart_rate: (seconds > 0.0).then(|| beats / seconds),
            path: 0,
        })
    }

    fn is(&self, other: &Self) -> bool {
        let is_alike = match self.heart_rate.zip(other.heart_rate) {
            Some((a, b)) => (a - b).abs() <= HEART_RATE,
            None => (self.distance_m - other.distance_m).abs() <= DISTANCE * self.distance_m.max(other.distance_m),
        };
        is_alike && is_same_time((self.start_s, self.elapsed_s), (other.start_s, other.elapsed_s))
    }
}

fn duplicate(file: File, of: &str) -> File {
    let skipped = File::skipped(&file.path, "duplicate", &format!("duplicate of {of}"));
    File { format: file.format, device: file.device, athlete: file.athlete, ..skipped }
}
