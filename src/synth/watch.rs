//! What a watch records of a run: late, rounded, and with the noise of its sensors.

mod laps;

pub use laps::workout;

use super::course::Altimeter;
use super::random::{Drift, Random};
use super::script::{Gait, Script, Trouble};
use super::truth::Truth;
use super::{Setup, body, course};
use crate::model::{Activity, Format, Motion, Pause, Profile, Record, Session, Split, SplitKind, Sport, WorkoutStep};
use crate::units::{Distance, HeartRate, Position, Speed};

/// The watch, and what it records.
#[derive(Debug, Clone, PartialEq)]
pub struct Watch {
    /// How it names itself.
    pub device: Option<String>,
    /// Where the run starts; `None` on a treadmill, which has no positions.
    pub place: Option<Position>,
    /// How often it writes a record.
    pub interval: Interval,
    /// How it writes the cadence; `None` without a step counter.
    pub cadence: Option<CadenceUnit>,
    /// True with a heart-rate sensor.
    pub heart_rate: bool,
    /// Where heights come from.
    pub altimeter: Altimeter,
    /// True when it measures ground contact, which watches do only while running.
    pub stance_time: bool,
    /// True when it writes its own detection of running, walking and standing.
    pub gait: bool,
    /// What ends a lap.
    pub laps: Laps,
    /// The workout that is loaded.
    pub workout: Vec<WorkoutStep>,
}

/// How often a watch writes a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    /// Each second.
    Second,
    /// After 3 to 7 seconds, as "smart recording" does.
    Smart,
}

/// How a watch writes the cadence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CadenceUnit {
    /// One foot, as FIT, TCX and most GPX files have it.
    Strides,
    /// Both feet.
    Steps,
}

/// What ends a lap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Laps {
    /// Only the end of the run.
    End,
    /// Each part of the script, as with a workout that is loaded.
    Parts,
    /// A distance.
    Every(Distance),
}

impl Watch {
    /// A watch with everything but the rarer extras, in the hills between Zürich and Schaffhausen.
    pub fn usual() -> Self {
        Self {
            device: Some("rehabrun synth".to_owned()),
            place: Position::from_degrees(47.55, 8.60),
            interval: Interval::Second,
            cadence: Some(CadenceUnit::Strides),
            heart_rate: true,
            altimeter: Altimeter::Barometer,
            stance_time: false,
            gait: false,
            laps: Laps::End,
            workout: Vec::new(),
        }
    }
}

/// What the watch records of a run.
pub fn activity(truth: &Truth, script: &Script, setup: &Setup) -> Activity {
    let watch = &setup.watch;
    let at = |second: usize| setup.start.plus_seconds(second as f64);
    let records = records(truth, setup);
    let paused = truth.seconds.iter().filter(|second| second.gait == Gait::Pause).count();
    let bouts = truth.bouts();
    let mut session = Session::new(Sport::Running);
    session.sport_name.push_str(if watch.place.is_some() { "running" } else { "running/treadmill" });
    session.name.clone_from(&setup.name);
    session.indoor = watch.place.is_none();
    session.start = Some(setup.start);
    session.utc_offset = setup.utc_offset;
    session.elapsed_s = Some(truth.len() as f64);
    session.timer_s = Some((truth.len() - paused) as f64);
    session.distance = records.last().and_then(Record::distance);
    session.laps = laps::laps(truth, script, &records, setup);
    session.pauses = bouts
        .iter()
        .filter(|bout| bout.0 == Gait::Pause)
        .map(|&(_, start, end)| Pause { start: at(start), end: at(end) })
        .collect();
    if watch.gait {
        let split = |&(gait, start, end)| Some(Split { kind: split_kind(gait)?, start: at(start), end: at(end) });
        session.splits = bouts.iter().filter_map(split).collect();
    }
    session.records = records;
    session.workout.clone_from(&watch.workout);
    Activity {
        format: Format::Fit,
        device: watch.device.clone(),
        profile: Profile::default(),
        sessions: vec![session],
        notes: Vec::new(),
    }
}

fn split_kind(gait: Gait) -> Option<SplitKind> {
    match gait {
        Gait::Run => Some(SplitKind::Run),
        Gait::Walk => Some(SplitKind::Walk),
        Gait::Stand => Some(SplitKind::Stand),
        Gait::Pause => None,
    }
}

