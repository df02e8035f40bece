//! Cuts a timeline into bouts of running, walking and standing, and gives the evidence for each.
//!
//! ```text
//! odds of each second ─decode─▶ gait of each second ─bouts─▶ stretches ─boundary─▶ exact ends ─doubt, told─▶ bouts
//! ```
//!
//! Cadence decides where it is trusted, speed where it is not. On files of three runners whose watches also wrote what
//! their own detection had seen (49 files, 36 h, that detection left out), second by second:
//!
//! | rule | run or not: kappa | run, walk, stand: kappa |
//! | --- | --- | --- |
//! | a five-second median of 140 spm, flicker merged | 0.897 | 0.854 |
//! | this | 0.942 | 0.913 |
//! | this, had it ended runs exactly as late as the watch does | 0.954 | 0.929 |
//! | this, had it ended runs where the step rate falls | 0.918 | 0.880 |
//! | the same, against the watch with its six seconds of delay taken out | 0.959 | 0.939 |
//!
//! (A hidden Markov model of speed and cadence with the means of the literature did worse than the threshold.) The
//! table by file is printed by `cargo run --release --example gait_score`; with `--cross-validate` the weights are
//! chosen for each runner on the other runners' files, and the figures stay 0.942 and 0.913. What is left is one second
//! in 80: 811 s of running called walking and 577 s called standing, and 729 s of walking called standing, mostly next
//! to ends of bouts and where the cadence drops to zero; of 90 min standing, 5 min are called something else.
//!
//! Without cadence 75 % of those seconds are right, 19 % are left open and 6 % wrong: on trails speed says little. On
//! flat ground it does well as long as running is 1.4 times as fast as walking (made-up runs: bout F1 1.00). Of 225
//! real sessions whose cadence, speed and distance were taken away (`--example phone_score --positions`), held against
//! the bouts that their cadence shows:
//!
//! | sessions | right | open | wrong | run or not, of the named: kappa | bout F1 |
//! | --- | --- | --- | --- | --- | --- |
//! | one runner's season on roads, 104 h | 98.3 % | 0.7 % | 1.0 % | 0.888 | 0.95 |
//! | a runner in a town, 12 h | 97.6 % | 0.6 % | 1.8 % | 0.917 | 0.85 |
//! | a runner on trails, 24 h | 60.0 % | 33.5 % | 6.5 % | 0.755 | 0.31 |
//! | all, 222 h | 86.2 % | 10.9 % | 2.9 % | 0.856 | 0.57 |
//!
//! What plots of the hardest files showed:
//!
//! - Speed hardly tells running from walking off the road: one runs at 1.2 to 1.6 m/s and 150 spm uphill and walks
//!   down at the same speed and 120 spm. Above 2.2 m/s nobody walks, whatever the cadence says.
//! - A cadence of zero means that the sensor has lost the steps, not that the wearer stands: a third of all walked
//!   seconds have it, and every change of gait can bring some. The seconds around it and speed must decide.
//! - The switch is sharp: from one second to the next the step rate jumps by 30 to 50 spm. Any smoothing blurs it, so
//!   cadence is used as it comes, and what flickers is merged afterwards.
//! - On where a run ends the watch's detection is late by six seconds; see `boundary`.
//! - A watch that saves memory holds its last cadence after a stop and writes nothing while its wearer stands.
//! - Contact times add nothing: watches show them above 120 spm only, where cadence has decided already.

pub mod body;
mod boundary;
mod bouts;
mod confidence;
mod decode;
mod device;
mod doubt;
mod evidence;
mod mixture;
#[cfg(test)]
mod properties;
mod ride;
pub mod score;
mod speed;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::ops::Range;

use bouts::Shortest;
use device::Detection;
use speed::SpeedModel;

use crate::model::Note;
use crate::timeline::Timeline;

/// Cuts a session into bouts that tile it from its first sample to its last.
pub fn segment(timeline: &Timeline, options: Options) -> Segmentation {
    segment_with_weights(timeline, options, Weights::FITTED)
}

