//! Chooses where speed comes from and lays it out with the distance that belongs to it.

use super::clock::Clock;
use super::odometer::{self, Odometer};
use super::resample::{Between, KNOWN_S, Knot, LINEAR_S, clear_unrecorded, fill, knots, seconds};
use super::track::{self, Place, Track};
use super::{Flags, SpeedSource, kalman, lag, level, refuse, stretches, stuck};
use crate::model::{Note, NoteId, Session, Sport};

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
    /// True when speed was read apart from distance.
    has_speed: bool,
    /// True when distance was read apart from speed.
    has_distance: bool,
    /// True when speed, distance and positions tell of different paces, and no two of them agree.
    pub disputed: bool,
}

/// Takes the watch's own speed, else its distance, else the positions.
pub fn read(session: &Session, clock: &Clock, track: &Track, flags: &mut [Flags], notes: &mut Vec<Note>) -> Motion {
    let fastest = fastest(session.sport);
    let mut speeds = knots(clock, |r| Some(r.speed()?.as_meters_per_second()).filter(|v| (0.0..1000.0).contains(v)));
    let mut odometer = odometer::read(clock, fastest, notes);
    let disputed =
        !session.indoor && refuse::reject_inconsistent(clock, track, fastest, &mut speeds, &mut odometer, notes);
    if !is_usable(&speeds, clock, |k| k.value > MOVING_M_PER_S) {
        speeds.clear();
    }
    if !is_usable(&odometer.knots, clock, |k| k.value > 1.0) {
        odometer = Odometer::default();
    }
    if odometer.knots.is_empty() && track.places.is_empty() {
        stuck::mark(&speeds, flags, notes);
    }
    mark(flags, odometer.freezes.iter().map(|f| (f.from, f.to)), Flags::FROZEN);
    mark(flags, odometer.jumps.iter().map(|&t| (t, t + 1.0)), Flags::SPIKE);

    let (mut source, mut way) = (SpeedSource::Device, odometer.knots);
    if speeds.is_empty() && way.is_empty() {
        source = SpeedSource::None;
        if !session.indoor && track.places.len() > 1 {
            source = SpeedSource::Position;
            (speeds, way) = from_positions(track, fastest, flags);
        }
    }
    let (has_speed, has_distance) = (!speeds.is_empty(), !way.is_empty());
    let distance = odometer::fill(&way, flags);
    let mut speed = match (has_speed, has_distance) {
        (false, true) => differences(&distance, flags),
        _ => fill(speeds, clock, Between::Line),
    };
    if has_distance {
        bridge(clock, &distance, flags, &mut speed);
    }
    clear_unrecorded(&mut speed, flags);
    tell_source(source, session, notes);
    let total = way.last().map_or(0.0, |k| k.value);
    Motion { source, speed, distance, total, has_speed, has_distance, disputed }
}

impl Motion {
    /// Brings speed and distance into step with the cadence and with each other.
    pub fn align(&mut self, cadence: &[f32], flags: &[Flags], elapsed_s: f64, notes: &mut Vec<Note>) {
        let of_device = self.has_speed && self.source == SpeedSource::Device;
        let (speed_lag, distance_lag) = if cadence.iter().any(|c| c.is_finite()) {
            let usual = if of_device { lag::SPEED_LAG_S } else { lag::DISTANCE_LAG_S };
            let speed_lag = lag::estimate(&self.speed, cadence).unwrap_or(usual);
            let steps = (of_device && self.has_distance).then(|| differences(&self.distance, flags));
            let measured = steps.and_then(|steps| lag::estimate(&steps, cadence));
            let apart = if of_device { lag::SPEED_BEHIND_BODY_S } else { 0 };
            (speed_lag, measured.unwrap_or(speed_lag - apart))
        } else {
            (if of_device { lag::SPEED_BEHIND_BODY_S } else { 0 }, 0)
        };
        lag::take_out(&mut self.speed, flags, speed_lag);
        lag::take_out_of_way(&mut self.distance, self.total, flags, distance_lag);
        if of_device && self.has_distance {
            level::rescale_to_distance(&mut self.speed, &self.distance, flags, distance_lag);
        }
        if !self.has_distance {
            (self.distance, self.total) = integrate(&self.speed, flags, elapsed_s);
        }
        if speed_lag != 0 && self.source != SpeedSource::None {
            let (by, way) = (speed_lag.abs(), if speed_lag > 0 { "forward" } else { "back" });
            let with = if cadence.iter().any(|c| c.is_finite()) { "cadence" } else { "body" };
            notes.push(Note::repair(
                NoteId::SpeedLag,
                format!("speed was moved {way} by {by} s, into step with the {with}"),
            ));
        }
    }
}

