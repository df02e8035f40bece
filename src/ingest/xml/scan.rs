//! Finds tags and the text between them.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

use super::text;

/// Runs over a document once, from tag to tag.
pub struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: usize,
}

/// One tag.
pub enum Tag<'a> {
    /// A start tag or an empty element.
    Open(Open<'a>),
    /// An end tag, by its name without prefix.
    Close(&'a [u8]),
}

/// A start tag or an empty element.
#[derive(Clone, Copy)]
pub struct Open<'a> {
    /// The name without its prefix.
    pub name: &'a [u8],
    /// Everything after the name, as written.
    pub attributes: &'a [u8],
    /// True for `<name/>`, which has no text and no end tag.
    pub empty: bool,
}

impl<'a> Scanner<'a> {
    /// A scanner at the beginning of a document in UTF-8.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, depth: 0 }
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// What has not been read yet.
    pub fn rest(&self) -> &'a [u8] {
        &self.bytes[self.at..]
    }

    /// The line that has been reached, from 1. Counts from the beginning, so it is for messages only.
    pub fn line(&self) -> usize {
        memchr::memchr_iter(b'\n', &self.bytes[..self.at]).count() + 1
    }

    /// The next tag with the text before it skipped, or `None` at the end or where the last tag is cut.
    #[inline]
    pub fn next_tag(&mut self) -> Option<Tag<'a>> {
        loop {
            let Some(text) = memchr(b'<', self.rest()) else {
                self.at = self.bytes.len();
                return None;
            };
            self.at += text + 1;
            match self.bytes.get(self.at)? {
                b'/' => return self.close(),
                b'!' | b'?' => self.skip_markup(),
                b'A'..=b'Z' | b'a'..=b'z' | b'_' | b':' | 0x80.. => return self.open(),
                _ => {}
            }
        }
    }

    /// The text of the element just opened, up to its end tag, which is read too.
    ///
    /// Comments are left out, CDATA and character references are resolved. The text ends before a child element.
    /// `None` when the document breaks off first: half a number is a wrong number.
    #[inline]
    pub fn text(&mut self) -> Option<Cow<'a, [u8]>> {
        let rest = self.rest();
        let end = memchr(b'<', rest)?;
        if rest.get(end + 1) != Some(&b'/') {
            return self.mixed_text();
        }
        self.at += end + 1;
        self.close();
        Some(text::resolve(&rest[..end]))
    }

    /// The same where something other than the end tag follows the text.
    #[cold]
    fn mixed_text(&mut self) -> Option<Cow<'a, [u8]>> {
        let mut whole = Vec::new();
        loop {
            let rest = self.rest();
            let end = memchr(b'<', rest)?;
            push(&mut whole, &text::resolve(&rest[..end]));
            let markup = &rest[end..];
            if let Some(raw) = markup.strip_prefix(b"<![CDATA[") {
                let length = memmem::find(raw, b"]]>")?;
                push(&mut whole, &raw[..length]);
            }
            self.at += end + 1;
            match markup.get(1)? {
                b'!' | b'?' => self.skip_markup(),
                b'/' => {
                    self.close();
                    return Some(Cow::Owned(whole));
                }
                _ => {
                    self.at -= 1;
                    return Some(Cow::Owned(whole));
                }
            }
        }
    }

    /// Reads a start tag from the first byte of its name on.
    #[inline]
    fn open(&mut self) -> Option<Tag<'a>> {
        let (name, end) = self.name(self.at);
        let mut open = Open { name, attributes: &[], empty: false };
        self.at = end;
        match self.bytes.get(end)? {
            b'>' => self.at += 1,
            _ => self.attributes(&mut open)?,
        }
        self.depth += usize::from(!open.empty);
        Some(Tag::Open(open))
    }

    /// Reads an end tag from its slash on. `None` when the document breaks off in it.
    #[inline]
    fn close(&mut self) -> Option<Tag<'a>> {
        let (name, end) = self.name(self.at + 1);
        self.at = end;
        if self.bytes.get(end) != Some(&b'>') {
            // An end tag without its bracket ends at the next tag.
            self.at += memchr2(b'>', b'<', self.rest()).unwrap_or(self.rest().len());
        }
        self.at += usize::from(*self.bytes.get(self.at)? == b'>');
        self.depth = self.depth.saturating_sub(1);
        Some(Tag::Close(name))
    }

    /// A name without its prefix, and where it ends.
    #[inline]
    fn name(&self, from: usize) -> (&'a [u8], usize) {
        let (mut local, mut at) = (from, from);
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n' | b'<' => break,
                b':' => local = at + 1,
                _ => {}
            }
            at += 1;
        }
        (&self.bytes[local..at], at)
    }

    /// Reads the attributes up to the end of the tag. A `<` ends them too: the tag has lost its end.
    fn attributes(&mut self, open: &mut Open<'a>) -> Option<()> {
        let from = self.at;
        let mut at = from;
        loop {
            match self.bytes.get(at)? {
                b'>' => break,
                b'<' => {
                    (open.attributes, self.at) = (&self.bytes[from..at], at);
                    return Some(());
                }
                &quote @ (b'"' | b'\'') => {
                    at += 1;
                    at += memchr2(quote, b'<', &self.bytes[at..])?;
                    at += usize::from(self.bytes[at] == quote);
                }
                _ => at += 1,
            }
        }
        open.empty = at > from && self.bytes[at - 1] == b'/';
        (open.attributes, self.at) = (&self.bytes[from..at - usize::from(open.empty)], at + 1);
        Some(())
    }

    /// Skips a comment, CDATA, a processing instruction or a document type, from the byte after its `<` on.
    #[cold]
    fn skip_markup(&mut self) {
        let rest = self.rest();
        let ends = |close: &[u8]| memmem::find(rest, close).map_or(rest.len(), |end| end + close.len());
        self.at += if rest.starts_with(b"!--") {
            ends(b"-->")
        } else if rest.starts_with(b"![CDATA[") {
            ends(b"]]>")
        } else if rest.starts_with(b"?") {
            ends(b"?>")
        } else {
            document_type(rest)
        };
    }
}

