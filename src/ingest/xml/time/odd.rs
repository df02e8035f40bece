//! Moments in shapes that some apps write in place of ISO 8601.

use super::{Moment, at, days_since_1970, pair, time_of_day, zone};
use crate::units::{Timestamp, Zone};

/// The moment that the text holds, or `None`: with a zone's name behind it, `[Europe/Amsterdam]`; with a blank before the
/// offset, and `UTC` or `GMT` in place of one or beside it; with slashes in the date, or without any sign in it; as an
/// e-mail has it, `Wed, 31 Jan 2024 12:34:56 +0000`; or as seconds or milliseconds since 1970.
#[cold]
pub fn moment(text: &[u8]) -> Option<Moment> {
    let (text, named) = without_name(text);
    since_1970(text).or_else(|| {
        let (days, rest) = date(text)?;
        let (millis, rest) = clock(rest)?;
        let rest = rest.trim_ascii();
        match (rest.is_empty(), named) {
            (true, None) => Some(at(days, millis, None)),
            (true, Some(name)) => in_zone(at(days, millis, None), name),
            (false, _) => Some(at(days, millis, Some(offset(rest)?))),
        }
    })
}

/// A text without the name of a zone in brackets behind it, and that name.
fn without_name(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    let named = text.strip_suffix(b"]").and_then(|text| {
        let at = text.iter().position(|&byte| byte == b'[')?;
        Some((text[..at].trim_ascii(), Some(&text[at + 1..])))
    });
    named.unwrap_or((text, None))
}

/// A moment of a clock without an offset, in a zone by its name.
fn in_zone(local: Moment, name: &[u8]) -> Option<Moment> {
    if is_utc(name) {
        return Some(Moment { offset_s: Some(0), ..local });
    }
    let zone = Zone::from_name(std::str::from_utf8(name).ok()?)?;
    let offset = |time| zone.offset_at(time).as_seconds();
    let near = local.time.plus_seconds(-f64::from(offset(local.time)));
    let offset_s = offset(near);
    Some(Moment { time: local.time.plus_seconds(-f64::from(offset_s)), offset_s: Some(offset_s) })
}

/// Seconds or milliseconds since 1970: ten or thirteen digits, as they have since 2001, and a fraction.
fn since_1970(text: &[u8]) -> Option<Moment> {
    let whole = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let number: f64 = std::str::from_utf8(text).ok()?.parse().ok()?;
    let millis = match whole {
        10 => number * 1000.0,
        13 => number,
        _ => return None,
    };
    Some(Moment { time: Timestamp::from_unix_millis(millis.round() as i64), offset_s: Some(0) })
}

/// A date, as days since 1970, and the text behind it.
fn date(text: &[u8]) -> Option<(i64, &[u8])> {
    match *text {
        [y1, y2, y3, y4, a @ (b'-' | b'/' | b'.'), m1, m2, b, d1, d2, b'T' | b't' | b' ' | b'_', ref rest @ ..]
            if a == b =>
        {
            let year = pair(y1, y2)? * 100 + pair(y3, y4)?;
            Some((days_since_1970(year, pair(m1, m2)?, pair(d1, d2)?)?, rest))
        }
        [y1, y2, y3, y4, m1, m2, d1, d2, b'T' | b't' | b' ', ref rest @ ..] => {
            let year = pair(y1, y2)? * 100 + pair(y3, y4)?;
            Some((days_since_1970(year, pair(m1, m2)?, pair(d1, d2)?)?, rest))
        }
        _ => date_in_words(text),
    }
}

/// A date such as `Wed, 31 Jan 2024 `, with the day of the week or without it.
fn date_in_words(text: &[u8]) -> Option<(i64, &[u8])> {
    const MONTHS: [&[u8]; 12] =
        [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];
    let text = text.iter().position(|&byte| byte == b',').map_or(text, |comma| text[comma + 1..].trim_ascii_start());
    let (day, rest) = word(text)?;
    let (month, rest) = word(rest)?;
    let (year, rest) = word(rest)?;
    let number = |digits: &[u8]| std::str::from_utf8(digits).ok()?.parse::<u16>().ok().map(i64::from);
    let (month, _) = (1..).zip(MONTHS).find(|(_, name)| month.eq_ignore_ascii_case(name))?;
    Some((days_since_1970(number(year)?, month, number(day)?)?, rest))
}

/// The first word of a text, and what is behind the blanks after it.
fn word(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = text.iter().position(|&byte| byte == b' ')?;
    Some((&text[..end], text[end..].trim_ascii_start()))
}

/// A time of day in milliseconds, with colons or without, and the text behind it.
fn clock(text: &[u8]) -> Option<(i64, &[u8])> {
    if let [h1, h2, n1, n2, s1, s2, ref rest @ ..] = *text
        && n1 != b':'
        && h2 != b':'
    {
        let (hour, minute, second) = (pair(h1, h2)?, pair(n1, n2)?, pair(s1, s2)?);
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let (millis, rest) = super::fraction(rest)?;
        return Some(((hour * 3600 + minute * 60 + second) * 1000 + millis, rest));
    }
    let (millis, rest) = time_of_day(text)?;
    // A colon before the fraction, as in `12:34:56:789`.
    if let [b':', a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', rest @ ..] = rest {
        let fraction = [a, b, c].iter().fold(0, |sum, digit| sum * 10 + i64::from(**digit - b'0'));
        return Some((millis + fraction, rest));
    }
    Some((millis, rest))
}

