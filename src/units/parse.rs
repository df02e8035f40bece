//! Reads quantities as people type them. Every refusal says what would have been right.

use super::{Distance, HeartRate, Pace, Speed};

/// Why a text is not the quantity, day or name it should be, and how to write it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ParseError(String);

impl From<String> for ParseError {
    fn from(message: String) -> Self {
        Self(message)
    }
}

impl From<&str> for ParseError {
    fn from(message: &str) -> Self {
        Self(message.to_owned())
    }
}

/// Reads a pace such as `6:30/km` or `10:30/mi`, or a speed such as `9.5 km/h` or `6 mph`.
///
/// The unit must be there: a bare `6:30` means one thing to one runner and another to the next.
pub fn parse_pace(text: &str) -> Result<Pace, ParseError> {
    const EXAMPLE: &str = "write it as 6:30/km or 10:30/mi";
    let compact = compact(text);
    let number = |suffix: &str| compact.strip_suffix(suffix);
    let pace = if let Some(speed) = number("km/h").or_else(|| number("kmh")).or_else(|| number("kph")) {
        Speed::from_meters_per_second(decimal(speed, EXAMPLE)? / 3.6).pace()
    } else if let Some(speed) = number("mph") {
        Speed::from_meters_per_second(decimal(speed, EXAMPLE)? * 0.44704).pace()
    } else if let Some(time) = number("min/km").or_else(|| number("/km")) {
        Some(Pace::from_seconds_per_kilometer(minutes(time, EXAMPLE)?))
    } else if let Some(time) =
        number("min/mile").or_else(|| number("min/mi")).or_else(|| number("/mile")).or_else(|| number("/mi"))
    {
        Some(Pace::from_seconds_per_mile(minutes(time, EXAMPLE)?))
    } else {
        return Err(format!("a pace needs its unit: {EXAMPLE}").into());
    };
    // 2:00/km is faster than any record from 1500 m on; 30:00/km is slower than any walk.
    match pace {
        Some(pace) if (120.0..=1800.0).contains(&pace.as_seconds_per_kilometer()) => Ok(pace),
        _ => Err("a pace is between 2:00/km and 30:00/km".into()),
    }
}

/// The same, where a bare `6:30` has the units that were set.
pub fn parse_pace_in(text: &str, units: Option<super::UnitSystem>) -> Result<Pace, ParseError> {
    let is_bare = text.contains(':') && text.chars().all(|c| c.is_ascii_digit() || c == ':' || c.is_whitespace());
    match units.filter(|_| is_bare) {
        Some(units) => parse_pace(&format!("{text}{}", units.pace_unit())),
        None => parse_pace(text),
    }
}

impl std::str::FromStr for Pace {
    type Err = ParseError;

    /// As [`parse_pace`].
    fn from_str(text: &str) -> Result<Self, ParseError> {
        parse_pace(text)
    }
}

/// Reads a heart rate of 30 to 240 bpm, such as `145` or `145 bpm`.
pub fn parse_heart_rate(text: &str) -> Result<HeartRate, ParseError> {
    let compact = compact(text);
    let bpm = compact.strip_suffix("bpm").unwrap_or(&compact);
    heart_rate(decimal(bpm, "write it in beats per minute, as 145")?)
}

/// A heart rate of 30 to 240 bpm.
pub fn heart_rate(bpm: f64) -> Result<HeartRate, ParseError> {
    if (30.0..=240.0).contains(&bpm) {
        Ok(HeartRate::from_bpm(bpm))
    } else {
        Err("a heart rate is between 30 and 240 bpm".into())
    }
}

/// Reads a distance such as `5k`, `10 km`, `1mi`, `1500m`, `mile`, `half` or `marathon`.
pub fn parse_distance(text: &str) -> Result<Distance, ParseError> {
    const EXAMPLE: &str = "write it as 5k, 1500m, 3mi, mile, half or marathon";
    let compact = compact(text);
    let distance = match compact.as_str() {
        "mile" => Distance::from_miles(1.0),
        "half" | "halfmarathon" | "half-marathon" | "hm" => Distance::from_meters(21_097.5),
        "marathon" | "full" => Distance::from_meters(42_195.0),
        other => {
            let (number, meters) = ["km", "k", "miles", "mile", "mi", "m"]
                .into_iter()
                .find_map(|unit| Some((other.strip_suffix(unit)?, unit)))
                .ok_or_else(|| format!("a distance needs its unit: {EXAMPLE}"))?;
            let number = decimal(number, EXAMPLE)?;
            match meters {
                "km" | "k" => Distance::from_kilometers(number),
                "m" => Distance::from_meters(number),
                _ => Distance::from_miles(number),
            }
        }
    };
    if (1.0..=1_000_000.0).contains(&distance.as_meters()) { Ok(distance) } else { Err(EXAMPLE.into()) }
}

