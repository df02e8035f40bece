//! Words, numbers, clock times and signs, each with its place.

use super::NotationError;

/// A piece of the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub what: What,
    /// Index of its first character.
    pub at: usize,
    /// Its length in characters.
    pub len: usize,
    /// True when it follows the piece before it without a space.
    pub glued: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    /// Letters in lower case, hyphens inside included.
    Word(String),
    Number(f64),
    /// `1:30` or `1:05:00`, in seconds.
    Clock(f64),
    Sign(char),
}

/// Cuts the text into pieces. Anything but letters, digits and space is a sign of its own.
pub(super) fn lex(text: &str) -> Result<Vec<Token>, NotationError> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let (what, len) = match c {
            '0'..='9' => number(&chars, at)?,
            c if c.is_alphabetic() => word(&chars[at..]),
            c => (What::Sign(c), 1),
        };
        let glued = tokens.last().is_some_and(|last| last.at + last.len == at);
        tokens.push(Token { what, at, len, glued });
        at += len;
    }
    Ok(tokens)
}

fn word(chars: &[char]) -> (What, usize) {
    let hyphen = |i: usize| chars[i] == '-' && chars.get(i + 1).is_some_and(|c| c.is_alphabetic());
    // The sign of repetition stands alone, so that `3xrun` reads as `3 x run`.
    let is_times = chars[0].eq_ignore_ascii_case(&'x');
    let len = if is_times {
        1
    } else {
        (1..chars.len()).find(|&i| !chars[i].is_alphabetic() && !hyphen(i)).unwrap_or(chars.len())
    };
    (What::Word(chars[..len].iter().collect::<String>().to_lowercase()), len)
}

fn number(chars: &[char], start: usize) -> Result<(What, usize), NotationError> {
    let digits = |from: usize| chars[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let value = |from: usize, len: usize| {
        chars[from..from + len].iter().collect::<String>().parse::<f64>().unwrap_or(f64::INFINITY)
    };
    let followed_by =
        |at: usize, sign: char| chars.get(at) == Some(&sign) && chars.get(at + 1).is_some_and(char::is_ascii_digit);

    let mut end = start + digits(start);
    if !followed_by(end, ':') {
        if followed_by(end, '.') {
            end += 1 + digits(end + 1);
        }
        return Ok((What::Number(value(start, end - start)), end - start));
    }
    let mut seconds = value(start, end - start);
    let mut parts = 1;
    while followed_by(end, ':') {
        let len = digits(end + 1);
        let part = value(end + 1, len);
        end += 1 + len;
        parts += 1;
        if len != 2 || part >= 60.0 || parts > 3 {
            let (at, len) = (start, end - start);
            let (message, hint) =
                ("this is no time: what follows a colon has two digits, below 60", "write 1:30 or 1:05:00");
            return Err(NotationError { at, len, message: message.to_owned(), hint: hint.to_owned() });
        }
        seconds = seconds * 60.0 + part;
    }
    Ok((What::Clock(seconds), end - start))
}
