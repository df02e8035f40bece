//! Slope from altitude, along the way and not along time.

use super::impossible::{self, STEP_M};
use super::revisits::{self, Place};
use super::smooth::{median_of_five, quantile, savitzky_golay, slope};
use super::{AltitudeSource, Flags};
use crate::model::{Note, NoteId};
use crate::units::{Position, plural};

/// Half the window of the profile, in steps: 100 m in all.
///
/// On 150 real runs that pass the same ground twice the slopes of the passes differ by 0.4 % in the median over 60 m,
/// 0.3 % over 100 m and over 150 m, while the steepest tenth of the slopes falls from 2.3 to 2.0 and 1.7 %.
const HALF: usize = 10;
/// Shorter ways have no profile, in steps.
const SHORTEST: usize = 2 * HALF + 1;
/// Half the window of satellite altitude, in steps: 500 m in all, over which an error of 6 m that lasts a minute makes
/// slopes of 2 %.
const LONG_HALF: usize = 50;
/// Such slopes are chance up to the first number, and believed whole from the second on. Our choice.
const CHANCE_OF_LONG: (f32, f32) = (0.04, 0.07);
/// Slopes beyond this are not believed.
const STEEPEST: f32 = 0.25;
/// No slope is given within this distance of a gap or a spike, in metres.
const CLEAR_M: f64 = 60.0;
/// Where more than this share of the way has heights that no road has, none of the slopes is used. Our choice.
const MOST_REFUSED: f64 = 0.1;
/// Altitude that changes by more than this in a pause has slipped.
const SLIP_M: f32 = 3.0;

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

/// Smooths altitude and takes its slope along the way, where altitude is good enough for slopes.
pub fn read(
    mut altitude: Vec<f32>,
    barometer: Option<bool>,
    distance: &[f64],
    position: &[Option<Position>],
    flags: &[Flags],
    notes: &mut Vec<Note>,
) -> Profile {
    let mut grade = vec![f32::NAN; altitude.len()];
    let mut way = Way::along(&altitude, distance, flags);
    if way.heights.len() < SHORTEST {
        let source = AltitudeSource::None;
        return Profile { source, altitude, grade };
    }
    let heights = median_of_five(&way.heights);
    let smooth = savitzky_golay(&heights, HALF);
    let slopes: Vec<f32> = slope(&smooth, HALF).iter().map(|s| s / STEP_M as f32).collect();
    let place = |cell: usize| way.seconds.get(cell).and_then(|&second| *position.get(second)?);
    let refused = impossible::stretches(&way.heights, place);
    let share = refused.iter().map(|(from, to)| to - from).sum::<usize>() as f64 / way.heights.len() as f64;
    let source = if share > MOST_REFUSED {
        AltitudeSource::Gps
    } else {
        source(barometer, &heights, &slopes, &way.seconds, position)
    };
    for &(from, to) in &refused {
        spoil(&mut way.spoilt, from as f64 * STEP_M, to as f64 * STEP_M);
    }
    if !refused.is_empty() {
        let n = plural(refused.len(), "time", None);
        let message = format!("altitude steps or swings {n} as no road does; the slopes there are not used");
        notes.push(Note::new(NoteId::AltitudeSteps, message));
    }
    let places = places(&slopes, &way.seconds, position);
    let climbs_again = source == AltitudeSource::Gps && revisits::repeated_climbs(&places).is_some();
    if source == AltitudeSource::Gps {
        let message = if climbs_again {
            "altitude comes from satellites: its slopes count only as far as they repeat on the climbs that were run again"
        } else {
            "altitude comes from satellites: its slopes are chance, and only long descents are allowed for"
        };
        notes.push(Note::new(NoteId::SlopesUnknown, message));
    }
    let has_long = source == AltitudeSource::Gps && heights.len() > 2 * LONG_HALF;
    let long = if has_long { slope(&heights, LONG_HALF) } else { Vec::new() };
    let long: Vec<f32> = long.iter().map(|s| s / STEP_M as f32).collect();
    let of_cell = |cell: usize| match source {
        AltitudeSource::Barometric if !way.spoilt[cell] => slopes[cell].clamp(-STEEPEST, STEEPEST),
        AltitudeSource::Gps if climbs_again && !way.spoilt[cell] => slopes[cell].clamp(-STEEPEST, STEEPEST),
        AltitudeSource::Gps => long.get(cell).map_or(f32::NAN, |&slope| beyond_chance(slope)),
        _ => f32::NAN,
    };
    let of_cells: Vec<f32> = (0..smooth.len()).map(of_cell).collect();
    for (i, &d) in distance.iter().enumerate() {
        let at = d / STEP_M;
        let cell = (at as usize).min(smooth.len() - 1);
        if altitude[i].is_finite() {
            let next = smooth[(cell + 1).min(smooth.len() - 1)];
            altitude[i] = smooth[cell] + (next - smooth[cell]) * (at - cell as f64) as f32;
        }
        if !flags[i].has(Flags::PAUSED) && !flags[i].has(Flags::GAP) {
            grade[i] = of_cells[cell];
        }
    }
    Profile { source, altitude, grade }
}

