//! Cuts a long run bout where the runner changed speed, whatever the ceiling.
//!
//! The cuts come from the runner's own changes of speed and never from the ceiling, so the same file always has the
//! same stretches, and a higher ceiling can only clear some of them. Small blocks are joined, the most alike first,
//! until every two neighbours differ by more than noise explains.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::noise::SpeedError;
use super::sums::Sums;

/// Length of the blocks to begin with, in samples.
const BLOCK: usize = 4;
/// Squared standard errors beyond which neighbours differ. Our choice: 3.5, as many pairs are looked at.
const CLEAR: f64 = 3.5 * 3.5;
/// Least difference of neighbours, on the logarithm of speed. Our choice: nobody holds a pace to 5 %.
const LEAST_CHANGE: f64 = 0.05;
/// How much a runner's own speed sways around the pace, on the logarithm, and for how long, in seconds. Our choice.
const SWAY: f64 = 0.04;
const SWAY_LASTS_S: f64 = 10.0;
/// How far a cut is moved to where it fits best, in samples.
const REACH: usize = 8;

/// What a bout was cut into.
#[derive(Debug, Default)]
pub(super) struct Cut {
    /// Stretches of one speed, at least the asked length each.
    pub stretches: Vec<Range<usize>>,
    /// Faster moments between them that are too short to judge, such as a sprint over a crossing.
    pub bursts: Vec<Range<usize>>,
    /// Slower moments and ramps between them that are too short to judge.
    pub lulls: Vec<Range<usize>>,
}

/// Cuts a stretch of samples where its speed changes. `shortest` is the least length of a stretch in seconds.
pub(super) fn cut(speed: &Sums, range: Range<usize>, error: SpeedError, shortest: f64) -> Cut {
    let noise = &mut Noise::new(error, range.len());
    let mut blocks = Vec::with_capacity(range.len().div_ceil(BLOCK));
    let starts = (range.start..range.end).step_by(BLOCK);
    blocks.extend(starts.filter_map(|start| Block::new(speed, start..(start + BLOCK).min(range.end), noise)));
    let mut joined = join(blocks, noise);
    refine(&mut joined, speed);
    let joined = settle_ramps(joined, shortest, noise);
    let (long, short): (Vec<Block>, Vec<Block>) = joined.into_iter().partition(|block| block.seconds >= shortest);
    let mut cut = Cut::default();
    for moment in short {
        let after = long.partition_point(|block| block.end <= moment.start);
        let slower = |near: Option<&Block>| near.is_none_or(|near| near.mean < moment.mean);
        let faster = slower(after.checked_sub(1).map(|before| &long[before])) && slower(long.get(after));
        let list = if faster && !long.is_empty() { &mut cut.bursts } else { &mut cut.lulls };
        list.push(moment.start..moment.end);
    }
    let mut stretches = join(long, noise);
    refine(&mut stretches, speed);
    cut.stretches = stretches.iter().map(|block| block.start..block.end).collect();
    cut
}

/// A stretch of about one speed.
#[derive(Debug, Clone, Copy)]
struct Block {
    start: usize,
    end: usize,
    sum: f64,
    seconds: f64,
    mean: f64,
    variance: f64,
}

/// Lengths of blocks up to which that is kept, in seconds: few are longer.
const REMEMBERED_S: usize = 1000;

/// How far the mean speed of a block may be off, by its length: what does not depend on its speed is worked out once.
struct Noise {
    error: SpeedError,
    /// By whole seconds: the variance that the runner's own sway makes, and what the receiver is off by, in metres.
    known: Vec<Option<(f64, f64)>>,
}

impl Noise {
    fn new(error: SpeedError, longest_s: usize) -> Self {
        Self { error, known: vec![None; longest_s.min(REMEMBERED_S) + 1] }
    }

    /// The variance of the logarithm of a mean speed.
    fn variance(&mut self, seconds: f64, mean: f64) -> f64 {
        let known = self.known.get_mut(seconds as usize).filter(|_| seconds.fract() == 0.0);
        let (sway, off_m) = match known {
            Some(Some(known)) => *known,
            Some(unknown) => *unknown.insert(Self::of_length(self.error, seconds)),
            None => Self::of_length(self.error, seconds),
        };
        sway + SpeedError::share_of(off_m, seconds, mean).powi(2)
    }

    fn of_length(error: SpeedError, seconds: f64) -> (f64, f64) {
        let lasting = SWAY_LASTS_S / seconds;
        let sway = SWAY * SWAY * 2.0 * lasting * (1.0 - lasting * (1.0 - (-1.0 / lasting).exp()));
        (sway, error.off_m(seconds))
    }
}

impl Block {
    fn new(speed: &Sums, range: Range<usize>, noise: &mut Noise) -> Option<Self> {
        let (sum, seconds) = speed.over(range.clone());
        (seconds > 0.0 && sum > 0.0).then(|| Self::of(range, sum, seconds, noise))
    }

    fn of(range: Range<usize>, sum: f64, seconds: f64, noise: &mut Noise) -> Self {
        let mean = sum / seconds;
        let variance = noise.variance(seconds, mean);
        Self { start: range.start, end: range.end, sum, seconds, mean, variance }
    }

    fn with(&self, next: &Self, noise: &mut Noise) -> Self {
        Self::of(self.start..next.end, self.sum + next.sum, self.seconds + next.seconds, noise)
    }

    /// How clearly two neighbours differ, in squared standard errors; never clearly below the least change.
    fn contrast(&self, next: &Self) -> f64 {
        let change = (self.mean / next.mean).ln().abs();
        let contrast = change * change / (self.variance + next.variance);
        if change < LEAST_CHANGE { contrast.min(CLEAR) } else { contrast }
    }
}

