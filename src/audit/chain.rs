//! Finds efforts that follow one another with recoveries between: what makes a run an interval session.

use std::ops::Range;

use super::judge::{Judged, OVER};
use super::noise::median;
use super::unit::Speeds;
use crate::segment::{Bout, Gait};
use crate::timeline::Timeline;

/// Ratio to the ceiling from which an effort is hard. Our choice: three per cent beyond the grey band.
pub(super) const HARD: f64 = 1.08;
/// Length of an effort of an interval session, in seconds. Our choice: from 100 m to 2 km.
const HARD_S: std::ops::RangeInclusive<f64> = 20.0..=720.0;
/// Longest time from the end of one effort to the start of the next, in seconds. Our choice.
const LONGEST_RECOVERY_S: f64 = 300.0;
/// Shortest time that is a recovery, in seconds. Our choice.
const SHORTEST_RECOVERY_S: f64 = 15.0;
/// A recovery that is run is not over the ceiling itself, and the effort before it is faster by this factor. Our choice.
///
/// Asking for recoveries clearly under the ceiling misses sessions of 400 m fast, 400 m brisk, as met in real files.
const CONTRAST: f64 = 1.12;
/// The same where the recovery is too short, with its ramps, to come down to the ceiling. Our choice.
const CLEAR_CONTRAST: f64 = 1.25;
/// Efforts that have a rhythm, and how many times their usual recovery sets an effort apart from them. Our choice.
const LEAST_RHYTHM: usize = 3;
const APART: f64 = 2.5;

/// Spread of the lengths of efforts, as a share of their mean, beyond which they are not alike. Our choice.
const UNEVEN: f64 = 0.4;
/// Mean time from one stop to the next in seconds, from which they are stops and no rests. Our choice: a pyramid of
/// half a minute to two minutes is shorter.
const BETWEEN_STOPS_S: f64 = 150.0;

/// Neighbouring units over the ceiling, as one effort.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Effort {
    /// Its samples.
    pub range: Range<usize>,
    /// How long it is, in seconds.
    pub seconds: f64,
    /// The bout in which it begins.
    pub bout: usize,
    /// Mean graded speed over ceiling speed.
    pub ratio: f64,
    /// Mean graded speed in metres per second.
    pub graded: f64,
    /// Mean speed over the ground in metres per second.
    pub raw: f64,
}

/// The efforts of a session: units that count as over, joined where nothing lies between them.
pub(super) fn efforts(units: &[Judged]) -> Vec<Effort> {
    let mut efforts: Vec<Effort> = Vec::new();
    for judged in units.iter().filter(|judged| judged.counted) {
        let (Some(ratio), Some(speed)) = (judged.ratio, judged.unit.speed) else { continue };
        let unit = &judged.unit;
        match efforts.last_mut() {
            Some(last)
                if last.bout == unit.bout
                    && unit.range.start as f64 - (last.range.end as f64) < SHORTEST_RECOVERY_S =>
            {
                let share = unit.seconds / (last.seconds + unit.seconds);
                last.ratio += share * (ratio - last.ratio);
                last.graded += share * (speed.graded - last.graded);
                last.raw += share * (speed.raw - last.raw);
                last.seconds += unit.seconds;
                last.range.end = unit.range.end;
            }
            _ => efforts.push(Effort {
                range: unit.range.clone(),
                seconds: unit.seconds,
                bout: unit.bout,
                ratio,
                graded: speed.graded,
                raw: speed.raw,
            }),
        }
    }
    efforts
}

/// The longest row of hard efforts with a recovery after each but the last; the first of equals.
pub(super) fn longest_chain(efforts: &[Effort], timeline: &Timeline, bouts: &[Bout], speeds: &Speeds) -> Vec<Effort> {
    let hard: Vec<&Effort> = efforts.iter().filter(|e| e.ratio >= HARD && HARD_S.contains(&e.seconds)).collect();
    let joined = |pair: &[&Effort]| recovers_between(pair[0], pair[1], timeline, bouts, speeds);
    let mut longest = 0..0;
    let mut start = 0;
    for end in 1..=hard.len() {
        if end < hard.len() && joined(&hard[end - 1..=end]) {
            continue;
        }
        if end - start > longest.len() {
            longest = start..end;
        }
        start = end;
    }
    let mut chain: Vec<Effort> = hard[longest].iter().map(|&effort| effort.clone()).collect();
    drop_strays(&mut chain);
    chain
}

