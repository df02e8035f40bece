//! The words of a part: how long, how fast, and what else.

use super::LONGEST_S;
use crate::synth::script::Trouble;
use crate::units::{Cadence, HeartRate, Pace, Speed};

/// The words of a part, as far as they have been read.
#[derive(Default)]
pub struct Words {
    /// How long.
    pub seconds: Option<u32>,
    /// Speed at the start and at the end.
    pub speed: Option<[Speed; 2]>,
    /// Cadence at the start and at the end.
    pub cadence: Option<[Cadence; 2]>,
    /// Heart rate at the start and at the end.
    pub heart_rate: Option<[HeartRate; 2]>,
    /// Slope as rise over run.
    pub grade: Option<f64>,
    /// What goes wrong with the recording.
    pub trouble: Option<Trouble>,
}

impl Words {
    /// Takes one word, or says what is wrong with it.
    pub fn take(&mut self, word: &str) -> Result<(), String> {
        if let Some(number) = word.strip_suffix("m/s") {
            let speed = range(number, word, "a speed from 0 to 12 m/s", 0.0..=12.0, plain)?;
            return once(&mut self.speed, speed.map(Speed::from_meters_per_second), word);
        }
        if let Some(number) = word.strip_suffix("km/h") {
            let speed = range(number, word, "a speed from 0 to 43 km/h", 0.0..=43.0, plain)?;
            return once(&mut self.speed, speed.map(|v| Speed::from_meters_per_second(v / 3.6)), word);
        }
        if let Some(number) = word.strip_suffix("/km") {
            let pace = range(number, word, "a pace from 1:30/km to 60:00/km", 90.0..=3600.0, clock)?;
            return once(&mut self.speed, pace.map(|s| Pace::from_seconds_per_kilometer(s).speed()), word);
        }
        if let Some(number) = word.strip_suffix("/mi") {
            let pace = range(number, word, "a pace from 2:30/mi to 90:00/mi", 150.0..=5400.0, clock)?;
            return once(&mut self.speed, pace.map(|s| Pace::from_seconds_per_mile(s).speed()), word);
        }
        if let Some(number) = word.strip_suffix("spm") {
            let cadence = range(number, word, "a cadence from 0 to 250 spm", 0.0..=250.0, plain)?;
            return once(&mut self.cadence, cadence.map(Cadence::from_spm), word);
        }
        if let Some(number) = word.strip_suffix("bpm") {
            let bpm = range(number, word, "a heart rate from 30 to 250 bpm", 30.0..=250.0, plain)?;
            return once(&mut self.heart_rate, bpm.map(HeartRate::from_bpm), word);
        }
        if let Some(number) = word.strip_suffix('%') {
            let [grade, end] = range(number, word, "a slope from -45 to +45 %", -45.0..=45.0, plain)?;
            if grade.to_bits() != end.to_bits() {
                return Err(format!("`{word}`: a slope does not change within a part"));
            }
            return once(&mut self.grade, grade / 100.0, word);
        }
        let trouble = match word {
            "tunnel" => Some(Trouble::Tunnel),
            "frozen" => Some(Trouble::Frozen),
            "lock" => Some(Trouble::Lock),
            "no-heart-rate" => Some(Trouble::NoHeartRate),
            "no-cadence" => Some(Trouble::NoCadence),
            _ => None,
        };
        if let Some(trouble) = trouble {
            return once(&mut self.trouble, trouble, word);
        }
        once(&mut self.seconds, duration(word)?, word)
    }
}

fn once<T>(slot: &mut Option<T>, value: T, word: &str) -> Result<(), String> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(format!("`{word}` says again what a word before it said")),
    }
}

/// One number, or two with dots between them, each within its bounds.
fn range(
    text: &str,
    word: &str,
    wanted: &str,
    bounds: std::ops::RangeInclusive<f64>,
    read: fn(&str) -> Option<f64>,
) -> Result<[f64; 2], String> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    match (read(first), read(last)) {
        (Some(a), Some(b)) if bounds.contains(&a) && bounds.contains(&b) => Ok([a, b]),
        _ => Err(found(&format!("expected {wanted}"), word)),
    }
}

fn plain(text: &str) -> Option<f64> {
    text.parse().ok().filter(|x: &f64| x.is_finite())
}

/// Seconds of `m:ss` or `h:mm:ss`.
fn clock(text: &str) -> Option<f64> {
    let fields: Vec<&str> = text.split(':').collect();
    if !(2..=3).contains(&fields.len()) {
        return None;
    }
    fields.iter().enumerate().try_fold(0.0, |sum, (i, field)| {
        let digits = (1..=4).contains(&field.len()) && field.bytes().all(|b| b.is_ascii_digit());
        let value: f64 = digits.then(|| field.parse().ok())??;
        (i == 0 || (value < 60.0 && field.len() == 2)).then_some(sum * 60.0 + value)
    })
}

fn duration(word: &str) -> Result<u32, String> {
    let seconds = match (word.strip_suffix("min"), word.strip_suffix('s')) {
        (Some(minutes), _) => plain(minutes).map(|m| m * 60.0),
        (_, Some(seconds)) => plain(seconds),
        _ => clock(word),
    };
    match seconds {
        Some(s) if s.fract() == 0.0 && s >= 1.0 && s <= LONGEST_S as f64 => Ok(s as u32),
        Some(s) if s.fract() != 0.0 => Err(format!("`{word}` is not a whole number of seconds")),
        _ => Err(found("expected a duration such as `60s`, a speed, a cadence, a heart rate or a slope", word)),
    }
}

/// What was expected, and what was found instead.
pub fn found(expected: &str, word: &str) -> String {
    match word {
        "" => expected.to_owned(),
        _ => format!("{expected}, found `{word}`"),
    }
}
