//! Moments in ISO 8601 as exporters write them.

mod odd;

use crate::units::Timestamp;

/// A moment with how its text places it on the globe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The moment; without a zone, as if its text were UTC.
    pub time: Timestamp,
    /// Seconds east of UTC as written, 0 for `Z`, or `None` without a zone.
    pub offset_s: Option<i32>,
}

/// The moment that the text holds, or `None`. Years outside 1980 to 2100 are those of a clock that was never set.
///
/// Reads `2024-01-31T12:34:56.789Z` with a blank in place of the `T`, without fraction, seconds or zone, and with
/// offsets such as `+02:00`, `+0200` and `+02`, and what apps make of it: see [`odd`]. A leap second counts as the first
/// of the next minute.
#[inline]
pub fn moment(text: &[u8]) -> Option<Moment> {
    let text = text.trim_ascii();
    usual(text).or_else(|| odd::moment(text)).filter(|moment| moment.time.is_of_a_watch())
}

/// The moment of a text in the shape that nearly all have.
#[inline]
fn usual(text: &[u8]) -> Option<Moment> {
    let (date, rest) = text.split_first_chunk::<11>()?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T' | b't' | b' '] = *date else {
        return None;
    };
    let year = pair(y1, y2)? * 100 + pair(y3, y4)?;
    let days = days_since_1970(year, pair(m1, m2)?, pair(d1, d2)?)?;
    let (millis, rest) = time_of_day(rest)?;
    let offset_s = if rest.is_empty() { None } else { Some(zone(rest)?) };
    Some(at(days, millis, offset_s))
}

/// The moment of a day, a time of day in milliseconds and an offset.
#[inline]
fn at(days: i64, millis: i64, offset_s: Option<i32>) -> Moment {
    let seconds = days * 86_400 - i64::from(offset_s.unwrap_or(0));
    Moment { time: Timestamp::from_unix_millis(seconds * 1000 + millis), offset_s }
}

/// Milliseconds since midnight, and what follows the time of day.
#[inline]
fn time_of_day(text: &[u8]) -> Option<(i64, &[u8])> {
    let (&[h1, h2, b':', n1, n2], rest) = text.split_first_chunk::<5>()? else {
        return None;
    };
    let (hour, minute) = (pair(h1, h2)?, pair(n1, n2)?);
    let (second, rest) = match *rest {
        [b':', s1, s2, ref rest @ ..] => (pair(s1, s2)?, rest),
        _ => (0, rest),
    };
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (millis, rest) = fraction(rest)?;
    Some(((hour * 3600 + minute * 60 + second) * 1000 + millis, rest))
}

/// The number of two digits.
#[inline]
fn pair(tens: u8, ones: u8) -> Option<i64> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then_some(i64::from(tens) * 10 + i64::from(ones))
}

/// Days from 1970-01-01 to a date of the Gregorian calendar, or `None` where there is no such date.
#[inline]
fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    /// Days before the first of each month in a year that begins in March.
    const BEFORE: [i64; 12] = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    // Counting years from March puts the leap day at their end.
    let year = year - i64::from(month <= 2);
    let before_year = year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(before_year + BEFORE[month as usize - 1] + day - 1 - 719_468)
}

/// Milliseconds after a point or comma, rounded, and what follows the digits.
#[inline]
fn fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let [b'.' | b',', digits @ ..] = text else {
        return Some((0, text));
    };
    let length = digits.iter().position(|b| !b.is_ascii_digit()).unwrap_or(digits.len());
    let (digits, rest) = digits.split_at(length);
    let digit = |at: usize| digits.get(at).map_or(0, |b| i64::from(b - b'0'));
    let millis = digit(0) * 100 + digit(1) * 10 + digit(2) + i64::from(digit(3) >= 5);
    (length > 0).then_some((millis, rest))
}

/// Seconds east of UTC.
#[inline]
fn zone(text: &[u8]) -> Option<i32> {
    let (sign, digits) = match text {
        [b'Z' | b'z'] => return Some(0),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match *digits {
        [h1, h2] => (pair(h1, h2)?, 0),
        [h1, h2, m1, m2] | [h1, h2, b':', m1, m2] => (pair(h1, h2)?, pair(m1, m2)?),
        _ => return None,
    };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60) as i32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        let found = moment(text.as_bytes()).map_or("none".to_owned(), |m| {
            let zone = m.offset_s.map_or("no zone".to_owned(), |s| s.to_string());
            format!("{} {zone}", m.time.to_rfc3339(None))
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn shapes() {
        check("2024-02-29T12:34:56Z", "2024-02-29T12:34:56Z 0");
        check(" 2024-01-01 00:00:00z\n", "2024-01-01T00:00:00Z 0");
        check("2024-01-01T00:00:00.123456789Z", "2024-01-01T00:00:00.123Z 0");
        check("2024-01-01T00:00:00,9996Z", "2024-01-01T00:00:01Z 0");
        check("2024-01-01T00:00:00+02:00", "2023-12-31T22:00:00Z 7200");
        check("2024-01-01T00:00:00-0330", "2024-01-01T03:30:00Z -12600");
        check("2024-01-01T00:00+05", "2023-12-31T19:00:00Z 18000");
        check("2024-01-01T00:00:00", "2024-01-01T00:00:00Z no zone");
        check("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z 0");
        check("1980-01-01T00:00:00Z", "1980-01-01T00:00:00Z 0");
        check("2100-12-31T23:59:59Z", "2100-12-31T23:59:59Z 0");
        for bad in
            ["", "yesterday", "99999-01-01T00:00:00Z", "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-01-01"]
        {
            check(bad, "none");
        }
        for bad in [
            "2024-01-01T24:00:00Z",
            "2024-01-01T00:00:61Z",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00CET",
            "1979-12-31T23:59:59Z",
            "2101-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "1601-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "20\0\0-01-01T00:00:00Z",
        ] {
            check(bad, "none");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(millis in 315_532_800_000_i64..4_133_980_800_000) {
            let time = Timestamp::from_unix_millis(millis);
            let found = moment(time.to_rfc3339(None).as_bytes());
            prop_assert_eq!(found, Some(Moment { time, offset_s: Some(0) }));
        }
    }
}
