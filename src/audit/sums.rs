//! Running sums, so that the mean of any stretch is two look-ups.

use std::ops::Range;

/// Running sums of a column of samples, each weighed by the time it stands for.
#[derive(Debug, Clone)]
pub(super) struct Sums(Vec<Sum>);

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    value: f64,
    seconds: f64,
}

impl Sums {
    /// Running sums of samples, NaN where one is missing, each of a second but for those from `elapsed_s` seconds on.
    pub fn new(samples: &[f64], elapsed_s: f64) -> Self {
        let mut sum = Sum::default();
        let mut sums = Vec::with_capacity(samples.len() + 1);
        sums.push(sum);
        let n_whole = (elapsed_s as usize).min(samples.len());
        // A missing sample counts for nothing. A whole second needs no factor.
        sums.extend(samples[..n_whole].iter().map(|&value| {
            let is_known = !value.is_nan();
            sum.value += if is_known { value } else { 0.0 };
            sum.seconds += if is_known { 1.0 } else { 0.0 };
            sum
        }));
        sums.extend(samples[n_whole..].iter().enumerate().map(|(i, &value)| {
            let seconds = (elapsed_s - (n_whole + i) as f64).clamp(0.0, 1.0);
            if !value.is_nan() {
                sum.value += value * seconds;
                sum.seconds += seconds;
            }
            sum
        }));
        Self(sums)
    }

    /// The sample of each second of a stretch, NaN where it is missing.
    pub fn samples(&self, range: Range<usize>) -> impl Iterator<Item = f64> + '_ {
        self.0[range.start..=range.end].windows(2).map(|pair| {
            let seconds = pair[1].seconds - pair[0].seconds;
            if seconds > 0.0 { (pair[1].value - pair[0].value) / seconds } else { f64::NAN }
        })
    }

    /// Mean over a stretch, or `None` where nothing is known.
    pub fn mean(&self, range: Range<usize>) -> Option<f64> {
        let (value, seconds) = self.over(range);
        (seconds > 0.0).then(|| value / seconds)
    }

    /// Seconds of a stretch in which the column is known.
    pub fn seconds(&self, range: Range<usize>) -> f64 {
        self.over(range).1
    }

    /// Sum and known seconds of a stretch.
    pub fn over(&self, range: Range<usize>) -> (f64, f64) {
        let last = self.0.len() - 1;
        let (from, to) =
            (self.0[range.start.min(last)], self.0[range.end.clamp(range.start, last.max(range.start)).min(last)]);
        (to.value - from.value, to.seconds - from.seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_samples_count_for_nothing() {
        let sums = Sums::new(&[2.0, f64::NAN, 4.0], 2.5);
        assert!(sums.samples(0..3).map(f64::to_bits).eq([2.0, f64::NAN, 4.0].map(f64::to_bits)));
        assert_eq!(sums.mean(0..3), Some(4.0 / 1.5));
        assert!((sums.seconds(0..3) - 1.5).abs() < 1e-12);
        assert_eq!(sums.mean(1..2), None);
        assert_eq!(sums.mean(2..9), Some(4.0));
        assert_eq!(sums.mean(7..9), None);
    }
}