/// Reads a time such as `25:00` or `1:52:30`, in seconds.
pub fn parse_clock(text: &str) -> Result<f64, ParseError> {
    const EXAMPLE: &str = "write a time as 25:00 or 1:52:30";
    let parts: Vec<&str> = text.trim().split(':').collect();
    let whole = |part: &str| -> Result<f64, ParseError> {
        let digits = !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
        part.parse().ok().filter(|_| digits).ok_or_else(|| EXAMPLE.into())
    };
    let sixtieth = |part: &str| whole(part).and_then(|x| if x < 60.0 { Ok(x) } else { Err(EXAMPLE.into()) });
    match parts[..] {
        [minutes, seconds] => Ok(whole(minutes)? * 60.0 + sixtieth(seconds)?),
        [hours, minutes, seconds] => Ok(whole(hours)? * 3600.0 + sixtieth(minutes)? * 60.0 + sixtieth(seconds)?),
        _ => Err(EXAMPLE.into()),
    }
}

/// Small letters without blanks.
fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Minutes and seconds with a colon. `6.5` is refused: 6:30 to some and 6:50 to others.
fn minutes(text: &str, example: &str) -> Result<f64, String> {
    match text.split(':').count() {
        2 => parse_clock(text).map_err(|_| format!("not a pace: {example}")),
        _ => Err(format!("a pace is minutes and seconds with a colon: {example}")),
    }
}

fn decimal(text: &str, example: &str) -> Result<f64, String> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    text.parse().ok().filter(|_| plain).ok_or_else(|| format!("not a number: {example}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paces_as_people_type_them() {
        let seconds = |text: &str| parse_pace(text).map(|pace| pace.as_seconds_per_kilometer().round());
        for text in ["6:30/km", " 6:30 /KM", "06:30 min/km", "9.230769 km/h"] {
            assert_eq!(seconds(text), Ok(390.0), "{text}");
        }
        for text in ["10:30/mi", "10:30 min/mile", "5.714286mph"] {
            assert_eq!(seconds(text), Ok(391.0), "{text}");
        }
        for text in
            ["6:30", "6.5/km", "6:75/km", "1:00/km", "0 km/h", "-6:30/km", "/km", "1:06:30/km", "x:30/km", "∞/km"]
        {
            assert!(seconds(text).is_err(), "{text}");
        }
    }

    #[test]
    fn race_distances() {
        let meters = |text: &str| parse_distance(text).map(Distance::as_meters);
        for (text, expected) in [
            ("5k", 5000.0),
            ("10 km", 10_000.0),
            ("1500m", 1500.0),
            ("Half", 21_097.5),
            ("marathon", 42_195.0),
            ("mile", 1609.344),
            ("1mi", 1609.344),
        ] {
            assert_eq!(meters(text), Ok(expected), "{text}");
        }
        for text in ["5", "", "k", "5 leagues", "0k", "-5k", "1e9km"] {
            assert!(meters(text).is_err(), "{text}");
        }
    }

    #[test]
    fn times_and_heart_rates() {
        assert_eq!(parse_clock("25:00"), Ok(1500.0));
        assert_eq!(parse_clock("1:52:30"), Ok(6750.0));
        for text in ["25", "25:60", "1:2:3:4", "", ":", "25:-1", "+5:00"] {
            assert!(parse_clock(text).is_err(), "{text}");
        }
        assert_eq!(parse_heart_rate("145 bpm").map(HeartRate::as_bpm), Ok(145.0));
        assert!(parse_heart_rate("400").is_err());
        assert!(parse_heart_rate("fast").is_err());
    }
}