/// Joins neighbours, the most alike first, until all that are left differ.
fn join(mut blocks: Vec<Block>, noise: &mut Noise) -> Vec<Block> {
    let n = blocks.len();
    let mut next: Vec<usize> = (1..=n).collect();
    let mut before: Vec<Option<usize>> = (0..n).map(|i| i.checked_sub(1)).collect();
    // How often a block has grown; pairs in the heap that are older than that are out of date.
    let mut age = vec![0_u32; n];
    let mut gone = vec![false; n];
    // Positive floats have the order of their bits.
    let mut pairs: BinaryHeap<Reverse<(u64, usize, u32, u32)>> =
        (1..n).map(|i| Reverse((blocks[i - 1].contrast(&blocks[i]).to_bits(), i - 1, 0, 0))).collect();
    while let Some(Reverse((contrast, left, left_age, right_age))) = pairs.pop() {
        if f64::from_bits(contrast) > CLEAR {
            break;
        }
        let right = next[left];
        if gone[left] || right >= n || age[left] != left_age || age[right] != right_age {
            continue;
        }
        blocks[left] = blocks[left].with(&blocks[right], noise);
        (gone[right], age[left], next[left]) = (true, age[left] + 1, next[right]);
        if let Some(after) = blocks.get(next[left]) {
            before[next[left]] = Some(left);
            pairs.push(Reverse((blocks[left].contrast(after).to_bits(), left, age[left], age[next[left]])));
        }
        if let Some(first) = before[left] {
            pairs.push(Reverse((blocks[first].contrast(&blocks[left]).to_bits(), first, age[first], age[left])));
        }
    }
    let mut gone = gone.into_iter();
    blocks.retain(|_| !gone.next().unwrap_or(false));
    blocks
}

/// Gives each short step between a slower and a faster neighbour to the one that it is nearer to.
fn settle_ramps(blocks: Vec<Block>, shortest: f64, noise: &mut Noise) -> Vec<Block> {
    let mut settled: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut blocks = blocks.into_iter().peekable();
    while let Some(step) = blocks.next() {
        let neighbours = settled.last_mut().zip(blocks.peek_mut());
        let Some((before, after)) = neighbours.filter(|_| step.seconds < shortest) else {
            settled.push(step);
            continue;
        };
        let (from_before, to_after) = ((step.mean / before.mean).ln(), (after.mean / step.mean).ln());
        if from_before * to_after <= 0.0 {
            settled.push(step);
        } else if from_before.abs() < to_after.abs() {
            *before = before.with(&step, noise);
        } else {
            *after = step.with(after, noise);
        }
    }
    settled
}

/// Moves each cut to where the two speeds beside it fit the samples best.
fn refine(blocks: &mut [Block], speed: &Sums) {
    for i in 1..blocks.len() {
        let (left, right) = (blocks[i - 1], blocks[i]);
        if left.end != right.start {
            continue;
        }
        let middle = f64::midpoint(left.mean, right.mean);
        let from = left.end.saturating_sub(REACH).max(left.start + 1);
        let to = (left.end + REACH).min(right.end.saturating_sub(1));
        // Up to the cut, samples on the left speed's side of the middle count for it, the others against it.
        let gain = |at: usize| {
            let (sum, seconds) = speed.over(from..at);
            (sum - middle * seconds) * (left.mean - right.mean).signum()
        };
        let Some(best) = (from..=to).max_by(|&a, &b| gain(a).total_cmp(&gain(b))) else { continue };
        blocks[i - 1].end = best;
        blocks[i].start = best;
        for block in &mut blocks[i - 1..=i] {
            let (sum, seconds) = speed.over(block.start..block.end);
            (block.sum, block.seconds) = (sum, seconds);
            block.mean = if seconds > 0.0 { sum / seconds } else { block.mean };
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    /// Cuts a run of plateaus, each its seconds and its speed, with a sway of 3 % and a period of 13 s.
    fn check(plateaus: &[(usize, f64)], expected: &Expect) {
        let speeds = plateaus.iter().flat_map(|&(seconds, speed)| std::iter::repeat_n(speed, seconds));
        let swaying: Vec<f64> = speeds.enumerate().map(|(i, v)| v * (1.0 + 0.03 * (i as f64 / 2.07).sin())).collect();
        let n = swaying.len();
        let sums = Sums::new(&swaying, n as f64);
        let cut = cut(&sums, 0..n, SpeedError { position_m: 1.6, scale: 0.015 }, 16.0);
        expected.assert_eq(&format!("{:?} bursts {:?} lulls {:?}", cut.stretches, cut.bursts, cut.lulls));
    }

    #[test]
    fn a_steady_run_stays_whole() {
        check(&[(1800, 2.6)], &expect!["[0..1800] bursts [] lulls []"]);
    }

    #[test]
    fn repetitions_are_told_apart() {
        check(
            &[(720, 2.6), (60, 3.4), (60, 2.3), (60, 3.4), (60, 2.3)],
            &expect!["[0..720, 720..780, 780..840, 840..900, 900..960] bursts [] lulls []"],
        );
    }

    #[test]
    fn a_stride_is_found_in_a_long_run() {
        check(&[(1000, 2.6), (20, 4.2), (1000, 2.6)], &expect!["[0..1000, 1000..1020, 1020..2020] bursts [] lulls []"]);
    }

    #[test]
    fn a_sprint_over_a_crossing_is_a_burst_and_leaves_the_run_whole() {
        check(
            &[(400, 2.6), (8, 4.2), (400, 2.6), (10, 1.5), (200, 2.6)],
            &expect!["[0..1018] bursts [400..408] lulls [808..818]"],
        );
    }
}
