//! Formulas for heart rate: the maximum by age, shares of it, of the reserve and of the threshold.

use crate::units::HeartRate;

/// Highest heart rate by age: 211 − 0.64 × age, standard error 10.8 bpm in 3320 adults (Nes et al., Scand J Med Sci
/// Sports 2013;23:697). The one used where no maximum was measured.
pub fn max_by_age(age: f64) -> HeartRate {
    HeartRate::from_bpm(211.0 - 0.64 * age)
}

/// Highest heart rate by age: 208 − 0.7 × age (Tanaka et al., J Am Coll Cardiol 2001;37:153).
pub fn max_by_age_tanaka(age: f64) -> HeartRate {
    HeartRate::from_bpm(208.0 - 0.7 * age)
}

/// Highest heart rate by age: 207 − 0.7 × age (Gellish et al., Med Sci Sports Exerc 2007;39:822).
pub fn max_by_age_gellish(age: f64) -> HeartRate {
    HeartRate::from_bpm(207.0 - 0.7 * age)
}

/// Highest heart rate by age: 192 − 0.007 × age² (Gellish et al., Med Sci Sports Exerc 2007;39:822).
pub fn max_by_age_gellish_quadratic(age: f64) -> HeartRate {
    HeartRate::from_bpm(192.0 - 0.007 * age * age)
}

/// Highest heart rate by age under beta-blockers: 164 − 0.7 × age. To show, never to judge by.
pub fn max_by_age_with_beta_blockers(age: f64) -> HeartRate {
    HeartRate::from_bpm(164.0 - 0.7 * age)
}

/// A share of the heart-rate reserve above rest (Karvonen).
pub fn of_reserve(rest: HeartRate, max: HeartRate, share: f64) -> HeartRate {
    HeartRate::from_bpm(rest.as_bpm() + share * (max.as_bpm() - rest.as_bpm()))
}

/// A share of a heart rate, of the maximum or of the threshold.
pub fn share_of(whole: HeartRate, share: f64) -> HeartRate {
    HeartRate::from_bpm(whole.as_bpm() * share)
}

/// The heart rate at a share of VDOT, as the reserves of oxygen and heart rate are used up alike (Swain).
///
/// `None` where VDOT is not above the 3.5 ml/kg/min of rest.
pub fn at_vdot_share(vdot: f64, share: f64, rest: HeartRate, max: HeartRate) -> Option<HeartRate> {
    const AT_REST: f64 = 3.5;
    (vdot > AT_REST).then(|| of_reserve(rest, max, (share * vdot - AT_REST) / (vdot - AT_REST)))
}

/// Maffetone's ceiling: 180 − age, and an allowance: −10 after a major illness, in rehabilitation or with regular
/// medication, −5 when injured or coming back, 0, or +5 after two years of progress. For ages above 16.
pub fn maffetone(age: f64, allowance: f64) -> HeartRate {
    HeartRate::from_bpm(180.0 - age + allowance)
}

/// A running zone of Friel, by the share of the threshold heart rate: below 85 %, to 89, 94, 99, 102, 106 % and above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FrielZone {
    /// Recovery, below 85 %.
    One,
    /// Endurance, to 89 %: the easy zone.
    Two,
    /// Tempo, to 94 %.
    Three,
    /// Below the threshold, to 99 %.
    Four,
    /// At the threshold, to 102 %.
    FiveA,
    /// Above the threshold, to 106 %.
    FiveB,
    /// All out.
    FiveC,
}

impl FrielZone {
    /// The zone of a heart rate; whole percentages count, so 89.4 % is still zone two.
    pub fn of(heart_rate: HeartRate, threshold: HeartRate) -> Self {
        let percent = (100.0 * heart_rate.as_bpm() / threshold.as_bpm()).round();
        match percent {
            p if p < 85.0 => Self::One,
            p if p < 90.0 => Self::Two,
            p if p < 95.0 => Self::Three,
            p if p < 100.0 => Self::Four,
            p if p < 103.0 => Self::FiveA,
            p if p < 107.0 => Self::FiveB,
            _ => Self::FiveC,
        }
    }

    /// The name on Friel's chart, such as `2` or `5a`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::One => "1",
            Self::Two => "2",
            Self::Three => "3",
            Self::Four => "4",
            Self::FiveA => "5a",
            Self::FiveB => "5b",
            Self::FiveC => "5c",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_begin_where_the_chart_says() {
        let zone = |bpm| FrielZone::of(HeartRate::from_bpm(bpm), HeartRate::from_bpm(100.0)).name();
        let at = [84.0, 85.0, 89.0, 90.0, 94.0, 95.0, 99.0, 100.0, 102.0, 103.0, 106.0, 107.0];
        assert_eq!(at.map(zone).join(" "), "1 2 2 3 3 4 4 5a 5a 5b 5b 5c");
    }

    #[test]
    fn a_vdot_of_rest_has_no_heart_rate() {
        let [rest, max] = [58.0, 185.0].map(HeartRate::from_bpm);
        assert_eq!(at_vdot_share(3.5, 0.7, rest, max), None);
    }
}
