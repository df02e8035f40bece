//! Tells whether a session without a sport may have been on foot, and whether one of another sport plainly was a run.

use crate::ingest::sport;
use crate::model::{Session, Sport};
use crate::segment::{Evidence, Gait, Segmentation};
use crate::timeline::{SpeedSource, Timeline, geodesy};

/// Slower than this is standing.
const MOVING: f64 = 0.5;

/// The fastest that a tenth of the moving time may be: 5 m/s is 3:20/km, a race pace, and a leisurely one on a bicycle.
/// Our choice; of the files without a sport that we have, it parts the runs from the rides.
const FASTEST: f64 = 5.0;

/// The time over which a speed is taken as well, in seconds: from one second to the next a phone's positions jump by as
/// much as a bicycle rolls, and over most of a minute they do not.
const CHORD_S: usize = 40;
/// The same over such a time, 4:10/km: a ride with stops, as met in real files, has a tenth faster than 4.5 m/s.
const FASTEST_CHORD: f64 = 4.0;
/// The same where the title that the runner gave names a run: nobody runs for long at 6.5 m/s, 2:34/km.
const FASTEST_OF_A_RUN: f64 = 6.5;
/// So much of it has to be known, in seconds, and half of all whose speed is known.
const LEAST_KNOWN_S: usize = 120;

/// True unless more than a tenth of the moving time is faster than anybody but a racer runs: from second to second, and
/// over most of a minute, or faster than anybody runs where the title names a run.
pub fn is_on_foot(session: &Session, timeline: &Timeline) -> bool {
    if is_slower(timeline.speed.iter().flatten(), FASTEST) {
        return true;
    }
    let is_titled = session.name.as_deref().is_some_and(|title| sport::of(title) == Sport::Running);
    let starts = (0..timeline.len().saturating_sub(CHORD_S)).step_by(CHORD_S / 4);
    let chords: Vec<f64> = starts.filter_map(|start| chord(timeline, start)).collect();
    let n_known = timeline.speed.iter().flatten().count();
    let is_ridden = chords.iter().filter(|&&speed| speed > FASTEST_OF_A_RUN).count() * 50 > chords.len();
    chords.len() * CHORD_S / 4 >= (n_known / 2).max(LEAST_KNOWN_S)
        && (is_titled || !is_ridden)
        && is_slower(chords.into_iter(), if is_titled { FASTEST_OF_A_RUN } else { FASTEST_CHORD })
}

/// True where a tenth of what moves at most is faster than a speed.
fn is_slower(speeds: impl Iterator<Item = f64>, fastest: f64) -> bool {
    let moving = speeds.filter(|&speed| speed > MOVING);
    let (n_moving, n_fast) =
        moving.fold((0_usize, 0_usize), |(all, fast), speed| (all + 1, fast + usize::from(speed > fastest)));
    n_fast * 10 <= n_moving
}

/// Speed from one moment to another between which it is known: straight between the positions where it comes from them,
/// or else by the distance.
fn chord(timeline: &Timeline, start: usize) -> Option<f64> {
    let end = start + CHORD_S;
    let place = |i: usize| timeline.position.get(i).copied().flatten();
    let meters = match place(start).zip(place(end)) {
        Some((from, to)) if timeline.signals.speed == SpeedSource::Position => geodesy::geodesic(from, to).as_meters(),
        _ => timeline.distance_at(end).as_meters() - timeline.distance_at(start).as_meters(),
    };
    (start..end).all(|i| timeline.speed.get(i).is_some()).then_some(meters / CHORD_S as f64)
}

/// So much running in a session whose sport is another is no chance. Our choice.
const PLAIN_RUN_S: f64 = 120.0;

/// True where steps and speed show minutes of running: who rows or rides may show either, but hardly both.
pub fn is_plainly_run(timeline: &Timeline, segmentation: &Segmentation) -> bool {
    let runs = segmentation.bouts.iter().filter(|bout| bout.gait == Gait::Run && bout.evidence != Evidence::Speed);
    let seconds: f64 = runs.map(|bout| timeline.duration(bout.range.clone())).sum();
    timeline.signals.cadence && timeline.signals.speed != SpeedSource::None && seconds >= PLAIN_RUN_S
}

/// More running than this in a walk is a run. Our choice.
const RUNNING_IN_A_WALK_S: f64 = 60.0;

/// True where nearly all time was walked or stood, and hardly any is of an unknown gait.
pub fn is_plainly_walked(timeline: &Timeline, segmentation: &Segmentation) -> bool {
    let seconds = |gaits: &[Gait]| -> f64 {
        let bouts = segmentation.bouts.iter().filter(|bout| gaits.contains(&bout.gait));
        bouts.map(|bout| timeline.duration(bout.range.clone())).sum()
    };
    let walked = seconds(&[Gait::Walk]);
    walked > 0.0 && seconds(&[Gait::Run]) < RUNNING_IN_A_WALK_S && seconds(&[Gait::Unknown]) < 0.1 * walked
}
