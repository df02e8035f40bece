//! The hardest run: what it says of the rest, by the equations for races. It is no ceiling. Nothing says that a hard run
//! was a race, and after an injury none is.

use super::SeenRun;
use crate::ceiling::daniels::{self, EASY_FRACTION, VALID_MINUTES};
use crate::model::{Note, NoteId};
use crate::units::{Date, Distance, Speed, UnitSystem, clock};

/// A run this near to the highest heart rate was hard: at 92 % and more even a race of hours is run. Without heart rate
/// nothing tells a hard run from an easy one.
const HARD: f64 = 0.92;

/// Shorter runs say little about an hour.
const LEAST_M: f64 = 3000.0;

/// The note on the hardest run; `None` where no run was hard. Of runs before the rehab it says how to use it as a race.
pub(super) fn note(
    runs: &[SeenRun],
    highest_bpm: f64,
    (proposed, rehab_started): (Option<Speed>, Option<Date>),
    units: UnitSystem,
) -> Option<Note> {
    let is_hard = |run: &&SeenRun| {
        let minutes = run.run_s / 60.0;
        let meters = run.speed.as_meters_per_second() * run.run_s;
        let is_near = run.heart_rate.is_some_and(|rate| rate.as_bpm() >= HARD * highest_bpm);
        is_near && !run.has_repetitions && meters >= LEAST_M && VALID_MINUTES.contains(&minutes)
    };
    let vdot =
        |run: &SeenRun| daniels::vdot(Distance::from_meters(run.speed.as_meters_per_second() * run.run_s), run.run_s);
    let hardest = runs.iter().filter(is_hard).max_by(|a, b| vdot(a).total_cmp(&vdot(b)))?;
    let easy = daniels::speed_at(EASY_FRACTION * vdot(hardest));
    let meters = Distance::from_meters(hardest.speed.as_meters_per_second() * hardest.run_s);
    let what = format!("the hardest run, {} in {} on {}", units.distance(meters), clock(hardest.run_s), hardest.date);
    if rehab_started.is_some_and(|started| hardest.date < started) {
        let kilometers = meters.as_kilometers();
        return Some(Note::new(
            NoteId::OwnRunsHardestBeforeRehab,
            format!(
                "{what}, was before the rehab. If it was a race, race = {{ distance = \"{kilometers:.2}km\", time = \"{}\", \
                 date = {} }} under [ceiling] in athlete.toml makes a ceiling of it, less what the lay-off takes",
                clock(hardest.run_s),
                hardest.date
            ),
        ));
    }
    let is_faster = proposed.is_some_and(|speed| speed.as_meters_per_second() > easy.as_meters_per_second());
    let beside = if is_faster {
        ": your steady runs are faster. Either you never ran as hard as in a race, or they are not easy; a talk test tells"
    } else {
        ", no slower than your steady runs"
    };
    let message = format!(
        "{what}, makes {} an easy pace by the equations for races{beside}. It is no race ceiling",
        units.pace(easy)
    );
    Some(Note::new(NoteId::OwnRunsHardest, message))
}
