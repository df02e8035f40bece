//! From any encoding to UTF-8.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

use crate::ingest::limits;
use crate::model::{Note, NoteId};

/// How far a declaration or a root element is looked for.
const HEAD: usize = 1 << 18;

/// The first bytes, enough to find the root element.
pub fn head(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(HEAD)]
}

/// The document in UTF-8, and a note when some of it is not in the encoding that it should be in.
pub fn document(bytes: &[u8]) -> (Cow<'_, [u8]>, Option<Note>) {
    let (text, faulty) = utf8(bytes);
    let faulty = match &text {
        Cow::Borrowed(text) => std::str::from_utf8(text).is_err(),
        Cow::Owned(_) => faulty,
    };
    if matches!(text, Cow::Owned(_)) && bytes.len() > limits::ENCODED_BYTES {
        return (text, Some(limits::left_out()));
    }
    let note = faulty.then(|| {
        let encoding = encoding(bytes).name();
        Note::repair(
            NoteId::TextEncoding,
            format!("the file should be in {encoding} and is not; letters with accents are a guess"),
        )
    });
    (text, note)
}

/// The document in UTF-8 without byte-order mark, and whether some of it had to be replaced.
///
/// What claims to be UTF-8 is handed on unseen: the scanner looks at ASCII only, and text is mended where it is used.
pub fn utf8(bytes: &[u8]) -> (Cow<'_, [u8]>, bool) {
    let encoding = encoding(bytes);
    if encoding == UTF_8 || encoding.is_ascii_compatible() && bytes.is_ascii() {
        return (Cow::Borrowed(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)), false);
    }
    let (text, _, faulty) = encoding.decode(&bytes[..bytes.len().min(limits::ENCODED_BYTES)]);
    (Cow::Owned(text.into_owned().into_bytes()), faulty)
}

/// The encoding by byte-order mark, by the look of the first bytes, else as declared; UTF-8 without any of them.
fn encoding(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    match bytes {
        [b'<', 0, ..] => return UTF_16LE,
        [0, b'<', ..] => return UTF_16BE,
        _ => {}
    }
    let declared = declared(&bytes[..bytes.len().min(1024)]).and_then(Encoding::for_label);
    // A label of UTF-16 that could be read byte by byte is wrong.
    declared.filter(|encoding| encoding.is_ascii_compatible()).unwrap_or(UTF_8)
}

/// The label in `<?xml … encoding="label"?>`.
fn declared(head: &[u8]) -> Option<&[u8]> {
    let declaration = &head[memmem::find(head, b"<?xml")?..];
    let declaration = &declaration[..memmem::find(declaration, b"?>")?];
    let label = declaration[memmem::find(declaration, b"encoding")? + 8..].trim_ascii_start();
    let label = label.strip_prefix(b"=")?.trim_ascii_start();
    let (&quote, label) = label.split_first()?;
    label.split(|&b| b == quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        let (text, note) = document(bytes);
        let note = note.map_or(String::new(), |n| format!(" [{}]", n.id));
        assert_eq!(format!("{}{note}", super::super::string(&text)), expected);
    }

    #[test]
    fn marks_declarations_and_looks() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        check(b"\xef\xbb\xbf<a/>", "<a/>");
        check(&[&[0xff, 0xfe], &utf16("<é/>")[..]].concat(), "<é/>");
        check(&utf16("<é/>"), "<é/>");
        check(&"<é/>".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>(), "<é/>");
        check(b"<?xml encoding='windows-1252'?>\x93", "<?xml encoding='windows-1252'?>\u{201c}");
        check(b"\n<?xml encoding = \"ISO-8859-1\" ?>\xe9", "<?xml encoding = \"ISO-8859-1\" ?>é");
        check(b"<?xml encoding='UTF-16'?>a", "<?xml encoding='UTF-16'?>a");
        check(b"<?xml encoding='no such'?>a", "<?xml encoding='no such'?>a");
    }

    #[test]
    fn what_is_not_utf8_is_noted() {
        check(b"<a>\xff\xfe", "<a>ÿþ [text-encoding]");
        check(&[0xff, 0xfe, b'<', 0, 0x00, 0xd8], "<\u{fffd} [text-encoding]");
    }
}
