//! Hides where a session began and ended, which for most runners is home.

use crate::units::Position;

/// Metres of one degree of latitude.
const DEGREE_M: f64 = 111_195.0;

/// The places that are hidden around both ends of a session.
///
/// A circle around a home gives its centre away: three points on its edge are enough (Hassan et al., USENIX Security
/// 2018). So the earth is divided into squares with the radius as their side, and the square of an end is hidden with
/// the eight around it. It is the same patch for every run from one home, and says no more than the square.
#[derive(Debug, Clone, Default)]
pub struct PrivacyZone {
    patches: Vec<Patch>,
}

#[derive(Debug, Clone, Copy)]
struct Patch {
    /// The side of a square in degrees north and in degrees east.
    side: (f64, f64),
    /// The square in the middle.
    row: f64,
    column: f64,
    /// The longitude of the end, from which others are counted the short way round.
    longitude: f64,
}

impl PrivacyZone {
    /// The patches around the first and the last of the places; none for a radius of 0.
    pub fn of(mut places: impl DoubleEndedIterator<Item = Position>, radius_m: u32) -> Self {
        if radius_m == 0 {
            return Self::default();
        }
        let first = places.next();
        let last = places.next_back();
        Self { patches: first.into_iter().chain(last).map(|end| Patch::around(end, f64::from(radius_m))).collect() }
    }

    /// The place where it may be shown.
    pub fn shown(&self, place: Position) -> Option<Position> {
        (!self.patches.iter().any(|patch| patch.holds(place))).then_some(place)
    }
}

impl Patch {
    fn around(end: Position, radius_m: f64) -> Self {
        let north = radius_m / DEGREE_M;
        let row = (end.latitude() / north).floor();
        // By the middle of the row, so that all ends in one square have the same patch.
        let stretch = ((row + 0.5) * north).to_radians().cos().max(0.01);
        let east = north / stretch;
        let longitude = end.longitude();
        Self { side: (north, east), row, column: (longitude / east).floor(), longitude }
    }

    fn holds(&self, place: Position) -> bool {
        let (north, east) = self.side;
        let turn = 360.0 * ((self.longitude - place.longitude()) / 360.0).round();
        let row = (place.latitude() / north).floor();
        let column = ((place.longitude() + turn) / east).floor();
        (row - self.row).abs() <= 1.0 && (column - self.column).abs() <= 1.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(latitude: f64, longitude: f64) -> Position {
        Position::from_degrees(latitude, longitude).expect("on the globe")
    }

    #[test]
    fn both_ends_are_hidden_and_the_middle_is_shown() {
        let run = [at(47.0, 8.0), at(47.001, 8.001), at(47.01, 8.01), at(47.02, 8.0)];
        let shown = |radius| {
            let hidden = PrivacyZone::of(run.iter().copied(), radius);
            run.map(|place| hidden.shown(place).is_some())
        };
        assert_eq!(shown(200), [false, false, true, false]);
        assert_eq!(shown(0), [true; 4]);
        assert_eq!(shown(5000), [false; 4]);
        assert!(PrivacyZone::of(std::iter::empty(), 200).shown(run[0]).is_some());
    }

    #[test]
    fn a_home_on_the_date_line_is_hidden_on_both_sides() {
        let hidden = PrivacyZone::of([at(-17.0, 179.9999)].into_iter(), 200);
        assert_eq!(hidden.shown(at(-17.0, -179.9999)), None);
        assert!(hidden.shown(at(-17.0, -179.99)).is_some());
    }

    proptest! {
        #[test]
        fn nothing_within_the_radius_is_shown_and_all_far_away_is(
            lat in -80.0..80.0_f64, lon in -180.0..180.0_f64, radius in 50..2000_u32,
            bearing in 0.0..std::f64::consts::TAU, share in 0.0..0.99_f64,
        ) {
            let home = at(lat, lon);
            let hidden = PrivacyZone::of([home].into_iter(), radius);
            let away = |meters: f64| {
                let north = meters * bearing.cos() / DEGREE_M;
                let east = meters * bearing.sin() / DEGREE_M / lat.to_radians().cos();
                at(lat + north, (lon + east + 540.0).rem_euclid(360.0) - 180.0)
            };
            prop_assert_eq!(hidden.shown(away(share * f64::from(radius))), None);
            prop_assert!(hidden.shown(away(3.0 * f64::from(radius))).is_some());
        }
    }
}
