//! Heights that no road has: steps, and swings up and down again within a stone's throw.
//!
//! In a sample of the runs of four runners, sane profiles have no step of more than 4.5 m within 10 m of way and swing by less than
//! 8 m within 150 m of it; altimeters that are blocked, wet or joined with the receiver's heights have steps of 5 to 33 m
//! and swings of 10 to 20 m, which smoothed over 100 m are slopes of 10 to 25 %.

use std::array;

use super::geodesy::Frame;
use crate::units::Position;

/// The way between two points of the profile, in metres.
pub const STEP_M: f64 = 5.0;
/// A step: so many metres of height within so many points.
const STEP_UP_M: f32 = 4.5;
const STEP_POINTS: usize = 2;
/// A swing: so many metres of height up and down again, or down and up, within so many points.
const SWING_M: f32 = 8.0;
const SWING_POINTS: usize = 30;
/// Two places this near to one another on both sides of a summit are one: the runner turned round on a hill. In metres.
const TURNED_M: f64 = 25.0;

/// The stretches of a profile, as ranges of its points, whose heights no road has.
pub fn stretches(heights: &[f32], place: impl Fn(usize) -> Option<Position>) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut add = |from: usize, to: usize| match found.last_mut() {
        Some(last) if from <= last.1 => last.1 = last.1.max(to),
        _ => found.push((from, to)),
    };
    let spans: Vec<(f32, f32)> = heights.chunks(BLOCK).map(span).collect();
    for block in 0..spans.len() {
        // Whether the heights from here on reach far enough apart for a swing that ends in this block or the next ones.
        let reaches: [bool; N_REACHED] = array::from_fn(|n| reaches(&spans[block..(block + n + 1).min(spans.len())]));
        for i in block * BLOCK..((block + 1) * BLOCK).min(heights.len()) {
            let end = (i + SWING_POINTS).min(heights.len());
            if heights.get(i + STEP_POINTS).is_some_and(|&next| (next - heights[i]).abs() > STEP_UP_M) {
                add(i, i + STEP_POINTS);
            }
            if i % STEP_POINTS == 0
                && reaches[(end - 1) / BLOCK - block]
                && let Some((from, top, to)) = swing(&heights[i..end])
                && !turns(i + from, i + top, i + to, &place)
            {
                add(i + from, i + to);
            }
        }
    }
    found
}

/// Points that share a lowest and a highest height.
const BLOCK: usize = 10;
/// Blocks that a swing from a point of one can lie in.
const N_REACHED: usize = SWING_POINTS.div_ceil(BLOCK) + 1;

/// The lowest and the highest height.
fn span(block: &[f32]) -> (f32, f32) {
    block.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), &x| (low.min(x), high.max(x)))
}

/// False where all heights together differ by less than a swing, so that none can be among them.
fn reaches(spans: &[(f32, f32)]) -> bool {
    let (low, high) =
        spans.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |all, one| (all.0.min(one.0), all.1.max(one.1)));
    high - low >= SWING_M
}

/// The first point, the turning point and the last one of a swing that begins at the first height.
fn swing(heights: &[f32]) -> Option<(usize, usize, usize)> {
    let first = *heights.first()?;
    let (mut high, mut low) = ((first, 0), (first, 0));
    for (i, &height) in heights.iter().enumerate() {
        if high.0 - first >= SWING_M && high.0 - height >= SWING_M {
            return Some((0, high.1, i));
        }
        if first - low.0 >= SWING_M && height - low.0 >= SWING_M {
            return Some((0, low.1, i));
        }
        if height > high.0 {
            high = (height, i);
        }
        if height < low.0 {
            low = (height, i);
        }
    }
    None
}

/// True when the runner came back the same way from the turning point of a swing.
fn turns(from: usize, top: usize, to: usize, place: &impl Fn(usize) -> Option<Position>) -> bool {
    let reach = (top - from).min(to - top);
    let (Some(before), Some(after)) = (place(top - reach), place(top + reach)) else { return false };
    let (x, y) = Frame::at(before.latitude()).offset(before, after);
    x.hypot(y) < TURNED_M.max(0.25 * 2.0 * reach as f64 * STEP_M)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(height: impl Fn(f64) -> f64) -> usize {
        let heights: Vec<f32> = (0..400).map(|i| height(f64::from(i) * STEP_M) as f32).collect();
        stretches(&heights, |_| None).len()
    }

    #[test]
    fn hills_are_no_swings() {
        assert_eq!(found(|d| 0.25 * d), 0);
        assert_eq!(found(|d| 20.0 * (d / 150.0).sin()), 0);
    }

    #[test]
    fn steps_and_swings_are_found() {
        assert_eq!(found(|d| if d > 500.0 { 15.0 } else { 0.0 }), 1);
        assert!(found(|d| 12.0 * (d / 25.0).sin()) >= 1);
    }

    #[test]
    fn who_turns_round_on_a_hill_swings_for_real() {
        let at = |i: usize| Position::from_degrees(48.0 + i.min(120 - i.min(120)) as f64 * STEP_M / 111_000.0, 2.0);
        let heights: Vec<f32> = (0..121_usize).map(|i| 0.2 * STEP_M as f32 * i.min(120 - i) as f32).collect();
        assert_eq!(stretches(&heights, at), []);
        assert_eq!(stretches(&heights, |_| None).len(), 1);
    }
}