/// A slope of satellite altitude as far as it is beyond chance; missing where it is not.
fn beyond_chance(slope: f32) -> f32 {
    let sure = ((slope.abs() - CHANCE_OF_LONG.0) / (CHANCE_OF_LONG.1 - CHANCE_OF_LONG.0)).clamp(0.0, 1.0);
    if sure > 0.0 { (sure * slope).clamp(-STEEPEST, STEEPEST) } else { f32::NAN }
}

/// Scatter about a window of 60 m above which altitude is from satellites, in metres.
///
/// Of 266 real files nine in ten scatter by less than 0.12 m; white noise of 0.7 m comes out at 0.5.
const ROUGH_M: f32 = 0.25;
/// Satellite altitude that the watch has smoothed scatters hardly at all within 60 m but wanders within 150 m: by more
/// than this, and by so many times more than within 60 m.
const WANDERS: (f32, f32) = (0.2, 4.5);
/// Slopes that differ by more than the second between passes over the same ground are chance; from the first on, if
/// they also differ by more than the third's share of the slope itself.
const CHANCE: (f32, f32, f32) = (0.0125, 0.025, 0.35);

/// So many places are enough to ask.
const ENOUGH_PLACES: usize = 600;

/// Tells a barometer, or altitude from a map, from satellite altitude.
///
/// A watch that lists its sensors without a barometer has none. Else the runner's own way is asked, where it passes the
/// same ground twice: a barometer can be blocked, and most files list no sensors. Of 176 such runs all 13 of a watch
/// without barometer had slopes that differ by 1.4 to 2.6 % between passes, as much as the slopes themselves and over
/// any window up to 500 m; watches with one have 0.1 to 1.0 %.
fn source(
    barometer: Option<bool>,
    heights: &[f32],
    slopes: &[f32],
    seconds: &[usize],
    position: &[Option<Position>],
) -> AltitudeSource {
    let by_chance = if barometer == Some(false) {
        true
    } else if let Some(error) = revisits::grade_error(&places(slopes, seconds, position)) {
        let usual = quantile(slopes.iter().map(|s| s.abs()), 0.5).unwrap_or(0.0);
        error > CHANCE.1 || (error > CHANCE.0 && error > CHANCE.2 * usual)
    } else if barometer == Some(true) {
        false
    } else {
        let near = scatter(heights, &savitzky_golay(heights, 6));
        let far = scatter(heights, &savitzky_golay(heights, 15));
        near > ROUGH_M || (far > WANDERS.0 && far > WANDERS.1 * near)
    };
    if by_chance { AltitudeSource::Gps } else { AltitudeSource::Barometric }
}

/// Places along the way with their slopes.
fn places(slopes: &[f32], seconds: &[usize], position: &[Option<Position>]) -> Vec<Place> {
    let place = |cell: usize| {
        let second = *seconds.get(cell)?;
        Some(Place { second, position: (*position.get(second)?)?, grade: slopes[cell] })
    };
    let every = (slopes.len() / ENOUGH_PLACES).max(3);
    (0..slopes.len()).step_by(every).filter_map(place).collect()
}

/// Standard deviation of the heights about their smoothed profile, from the median so that single steps do not count.
fn scatter(heights: &[f32], smooth: &[f32]) -> f32 {
    1.4826 * quantile(heights.iter().zip(smooth).map(|(h, s)| (h - s).abs()), 0.5).unwrap_or(0.0)
}

/// The profile every [`STEP_M`] metres of the way.
struct Way {
    heights: Vec<f32>,
    /// The second at which each point was passed.
    seconds: Vec<usize>,
    /// Where it is too near to something that spoils slopes.
    spoilt: Vec<bool>,
}

impl Way {
    fn along(altitude: &[f32], distance: &[f64], flags: &[Flags]) -> Self {
        let total = distance.last().copied().unwrap_or(0.0);
        let n = (total / STEP_M) as usize + 1;
        let (mut heights, mut seconds) = (Vec::with_capacity(n), Vec::with_capacity(n));
        let mut spoilt = vec![false; n];
        let mut last: Option<(f64, f32)> = None;
        for i in 0..altitude.len() {
            let (d, h) = (distance[i], altitude[i]);
            if flags[i].has(Flags::SPIKE) || flags[i].has(Flags::GAP) || flags[i].has(Flags::UNTRACKED) {
                spoil(&mut spoilt, distance[i.saturating_sub(1)], d);
            }
            if !h.is_finite() || flags[i].has(Flags::PAUSED) {
                continue;
            }
            let (from, low) = last.unwrap_or((0.0, h));
            if d - from > CLEAR_M || (i > 0 && flags[i - 1].has(Flags::PAUSED) && (h - low).abs() > SLIP_M) {
                spoil(&mut spoilt, from, d);
            }
            while heights.len() < n && heights.len() as f64 * STEP_M <= d {
                let share = if d > from { (heights.len() as f64 * STEP_M - from) / (d - from) } else { 1.0 };
                heights.push(low + (h - low) * share as f32);
                seconds.push(i);
            }
            last = Some((d, h));
        }
        if let Some((d, h)) = last {
            if total - d > CLEAR_M {
                spoil(&mut spoilt, d, total);
            }
            heights.resize(n, h);
            seconds.resize(n, altitude.len());
        }
        Self { heights, seconds, spoilt }
    }
}

