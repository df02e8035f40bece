//! Which seconds of a session are unseen.

use std::ops::Range;

use super::Signal;
use crate::audit::judge::JudgedStretch;
use crate::segment::{Bout, Evidence, Gait};
use crate::timeline::{Flags, Timeline};

/// Seconds that are seen between two holes, below which they are one. Our choice: too short to judge.
const BETWEEN: usize = 8;
/// The body runs at this cadence, in steps a minute, and cannot be slower than this speed for so many seconds: the
/// receiver or the odometer stands still. Our choice.
const RUNS_SPM: f64 = 140.0;
const STUCK_M_PER_S: f64 = 0.8;
const STUCK_S: usize = 10;
/// Who is displaced by more than this in a pause, and by more than the drift of the receiver, in metres and metres a
/// second, has moved: as for the positions.
const MOVED_M: f64 = 20.0;
const DRIFT_M_PER_S: f64 = 0.3;

/// True for each second in which the session went on and the signal is missing. What was walked or stood by the steps
/// or by the watch needs no speed: it is not held against the ceiling.
pub(super) fn unseen(signal: Signal, timeline: &Timeline, bouts: &[Bout], stretches: &[JudgedStretch]) -> Vec<bool> {
    let mut mask = vec![false; timeline.len()];
    for bout in bouts {
        let of_bout = bout.range.clone();
        match bout.gait {
            Gait::Paused => of_bout.clone().for_each(|i| mask[i] = timeline.flags[i].has(Flags::UNTRACKED)),
            Gait::Run | Gait::Unknown => of_bout.clone().for_each(|i| mask[i] = is_missing(signal, timeline, i)),
            Gait::Walk | Gait::Stand if signal == Signal::Speed && bout.evidence == Evidence::Speed => {
                of_bout.clone().for_each(|i| mask[i] = timeline.flags[i].is_suspect());
            }
            Gait::Walk | Gait::Stand => {}
        }
        if signal == Signal::Speed && bout.gait == Gait::Run {
            stuck(timeline, bout.range.clone()).for_each(|range| mask[range].fill(true));
        }
    }
    counted_on(timeline).for_each(|range| mask[range].fill(true));
    if signal == Signal::Speed {
        let unknown = stretches.iter().map(|judged| &judged.stretch).filter(|stretch| stretch.speed.is_none());
        unknown.for_each(|stretch| mask[stretch.range.clone()].fill(true));
    }
    join(&mut mask, timeline);
    mask
}

/// The stretches of a mask that are set.
pub(super) fn stretches(mask: &[bool]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut end = 0;
    mask.chunk_by(|a, b| a == b).filter_map(move |run| {
        end += run.len();
        run[0].then_some(end - run.len()..end)
    })
}

fn is_missing(signal: Signal, timeline: &Timeline, i: usize) -> bool {
    let flags = timeline.flags[i];
    match signal {
        Signal::Speed => flags.is_suspect() || timeline.speed.get(i).is_none(),
        Signal::HeartRate => flags.has(Flags::DOUBTFUL_HEART_RATE) || timeline.heart_rate.get(i).is_none(),
    }
}

/// Where the steps are those of a run and the speed is that of a stand.
fn stuck(timeline: &Timeline, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let is_stuck = |i: usize| {
        timeline.cadence.get(i).is_some_and(|spm| spm >= RUNS_SPM)
            && timeline.speed.get(i).is_some_and(|speed| speed < STUCK_M_PER_S)
    };
    let start = range.start;
    let mask: Vec<bool> = range.map(is_stuck).collect();
    let found: Vec<Range<usize>> = stretches(&mask).filter(|range| range.len() >= STUCK_S).collect();
    found.into_iter().map(move |range| start + range.start..start + range.end)
}

/// Pauses without a position over which the distance grew.
fn counted_on(timeline: &Timeline) -> impl Iterator<Item = Range<usize>> + '_ {
    timeline.pauses.iter().filter_map(|pause| {
        let range = pause.start..pause.end.min(timeline.len());
        let way = timeline.distance_at(range.end).as_meters() - timeline.distance_at(range.start).as_meters();
        let seconds = timeline.duration(range.clone());
        (way > MOVED_M + DRIFT_M_PER_S * seconds).then_some(range)
    })
}

/// Joins holes with a moment between them that is too short to judge. A pause in which nobody moved parts them.
fn join(mask: &mut [bool], timeline: &Timeline) {
    let mut last: Option<usize> = None;
    for i in 0..mask.len() {
        if !mask[i] {
            continue;
        }
        if let Some(last) = last.filter(|&last| i - last > 1 && i - last <= BETWEEN)
            && (last + 1..i).all(|i| !timeline.flags[i].has(Flags::PAUSED))
        {
            mask[last + 1..i].fill(true);
        }
        last = Some(i);
    }
}
