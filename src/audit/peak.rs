//! Stretches that are faster than what lies beside them, whatever the ceiling.
//!
//! The stretches of a bout form a landscape of speeds. Each row of them whose slowest is faster than both
//! neighbours is a peak: a repetition, but also the hard half of a run with its repetitions inside. All of them are kept, the peaks
//! within peaks too, so that a strict ceiling, under which everything is too fast, still shows the repetitions. The
//! ceiling only decides which peaks are hard enough.

use std::ops::Range;

use super::stretch::Stretch;

/// Gap between two stretches of a bout, in samples, from which they are two rows: as long as the shortest recovery.
const GAP: usize = 15;
/// Length in seconds from which a row of stretches is no effort of an interval session any more.
pub(super) const LONGEST_S: f64 = 720.0;

/// Factor by which a stretch is much slower than its peak, as for a recovery, and share of the peak that may be. Our choice.
const UNEVEN: f64 = 1.12;
const MOST_SLOW: f64 = 0.15;

/// A row of stretches that is faster than what lies beside it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Peak {
    /// Its stretches.
    pub stretches: Range<usize>,
    /// Its samples.
    pub range: Range<usize>,
    /// The bout it belongs to.
    pub bout: usize,
    /// Time of its stretches, in seconds.
    pub seconds: f64,
    /// Mean graded speed in metres per second.
    pub graded: f64,
    /// Mean speed over the ground in metres per second.
    pub raw: f64,
}

/// All peaks of a session, in the order of their ends.
pub(super) fn peaks(stretches: &[Stretch]) -> Vec<Peak> {
    let speed = |at: usize| stretches[at].speed.map(|speed| speed.graded);
    let joined = |left: usize| {
        let (left, right) = (&stretches[left], &stretches[left + 1]);
        left.bout == right.bout && right.range.start.saturating_sub(left.range.end) < GAP
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in 0..stretches.len() {
        let Some(mut floor) = speed(at) else { continue };
        let mut peak = at..at + 1;
        loop {
            let before = |peak: &Range<usize>| peak.start.checked_sub(1).filter(|&i| joined(i)).and_then(speed);
            let after = |peak: &Range<usize>| {
                (peak.end < stretches.len() && joined(peak.end - 1)).then(|| speed(peak.end)).flatten()
            };
            while before(&peak).is_some_and(|v| v >= floor) {
                peak.start -= 1;
            }
            while after(&peak).is_some_and(|v| v >= floor) {
                peak.end += 1;
            }
            if before(&peak).is_some_and(|v| v >= floor) {
                continue;
            }
            if seconds(&stretches[peak.clone()]) > LONGEST_S && peak.len() > 1 {
                break;
            }
            found.push(peak.clone());
            let Some(next) = before(&peak).into_iter().chain(after(&peak)).max_by(f64::total_cmp) else { break };
            floor = next;
        }
    }
    found.sort_by_key(|peak| (peak.end, peak.start));
    found.dedup();
    found.into_iter().filter_map(|peak| Peak::of(stretches, peak)).filter(|peak| peak.is_even(stretches)).collect()
}

fn seconds(stretches: &[Stretch]) -> f64 {
    stretches.iter().map(|stretch| stretch.seconds).sum()
}

impl Peak {
    /// True where hardly any of it is much slower than the whole: two strides and the jog between them are two efforts.
    fn is_even(&self, all: &[Stretch]) -> bool {
        let is_slow = |stretch: &&Stretch| stretch.speed.is_some_and(|speed| UNEVEN * speed.graded < self.graded);
        all[self.stretches.clone()].iter().filter(is_slow).map(|stretch| stretch.seconds).sum::<f64>()
            <= MOST_SLOW * self.seconds
    }

    /// A row of stretches; `None` where the speed of one is not known.
    pub fn of(all: &[Stretch], stretches: Range<usize>) -> Option<Self> {
        let within = &all[stretches.clone()];
        let seconds = seconds(within);
        let mean = |value: &dyn Fn(&Stretch) -> Option<f64>| -> Option<f64> {
            within
                .iter()
                .map(|stretch| Some(value(stretch)? * stretch.seconds))
                .sum::<Option<f64>>()
                .map(|sum| sum / seconds)
        };
        Some(Self {
            range: within.first()?.range.start..within.last()?.range.end,
            bout: within.first()?.bout,
            graded: mean(&|stretch| Some(stretch.speed?.graded))?,
            raw: mean(&|stretch| Some(stretch.speed?.raw))?,
            seconds,
            stretches,
        })
    }
}
