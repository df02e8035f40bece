//! How far a runner answers to the measured slopes of a session, and so how far those slopes can be real.
//!
//! A hill makes a runner slow down, so grading a real slope narrows the spread of speed; a slope that only the sensor saw
//! leaves the runner's speed alone, and grading it adds a spread of its own. The altimeter's name says little: of 267
//! runs with smooth altitude by three runners, speed answered to the slope with 0.01, 0.23 and 0.28 of what an even
//! effort asks for, and with 0.7 to 1.0 in single sessions on real hills.
//!
//! Three witnesses are heard, on windows of half a minute:
//!
//! - Speed: the slope of the line of its logarithm over that of the cost. Efforts are the noise of that line.
//! - Heart rate, which the cost raises as speed does: it also knows hill repetitions, whose runner is no slower uphill.
//! - A second pass over the same ground. Slopes that do not repeat are chance. Slopes that do may be a map's, which puts
//!   hills where there are none just as reliably; but nobody runs up a slope faster than down it by chance.
//!
//! Who runs the same climb four times or more means the climb: its slopes are believed.
//!
//! A session with few hills or many efforts hardly knows its answer, so it is drawn to the usual one by as much as it is
//! uncertain.

use std::ops::Range;

use super::grade::{heart_rate_factor, remembered};
use crate::segment::{Bout, Gait};
use crate::timeline::Timeline;
use crate::timeline::revisits::{self, Place};

/// Length of a window, in samples: longer than a stride over a crossing, shorter than most hills.
const WINDOW: usize = 30;
/// Share of a window whose speed and slope must be known.
const LEAST_KNOWN: f64 = 0.8;
/// How fast the heart follows, in seconds (57.6 ± 23.6 s; Hunt, Fankhauser and Saengsuwan, Biomed Eng Online
/// 2015;14:112).
const HEART_FOLLOWS_S: f64 = 55.0;
/// The usual answer and how it differs between sessions: over the seasons of three runners the mean lies between 0.0 and
/// 0.35 of what real hills ask for and varies by 0.25 from session to session beyond the error of the estimate.
const USUAL: f64 = 0.25;
const USUAL_SD: f64 = 0.25;
/// Neighbouring windows are alike, so that the error of a line is larger than that of as many independent ones; those of
/// the heart are more so.
const ALIKE: f64 = 1.5;
const ALIKE_HEART: f64 = 3.0;
/// Fewer windows have no line.
const FEWEST_WINDOWS: usize = 8;
/// What runners give back of the cost on real hills: less than an even effort.
const OF_REAL_HILLS: f64 = 0.8;
/// The least rise of heart rate in bpm for each m/s more that a climb is compared with, where a session's own is less or
/// hardly shows. Our choice: half of what the oxygen cost asks of most runners.
const LEAST_BPM_PER_M_PER_S: f64 = 15.0;
/// Who is faster uphill than down by more than chance, on slopes that repeat as well as this, runs hill repetitions.
const REPEATS: f64 = 0.8;
const CLEARLY: f64 = 2.0;
/// The way between two places that are looked for on another pass, in metres.
const PLACES_M: f64 = 15.0;

/// The part of the measured slopes' cost that is believed, from 0 to 1.
///
/// `costs` are the factors by which slopes change the effort.
pub(super) fn believed_slope(timeline: &Timeline, bouts: &[Bout], usable: &[bool], costs: &[f64]) -> f64 {
    let heart_input = HeartInput::of(timeline, costs);
    let windows: Vec<Window> = bouts
        .iter()
        .filter(|bout| bout.gait == Gait::Run)
        .flat_map(|bout| (bout.range.start..bout.range.end.saturating_sub(WINDOW - 1)).step_by(WINDOW))
        .filter_map(|start| window(timeline, (&heart_input, costs), start..start + WINDOW, usable))
        .collect();
    let places = places(timeline);
    let repeats = revisits::repeat(&places).map(|repeats| f64::from(repeats).max(0.0));
    if revisits::climbs_on_purpose(&places) {
        return repeats.unwrap_or(1.0);
    }
    believed(of_speed(&windows), of_heart(&windows), repeats)
}

/// The part of the cost of satellite slopes that is believed: none, but where the runner climbs one place again and again
/// and the slopes repeat.
pub(super) fn believed_of_satellites(timeline: &Timeline) -> Option<f64> {
    revisits::repeated_climbs(&places(timeline)).map(f64::from)
}

