//! Values as a runner's file takes them, of values as people write them.

use super::keys::Kind;
use crate::audit;
use crate::plan::built_in;
use crate::units::{Date, nearest, parse_distance, parse_pace};

/// A value as its key takes it; `None` where it is not plain what was meant. A bare pace has the unit of the file, where it
/// says one.
pub(super) fn repaired(kind: Kind, written: &str, unit: Option<&str>) -> Option<String> {
    let bare = without_quotes(written);
    if bare.is_empty() {
        return None;
    }
    match kind {
        Kind::Text => Some(quoted(bare)),
        Kind::Units => units(bare),
        Kind::Pace => pace(bare, unit),
        Kind::Day => day(bare),
        Kind::Number => number(bare),
        Kind::Flag => flag(bare),
        Kind::Programme => built_in::similar(bare).map(|name| quoted(&name)),
        Kind::Rule => rule(bare),
        Kind::Race => race(bare),
        Kind::Threshold => pace(bare, unit).map(|pace| format!("{{ pace = {pace} }}")),
    }
}

/// A value without the comment behind it.
pub(super) fn without_comment(value: &str) -> &str {
    let mut quote = None;
    for (at, c) in value.char_indices() {
        match (c, quote) {
            ('#', None) => return value[..at].trim(),
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            _ => {}
        }
    }
    value.trim()
}

fn without_quotes(written: &str) -> &str {
    written.trim_matches(|c: char| c.is_whitespace() || "\"'“”„‟‘’«»`".contains(c))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace(['"', '\\'], ""))
}

fn units(bare: &str) -> Option<String> {
    let bare = bare.to_lowercase();
    let is_miles = bare.starts_with("mi") || bare == "imperial";
    let is_kilometers = bare.starts_with("km") || bare.starts_with("kilomet") || bare == "metric";
    (is_miles || is_kilometers).then(|| quoted(if is_miles { "mi" } else { "km" }))
}

/// A pace with its unit.
fn pace(bare: &str, unit: Option<&str>) -> Option<String> {
    let end = bare.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(bare.len());
    let (time, rest) = bare.split_at(end);
    // 6.30/km is meant as 6:30/km by whoever writes two digits.
    let time = match time.split_once('.') {
        Some((minutes, seconds)) if seconds.len() == 2 => format!("{minutes}:{seconds}"),
        Some(_) => return None,
        None => time.to_owned(),
    };
    let rest = if rest.trim().is_empty() { format!("/{}", unit?) } else { rest.trim().to_owned() };
    let pace = format!("{time}{rest}");
    parse_pace(&pace).is_ok().then(|| quoted(&pace))
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A day in the order of year, month and day. Day and month with strokes between them are ambiguous where both may be
/// months; with dots the day is first.
fn day(bare: &str) -> Option<String> {
    let date_part = bare.split(['T', 't']).next().filter(|part| part.len() >= 8 && part.contains('-')).unwrap_or(bare);
    let parts: Vec<&str> = date_part.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let [a, b, c] = parts[..] else { return None };
    let month = |text: &str| {
        let text = text.to_lowercase();
        MONTHS.iter().position(|month| text.len() >= 3 && text.starts_with(month)).map(|at| at as i8 + 1)
    };
    let small = |text: &str| {
        text.trim_end_matches(|c: char| c.is_alphabetic()).parse::<i8>().ok().filter(|number| (1..=31).contains(number))
    };
    let year = |text: &str| text.parse::<i16>().ok().filter(|_| text.len() == 4);
    let (year, month, day) = if let Some(year) = year(a) {
        (year, small(b)?, small(c)?)
    } else {
        let year = year(c)?;
        match (month(a), month(b)) {
            (Some(month), _) => (year, month, small(b)?),
            (None, Some(month)) => (year, month, small(a)?),
            (None, None) if date_part.contains('.') => (year, small(b)?, small(a)?),
            (None, None) => match (small(a)?, small(b)?) {
                (day, month) if day > 12 => (year, month, day),
                (month, day) if day > 12 => (year, month, day),
                _ => return None,
            },
        }
    };
    Date::new(year, month, day).map(|date| date.to_string())
}

fn number(bare: &str) -> Option<String> {
    let number = bare.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').next()?.replace(',', ".");
    number.parse::<f64>().ok().filter(|number| number.is_finite())?;
    Some(number)
}

fn flag(bare: &str) -> Option<String> {
    match bare.to_lowercase().as_str() {
        "yes" | "true" | "on" | "1" | "y" => Some("true".to_owned()),
        "no" | "false" | "off" | "0" | "n" => Some("false".to_owned()),
        _ => None,
    }
}

fn rule(bare: &str) -> Option<String> {
    let name = bare.to_lowercase().replace([' ', '_'], "-");
    let ids = || audit::RuleId::ALL.into_iter().map(audit::RuleId::name);
    ids().find(|id| *id == name).or_else(|| nearest(&name, ids())).map(quoted)
}

/// A race such as `5k=25:00` or `5k in 25:00`, as the table that it takes.
fn race(bare: &str) -> Option<String> {
    let (run, date) = bare.split_once('@').map_or((bare, None), |(run, date)| (run, Some(date)));
    let (distance, time) = run.split_once('=').or_else(|| run.split_once(" in ")).or_else(|| run.split_once(' '))?;
    let (distance, time) = (distance.trim(), time.trim());
    parse_distance(distance).ok()?;
    let date = match date {
        Some(date) => format!(", date = {}", day(date.trim())?),
        None => String::new(),
    };
    Some(format!("{{ distance = \"{distance}\", time = \"{time}\"{date} }}"))
}
