//! The ceiling of a step: a pace or a heart rate behind `@`.

use super::super::lexer::What;
use super::{NotationError, Parser};
use crate::plan::StepCeiling;
use crate::units::{HeartRate, Pace};

impl Parser<'_> {
    /// `@ 6:30/km`, `@ 7:15-7:00/km` or `@ 120-145 bpm`; of a range the faster or higher end.
    pub(super) fn ceiling(&mut self) -> Result<StepCeiling, NotationError> {
        self.next += 1;
        while matches!(self.peek(), Some(What::Sign('<' | '=' | '≤' | '~'))) {
            self.next += 1;
        }
        let start = self.next;
        let first = self.peek().cloned();
        self.next += 1;
        let mut second = None;
        if matches!(self.peek(), Some(What::Sign('-' | '–'))) {
            second = self.tokens.get(self.next + 1).map(|token| token.what.clone());
            self.next += 2;
        }
        let hint = "write @ 6:30/km, @ 10:30/mi or @ 145bpm";
        let ceiling = match (first, second) {
            (Some(What::Clock(a)), None) => self.pace(a),
            (Some(What::Clock(a)), Some(What::Clock(b))) => self.pace(a.min(b)),
            (Some(What::Number(a)), None) => self.bpm(a),
            (Some(What::Number(a)), Some(What::Number(b))) => self.bpm(a.max(b)),
            _ => None,
        };
        ceiling.ok_or_else(|| {
            self.next = self.next.min(self.tokens.len());
            self.error_from(start.min(self.tokens.len()), "this is no pace and no heart rate", hint)
        })
    }

    fn pace(&mut self, seconds: f64) -> Option<StepCeiling> {
        if self.word_is(|word| word == "min") {
            self.next += 1;
        }
        if self.peek() != Some(&What::Sign('/')) {
            return None;
        }
        self.next += 1;
        let pace = match self.peek()? {
            What::Word(word) if ["km", "k"].contains(&word.as_str()) => Pace::from_seconds_per_kilometer(seconds),
            What::Word(word) if ["mi", "mile"].contains(&word.as_str()) => Pace::from_seconds_per_mile(seconds),
            _ => return None,
        };
        self.next += 1;
        (120.0..=1800.0).contains(&pace.as_seconds_per_kilometer()).then_some(StepCeiling::Pace(pace))
    }

    fn bpm(&mut self, bpm: f64) -> Option<StepCeiling> {
        let has_unit = self.word_is(|word| word == "bpm");
        self.next += usize::from(has_unit);
        (has_unit && (30.0..=240.0).contains(&bpm)).then_some(StepCeiling::HeartRate(HeartRate::from_bpm(bpm)))
    }
}
