//! Refuses speed and distance that cannot belong to the same run as the positions: in another unit, or stuck.

use super::clock::Clock;
use super::odometer::{self, Odometer};
use super::resample::{Knot, LINEAR_S};
use super::track::Track;
use crate::model::{Note, Record};

/// Speed or distance that differs from the positions by more than this factor is refused. Our choice.
const DISAGREEMENT: f64 = 2.0;
/// The way is made of straight pieces of this length, or of this time.
const PIECE_M: f64 = 50.0;
const PIECE_S: f64 = 60.0;
/// A track shorter than this says nothing.
const SHORT_TRACK_M: f64 = 200.0;

/// Drops device speed and distance that cannot belong to the same run as the positions.
pub fn disagreeing(
    clock: &Clock,
    track: &Track,
    fastest: f64,
    speeds: &mut Vec<Knot>,
    odometer: &mut Odometer,
    notes: &mut Vec<Note>,
) {
    let by_speed = |a: &Record, b: &Record, dt: f64| {
        Some(f64::midpoint(a.speed()?.as_meters_per_second(), b.speed()?.as_meters_per_second()) * dt)
    };
    let by_distance = |a: &Record, b: &Record, dt: f64| {
        let step = b.distance()?.as_meters() - a.distance()?.as_meters();
        (step >= 0.0 && !odometer::is_jump(step, dt, fastest)).then_some(step)
    };
    if disagrees(clock, track, by_speed) {
        speeds.clear();
        notes.push(Note::new("speed-refused", "the speed in the file does not fit the positions, and was not used"));
    }
    if disagrees(clock, track, by_distance) {
        *odometer = Odometer::default();
        notes.retain(|note| !note.id.starts_with("distance-"));
        notes.push(Note::new(
            "distance-refused",
            "the distance in the file does not fit the positions, and was not used",
        ));
    }
}

/// True when the steps between neighbouring records come to another way than their positions.
///
/// The way of the positions is made of pieces of some length, because the scatter of fixes a second apart alone can
/// double it.
fn disagrees(clock: &Clock, track: &Track, step: impl Fn(&Record, &Record, f64) -> Option<f64>) -> bool {
    let (mut stated, mut walked) = (0.0, 0.0);
    let (mut piece, mut origin) = (0.0, None);
    for pair in track.places.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        let dt = b.fix.t - a.fix.t;
        let (from, to) = (clock.points[a.record as usize].record, clock.points[b.record as usize].record);
        let Some(step) = step(from, to, dt).filter(|_| dt <= LINEAR_S) else {
            (piece, origin) = (0.0, None);
            continue;
        };
        piece += step;
        let (x, y, start) = *origin.get_or_insert((a.fix.x, a.fix.y, a.fix.t));
        let way = (b.fix.x - x).powi(2) + (b.fix.y - y).powi(2);
        if way > PIECE_M * PIECE_M || b.fix.t - start > PIECE_S {
            stated += piece;
            walked += way.sqrt();
            (piece, origin) = (0.0, None);
        }
    }
    walked > SHORT_TRACK_M && !(walked / DISAGREEMENT..=walked * DISAGREEMENT).contains(&stated)
}