/// Drops a first and a last effort that stand apart from the rhythm of the others.
fn drop_strays(chain: &mut Vec<Effort>) {
    let gap = |pair: &[Effort]| pair[1].range.start.saturating_sub(pair[0].range.end) as f64;
    while chain.len() > LEAST_RHYTHM {
        let mut gaps: Vec<f64> = chain.windows(2).map(gap).collect();
        let (first, last) = (gaps[0], gaps[gaps.len() - 1]);
        let apart = APART * median(&mut gaps).unwrap_or(f64::INFINITY);
        if first > apart {
            chain.remove(0);
        } else if last > apart {
            chain.pop();
        } else {
            break;
        }
    }
}

/// True when the efforts are what stops leave of a run, as at crossings in a town: recoveries that are mostly stood, or
/// taken with the timer stopped, between efforts of any length.
///
/// In real files from a town, a run at one pace with eight automatic pauses has efforts of 0:40 to 8:50 whose lengths
/// vary by half and more of their mean. Repetitions with rests stood are alike.
pub(super) fn is_cut_by_stops(chain: &[Effort], bouts: &[Bout]) -> bool {
    let gaps = || chain.windows(2).map(|pair| pair[0].range.end..pair[1].range.start);
    let n_stood = gaps().filter(|gap| moving_within(gap, bouts) < 0.5 * gap.len() as f64).count();
    let n = chain.len() as f64;
    let mean = chain.iter().map(|effort| effort.seconds).sum::<f64>() / n;
    let spread = (chain.iter().map(|effort| (effort.seconds - mean).powi(2)).sum::<f64>() / n).sqrt();
    mean >= BETWEEN_STOPS_S && 2 * n_stood > gaps().count() && spread > UNEVEN * mean
}

/// True when the runner walks, stands or clearly slows down between two efforts.
fn recovers_between(before: &Effort, after: &Effort, timeline: &Timeline, bouts: &[Bout], speeds: &Speeds) -> bool {
    let between = before.range.end..after.range.start;
    let seconds = timeline.seconds(between.end) - timeline.seconds(between.start);
    if !(SHORTEST_RECOVERY_S..=LONGEST_RECOVERY_S).contains(&seconds) {
        return false;
    }
    if running_within(&between, bouts) < 0.5 * between.len() as f64 {
        return true;
    }
    let ceiling = before.graded / before.ratio;
    speeds.graded.mean(between).is_some_and(|mean| {
        let slower = before.graded / mean;
        slower >= CLEAR_CONTRAST || slower >= CONTRAST && mean <= OVER * ceiling
    })
}

/// Samples of a stretch that are running.
fn running_within(stretch: &Range<usize>, bouts: &[Bout]) -> f64 {
    within(stretch, bouts, |gait| gait == Gait::Run)
}

/// Samples of a stretch that are running or walking.
fn moving_within(stretch: &Range<usize>, bouts: &[Bout]) -> f64 {
    within(stretch, bouts, |gait| matches!(gait, Gait::Run | Gait::Walk))
}

fn within(stretch: &Range<usize>, bouts: &[Bout], is_meant: impl Fn(Gait) -> bool) -> f64 {
    let first = bouts.partition_point(|bout| bout.range.end <= stretch.start);
    bouts[first..]
        .iter()
        .take_while(|bout| bout.range.start < stretch.end)
        .filter(|bout| is_meant(bout.gait))
        .map(|bout| (bout.range.end.min(stretch.end) - bout.range.start.max(stretch.start)) as f64)
        .sum()
}
