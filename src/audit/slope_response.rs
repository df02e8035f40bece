//! How far a runner's speed answers to the measured slopes of a session, and so how far those slopes can be real.
//!
//! A hill makes a runner slow down, so grading a real slope narrows the spread of speed; a slope that only the sensor saw
//! leaves the runner's speed alone, and grading it adds a spread of its own. The altimeter's name says little: of 267
//! seasons' runs with smooth altitude by three runners, speed answered to the slope with 0.01, 0.23 and 0.28 of what an
//! even effort asks for, and with 0.7 to 1.0 in single sessions on real hills.
//!
//! The answer is the slope of a line through windows of half a minute: the logarithm of speed over that of the cost.
//! Efforts are the noise of that line. A session with few hills or many efforts hardly knows its line, so the estimate
//! is drawn to the usual answer by as much as it is uncertain.

use std::ops::Range;

use super::grade::heart_rate_factor;
use crate::segment::{Bout, Gait};
use crate::timeline::Timeline;

/// Length of a window, in samples: longer than a stride over a crossing, shorter than most hills.
const WINDOW: usize = 30;
/// Share of a window whose speed and slope must be known.
const LEAST_KNOWN: f64 = 0.8;
/// The usual answer and how it differs between sessions: over the seasons of three runners the mean lies between 0.0 and
/// 0.3 and varies by 0.2 to 0.4 from session to session beyond the error of the estimate.
const USUAL: f64 = 0.2;
const USUAL_SD: f64 = 0.2;
/// Neighbouring windows are alike, so that the error of the line is larger than that of as many independent ones.
const ALIKE: f64 = 1.5;
/// Fewer windows have no line.
const FEWEST_WINDOWS: usize = 8;
/// The answer of runners on real hills, who hold less than an even effort: the slopes are taken as real from here on.
const OF_REAL_HILLS: f64 = 0.8;

/// The part of the measured slopes' cost that is believed, from 0 to 1.
pub(super) fn believed_slope(timeline: &Timeline, bouts: &[Bout], usable: &[bool]) -> f64 {
    let windows: Vec<(f64, f64)> = bouts
        .iter()
        .filter(|bout| bout.gait == Gait::Run)
        .flat_map(|bout| (bout.range.start..bout.range.end.saturating_sub(WINDOW - 1)).step_by(WINDOW))
        .filter_map(|start| window(timeline, start..start + WINDOW, usable))
        .collect();
    let (answer, error) = answer(&windows).unwrap_or((USUAL, f64::INFINITY));
    let trust = USUAL_SD.powi(2) / (USUAL_SD.powi(2) + error.powi(2));
    ((USUAL + trust * (answer - USUAL)) / OF_REAL_HILLS).clamp(0.0, 1.0)
}

/// The logarithms of the cost of the slope and of speed in a window, each a mean; `None` where too little is known.
fn window(timeline: &Timeline, range: Range<usize>, usable: &[bool]) -> Option<(f64, f64)> {
    let least = LEAST_KNOWN * range.len() as f64;
    let (mut n, mut cost, mut speed) = (0.0, 0.0, 0.0);
    for i in range {
        if let (Some(v), Some(slope), true) = (timeline.speed.get(i), timeline.grade.get(i), usable[i]) {
            n += 1.0;
            speed += v;
            cost += heart_rate_factor(slope).ln();
        }
    }
    (n >= least && speed > 0.0).then(|| (cost / n, (speed / n).ln()))
}

/// By how much speed falls with the cost, both as logarithms, and the standard error of that.
fn answer(windows: &[(f64, f64)]) -> Option<(f64, f64)> {
    let n = windows.len() as f64;
    if windows.len() < FEWEST_WINDOWS {
        return None;
    }
    let mean = |value: fn(&(f64, f64)) -> f64| windows.iter().map(value).sum::<f64>() / n;
    let (cost, speed) = (mean(|w| w.0), mean(|w| w.1));
    let (mut of_cost, mut of_speed, mut of_both) = (0.0, 0.0, 0.0);
    for (c, v) in windows {
        of_cost += (c - cost).powi(2);
        of_speed += (v - speed).powi(2);
        of_both += (c - cost) * (v - speed);
    }
    if of_cost <= 0.0 {
        return None;
    }
    let line = of_both / of_cost;
    let left = (of_speed - line * of_both).max(0.0);
    Some((-line, ALIKE * (left / (n - 2.0) / of_cost).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Windows on hills of ±6 %, `answer` of whose cost the runner gives back, with a sway of ±3 %.
    fn hills(answer: f64) -> Vec<(f64, f64)> {
        let sway = |i: i32| 0.03 * (f64::from(i) * 1.7).sin();
        (0..60).map(|i| (0.15 * (f64::from(i) * 0.9).sin(), i)).map(|(c, i)| (c, 1.0 - answer * c + sway(i))).collect()
    }

    #[test]
    fn the_answer_of_the_speed_is_found() {
        for expected in [0.0, 0.5, 1.0] {
            let (found, error) = answer(&hills(expected)).expect("a line");
            assert!((found - expected).abs() < 2.0 * error && error < 0.1, "{found} ± {error} for {expected}");
        }
    }

    #[test]
    fn flat_ground_and_short_runs_have_no_line() {
        assert_eq!(answer(&[(0.0, 1.0); 60]), None);
        assert_eq!(answer(&hills(1.0)[..7]), None);
    }
}
