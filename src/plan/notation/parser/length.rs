//! Lengths: times and distances in whatever way they are written.

use super::super::lexer::{Token, What};
use super::{NotationError, Parser};
use crate::plan::Length;
use crate::units::Distance;

/// The longest time of a step, in seconds: two days.
const MAX_SECONDS: f64 = 172_800.0;
/// The longest distance of a step, in metres.
const MAX_METERS: f64 = 300_000.0;

impl Parser<'_> {
    /// The `60` of `R60`: seconds, only right behind the letter.
    pub(super) fn shorthand(&mut self) -> Option<Length> {
        let token = self.tokens.get(self.next)?;
        let bare = !matches!(self.tokens.get(self.next + 1), Some(Token { what: What::Word(_), glued: true, .. }));
        match token.what {
            What::Number(seconds) if token.glued && bare && (1.0..=MAX_SECONDS).contains(&seconds) => {
                self.next += 1;
                Some(Length::Time(milli(seconds)))
            }
            _ => None,
        }
    }

    /// A time, a distance or `open`; `None` when the next piece begins none.
    pub(super) fn length(&mut self, may_be_open: bool) -> Result<Option<Length>, NotationError> {
        let start = self.next;
        let length = match self.peek() {
            Some(What::Word(word)) if may_be_open && ["open", "free", "lap"].contains(&word.as_str()) => {
                self.next += 1;
                return Ok(Some(Length::Open));
            }
            Some(&What::Clock(seconds)) => {
                self.next += 1;
                Length::Time(seconds)
            }
            Some(&What::Number(number)) => {
                self.next += 1;
                self.quantity(number, start)?
            }
            _ => return Ok(None),
        };
        let fits = match length {
            Length::Time(seconds) => seconds > 0.0 && seconds <= MAX_SECONDS,
            Length::Distance(distance) => distance.as_meters() > 0.0 && distance.as_meters() <= MAX_METERS,
            Length::Open => true,
        };
        if !fits {
            return Err(self.error_from(start, "a step is longer than nothing and at most 48 h or 300 km", ""));
        }
        Ok(Some(length))
    }

    /// The rest of a quantity whose number is read: `km`, `min 30 s`, `h05`.
    fn quantity(&mut self, number: f64, start: usize) -> Result<Length, NotationError> {
        let Some(unit) = self.unit() else {
            let hint = "write 20min, 20s, 20:00, 2km or 2mi";
            return Err(self.error_from(start, "this number has no unit", hint));
        };
        self.next += 1;
        match unit {
            Unit::Meters(meters) => Ok(Length::Distance(Distance::from_meters(milli(number * meters)))),
            // 400m is a distance to some and 400 minutes to none.
            Unit::Minutes if self.is_bare_m() && number >= 100.0 => {
                Err(self.error_from(start, "m means minutes here", "write 400 meters, 0.4km or 400min"))
            }
            Unit::Seconds => Ok(Length::Time(milli(number))),
            Unit::Minutes | Unit::Hours => {
                let (whole, smaller) = if unit == Unit::Hours { (3600.0, 60.0) } else { (60.0, 1.0) };
                Ok(Length::Time(milli(number * whole + self.smaller_part(unit, smaller))))
            }
        }
    }

    /// The `30` of `1min30`, the `30 s` of `1 min 30 s`, the `05` of `1h05`.
    fn smaller_part(&mut self, unit: Unit, scale: f64) -> f64 {
        let Some(&Token { what: What::Number(number), glued, .. }) = self.tokens.get(self.next) else {
            return 0.0;
        };
        let start = self.next;
        self.next += 1;
        match self.unit() {
            Some(Unit::Seconds) if number < 60.0 => {
                self.next += 1;
                number
            }
            Some(Unit::Minutes) if unit == Unit::Hours && number < 60.0 => {
                self.next += 1;
                number * 60.0 + self.smaller_part(Unit::Minutes, 1.0)
            }
            None if glued && number < 60.0 => number * scale,
            _ => {
                self.next = start;
                0.0
            }
        }
    }

    fn unit(&self) -> Option<Unit> {
        match self.peek()? {
            What::Sign('\'' | '′' | '’') => Some(Unit::Minutes),
            What::Sign('"' | '″' | '”') => Some(Unit::Seconds),
            What::Word(word) => match word.as_str() {
                "s" | "sec" | "secs" | "second" | "seconds" => Some(Unit::Seconds),
                "m" | "min" | "mins" | "minute" | "minutes" => Some(Unit::Minutes),
                "h" | "hr" | "hrs" | "hour" | "hours" => Some(Unit::Hours),
                "km" | "k" | "kilometer" | "kilometers" | "kilometre" | "kilometres" => Some(Unit::Meters(1000.0)),
                "mi" | "mile" | "miles" => Some(Unit::Meters(1609.344)),
                "mtr" | "meter" | "meters" | "metre" | "metres" => Some(Unit::Meters(1.0)),
                _ => None,
            },
            _ => None,
        }
    }

    /// True when the unit just read is the letter `m`.
    fn is_bare_m(&self) -> bool {
        matches!(&self.tokens[self.next - 1].what, What::Word(word) if word == "m")
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Unit {
    Seconds,
    Minutes,
    Hours,
    Meters(f64),
}

/// Rounded to a thousandth, so that what is printed reads as the same number.
fn milli(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