/// The same with other weights, so that their choice can be tried on runners that it was not made on.
pub fn segment_with_weights(timeline: &Timeline, options: Options, weights: Weights) -> Segmentation {
    let model = SpeedModel::of(timeline);
    let mut odds = evidence::weigh(timeline, &model, weights);
    ride::mark_ambiguous(&mut odds, timeline);
    let shortest = if timeline.signals.cadence { Shortest::BY_CADENCE } else { Shortest::BY_SPEED };
    let ours = decode::gaits(timeline, &odds, weights.change_cost);
    let mut stretches = bouts::stretches(&ours, shortest);
    let watch = if options.ignore_device_gait { None } else { Detection::of(timeline, &ours) };
    let agreement = watch.as_ref().map(|watch| watch.compare(&stretches));
    if let Some(watch) = &watch {
        stretches = bouts::stretches(&watch.or(&ours), shortest);
    }
    stretches = boundary::refine(stretches, timeline);
    let stretches = doubt::mark_ambiguous(stretches, timeline, &odds, &model);
    let trust = if agreement.is_some_and(|a| confidence::disagree(&a)) { confidence::TRUST_IN_DISPUTE } else { 1.0 };
    let bouts: Vec<Bout> = stretches.into_iter().map(|s| confidence::bout(s, &odds, watch.as_ref(), trust)).collect();
    let notes = confidence::notes(&bouts, timeline, agreement.as_ref());
    Segmentation { bouts, device_agreement: agreement.and_then(|a| a.kappa()), notes }
}

/// A session cut into bouts.
#[derive(Debug, Clone, PartialEq)]
pub struct Segmentation {
    /// The bouts, which tile the timeline from its first sample to its last.
    pub bouts: Vec<Bout>,
    /// Cohen's kappa between the watch's own detection and ours, a second at a time; `None` without a detection.
    pub device_agreement: Option<f64>,
    /// What the reader should know about how the bouts were told.
    pub notes: Vec<Note>,
}

impl Segmentation {
    /// The same without gaits, for a wheelchair: only pauses remain.
    #[must_use]
    pub fn without_gaits(self) -> Self {
        let mut bouts: Vec<Bout> = Vec::new();
        for bout in self.bouts {
            match bouts.last_mut() {
                Some(last) if last.gait == Gait::Unknown && bout.gait != Gait::Paused => {
                    last.range.end = bout.range.end;
                }
                _ if bout.gait == Gait::Paused => bouts.push(bout),
                _ => bouts.push(Bout {
                    gait: Gait::Unknown,
                    evidence: Evidence::Nothing,
                    confidence: 0.0,
                    crossings: Vec::new(),
                    ..bout
                }),
            }
        }
        Self { bouts, device_agreement: None, notes: Vec::new() }
    }
}

/// A stretch of one gait.
#[derive(Debug, Clone, PartialEq)]
pub struct Bout {
    /// What the runner did.
    pub gait: Gait,
    /// The samples of the timeline.
    pub range: Range<usize>,
    /// The evidence for its gait.
    pub evidence: Evidence,
    /// From 0, a guess, to 1, sure.
    pub confidence: f64,
    /// Short stops inside a run, at a road crossing for example, that do not end the bout.
    pub crossings: Vec<Range<usize>>,
}

/// What the runner did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gait {
    /// Running, however slow.
    Run,
    /// Walking, however brisk or steep.
    Walk,
    /// Standing or hardly moving.
    Stand,
    /// The timer stood still.
    Paused,
    /// The signals cannot tell.
    Unknown,
}

names! {
    Gait {
        Run => "run",
        Walk => "walk",
        Stand => "stand",
        Paused => "paused",
        Unknown => "unknown",
    }
}

/// The evidence for the gait of a bout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// The watch's own detection from its accelerometer.
    Device,
    /// Steps per minute.
    Cadence,
    /// Steps per minute and speed together.
    CadenceAndSpeed,
    /// Speed alone.
    Speed,
    /// The watch's timer.
    Timer,
    /// Nothing: there was no usable signal.
    Nothing,
}

names! {
    Evidence {
        Device => "device",
        Cadence => "cadence",
        CadenceAndSpeed => "cadence-and-speed",
        Speed => "speed",
        Timer => "timer",
        Nothing => "nothing",
    }
}

/// What was fitted to runs whose gait a watch's own detection had told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// Steps per minute at which running and walking are equally likely.
    ///
    /// Walkers go over to running at 141 spm (Hansen et al., Sci Rep 2017); as a classifier 135 to 140 spm does best
    /// (Hum Mov Sci 2023;90:103117).
    pub run_spm: f32,
    /// Log odds of running for each step per minute more.
    pub per_spm: f32,
    /// What a change of gait costs where cadence decides, in log odds.
    pub change_cost: f32,
}

impl Weights {
    /// What is used: 136 to 140 spm, slopes of 0.3 to 1 and costs of 1 to 5 are all within 0.003 of kappa of it.
    pub const FITTED: Self = Self { run_spm: 139.0, per_spm: 0.6, change_cost: 2.0 };
}

/// How to cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Leaves out the watch's own run and walk detection, so that ours can be measured against it.
    pub ignore_device_gait: bool,
}