/// The records, each of them as the sensors are at that moment.
fn records(truth: &Truth, setup: &Setup) -> Vec<Record> {
    let watch = &setup.watch;
    if truth.is_empty() {
        return Vec::new();
    }
    let (speed, distance) = (speed(truth, setup.noise), distance(truth, setup.noise));
    let (steps, beats) =
        (body::counted_steps(&truth.seconds, setup.noise), body::counted_beats(&truth.seconds, setup.noise));
    let fixes = watch.place.map_or_else(Vec::new, |start| course::fixes(truth, start, setup));
    let heights = course::heights(truth, watch.altimeter, setup.noise);
    moments(truth, setup)
        .into_iter()
        .map(|i| {
            // The moment that ends the run or starts a pause still shows the second before it.
            let is_end = i == truth.len() || (i > 0 && truth.seconds[i].gait == Gait::Pause);
            let shown = if is_end { i - 1 } else { i };
            let second = &truth.seconds[shown];
            let mut record = Record::default();
            record.set_time(setup.start.plus_seconds(i as f64));
            record.set_distance(Distance::from_meters(distance[i]));
            record.set_speed(Speed::from_meters_per_second(speed[shown]));
            if let Some(fix) = fixes.get(i).copied().flatten() {
                record.set_position(fix);
            }
            if let Some(height) = heights[i] {
                record.set_altitude(height);
            }
            if let Some(unit) = watch.cadence.filter(|_| second.trouble != Some(Trouble::NoCadence)) {
                record.set_raw_cadence(match unit {
                    CadenceUnit::Strides => steps[shown] / 2.0,
                    CadenceUnit::Steps => steps[shown],
                });
            }
            match second.trouble {
                _ if !watch.heart_rate => {}
                Some(Trouble::NoHeartRate) => {}
                Some(Trouble::Lock) => record.set_heart_rate(HeartRate::from_bpm(steps[shown])),
                _ => record.set_heart_rate(HeartRate::from_bpm(beats[shown])),
            }
            if watch.stance_time && second.gait == Gait::Run && steps[shown] >= 140.0 {
                // A foot is on the ground for 38 % of a stride at easy speeds: 275 ms at 166 steps a minute.
                record.set_stance_time_ms((0.38 * 120_000.0 / steps[shown] * 10.0).round() / 10.0);
            }
            if watch.gait {
                record.set_motion(match second.gait {
                    Gait::Run => Motion::Running,
                    Gait::Walk => Motion::Walking,
                    Gait::Stand | Gait::Pause => Motion::Sedentary,
                });
            }
            record
        })
        .collect()
}

/// The moments of the records, in seconds from the start. The ends of the run and of each pause are always there.
fn moments(truth: &Truth, setup: &Setup) -> Vec<usize> {
    let mut random = Random::new(setup.noise.unwrap_or(0), "interval");
    let is_paused = |i: usize| truth.seconds.get(i).is_some_and(|second| second.gait == Gait::Pause);
    let mut next = 0;
    (0..=truth.len())
        .filter(|&i| {
            let starts_pause = is_paused(i) && (i == 0 || !is_paused(i - 1));
            let ends_pause = !is_paused(i) && i > 0 && is_paused(i - 1);
            let due = i >= next && !is_paused(i);
            let is_moment = due || starts_pause || ends_pause || i == truth.len();
            if is_moment {
                next = match setup.watch.interval {
                    Interval::Second => i + 1,
                    Interval::Smart => i + random.whole(3, 7),
                };
            }
            is_moment
        })
        .collect()
}

/// The speed that the watch shows: 2 s late, smoothed over 2.5 s, and 0.08 m/s off for some 5 s at a time.
fn speed(truth: &Truth, noise: Option<u64>) -> Vec<f64> {
    const LATE: usize = 2;
    let mut wobble = Drift::new(noise, "device speed", 0.08, 5.0);
    let keep = (-1.0_f64 / 2.5).exp();
    let mut smooth = 0.0;
    let smoothed: Vec<f64> = truth
        .seconds
        .iter()
        .map(|second| {
            let seen = if receiver_stands(second.trouble) { 0.0 } else { second.speed };
            smooth = seen + (smooth - seen) * keep;
            smooth
        })
        .collect();
    (0..truth.len())
        .map(|i| {
            let shown = i.checked_sub(LATE).map_or(0.0, |late| smoothed[late]) + wobble.next();
            let frozen = receiver_stands(truth.seconds[i].trouble);
            // Behind a tunnel the jump of the first fixes shows for two seconds.
            let jump = if behind_tunnel(truth, i) { 5.0 } else { 0.0 };
            if frozen || shown < 0.1 { 0.0 } else { ((shown + jump) * 1000.0).round() / 1000.0 }
        })
        .collect()
}

/// The distance that the watch counts, which stands still in pauses and never falls.
///
/// Its error wanders by 1.6 m, half that of the receiver alone, because the step sensor helps. A quicker wobble makes
/// the second-to-second differences rough: real wrist watches have 0.4 to 0.6 m there, and about 0.4 s to 3 s of memory.
fn distance(truth: &Truth, noise: Option<u64>) -> Vec<f64> {
    let mut wander = Drift::new(noise, "distance", 1.6, 84.0);
    let mut wobble = Drift::new(noise, "distance, quick", 1.0, 4.0);
    let keep = (-1.0_f64 / 3.0).exp();
    let (mut quick, mut counted, mut shown) = (0.0, 0.0, 0.0_f64);
    let first = wander.next();
    (0..=truth.len())
        .map(|i| {
            let second = i.checked_sub(1).map(|before| &truth.seconds[before]);
            counted += second.filter(|second| second.gait != Gait::Pause).map_or(0.0, |second| second.speed);
            let wobble = wobble.next();
            quick = wobble + (quick - wobble) * keep;
            let off = wander.next() - first + quick;
            let moving = second.is_none_or(|second| second.gait != Gait::Pause && second.speed > 0.3);
            if moving && !receiver_stands(second.and_then(|second| second.trouble)) {
                shown = shown.max(counted + off);
            }
            (shown * 100.0).round() / 100.0
        })
        .collect()
}

fn receiver_stands(trouble: Option<Trouble>) -> bool {
    trouble == Some(Trouble::Frozen)
}

fn behind_tunnel(truth: &Truth, i: usize) -> bool {
    let is_tunnel = |k: usize| truth.seconds[k].trouble == Some(Trouble::Tunnel);
    !is_tunnel(i) && (i.saturating_sub(2)..i).any(is_tunnel)
}
