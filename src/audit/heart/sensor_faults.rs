//! Faults of the heart-rate sensor that hide what the heart did.
//!
//! Optical sensors err most where the effort changes, lock to the cadence and lag; straps lose contact and fall to a
//! low figure. A fault is no evidence against the runner: it only keeps heart rate from clearing what it covers. So a
//! fault counts where the running is faster than what the sensor did see, or where there is no pace that could tell.

use std::ops::Range;

use super::super::stretch::Speeds;
use super::over_time::usable;
use super::{Heart, Method};
use crate::segment::{Bout, Gait};
use crate::timeline::{Flags, Series, Timeline};

/// A heart rate below this share of the session's high one is no running heart. Our choice: 94 of 145 bpm.
const LOW: f64 = 0.65;
const HIGH_QUANTILE: f64 = 0.9;
/// How long the heart takes to rise, at the start of the running and of each bout, in samples. Our choice.
const RISES: usize = 90;
/// A heart rate that does not change for so many samples is none. Our choice: on real files, flat stretches of good
/// sensors end within two minutes.
const FLAT: usize = 180;
/// Shortest fault that counts, in samples. Our choice.
const SHORTEST: usize = 20;
/// Speed over that of the slower running from which a fault hides an effort. Our choice.
const FASTER: f64 = 1.08;
/// Samples to each side over which speed is taken.
const REACH: usize = 15;
/// Standard deviation in bpm, of means of 20 s around what the pace explains, from which a heart rate wanders. Our
/// choice: 2 to 6 bpm are usual on real files.
const WANDERS_BPM: f64 = 8.0;
const BLOCK: usize = 20;
const LEAST_BLOCKS: usize = 20;
/// A bout of so many samples outlasts a delay.
const OUTLASTS: usize = 180;
/// How the heart follows, in seconds: only for what the pace explains.
const FOLLOWS_S: f64 = 45.0;

/// What is wrong with a heart rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::audit) enum FaultKind {
    /// It copies the cadence.
    Locked,
    /// It is missing.
    Missing,
    /// It is far too low for running.
    Low,
    /// It does not change.
    Flat,
    /// It comes too late.
    Late,
    /// It goes up and down at an even pace.
    Wanders,
}

/// A fault of the sensor.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::audit) struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// From its first to its last sample.
    pub range: Range<usize>,
    /// Running that it covers, in seconds.
    pub seconds: f64,
    /// Running in which it hides what the heart did: faster than what was seen, or of unknown speed.
    pub hidden_s: f64,
    /// Size of it in bpm, where there is one.
    pub bpm: Option<f64>,
}

/// What is wrong with the heart rate of a session, the worst first.
///
/// `kinds` are what is wrong with each sample, `base` is the speed of the slower running.
pub(in crate::audit) fn sensor_faults(
    timeline: &Timeline,
    bouts: &[Bout],
    (speeds, heart): (&Speeds, &Heart),
    kinds: &[Option<FaultKind>],
    base: Option<f64>,
) -> Vec<Fault> {
    if !timeline.signals.heart_rate {
        return Vec::new();
    }
    let mut faults: Vec<Fault> = Vec::new();
    for (i, kind) in kinds.iter().enumerate().filter_map(|(i, kind)| Some((i, (*kind)?))) {
        let speed = speeds.graded.mean(i.saturating_sub(REACH)..(i + REACH).min(timeline.len()));
        let hides = speed.zip(base).is_none_or(|(speed, base)| speed > FASTER * base);
        let at = faults.iter().position(|fault| fault.kind == kind).unwrap_or_else(|| {
            faults.push(Fault { kind, range: i..i, seconds: 0.0, hidden_s: 0.0, bpm: None });
            faults.len() - 1
        });
        let fault = &mut faults[at];
        (fault.range.end, fault.seconds) = (i + 1, fault.seconds + timeline.span(i));
        fault.hidden_s += if hides { timeline.span(i) } else { 0.0 };
    }
    let run_s: f64 = runs(bouts).map(|bout| timeline.duration(bout.range.clone())).sum();
    let whole = |kind, hidden_s, bpm| Fault { kind, range: 0..timeline.len(), seconds: run_s, hidden_s, bpm };
    // A bout that lasts outlasts the delay; a stop at a crossing or two does not make short bouts of a long run.
    let short_s: f64 = runs(bouts).filter(|bout| bout.range.len() < OUTLASTS).map(|bout| bout.range.len() as f64).sum();
    let late_s = if 2.0 * short_s > run_s { short_s } else { 0.0 };
    faults.extend((heart.method == Method::Late).then(|| whole(FaultKind::Late, late_s, None)));
    let wander = wander(timeline, bouts, speeds).filter(|&bpm| bpm >= WANDERS_BPM);
    faults.extend(wander.map(|bpm| whole(FaultKind::Wanders, run_s, Some(bpm))));
    faults.sort_by(|a, b| b.hidden_s.total_cmp(&a.hidden_s).then(a.kind.cmp(&b.kind)));
    faults
}

/// The heart rate without what a sensor that lost contact made of it: no mean of that is a heart's.
pub(in crate::audit) fn believed(timeline: &Timeline, kinds: &[Option<FaultKind>]) -> Series {
    let mut believed = timeline.heart_rate.clone();
    for (i, _) in kinds.iter().enumerate().filter(|(_, kind)| **kind == Some(FaultKind::Low)) {
        believed.set(i, None);
    }
    believed
}

fn runs(bouts: &[Bout]) -> impl Iterator<Item = &Bout> {
    bouts.iter().filter(|bout| bout.gait == Gait::Run)
}

