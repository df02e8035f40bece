//! The heart rate of a session in bins of a few seconds.

/// Length of a bin in seconds: the heart changes little in it; twice as long would lose 2 bpm in bouts of 30 s.
const BIN: usize = 5;
pub(super) const BIN_S: f64 = 5.0;
/// The start that is left out, in seconds.
pub(super) const START_S: usize = 60;

/// A session in bins of a few seconds.
pub(super) struct Bins {
    /// Heart rate in bpm less its mean; zero where it is missing.
    pub beats: Vec<f64>,
    /// One where heart rate is known, zero where it is missing.
    pub known: Vec<f64>,
    /// Time from the middle of the session in stretches of ten minutes; zero where heart rate is missing.
    pub trend: Vec<f64>,
    /// How many are known.
    pub n_known: usize,
    /// What was taken off, in bpm.
    pub mean: f64,
}

impl Bins {
    /// Bins of a heart rate a second, NaN where it is missing.
    pub fn new(beats: &[f32]) -> Self {
        let of_bin = |(index, bin): (usize, &[f32])| {
            let known = bin.iter().filter(|bpm| bpm.is_finite());
            let (sum, n) = known.fold((0.0, 0_u32), |(sum, n), &bpm| (sum + f64::from(bpm), n + 1));
            (index * BIN >= START_S && 2 * n as usize >= bin.len()).then(|| sum / f64::from(n))
        };
        let bins: Vec<Option<f64>> = beats.chunks(BIN).enumerate().map(of_bin).collect();
        let n_known = bins.iter().flatten().count();
        let mean = bins.iter().flatten().sum::<f64>() / n_known.max(1) as f64;
        let known: Vec<f64> = bins.iter().map(|bin| if bin.is_some() { 1.0 } else { 0.0 }).collect();
        let middle = |bin: usize| (bin as f64 + 0.5) * BIN_S;
        Self {
            beats: bins.iter().map(|bin| bin.map_or(0.0, |bpm| bpm - mean)).collect(),
            trend: known.iter().enumerate().map(|(bin, known)| known * trend(middle(bin), bins.len())).collect(),
            known,
            n_known,
            mean,
        }
    }

    /// How many bins there are.
    pub fn len(&self) -> usize {
        self.beats.len()
    }

    /// What is left of the start, which dies away by the same factor in each bin; zero where heart rate is missing.
    pub fn start(&self, time_constant_s: f64) -> impl Iterator<Item = f64> + '_ {
        let kept = (-BIN_S / time_constant_s).exp();
        let mut next = Self::first_start(time_constant_s);
        self.known.iter().map(move |known| {
            let left = next;
            next *= kept;
            known * left
        })
    }

    /// What would be left of the start in the first bin, so that it is one when the start that is left out ends.
    pub fn first_start(time_constant_s: f64) -> f64 {
        ((START_S as f64 - BIN_S / 2.0) / time_constant_s).exp()
    }
}

/// Time from the middle of a session, in stretches of ten minutes.
pub(super) fn trend(second: f64, n_bins: usize) -> f64 {
    (second - n_bins as f64 * BIN_S / 2.0) / 600.0
}
