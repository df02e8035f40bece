//! Heart rate without what the sensor got wrong, and how far it can be trusted.

use super::smooth::quantile;
use super::{Flags, HeartRateQuality};
use crate::model::Note;
use crate::units::{clock, percent, plural};

/// Heart rates outside this range are not believed.
const POSSIBLE_BPM: std::ops::RangeInclusive<f32> = 30.0..=230.0;
/// Seconds to each side in which a heart rate is compared with its neighbours.
const HAMPEL_HALF: usize = 7;
/// A value further than this from the median of its neighbours, and than four times their median deviation, is wrong.
const HAMPEL_BPM: f32 = 12.0;
/// Trust in a strap, and in an optical or unknown sensor. Wrist sensors were off by 13 % on trail runs, straps by 2 %
/// (Navalta et al., `PLoS` ONE 2020;15:e0238569); the figures themselves are our choice.
const TRUST: (f64, f64) = (0.95, 0.6);

/// Takes out what cannot be true, marks what is doubtful, and says how far the rest can be trusted.
pub fn repair(
    heart_rate: &mut [f32],
    cadence: &[f32],
    speed: &[f32],
    has_strap: bool,
    flags: &mut [Flags],
    notes: &mut Vec<Note>,
) -> HeartRateQuality {
    let n_read = heart_rate.iter().filter(|x| x.is_finite()).count();
    let outliers = drop_impossible(heart_rate) + hampel(heart_rate);
    if outliers > 0 {
        let message = format!("left out {} of heart rate that cannot be true", plural(outliers, "second", None));
        notes.push(Note::new("heart-rate-outliers", message));
    }
    if let Some(end) = warm_up_artefact(heart_rate, speed) {
        heart_rate[..end].fill(f32::NAN);
        let message = format!(
            "left out the heart rate of the first {}: it fell to the level of the run only then",
            clock(end as f64)
        );
        notes.push(Note::new("heart-rate-warm-up", message));
    }
    let locked_share = mark_locked(heart_rate, cadence, speed, flags, notes);
    let present = heart_rate.iter().filter(|x| x.is_finite()).count();
    if present == 0 {
        return HeartRateQuality { trust: 0.0, locked_share };
    }
    let kept = present as f64 / n_read.max(1) as f64;
    let of_sensor = if has_strap { TRUST.0 } else { TRUST.1 };
    HeartRateQuality { trust: of_sensor * kept.min(1.0) * (1.0 - locked_share), locked_share }
}

fn drop_impossible(heart_rate: &mut [f32]) -> usize {
    let mut dropped = 0;
    for x in heart_rate.iter_mut().filter(|x| x.is_finite() && !POSSIBLE_BPM.contains(*x)) {
        *x = f32::NAN;
        dropped += 1;
    }
    dropped
}

/// Drops values far from the median of their neighbours (Hampel's identifier).
///
/// A window reaches into two neighbouring blocks at most. Where both together span little, nothing in it is far off.
fn hampel(heart_rate: &mut [f32]) -> usize {
    let before = heart_rate.to_vec();
    let spans: Vec<(f32, f32)> = before.chunks(BLOCK).map(span).collect();
    let mut dropped = 0;
    for i in 0..before.len() {
        let window = i.saturating_sub(HAMPEL_HALF)..(i + HAMPEL_HALF + 1).min(before.len());
        let (first, last) = (spans[window.start / BLOCK], spans[(window.end - 1) / BLOCK]);
        if first.1.max(last.1) - first.0.min(last.0) > HAMPEL_BPM && is_outlier(before[i], &before[window]) {
            heart_rate[i] = f32::NAN;
            dropped += 1;
        }
    }
    dropped
}

/// Not less than a window, so that none reaches over a whole block.
const BLOCK: usize = 2 * HAMPEL_HALF + 2;

/// The lowest and the highest value.
fn span(block: &[f32]) -> (f32, f32) {
    block.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), &x| (low.min(x), high.max(x)))
}

fn is_outlier(x: f32, window: &[f32]) -> bool {
    let near = window.iter().filter(|&&y| (y - x).abs() <= HAMPEL_BPM).count();
    if 2 * near > window.len() {
        return false;
    }
    let median = median_of(window.iter().copied());
    let off = (x - median).abs();
    off > HAMPEL_BPM && off > 4.0 * median_of(window.iter().map(|y| (y - median).abs()))
}

/// The median of a window; NaN without a finite value.
fn median_of(values: impl Iterator<Item = f32>) -> f32 {
    let mut finite = [0.0; 2 * HAMPEL_HALF + 1];
    let mut n = 0;
    for x in values.filter(|x| x.is_finite()) {
        finite[n] = x;
        n += 1;
    }
    finite[..n].sort_unstable_by(f32::total_cmp);
    if n == 0 { f32::NAN } else { finite[n / 2] }
}

/// The first minutes, in which a dry or loose sensor reads too much.
const EARLY_S: std::ops::Range<usize> = 30..180;
/// What it is held against.
const LATER_S: std::ops::Range<usize> = 300..600;
/// Too much is this much over nearly all of the later values. Our choice.
const ARTEFACT_BPM: f32 = 8.0;

