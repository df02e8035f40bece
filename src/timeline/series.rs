//! A column of samples of which some may be missing.

/// A column of samples of which some may be missing; the unit stands with the field that holds the column.
///
/// Inside, a missing sample is NaN, so that loops over a day of samples stay one pass over plain numbers.
#[derive(Debug, Clone, Default)]
pub struct Series(Vec<f32>);

impl Series {
    /// A column of `len` missing samples.
    pub fn missing(len: usize) -> Self {
        Self(vec![f32::NAN; len])
    }

    /// A column from samples.
    pub fn from_options(samples: impl IntoIterator<Item = Option<f64>>) -> Self {
        Self(samples.into_iter().map(|sample| sample.map_or(f32::NAN, |x| x as f32)).collect())
    }

    /// A column from samples with NaN for the missing ones.
    pub fn from_samples(samples: Vec<f32>) -> Self {
        Self(samples)
    }

    /// The sample at `i`, or `None` where it is missing or beyond the end.
    pub fn get(&self, i: usize) -> Option<f64> {
        self.0.get(i).copied().filter(|x| x.is_finite()).map(f64::from)
    }

    /// Sets the sample at `i`.
    pub fn set(&mut self, i: usize, sample: Option<f64>) {
        self.0[i] = sample.map_or(f32::NAN, |x| x as f32);
    }

    /// How many samples there are, missing ones included.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when the column has no sample at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The samples with NaN for the missing ones, for loops where that is handled.
    pub fn as_slice(&self) -> &[f32] {
        &self.0
    }

    /// The samples one by one.
    pub fn iter(&self) -> impl Iterator<Item = Option<f64>> + '_ {
        (0..self.len()).map(|i| self.get(i))
    }

    /// How many samples are not missing.
    pub fn n_present(&self) -> usize {
        self.0.iter().filter(|x| x.is_finite()).count()
    }
}

/// Equal when the same samples are present with the same values.
impl PartialEq for Series {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_is_none() {
        let mut series = Series::from_options([Some(1.0), None, Some(f64::NAN)]);
        assert_eq!(series.iter().collect::<Vec<_>>(), [Some(1.0), None, None]);
        series.set(1, Some(2.0));
        assert_eq!((series.n_present(), series.get(9)), (2, None));
        assert_eq!(series, series.clone());
    }
}
