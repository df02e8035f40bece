//! Ranges and ticks of the axes.

use crate::units::{Pace, UnitSystem, clock};

/// The range of speeds to show: the runner's own, with the ceiling well inside, standing cut off.
pub fn speed_range(speeds: &[Option<f64>], ceiling: Option<f64>) -> (f64, f64) {
    let mut moving: Vec<f64> = speeds.iter().flatten().copied().filter(|&v| v > 0.6).collect();
    moving.sort_by(f64::total_cmp);
    let at = |share: f64| moving.get(((moving.len().max(1) - 1) as f64 * share) as usize).copied();
    let low = at(0.02).unwrap_or(1.0).min(ceiling.unwrap_or(f64::INFINITY) * 0.85) * 0.85;
    let high = at(0.995).unwrap_or(3.0).max(ceiling.unwrap_or(0.0) * 1.15) * 1.10;
    (low.max(0.3), high.min(9.0).max(low + 0.5))
}

/// The range of a signal with its limit inside, widened to at least `least` on each side of the middle.
pub fn range(values: &[Option<f64>], limit: Option<f64>, least: f64) -> (f64, f64) {
    let (low, high) = values
        .iter()
        .flatten()
        .copied()
        .chain(limit)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
    if low > high {
        return (0.0, 1.0);
    }
    let (middle, half) = (f64::midpoint(low, high), ((high - low) / 2.0 * 1.1).max(least));
    (middle - half, middle + half)
}

/// Speeds at round paces that leave room for their labels on `height` pixels.
pub fn pace_ticks(low: f64, high: f64, height: f64, units: UnitSystem) -> Vec<(f64, String)> {
    const ROUND: [f64; 22] = [
        120.0, 135.0, 150.0, 165.0, 180.0, 195.0, 210.0, 225.0, 240.0, 270.0, 300.0, 330.0, 360.0, 390.0, 420.0, 480.0,
        540.0, 600.0, 720.0, 900.0, 1200.0, 1800.0,
    ];
    let room = 34.0 / height.max(1.0) * (high - low);
    let mut ticks: Vec<(f64, String)> = Vec::new();
    for seconds in ROUND {
        let pace = match units {
            UnitSystem::Metric => Pace::from_seconds_per_kilometer(seconds),
            UnitSystem::Imperial => Pace::from_seconds_per_mile(seconds),
        };
        let speed = pace.speed().as_meters_per_second();
        let clear = ticks.last().is_none_or(|(last, _)| last - speed >= room);
        if (low..=high).contains(&speed) && clear {
            ticks.push((speed, clock(seconds)));
        }
    }
    ticks
}

/// About `count` round numbers between two ends.
pub fn even_ticks(low: f64, high: f64, count: u32) -> Vec<(f64, String)> {
    let rough = (high - low) / f64::from(count.max(1));
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|step| *step >= rough).unwrap_or(power * 10.0);
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    (first..=last).map(|i| i as f64 * step).map(|x| (x, format!("{x:.0}"))).collect()
}

/// Round moments of a session, so many that their labels have room on `width` pixels.
pub fn time_ticks(elapsed_s: f64, width: f64) -> Vec<(f64, String)> {
    const STEPS: [f64; 13] =
        [10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 14_400.0, 28_800.0, 86_400.0];
    let most = (width / 120.0).max(2.0);
    let step = STEPS.into_iter().find(|step| elapsed_s / step <= most).unwrap_or(elapsed_s / most);
    (0..=(elapsed_s / step) as u32).map(|i| f64::from(i) * step).map(|t| (t, clock(t))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_apart() {
        let labels =
            |ticks: Vec<(f64, String)>| ticks.into_iter().map(|(_, label)| label).collect::<Vec<_>>().join(" ");
        assert_eq!(labels(pace_ticks(1.0, 4.0, 300.0, UnitSystem::Metric)), "4:30 5:00 6:00 7:00 9:00 12:00");
        assert_eq!(labels(even_ticks(96.0, 171.0, 3)), "100 150");
        assert_eq!(labels(time_ticks(1320.0, 640.0)), "0:00 5:00 10:00 15:00 20:00");
    }

    #[test]
    fn a_range_has_room_even_without_values() {
        assert_eq!(range(&[None], None, 5.0), (0.0, 1.0));
        assert_eq!(range(&[Some(100.0)], None, 5.0), (95.0, 105.0));
        let (low, high) = speed_range(&[None], None);
        assert!(low < high);
    }
}
