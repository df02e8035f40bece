//! Chooses where speed comes from and lays it out with the distance that belongs to it.

use super::clock::Clock;
use super::odometer::{self, Odometer};
use super::resample::{Between, KNOWN_S, Knot, LINEAR_S, fill, knots, seconds};
use super::track::{self, Track};
use super::{Flags, SpeedSource, kalman, stretches};
use crate::model::{Note, Record, Session, Sport};

/// Device speed or distance that differs from the positions by more than this factor is in another unit, or stuck.
const DISAGREEMENT: f64 = 2.0;
/// A track shorter than this says nothing about a unit.
const SHORT_TRACK_M: f64 = 200.0;
/// Faster than this a device moves.
const MOVING_M_PER_S: f64 = 0.3;

/// The fastest that a body comes in a sport, in m/s. The fastest sprint of a human is 12.4 m/s.
pub fn fastest(sport: Sport) -> f64 {
    match sport {
        Sport::Running | Sport::Walking | Sport::Unknown => 12.5,
        Sport::Wheelchair => 25.0,
        Sport::Other => 100.0,
    }
}

/// Speed and distance of a session on whole seconds.
#[derive(Debug)]
pub struct Motion {
    /// Where speed comes from.
    pub source: SpeedSource,
    /// Metres per second; NaN in gaps and pauses.
    pub speed: Vec<f32>,
    /// Metres at the start of each second.
    pub distance: Vec<f64>,
    /// Metres at the end.
    pub total: f64,
}

/// Takes the watch's own speed, else its distance, else the positions.
pub fn read(session: &Session, clock: &Clock, track: &Track, flags: &mut [Flags], notes: &mut Vec<Note>) -> Motion {
    let fastest = fastest(session.sport);
    let mut speeds = knots(clock, |r| Some(r.speed()?.as_meters_per_second()).filter(|v| (0.0..1000.0).contains(v)));
    let mut odometer = odometer::read(clock, fastest, notes);
    if !session.indoor {
        refuse_disagreeing(clock, track, &mut speeds, &mut odometer, notes);
    }
    if !is_usable(&speeds, clock, |k| k.value > MOVING_M_PER_S) {
        speeds.clear();
    }
    if !is_usable(&odometer.knots, clock, |k| k.value > 1.0) {
        odometer = Odometer::default();
    }
    mark(flags, odometer.freezes.iter().map(|f| (f.from, f.to)), Flags::FROZEN);
    mark(flags, odometer.jumps.iter().map(|&t| (t, t + 1.0)), Flags::SPIKE);

    let (mut source, mut way) = (SpeedSource::Device, odometer.knots);
    let mut speed = fill(&speeds, flags.len(), Between::Line);
    if speeds.is_empty() && way.is_empty() {
        source = SpeedSource::None;
        if !session.indoor && track.places.len() > 1 {
            source = SpeedSource::Position;
            (speeds, way) = from_positions(track, fastest, flags);
            speed = fill(&speeds, flags.len(), Between::Line);
        }
    }
    let mut distance = odometer::fill(&way, flags);
    let mut total = way.last().map_or(0.0, |k| k.value);
    if speeds.is_empty() && !way.is_empty() {
        speed = differences(&distance, flags);
    }
    if way.is_empty() {
        (distance, total) = integrate(&speed, flags, clock.elapsed_s);
    }
    bridge(clock, &distance, flags, &mut speed);
    for (v, flag) in speed.iter_mut().zip(flags.iter()) {
        if flag.has(Flags::PAUSED) || flag.has(Flags::GAP) {
            *v = f32::NAN;
        }
    }
    tell_source(source, session, notes);
    Motion { source, speed, distance, total }
}

fn is_usable(knots: &[Knot], clock: &Clock, moves: impl Fn(&Knot) -> bool) -> bool {
    knots.len() >= 2 && 2 * knots.len() >= clock.points.len().min(clock.n_seconds()) && knots.iter().any(moves)
}

fn tell_source(source: SpeedSource, session: &Session, notes: &mut Vec<Note>) {
    match source {
        SpeedSource::Position => notes.push(Note::new(
            "speed-from-positions",
            "the file has no speed of its own; it was worked out from the positions, which is less exact",
        )),
        SpeedSource::None => notes.push(Note::new("no-speed", "the file has neither speed nor distance nor positions")),
        SpeedSource::Device if session.indoor => {
            notes.push(Note::new("indoor-speed", "indoors the watch guesses its speed from the arm or a foot pod"));
        }
        SpeedSource::Device => {}
    }
}

