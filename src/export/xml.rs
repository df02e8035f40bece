//! What the XML formats share: lines, escaped text, numbers and moments.

use std::fmt::Write;

use crate::model::{Pause, Record};
use crate::units::{Timestamp, UtcOffset};

/// Appends a line, indented by two blanks for each level above it.
pub fn line(out: &mut String, depth: usize, text: &str) {
    writeln!(out, "{:indent$}{text}", "", indent = 2 * depth).expect("a string takes all that is written to it");
}

/// Appends an element with its value, which must not need escaping.
pub fn element(out: &mut String, depth: usize, name: &str, value: impl std::fmt::Display) {
    line(out, depth, &format!("<{name}>{value}</{name}>"));
}

/// A number to the thousandth, which is finer than any sensor.
pub fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// Text as it may stand in an element or an attribute: escaped, and without the characters that XML forbids.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'.. => out.push(c),
            _ => {}
        }
    }
    out
}

/// A moment in ISO 8601 with its milliseconds, as in `2024-10-05T06:39:01.000Z`.
pub fn moment_in_millis(moment: Timestamp) -> String {
    let text = moment.to_rfc3339(None);
    match text.trim_end_matches('Z').split_once('.') {
        Some((seconds, fraction)) => format!("{seconds}.{fraction:0<3}Z"),
        None => format!("{}.000Z", text.trim_end_matches('Z')),
    }
}

/// A moment in ISO 8601, on the runner's clock where that is known; a fraction only where there is one.
pub fn moment(moment: Timestamp, offset: Option<UtcOffset>) -> String {
    moment.to_rfc3339(offset)
}

/// The records in parts, a new one where the timer stood still between two of them.
pub fn parts<'a>(records: &'a [Record], pauses: &[Pause]) -> Vec<&'a [Record]> {
    let mut starts: Vec<Timestamp> = pauses.iter().map(|pause| pause.start).collect();
    starts.sort_unstable();
    records
        .chunk_by(|before, after| {
            let (Some(before), Some(after)) = (before.time(), after.time()) else { return true };
            let first = starts.partition_point(|start| *start < before);
            starts.get(first).is_none_or(|start| *start >= after)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_cleaned() {
        assert_eq!(text("<Jan & \"Ana\"\u{0}\u{FFFE} 🏃>"), "&lt;Jan &amp; &quot;Ana&quot; 🏃&gt;");
    }

    #[test]
    fn moments_keep_their_milliseconds() {
        let at = Timestamp::from_unix_millis;
        assert_eq!(moment_in_millis(at(1_728_110_341_000)), "2024-10-05T06:39:01.000Z");
        assert_eq!(moment_in_millis(at(1_728_110_341_250)), "2024-10-05T06:39:01.250Z");
        let kathmandu = UtcOffset::from_seconds(20_700);
        assert_eq!(moment(at(1_728_110_341_000), kathmandu), "2024-10-05T12:24:01+05:45");
        assert_eq!(moment(at(1_728_110_341_000), None), "2024-10-05T06:39:01Z");
    }
}
