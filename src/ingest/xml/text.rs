//! Character references and text in unsure encodings.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use memchr::memchr;

use crate::ingest::limits;
use crate::units::is_control_or_bidi;

/// Bytes of a text that are looked at: far more than any number, time or name has.
pub const LONGEST: usize = 1 << 16;

/// The text with its character references resolved.
///
/// Only the five names of XML and numbers stand for a character; other entities are never looked up and stay as they
/// are written, as does a lone `&`.
#[inline]
pub fn resolve(text: &[u8]) -> Cow<'_, [u8]> {
    if memchr(b'&', text).is_none() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(resolved(&text[..text.len().min(LONGEST)]))
    }
}

/// The text as a string without blanks around it and without what would steer a terminal, as long as a name may be. What is not UTF-8 is taken for
/// Windows-1252, the usual culprit.
pub fn string(bytes: &[u8]) -> String {
    let bytes = bytes.trim_ascii();
    // No character has more than four bytes.
    let head = &bytes[..bytes.len().min(4 * limits::NAME_CHARS)];
    let text = match std::str::from_utf8(head) {
        Ok(text) => Cow::Borrowed(text),
        Err(fault) if fault.error_len().is_none() && head.len() < bytes.len() => {
            String::from_utf8_lossy(&head[..fault.valid_up_to()])
        }
        Err(_) => WINDOWS_1252.decode_without_bom_handling(head).0,
    };
    let blank = |c: char| if c.is_whitespace() { ' ' } else { c };
    text.trim().chars().map(blank).filter(|&c| !is_control_or_bidi(c)).take(limits::NAME_CHARS).collect()
}

#[cold]
fn resolved(text: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest) {
        whole.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        let (character, length) = reference(rest).unwrap_or(('&', 1));
        whole.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        rest = &rest[length..];
    }
    whole.extend_from_slice(rest);
    whole
}

/// The character that the reference at the front stands for, and the length of the reference.
fn reference(text: &[u8]) -> Option<(char, usize)> {
    // The longest that there is: `&#x10FFFF;`.
    let end = memchr(b';', &text[..text.len().min(12)])?;
    let character = match &text[1..end] {
        b"lt" => '<',
        b"gt" => '>',
        b"amp" => '&',
        b"quot" => '"',
        b"apos" => '\'',
        name => {
            let code = std::str::from_utf8(name.strip_prefix(b"#")?).ok()?;
            let hexadecimal = code.strip_prefix(['x', 'X']);
            let code = hexadecimal.map_or_else(|| code.parse(), |hex| u32::from_str_radix(hex, 16));
            char::from_u32(code.ok()?)?
        }
    };
    Some((character, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_five_names_and_numbers_are_resolved() {
        let check = |text: &str, expected: &str| assert_eq!(string(&resolve(text.as_bytes())), expected);
        check("&lt;&gt;&amp;&quot;&apos;", "<>&\"'");
        check("1&#50;&#x33;", "123");
        check("a &nbsp; & b &", "a &nbsp; & b &");
        check("&#xD800;&#1114112;&#-1;&#;&;", "&#xD800;&#1114112;&#-1;&#;&;");
        check("&#x1F3C3;", "🏃");
    }

    #[test]
    fn bytes_that_are_not_utf8_are_read_as_windows_1252() {
        assert_eq!(string(b" caf\xe9 \x80 "), "café €");
    }

    #[test]
    fn control_characters_are_left_out() {
        assert_eq!(string("a\u{1b}]0;b\u{7}\n\tc\u{9b}\0\u{202e}".as_bytes()), "a]0;b  c");
    }

    #[test]
    fn long_names_are_cut_between_characters() {
        for letter in ["a", "é", "€", "🏃"] {
            for before in ["", "a", "ab", "abc"] {
                let name = string(format!(" {before}{}", letter.repeat(2000)).as_bytes());
                assert!(name.chars().count() >= limits::NAME_CHARS - 1 && name.ends_with(letter), "{name}");
            }
        }
        assert_eq!(resolve("&amp;".repeat(100_000).as_bytes()).len(), LONGEST.div_ceil(5));
    }
}
