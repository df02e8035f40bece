//! Words for quantities: the one place for units, pace, times and plurals.

use super::{Distance, HeartRate, Pace, Speed};

/// The units that a reader wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnitSystem {
    /// Kilometres, metres and `/km`.
    #[default]
    Metric,
    /// Miles, feet and `/mi`.
    Imperial,
}

impl UnitSystem {
    /// The pace of a speed with its unit, as `6:30/km`; a dash when standing.
    pub fn pace(self, speed: Speed) -> String {
        match speed.pace() {
            Some(pace) => format!("{}{}", self.pace_number(pace), self.pace_unit()),
            None => "–".to_owned(),
        }
    }

    /// A pace without its unit, as `6:30`, rounded to whole seconds before it is split.
    ///
    /// Reports keep tenths of a second per kilometre. They are rounded to here too, so that all texts show one number.
    pub fn pace_number(self, pace: Pace) -> String {
        let pace = Pace::from_seconds_per_kilometer((10.0 * pace.as_seconds_per_kilometer()).round() / 10.0);
        let seconds = match self {
            Self::Metric => pace.as_seconds_per_kilometer(),
            Self::Imperial => pace.as_seconds_per_mile(),
        };
        clock(seconds)
    }

    /// `/km` or `/mi`.
    pub const fn pace_unit(self) -> &'static str {
        match self {
            Self::Metric => "/km",
            Self::Imperial => "/mi",
        }
    }

    /// A distance of a run, as `5.21 km`.
    pub fn distance(self, distance: Distance) -> String {
        match self {
            Self::Metric => format!("{:.2} km", distance.as_kilometers()),
            Self::Imperial => format!("{:.2} mi", distance.as_miles()),
        }
    }

    /// A place along a run, as `2.1 km`.
    pub fn distance_mark(self, distance: Distance) -> String {
        match self {
            Self::Metric => format!("{:.1} km", distance.as_kilometers()),
            Self::Imperial => format!("{:.1} mi", distance.as_miles()),
        }
    }

    /// A height or a short length, as `120 m` or `394 ft`.
    pub fn height(self, height: Distance) -> String {
        match self {
            Self::Metric => format!("{:.0} m", height.as_meters()),
            Self::Imperial => format!("{:.0} ft", height.as_meters() / 0.3048),
        }
    }
}

impl std::fmt::Display for HeartRate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.0} bpm", self.as_bpm())
    }
}

/// Seconds as `m:ss`, or `h:mm:ss` from an hour on, rounded to whole seconds before they are split.
pub fn clock(seconds: f64) -> String {
    let total = seconds.abs().round() as u64;
    let sign = if seconds < 0.0 && total > 0 { "-" } else { "" };
    let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60);
    if hours > 0 { format!("{sign}{hours}:{minutes:02}:{seconds:02}") } else { format!("{sign}{minutes}:{seconds:02}") }
}

/// A short length of time as `8 s`, and one of two minutes and more as [`clock`] has it.
pub fn span_text(seconds: f64) -> String {
    if seconds < 120.0 { format!("{seconds:.0} s") } else { clock(seconds) }
}

/// A share as a whole percentage, as `12 %`; never `-0 %`.
///
/// Through hundredths of a per cent, as reports keep ratios: so that a ratio prints alike before and after it is stored.
pub fn percent(share: f64) -> String {
    // Adding zero turns a negative zero into a plain one.
    format!("{:.0} %", ((share * 1e4).round() / 100.0).round() + 0.0)
}

/// By how much a ratio is over one, as `12 %`; `None` below one per cent.
pub fn percent_over(ratio: f64) -> Option<String> {
    let share = ratio - 1.0;
    ((share * 1e4).round() >= 50.0).then(|| percent(share))
}

/// A count with its noun, as `1 bout` or `3 bouts`. The plural is given where it is not the singular and an s.
pub fn plural(count: usize, singular: &str, plural: Option<&str>) -> String {
    match (count, plural) {
        (1, _) => format!("1 {singular}"),
        (_, Some(plural)) => format!("{count} {plural}"),
        (_, None) => format!("{count} {singular}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_round_before_they_split() {
        assert_eq!(clock(239.6), "4:00");
        assert_eq!(clock(59.5), "1:00");
        assert_eq!(clock(3599.7), "1:00:00");
        assert_eq!(clock(7.2), "0:07");
        assert_eq!(clock(-0.2), "0:00");
    }

    #[test]
    fn pace_reads_in_both_systems() {
        let easy = Pace::from_seconds_per_kilometer(390.0).speed();
        assert_eq!(UnitSystem::Metric.pace(easy), "6:30/km");
        assert_eq!(UnitSystem::Imperial.pace(easy), "10:28/mi");
        assert_eq!(UnitSystem::Metric.pace(Speed::from_meters_per_second(0.0)), "–");
    }

    #[test]
    fn percentages_have_no_negative_zero() {
        assert_eq!(percent(-0.003), "0 %");
        assert_eq!(percent(-0.012), "-1 %");
        assert_eq!(percent(0.125), "13 %");
    }

    #[test]
    fn a_ratio_prints_alike_before_and_after_it_is_stored() {
        assert_eq!(percent(1.15449 - 1.0), percent(1.1545 - 1.0));
        assert_eq!(percent(1.25499 - 1.0), percent(1.255 - 1.0));
        assert_eq!((percent_over(1.004_96), percent_over(1.004_94)), (Some("1 %".to_owned()), None));
    }

    #[test]
    fn plurals() {
        assert_eq!(plural(1, "bout", None), "1 bout");
        assert_eq!(plural(0, "bout", None), "0 bouts");
        assert_eq!(plural(2, "recovery", Some("recoveries")), "2 recoveries");
    }
}
