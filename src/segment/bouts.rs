//! From a gait a second to bouts: flicker merged, short stops kept inside the run.

use std::ops::Range;

use super::{Bout, Evidence, Gait};

/// Longest time in seconds without running, at a road crossing say, that does not end a run. Our choice.
const CROSSING_S: usize = 12;

/// Bouts that tile the samples, neighbours of different gait.
pub(super) fn from_labels(labels: &[(Gait, Evidence)]) -> Vec<Bout> {
    let gaits: Vec<Gait> = labels.iter().map(|&(gait, _)| gait).collect();
    let mut runs = stretches(&gaits);
    for shortest in 1..8 {
        runs = merge_flicker(&runs, shortest);
    }
    keep_crossings(&runs).into_iter().map(|(gait, range, crossings)| bout(gait, range, crossings, labels)).collect()
}

/// Seconds below which a stretch is flicker of the sensor, not a bout: 5 s of standing, 8 s of running or walking.
fn min_s(gait: Gait) -> usize {
    match gait {
        Gait::Run | Gait::Walk => 8,
        Gait::Stand => 5,
        Gait::Paused | Gait::Unknown => 0,
    }
}

/// A stretch of one gait with the short stops inside it.
type Stretch = (Gait, Range<usize>, Vec<Range<usize>>);

/// Longest stretches of equal gait.
fn stretches(gaits: &[Gait]) -> Vec<(Gait, Range<usize>)> {
    let mut runs = Vec::new();
    for (i, &gait) in gaits.iter().enumerate() {
        push(&mut runs, gait, i..i + 1);
    }
    runs
}

fn push(runs: &mut Vec<(Gait, Range<usize>)>, gait: Gait, range: Range<usize>) {
    match runs.last_mut() {
        Some((last, open)) if *last == gait => open.end = range.end,
        _ => runs.push((gait, range)),
    }
}

/// Gives stretches of at most `shortest` seconds, where that is flicker, to the longer neighbour.
fn merge_flicker(runs: &[(Gait, Range<usize>)], shortest: usize) -> Vec<(Gait, Range<usize>)> {
    let mut merged: Vec<(Gait, Range<usize>)> = Vec::with_capacity(runs.len());
    for (k, (gait, range)) in runs.iter().enumerate() {
        let flicker = range.len() <= shortest && range.len() < min_s(*gait);
        let before = merged.last().map(|(gait, range)| (range.len(), *gait));
        let after = runs.get(k + 1).map(|(gait, range)| (range.len(), *gait));
        let neighbour = [before, after].into_iter().flatten().filter(|(_, gait)| min_s(*gait) > 0).max();
        match neighbour {
            Some((_, longer)) if flicker => push(&mut merged, longer, range.clone()),
            _ => push(&mut merged, *gait, range.clone()),
        }
    }
    merged
}

/// Joins two runs with a short stand and at most as much walking between them into one, and remembers the stop.
fn keep_crossings(runs: &[(Gait, Range<usize>)]) -> Vec<Stretch> {
    let mut kept: Vec<Stretch> = Vec::with_capacity(runs.len());
    for (gait, range) in runs {
        kept.push((*gait, range.clone(), Vec::new()));
        if *gait == Gait::Run {
            join_over_crossing(&mut kept);
        }
    }
    kept
}

fn join_over_crossing(kept: &mut Vec<Stretch>) {
    let last = kept.len() - 1;
    let Some(run) = kept[..last].iter().rposition(|(gait, ..)| *gait == Gait::Run) else {
        return;
    };
    let stop = kept[run].1.end..kept[last].1.start;
    let between = &kept[run + 1..last];
    let stood = between.iter().any(|(gait, ..)| *gait == Gait::Stand);
    let walked_or_stood = between.iter().all(|(gait, ..)| matches!(gait, Gait::Stand | Gait::Walk));
    if stop.len() < CROSSING_S && stood && walked_or_stood {
        let end = kept[last].1.end;
        kept.truncate(run + 1);
        kept[run].1.end = end;
        kept[run].2.push(stop);
    }
}

fn bout(gait: Gait, range: Range<usize>, crossings: Vec<Range<usize>>, labels: &[(Gait, Evidence)]) -> Bout {
    let own = labels[range.clone()].iter().filter(|(own, _)| *own == gait);
    let confidence = own.clone().count() as f64 / range.len().max(1) as f64;
    let by_cadence = own.clone().filter(|(_, evidence)| *evidence == Evidence::Cadence).count();
    let by_speed = own.filter(|(_, evidence)| *evidence == Evidence::Speed).count();
    let told_from = match gait {
        Gait::Paused => Evidence::Timer,
        Gait::Unknown => Evidence::Nothing,
        _ if by_cadence >= by_speed => Evidence::Cadence,
        _ => Evidence::Speed,
    };
    Bout { gait, range, told_from, confidence, crossings }
}
