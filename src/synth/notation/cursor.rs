//! A place in a script.

use super::ScriptError;

/// A place in the script.
pub struct Cursor<'a> {
    /// The script.
    pub text: &'a str,
    /// In bytes, always between two characters.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    /// The character here.
    pub fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Goes to the next character that is not blank, and says where it is.
    pub fn skip_blanks(&mut self) -> usize {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.at
    }

    /// The next word, up to a blank, a comma or a bracket; empty when there is none.
    pub fn word(&mut self) -> (usize, &'a str) {
        let start = self.skip_blanks();
        let rest = &self.text[start..];
        let end = rest.find(|c: char| c.is_whitespace() || ",()".contains(c)).unwrap_or(rest.len());
        self.at = start + end;
        (start, &rest[..end])
    }

    /// An error at byte `at`.
    pub fn error(&self, at: usize, message: String) -> ScriptError {
        let at = self.text[..at].chars().count();
        ScriptError { message, script: self.text.to_owned(), at }
    }
}
