//! One file on one line, as it comes.

use super::super::Style;
use super::super::words::{self, sanitize};
use super::overview::why_skipped;
use super::{color, shown};
use crate::report::{File, Status};

/// The verdict of a file, its path and the sentence, on one line however long that is.
pub fn line(file: &File, style: Style) -> String {
    let path = sanitize(&file.path);
    let (word, look, said) = match (file.status, file.verdict, &file.error) {
        (_, _, Some(error)) => ("not readable", anstyle::Style::new(), sanitize(&error.message)),
        (Status::Audited, Some(class), _) => {
            let sentence = file.worst().map_or(String::new(), |(_, verdict)| sanitize(&verdict.sentence));
            (words::class(class), color::of_class(class), sentence)
        }
        _ => ("left out", color::DIM, why_skipped(file)),
    };
    let look = shown(look, style);
    format!("{look}{word}{look:#}{}  {path}: {said}\n", " ".repeat(WIDEST - word.len()))
}

/// As many characters as the longest verdict has.
const WIDEST: usize = "disguised intervals".len();
