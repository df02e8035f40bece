//! The records as the file has them, cut where their times do not go on.

use super::{Piece, Timed};
use crate::model::{Note, NoteId};
use crate::timeline::smooth::middle_step;
use crate::units::plural;

/// So many records newest first are a block that stands the wrong way round.
const REVERSED: usize = 5;
/// A reading of a wrong clock is of no more records than this, and of no more time, in milliseconds.
const GLITCH: usize = 5;
const GLITCH_MS: i64 = 10_000;
/// More such readings than one in so many records are none.
const GLITCHES_ONE_IN: usize = 20;
/// Records go on from one another where they are no further apart than so many usual steps, or these milliseconds.
const STEPS: i64 = 3;
const STEP_MS: i64 = 5_000;
/// A few records at one end of the file that are further away than this are of a wrong clock, in milliseconds.
const FAR_MS: u64 = 12 * 3_600_000;

/// True for records whose times rise without a step so long that those before or behind it may be of a wrong clock: in
/// them nothing is to be moved or left out.
pub fn are_in_order(records: &[Timed]) -> bool {
    let far = i64::try_from(FAR_MS).unwrap_or(i64::MAX);
    !records.is_empty() && records.windows(2).all(|w| (0..=far).contains(&(w[1].ms - w[0].ms)))
}

/// The records in the order of the file, blocks that stand newest first turned round and single wrong times left out.
pub struct Blocks<'a> {
    /// The records.
    pub records: Vec<Timed<'a>>,
    /// The median step from record to record, in milliseconds, 1 at least.
    pub usual_ms: i64,
    /// True when a record was left out or moved.
    pub is_changed: bool,
    n_reversed: usize,
    n_backwards: usize,
    n_far: usize,
}

impl<'a> Blocks<'a> {
    /// Cuts the records into blocks; `None` without a record.
    pub fn of(mut records: Vec<Timed<'a>>) -> Option<Self> {
        let n_reversed = turn_round(&mut records);
        let usual_ms = usual(&records);
        let mut blocks = Self { records, usual_ms, is_changed: n_reversed > 0, n_reversed, n_backwards: 0, n_far: 0 };
        blocks.drop_glitches();
        (!blocks.records.is_empty()).then_some(blocks)
    }

