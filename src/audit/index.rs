//! One number for how far a session was from easy. It explains; the verdict has rules of its own.

use super::Excess;

/// What the index is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// Median ratio to the ceiling of the stretches over it; `None` when there is none.
    pub ratio: Option<f64>,
    /// Share of the running that was over the ceiling.
    pub over_share: f64,
    /// How many stretches were over the ceiling.
    pub n_over: usize,
    /// Share of the stretches whose heart rate was over its ceiling; `None` without heart rate.
    pub heart_rate_share: Option<f64>,
}

/// The index from 0, easy, to 100. Weights and scales are our choice.
pub fn index(parts: Parts) -> f64 {
    let speed = parts.ratio.map_or(0.0, |ratio| ((ratio - 1.05) / 0.20).clamp(0.0, 1.0));
    let share = (parts.over_share / 0.5).min(1.0);
    let repetition = (parts.n_over as f64 / 4.0).min(1.0);
    let scores = 0.40 * speed + 0.25 * share + 0.15 * repetition;
    match parts.heart_rate_share {
        Some(heart) => 100.0 * (scores + 0.20 * heart),
        None => 100.0 * scores / 0.80,
    }
}

/// The index as reports show it: faded out where less than 15 % of the running was over the ceiling.
pub fn shown_index(parts: Parts, is_over: bool) -> f64 {
    scaled(index(parts) * (parts.over_share / 0.15).min(1.0), is_over)
}

/// Below this a session is easy, and from here on it is over its ceiling.
const LEAST_OVER: f64 = 25.0;

/// An index that agrees with the verdict: below 25 for a session that is easy, from 25 on for one that is over.
pub fn scaled(index: f64, is_over: bool) -> f64 {
    let share = index.clamp(0.0, 100.0) / 100.0;
    if is_over { LEAST_OVER + (100.0 - LEAST_OVER) * share } else { (LEAST_OVER - 1.0) * share }
}

/// The index of a session over its ceiling in a word, so that the two cannot contradict each other. The limits are our
/// choice.
pub fn severity(index: f64) -> Excess {
    match index.round() {
        95.0.. => Excess::Extreme,
        80.0.. => Excess::High,
        55.0.. => Excess::Moderate,
        _ => Excess::Mild,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn index_of_known_parts() {
        let parts = Parts { ratio: Some(1.2), over_share: 0.5, n_over: 5, heart_rate_share: Some(0.5) };
        assert!((index(parts) - 80.0).abs() < 1e-9);
        let without = Parts { heart_rate_share: None, ..parts };
        assert!((index(without) - 87.5).abs() < 1e-9);
        let hardly = Parts { over_share: 0.0, n_over: 0, ratio: None, heart_rate_share: None };
        assert!(shown_index(hardly, false).abs() < 1e-12);
    }

    #[test]
    fn index_agrees_with_verdict_and_severity() {
        assert!(scaled(100.0, false) < scaled(0.0, true));
        let names = [0.0, 50.0, 80.0, 100.0].map(|index| severity(scaled(index, true)));
        assert_eq!(names, [Excess::Mild, Excess::Moderate, Excess::High, Excess::Extreme]);
    }
}
