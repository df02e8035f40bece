//! Heart rate without what the sensor got wrong, and how far it can be trusted.

use super::smooth::quantile;
use super::{Flags, HeartRateQuality};
use crate::model::{Note, NoteId};
use crate::units::{clock, percent, plural};

/// Heart rates outside this range are not believed.
const POSSIBLE_BPM: std::ops::RangeInclusive<f32> = 30.0..=230.0;
/// Up to this long between two heart rates, what lies between is a straight line, in seconds.
const LONGEST_BRIDGE_S: usize = 10;
/// So many neighbours have to stand on each side of a fault.
const FEWEST_BESIDE: usize = 3;
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
        notes.push(Note::new(NoteId::HeartRateOutliers, message));
    }
    if let Some(end) = warm_up_artefact(heart_rate, speed) {
        // Left out and doubtful, not only missing: nothing knows whether the run began as hard as it reads.
        heart_rate[..end].fill(f32::NAN);
        Flags::insert_all(&mut flags[..end], Flags::DOUBTFUL_HEART_RATE);
        let message = format!(
            "left out the heart rate of the first {}: it fell to the level of the run only then",
            clock(end as f64)
        );
        notes.push(Note::new(NoteId::HeartRateWarmUp, message));
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
    let near = |block: usize| &spans[block.saturating_sub(1)..(block + 2).min(spans.len())];
    let reaches = |block: &usize| {
        let (low, high) = near(*block)
            .iter()
            .fold((f32::INFINITY, f32::NEG_INFINITY), |all, one| (all.0.min(one.0), all.1.max(one.1)));
        high - low > HAMPEL_BPM
    };
    let blocks = (0..spans.len()).filter(reaches);
    for i in blocks.flat_map(|block| block * BLOCK..((block + 1) * BLOCK).min(before.len())) {
        let window = i.saturating_sub(HAMPEL_HALF)..(i + HAMPEL_HALF + 1).min(before.len());
        let (first, last) = (spans[window.start / BLOCK], spans[(window.end - 1) / BLOCK]);
        if first.1.max(last.1) - first.0.min(last.0) > HAMPEL_BPM
            && stands_between(&before[window.start..i], &before[i + 1..window.end])
            && is_outlier(before[i], &before[window])
        {
            heart_rate[i] = f32::NAN;
            dropped += 1;
        }
    }
    bridge(heart_rate);
    dropped
}

/// True with enough neighbours on both sides: at the first beats of a run a rise is no fault.
fn stands_between(before: &[f32], after: &[f32]) -> bool {
    [before, after].iter().all(|side| side.iter().filter(|x| x.is_finite()).count() >= FEWEST_BESIDE)
}

