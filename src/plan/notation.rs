//! The notation of prescriptions, as people type it.
//!
//! ```text
//! 10x(run 1:00, walk 1:00)
//! walk 5:00, 8 x [90 s run : 2 min walk], walk 5:00
//! run 1.6km @ 6:30/km, walk open, run 20 min @ 145 bpm
//! until 1mi (run 3:00, walk 2:00)
//! ```
//!
//! `m` means minutes, as runners write it; metres are `meters` or `mtr`. Printing a prescription gives notation that
//! reads as the same prescription.

mod lexer;
mod parser;

use super::Prescription;

/// A place in the text that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct NotationError {
    /// Where it begins, as an index of characters.
    pub at: usize,
    /// How many characters it spans, at least one.
    pub len: usize,
    /// What is wrong there.
    pub message: String,
    /// What to write instead; empty when there is nothing to add.
    pub hint: String,
}

impl Prescription {
    /// Reads the notation.
    pub fn parse(text: &str) -> Result<Self, NotationError> {
        parser::parse(text)
    }
}

impl NotationError {
    /// The line of `text` with the error, and carets below the place.
    pub fn pointer(&self, text: &str) -> String {
        let mut before = self.at;
        for line in text.lines() {
            let len = line.chars().count();
            if before <= len {
                let carets = "^".repeat(self.len.clamp(1, (len - before).max(1)));
                let blanks: String = line.chars().take(before).map(|c| if c == '\t' { c } else { ' ' }).collect();
                return format!("{line}\n{blanks}{carets}");
            }
            before -= len + 1;
        }
        format!("{text}\n^")
    }
}

#[cfg(test)]
mod tests;