/// True where a signal covers half of the recorded time at least, and `moves` at all.
///
/// It is the time that counts and not the records: some watches write the distance with every fourth of them, and it is
/// right all the same.
fn is_usable(knots: &[Knot], clock: &Clock, moves: impl Fn(&Knot) -> bool) -> bool {
    let mut covered = 0.0;
    for pair in knots.windows(2) {
        let (dt, are_neighbours) = (pair[1].t - pair[0].t, pair[1].record <= pair[0].record + 1);
        if dt <= if are_neighbours { KNOWN_S } else { LINEAR_S } {
            covered += dt;
        }
    }
    let recorded: f64 = clock.points.windows(2).map(|pair| pair[1].t - pair[0].t).filter(|&dt| dt <= KNOWN_S).sum();
    knots.len() >= 2 && 2.0 * covered >= recorded && knots.iter().any(moves)
}

fn tell_source(source: SpeedSource, session: &Session, notes: &mut Vec<Note>) {
    match source {
        SpeedSource::Position => notes.push(Note::new(
            NoteId::SpeedFromPositions,
            "the file has no speed of its own; it was worked out from the positions, which is less exact",
        )),
        SpeedSource::None => {
            notes.push(Note::new(NoteId::NoSpeed, "the file has neither speed nor distance nor positions"));
        }
        SpeedSource::Device if session.indoor => {
            notes
                .push(Note::new(NoteId::IndoorSpeed, "indoors the watch guesses its speed from the arm or a foot pod"));
        }
        SpeedSource::Device => {}
    }
}

/// Speed and way from positions, a knot for each fix.
fn from_positions(track: &Track, fastest: f64, flags: &mut [Flags]) -> (Vec<Knot>, Vec<Knot>) {
    let (mut speeds, mut ways) = (Vec::with_capacity(track.places.len()), Vec::with_capacity(track.places.len()));
    let mut way = 0.0;
    let mut before: Option<&Place> = None;
    for stretch in track::stretches(&track.places, fastest) {
        way += before.map_or(0.0, |before| over_hole(before, &stretch[0], fastest, flags));
        before = stretch.last();
        let states = kalman::smooth_of(stretch, |place| &place.fix, kalman::ACCELERATION);
        let rejected = stretch.iter().zip(&states).filter(|(_, s)| s.rejected);
        mark(flags, rejected.map(|(p, _)| (p.fix.t, p.fix.t + 1.0)), Flags::SPIKE);
        for (i, (place, state)) in stretch.iter().zip(&states).enumerate() {
            if i > 0 {
                way += length(state.x - states[i - 1].x, state.y - states[i - 1].y);
            }
            let knot = |value| Knot { t: place.fix.t, value, record: place.record as usize };
            speeds.push(knot(length(state.vx, state.vy)));
            ways.push(knot(way));
        }
    }
    mark(flags, track.freezes.iter().map(|f| (f.from, f.to)), Flags::FROZEN);
    (speeds, ways)
}

/// The way between two stretches of a track: straight where the receiver was lost, none where the timer stood still or
/// the positions jumped.
fn over_hole(a: &Place, b: &Place, fastest: f64, flags: &[Flags]) -> f64 {
    let hole = &flags[seconds(a.fix.t, b.fix.t, flags.len())];
    let is_way = !track::is_break(a, b, fastest) && !hole.iter().any(|flag| flag.has(Flags::PAUSED));
    if is_way { length(b.fix.x - a.fix.x, b.fix.y - a.fix.y) } else { 0.0 }
}

/// The length of a vector. Unlike `hypot` it may overflow, at lengths that no track has, and takes a tenth of the time.
fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
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

/// Puts the mean speed into the time between records more than 10 s apart.
fn bridge(clock: &Clock, distance: &[f64], flags: &[Flags], speed: &mut [f32]) {
    for gap in clock.gaps(LINEAR_S) {
        let range = seconds(gap.from, gap.to, distance.len());
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
