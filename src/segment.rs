//! Cuts a timeline into bouts of running, walking and standing, and says what each was told from.

pub mod body;
mod boundary;
mod bouts;
mod decode;
mod device;
mod doubt;
mod evidence;
mod mixture;
#[cfg(test)]
mod properties;
pub mod score;
mod speed;
#[cfg(test)]
mod tests;
mod told;

use std::ops::Range;

use crate::model::Note;
use crate::timeline::Timeline;
use bouts::Shortest;
use device::Detection;
use speed::SpeedModel;

/// Cuts a session into bouts that tile it from its first sample to its last.
pub fn segment(timeline: &Timeline, options: Options) -> Segmentation {
    let model = SpeedModel::of(timeline);
    let odds = evidence::weigh(timeline, &model);
    let shortest = if timeline.signals.cadence { Shortest::BY_CADENCE } else { Shortest::BY_SPEED };
    let ours = decode::gaits(timeline, &odds);
    let mut stretches = bouts::stretches(&ours, shortest);
    let watch = if options.ignore_device_gait { None } else { Detection::of(timeline, &ours) };
    let agreement = watch.as_ref().map(|watch| watch.compare(&stretches));
    if let Some(watch) = &watch {
        stretches = bouts::stretches(&watch.or(&ours), shortest);
    }
    boundary::refine(&mut stretches, timeline);
    let stretches = doubt::leave_open(stretches, timeline, &odds, &model);
    let bouts: Vec<Bout> = stretches.into_iter().map(|s| told::bout(s, &odds, watch.as_ref())).collect();
    let notes = told::notes(&bouts, timeline, agreement.as_ref());
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

/// A stretch of one gait.
#[derive(Debug, Clone, PartialEq)]
pub struct Bout {
    /// What the runner did.
    pub gait: Gait,
    /// The samples of the timeline.
    pub range: Range<usize>,
    /// What it was told from.
    pub told_from: Evidence,
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

/// What a bout was told from.
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

/// How to cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Leaves out the watch's own run and walk detection, so that ours can be measured against it.
    pub ignore_device_gait: bool,
}
