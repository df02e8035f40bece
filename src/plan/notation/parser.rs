//! Reads pieces into steps and repeats.

mod ceiling;
mod length;

use super::NotationError;
use super::lexer::{Token, What, lex};
use crate::plan::{Item, Kind, Length, MAX_STEPS, Prescription, Step};

/// How deep repeats may nest.
const MAX_DEPTH: usize = 4;
/// The longest text, in characters; far more than any plan needs.
const MAX_CHARS: usize = 20_000;

/// Words that change nothing: every step of a rehab plan is easy.
const FILLERS: [&str; 4] = ["for", "of", "easy", "brisk"];

/// Words that stand for a comma.
const JOINERS: [&str; 2] = ["then", "and"];

const STEP_HINT: &str =
    "a step is run, walk or any with a time, a distance or open: run 1:00, walk 90s, run 1.6km, walk open";

pub(super) fn parse(text: &str) -> Result<Prescription, NotationError> {
    let end = text.chars().count();
    if end > MAX_CHARS {
        return Err(error_at(0, 1, "the plan is too long", "write repeats as 10x(run 1:00, walk 1:00)"));
    }
    let tokens = lex(text)?;
    let mut parser = Parser { tokens: &tokens, next: 0, end };
    let items = parser.list(0)?;
    if parser.next < tokens.len() {
        return Err(parser.error("nothing was opened that this could close", ""));
    }
    Ok(Prescription { items })
}

struct Parser<'a> {
    tokens: &'a [Token],
    next: usize,
    /// Where the text ends, in characters.
    end: usize,
}

impl<'a> Parser<'a> {
    /// Items up to a closing bracket or the end.
    fn list(&mut self, depth: usize) -> Result<Vec<Item>, NotationError> {
        let mut items = Vec::new();
        let mut steps = 0;
        loop {
            let start = self.next;
            let item = self.item(depth)?;
            steps += count(&item);
            if steps > MAX_STEPS {
                return Err(self.error_from(start, &format!("the plan comes to more than {MAX_STEPS} steps"), ""));
            }
            items.push(item);
            if !self.separator() {
                return Ok(items);
            }
            let bare_repeat = matches!(items.last(), Some(Item::Repeat(..))) && !self.closes_bracket_before(start);
            if bare_repeat {
                let hint = "put what repeats in brackets: 10x(run 1:00, walk 1:00)";
                return Err(self.error_from(start, "it is not clear how much of this repeats", hint));
            }
        }
    }

    fn item(&mut self, depth: usize) -> Result<Item, NotationError> {
        if self.opens() {
            let items = self.group(depth)?;
            return match self.times_behind()? {
                Some(times) => Ok(Item::Repeat(times, items)),
                None => Ok(Item::Repeat(1, items)),
            };
        }
        if self.word_is(|word| word == "until") {
            self.next += 1;
            let at = self.next;
            let Some(Length::Distance(distance)) = self.length(false)? else {
                return Err(self.error_from(at, "until needs a distance", "write until 1mi (run 3:00, walk 2:00)"));
            };
            return Ok(Item::Until(distance, self.group(depth)?));
        }
        if let Some(times) = self.times_before()? {
            if self.opens() {
                return Ok(Item::Repeat(times, self.group(depth)?));
            }
            self.check_depth(depth)?;
            return Ok(Item::Repeat(times, vec![Item::Step(self.step()?)]));
        }
        Ok(Item::Step(self.step()?))
    }

    fn group(&mut self, depth: usize) -> Result<Vec<Item>, NotationError> {
        let open = self.next;
        let Some(What::Sign(bracket @ ('(' | '[' | '{'))) = self.peek() else {
            return Err(self.error("an opening bracket is missing here", "write 10x(run 1:00, walk 1:00)"));
        };
        self.check_depth(depth)?;
        let closing = match bracket {
            '(' => ')',
            '[' => ']',
            _ => '}',
        };
        self.next += 1;
        let items = self.list(depth + 1)?;
        if self.peek() != Some(&What::Sign(closing)) {
            return Err(match self.tokens.get(self.next) {
                None => self.error_from_one(open, &format!("this bracket is never closed with {closing}")),
                Some(_) => self.error(&format!("a comma or {closing} is missing here"), ""),
            });
        }
        self.next += 1;
        Ok(items)
    }

    /// Repeats nest so far and no further, with brackets of their own or without: printed, all have them.
    fn check_depth(&self, depth: usize) -> Result<(), NotationError> {
        if depth < MAX_DEPTH { Ok(()) } else { Err(self.error("repeats are nested too deep", "")) }
    }

    /// `10x` or `10 times` in front of what repeats.
    fn times_before(&mut self) -> Result<Option<usize>, NotationError> {
        let (Some(What::Number(times)), Some(sign)) = (self.peek(), self.tokens.get(self.next + 1)) else {
            return Ok(None);
        };
        if !is_times(&sign.what) {
            return Ok(None);
        }
        let times = self.times(*times)?;
        self.next += 2;
        Ok(Some(times))
    }