/// Marks the way between two distances and what is near it.
fn spoil(spoilt: &mut [bool], from: f64, to: f64) {
    let reach = (CLEAR_M / STEP_M) as usize;
    let (from, to) = ((from / STEP_M) as usize, (to / STEP_M) as usize);
    let end = (to + reach + 1).min(spoilt.len());
    spoilt[from.saturating_sub(reach).min(end)..end].fill(true);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(height: impl Fn(f64) -> f64, flags: &[Flags]) -> Profile {
        let distance: Vec<f64> = (0..flags.len()).map(|i| 2.5 * i as f64).collect();
        let altitude = distance.iter().map(|&d| height(d) as f32).collect();
        read(altitude, None, &distance, &[], flags, &mut Vec::new())
    }

    #[test]
    fn a_steady_hill_has_its_slope_and_flat_ground_none() {
        let hill = profile(|d| 100.0 + 0.06 * d, &[Flags::NONE; 400]);
        assert_eq!(hill.source, AltitudeSource::Barometric);
        assert!(hill.grade.iter().all(|g| (g - 0.06).abs() < 0.002), "{:?}", hill.grade);
        assert!(profile(|_| 100.0, &[Flags::NONE; 400]).grade.iter().all(|g| g.abs() < 1e-6));
    }

    #[test]
    fn slopes_that_scatter_are_not_told() {
        let rough = profile(|d| 100.0 + 3.0 * (d * 0.9).sin(), &[Flags::NONE; 400]);
        assert_eq!(rough.source, AltitudeSource::Gps);
        assert!(rough.grade.iter().all(|g| g.is_nan()));
    }

    #[test]
    fn a_long_descent_is_seen_by_satellite_too() {
        let rough = profile(|d| 400.0 - 0.12 * d + 3.0 * (d * 0.9).sin(), &[Flags::NONE; 400]);
        assert_eq!(rough.source, AltitudeSource::Gps);
        assert!(rough.grade.iter().all(|g| (g + 0.12).abs() < 0.01), "{:?}", rough.grade);
    }

    #[test]
    fn a_climb_that_is_run_again_and_again_is_seen_by_satellite_too() {
        // Up and down a hill of 200 m; the error of the heights never repeats.
        let hill = |d: f64| 200.0 - (d % 400.0 - 200.0).abs();
        let read_on = |error: f64, slope: f64, times: usize| {
            let distance: Vec<f64> = (0..times * 160).map(|i| 2.5 * i as f64).collect();
            let north = |d: f64| Position::from_degrees(48.0 + hill(d) / 111_195.0, 2.0);
            let position: Vec<Option<Position>> = distance.iter().map(|&d| north(d)).collect();
            let height = |d: f64| 100.0 + slope * hill(d) + error * (d / 37.0).sin();
            let altitude = distance.iter().map(|&d| height(d) as f32).collect();
            let mut notes = Vec::new();
            let flags = vec![Flags::NONE; distance.len()];
            let profile = read(altitude, Some(false), &distance, &position, &flags, &mut notes);
            assert_eq!(profile.source, AltitudeSource::Gps);
            let steep = profile.grade.iter().filter(|g| g.abs() > 0.06).count();
            (steep as f64 / profile.grade.len() as f64, notes.len())
        };
        let (steep, n_notes) = read_on(1.0, 0.1, 6);
        assert!(steep > 0.5 && n_notes == 1, "{steep}");
        assert!(read_on(1.0, 0.1, 2).0 < 0.01, "twice is not again and again");
        assert!(read_on(4.0, 0.0, 6).0 < 0.01, "chance does not repeat");
    }

    #[test]
    fn near_a_gap_nothing_is_told() {
        let mut flags = [Flags::NONE; 400];
        flags[200] = Flags::SPIKE;
        let grade = profile(|d| 0.06 * d, &flags).grade;
        assert!(grade[178..=222].iter().all(|g| g.is_nan()) && grade[170].is_finite() && grade[230].is_finite());
    }

    #[test]
    fn a_short_way_or_no_altitude_is_no_profile() {
        assert_eq!(profile(|d| d, &[Flags::NONE; 20]).source, AltitudeSource::None);
        assert_eq!(profile(|_| f64::NAN, &[Flags::NONE; 400]).source, AltitudeSource::None);
        assert_eq!(profile(|d| d, &[]).source, AltitudeSource::None);
    }
}