/// Seconds east of UTC: an offset, a word for UTC, or both in either order, `GMT+02:00` or `+0000 UTC`.
fn offset(text: &[u8]) -> Option<i32> {
    let text = text.trim_ascii();
    if is_utc(text) {
        return Some(0);
    }
    let words = [&b"UTC"[..], b"GMT"];
    for name in words {
        if let Some((first, rest)) = text.split_at_checked(name.len())
            && first.eq_ignore_ascii_case(name)
        {
            return offset_alone(rest.trim_ascii());
        }
    }
    let end = text.iter().position(|&byte| byte == b' ').unwrap_or(text.len());
    let found = offset_alone(&text[..end])?;
    let behind = text[end..].trim_ascii();
    (behind.is_empty() || (is_utc(behind) && found == 0)).then_some(found)
}

/// An offset, with one digit for the hour or with seconds too.
fn offset_alone(text: &[u8]) -> Option<i32> {
    match *text {
        [sign @ (b'+' | b'-'), hour @ b'0'..=b'9'] => zone(&[sign, b'0', hour]),
        [sign @ (b'+' | b'-'), hour @ b'0'..=b'9', b':', m1, m2] => zone(&[sign, b'0', hour, b':', m1, m2]),
        [sign, h1, h2, b':', m1, m2, b':', b'0', b'0'] => zone(&[sign, h1, h2, b':', m1, m2]),
        _ => zone(text),
    }
}

/// True for the words that stand for UTC.
fn is_utc(text: &[u8]) -> bool {
    [&b"Z"[..], b"UTC", b"GMT", b"UT", b"Etc/UTC"].iter().any(|name| text.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::super::moment;

    fn check(text: &str, expected: &str) {
        let found = moment(text.as_bytes()).map_or("none".to_owned(), |m| {
            let zone = m.offset_s.map_or("no zone".to_owned(), |s| s.to_string());
            format!("{} {zone}", m.time.to_rfc3339(None))
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn zones_have_names() {
        check("2025-10-21T18:53:20+02:00[Europe/Amsterdam]", "2025-10-21T16:53:20Z 7200");
        check("2025-10-21T18:53:20[Europe/Amsterdam]", "2025-10-21T16:53:20Z 7200");
        check("2025-12-21T18:53:20.5 [Europe/Amsterdam]", "2025-12-21T17:53:20.5Z 3600");
        check("2025-10-21T16:53:20Z[UTC]", "2025-10-21T16:53:20Z 0");
        check("2025-10-21T16:53:20[Atlantis/City]", "none");
    }

    #[test]
    fn offsets_stand_apart_and_in_words() {
        for text in [
            "2025-10-21 18:53:20 +0200",
            "2025-10-21T18:53:20 +02:00",
            "2025-10-21T18:53:20 GMT+02:00",
            "2025-10-21T18:53:20 UTC+2",
            "2025-10-21T18:53:20+2:00",
            "2025-10-21T18:53:20+02:00:00",
        ] {
            check(text, "2025-10-21T16:53:20Z 7200");
        }
        for text in [
            "2025-10-21 16:53:20 +0000 UTC",
            "2025-10-21 16:53:20 UTC",
            "2025-10-21T16:53:20GMT",
            "2025-10-21 16:53:20 gmt",
            "2025-10-21 16:53:20 Z",
            "2025-10-21 16:53 UTC",
        ] {
            let expected = if text.contains("53:20") { "2025-10-21T16:53:20Z 0" } else { "2025-10-21T16:53:00Z 0" };
            check(text, expected);
        }
        check("2025-10-21 16:53:20 +0200 UTC", "none");
        check("2025-10-21 16:53:20 CEST", "none");
    }

    #[test]
    fn dates_have_other_signs_or_none() {
        check("2025/10/21 16:53:20", "2025-10-21T16:53:20Z no zone");
        check("2025/10-21 16:53:20", "none");
        check("20251021T165320Z", "2025-10-21T16:53:20Z 0");
        check("Tue, 21 Oct 2025 16:53:20 +0000", "2025-10-21T16:53:20Z 0");
        check("2025-10-21T16:53:20:789Z", "2025-10-21T16:53:20.789Z 0");
        check("1761065600", "2025-10-21T16:53:20Z 0");
        check("1761065600.25", "2025-10-21T16:53:20.25Z 0");
        check("1761065600250", "2025-10-21T16:53:20.25Z 0");
        for bad in ["20251321T165320Z", "0000000000", "9999999999", "99999999999999", "21 Okt 2025 16:53:20", "nan"] {
            check(bad, "none");
        }
    }
}
