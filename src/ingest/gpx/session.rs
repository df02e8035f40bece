//! From tracks to sessions.

use crate::ingest::{pauses, sport};
use crate::model::{Note, NoteId, Record, Session};
use crate::units::{Distance, Timestamp, UtcOffset, plural};

/// The longest time between two tracks of one session, in seconds: a lunch, but not a night (our choice).
const LONGEST_REST_S: f64 = 6.0 * 3600.0;

/// One `<trk>`, or several that are one run.
#[derive(Default)]
pub struct Track {
    /// The title.
    pub name: Option<String>,
    /// The sport as the file names it, empty when it does not.
    pub sport: String,
    records: Vec<Record>,
    /// The index of the first record of each `<trkseg>`.
    segments: Vec<usize>,
    utc_offset: Option<UtcOffset>,
    first_time: Option<Timestamp>,
    last_time: Option<Timestamp>,
}

impl Track {
    /// Begins a `<trkseg>`.
    pub fn start_segment(&mut self) {
        // Of several that begin at one point, all but the last are empty.
        if self.segments.last() != Some(&self.records.len()) {
            self.segments.push(self.records.len());
        }
    }

    /// Adds a point, with the runner's clock where its time shows it.
    pub fn push(&mut self, record: Record, utc_offset: Option<UtcOffset>) {
        self.first_time = self.first_time.or(record.time());
        self.last_time = record.time().or(self.last_time);
        self.utc_offset = self.utc_offset.or(utc_offset);
        self.records.push(record);
    }

    /// How many points it has.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// True when a runner would call the other track the same run: no other sport, begun within hours of this one's end.
    fn goes_on_in(&self, next: &Self) -> bool {
        let same_sport = self.sport == next.sport || self.sport.is_empty() || next.sport.is_empty();
        same_sport
            && match (self.span().map(|span| span.1), next.span().map(|span| span.0)) {
                (Some(end), Some(start)) => (0.0..=LONGEST_REST_S).contains(&start.seconds_since(end)),
                (None, None) => true,
                _ => false,
            }
    }

    /// When it began and ended. A track may stand newest first.
    fn span(&self) -> Option<(Timestamp, Timestamp)> {
        let (first, last) = (self.first_time?, self.last_time?);
        Some((first.min(last), first.max(last)))
    }

    fn append(&mut self, next: Self) {
        self.segments.push(self.records.len());
        self.segments.extend(next.segments.iter().map(|start| start + self.records.len()));
        self.records.extend(next.records);
        self.name = self.name.take().or(next.name);
        self.sport = if self.sport.is_empty() { next.sport } else { std::mem::take(&mut self.sport) };
        self.utc_offset = self.utc_offset.or(next.utc_offset);
        self.first_time = self.first_time.or(next.first_time);
        self.last_time = next.last_time.or(self.last_time);
    }
}

/// The tracks as sessions: several tracks of one run are one session with pauses.
pub fn sessions(mut tracks: Vec<Track>, notes: &mut Vec<Note>) -> Vec<Session> {
    let n_tracks = tracks.len();
    let mut runs: Vec<Track> = Vec::new();
    for run in of_one_run(&tracks) {
        let mut parts = run.into_iter().filter_map(|at| tracks.get_mut(at).map(std::mem::take));
        let Some(mut first) = parts.next() else { continue };
        parts.for_each(|next| first.append(next));
        runs.push(first);
    }
    if runs.len() < n_tracks {
        let joined =
            format!("{n_tracks} tracks that follow one another were read as {}", plural(runs.len(), "run", None));
        notes.push(Note::new(NoteId::TracksJoined, joined));
    }
    let cleared: Vec<bool> = runs.iter_mut().map(|run| clear_step_distances(&mut run.records)).collect();
    if cleared.contains(&true) {
        let message = "the distances in the file are not counted from the start and were left out";
        notes.push(Note::new(NoteId::DistanceNotCumulative, message));
    }
    runs.into_iter().map(session).collect()
}

/// Which tracks are one run, each by their places in the file. They go on from one another in the order of time, however
/// they stand in the file.
fn of_one_run(tracks: &[Track]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..tracks.len()).collect();
    if tracks.iter().all(|track| track.span().is_some()) {
        order.sort_by_key(|&at| tracks[at].span());
    }
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for at in order {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|&last| tracks[last].goes_on_in(&tracks[at])) => run.push(at),
            _ => runs.push(vec![at]),
        }
    }
    for run in &mut runs {
        run.sort_unstable();
    }
    runs.sort_unstable();
    runs
}

fn session(run: Track) -> Session {
    Session {
        name: run.name,
        indoor: sport::is_indoor(&run.sport),
        utc_offset: run.utc_offset,
        pauses: pauses::between(&run.records, &run.segments),
        records: run.records,
        sport_name: run.sport.clone(),
        ..Session::new(sport::of(&run.sport))
    }
}

/// Clears distances that fall again and again: one phone app writes the way since the last point, others that since
/// the start, both under the same name. A few falls are resets. True when they were cleared.
fn clear_step_distances(records: &mut [Record]) -> bool {
    let (mut last, mut falls, mut steps) = (None, 0, 0);
    for record in records.iter() {
        let Some(distance) = record.distance() else { continue };
        // What falls with the time is of a file that stands newest first.
        let fell = |(time, last): (Option<Timestamp>, Distance)| distance < last && record.time() >= time;
        falls += usize::from(last.is_some_and(fell));
        steps += 1;
        last = Some((record.time(), distance));
    }
    let cleared = falls * 10 > steps;
    if cleared {
        for record in records {
            record.set_distance(Distance::from_meters(f64::NAN));
        }
    }
    cleared
}
