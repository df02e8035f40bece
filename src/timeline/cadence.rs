//! Cadence in steps a minute, both feet, whatever the file counts.

use super::smooth::quantile;
use crate::model::{Format, Note, NoteId};
use crate::units::{Cadence, plural};

/// What the cadence of a file counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Convention {
    /// Steps of one leg, as FIT and most other files do.
    Strides,
    /// Steps of both legs.
    Steps,
}

impl Convention {
    /// The cadence that a number of the file means.
    pub fn cadence(self, raw: f64) -> Cadence {
        match self {
            Self::Strides => Cadence::from_strides_per_minute(raw),
            Self::Steps => Cadence::from_spm(raw),
        }
    }
}

/// A raw cadence below this is a standstill or a fault, and says nothing about the convention.
const LEAST_RAW: f32 = 20.0;
/// Who is faster than this runs, and nobody runs below 125 steps a minute.
const SURELY_RUNNING: (f32, f32) = (2.3, 125.0);
/// Nobody steps faster than this for long.
const FASTEST_SPM: f32 = 220.0;
/// Below this difference a second of the two scores the convention is taken from the format. Our choice.
const CLEAR: f64 = 0.3;
/// GPX cadence with a median below this counts strides.
const STRIDES_BELOW: f32 = 105.0;
/// So many samples are enough to tell.
const ENOUGH: usize = 300;

/// Decides once for the whole file what its cadence counts; `None` without any.
pub fn convention(raw: &[f32], speed: &[f32], format: Format) -> Option<Convention> {
    if format.counts_steps() {
        return raw.iter().any(|c| c.is_finite()).then_some(Convention::Steps);
    }
    let valid = || raw.iter().zip(speed).filter(|&(&c, &v)| c > LEAST_RAW && v.is_finite());
    let Some(median) = quantile(raw.iter().copied().filter(|&c| c > LEAST_RAW), 0.5) else {
        return raw.iter().any(|c| c.is_finite()).then_some(Convention::Strides);
    };
    let stride = (valid().count() / ENOUGH).max(1);
    let (mut strides, mut steps, mut n) = (0.0, 0.0, 0.0);
    for (&c, &v) in valid().step_by(stride) {
        strides += likelihood(2.0 * c, v);
        steps += likelihood(c, v);
        n += 1.0;
    }
    let difference = if n > 0.0 { (strides - steps) / n } else { 0.0 };
    let is_strides =
        if difference.abs() >= CLEAR { difference > 0.0 } else { format != Format::Gpx || median < STRIDES_BELOW };
    Some(if is_strides { Convention::Strides } else { Convention::Steps })
}

/// Log-likelihood that someone at `v` m/s makes `spm` steps a minute: half walking at 115 ± 11, half running at
/// 162 ± 9, less what speaks against it.
fn likelihood(spm: f32, v: f32) -> f64 {
    let normal = |mean: f64, sd: f64| {
        let z = (f64::from(spm) - mean) / sd;
        (-0.5 * z * z).exp() / (sd * 2.506_628_274_631)
    };
    let (running, walking_cadence) = SURELY_RUNNING;
    let against =
        if v > running && spm < walking_cadence { 3.0 } else { 0.0 } + if spm > FASTEST_SPM { 3.0 } else { 0.0 };
    (0.5 * normal(115.0, 11.0) + 0.5 * normal(162.0, 9.0) + 1e-6).ln() - against
}

/// Turns the cadence of a file into steps a minute and says how it was read.
pub fn to_steps(cadence: &mut [f32], speed: &[f32], format: Format, notes: &mut Vec<Note>) {
    let Some(convention) = convention(cadence, speed, format) else { return };
    for c in cadence {
        *c = convention.cadence(f64::from(*c)).as_spm() as f32;
    }
    let message = match convention {
        Convention::Strides => "cadence counts one leg in this file and was doubled",
        Convention::Steps => "cadence counts both legs in this file",
    };
    notes.push(Note::repair(NoteId::CadenceConvention, message));
}

