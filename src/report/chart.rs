//! What a chart shows of a session: its signals at a thousand points or so.

use super::hidden::PrivacyZone;
use super::round::round;
use super::splits::{equal_splits, heart_rate_bands, laps};
use super::{Chart, Options, Position};
use crate::segment::Segmentation;
use crate::timeline::{Series, Timeline};
use crate::{ceiling, model};

/// More points than this cannot be told apart on paper or screen. Our choice.
const MOST_POINTS: usize = 900;

/// One second of speed is noise (0.15 m/s of a receiver swings 5:33/km between 4:49 and 6:43), so a point is the mean
/// of at least this many seconds around it.
const LEAST_WINDOW: usize = 5;

/// A route is made to be shown, so its ends are hidden unless told otherwise, by as much as runners know from elsewhere.
const ROUTE_HIDES_M: u32 = 200;

/// The signals of a session, each point the mean of the seconds around it.
pub(super) fn build_chart(
    session: &model::Session,
    timeline: &Timeline,
    segmentation: &Segmentation,
    ceiling: &ceiling::Ceiling,
    slope_factors: &[f32],
    options: Options,
) -> Chart {
    let step = timeline.len().div_ceil(MOST_POINTS).max(1);
    let reach = (step.max(LEAST_WINDOW) - 1) / 2;
    let factor = |i: usize| slope_factors.get(i).map_or(1.0, |&factor| f64::from(factor));
    let on_the_flat = |i: usize| Some(timeline.speed.get(i)? * factor(i));
    let start_m = timeline.distance_at(0).as_meters();
    let at = || (0..timeline.len()).step_by(step);
    let around = |i: usize, value: &dyn Fn(usize) -> Option<f64>| {
        value(i)?;
        mean((i.saturating_sub(reach)..(i + reach + 1).min(timeline.len())).filter_map(value))
    };
    let column = |series: &Series, decimals: i32| {
        at().map(|i| around(i, &|k| series.get(k)).map(|x| round(decimals, x))).collect::<Vec<_>>()
    };
    let radius = options.hide_ends_m.unwrap_or(ROUTE_HIDES_M);
    let hidden = PrivacyZone::of(timeline.position.iter().flatten().copied(), radius);
    let place = |i: usize| {
        let place = hidden.shown(timeline.position.get(i).copied().flatten()?)?;
        Some(Position { lat: round(6, place.latitude()), lon: round(6, place.longitude()) })
    };
    Chart {
        seconds: at().map(|i| round(1, timeline.seconds(i))).collect(),
        meters: at().map(|i| round(1, timeline.distance_at(i).as_meters() - start_m)).collect(),
        speed: at().map(|i| around(i, &on_the_flat).map(|x| round(3, x))).collect(),
        heart_rate: column(&timeline.heart_rate, 1),
        altitude: column(&timeline.altitude, 1),
        kilometers: equal_splits(timeline, segmentation, &factor, 1000.0),
        miles: equal_splits(timeline, segmentation, &factor, 1609.344),
        laps: laps(session, timeline, segmentation, &factor),
        heart_rate_bands: heart_rate_bands(timeline, segmentation, ceiling),
        route: if options.route && options.location { at().map(place).collect() } else { Vec::new() },
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, n) = values.fold((0.0, 0.0), |(sum, n), x| (sum + x, n + 1.0));
    (n > 0.0).then(|| sum / n)
}
