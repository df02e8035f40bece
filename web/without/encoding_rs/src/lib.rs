//! The encodings of the Encoding Standard, decoded by the browser, which has their tables. Natively, as in tests, nothing
//! but UTF-8 is read.

use std::borrow::Cow;

/// An encoding by its name in the standard.
#[derive(Debug, PartialEq, Eq)]
pub struct Encoding {
    name: &'static str,
}

/// Those that every browser must have; `replacement` is the one that decodes nothing.
static ENCODINGS: [Encoding; 40] = {
    let names = [
        "UTF-8", "UTF-16BE", "UTF-16LE", "windows-1252", "Big5", "EUC-JP", "EUC-KR", "GBK", "IBM866", "ISO-2022-JP",
        "ISO-8859-10", "ISO-8859-13", "ISO-8859-14", "ISO-8859-15", "ISO-8859-16", "ISO-8859-2", "ISO-8859-3",
        "ISO-8859-4", "ISO-8859-5", "ISO-8859-6", "ISO-8859-7", "ISO-8859-8", "ISO-8859-8-I", "KOI8-R", "KOI8-U",
        "Shift_JIS", "gb18030", "macintosh", "replacement", "windows-1250", "windows-1251", "windows-1253",
        "windows-1254", "windows-1255", "windows-1256", "windows-1257", "windows-1258", "windows-874", "x-mac-cyrillic",
        "x-user-defined",
    ];
    let mut encodings = [const { Encoding { name: "" } }; 40];
    let mut n = 0;
    while n < names.len() {
        encodings[n].name = names[n];
        n += 1;
    }
    encodings
};

pub static UTF_8: &Encoding = &ENCODINGS[0];
pub static UTF_16BE: &Encoding = &ENCODINGS[1];
pub static UTF_16LE: &Encoding = &ENCODINGS[2];
pub static WINDOWS_1252: &Encoding = &ENCODINGS[3];

impl Encoding {
    /// The encoding of a byte-order mark, and how long that is.
    pub fn for_bom(bytes: &[u8]) -> Option<(&'static Self, usize)> {
        match bytes {
            [0xef, 0xbb, 0xbf, ..] => Some((UTF_8, 3)),
            [0xff, 0xfe, ..] => Some((UTF_16LE, 2)),
            [0xfe, 0xff, ..] => Some((UTF_16BE, 2)),
            _ => None,
        }
    }

    /// The encoding of a label.
    pub fn for_label(label: &[u8]) -> Option<&'static Self> {
        let name = host::name_of(label)?;
        ENCODINGS.iter().find(|encoding| encoding.name.eq_ignore_ascii_case(&name))
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    /// True where a byte under 128 is that character, whatever stands beside it.
    pub fn is_ascii_compatible(&self) -> bool {
        !["UTF-16BE", "UTF-16LE", "ISO-2022-JP", "replacement"].contains(&self.name)
    }

    /// The text without byte-order mark, the encoding, and whether something had to be replaced.
    pub fn decode<'a>(&'static self, bytes: &'a [u8]) -> (Cow<'a, str>, &'static Self, bool) {
        let (encoding, mark) = Self::for_bom(bytes).unwrap_or((self, 0));
        let (text, faulty) = encoding.decode_without_bom_handling(&bytes[mark..]);
        (text, encoding, faulty)
    }

    /// The text and whether something had to be replaced.
    pub fn decode_without_bom_handling<'a>(&'static self, bytes: &'a [u8]) -> (Cow<'a, str>, bool) {
        if self == UTF_8 {
            return (String::from_utf8_lossy(bytes), std::str::from_utf8(bytes).is_err());
        }
        let (text, faulty) = host::decode(self.name, bytes);
        (Cow::Owned(text), faulty)
    }
}

#[cfg(target_arch = "wasm32")]
mod host {
    #[link(wasm_import_module = "page")]
    unsafe extern "C" {
        /// Decodes bytes, with the encoding's name where they are none, keeps the text, and gives its length: with 1 in
        /// the lowest bit when something was replaced, and below zero for a label that is not known.
        fn decode_text(label: *const u8, label_len: usize, at: *const u8, len: usize) -> f64;
        /// Writes the text that was kept.
        fn take_text(into: *mut u8);
    }

    pub fn name_of(label: &[u8]) -> Option<String> {
        text(label, &[]).map(|(name, _)| name)
    }

    pub fn decode(name: &str, bytes: &[u8]) -> (String, bool) {
        if bytes.is_empty() {
            return (String::new(), false);
        }
        text(name.as_bytes(), bytes).unwrap_or_default()
    }

    fn text(label: &[u8], bytes: &[u8]) -> Option<(String, bool)> {
        // SAFETY: the page reads both while it is called.
        let known = unsafe { decode_text(label.as_ptr(), label.len(), bytes.as_ptr(), bytes.len()) };
        if known < 0.0 {
            return None;
        }
        let known = known as usize;
        let mut text = vec![0; known >> 1];
        // SAFETY: the page writes as many bytes as it said.
        unsafe { take_text(text.as_mut_ptr()) };
        Some((String::from_utf8(text).ok()?, known & 1 == 1))
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod host {
    pub fn name_of(label: &[u8]) -> Option<String> {
        String::from_utf8(label.to_ascii_lowercase()).ok()
    }

    pub fn decode(_name: &str, bytes: &[u8]) -> (String, bool) {
        (String::from_utf8_lossy(bytes).into_owned(), std::str::from_utf8(bytes).is_err())
    }
}