/// The length of a document type up to the end of its tag, its own declarations included.
fn document_type(rest: &[u8]) -> usize {
    let (mut at, mut inside) = (0, false);
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'[' => inside = true,
            b']' => inside = false,
            b'>' if !inside => return at + 1,
            b'"' | b'\'' => at += memchr(byte, &rest[at + 1..]).map_or(rest.len(), |quoted| quoted + 1),
            b'<' if rest[at..].starts_with(b"<!--") => {
                at += memmem::find(&rest[at..], b"-->").map_or(rest.len(), |comment| comment + 2);
            }
            _ => {}
        }
        at += 1;
    }
    rest.len()
}

/// Adds to a text as far as it is looked at.
fn push(whole: &mut Vec<u8>, part: &[u8]) {
    let room = text::LONGEST.saturating_sub(whole.len());
    whole.extend_from_slice(&part[..part.len().min(room)]);
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(document: &str, expected: &Expect) {
        let mut scanner = Scanner::new(document.as_bytes());
        let mut parts = Vec::new();
        while let Some(tag) = scanner.next_tag() {
            match tag {
                Tag::Close(name) => parts.push(format!("</{}>", text::string(name))),
                Tag::Open(open) => {
                    let end = if open.empty { "/>" } else { ">" };
                    parts.push(format!(
                        "<{}{}{end}",
                        text::string(open.name),
                        String::from_utf8_lossy(open.attributes)
                    ));
                    if open.name == b"t" && !open.empty {
                        let inner = scanner.text();
                        parts.push(
                            inner.map_or("cut".to_owned(), |inner| format!("`{}`", String::from_utf8_lossy(&inner))),
                        );
                    }
                }
            }
        }
        parts.push(format!("depth {}", scanner.depth()));
        expected.assert_eq(&parts.join(" "));
    }

    #[test]
    fn prefixes_fall_away() {
        check("<g:a><b:c x:y='1'/></g:a>", &expect!["<a> <c x:y='1'/> </a> depth 0"]);
    }

    #[test]
    fn text_is_whole_across_comments_cdata_and_references() {
        check("<t>1<!-- > -->2<?pi <?>&#51;<![CDATA[<&]]>&amp;</t>", &expect!["<t> `123<&&` depth 0"]);
        check("<t> a &nbsp; & b </t><t/>", &expect!["<t> ` a &nbsp; & b ` <t/> depth 0"]);
    }

    #[test]
    fn text_ends_before_a_child() {
        check("<t>1<b>2</b>3</t>", &expect!["<t> `1` <b> </b> </t> depth 0"]);
    }

    #[test]
    fn markup_in_front_is_skipped() {
        check(
            "<?xml version='1.0'?><!DOCTYPE a [<!-- it's --><!ENTITY x \"]>\">]><!-- <z> --><a/>",
            &expect!["<a/> depth 0"],
        );
    }

    #[test]
    fn a_bracket_inside_quotes_does_not_end_a_tag() {
        check("<a b=\"x>y\" c='/>'>", &expect![[r#"<a b="x>y" c='/>'> depth 1"#]]);
    }

    #[test]
    fn broken_tags_end_at_the_next_one() {
        check("<a b=\"1><t>x</t</a><c <d> 1 < 2 </d>", &expect![[r#"<a b="1>> <t> `x` </a> <c > <d> </d> depth 1"#]]);
    }

    #[test]
    fn a_cut_document_ends_quietly() {
        for document in ["<", "</", "<a", "<a b='", "<!", "<!--", "<![CDATA[", "<!DOCTYPE a [ \"", "<?", "<a/"] {
            check(document, &expect!["depth 0"]);
        }
        check("<t>12", &expect!["<t> cut depth 1"]);
        check("<t>12</", &expect!["<t> `12` depth 1"]);
    }
}
