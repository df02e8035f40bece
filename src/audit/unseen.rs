//! What a session holds unseen: time in which it went on and the signal that decides is missing.
//!
//! What lies between both ends of such a hole is known. Its distance over its time bounds the speed inside: a hole that
//! is crossed at the pace of the running beside it, and under the ceiling, is no reason to say nothing. Any other could
//! hold efforts, and what it could hold counts against `easy` as if it had been there.

mod hole;
mod mask;

use std::ops::Range;

pub(super) use hole::{Hole, Ways};

use super::Settings;
use super::judge::JudgedStretch;
use super::stretch::Speeds;
use crate::ceiling::Ceiling;
use crate::segment::Bout;
use crate::timeline::Timeline;

/// Share of the judged running that may be cleared because it was crossed at the pace of the running beside it. Our
/// choice: what is more is no longer a tunnel in a run, and a row of holes may hide a row of efforts and recoveries.
const MOST_CLEARED: f64 = 0.15;
/// A hole, or what it could hide, counts as a surge from this length on, in seconds: the shortest bout that is judged.
const SHORTEST_SURGE_S: f64 = 15.0;
/// One surge is counted in such windows, in seconds, as for what was seen.
const ONE_SURGE_S: f64 = 150.0;

/// The signal that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    /// Speed, held against a ceiling on pace.
    Speed,
    /// Heart rate, held against a ceiling of its own.
    HeartRate,
}

/// The account of a session: what was judged, and what was not seen.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Unseen {
    /// The stretches without the signal, in the order of time.
    pub holes: Vec<Hole>,
    /// Their time, in seconds.
    pub seconds: f64,
    /// Time in stretches that were judged, what is unseen of them left out, in seconds.
    pub judged_s: f64,
    /// Time that could have been over the ceiling, in seconds.
    pub open_s: f64,
    /// As how many surges it would count.
    pub n_open: usize,
}

impl Unseen {
    /// The account of a session for the signal that decides.
    pub fn of(
        signal: Signal,
        timeline: &Timeline,
        bouts: &[Bout],
        (stretches, speeds): (&[JudgedStretch], &Speeds),
        (ceiling, settings): (&Ceiling, &Settings),
    ) -> Self {
        let mask = mask::unseen(signal, timeline, bouts, stretches);
        let ways = Ways::new(timeline, bouts, speeds, &mask);
        let ranges = mask::stretches(&mask);
        let mut holes: Vec<Hole> = ranges.map(|range| ways.hole(signal, range, ceiling, settings)).collect();
        let seconds = holes.iter().fold(0.0, |sum, hole| sum + hole.seconds);
        let is_judged = |judged: &&JudgedStretch| match signal {
            Signal::Speed => judged.ratio.is_some(),
            Signal::HeartRate => judged.heart_over.is_some(),
        };
        let seen = |range: Range<usize>| range.filter(|&i| !mask[i]).map(|i| timeline.span(i)).sum::<f64>();
        let judged_s: f64 =
            stretches.iter().filter(is_judged).fold(0.0, |sum, judged| sum + seen(judged.stretch.range.clone()));
        let cleared_s: f64 = holes.iter().filter(|hole| hole.as_before).map(|hole| hole.seconds).sum();
        if cleared_s > MOST_CLEARED * (judged_s + cleared_s) {
            for hole in &mut holes {
                hole.as_before = false;
            }
        }
        let open = || holes.iter().map(Hole::open_s);
        let n_open =
            open().filter(|&open_s| open_s >= SHORTEST_SURGE_S).map(|open_s| (open_s / ONE_SURGE_S).ceil() as usize);
        let (open_s, n_open) = (open().sum(), n_open.sum());
        Self { holes, seconds, judged_s, open_s, n_open }
    }

    /// True when what is unseen could hold so much over the ceiling that a session would not be easy, beside `over_s` of
    /// `judged_s` seconds that were seen: `share` of the running.
    pub fn could_hide(&self, over_s: f64, judged_s: f64, share: f64) -> bool {
        self.open_s > 0.0 && over_s + self.open_s >= share * (judged_s + self.open_s)
    }

    /// The holes that were crossed faster than the ceiling allows.
    pub fn fast(&self) -> impl Iterator<Item = &Hole> {
        self.holes.iter().filter(|hole| hole.is_fast())
    }
}
