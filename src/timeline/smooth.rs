//! Smoothing of plain columns.

use std::cmp::Ordering;

/// Weights of the Savitzky-Golay filter of degree 2 over an odd window (Savitzky and Golay, Anal Chem 1964;36:1627).
///
/// An even window counts as the next odd one.
pub fn savitzky_golay_weights(window: usize) -> Vec<f64> {
    let half = window / 2;
    (0..=2 * half).map(|i| weight(half as f64, i as f64 - half as f64)).collect()
}

/// The weight of the value `i` from the middle of a window that reaches `m` to each side.
fn weight(m: f64, i: f64) -> f64 {
    if m == 0.0 {
        return 1.0;
    }
    3.0 * (3.0 * m * m + 3.0 * m - 1.0 - 5.0 * i * i) / ((2.0 * m - 1.0) * (2.0 * m + 1.0) * (2.0 * m + 3.0))
}

/// A column smoothed by Savitzky-Golay of degree 2, `half` values to each side; fewer near the ends.
pub fn savitzky_golay(values: &[f32], half: usize) -> Vec<f32> {
    let weights: Vec<Vec<f32>> =
        (0..=half).map(|h| savitzky_golay_weights(2 * h + 1).into_iter().map(|w| w as f32).collect()).collect();
    let at = |i: usize| {
        let h = half.min(i).min(values.len() - 1 - i);
        dot(&values[i - h..=i + h], &weights[h])
    };
    let mut smooth = Vec::with_capacity(values.len());
    smooth.extend((0..half.min(values.len())).map(at));
    while let Some(window) = values.get(smooth.len().saturating_sub(half)..smooth.len() + half + LANES) {
        smooth.extend(dots(window, &weights[half]));
    }
    smooth.extend((smooth.len()..values.len()).map(at));
    smooth
}

/// The sums of products of [`LANES`] windows, each a value behind the last, with the same weights: as by [`dot`], in the
/// same order, and the processor works several out at once.
fn dots(values: &[f32], weights: &[f32]) -> [f32; LANES] {
    let add = |sums: &mut [f32; LANES], at: usize| {
        for (sum, x) in sums.iter_mut().zip(&values[at..at + LANES]) {
            *sum += x * weights[at];
        }
    };
    let n_chunked = weights.len() / 8 * 8;
    let (mut sums, mut rest) = ([-0.0; LANES], [-0.0; LANES]);
    for lane in 0..8 {
        let mut of_lane = [0.0; LANES];
        (lane..n_chunked).step_by(8).for_each(|at| add(&mut of_lane, at));
        sums.iter_mut().zip(of_lane).for_each(|(sum, of_lane)| *sum += of_lane);
    }
    (n_chunked..weights.len()).for_each(|at| add(&mut rest, at));
    sums.iter_mut().zip(rest).for_each(|(sum, rest)| *sum += rest);
    sums
}

