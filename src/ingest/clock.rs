//! Clocks as exports write them: offsets in a text, moments in a number.

use crate::units::{Timestamp, UtcOffset};

/// The offset of a clock such as `+0200` or `UTC-03:30`.
pub fn offset(text: &str) -> Option<UtcOffset> {
    let text = text.trim().trim_start_matches(['U', 'T', 'C', 'G', 'M']).trim();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number: i64 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    let seconds = (number / 100 * 60 + number % 100) * 60;
    UtcOffset::from_seconds(if text.starts_with('-') { -seconds } else { seconds })
}

/// A moment in seconds or milliseconds since 1970.
pub fn since_1970(number: f64) -> Option<Timestamp> {
    let millis = if number.abs() < 1e11 { number * 1000.0 } else { number };
    Some(Timestamp::from_unix_millis(millis as i64)).filter(|time| time.is_of_a_watch())
}

/// The offset by which a local time is ahead of UTC, where it is one that clocks have: a multiple of a quarter of an
/// hour, off by two minutes at most, as lists and tracks begin some seconds apart.
pub fn measured(local: Timestamp, utc: Timestamp) -> Option<UtcOffset> {
    const QUARTER_S: f64 = 900.0;
    const MOST_OFF_S: f64 = 120.0;
    let apart = local.seconds_since(utc);
    let offset = (apart / QUARTER_S).round() * QUARTER_S;
    let is_of_a_clock = (-12.0 * 3600.0..=14.0 * 3600.0).contains(&offset) && (apart - offset).abs() <= MOST_OFF_S;
    UtcOffset::from_seconds(offset as i64).filter(|_| is_of_a_clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_in_texts() {
        let seconds = |text| offset(text).map(UtcOffset::as_seconds);
        assert_eq!(
            (seconds("+0200"), seconds("UTC-03:30"), seconds("+05:45")),
            (Some(7200), Some(-12_600), Some(20_700))
        );
        assert_eq!((seconds("UTC"), seconds(""), seconds("+2")), (None, None, None));
    }

    #[test]
    fn offsets_that_are_measured() {
        let at = Timestamp::from_unix_seconds;
        let seconds = |apart: i64| measured(at(1_781_500_000 + apart), at(1_781_500_000)).map(UtcOffset::as_seconds);
        assert_eq!((seconds(7_195), seconds(-12_610), seconds(20)), (Some(7200), Some(-12_600), Some(0)));
        assert_eq!((seconds(400), seconds(15 * 3600)), (None, None));
    }
}
