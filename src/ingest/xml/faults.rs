//! Counts faults, so that a thousand bad values are one note.

use super::{Scanner, string};
use crate::model::{Note, NoteId};

/// A fault that can occur at every point of a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A text where a number should be.
    Number,
    /// A time that cannot be read.
    Time,
    /// A time that does not say its zone.
    Zone,
    /// A position that is missing in part or not on the globe.
    Position,
    /// A point without a time.
    NoTime,
}

/// Each fault with the name of its note and what it means for one and for many.
const ROWS: [(Fault, NoteId, &str, &str); 5] = [
    (
        Fault::Number,
        NoteId::ValueUnreadable,
        "value is no number and was left out",
        "values are no numbers and were left out",
    ),
    (
        Fault::Time,
        NoteId::TimeUnreadable,
        "time cannot be read and was left out",
        "times cannot be read and were left out",
    ),
    (
        Fault::Zone,
        NoteId::TimeWithoutZone,
        "time names no zone and was taken for UTC",
        "times name no zone and were taken for UTC",
    ),
    (
        Fault::Position,
        NoteId::PositionUnreadable,
        "position is incomplete or not on the globe and was left out",
        "positions are incomplete or not on the globe and were left out",
    ),
    (Fault::NoTime, NoteId::PointsWithoutTime, "point has no time", "points have no time"),
];

/// How often each fault was met, and the first example of it.
#[derive(Default)]
pub struct Faults([(usize, String); ROWS.len()]);

impl Faults {
    /// Counts a fault; `what` is the text that is wrong.
    #[cold]
    pub fn add(&mut self, fault: Fault, what: &[u8], scanner: &Scanner) {
        let (count, example) = &mut self.0[fault as usize];
        *count += 1;
        if *count == 1 {
            let shown: String = string(&what[..what.len().min(80)]).chars().take(24).collect();
            let quoted = if shown.is_empty() { shown } else { format!("`{shown}`, ") };
            *example = format!("{quoted}line {}", scanner.line());
        }
    }

    /// One note for each fault that was met.
    pub fn into_notes(self) -> impl Iterator<Item = Note> {
        ROWS.into_iter().zip(self.0).filter(|(_, (count, _))| *count > 0).map(
            |((_, id, one, many), (count, example))| {
                let message = match count {
                    1 => format!("1 {one} ({example})"),
                    _ => format!("{count} {many} (the first: {example})"),
                };
                Note::new(id, message)
            },
        )
    }
}
