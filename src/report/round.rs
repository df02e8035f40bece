//! The only rounding.

use crate::units::{HeartRate, Speed};

/// A speed as seconds per kilometre; `None` when standing.
pub fn pace(speed: Option<Speed>) -> Option<f64> {
    // Slower than an hour a kilometre is drift of the receiver, and no pace.
    let moving = speed.filter(|speed| speed.as_meters_per_second() > 1000.0 / 3600.0);
    moving.and_then(Speed::pace).and_then(|pace| known(1, pace.as_seconds_per_kilometer()))
}

/// A heart rate in bpm.
pub fn bpm(heart_rate: Option<HeartRate>) -> Option<f64> {
    heart_rate.and_then(|heart_rate| known(1, heart_rate.as_bpm()))
}

/// A ratio or a share: hundredths of a per cent, so that the whole per cents of texts come of it as of the number itself.
pub fn ratio(ratio: f64) -> Option<f64> {
    known(4, ratio)
}

/// A rounded number, or `None` where there is no number.
pub fn known(decimals: i32, value: f64) -> Option<f64> {
    value.is_finite().then(|| round(decimals, value))
}

/// Rounds to decimals and never gives a negative zero.
pub fn round(decimals: i32, value: f64) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale + 0.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rounding() {
        assert!(round(1, -0.04).is_sign_positive());
        assert!((round(1, 12.25) - 12.3).abs() < 1e-12);
        assert_eq!((known(1, f64::NAN), known(1, f64::INFINITY)), (None, None));
        assert_eq!(pace(Some(Speed::from_meters_per_second(0.0))), None);
    }

    proptest! {
        /// Ends of bouts that are one number stay one number, and none moves by more than half of what is shown.
        #[test]
        fn rounding_is_close_and_settled(value in -1e7..1e7_f64) {
            let rounded = round(1, value);
            prop_assert!((rounded - value).abs() <= 0.05 + 1e-9);
            prop_assert!((round(1, rounded) - rounded).abs() < f64::EPSILON);
        }
    }
}
