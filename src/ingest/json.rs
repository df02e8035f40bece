//! Reads JSON as makers really write it, from event to event, as far as it goes.
//!
//! A scanner of our own in place of `serde_json`, which stays with the reports: exports hold `NaN` for a lost sensor and
//! keys without quotes, neither of which a strict parser takes, and of a cut file all that came before the cut is wanted.
//! It runs over the bytes once and keeps one key for each level that is open, so memory does not grow with the file.

use std::borrow::Cow;

use memchr::memchr2;

use super::limits;

/// Deeper nesting is no export, and reading ends there.
const DEEPEST: usize = 64;

/// Runs over a document from event to event.
pub struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The key and kind of each level that is open; items of an array have the key of the array.
    open: Vec<(&'a [u8], bool)>,
}

/// One event.
#[derive(Debug, PartialEq)]
pub enum Event<'a> {
    /// An object begins, under a key.
    Open(&'a [u8]),
    /// An object ends, under a key.
    Close(&'a [u8]),
    /// A number, a text or another word, under a key; `null` and `NaN` are left out.
    Leaf(&'a [u8], Value<'a>),
}

/// A value without parts.
#[derive(Debug, PartialEq)]
pub enum Value<'a> {
    /// Text, with escapes resolved.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
}

impl Value<'_> {
    /// The number that it is, or that its text holds.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            Self::Bool(_) => None,
        }
    }

    /// The text that it is.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Number(_) | Self::Bool(_) => "",
        }
    }
}

impl<'a> Scanner<'a> {
    /// A scanner at the beginning of a document in UTF-8; what is longer than any export breaks off.
    pub fn new(bytes: &'a [u8]) -> Self {
        let bytes = &bytes[..bytes.len().min(limits::JSON_BYTES)];
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        Self { bytes, at: 0, open: Vec::new() }
    }

    /// The key that a level above the present one hangs on: 0 is the object that is open now, 1 the one around it.
    pub fn above(&self, levels: usize) -> &'a [u8] {
        let objects = self.open.iter().rev().filter(|level| level.1);
        objects.map(|level| level.0).nth(levels).unwrap_or_default()
    }

    /// True when everything that was opened was closed, so that nothing is missing at the end.
    pub fn is_whole(&self) -> bool {
        self.open.is_empty()
    }

    /// The next event, or `None` at the end or where the document breaks off.
    pub fn next_event(&mut self) -> Option<Event<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            match byte {
                b',' | b':' => self.at += 1,
                _ if byte.is_ascii_whitespace() => self.at += 1,
                b'}' | b']' => {
                    self.at += 1;
                    if let Some((key, true)) = self.open.pop() {
                        return Some(Event::Close(key));
                    }
                }
                b'{' | b'[' => {
                    let key = self.open.last().map_or(&b""[..], |level| level.0);
                    if let Some(event) = self.begin(key, byte) {
                        return event;
                    }
                }
                _ if self.open.last().is_some_and(|level| level.1) => {
                    if let Some(event) = self.member() {
                        return event;
                    }
                }
                _ => {
                    let key = self.open.last().map_or(&b""[..], |level| level.0);
                    if let Some(value) = self.value()? {
                        return Some(Event::Leaf(key, value));
                    }
                }
            }
        }
    }

    /// Opens a level. The outer `None` has nothing to tell, the inner one ends the reading.
    #[expect(clippy::option_option, reason = "nothing to tell and nothing more are two things")]
    fn begin(&mut self, key: &'a [u8], byte: u8) -> Option<Option<Event<'a>>> {
        self.at += 1;
        if self.open.len() == DEEPEST {
            self.at = self.bytes.len();
            return Some(None);
        }
        self.open.push((key, byte == b'{'));
        (byte == b'{').then_some(Some(Event::Open(key)))
    }

    /// A key with its value, in an object.
    #[expect(clippy::option_option, reason = "nothing to tell and nothing more are two things")]
    fn member(&mut self) -> Option<Option<Event<'a>>> {
        let Some(key) = self.word() else { return Some(None) };
        self.skip_blanks();
        if self.bytes.get(self.at) != Some(&b':') {
            // A key without a value, or something between two members.
            return None;
        }
        self.at += 1;
        self.skip_blanks();
        match self.bytes.get(self.at) {
            None => Some(None),
            Some(&byte @ (b'{' | b'[')) => self.begin(key, byte),
            Some(b'}' | b']' | b',') => None,
            Some(_) => match self.value() {
                None => Some(None),
                Some(value) => value.map(|value| Some(Event::Leaf(key, value))),
            },
        }
    }

    fn skip_blanks(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    /// A value; the outer `None` where the document breaks off in it, the inner one for what says that there is none.
    #[expect(clippy::option_option, reason = "nothing to tell and nothing more are two things")]
    fn value(&mut self) -> Option<Option<Value<'a>>> {
        let is_text = self.bytes.get(self.at) == Some(&b'"');
        let raw = self.word()?;
        if is_text {
            return Some(Some(Value::Text(unescaped(raw))));
        }
        // Half a number is a wrong number.
        self.bytes.get(self.at)?;
        Some(match raw {
            b"true" => Some(Value::Bool(true)),
            b"false" => Some(Value::Bool(false)),
            _ => super::xml::number(raw).map(Value::Number),
        })
    }

    /// The raw bytes of a text without its quotes, or of a word; always goes on.
    fn word(&mut self) -> Option<&'a [u8]> {
        if self.bytes.get(self.at) != Some(&b'"') {
            let from = self.at;
            let is_end = |byte: &u8| {
                matches!(byte, b',' | b':' | b'}' | b']' | b'{' | b'[' | b'"') || byte.is_ascii_whitespace()
            };
            let length = self.bytes[from..].iter().position(is_end).unwrap_or(self.bytes.len() - from);
            // What ends a word is one where nothing comes before it: without a step there is no end.
            self.at = (from + length.max(1)).min(self.bytes.len());
            return Some(&self.bytes[from..self.at]);
        }
        let from = self.at + 1;
        let mut end = from;
        loop {
            end += memchr2(b'"', b'\\', self.bytes.get(end..)?)?;
            if self.bytes[end] == b'"' {
                self.at = end + 1;
                return Some(&self.bytes[from..end]);
            }
            end += 2;
        }
    }
}