/// What is wrong with each sample of the running; empty without a heart rate.
pub(in crate::audit) fn of_samples(timeline: &Timeline, bouts: &[Bout]) -> Vec<Option<FaultKind>> {
    if !timeline.signals.heart_rate {
        return Vec::new();
    }
    let mut kinds = vec![None; timeline.len()];
    let least = high(timeline, bouts).map(|high| LOW * high);
    for bout in runs(bouts) {
        let (beats, flags) = (&timeline.heart_rate.as_slice()[bout.range.clone()], &timeline.flags[bout.range.clone()]);
        for ((i, kind), (&bpm, flags)) in kinds[bout.range.clone()].iter_mut().enumerate().zip(beats.iter().zip(flags))
        {
            *kind = if !bpm.is_finite() {
                Some(FaultKind::Missing)
            } else if flags.has(Flags::DOUBTFUL_HEART_RATE) {
                Some(FaultKind::Locked)
            } else {
                (i >= RISES && least.is_some_and(|least| f64::from(bpm) < least)).then_some(FaultKind::Low)
            };
        }
        for flat in flat(timeline, bout.range.clone()) {
            for kind in &mut kinds[flat] {
                *kind = kind.or(Some(FaultKind::Flat));
            }
        }
    }
    let mut start = 0;
    while start < kinds.len() {
        let end = (start..kinds.len()).find(|&i| kinds[i] != kinds[start]).unwrap_or(kinds.len());
        if end - start < SHORTEST {
            kinds[start..end].fill(None);
        }
        start = end;
    }
    kinds
}

/// A high heart rate of the session's running, which most of it stays below.
fn high(timeline: &Timeline, bouts: &[Bout]) -> Option<f64> {
    let mut beats: Vec<u32> = Vec::with_capacity(timeline.len());
    for bout in runs(bouts) {
        let (flags, of_bout) =
            (&timeline.flags[bout.range.clone()], &timeline.heart_rate.as_slice()[bout.range.clone()]);
        let is_usable = |(bpm, flags): &(&f32, &Flags)| bpm.is_finite() && !flags.has(Flags::DOUBTFUL_HEART_RATE);
        // Positive numbers have the order of their bits, which is more quickly compared.
        beats.extend(of_bout.iter().zip(flags).filter(is_usable).map(|(bpm, _)| bpm.to_bits()));
    }
    let at = (HIGH_QUANTILE * beats.len() as f64) as usize;
    (at < beats.len()).then(|| f64::from(f32::from_bits(*beats.select_nth_unstable(at).1)))
}

/// Stretches in which heart rate does not change at all.
fn flat(timeline: &Timeline, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = range.start;
    let beats = timeline.heart_rate.as_slice();
    for i in range.clone() {
        // A missing value is no number, and no nearer than that to any.
        let same = (f64::from(beats[i]) - f64::from(beats[start])).abs() < 0.5;
        if !same {
            start = i;
        }
        if i + 1 - start == FLAT {
            found.push(start..i + 1);
        } else if let Some(last) = found.last_mut().filter(|last: &&mut Range<usize>| last.start == start) {
            last.end = i + 1;
        }
    }
    found
}

/// Standard deviation in bpm of the running heart rate around what pace and time explain, in means of some seconds.
fn wander(timeline: &Timeline, bouts: &[Bout], speeds: &Speeds) -> Option<f64> {
    let mut points: Vec<[f64; 3]> = Vec::new();
    let keep = (-1.0 / FOLLOWS_S).exp();
    let mut followed: Option<f64> = None;
    let mut is_run = vec![false; timeline.len()];
    for bout in runs(bouts) {
        is_run[bout.range.clone()].fill(true);
    }
    let mut block = [0.0; 4];
    for ((i, &is_run), speed) in is_run.iter().enumerate().zip(speeds.graded.samples(0..is_run.len())) {
        // What is not known of the speed is as it was.
        if !speed.is_nan() {
            followed = Some(followed.map_or(speed, |before| speed + (before - speed) * keep));
        }
        let known = usable(timeline, i).zip(followed).filter(|_| is_run && i >= 2 * RISES);
        if let Some((bpm, speed)) = known {
            block = [block[0] + bpm, block[1] + speed, block[2] + i as f64 / 600.0, block[3] + 1.0];
        }
        if (i + 1) % BLOCK == 0 {
            if block[3] >= BLOCK as f64 / 2.0 {
                points.push([block[0] / block[3], block[1] / block[3], block[2] / block[3]]);
            }
            block = [0.0; 4];
        }
    }
    (points.len() >= LEAST_BLOCKS).then(|| residual_sd(&points))
}

/// Standard deviation of the first column around the plane through the other two.
fn residual_sd(points: &[[f64; 3]]) -> f64 {
    let n = points.len() as f64;
    let mean = |k: usize| points.iter().map(|point| point[k]).sum::<f64>() / n;
    let means = [mean(0), mean(1), mean(2)];
    let product =
        |a: usize, b: usize| points.iter().map(|point| (point[a] - means[a]) * (point[b] - means[b])).sum::<f64>() / n;
    let (yy, yx, yt, xx, xt, tt) =
        (product(0, 0), product(0, 1), product(0, 2), product(1, 1), product(1, 2), product(2, 2));
    let spread = xx * tt - xt * xt;
    let explained = if spread > f64::EPSILON {
        let (of_speed, of_time) = ((yx * tt - yt * xt) / spread, (yt * xx - yx * xt) / spread);
        of_speed * yx + of_time * yt
    } else {
        0.0
    };
    (yy - explained).max(0.0).sqrt()
}
