//! How far a measured speed may be off, and how much of the spread between bouts that explains.

use crate::timeline::{AltitudeSource, Signals, SpeedSource};

/// Error of a position in metres, one standard deviation an axis: the third quartile of 5.29 m of a wrist receiver
/// (Gløersen et al., Sensors 2018, PMC6189485) over 1.665.
const POSITION_ERROR_M: f64 = 3.18;
/// The same where the watch joins Doppler speed and accelerometer. Our choice.
const DEVICE_ERROR_M: f64 = 1.6;
/// How long a position error lasts, in seconds: chosen so that speed has the spread of 0.66 m/s of the same study.
const ERROR_LASTS_S: f64 = 84.0;
/// Error of the scale that stays however long the bout is. Our choice.
const SCALE_ERROR: f64 = 0.015;
/// Error of a watch that guesses its speed on a treadmill from the arm. Our choice.
const INDOOR_ERROR: f64 = 0.06;
/// Error added where the slope is not known outdoors. Our choice: a slope of 1.5 % either way.
const UNKNOWN_SLOPE_ERROR: f64 = 0.04;

/// How the speed of a session errs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpeedError {
    /// Error of a position in metres, which the length of a bout averages out.
    pub position_m: f64,
    /// Error on the logarithm of speed that no length averages out.
    pub scale: f64,
}

/// How the speed of a session errs, by where it comes from.
pub fn speed_error(signals: &Signals) -> SpeedError {
    if signals.indoor {
        return SpeedError { position_m: 0.0, scale: INDOOR_ERROR };
    }
    let position_m = if signals.speed == SpeedSource::Device { DEVICE_ERROR_M } else { POSITION_ERROR_M };
    SpeedError { position_m, scale: SCALE_ERROR }
}

/// Change from one ten seconds of a run to the next that positions of a good watch leave, as a share of the speed.
///
/// Of 412 real files, those with the watch's own speed have 0.01 to 0.06, positions of running watches 0.04 to 0.08,
/// positions of phones 0.12 to 0.20.
const USUAL_CHANGE: f64 = 0.08;
/// By how much a rough file may widen the error at most.
const ROUGHEST: f64 = 3.0;

impl SpeedError {
    /// The same for a file whose speed changes by `changes` from ten seconds to the next: positions that are rougher than
    /// a good watch's err by more. The middle change counts, so that efforts and recoveries do not.
    #[must_use]
    pub fn widened_by(self, changes: &mut [f64]) -> Self {
        let change = median(changes).map_or(0.0, |change| 1.4826 * change);
        Self { position_m: self.position_m * (change / USUAL_CHANGE).clamp(1.0, ROUGHEST), ..self }
    }

    /// Standard deviation of the logarithm of the mean speed over `seconds`.
    pub fn of_mean(self, seconds: f64, speed: f64) -> f64 {
        self.averaged(seconds, speed).hypot(self.scale)
    }

    /// The part of it that differs from one stretch of a session to the next.
    pub fn averaged(self, seconds: f64, speed: f64) -> f64 {
        Self::share_of(self.off_m(seconds), seconds, speed)
    }

    /// How far both ends of a stretch are off together, in metres, whatever the speed.
    pub fn off_m(self, seconds: f64) -> f64 {
        self.position_m * (2.0 * (1.0 - (-seconds / ERROR_LASTS_S).exp())).sqrt()
    }

    /// The same as a share of the way, at a speed.
    pub fn share_of(off_m: f64, seconds: f64, speed: f64) -> f64 {
        off_m / (speed * seconds).max(1.0)
    }
}

/// Uncertainty to add to the ceiling where slopes are not known well: outdoors without a barometer.
pub fn slope_error(signals: &Signals) -> f64 {
    let known = signals.altitude == AltitudeSource::Barometric || signals.indoor;
    if known { 0.0 } else { UNKNOWN_SLOPE_ERROR }
}

