//! What days without running, and thin air, take off a race result.

use crate::units::Distance;

/// Days off with the share of VDOT that is left, without and with cross-training, from Daniels' Running Formula.
const TABLE: &[(f64, f64, f64)] = &[
    (5.0, 1.000, 1.000),
    (14.0, 0.973, 0.986),
    (28.0, 0.931, 0.965),
    (42.0, 0.889, 0.944),
    (56.0, 0.847, 0.923),
    (72.0, 0.800, 0.900),
];

/// The share of VDOT that is left after days without running: 1 up to 5 days, falling to 0.8 at 72 days, or to 0.9
/// where fitness was kept up by cross-training.
pub fn fitness_left(days_off: f64, cross_trained: bool) -> f64 {
    let share = |row: &(f64, f64, f64)| if cross_trained { row.2 } else { row.1 };
    let Some(after) = TABLE.iter().position(|row| days_off < row.0) else {
        return share(&TABLE[TABLE.len() - 1]);
    };
    if after == 0 {
        return 1.0;
    }
    let (low, high) = (&TABLE[after - 1], &TABLE[after]);
    share(low) + (share(high) - share(low)) * (days_off - low.0) / (high.0 - low.0)
}

/// The height above the sea up to which the loss was measured, in metres.
pub(super) const HIGHEST_M: f64 = 2800.0;

/// The share of the sea-level VDOT that is left at a height above the sea.
///
/// 6.3 % less for each 1000 m above 300 m, measured up to 2800 m (Wehrlin and Hallén, Eur J Appl Physiol 2006;96:404).
pub fn fitness_at(altitude: Distance) -> f64 {
    1.0 - 0.063 * (altitude.as_meters().clamp(300.0, HIGHEST_M) - 300.0) / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_table_is_linear_between_its_rows() {
        assert!((fitness_left(42.0, false) - 0.889).abs() < 1e-12);
        assert!((fitness_left(35.0, false) - 0.910).abs() < 1e-12);
        assert!((fitness_left(35.0, true) - 0.9545).abs() < 1e-12);
        assert!((fitness_left(400.0, false) - 0.8).abs() < 1e-12);
        assert!((fitness_left(0.0, false) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn thin_air_counts_from_300_m() {
        assert!((fitness_at(Distance::from_meters(250.0)) - 1.0).abs() < 1e-12);
        assert!((fitness_at(Distance::from_meters(1300.0)) - 0.937).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn more_days_never_leave_more(a in 0.0..120.0, b in 0.0..120.0, cross_trained: bool) {
            let (less, more) = if a < b { (a, b) } else { (b, a) };
            prop_assert!(fitness_left(less, cross_trained) >= fitness_left(more, cross_trained));
            prop_assert!(fitness_left(a, true) >= fitness_left(a, false));
        }
    }
}
