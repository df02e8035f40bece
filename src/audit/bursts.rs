//! Short bursts add up: a row of sprints, each too short to be judged alone, is no easy run.
//!
//! A burst alone is a hurry over a crossing or the receiver's noise. Many that are alike are a session, where something
//! else than positions confirms them: steps that are faster, or a speed that the watch measured itself.

use std::ops::Range;

use super::noise::{shrink, speed_error};
use super::stretch::{Kind, Speeds, Stretch, StretchSpeed, Stretches};
use crate::segment::{Bout, Gait};
use crate::timeline::{SpeedSource, Timeline};

/// Bursts that make a row, and their least length in seconds. Our choice: fewer strides at the end of a run are a habit
/// of many runners, and shorter bursts are ramps.
const LEAST: usize = 6;
const SHORTEST_S: f64 = 8.0;
/// Share of the running in all of them, as for the surges of a verdict.
const LEAST_SHARE: f64 = 0.025;
/// The running beside a burst, in seconds to either side, and by which factor a burst is faster. Our choice.
const BESIDE: usize = 20;
const FASTER: f64 = 1.12;
/// Shortest piece of a stretch between two bursts that is judged, in seconds.
const PIECE: usize = 15;
/// Steps a minute by which a burst is quicker than the running beside it, and the share of the bursts in which it is.
/// Our choice: cadence rises by some six steps with each metre a second.
const QUICKER_SPM: f64 = 1.5;
const CONFIRMED: f64 = 0.7;

/// Adds the bursts of a session to its stretches where they are a row that is confirmed, and takes them off the bursts.
///
/// Nothing here depends on the ceiling: a higher one can only clear what was added.
pub(super) fn add_up(found: &mut Stretches, timeline: &Timeline, bouts: &[Bout], speeds: &Speeds) {
    let run_s: f64 =
        bouts.iter().filter(|bout| bout.gait == Gait::Run).map(|bout| seconds(timeline, &bout.range)).sum();
    let row: Vec<Stretch> = found.bursts.iter().filter_map(|burst| stretch(burst, timeline, bouts, speeds)).collect();
    let row_s: f64 = row.iter().map(|stretch| stretch.seconds).sum();
    if row.len() < LEAST || row_s < LEAST_SHARE * run_s || !is_confirmed(&row, timeline, bouts) {
        return;
    }
    found.bursts.retain(|burst| row.iter().all(|stretch| stretch.range != *burst));
    let stretches = std::mem::take(&mut found.stretches);
    found.stretches = stretches.into_iter().flat_map(|stretch| without(stretch, &row, timeline, speeds)).collect();
    found.stretches.extend(together(row));
    found.stretches.sort_by_key(|stretch| stretch.range.start);
}

/// What is left of a stretch between the bursts in it: the pieces that are long enough to judge.
fn without(stretch: Stretch, row: &[Stretch], timeline: &Timeline, speeds: &Speeds) -> Vec<Stretch> {
    let inside: Vec<&Stretch> = row
        .iter()
        .filter(|burst| burst.range.start < stretch.range.end && burst.range.end > stretch.range.start)
        .collect();
    if inside.is_empty() {
        return vec![stretch];
    }
    let starts = std::iter::once(stretch.range.start).chain(inside.iter().map(|burst| burst.range.end));
    let ends = inside.iter().map(|burst| burst.range.start).chain(std::iter::once(stretch.range.end));
    let pieces = starts.zip(ends).filter(|(start, end)| start + PIECE <= *end).map(|(start, end)| start..end);
    let error = speed_error(&timeline.signals);
    let piece = |range: Range<usize>| Stretch {
        kind: Kind::Surge,
        seconds: seconds(timeline, &range),
        speed: speeds.of_stretch(&range, error, timeline.signals.interval_s),
        range,
        ..stretch
    };
    pieces.map(piece).collect()
}

fn seconds(timeline: &Timeline, range: &Range<usize>) -> f64 {
    timeline.duration(range.clone())
}

/// A burst as a stretch, where it is long enough and clearly faster than the running beside it.
fn stretch(burst: &Range<usize>, timeline: &Timeline, bouts: &[Bout], speeds: &Speeds) -> Option<Stretch> {
    let bout = bouts.iter().position(|bout| bout.gait == Gait::Run && bout.range.contains(&burst.start))?;
    let seconds = seconds(timeline, burst);
    let error = speed_error(&timeline.signals);
    let speed = speeds.of_stretch(burst, error, timeline.signals.interval_s)?;
    let (before, after) = beside(burst, &bouts[bout].range);
    let (sum, known) = [before, after].into_iter().map(|side| speeds.raw.over(side)).fold((0.0, 0.0), add);
    let faster = known > 0.0 && speed.raw >= FASTER * sum / known;
    (seconds >= SHORTEST_S && faster).then(|| Stretch {
        bout,
        kind: Kind::Surge,
        range: burst.clone(),
        seconds,
        speed: Some(speed),
    })
}

fn beside(burst: &Range<usize>, bout: &Range<usize>) -> (Range<usize>, Range<usize>) {
    let before = burst.start.saturating_sub(BESIDE).max(bout.start)..burst.start;
    (before, burst.end..(burst.end + BESIDE).min(bout.end))
}

fn add(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 + b.0, a.1 + b.1)
}

/// True where most bursts are quicker in steps too. Without steps, a speed that the watch measured itself will do.
fn is_confirmed(row: &[Stretch], timeline: &Timeline, bouts: &[Bout]) -> bool {
    if !timeline.signals.cadence {
        return timeline.signals.speed == SpeedSource::Device && !timeline.signals.indoor;
    }
    let mean = |range: Range<usize>| {
        let known = range.filter_map(|i| timeline.cadence.get(i)).filter(|&spm| spm > 0.0);
        let (sum, n) = known.fold((0.0, 0_u32), |(sum, n), spm| (sum + spm, n + 1));
        (n > 0).then(|| sum / f64::from(n))
    };
    let is_quicker = |stretch: &&Stretch| {
        let (before, after) = beside(&stretch.range, &bouts[stretch.bout].range);
        let slower = match (mean(before), mean(after)) {
            (Some(a), Some(b)) => Some(f64::midpoint(a, b)),
            (a, b) => a.or(b),
        };
        mean(stretch.range.clone()).zip(slower).is_some_and(|(fast, slow)| fast - slow >= QUICKER_SPM)
    };
    row.iter().filter(is_quicker).count() as f64 >= CONFIRMED * row.len() as f64
}

/// The row with its speeds drawn together by as much as noise would spread them: what all of them show is surer than one.
fn together(row: Vec<Stretch>) -> Vec<Stretch> {
    let speeds: Vec<StretchSpeed> = row.iter().filter_map(|stretch| stretch.speed).collect();
    let graded: Vec<f64> = speeds.iter().map(|speed| speed.graded).collect();
    let errors: Vec<f64> = speeds.iter().map(|speed| speed.error).collect();
    let drawn = shrink(&graded, &errors);
    let drawn = row.into_iter().zip(speeds).zip(drawn).map(|((stretch, speed), (value, error))| {
        let by = value / speed.graded;
        let speed = StretchSpeed {
            graded: value,
            raw: speed.raw * by,
            other_model: speed.other_model.map(|other| other * by),
            error,
            ..speed
        };
        Stretch { speed: Some(speed), ..stretch }
    });
    drawn.collect()
}
