//! Speed, oxygen and race time by the equations of Daniels and Gilbert.
//!
//! J. Daniels and J. Gilbert, Oxygen Power, 1979. Oxygen is in ml/kg/min. The equations were fitted to races of about
//! 3.5 to 240 minutes.

use crate::units::{Distance, Speed};

/// The share of VDOT that an easy run may cost.
///
/// Daniels' easy range ends at 0.74. The ventilatory threshold averaged 0.66 of the maximum in 22 adults (Foster),
/// and 64 % of the maximal treadmill speed could be held talking for half an hour where 86 % could not (Condello et al.,
/// J Sports Sci Med 2014;13:309), so we stay below the end of that range. It is above the first threshold of many (Gaskill,
/// Skinner and Quindry, Med Sci Sports Exerc 2023;55:1876), and the uncertainty of the ceiling does not hold that.
pub const EASY_FRACTION: f64 = 0.70;

/// Race durations, in minutes, that the equations were fitted to.
pub const VALID_MINUTES: std::ops::RangeInclusive<f64> = 3.5..=240.0;

const CONSTANT: f64 = -4.60;
const LINEAR: f64 = 0.182_258;
const SQUARE: f64 = 0.000_104;

/// Oxygen cost of running on flat ground, in ml/kg/min.
pub fn oxygen_cost(speed: Speed) -> f64 {
    let v = speed.as_meters_per_minute();
    CONSTANT + LINEAR * v + SQUARE * v * v
}

/// The speed on flat ground that costs this much oxygen; the inverse of [`oxygen_cost`]. Never negative.
pub fn speed_at(oxygen: f64) -> Speed {
    let root = (LINEAR * LINEAR + 4.0 * SQUARE * (oxygen - CONSTANT)).max(0.0).sqrt();
    Speed::from_meters_per_second(((root - LINEAR) / (2.0 * SQUARE)).max(0.0) / 60.0)
}

/// The share of the maximal oxygen uptake that can be held for a time.
pub fn sustainable_fraction(minutes: f64) -> f64 {
    0.8 + 0.189_439_3 * (-0.012_778 * minutes).exp() + 0.298_955_8 * (-0.193_260_5 * minutes).exp()
}

/// VDOT, the maximal oxygen uptake that a race result stands for, in ml/kg/min.
pub fn vdot(distance: Distance, time_s: f64) -> f64 {
    let speed = Speed::from_meters_per_second(distance.as_meters() / time_s);
    oxygen_cost(speed) / sustainable_fraction(time_s / 60.0)
}

/// The time in seconds that a VDOT promises over a distance; `None` where either is not a positive number.
pub fn race_time(vdot_wanted: f64, distance: Distance) -> Option<f64> {
    let sane = |x: f64| x.is_finite() && x > 0.0;
    if !sane(vdot_wanted) || !sane(distance.as_meters()) {
        return None;
    }
    // VDOT falls with time, from a sprint that nobody can run to a creep that costs nothing.
    let (mut fast, mut slow) = (distance.as_meters() / 50.0, distance.as_meters() / 0.1);
    for _ in 0..80 {
        let middle = f64::midpoint(fast, slow);
        if vdot(distance, middle) > vdot_wanted {
            fast = middle;
        } else {
            slow = middle;
        }
    }
    Some(f64::midpoint(fast, slow))
}

/// Critical speed and the distance D′ that can be run above it, from the distances that a VDOT promises in two times.
///
/// For a runner who has not measured them; 3 and 12 minutes are our choice.
pub fn critical_speed(vdot: f64, minutes: (f64, f64)) -> (Speed, Distance) {
    let distance = |t: f64| speed_at(sustainable_fraction(t) * vdot).as_meters_per_second() * t * 60.0;
    let (short, long) = (distance(minutes.0), distance(minutes.1));
    let critical = (long - short) / ((minutes.1 - minutes.0) * 60.0);
    (Speed::from_meters_per_second(critical), Distance::from_meters(short - critical * minutes.0 * 60.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn race_time_gives_the_vdot_back(vdot_wanted in 15.0..85.0, meters in 1500.0..42_195.0) {
            let distance = Distance::from_meters(meters);
            let time = race_time(vdot_wanted, distance).expect("positive input");
            prop_assert!((vdot(distance, time) - vdot_wanted).abs() < 1e-6);
        }

        #[test]
        fn speed_and_oxygen_are_each_others_inverse(v in 0.5..7.0) {
            let speed = Speed::from_meters_per_second(v);
            prop_assert!((speed_at(oxygen_cost(speed)).as_meters_per_second() - v).abs() < 1e-9);
        }
    }

    #[test]
    fn nonsense_has_no_race_time() {
        for (vdot, meters) in [(0.0, 5000.0), (40.0, 0.0), (f64::NAN, 5000.0), (40.0, f64::INFINITY)] {
            assert_eq!(race_time(vdot, Distance::from_meters(meters)), None);
        }
    }
}