/// The sum of products, of two columns of one length, in eight lanes that the processor can add at once.
pub fn dot(xs: &[f32], ys: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    let (xs, ys) = (xs.chunks_exact(8), ys.chunks_exact(8));
    let rest: f32 = xs.remainder().iter().zip(ys.remainder()).map(|(x, y)| x * y).sum();
    for (xs, ys) in xs.zip(ys) {
        for ((lane, x), y) in lanes.iter_mut().zip(xs).zip(ys) {
            *lane += x * y;
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// Sums that are kept in registers while a window is walked.
const LANES: usize = 16;

/// The slope of the best parabola through `half` values to each side, per value; the ends take their neighbour's.
pub fn slope(values: &[f32], half: usize) -> Vec<f32> {
    let n = values.len();
    let half = half.min(n.saturating_sub(1) / 2);
    if half == 0 {
        return vec![0.0; n];
    }
    let norm: f32 = 2.0 * (1..=half).map(|i| (i * i) as f32).sum::<f32>();
    let mut slopes = vec![-0.0_f32; n - 2 * half];
    // Many values at once, one step outwards after the other: each sum keeps its order, and the processor adds several.
    for (block, at) in slopes.chunks_mut(LANES).zip((0..).step_by(LANES)) {
        let window = &values[at..at + block.len() + 2 * half];
        for k in 1..=half {
            let (left, right) = (&window[half - k..], &window[half + k..]);
            let weight = k as f32;
            if let Some(block) = block.first_chunk_mut::<LANES>() {
                for ((sum, left), right) in block.iter_mut().zip(&left[..LANES]).zip(&right[..LANES]) {
                    *sum += weight * (right - left);
                }
            } else {
                for ((sum, left), right) in block.iter_mut().zip(left).zip(right) {
                    *sum += weight * (right - left);
                }
            }
        }
        for sum in block.iter_mut() {
            *sum /= norm;
        }
    }
    let (first, last) = (slopes[0], slopes[slopes.len() - 1]);
    slopes.splice(0..0, std::iter::repeat_n(first, half));
    slopes.extend(std::iter::repeat_n(last, half));
    slopes
}

/// A column of medians of five; the first and last two values stay. Missing values stay and count as no neighbour.
pub fn median_of_five(values: &[f32]) -> Vec<f32> {
    let mut out = values.to_vec();
    for (window, x) in values.windows(5).zip(&mut out[2.min(values.len())..]) {
        if window.iter().all(|v| v.is_finite()) {
            *x = middle([window[0], window[1], window[2], window[3], window[4]]);
        }
    }
    out
}

/// The median of five finite values, by comparisons that need no branch: sorting them takes four times as long.
pub fn middle([a, b, c, d, e]: [f32; 5]) -> f32 {
    let min = |x: f32, y: f32| if x < y { x } else { y };
    let max = |x: f32, y: f32| if x > y { x } else { y };
    // Neither the lowest nor the highest of four is the median of five.
    let (x, y) = (max(min(a, b), min(c, d)), min(max(a, b), max(c, d)));
    max(min(x, y), min(max(x, y), e))
}

/// The middle one of the steps between records, in order; `None` of none. Most files have one step throughout, which is
/// seen without putting them in order.
pub fn middle_step<T: Copy + PartialOrd>(steps: &mut [T]) -> Option<T> {
    let middle = steps.len() / 2;
    let mut most = *steps.first()?;
    let mut votes = 0_usize;
    for &step in &*steps {
        if votes == 0 {
            most = step;
        }
        votes = if step == most { votes + 1 } else { votes - 1 };
    }
    if steps.iter().filter(|&&step| step == most).count() > middle {
        return Some(most);
    }
    let order = |a: &T, b: &T| a.partial_cmp(b).unwrap_or(Ordering::Equal);
    Some(*steps.select_nth_unstable_by(middle, order).1)
}

/// The value below which `share` of the finite values lie; `None` without any.
pub fn quantile(values: impl IntoIterator<Item = f32>, share: f64) -> Option<f32> {
    let mut ranks: Vec<i32> = values.into_iter().filter(|x| x.is_finite()).map(rank).collect();
    let at = (share * ranks.len().saturating_sub(1) as f64).round() as usize;
    (!ranks.is_empty()).then(|| of_rank(*ranks.select_nth_unstable(at).1))
}

/// A whole number that has the order of the value, and is more quickly compared.
fn rank(value: f32) -> i32 {
    turned(value.to_bits().cast_signed())
}

/// The value of such a number.
fn of_rank(rank: i32) -> f32 {
    f32::from_bits(turned(rank).cast_unsigned())
}

/// The bits of negative values fall where the values rise: all but their sign are turned over.
fn turned(bits: i32) -> i32 {
    if bits < 0 { bits ^ i32::MAX } else { bits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_agree_with_the_table_of_the_paper() {
        let expected = [-0.085_714_3, 0.342_857, 0.485_714, 0.342_857, -0.085_714_3];
        for (weight, expected) in savitzky_golay_weights(5).iter().zip(expected) {
            assert!((weight / expected - 1.0).abs() < 1e-5, "{weight}");
        }
        assert_eq!(savitzky_golay_weights(1), [1.0]);
    }

    #[test]
    fn many_windows_at_once_are_the_same_to_the_last_bit() {
        let values: Vec<f32> = (0..200).map(|i| 100.0 + 9.0 * (i as f32 * 0.37).sin()).collect();
        for half in [0, 1, 3, 6, 10, 50] {
            let weights: Vec<f32> = savitzky_golay_weights(2 * half + 1).into_iter().map(|w| w as f32).collect();
            let smooth = savitzky_golay(&values, half);
            assert_eq!(smooth.len(), values.len());
            for i in half..values.len() - half {
                assert_eq!(smooth[i].to_bits(), dot(&values[i - half..=i + half], &weights).to_bits(), "{half} {i}");
            }
        }
        assert!(savitzky_golay(&[], 3).is_empty());
    }

    #[test]
    fn ranks_have_the_order_of_their_values() {
        let values = [f32::MIN, -2.5, -2.0, -1e-40, -0.0, 0.0, 1e-40, 0.1, 7.0, f32::MAX];
        assert!(
            values.map(rank).is_sorted()
                && values.map(|x| of_rank(rank(x))).map(f32::to_bits) == values.map(f32::to_bits)
        );
        assert_eq!(quantile([3.0, f32::NAN, -1.0, 2.0], 0.5), Some(2.0));
    }

    #[test]
    fn the_middle_step_is_that_of_all_in_order() {
        for n in 1..6_u32 {
            for code in 0..3_u32.pow(n) {
                let mut steps: Vec<u32> = (0..n).map(|place| code / 3_u32.pow(place) % 3).collect();
                let mut sorted = steps.clone();
                sorted.sort_unstable();
                assert_eq!(middle_step(&mut steps), Some(sorted[n as usize / 2]), "{steps:?}");
            }
        }
        assert_eq!(middle_step::<i64>(&mut []), None);
    }

    #[test]
    fn a_parabola_passes_unchanged_and_a_line_keeps_its_slope() {
        let parabola: Vec<f32> = (0..40).map(|i| (i * i) as f32 * 0.1).collect();
        for (smooth, x) in savitzky_golay(&parabola, 5).iter().zip(&parabola) {
            assert!((smooth - x).abs() < 1e-3, "{smooth} {x}");
        }
        let line: Vec<f32> = (0..9).map(|i| i as f32 * 0.5).collect();
        for n in [3, 4, 9] {
            assert_eq!(slope(&line[..n], 6), vec![0.5; n]);
        }
        assert_eq!((slope(&[], 3), slope(&[7.0], 3)), (vec![], vec![0.0]));
    }

    #[test]
    fn the_middle_of_five_in_any_order() {
        for code in 0..5_u32.pow(5) {
            let five = [0, 1, 2, 3, 4].map(|place| (code / 5_u32.pow(place) % 5) as f32);
            let mut sorted = five;
            sorted.sort_unstable_by(f32::total_cmp);
            assert!((middle(five) - sorted[2]).abs() < 1e-6, "{five:?}");
        }
    }

    #[test]
    fn a_single_outlier_does_not_move_the_median() {
        assert_eq!(median_of_five(&[1.0, 1.0, 9.0, 1.0, 1.0, f32::NAN])[..5], [1.0; 5]);
        assert_eq!(median_of_five(&[3.0]), [3.0]);
        assert_eq!(quantile([3.0, f32::NAN, 1.0, 2.0], 0.5), Some(2.0));
        assert_eq!(quantile([f32::NAN], 0.5), None);
    }
}