/// Draws a line over short gaps.
fn bridge(heart_rate: &mut [f32]) {
    let mut last: Option<(usize, f32)> = None;
    for i in 0..heart_rate.len() {
        let x = heart_rate[i];
        if !x.is_finite() {
            continue;
        }
        if let Some((from, low)) = last.filter(|(from, _)| (2..=LONGEST_BRIDGE_S).contains(&(i - from))) {
            let slope = (x - low) / (i - from) as f32;
            for (k, between) in heart_rate[from + 1..i].iter_mut().enumerate() {
                *between = low + slope * (k + 1) as f32;
            }
        }
        last = Some((i, x));
    }
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
    notes.push(Note::new(NoteId::HeartRateCopiesCadence, message));
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Repairs a heart rate beside a cadence and speed, and says what came of it.
    fn check(heart_rate: &[f32], cadence: &[f32], speed: &[f32]) -> (Vec<f32>, HeartRateQuality, Vec<&'static str>) {
        let (mut heart_rate, mut flags, mut notes) =
            (heart_rate.to_vec(), vec![Flags::NONE; heart_rate.len()], Vec::new());
        let quality = repair(&mut heart_rate, cadence, speed, false, &mut flags, &mut notes);
        let doubtful = flags.iter().filter(|f| f.has(Flags::DOUBTFUL_HEART_RATE)).count();
        let warm_up = notes.iter().any(|note| note.id == NoteId::HeartRateWarmUp);
        assert_eq!(doubtful > 0, quality.locked_share > 0.0 || warm_up);
        (heart_rate, quality, notes.into_iter().map(|n| n.id.name()).collect())
    }

    fn is_locked(heart_rate: &[f32], cadence: &[f32], speed: &[f32]) -> bool {
        check(heart_rate, cadence, speed).1.locked_share > 0.0
    }

    fn seconds(n: usize, value: impl Fn(usize) -> f32) -> Vec<f32> {
        (0..n).map(value).collect()
    }

    #[test]
    fn a_wrong_beat_is_bridged_and_a_rise_is_not() {
        let (run, steps) = ([2.5; 120], [160.0; 120]);
        let jump = seconds(120, |i| if i == 50 { 190.0 } else { 130.0 });
        let (heart_rate, quality, notes) = check(&jump, &steps, &run);
        assert!(heart_rate.iter().all(|h| (h - 130.0).abs() < 0.1));
        assert_eq!((notes, quality), (vec!["heart-rate-outliers"], HeartRateQuality { trust: 0.6, locked_share: 0.0 }));
        let rise = seconds(120, |i| 90.0 + 2.0 * i.min(25) as f32);
        assert_eq!(check(&rise, &steps, &run).0, rise);
    }

    #[test]
    fn impossible_values_and_long_gaps_stay_missing() {
        let gap = seconds(120, |i| if (30..60).contains(&i) { 250.0 } else { 130.0 });
        let (heart_rate, quality, _) = check(&gap, &[160.0; 120], &[2.5; 120]);
        assert!(heart_rate[30..60].iter().all(|h| h.is_nan()));
        assert!((quality.trust - 0.45).abs() < 1e-6, "{}", quality.trust);
        assert_eq!(check(&[f32::NAN; 9], &[160.0; 9], &[2.5; 9]).1, HeartRateQuality { trust: 0.0, locked_share: 0.0 });
    }

    #[test]
    fn a_sensor_that_reads_high_at_first_is_not_believed_then() {
        let dry = seconds(700, |i| if i < 200 { 175.0 } else { 135.0 });
        let (heart_rate, _, notes) = check(&dry, &[160.0; 700], &[2.5; 700]);
        assert!(heart_rate[..200].iter().all(|h| h.is_nan()) && heart_rate[210..].iter().all(|h| h.is_finite()));
        assert_eq!(notes, ["heart-rate-warm-up"]);
        let fast_start = seconds(700, |i| if i < 200 { 3.5 } else { 2.5 });
        assert_eq!(check(&dry, &[160.0; 700], &fast_start).0, dry);
    }

    #[test]
    fn a_heart_rate_that_jumps_onto_the_cadence_is_locked() {
        let locked = seconds(400, |i| if i < 100 { 130.0 } else { 160.0 + (i % 3) as f32 });
        let (_, quality, notes) = check(&locked, &[161.0; 400], &[2.5; 400]);
        assert_eq!(notes, ["heart-rate-copies-cadence"]);
        assert!((quality.locked_share - 0.75).abs() < 0.01, "{}", quality.locked_share);
        assert!(quality.trust < 0.2);
    }

    #[test]
    fn a_heart_rate_that_falls_with_the_steps_is_locked_but_a_true_one_is_not() {
        let walks = |i: usize| i / 60 % 2 == 1;
        let cadence = seconds(600, |i| if walks(i) { 112.0 } else { 162.0 });
        let speed = seconds(600, |i| if walks(i) { 1.5 } else { 2.5 });
        let (_, quality, _) = check(&cadence, &cadence, &speed);
        assert!(quality.locked_share > 0.9, "{}", quality.locked_share);
        // A true one follows with a time constant of 50 s and meets the cadence only in passing.
        let mut heart = 110.0;
        let mut followed = cadence.clone();
        for beat in &mut followed {
            heart += (*beat - heart) / 50.0;
            *beat = heart;
        }
        assert!(!is_locked(&followed, &cadence, &speed));
    }

    #[test]
    fn hearts_that_keep_step_by_themselves_are_believed() {
        let level = seconds(600, |i| 100.0 + 60.0 * (1.0 - (-(i as f32) / 50.0).exp()));
        assert!(!is_locked(&level, &[160.0; 600], &[2.5; 600]));
    }
}
