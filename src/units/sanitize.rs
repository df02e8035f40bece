//! Characters that act instead of being read.

/// True for what could steer a terminal or a reader: control characters, marks that turn the direction of writing round,
/// and separators that some programs take for the end of a line.
pub fn is_control_or_bidi(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}