/// A text with its escapes resolved.
fn unescaped(raw: &[u8]) -> Cow<'_, str> {
    if !raw.contains(&b'\\') {
        return String::from_utf8_lossy(raw);
    }
    let text = String::from_utf8_lossy(raw);
    let (mut out, mut chars) = (String::with_capacity(text.len()), text.chars());
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('b' | 'f') | None => {}
            Some('u') => {
                let digits: String = chars.by_ref().take(4).collect();
                let code = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                out.push(code.unwrap_or('\u{fffd}'));
            }
            Some(other) => out.push(other),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn check(document: &str, expected: &Expect) {
        let mut scanner = Scanner::new(document.as_bytes());
        let mut parts = Vec::new();
        while let Some(event) = scanner.next_event() {
            let name = String::from_utf8_lossy;
            parts.push(match event {
                Event::Open(key) => format!("{}{{", name(key)),
                Event::Close(key) => format!("}}{}", name(key)),
                Event::Leaf(key, value) => format!("{}={value:?}", name(key)),
            });
        }
        let whole = if scanner.is_whole() { "" } else { " cut" };
        expected.assert_eq(&(parts.join(" ") + whole));
    }

    #[test]
    fn objects_arrays_and_values() {
        check(
            r#"{"a":1.5,"b":[{"c":"x\n\u00e9"},{"c":true}],"d":null}"#,
            &expect![[r#"{ a=Number(1.5) b{ c=Text("x\né") }b b{ c=Bool(true) }b }"#]],
        );
        check("[1,[2,{}],\"t\"]", &expect![[r#"=Number(1.0) =Number(2.0) { } =Text("t")"#]]);
    }

    #[test]
    fn what_a_strict_parser_refuses() {
        check(
            r#"{"v":NaN,"w":-Infinity,1.0:324.0,key : "x","e":}"#,
            &expect![[r#"{ 1.0=Number(324.0) key=Text("x") }"#]],
        );
    }

    #[test]
    fn what_is_cut_ends_quietly() {
        check(r#"{"a":1,"b":12"#, &expect!["{ a=Number(1.0) cut"]);
        check(r#"{"a":"x"#, &expect!["{ cut"]);
        check(&"[".repeat(100), &expect![" cut"]);
    }

    #[test]
    fn a_form_feed_is_a_blank() {
        check("[1,\x0c2]\x0c", &expect![[r"=Number(1.0) =Number(2.0)"]]);
        check("{\"a\"\x0c:\x0c1,\x0c\"b\":2}", &expect!["{ a=Number(1.0) b=Number(2.0) }"]);
    }

    proptest! {
        #[test]
        fn anything_ends(document in prop::collection::vec(prop_oneof![prop::sample::select(&b"[]{}:,\"\\a1 \x0c\0"[..]), any::<u8>()], 0..60)) {
            let mut scanner = Scanner::new(&document);
            let n_events = std::iter::from_fn(|| scanner.next_event()).take(document.len() + 1).count();
            prop_assert!(n_events <= document.len());
        }
    }
}