    /// The indices of records that are earlier than the one before them.
    pub fn falls(&self) -> impl Iterator<Item = usize> + '_ {
        (1..self.records.len()).filter(|&i| self.records[i].ms < self.records[i - 1].ms)
    }

    /// The records in the order of time, each with its place in the file.
    pub fn sorted(&self) -> Vec<(usize, Timed<'a>)> {
        let mut sorted: Vec<_> = self.records.iter().copied().enumerate().collect();
        sorted.sort_by_key(|(_, timed)| timed.ms);
        sorted
    }

    /// The records in the order of the file, cut where the time falls.
    pub fn pieces(&self) -> Vec<Piece<'a>> {
        let runs = self.records.chunk_by(|a, b| a.ms <= b.ms);
        runs.map(|records| Piece { records: records.to_vec(), shift: 0 }).collect()
    }

    /// The most records whose times never fall: the longest such subsequence, so that one bad reading of the clock
    /// ahead of the others costs that record and not all after it.
    pub fn rising(&self) -> Vec<Timed<'a>> {
        let timed = &self.records;
        let mut tails: Vec<usize> = Vec::new();
        let mut before: Vec<usize> = Vec::with_capacity(timed.len());
        for (i, at) in timed.iter().enumerate() {
            let rank = tails.partition_point(|&j| timed[j].ms <= at.ms);
            before.push(if rank > 0 { tails[rank - 1] } else { usize::MAX });
            if rank == tails.len() { tails.push(i) } else { tails[rank] = i }
        }
        let mut kept = Vec::with_capacity(tails.len());
        let mut i = tails.last().copied().unwrap_or(usize::MAX);
        while let Some(&point) = timed.get(i) {
            kept.push(point);
            i = before[i];
        }
        kept.reverse();
        kept
    }

    /// Says what was done.
    pub fn tell(&self, notes: &mut Vec<Note>) {
        if self.n_reversed > 0 {
            let message = format!(
                "{} newest first; the records were put in the order of time",
                plural(self.n_reversed, "block of records stands", Some("blocks of records stand"))
            );
            notes.push(Note::new(NoteId::RecordsNewestFirst, message));
        }
        let dropped = [
            (self.n_far, NoteId::ClockJump, "hours or days away from the others"),
            (self.n_backwards, NoteId::TimeBackwards, "whose time runs backwards"),
        ];
        for (n, id, which) in dropped.into_iter().filter(|(n, ..)| *n > 0) {
            notes.push(Note::new(id, format!("dropped {} {which}", plural(n, "record", None))));
        }
    }

    fn goes_on(&self, a: Timed, b: Timed, n_between: i64) -> bool {
        let most = STEP_MS.max(self.usual_ms.saturating_mul(STEPS)).saturating_mul(n_between + 1);
        (0..=most).contains(&b.ms.saturating_sub(a.ms))
    }

    /// Leaves out a few records of a wrong time, between others that go on without them or at an end of the file.
    fn drop_glitches(&mut self) {
        let records = &self.records;
        let mut starts: Vec<usize> = vec![0];
        starts.extend((1..records.len()).filter(|&i| !self.goes_on(records[i - 1], records[i], 0)));
        starts.push(records.len());
        let mut is_kept = vec![true; records.len()];
        let (mut n_far, mut n_backwards) = (0, 0);
        let n_blocks = starts.len().saturating_sub(1);
        let mut last_kept: Option<usize> = None;
        for k in 0..n_blocks {
            let (from, to) = (starts[k], starts[k + 1]);
            let is_short = to - from <= GLITCH && records[to - 1].ms.saturating_sub(records[from].ms) <= GLITCH_MS;
            let (before, after) = (last_kept.map(|i| records[i]), records.get(to).copied());
            let far = |from: i64, to: i64| from.abs_diff(to) > FAR_MS;
            let wrong = match (before, after) {
                _ if !is_short || n_blocks == 1 => None,
                (Some(a), Some(b)) if a.ms <= records[from].ms && records[to - 1].ms <= b.ms => None,
                (Some(a), Some(b)) if self.goes_on(a, b, i64::try_from(to - from).unwrap_or(i64::MAX - 1)) => {
                    Some(far(a.ms, records[from].ms))
                }
                (None, Some(b)) if far(records[to - 1].ms, b.ms) => Some(true),
                (None, Some(b)) if records[to - 1].ms > b.ms => Some(false),
                (Some(a), None) if far(a.ms, records[from].ms) => Some(true),
                (Some(a), None) if records[from].ms < a.ms => Some(false),
                _ => None,
            };
            match wrong {
                None => last_kept = Some(to - 1),
                Some(is_far) => {
                    is_kept[from..to].fill(false);
                    *(if is_far { &mut n_far } else { &mut n_backwards }) += to - from;
                }
            }
        }
        let n = n_far + n_backwards;
        if n > 0 && n <= GLITCH.max(records.len() / GLITCHES_ONE_IN) && n < records.len() {
            let mut keep = is_kept.into_iter();
            self.records.retain(|_| keep.next() == Some(true));
            (self.n_far, self.n_backwards, self.is_changed) = (n_far, n_backwards, true);
        }
    }
}

/// Turns round the blocks that stand newest first. Returns how many there are.
fn turn_round(records: &mut [Timed]) -> usize {
    let (mut n_turned, mut i) = (0, 0);
    while i < records.len() {
        let falls = records[i..].windows(2).take_while(|w| w[1].ms < w[0].ms).count();
        if falls + 1 >= REVERSED {
            records[i..=i + falls].reverse();
            n_turned += 1;
        }
        i += falls + 1;
    }
    n_turned
}

/// The median step from record to record that is not backwards.
fn usual(records: &[Timed]) -> i64 {
    let steps: Vec<i64> = records.windows(2).map(|w| w[1].ms.saturating_sub(w[0].ms)).collect();
    usual_of(&steps)
}

/// The median of the steps that are not backwards, or a second.
pub fn usual_of(steps: &[i64]) -> i64 {
    let mut rising = Vec::with_capacity(steps.len());
    rising.extend(steps.iter().copied().filter(|&step| step > 0));
    middle_step(&mut rising).unwrap_or(1000)
}
