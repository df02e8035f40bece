//! Refuses speed and distance that cannot belong to the same run as the positions: in another unit, or stuck.
//!
//! Speed, distance and positions are three witnesses of one run. Where one of them tells of another pace than the two
//! others, as the distance of a foot pod with a wrong calibration does, it is left out; where no two agree, which of
//! them is right is not known.

use super::clock::Clock;
use super::kalman::Fix;
use super::odometer::{self, Odometer};
use super::resample::{Knot, LINEAR_S};
use super::track::{self, Freeze, Track};
use crate::model::{Note, NoteId};
use crate::units::percent;

/// Speed or distance that differs from the positions by more than this factor is refused. Our choice.
const DISAGREEMENT: f64 = 2.0;
/// The way is made of straight pieces of this length, or of this time.
const PIECE_M: f64 = 50.0;
const PIECE_S: f64 = 60.0;
/// Witnesses that differ by more than the first factor disagree, and by less than the second agree. Our choice: of real
/// files, those with three witnesses differ by 3 % at the median, and winding trails cut the way of positions by more.
const APART: f64 = 1.2;
const ALIKE: f64 = 1.1;
/// A track shorter than this says nothing.
const SHORT_TRACK_M: f64 = 200.0;

/// Drops device speed and distance that cannot belong to the same run as the positions, or that the two others of these
/// witnesses contradict. True where no two of them agree.
pub fn reject_inconsistent(
    clock: &Clock,
    track: &Track,
    fastest: f64,
    speeds: &mut Vec<Knot>,
    odometer: &mut Odometer,
    notes: &mut Vec<Note>,
) -> bool {
    // A receiver or an odometer that stands still for a while is no other calibration.
    let freezes: Vec<Freeze> = track.freezes.iter().chain(&odometer.freezes).copied().collect();
    let [speed, distance] = told(clock, (track, fastest), &freezes);
    let is_refused = |ratio: f64| !(1.0 / DISAGREEMENT..=DISAGREEMENT).contains(&ratio);
    if speed.is_some_and(is_refused) {
        speeds.clear();
        notes.push(Note::new(
            NoteId::SpeedRefused,
            "the speed in the file does not fit the positions, and was not used",
        ));
    }
    if distance.is_some_and(is_refused) {
        *odometer = Odometer::default();
        notes.retain(|note| !note.id.name().starts_with("distance-"));
        notes.push(Note::new(
            NoteId::DistanceRefused,
            "the distance in the file does not fit the positions, and was not used",
        ));
    }
    let speed = speed.filter(|&ratio| !is_refused(ratio) && !speeds.is_empty());
    let distance = distance.filter(|&ratio| !is_refused(ratio) && !odometer.knots.is_empty());
    outvote(speed, distance, speeds, odometer, notes)
}

/// Drops the one of three witnesses that the two others contradict. True where which of them is right is not known.
///
/// Speed and distance are given as what they come to over what the positions do.
fn outvote(
    speed: Option<f64>,
    distance: Option<f64>,
    speeds: &mut Vec<Knot>,
    odometer: &mut Odometer,
    notes: &mut Vec<Note>,
) -> bool {
    let differ = |ratio: f64, by: f64| ratio.ln().abs() > by.ln();
    match (speed, distance) {
        (Some(speed), Some(distance)) => {
            let off = |ratio: f64| differ(ratio, APART);
            let agrees = |ratio: f64| !differ(ratio, ALIKE);
            if off(distance) && agrees(speed) {
                *odometer = Odometer::default();
                let message = "the distance in the file is {} than speed and positions agree on, and was not used";
                notes.push(Note::new(NoteId::DistanceOutvoted, message.replace("{}", &by_how_much(distance))));
            } else if off(speed) && agrees(distance) {
                speeds.clear();
                let message = "the speed in the file is {} than distance and positions agree on, and was not used";
                notes.push(Note::new(NoteId::SpeedOutvoted, message.replace("{}", &by_how_much(speed))));
            }
            // Speed and distance are of one sensor as often as not. Where both fall short of the positions, which cut
            // corners and never make a way longer by so much, their agreement clears nobody.
            let is_short = |ratio: f64| ratio < 1.0 / APART;
            off(distance) && off(speed) && (off(distance / speed) || is_short(distance) && is_short(speed))
        }
        (Some(only), None) | (None, Some(only)) => differ(only, APART),
        (None, None) => false,
    }
}

/// As `30 % less`.
fn by_how_much(ratio: f64) -> String {
    format!("{} {}", percent((ratio - 1.0).abs()), if ratio < 1.0 { "less" } else { "more" })
}

/// What the watch's speed and its distance between neighbouring records come to, each over the way of their positions;
/// `None` where the track is short.
///
/// The way of the positions is made of pieces of some length, because the scatter of fixes a second apart alone can
/// double it.
fn told(clock: &Clock, (track, fastest): (&Track, f64), freezes: &[Freeze]) -> [Option<f64>; 2] {
    let is_frozen = |t: f64| freezes.iter().any(|freeze| freeze.from <= t && t <= freeze.to);
    let [mut by_speed, mut by_distance] = [Told::default(); 2];
    for pair in track.places.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        let dt = b.fix.t - a.fix.t;
        // A stray position would add kilometres to the way of a run whose speed is right.
        if dt > LINEAR_S || is_frozen(b.fix.t) || track::is_break(a, b, fastest) {
            (by_speed.piece, by_distance.piece) = (None, None);
            continue;
        }
        let (from, to) = (clock.points[a.record as usize].record, clock.points[b.record as usize].record);
        let speeds = from.speed().zip(to.speed());
        by_speed.add(
            speeds.map(|(a, b)| f64::midpoint(a.as_meters_per_second(), b.as_meters_per_second()) * dt),
            &a.fix,
            &b.fix,
        );
        let step = from.distance().zip(to.distance()).map(|(a, b)| b.as_meters() - a.as_meters());
        by_distance.add(step.filter(|&step| step >= 0.0 && !odometer::is_jump(step, dt, fastest)), &a.fix, &b.fix);
    }
    [by_speed, by_distance].map(|told| (told.walked > SHORT_TRACK_M).then(|| told.stated / told.walked))
}

/// What one of the two comes to.
#[derive(Debug, Clone, Copy, Default)]
struct Told {
    /// By the watch, in metres.
    stated: f64,
    /// By the positions, in metres.
    walked: f64,
    /// What the watch states since the piece began, and where and when that was.
    piece: Option<(f64, f64, f64, f64)>,
}

impl Told {
    /// Adds the step from one fix to the next; `None` where the watch does not know it.
    fn add(&mut self, step: Option<f64>, a: &Fix, b: &Fix) {
        let Some(step) = step else {
            self.piece = None;
            return;
        };
        let (stated, x, y, start) = self.piece.unwrap_or((0.0, a.x, a.y, a.t));
        let stated = stated + step;
        let way = (b.x - x).powi(2) + (b.y - y).powi(2);
        if way > PIECE_M * PIECE_M || b.t - start > PIECE_S {
            self.stated += stated;
            self.walked += way.sqrt();
            self.piece = None;
        } else {
            self.piece = Some((stated, x, y, start));
        }
    }
}
