//! What two files of one run must agree in: where the runner was, how fast, and how the heart went along.

use crate::timeline::{SpeedSource, Timeline};

/// Seconds from one point of a trace to the next.
pub const STEP_S: usize = 20;

/// The course of one run, coarse enough to be kept for thousands of runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    /// Start in whole seconds since 1970.
    pub start_s: i64,
    /// From start to end, in whole seconds.
    pub elapsed_s: u32,
    /// Distance covered in whole metres, 0 where it is not known.
    pub distance_m: u32,
    /// How much is known about speed: 2 from the watch, 1 from positions, 0 nothing.
    pub speed_rank: u8,
    /// How many signals there are in all.
    pub n_signals: u8,
    /// Each step's place in millionths of a degree, north and east.
    pub places: Vec<Option<(i32, i32)>>,
    /// Each step's mean speed in centimetres a second.
    pub speeds: Vec<Option<u16>>,
    /// Each step's mean heart rate in tenths of a beat a minute.
    pub hearts: Vec<Option<u16>>,
}

impl Trace {
    /// The trace of a session.
    pub fn of(timeline: &Timeline) -> Self {
        let signals = &timeline.signals;
        let speed_rank = match signals.speed {
            SpeedSource::Device => 2,
            SpeedSource::Position => 1,
            SpeedSource::None => 0,
        };
        let steps = || (0..timeline.len()).step_by(STEP_S);
        let place = |i: usize| {
            let place = timeline.position.get(i).copied().flatten()?;
            Some(((place.latitude() * 1e6) as i32, (place.longitude() * 1e6) as i32))
        };
        let mean = |get: &dyn Fn(usize) -> Option<f64>, start: usize, scale: f64| {
            let known = (start..(start + STEP_S).min(timeline.len())).filter_map(get);
            let (sum, n) = known.fold((0.0, 0_u32), |(sum, n), value| (sum + value, n + 1));
            (n > 0).then(|| (scale * sum / f64::from(n)) as u16)
        };
        Self {
            start_s: timeline.start.as_unix_seconds() as i64,
            elapsed_s: timeline.elapsed_s as u32,
            distance_m: timeline.total_distance as u32,
            speed_rank,
            n_signals: speed_rank + u8::from(signals.cadence) + u8::from(signals.heart_rate),
            places: steps().map(place).collect(),
            speeds: steps().map(|i| mean(&|i| timeline.speed.get(i), i, 100.0)).collect(),
            hearts: steps().map(|i| mean(&|i| timeline.heart_rate.get(i), i, 10.0)).collect(),
        }
    }
}
