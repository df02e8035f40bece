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

/// Adds up samples one after the other.
#[derive(Debug)]
pub(super) struct Adder {
    sums: Vec<Sum>,
    sum: Sum,
}

impl Adder {
    /// Nothing yet, with room for so many samples.
    pub fn new(n: usize) -> Self {
        let mut sums = Vec::with_capacity(n + 1);
        sums.push(Sum::default());
        Self { sums, sum: Sum::default() }
    }

    /// Adds a sample and the time that it stands for.
    pub fn add(&mut self, sample: Option<f64>, seconds: f64) {
        if let Some(value) = sample {
            self.sum.value += value * seconds;
            self.sum.seconds += seconds;
        }
        self.sums.push(self.sum);
    }

    /// The sums so far.
    pub fn sums(self) -> Sums {
        Sums(self.sums)
    }
}

impl Sums {
    /// Running sums of samples with their seconds; a missing sample counts for nothing.
    pub fn new(samples: impl Iterator<Item = (Option<f64>, f64)>) -> Self {
        let mut adder = Adder::new(samples.size_hint().0);
        for (sample, seconds) in samples {
            adder.add(sample, seconds);
        }
        adder.sums()
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
        let sums = Sums::new([(Some(2.0), 1.0), (None, 1.0), (Some(4.0), 0.5)].into_iter());
        assert_eq!(sums.mean(0..3), Some(4.0 / 1.5));
        assert!((sums.seconds(0..3) - 1.5).abs() < 1e-12);
        assert_eq!(sums.mean(1..2), None);
        assert_eq!(sums.mean(2..9), Some(4.0));
        assert_eq!(sums.mean(7..9), None);
    }
}