/// Where the heart rate falls to the level of the run, when it began far above it without more speed.
fn warm_up_artefact(heart_rate: &[f32], speed: &[f32]) -> Option<usize> {
    let of =
        |column: &[f32], range: std::ops::Range<usize>, share: f64| quantile(column.get(range)?.iter().copied(), share);
    let (early, usual) = (of(heart_rate, EARLY_S, 0.5)?, of(heart_rate, LATER_S, 0.95)?);
    let faster = of(speed, EARLY_S, 0.5).zip(of(speed, LATER_S, 0.5)).is_some_and(|(a, b)| a > b + 0.1);
    if early <= usual + ARTEFACT_BPM || faster {
        return None;
    }
    (EARLY_S.start..LATER_S.end).find(|&i| heart_rate[i] <= usual).filter(|&i| i > EARLY_S.start)
}

/// Heart rate within this of the cadence copies it, perhaps.
const LOCK_BPM: f32 = 3.0;
/// It has to, in this share of so many seconds.
const LOCK_SHARE: f64 = 0.8;
const LOCK_S: usize = 60;
/// What the entry and the end of a lock are looked for in.
const ENTRY_S: usize = 10;
const FALL_S: usize = 12;
/// A heart does not rise by this much within [`ENTRY_S`] without a change of speed.
const ENTRY_BPM: f32 = 15.0;
const ENTRY_M_PER_S: f32 = 0.4;
/// A heart does not fall by this much within [`FALL_S`], least of all to the cadence of the walk.
const FALL_BPM: f32 = 20.0;
const FALL_TO_BPM: f32 = 4.0;
/// Who is faster or steps more often than this moves.
const MOVING: (f32, f32) = (0.5, 50.0);

/// Marks stretches in which the sensor took the steps for the heart, and returns their share of the moving time.
///
/// Equality alone is no proof: hearts do couple to steps. It takes an entry by a jump that no change of speed
/// explains, or a heart rate that falls with the cadence when the runner begins to walk. A real one falls with a time
/// constant of 30 to 80 s.
fn mark_locked(heart_rate: &[f32], cadence: &[f32], speed: &[f32], flags: &mut [Flags], notes: &mut Vec<Note>) -> f64 {
    let close: Vec<bool> = heart_rate.iter().zip(cadence).map(|(h, c)| (h - c).abs() <= LOCK_BPM).collect();
    let mut locked = 0;
    for stretch in stretches_of(&close) {
        let is_locked =
            enters_by_jump(heart_rate, speed, stretch.start) || falls_with_gait(heart_rate, cadence, &stretch);
        if is_locked {
            locked += stretch.len();
            Flags::insert_all(&mut flags[stretch], Flags::DOUBTFUL_HEART_RATE);
        }
    }
    if locked == 0 {
        return 0.0;
    }
    let moving = speed.iter().zip(cadence).filter(|&(&v, &c)| v > MOVING.0 || c > MOVING.1).count().max(locked);
    let share = locked as f64 / moving as f64;
    let message = format!(
        "the heart rate copies the cadence for {}, {} of the moving time",
        clock(locked as f64),
        percent(share)
    );
    notes.push(Note::new("heart-rate-copies-cadence", message));
    share
}

/// Stretches in which every minute is mostly close, cut back to where it is.
fn stretches_of(close: &[bool]) -> Vec<std::ops::Range<usize>> {
    let mut stretches: Vec<std::ops::Range<usize>> = Vec::new();
    let least = (LOCK_SHARE * LOCK_S as f64) as usize;
    let mut inside = close.iter().take(LOCK_S).filter(|&&c| c).count();
    for start in 0..(close.len() + 1).saturating_sub(LOCK_S) {
        if start > 0 {
            inside = inside + usize::from(close[start + LOCK_S - 1]) - usize::from(close[start - 1]);
        }
        if inside < least {
            continue;
        }
        match stretches.last_mut() {
            Some(last) if start <= last.end => last.end = start + LOCK_S,
            _ => stretches.push(start..start + LOCK_S),
        }
    }
    for stretch in &mut stretches {
        let first = stretch.clone().find(|&i| close[i]).unwrap_or(stretch.start);
        let last = stretch.clone().rfind(|&i| close[i]).unwrap_or(stretch.end - 1);
        *stretch = first..last + 1;
    }
    stretches
}

fn enters_by_jump(heart_rate: &[f32], speed: &[f32], start: usize) -> bool {
    (start.saturating_sub(ENTRY_S)..=start).any(|from| {
        let to = (from + ENTRY_S).min(heart_rate.len() - 1);
        let steady = (speed[to] - speed[from]).abs() < ENTRY_M_PER_S;
        steady && (heart_rate[to] - heart_rate[from]).abs() >= ENTRY_BPM
    })
}

fn falls_with_gait(heart_rate: &[f32], cadence: &[f32], stretch: &std::ops::Range<usize>) -> bool {
    let end = (stretch.end + FALL_S).min(heart_rate.len()).saturating_sub(FALL_S);
    (stretch.start..end).any(|i| {
        let j = i + FALL_S;
        let falls = |column: &[f32]| column[i] - column[j] >= FALL_BPM;
        falls(cadence)
            && falls(heart_rate)
            && cadence[j] > MOVING.1
            && (heart_rate[j] - cadence[j]).abs() <= FALL_TO_BPM
    })
}
