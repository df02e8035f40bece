//! What is published about how people walk and run, and a hand-set model from it to hold the measured one against.
//!
//! The segmenter itself decides by odds measured on watches; see the parent module.

/// Steps per minute that runners take at a speed in m/s, both feet: 150.0 + 6.01 v.
///
/// The line through 256 runners at 1.64 to 4.68 m/s; single runners lie between 146 and 190 (van Oeveren et al.).
pub fn run_cadence(speed: f64) -> f64 {
    2.0 * (75.01 + 3.006 * speed)
}

/// Share of the stride that a foot is on the ground: 0.36 to 0.39 at an easy run, above 0.5 in walking.
pub fn duty_factor(stance_ms: f64, steps_per_minute: f64) -> f64 {
    stance_ms * steps_per_minute / (2.0 * 60_000.0)
}

/// Froude number of a speed in m/s: people change from walking to running near 0.5.
pub fn froude(speed: f64, leg_m: f64) -> f64 {
    speed * speed / (GRAVITY * leg_m)
}

/// The speed in m/s of a Froude number.
pub fn speed_at_froude(froude: f64, leg_m: f64) -> f64 {
    (froude * GRAVITY * leg_m).sqrt()
}

/// Standard gravity in m/s².
const GRAVITY: f64 = 9.80665;

/// Odds on running against walking at a speed in m/s and a cadence in steps per minute, as a natural logarithm. A
/// missing signal says nothing.
pub fn run_odds(speed: Option<f64>, cadence: Option<f64>) -> f64 {
    let by_speed = speed.map(|v| likelihood(v, 2.60, 0.60, 8.0) - likelihood(v, 1.45, 0.30, 8.0));
    let by_cadence = cadence.map(|c| likelihood(c, 162.0, 9.0, 220.0) - likelihood(c, 115.0, 11.0, 220.0));
    by_speed.unwrap_or(0.0) + by_cadence.unwrap_or(0.0)
}

/// Logarithm of a normal density, with 3 % of anything up to `range`, so that no single second decides alone.
fn likelihood(x: f64, mean: f64, sd: f64, range: f64) -> f64 {
    let z = (x - mean) / sd;
    let normal = (-0.5 * z * z).exp() / (sd * std::f64::consts::TAU.sqrt());
    (0.97 * normal + 0.03 / range).ln()
}

/// Probability a second of leaving a gait that lasts `mean_s` on average and `least_s` at least.
pub fn leave_probability(mean_s: f64, least_s: f64) -> f64 {
    1.0 / (mean_s - least_s + 1.0)
}