/// What the witnesses come to together. Answers are parts of the whole, with their standard errors.
fn believed(speed: Option<(f64, f64)>, heart: Option<(f64, f64)>, repeats: Option<f64>) -> f64 {
    let speed = speed.map(|(answer, error)| (answer / OF_REAL_HILLS, error / OF_REAL_HILLS));
    let runs_up = speed.is_some_and(|(answer, error)| answer < -CLEARLY * error);
    if let Some(repeats) = repeats.filter(|&repeats| runs_up && repeats >= REPEATS) {
        return repeats;
    }
    // Where the heart says that hills are harder than an even effort, speed does not say how real they are.
    let is_uneven = speed.zip(heart).is_some_and(|(speed, heart)| speed.0 < heart.0 - heart.1);
    let witnesses = [speed.filter(|_| !is_uneven), heart];
    let (sum, weight) = witnesses
        .into_iter()
        .flatten()
        .chain([(USUAL, USUAL_SD)])
        .map(|(answer, error)| (answer, error.max(1e-6).powi(-2)))
        .fold((0.0, 0.0), |(sum, weight), (answer, of_it)| (sum + answer * of_it, weight + of_it));
    (sum / weight).min(repeats.unwrap_or(1.0)).clamp(0.0, 1.0)
}

/// Means over half a minute.
#[derive(Debug, Clone, Copy)]
struct Window {
    /// The logarithm of the cost of the slope.
    cost: f64,
    /// The logarithm of the speed.
    speed: f64,
    /// The heart rate in bpm.
    heart: Option<f64>,
    /// What the heart follows in m/s: the speed, and what the slope would add to it, both as slow as the heart.
    flat: f64,
    climb: f64,
    /// Its middle, in hours.
    at: f64,
}

/// What the heart follows, a second each, as slow as the heart.
struct HeartInput {
    flat: Vec<f64>,
    climb: Vec<f64>,
}

impl HeartInput {
    fn of(timeline: &Timeline, costs: &[f64]) -> Self {
        let (mut flat, mut climb) = (Vec::with_capacity(timeline.len()), Vec::with_capacity(timeline.len()));
        let (mut speed, mut slope) = (0.0, 0.0);
        let on_the_flat = heart_rate_factor(0.0);
        for (&v, &cost) in timeline.speed.as_slice().iter().zip(costs) {
            let v = if v.is_finite() { f64::from(v) } else { 0.0 };
            let extra = v * (if cost.is_nan() { on_the_flat } else { cost } - 1.0);
            speed += (v - speed) / HEART_FOLLOWS_S;
            slope += (extra - slope) / HEART_FOLLOWS_S;
            flat.push(speed);
            climb.push(slope);
        }
        Self { flat, climb }
    }
}

/// A window, or `None` where too little is known.
fn window(
    timeline: &Timeline,
    (input, costs): (&HeartInput, &[f64]),
    range: Range<usize>,
    usable: &[bool],
) -> Option<Window> {
    let least = LEAST_KNOWN * range.len() as f64;
    let (mut n, mut cost, mut speed) = (0.0, 0.0, 0.0);
    let mut log = remembered(f64::ln);
    let of_window =
        timeline.speed.as_slice()[range.clone()].iter().zip(&costs[range.clone()]).zip(&usable[range.clone()]);
    for ((&v, &of_slope), _) in
        of_window.filter(|((v, of_slope), usable)| **usable && v.is_finite() && !of_slope.is_nan())
    {
        n += 1.0;
        speed += f64::from(v);
        cost += log(of_slope);
    }
    let beats = range.clone().filter_map(|i| timeline.heart_rate.get(i));
    let (beats, n_beats) = beats.fold((0.0, 0.0), |(sum, n), bpm| (sum + bpm, n + 1.0));
    let heart = (n_beats >= least).then(|| beats / n_beats);
    let mean = |column: &[f64]| column[range.clone()].iter().sum::<f64>() / range.len() as f64;
    let (flat, climb) = (mean(&input.flat), mean(&input.climb));
    let at = range.start.midpoint(range.end) as f64 / 3600.0;
    (n >= least && speed > 0.0).then(|| Window { cost: cost / n, speed: (speed / n).ln(), heart, flat, climb, at })
}

/// By how much speed falls with the cost, both as logarithms, and the standard error of that.
fn of_speed(windows: &[Window]) -> Option<(f64, f64)> {
    let (line, error) = line(windows, |w| w.cost, |w| Some(w.speed), &[])?;
    Some((-line, ALIKE * error))
}

/// By how much heart rate rises with what the slope would add to the speed, as a part of its rise with speed itself, and
/// the error of that.
fn of_heart(windows: &[Window]) -> Option<(f64, f64)> {
    let (line_flat, _) = line(windows, |w| w.flat, |w| w.heart, &[|w| w.climb, |w| w.at])?;
    let (line, error) = line(windows, |w| w.climb, |w| w.heart, &[|w| w.flat, |w| w.at])?;
    let whole = line_flat.max(LEAST_BPM_PER_M_PER_S);
    Some((line / whole, ALIKE_HEART * error / whole))
}