/// Drops device speed and distance that cannot belong to the same run as the positions.
fn refuse_disagreeing(
    clock: &Clock,
    track: &Track,
    speeds: &mut Vec<Knot>,
    odometer: &mut Odometer,
    notes: &mut Vec<Note>,
) {
    let by_speed = |a: &Record, b: &Record, dt: f64| {
        Some(f64::midpoint(a.speed()?.as_meters_per_second(), b.speed()?.as_meters_per_second()) * dt)
    };
    let by_distance = |a: &Record, b: &Record, _: f64| {
        Some(b.distance()?.as_meters() - a.distance()?.as_meters()).filter(|&step| step >= 0.0)
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
fn disagrees(clock: &Clock, track: &Track, step: impl Fn(&Record, &Record, f64) -> Option<f64>) -> bool {
    let (mut stated, mut walked) = (0.0, 0.0);
    for pair in track.places.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        let dt = b.fix.t - a.fix.t;
        let (from, to) = (clock.points[a.record].record, clock.points[b.record].record);
        if let Some(step) = step(from, to, dt).filter(|_| dt <= LINEAR_S) {
            stated += step;
            walked += (b.fix.x - a.fix.x).hypot(b.fix.y - a.fix.y);
        }
    }
    walked > SHORT_TRACK_M && !(walked / DISAGREEMENT..=walked * DISAGREEMENT).contains(&stated)
}

/// Speed and way from positions, a knot for each fix.
fn from_positions(track: &Track, fastest: f64, flags: &mut [Flags]) -> (Vec<Knot>, Vec<Knot>) {
    let (mut speeds, mut ways) = (Vec::with_capacity(track.places.len()), Vec::with_capacity(track.places.len()));
    let mut way = 0.0;
    for stretch in track::stretches(&track.places, fastest) {
        let fixes: Vec<kalman::Fix> = stretch.iter().map(|p| p.fix).collect();
        let states = kalman::smooth(&fixes, kalman::ACCELERATION);
        let rejected = stretch.iter().zip(&states).filter(|(_, s)| s.rejected);
        mark(flags, rejected.map(|(p, _)| (p.fix.t, p.fix.t + 1.0)), Flags::SPIKE);
        for (i, (place, state)) in stretch.iter().zip(&states).enumerate() {
            if i > 0 {
                way += (state.x - states[i - 1].x).hypot(state.y - states[i - 1].y);
            }
            let knot = |value| Knot { t: place.fix.t, value, record: place.record };
            speeds.push(knot(state.vx.hypot(state.vy)));
            ways.push(knot(way));
        }
    }
    mark(flags, track.freezes.iter().map(|f| (f.from, f.to)), Flags::FROZEN);
    (speeds, ways)
}

/// Speed from the distance around each second, within stretches that are known.
fn differences(distance: &[f64], flags: &[Flags]) -> Vec<f32> {
    let mut speed = vec![f32::NAN; distance.len()];
    for stretch in stretches(flags) {
        for i in stretch.clone() {
            let (from, to) = (i.saturating_sub(1).max(stretch.start), (i + 2).min(stretch.end - 1));
            if to > from {
                speed[i] = ((distance[to] - distance[from]) / (to - from) as f64) as f32;
            }
        }
    }
    speed
}

/// Distance from speed; what is not known adds nothing.
fn integrate(speed: &[f32], flags: &[Flags], elapsed_s: f64) -> (Vec<f64>, f64) {
    let mut total = 0.0;
    let mut distance = Vec::with_capacity(speed.len());
    for (i, (&v, flag)) in speed.iter().zip(flags).enumerate() {
        distance.push(total);
        if v.is_finite() && !flag.has(Flags::PAUSED) {
            total += f64::from(v) * (elapsed_s - i as f64).min(1.0);
        }
    }
    (distance, total)
}

/// Puts the mean speed into the time between records 11 to 30 s apart.
fn bridge(clock: &Clock, distance: &[f64], flags: &[Flags], speed: &mut [f32]) {
    for (from, to) in clock.gaps(LINEAR_S).filter(|(a, b)| b - a <= KNOWN_S) {
        let range = seconds(from, to, distance.len());
        let active = flags[range.clone()].iter().filter(|f| !f.has(Flags::PAUSED)).count();
        if let (Some(a), Some(b), true) = (distance.get(range.start), distance.get(range.end), active > 0) {
            speed[range].fill(((b - a) / active as f64) as f32);
        }
    }
}

/// Sets a flag on the seconds that the times reach into.
fn mark(flags: &mut [Flags], times: impl Iterator<Item = (f64, f64)>, flag: Flags) {
    for (from, to) in times {
        let range = seconds(from.floor(), to, flags.len());
        Flags::insert_all(&mut flags[range], flag);
    }
}
