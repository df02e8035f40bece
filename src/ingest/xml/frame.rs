//! The beginning and the end of a document, and what may be wrong with them.

use memchr::memmem;

use crate::model::{Note, NoteId};
use crate::units::plural;

/// Follows the root elements of a file. There should be one; some files hold several, or lack the end of the last.
pub struct Frame {
    start: &'static [u8],
    roots: usize,
    complete: bool,
    garbage: usize,
}

impl Frame {
    /// A frame for root elements that begin like this, such as `<gpx`.
    pub fn new(start: &'static [u8]) -> Self {
        Self { start, roots: 0, complete: false, garbage: 0 }
    }

    /// A root element begins.
    pub fn open(&mut self) {
        (self.roots, self.complete) = (self.roots + 1, false);
    }

    /// A root element ends. True when nothing that could be read follows it.
    pub fn close(&mut self, rest: &[u8]) -> bool {
        self.complete = true;
        let rest = rest.trim_ascii_start();
        if memmem::find(rest, self.start).is_some() {
            return false;
        }
        self.garbage = rest.iter().rposition(|b| *b != 0 && !b.is_ascii_whitespace()).map_or(0, |last| last + 1);
        true
    }

    /// What there is to tell, given how many elements are still open and how many points were read.
    pub fn into_notes(self, depth: usize, points: usize) -> impl Iterator<Item = Note> {
        let cut = (!self.complete && depth > 0).then(|| {
            let points = plural(points, "point", None);
            Note::new(NoteId::FileCutShort, format!("the file breaks off after {points}; what came before was read"))
        });
        let several = (self.roots > 1).then(|| {
            Note::new(
                NoteId::SeveralDocuments,
                format!("the file holds {} documents in a row; all were read", self.roots),
            )
        });
        let garbage = (self.garbage > 0).then(|| {
            let bytes = plural(self.garbage, "byte", None);
            Note::new(NoteId::TrailingBytes, format!("{bytes} behind the end of the document were left out"))
        });
        cut.into_iter().chain(several).chain(garbage)
    }
}
