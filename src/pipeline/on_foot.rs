//! Tells whether a session without a sport may have been on foot, and whether one of another sport plainly was a run.

use crate::segment::{Evidence, Gait, Segmentation};
use crate::timeline::{SpeedSource, Timeline};

/// Slower than this is standing.
const MOVING: f64 = 0.5;

/// The fastest that a tenth of the moving time may be: 5 m/s is 3:20/km, a race pace, and a leisurely one on a bicycle.
/// Our choice; of the files without a sport that we have, it parts the runs from the rides.
const FASTEST: f64 = 5.0;

/// True unless more than a tenth of the moving time is faster than anybody but a racer runs.
pub fn is_on_foot(timeline: &Timeline) -> bool {
    let moving = timeline.speed.iter().flatten().filter(|&speed| speed > MOVING);
    let (n_moving, n_fast) =
        moving.fold((0_usize, 0_usize), |(all, fast), speed| (all + 1, fast + usize::from(speed > FASTEST)));
    n_fast * 10 <= n_moving
}

/// So much running in a session whose sport is another is no chance. Our choice.
const PLAIN_RUN_S: f64 = 120.0;

/// True where steps and speed show minutes of running: who rows or rides may show either, but hardly both.
pub fn is_plainly_run(timeline: &Timeline, segmentation: &Segmentation) -> bool {
    let runs = segmentation.bouts.iter().filter(|bout| bout.gait == Gait::Run && bout.told_from != Evidence::Speed);
    let seconds: f64 = runs.map(|bout| timeline.seconds(bout.range.end) - timeline.seconds(bout.range.start)).sum();
    timeline.signals.cadence && timeline.signals.speed != SpeedSource::None && seconds >= PLAIN_RUN_S
}

/// More running than this in a walk is a run. Our choice.
const RUNNING_IN_A_WALK_S: f64 = 60.0;

/// True where nearly all time was walked or stood, and hardly any is of an unknown gait.
pub fn is_plainly_walked(timeline: &Timeline, segmentation: &Segmentation) -> bool {
    let seconds = |gaits: &[Gait]| -> f64 {
        let bouts = segmentation.bouts.iter().filter(|bout| gaits.contains(&bout.gait));
        bouts.map(|bout| timeline.seconds(bout.range.end) - timeline.seconds(bout.range.start)).sum()
    };
    let walked = seconds(&[Gait::Walk]);
    walked > 0.0 && seconds(&[Gait::Run]) < RUNNING_IN_A_WALK_S && seconds(&[Gait::Unknown]) < 0.1 * walked
}
