//! How much farther a run was than the longest of the last 30 days.
//!
//! In a cohort of 5205 runners with 588 071 sessions, injuries were more frequent after such a spike (Schuster Brandt
//! Frandsen et al., Br J Sports Med 2025;59:1203). Mostly healthy runners who reported their injuries themselves: it
//! says something about runners, not about one runner. The ratio does not rise evenly with the dose.

/// How a run compares with the longest of the last 30 days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spike {
    /// Share by which it was longer: 0.1 is 10 %; negative when it was shorter.
    pub increase: f64,
    /// The group of the cohort that it falls into.
    pub dose: Dose,
}

/// The groups of the cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dose {
    /// Up to 10 % longer.
    None,
    /// To 30 % longer.
    Small,
    /// To 100 % longer.
    Moderate,
    /// More than twice as long.
    Large,
}

impl Spike {
    /// The spike of a run against the longest of the last 30 days, both in the same unit; `None` without one.
    pub fn of(run: f64, longest: f64) -> Option<Self> {
        if longest <= 0.0 || !run.is_finite() {
            return None;
        }
        let increase = run / longest - 1.0;
        // The limits belong to the lower group, whatever the last digit of a binary fraction.
        let dose = match increase - 1e-9 {
            x if x <= 0.10 => Dose::None,
            x if x <= 0.30 => Dose::Small,
            x if x <= 1.00 => Dose::Moderate,
            _ => Dose::Large,
        };
        Some(Self { increase, dose })
    }
}

impl Dose {
    /// The name, such as `moderate`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Small => "small",
            Self::Moderate => "moderate",
            Self::Large => "large",
        }
    }

    /// Hazard rate ratio of the cohort, against runs at most 10 % longer.
    pub const fn hazard_ratio(self) -> f64 {
        match self {
            Self::None => 1.0,
            Self::Small => 1.64,
            Self::Moderate => 1.52,
            Self::Large => 2.28,
        }
    }

    /// The 95 % interval of the ratio; `None` for the group that the others are held against.
    pub const fn interval(self) -> Option<(f64, f64)> {
        match self {
            Self::None => None,
            Self::Small => Some((1.31, 2.05)),
            Self::Moderate => Some((1.16, 2.00)),
            Self::Large => Some((1.50, 3.48)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_belong_to_the_lower_group() {
        let dose = |run: f64| Spike::of(run, 5.0).map(|spike| spike.dose.name());
        let runs = [4.0, 5.5, 5.51, 6.5, 6.51, 10.0, 10.1];
        assert_eq!(runs.map(dose).map(Option::unwrap).join(" "), "none none small small moderate moderate large");
        assert_eq!(Spike::of(5.0, 0.0), None);
    }
}
