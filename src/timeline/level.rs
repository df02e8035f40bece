//! Makes the watch's speed agree with the distance that the watch counted.
//!
//! The two come from different filters. Over 3761 minutes of 58 real runs they differ by less than 1.5 % half of the
//! time, but by more than 8 to 10 % in one minute of ten; there the distance agrees with the positions (half within
//! 2 %, nine in ten within 8 %) and the speed does not (half within 4 %, nine in ten within 15 %). The distance is
//! also what the watch's own laps and the runner's app are worked out from. So the speed keeps its shape from second
//! to second and takes its level from the distance.

use super::{Flags, lag, stretches};

/// The level is taken over so many seconds to each side.
const HALF_S: usize = 20;
/// Less than this on either side of the comparison says nothing, in metres.
const LEAST_M: f64 = 15.0;
/// Beyond this factor either way one of the two is wrong, and nobody knows which.
const MOST: f64 = 1.25;
/// Seconds without speed among those compared, beyond which nothing is. Our choice.
const MOST_MISSING: usize = 2;

/// Scales the speed so that over 41 s it comes to the distance, which has been moved by `moved` seconds and so is not
/// what was counted at either end of a stretch.
pub fn rescale_to_distance(speed: &mut [f32], distance: &[f64], flags: &[Flags], moved: i32) {
    let (mut way, mut unknown) = (Vec::new(), Vec::new());
    let (held, settles) = (moved.unsigned_abs() as usize, lag::settles_in(moved));
    let (lead, tail) = if moved < 0 { (held, settles) } else { (settles, held) };
    for stretch in stretches(flags) {
        let (first, last) = (stretch.start + lead, stretch.end.saturating_sub(1 + tail));
        if first >= last {
            continue;
        }
        way.clear();
        way.push(0.0);
        let mut sum = 0.0;
        way.extend(speed[stretch.clone()].iter().map(|&v| {
            sum += f64::from(if v.is_finite() { v } else { 0.0 });
            sum
        }));
        unknown.clear();
        unknown.push(0_usize);
        let mut n_unknown = 0;
        unknown.extend(speed[stretch.clone()].iter().map(|v| {
            n_unknown += usize::from(!v.is_finite());
            n_unknown
        }));
        for i in stretch.clone() {
            let (from, to) = (i.saturating_sub(HALF_S).clamp(first, last), (i + HALF_S).clamp(first, last));
            let counted = distance[to] - distance[from];
            let summed = way[to - stretch.start] - way[from - stretch.start];
            // The distance goes on where speed is missing, and what it counted there is of no other second.
            let missing = unknown[to - stretch.start] - unknown[from - stretch.start];
            if missing <= MOST_MISSING && counted >= LEAST_M && summed >= LEAST_M {
                speed[i] *= (counted / summed).clamp(1.0 / MOST, MOST) as f32;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_stays_and_level_changes() {
        let shape = |i: usize| if i.is_multiple_of(2) { 2.0 } else { 3.0 };
        let mut speed: Vec<f32> = (0..200).map(shape).collect();
        let distance: Vec<f64> = (0..200).map(|i| 2.75 * f64::from(i)).collect();
        rescale_to_distance(&mut speed, &distance, &[Flags::NONE; 200], 0);
        for (i, v) in speed.iter().enumerate().skip(20).take(160) {
            assert!((v / shape(i) - 1.1).abs() < 0.01, "{i}: {v}");
        }
    }

    #[test]
    fn a_distance_that_was_moved_is_compared_where_it_is_known() {
        for moved in [-3, 3] {
            let mut distance: Vec<f64> = (0..100).map(|i| 2.5 * f64::from(i)).collect();
            lag::take_out_of_way(&mut distance, 250.0, &[Flags::NONE; 100], moved);
            let mut speed = [2.5; 100];
            rescale_to_distance(&mut speed, &distance, &[Flags::NONE; 100], moved);
            assert!(speed.iter().all(|v| (v - 2.5).abs() < 1e-6), "{speed:?}");
        }
    }

    #[test]
    fn standing_and_nonsense_change_nothing() {
        let mut speed = [2.5; 100];
        rescale_to_distance(&mut speed, &[0.0; 100], &[Flags::NONE; 100], 0);
        assert!(speed.iter().all(|v| (v - 2.5).abs() < 1e-6));
        rescale_to_distance(
            &mut speed,
            &(0..100).map(|i| 25.0 * f64::from(i)).collect::<Vec<_>>(),
            &[Flags::NONE; 100],
            0,
        );
        assert!(speed.iter().all(|v| (v - 3.125).abs() < 1e-6));
    }
}