/// The slope of a value over another, what goes along with more of them taken out of both, and its standard error.
fn line(
    windows: &[Window],
    over: fn(&Window) -> f64,
    value: fn(&Window) -> Option<f64>,
    others: &[fn(&Window) -> f64],
) -> Option<(f64, f64)> {
    let known: Vec<(&Window, f64)> = windows.iter().filter_map(|w| Some((w, value(w)?))).collect();
    if known.len() < FEWEST_WINDOWS {
        return None;
    }
    let mut columns: Vec<Vec<f64>> = others.iter().map(|other| known.iter().map(|(w, _)| other(w)).collect()).collect();
    columns.push(known.iter().map(|(w, _)| over(w)).collect());
    columns.push(known.iter().map(|(_, value)| *value).collect());
    // Each column in turn is taken out of all that follow, the mean first: Gram and Schmidt.
    for column in &mut columns {
        let mean = column.iter().sum::<f64>() / column.len() as f64;
        for x in column {
            *x -= mean;
        }
    }
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    for i in 0..others.len() {
        let (done, rest) = columns.split_at_mut(i + 1);
        let (taken, of_taken) = (&done[i], product(&done[i], &done[i]));
        for column in rest.iter_mut().filter(|_| of_taken > 0.0) {
            let share = product(column, taken) / of_taken;
            for (x, t) in column.iter_mut().zip(taken) {
                *x -= share * t;
            }
        }
    }
    let (over, value) = (&columns[others.len()], &columns[others.len() + 1]);
    let of_over = product(over, over);
    if of_over <= 1e-9 {
        return None;
    }
    let line = product(over, value) / of_over;
    let left = (product(value, value) - line * product(over, value)).max(0.0);
    let free = (known.len() - others.len() - 2) as f64;
    Some((line, (left / free / of_over).sqrt()))
}

/// Places along the way with their slopes.
fn places(timeline: &Timeline) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut last = f64::NEG_INFINITY;
    for (second, &position) in timeline.position.iter().enumerate() {
        if timeline.distance[second] - last < PLACES_M {
            continue;
        }
        if let (Some(position), Some(slope)) = (position, timeline.grade.get(second)) {
            last = timeline.distance[second];
            places.push(Place { second, position, grade: slope as f32 });
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Windows on hills of ±6 %, `answer` of whose cost the runner gives back, with a sway of ±3 %. The heart follows
    /// the effort where the hills are `real`.
    fn hills(answer: f64, real: bool) -> Vec<Window> {
        let window = |i: u32| {
            let (i, cost) = (f64::from(i), 0.15 * (f64::from(i) * 0.9).sin());
            let speed = 1.0 - answer * cost + 0.03 * (i * 1.7).sin();
            let (flat, climb) = (speed.exp(), speed.exp() * (cost.exp() - 1.0));
            let effort = flat + if real { climb } else { 0.0 };
            let heart = Some(70.0 + 30.0 * effort + (i * 2.3).sin());
            Window { cost, speed, heart, flat, climb, at: i / 120.0 }
        };
        (0..60).map(window).collect()
    }

    #[test]
    fn the_answer_of_the_speed_is_found() {
        for expected in [0.0, 0.5, 1.0] {
            let (found, error) = of_speed(&hills(expected, true)).expect("a line");
            assert!((found - expected).abs() < 2.0 * error && error < 0.1, "{found} ± {error} for {expected}");
        }
    }

    #[test]
    fn the_heart_knows_real_hills_from_false_ones() {
        for (real, expected) in [(true, 1.0), (false, 0.0)] {
            let (found, error) = of_heart(&hills(0.0, real)).expect("a line");
            assert!((found - expected).abs() < 2.0 * error && error < 0.3, "{found} ± {error} for {expected}");
        }
    }

    #[test]
    fn what_is_believed() {
        let of = |windows: &[Window], repeats| believed(of_speed(windows), of_heart(windows), repeats);
        assert!(of(&hills(0.8, true), None) > 0.8, "hills that slow the runner");
        assert!(of(&hills(0.0, false), None) < 0.15, "swings of the altimeter");
        assert!(of(&hills(0.0, true), None) > 0.5, "hill repetitions: as fast uphill, and the heart follows");
        let without_heart = |answer| of_speed(&hills(answer, true));
        assert!(believed(without_heart(0.0), None, None) < 0.15, "a slope alone");
        assert!(believed(without_heart(-0.5), None, Some(0.98)) > 0.9, "faster uphill than down, over and over");
        assert!(believed(without_heart(0.8), None, Some(0.1)) <= 0.1, "slopes that do not repeat");
        assert!((believed(None, None, None) - USUAL).abs() < 1e-9);
    }

    #[test]
    fn flat_ground_and_short_runs_have_no_line() {
        let flat: Vec<Window> = hills(0.0, true).iter().map(|w| Window { cost: 0.0, climb: 0.0, ..*w }).collect();
        assert_eq!(of_speed(&flat), None);
        assert_eq!(of_heart(&flat), None);
        assert_eq!(of_speed(&hills(1.0, true)[..7]), None);
    }
}
