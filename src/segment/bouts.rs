//! From a gait a second to bouts: flicker merged, short stops kept inside the run.

use std::ops::Range;

use super::Gait;

/// A stretch of one gait with the short stops inside it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    pub gait: Gait,
    pub range: Range<usize>,
    pub stops: Vec<Range<usize>>,
}

/// Seconds below which a stretch is flicker and no bout.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shortest {
    pub run: usize,
    pub walk: usize,
    pub stand: usize,
}

impl Shortest {
    /// With a cadence. A burst of three seconds stands out from a cadence; watches name such bursts, too.
    pub const BY_CADENCE: Self = Self { run: 3, walk: 5, stand: 5 };
    /// With speed alone, which wanders.
    pub const BY_SPEED: Self = Self { run: 10, walk: 10, stand: 5 };

    fn of(self, gait: Gait) -> usize {
        match gait {
            Gait::Run => self.run,
            Gait::Walk => self.walk,
            Gait::Stand => self.stand,
            Gait::Paused | Gait::Unknown => 0,
        }
    }

    fn longest(self) -> usize {
        self.run.max(self.walk).max(self.stand)
    }
}

/// Longest time in seconds without running, at a road crossing say, that does not end a run. Our choice.
const CROSSING_S: usize = 12;
/// The same where all of it was walked. Fitted: with 6 to 10 s, run bouts agree best with a watch's own.
const WALKED_S: usize = 8;

/// A stretch between two pauses shorter than this is the watch's timer trembling, in seconds.
const BETWEEN_PAUSES_S: usize = 5;

/// Stretches that tile the seconds, neighbours of different gait.
pub(super) fn stretches(gaits: &[Gait], shortest: Shortest) -> Vec<Stretch> {
    let mut tiles = Vec::new();
    for (i, &gait) in gaits.iter().enumerate() {
        push(&mut tiles, gait, i..i + 1);
    }
    for len in 1..shortest.longest() {
        tiles = merge_flicker(tiles, len, shortest);
    }
    join_over_stops(merge_between_pauses(tiles))
}

/// Appends a stretch, or lengthens the last one where it is of the same gait.
pub(super) fn push(tiles: &mut Vec<Stretch>, gait: Gait, range: Range<usize>) {
    match tiles.last_mut() {
        Some(last) if last.gait == gait => last.range.end = range.end,
        _ => tiles.push(Stretch { gait, range, stops: Vec::new() }),
    }
}

/// Gives stretches of at most `len` seconds, where that is flicker, to the longer neighbour.
///
/// A short walk or stand goes to a run only when it is very short or the timer stops right after it: between two runs
/// it becomes a stop of the run, and after a pause it is the runner getting going again.
fn merge_flicker(tiles: Vec<Stretch>, len: usize, shortest: Shortest) -> Vec<Stretch> {
    let mut merged: Vec<Stretch> = Vec::with_capacity(tiles.len());
    let mut tiles = tiles.into_iter().peekable();
    while let Some(Stretch { gait, range, .. }) = tiles.next() {
        let is_flicker = range.len() <= len && range.len() < shortest.of(gait);
        let to_run = range.len() < shortest.run || tiles.peek().is_some_and(|t| t.gait == Gait::Paused);
        let takes = |t: &&Stretch| shortest.of(t.gait) > 0 && (t.gait != Gait::Run || to_run);
        let neighbours = [merged.last(), tiles.peek()].into_iter().flatten();
        let longer = neighbours.filter(takes).max_by_key(|t| t.range.len()).map(|t| t.gait);
        push(&mut merged, longer.filter(|_| is_flicker).unwrap_or(gait), range);
    }
    merged
}

fn merge_between_pauses(tiles: Vec<Stretch>) -> Vec<Stretch> {
    let mut merged: Vec<Stretch> = Vec::with_capacity(tiles.len());
    let mut tiles = tiles.into_iter().peekable();
    while let Some(Stretch { gait, range, .. }) = tiles.next() {
        let is_paused = |t: Option<&Stretch>| t.is_some_and(|t| t.gait == Gait::Paused);
        let trembles = range.len() < BETWEEN_PAUSES_S && is_paused(merged.last()) && is_paused(tiles.peek());
        push(&mut merged, if trembles { Gait::Paused } else { gait }, range);
    }
    merged
}

/// Joins two runs with a short time between them into one, and remembers the stop.
pub(super) fn join_over_stops(tiles: Vec<Stretch>) -> Vec<Stretch> {
    let mut joined: Vec<Stretch> = Vec::with_capacity(tiles.len());
    // The last run so far, by its place in `joined`.
    let mut last_run: Option<usize> = None;
    for tile in tiles {
        if tile.gait != Gait::Run {
            joined.push(tile);
            continue;
        }
        if let Some(run) = last_run.filter(|&run| is_stop(&joined[run], &joined[run + 1..], &tile)) {
            joined.truncate(run + 1);
            let stop = joined[run].range.end..tile.range.start;
            joined[run].stops.push(stop);
            joined[run].stops.extend(tile.stops);
            joined[run].range.end = tile.range.end;
        } else {
            last_run = Some(joined.len());
            joined.push(tile);
        }
    }
    joined
}

/// True when what lies between two runs is a stop within one.
fn is_stop(run: &Stretch, between: &[Stretch], next: &Stretch) -> bool {
    let is_walked = between.iter().all(|tile| tile.gait == Gait::Walk);
    next.range.start - run.range.end <= if is_walked { WALKED_S } else { CROSSING_S }
}
