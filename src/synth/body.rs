//! The runner's body: steps and heart beats that follow from speed and slope.

use super::Setup;
use super::random::Drift;
use super::script::{Gait, Script};
use super::second::{Second, between, share};
use crate::units::HeartRate;

/// The runner's body.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Body {
    /// Fitness as the VDOT of Daniels and Gilbert 1979, in ml of oxygen per kg and minute.
    pub vdot: f64,
    /// Heart rate at rest, in bpm.
    pub resting_bpm: f64,
    /// Highest heart rate, in bpm.
    pub max_bpm: f64,
    /// Time constant of the heart, in seconds: 57.6 ± 23.6 s measured in runners (Hunt, Fankhauser, Saengsuwan 2015).
    pub heart_tau_s: f64,
    /// Time before the heart begins to follow, in seconds.
    pub heart_delay_s: usize,
    /// Creeping rise of the heart rate at an even effort, as on a hot day, in bpm a minute.
    pub drift_bpm_per_min: f64,
}

impl Body {
    /// A recreational runner: 5 km in about 24 minutes, heart rate from 58 to 185.
    pub const USUAL: Self = Self {
        vdot: 40.0,
        resting_bpm: 58.0,
        max_bpm: 185.0,
        heart_tau_s: 50.0,
        heart_delay_s: 5,
        drift_bpm_per_min: 0.0,
    };

    /// Steps per minute, both feet.
    ///
    /// Running after the line through 256 runners (van Oeveren et al.): 75.01 + 3.006 v strides a minute.
    pub fn cadence(&self, gait: Gait, speed: f64) -> f64 {
        match gait {
            Gait::Run => 150.0 + 6.0 * speed,
            Gait::Walk => 115.0,
            Gait::Stand | Gait::Pause => 0.0,
        }
    }

    /// The heart rate at which the body would settle.
    ///
    /// Heart-rate reserve goes with oxygen-uptake reserve. Uptake on the flat after Daniels and Gilbert 1979 when
    /// running and after the ACSM equation when walking; the slope costs what the ACSM equations say.
    pub fn settled_bpm(&self, gait: Gait, speed: f64, grade: f64) -> f64 {
        let v = speed * 60.0;
        let uptake = match gait {
            Gait::Run => -4.60 + 0.182_258 * v + 0.000_104 * v * v + 0.9 * v * grade,
            Gait::Walk | Gait::Stand | Gait::Pause => 3.5 + 0.1 * v + 1.8 * v * grade,
        };
        let share = (uptake - 3.5) / (self.vdot - 3.5);
        (self.resting_bpm + (self.max_bpm - self.resting_bpm) * share).clamp(self.resting_bpm, self.max_bpm)
    }
}

/// Fills in the heart rate: a delay, then a first-order approach to where the body would settle.
pub fn beat(seconds: &mut [Second], script: &Script, setup: &Setup) {
    let body = &setup.body;
    let settled: Vec<f64> =
        seconds.iter().map(|second| body.settled_bpm(second.gait, second.speed, second.grade)).collect();
    let keep = (-1.0 / body.heart_tau_s).exp();
    // Nobody starts a watch at rest: about an eighth of the reserve is in use already. [our choice]
    let mut heart = body.resting_bpm + (body.max_bpm - body.resting_bpm) / 8.0;
    let mut second_of_part = 0;
    for i in 0..seconds.len() {
        second_of_part = if i > 0 && seconds[i].part == seconds[i - 1].part { second_of_part + 1 } else { 0 };
        let part = &script.parts[seconds[i].part];
        let goal = settled[i.saturating_sub(body.heart_delay_s)];
        heart = match part.heart_rate {
            Some(bpm) => between(bpm.map(HeartRate::as_bpm), share(second_of_part, part.seconds)),
            None => goal + (heart - goal) * keep,
        };
        let drift = if part.heart_rate.is_some() { 0.0 } else { body.drift_bpm_per_min * i as f64 / 60.0 };
        seconds[i].heart_rate = (heart + drift).min(body.max_bpm.max(heart));
    }
}

/// Cadence as a step counter sees it: 3 s behind, and 2.5 spm off for some 8 s at a time.
pub fn counted_steps(seconds: &[Second], noise: Option<u64>) -> Vec<f64> {
    let mut wobble = Drift::new(noise, "cadence", 2.5, 8.0);
    let keep = (-1.0_f64 / 3.0).exp();
    let mut seen = seconds.first().map_or(0.0, |second| second.cadence);
    seconds
        .iter()
        .map(|second| {
            seen = second.cadence + (seen - second.cadence) * keep;
            let steps = seen + wobble.next();
            // A counter shows nothing rather than a handful of steps: standing, it shows a plain zero.
            if steps < 20.0 { 0.0 } else { steps.round() }
        })
        .collect()
}

/// Heart rate as a sensor shows it: some 1.2 bpm off for a few seconds at a time, because sensors average, and rounded.
pub fn counted_beats(seconds: &[Second], noise: Option<u64>) -> Vec<f64> {
    let mut wobble = Drift::new(noise, "heart", 1.2, 6.0);
    seconds.iter().map(|second| (second.heart_rate + wobble.next()).round()).collect()
}