/// A sensor that says less than this while the runner moves on is wrong: phone in the hand, pushchair, handrail.
const STANDING_SPM: f32 = 50.0;
/// Nobody stands at this speed.
const ON_THE_MOVE: f32 = 1.2;
/// Faster than any cadence.
const IMPOSSIBLE_SPM: f32 = 240.0;
/// Moving at all.
const MOVING: f32 = 0.5;
/// With more than this share of the moving time without cadence, there is none. Our choice.
const MOST_MISSING: f64 = 0.3;

/// Takes out impossible cadences and says whether enough is left to trust.
///
/// A standing cadence at speed is taken out only where most of its stretch is on the move: after a stop, speed takes
/// some seconds to fall.
pub fn repair(cadence: &mut [f32], speed: &[f32], notes: &mut Vec<Note>) -> bool {
    let mut taken = 0;
    for c in cadence.iter_mut().filter(|c| **c > IMPOSSIBLE_SPM || **c < 0.0) {
        *c = f32::NAN;
        taken += 1;
    }
    let mut start = 0;
    while start < cadence.len() {
        let low = cadence[start..].iter().take_while(|&&c| c < STANDING_SPM).count();
        let stretch = start..start + low;
        let moving = speed[stretch.clone()].iter().filter(|&&v| v > ON_THE_MOVE).count();
        if 2 * moving > low {
            for i in stretch.filter(|&i| speed[i] > ON_THE_MOVE) {
                cadence[i] = f32::NAN;
                taken += 1;
            }
        }
        start += low.max(1);
    }
    if taken > 0 {
        let message = format!("left out {} of cadence that cannot be true", plural(taken, "second", None));
        notes.push(Note::new(NoteId::CadenceFaults, message));
    }
    let has_any = cadence.iter().any(|c| c.is_finite());
    let moving = || cadence.iter().zip(speed).filter(|&(_, &v)| v > MOVING);
    let missing = moving().filter(|(c, _)| c.is_nan()).count();
    let trusted = has_any && missing as f64 <= MOST_MISSING * moving().count() as f64;
    if has_any && !trusted {
        notes.push(Note::new(
            NoteId::CadenceUntrusted,
            "cadence is missing in much of the moving time, so it decides nothing",
        ));
    }
    trusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_leg_is_doubled() {
        assert_eq!(Convention::Strides.cadence(57.0), Cadence::from_spm(114.0));
        assert_eq!(Convention::Strides.cadence(79.0 + 64.0 / 128.0), Cadence::from_spm(159.0));
        assert_eq!(Convention::Steps.cadence(159.0), Cadence::from_spm(159.0));
    }

    #[test]
    fn the_file_decides_and_the_format_where_it_cannot() {
        let check = |raw: f32, v: f32, format| convention(&[raw; 100], &[v; 100], format);
        assert_eq!(check(80.0, 2.5, Format::Gpx), Some(Convention::Strides));
        assert_eq!(check(160.0, 2.5, Format::Gpx), Some(Convention::Steps));
        assert_eq!(check(160.0, 2.5, Format::Fit), Some(Convention::Steps));
        assert_eq!(check(57.0, 1.4, Format::Gpx), Some(Convention::Strides));
        assert_eq!(check(110.0, 1.4, Format::Gpx), Some(Convention::Steps));
        assert_eq!(check(30.0, 1.0, Format::Gpx), Some(Convention::Strides));
        assert_eq!(check(0.0, 1.0, Format::Fit), Some(Convention::Strides));
        assert_eq!(convention(&[f32::NAN], &[1.0], Format::Fit), None);
    }

    #[test]
    fn a_stop_is_no_fault_but_a_hand_in_the_pocket_is() {
        let mut notes = Vec::new();
        let mut cadence = [160.0, 160.0, 0.0, 0.0, 0.0, 0.0, 0.0, 160.0];
        assert!(repair(&mut cadence, &[2.5, 2.5, 1.5, 1.3, 0.5, 0.0, 0.0, 1.5], &mut notes));
        assert_eq!((cadence[2], notes.len()), (0.0, 0));
        assert!(!repair(&mut cadence, &[2.5; 8], &mut notes));
        assert!(cadence[2..7].iter().all(|c| c.is_nan()));
        assert_eq!(notes.iter().map(|n| n.id.name()).collect::<Vec<_>>(), ["cadence-faults", "cadence-untrusted"]);
    }
}
