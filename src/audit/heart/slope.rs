//! Heart rate that a stretch asks for, from its level and its slope: the fallback where a whole session cannot be fitted.

use std::ops::Range;

/// How fast the heart is taken to follow, in seconds; a true value of 30 or 80 makes an error of up to 14 bpm.
const TIME_CONSTANT_S: f64 = 50.0;
/// Shortest stretch that can be told so, in seconds, and the share at its end that is looked at. Our choice.
const SHORTEST_S: usize = 40;
const LAST_SHARE: f64 = 0.6;
/// Samples on each side over which level and slope are taken.
const REACH: usize = 10;

/// For each stretch: level plus slope times the time constant, the median over its last part; `None` when too short.
pub(super) fn demand(beats: &[f32], stretches: &[Range<usize>]) -> Vec<Option<f64>> {
    stretches.iter().map(|stretch| of_stretch(beats, stretch)).collect()
}

fn of_stretch(beats: &[f32], stretch: &Range<usize>) -> Option<f64> {
    if stretch.len() < SHORTEST_S {
        return None;
    }
    let from = stretch.end - (stretch.len() as f64 * LAST_SHARE) as usize;
    // One value in five seconds: they overlap anyway.
    let mut settled: Vec<f64> = (from..stretch.end).step_by(5).filter_map(|at| settled_at(beats, at)).collect();
    super::super::noise::median(&mut settled)
}

/// Where the heart rate is heading at a sample: the straight line through the samples around it.
fn settled_at(beats: &[f32], at: usize) -> Option<f64> {
    let around = beats.get(at.checked_sub(REACH)?..=at + REACH)?;
    let (mut level, mut slope, mut spread) = (0.0, 0.0, 0.0);
    for (i, &bpm) in around.iter().enumerate() {
        let offset = i as f64 - REACH as f64;
        level += f64::from(bpm);
        slope += offset * f64::from(bpm);
        spread += offset * offset;
    }
    let settled = level / around.len() as f64 + TIME_CONSTANT_S * slope / spread;
    settled.is_finite().then_some(settled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_and_slope_lead_to_where_the_heart_would_settle() {
        let rising: Vec<f32> = (0..200).map(|i| 100.0 + 60.0 * (1.0 - (-f64::from(i) / 50.0).exp()) as f32).collect();
        let demand = demand(&rising, &[0..60, 0..150, 150..170]);
        assert!(demand[..2].iter().all(|bpm| bpm.is_some_and(|bpm| (bpm - 160.0).abs() < 1.0)), "{demand:?}");
        assert_eq!(demand[2], None);
    }

    #[test]
    fn missing_beats_tell_nothing() {
        assert_eq!(demand(&[f32::NAN; 100], &[0..40, 40..90]), [None, None]);
    }
}
