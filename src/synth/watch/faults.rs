//! Sensors that err all the time, as real ones do in some places.

use std::borrow::Cow;

use super::Setup;
use crate::synth::random::Drift;
use crate::synth::truth::Truth;

/// What is wrong with the sensors of a watch all the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Tall buildings: the speed that the receiver sees is off by 12 % for 30 to 60 s at a time. Steps and heart know
    /// nothing of it.
    City,
    /// An altimeter that swings by 12 m within 100 m of flat ground, with hardly any noise from one second to the next.
    QuickAltimeter,
    /// An altimeter that swings by up to 12 m over some hundred metres, now more and now less.
    SlowAltimeter,
}

/// Spread of the speed between tall buildings, on the logarithm, and how long an error lasts, in seconds. One real runner
/// has 11.7 % over 30 s in one town, 6.6 % in another, and 2.9 % on a treadmill.
const CITY: f64 = 0.12;
const CITY_LASTS_S: (f64, f64) = (30.0, 60.0);
/// How far an altimeter swings, in metres.
const SWING_M: f64 = 12.0;

/// The way as the receiver sees it.
pub fn as_received<'a>(truth: &'a Truth, setup: &Setup) -> Cow<'a, Truth> {
    if setup.watch.fault != Some(Fault::City) {
        return Cow::Borrowed(truth);
    }
    let (shortest, longest) = CITY_LASTS_S;
    let lasts_s = shortest + (longest - shortest) * (setup.noise.unwrap_or(0) as f64 / 12.0).fract();
    let mut error = Drift::new(setup.noise, "city", CITY, lasts_s);
    let mut seen = truth.clone();
    for (at, second) in seen.seconds.iter_mut().enumerate() {
        second.speed *= error.next().exp();
        seen.distance[at + 1] = seen.distance[at] + second.speed;
    }
    Cow::Owned(seen)
}

/// Heights as the altimeter shows them.
pub fn as_weighed(heights: Vec<Option<f64>>, truth: &Truth, setup: &Setup) -> Vec<Option<f64>> {
    let seed = setup.noise.unwrap_or(0) as f64;
    let swing = |way: f64| match setup.watch.fault {
        Some(Fault::QuickAltimeter) => SWING_M * (way / 32.0 + seed).sin(),
        Some(Fault::SlowAltimeter) => SWING_M * (way / 60.0 + seed).sin() * (way / 410.0 + 2.0 * seed).sin(),
        Some(Fault::City) | None => 0.0,
    };
    heights.into_iter().zip(&truth.distance).map(|(height, &way)| Some(height? + swing(way))).collect()
}