/// Speeds drawn together by as much as noise alone would spread them, with the standard deviation of each logarithm.
///
/// Empirical Bayes on the logarithms: ten bouts at one pace come out at one value, bouts that truly differ keep their
/// spread. `errors` are the standard deviations of the logarithms. Fewer than four are left as they are.
///
/// The spread is the unbiased variance, over n − 1: its mean is the sum of the true variance and that of the noise, which
/// is what the share that is kept rests on. Over n, few bouts would always seem more alike than they are.
pub fn shrink(speeds: &[f64], errors: &[f64]) -> Vec<(f64, f64)> {
    let n = speeds.len();
    if n < 4 {
        return speeds.iter().copied().zip(errors.iter().copied()).collect();
    }
    let logs: Vec<f64> = speeds.iter().map(|speed| speed.ln()).collect();
    let mean = logs.iter().sum::<f64>() / n as f64;
    let spread = logs.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1) as f64;
    let noise = errors.iter().map(|error| error * error).sum::<f64>() / n as f64;
    let kept = if spread > 0.0 { (1.0 - noise / spread).max(0.0) } else { 0.0 };
    let middle = median(&mut logs.clone()).unwrap_or(mean);
    let error = (noise * (kept + (1.0 - kept) / n as f64)).sqrt();
    logs.iter().map(|x| ((middle + kept * (x - middle)).exp(), error)).collect()
}

/// The middle value; the mean of the two middle ones where their count is even. Reorders its argument.
pub fn median(values: &mut [f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let half = values.len() / 2;
    let odd = values.len() % 2 == 1;
    let (below, &mut upper, _) = values.select_nth_unstable_by(half, f64::total_cmp);
    let lower = below.iter().copied().max_by(f64::total_cmp);
    Some(if odd { upper } else { f64::midpoint(upper, lower.unwrap_or(upper)) })
}

/// The value that half of the time is above, of values and the seconds each held; `None` of none.
///
/// Each value stands at the middle of its time, and between two the line is straight: of equal times it is the median.
pub fn median_over_time(mut values: Vec<(f64, f64)>) -> Option<f64> {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half_s = values.iter().map(|(_, seconds)| seconds).sum::<f64>() / 2.0;
    let mut passed_s = 0.0;
    let mut before: Option<(f64, f64)> = None;
    for (value, seconds) in values {
        let middle_s = passed_s + seconds / 2.0;
        if middle_s >= half_s {
            let share = |at_s: f64| (half_s - at_s) / (middle_s - at_s);
            return Some(before.map_or(value, |(lower, at_s)| lower + (value - lower) * share(at_s)));
        }
        passed_s += seconds;
        before = Some((value, middle_s));
    }
    before.map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_bouts_are_surer() {
        let position = SpeedError { position_m: POSITION_ERROR_M, scale: SCALE_ERROR };
        let device = SpeedError { position_m: DEVICE_ERROR_M, scale: SCALE_ERROR };
        assert!((position.of_mean(30.0, 2.5) - 0.036_122_5).abs() < 1e-6);
        assert!((device.of_mean(60.0, 2.5) - 0.018_470_5).abs() < 1e-6);
        assert!(position.of_mean(0.0, 0.0).is_finite());
    }

    #[test]
    fn noise_alone_is_drawn_to_one_value() {
        let drawn = shrink(&[1.02, 1.07, 0.99, 1.05, 1.01, 1.04], &[0.033; 6]);
        assert!(drawn.iter().all(|(ratio, _)| (ratio - 1.02995).abs() < 1e-5), "{drawn:?}");
        assert!((drawn[0].1 - 0.033 / 6_f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn true_differences_stay() {
        let drawn = shrink(&[0.9, 0.9, 0.9, 1.3, 1.3, 1.3], &[0.02; 6]);
        assert!(drawn[0].0 < 0.91 && drawn[5].0 > 1.29, "{drawn:?}");
        assert_eq!(shrink(&[1.0, 1.2], &[0.1; 2]), [(1.0, 0.1), (1.2, 0.1)]);
        assert!((shrink(&[1.0; 4], &[0.1; 4])[0].0 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn medians_over_time() {
        let with_strides = median_over_time(vec![(1.7, 20.0), (1.18, 2100.0), (1.6, 20.0)]).expect("values");
        assert!((1.18..1.2).contains(&with_strides));
        assert_eq!(median_over_time(vec![(1.0, 60.0), (4.0, 60.0), (3.0, 60.0), (2.0, 60.0)]), Some(2.5));
        assert_eq!(median_over_time(vec![(1.3, 60.0), (1.1, 60.0), (1.2, 60.0)]), Some(1.2));
        assert_eq!(median_over_time(Vec::new()), None);
    }

    #[test]
    fn medians() {
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&mut [4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(&mut []), None);
    }
}
