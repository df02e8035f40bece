//! Slope from altitude, along the way and not along time.

use super::smooth::{median_of_five, quantile, savitzky_golay, slope};
use super::{AltitudeSource, Flags};
use crate::model::Note;

/// The way between two points of the profile, in metres.
const STEP_M: f64 = 5.0;
/// Half the window of a barometric profile: 60 m in all.
const BAROMETRIC_HALF: usize = 6;
/// Half the window of a profile from satellites: 150 m in all.
const GPS_HALF: usize = 15;
/// Smoother than this (standard deviation about the smoothed profile, in metres) only a barometer is.
const BAROMETRIC_SD_M: f32 = 0.5;
/// Rougher than this no slope can be told.
const ROUGH_SD_M: f32 = 3.0;
/// Slopes beyond this are not believed: by barometer, by satellites.
const STEEPEST: (f32, f32) = (0.25, 0.12);
/// No slope is told this near to a pause, a gap or a spike, in metres.
const CLEAR_M: f64 = 60.0;

/// Altitude and slope on whole seconds.
#[derive(Debug)]
pub struct Profile {
    /// Where the altitude comes from.
    pub source: AltitudeSource,
    /// Metres, smoothed.
    pub altitude: Vec<f32>,
    /// Rise over run.
    pub grade: Vec<f32>,
}

/// Smooths altitude and takes its slope along the way.
pub fn read(mut altitude: Vec<f32>, distance: &[f64], flags: &[Flags], notes: &mut Vec<Note>) -> Profile {
    let mut grade = vec![f32::NAN; altitude.len()];
    let (heights, spoilt) = along_the_way(&altitude, distance, flags);
    if heights.len() < 2 * GPS_HALF {
        let source = AltitudeSource::None;
        return Profile { source, altitude, grade };
    }
    let heights = median_of_five(&heights);
    let mut smooth = savitzky_golay(&heights, BAROMETRIC_HALF);
    let mut roughness = spread_about(&heights, &smooth);
    let barometric = roughness <= BAROMETRIC_SD_M;
    let (half, steepest) = if barometric { (BAROMETRIC_HALF, STEEPEST.0) } else { (GPS_HALF, STEEPEST.1) };
    if !barometric {
        smooth = savitzky_golay(&heights, GPS_HALF);
        roughness = spread_about(&heights, &smooth);
    }
    if roughness > ROUGH_SD_M {
        let message = format!(
            "altitude scatters by {roughness:.1} m, too rough for slopes; uphill and downhill are not allowed for"
        );
        notes.push(Note::new("altitude-too-rough", message));
        return Profile { source: AltitudeSource::None, altitude, grade };
    }
    let slopes = slope(&smooth, half);
    for (i, &d) in distance.iter().enumerate() {
        let at = d / STEP_M;
        let cell = (at as usize).min(smooth.len() - 1);
        if altitude[i].is_finite() {
            let next = smooth[(cell + 1).min(smooth.len() - 1)];
            altitude[i] = smooth[cell] + (next - smooth[cell]) * (at - cell as f64) as f32;
        }
        if !spoilt[cell] && !flags[i].has(Flags::PAUSED) && !flags[i].has(Flags::GAP) {
            grade[i] = (slopes[cell] / STEP_M as f32).clamp(-steepest, steepest);
        }
    }
    Profile { source: if barometric { AltitudeSource::Barometric } else { AltitudeSource::Gps }, altitude, grade }
}

/// The altitude every [`STEP_M`] metres of the way, and where it is near something that spoils it.
fn along_the_way(altitude: &[f32], distance: &[f64], flags: &[Flags]) -> (Vec<f32>, Vec<bool>) {
    let total = distance.last().copied().unwrap_or(0.0);
    let n = (total / STEP_M) as usize + 1;
    let mut heights: Vec<f32> = Vec::with_capacity(n);
    let mut spoilt = vec![false; n];
    let reach = (CLEAR_M / STEP_M) as usize;
    let mut spoil = |from: f64, to: f64| {
        let (from, to) = ((from / STEP_M) as usize, (to / STEP_M) as usize);
        spoilt[from.saturating_sub(reach).min(n)..(to + reach + 1).min(n)].fill(true);
    };
    let mut last: Option<(f64, f32)> = None;
    let mut was_bad = false;
    for i in 0..altitude.len() {
        let bad = flags[i].has(Flags::PAUSED) || flags[i].has(Flags::GAP) || flags[i].has(Flags::SPIKE);
        let (d, h) = (distance[i], altitude[i]);
        if bad != was_bad || (bad && i > 0 && d > distance[i - 1]) {
            spoil(distance[i.saturating_sub(1)], d);
        }
        was_bad = bad;
        if !h.is_finite() || flags[i].has(Flags::PAUSED) {
            continue;
        }
        let (from, low) = last.unwrap_or((0.0, h));
        if d - from > CLEAR_M {
            spoil(from, d);
        }
        while heights.len() < n && heights.len() as f64 * STEP_M <= d {
            let share = if d > from { (heights.len() as f64 * STEP_M - from) / (d - from) } else { 1.0 };
            heights.push(low + (h - low) * share as f32);
        }
        last = Some((d, h));
    }
    if let Some((d, h)) = last {
        if total - d > CLEAR_M {
            spoil(d, total);
        }
        heights.resize(n, h);
    }
    (heights, spoilt)
}

/// Standard deviation of the heights about their smoothed profile, from the median so that single steps do not count.
fn spread_about(heights: &[f32], smooth: &[f32]) -> f32 {
    1.4826 * quantile(heights.iter().zip(smooth).map(|(h, s)| (h - s).abs()), 0.5).unwrap_or(0.0)
}