    /// `x 10` behind a bracket.
    fn times_behind(&mut self) -> Result<Option<usize>, NotationError> {
        if !self.peek().is_some_and(is_times) {
            return Ok(None);
        }
        self.next += 1;
        let Some(&What::Number(times)) = self.peek() else {
            return Err(self.error("how many times?", "write (run 1:00, walk 1:00) x 10"));
        };
        let times = self.times(times)?;
        self.next += 1;
        Ok(Some(times))
    }

    fn times(&self, times: f64) -> Result<usize, NotationError> {
        if times.fract() != 0.0 || !(1.0..=MAX_STEPS as f64).contains(&times) {
            return Err(self.error(&format!("a repeat is a whole number from 1 to {MAX_STEPS}"), ""));
        }
        Ok(times as usize)
    }

    /// What to do, how long and an own ceiling, in any order.
    fn step(&mut self) -> Result<Step, NotationError> {
        let start = self.next;
        let (mut kind, mut length, mut ceiling) = (None, None, None);
        while let Some(what) = self.peek() {
            match what {
                What::Word(word) if kind_of(word).is_some() => {
                    if kind.is_some() {
                        return Err(self.error("a comma is missing before this step", ""));
                    }
                    kind = kind_of(word);
                    self.next += 1;
                    if length.is_none() && word.len() == 1 {
                        length = self.shorthand();
                    }
                }
                What::Word(word) if JOINERS.contains(&word.as_str()) => break,
                What::Word(word) if FILLERS.contains(&word.as_str()) => self.next += 1,
                What::Sign('@') if ceiling.is_some() => return Err(self.error("this step has a ceiling already", "")),
                What::Sign('@') => ceiling = Some(self.ceiling()?),
                What::Word(_) | What::Number(_) | What::Clock(_) => {
                    let at = self.next;
                    let Some(found) = self.length(true)? else {
                        return Err(self.error("this word is not known here", STEP_HINT));
                    };
                    if length.replace(found).is_some() {
                        return Err(self.error_from(
                            at,
                            "this step has two lengths",
                            "is a comma missing, or run or walk?",
                        ));
                    }
                }
                What::Sign(_) => break,
            }
        }
        match (kind, length) {
            (Some(kind), Some(length)) => Ok(Step { kind, length, ceiling }),
            (Some(_), None) => Err(self.error_from(start, "how long?", "write run 1:00, run 1.6km or run open")),
            (None, Some(_)) => Err(self.error_from(start, "run or walk?", STEP_HINT)),
            (None, None) => Err(self.error("a step is missing here", STEP_HINT)),
        }
    }

    fn separator(&mut self) -> bool {
        let separates = match self.peek() {
            Some(What::Sign(',' | ';' | '/' | '+' | ':' | '&' | '|')) => true,
            Some(What::Word(word)) => JOINERS.contains(&word.as_str()),
            _ => false,
        };
        self.next += usize::from(separates);
        separates
    }

    /// True when the item that began at `start` ended with a bracket; the separator behind it is read already.
    fn closes_bracket_before(&self, start: usize) -> bool {
        self.tokens[start..self.next].iter().any(|token| matches!(token.what, What::Sign('(' | '[' | '{')))
    }

    fn opens(&self) -> bool {
        matches!(self.peek(), Some(What::Sign('(' | '[' | '{')))
    }

    fn word_is(&self, is: impl Fn(&str) -> bool) -> bool {
        matches!(self.peek(), Some(What::Word(word)) if is(word))
    }

    fn peek(&self) -> Option<&'a What> {
        self.tokens.get(self.next).map(|token| &token.what)
    }

    /// An error at the next piece, or behind the last.
    fn error(&self, message: &str, hint: &str) -> NotationError {
        match self.tokens.get(self.next) {
            Some(token) => error_at(token.at, token.len, message, hint),
            None => error_at(self.end, 1, message, hint),
        }
    }

    /// An error over the pieces from `start` up to the next.
    fn error_from(&self, start: usize, message: &str, hint: &str) -> NotationError {
        match (self.tokens.get(start), self.tokens.get(self.next.max(start + 1) - 1)) {
            (Some(first), Some(last)) => error_at(first.at, last.at + last.len - first.at, message, hint),
            _ => error_at(self.end, 1, message, hint),
        }
    }

    fn error_from_one(&self, at: usize, message: &str) -> NotationError {
        error_at(self.tokens[at].at, 1, message, "")
    }
}

fn kind_of(word: &str) -> Option<Kind> {
    match word {
        "run" | "running" | "jog" | "jogging" | "r" => Some(Kind::Run),
        "walk" | "walking" | "rest" | "recover" | "recovery" | "w" => Some(Kind::Walk),
        "any" | "warm-up" | "warmup" | "cool-down" | "cooldown" => Some(Kind::Any),
        _ => None,
    }
}

fn is_times(what: &What) -> bool {
    match what {
        What::Word(word) => ["x", "times"].contains(&word.as_str()),
        What::Sign(sign) => ['×', '*'].contains(sign),
        _ => false,
    }
}

fn count(item: &Item) -> usize {
    match item {
        Item::Step(_) => 1,
        Item::Repeat(times, items) => times * items.iter().map(count).sum::<usize>(),
        Item::Until(_, items) => items.iter().map(count).sum(),
    }
}

fn error_at(at: usize, len: usize, message: &str, hint: &str) -> NotationError {
    NotationError { at, len, message: message.to_owned(), hint: hint.to_owned() }
}
