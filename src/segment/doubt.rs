//! Leaves the gait open where speed is all there is and cannot tell.

use std::ops::Range;

use super::bouts::{Stretch, push};
use super::evidence::Odds;
use super::speed::SpeedModel;
use super::{Evidence, Gait};
use crate::timeline::Timeline;

/// Speeds in m/s at which some walk and some run, on flat ground: a slow rehab jog and a brisk walk both lie between.
const DOUBTFUL: Range<f64> = 1.6..2.3;

/// By how much the lower of them falls, in m/s for a slope of 1, and how far: on a slope of 10 % people run at less
/// than 1 m/s. Measured on the trails of a runner whose watch told the gaits.
const PER_SLOPE: f64 = 8.0;
const SLOWEST_RUN: f64 = 0.8;

/// Beside a trusted cadence, a loss of it up to this many seconds is common, and mostly walking.
const SHORT_S: usize = 60;

/// Stretches with `Unknown` where the gait was told from speed alone, at a speed at which some run and some walk, in a
/// session that does not show two speeds itself.
pub(super) fn leave_open(
    stretches: Vec<Stretch>,
    timeline: &Timeline,
    odds: &[Odds],
    model: &SpeedModel,
) -> Vec<Stretch> {
    if model.is_fitted {
        return stretches;
    }
    let mut open: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let by_speed = odds[stretch.range.clone()].iter().filter(|o| o.told_from == Evidence::Speed).count();
        let is_doubtful = matches!(stretch.gait, Gait::Run | Gait::Walk)
            && 2 * by_speed > stretch.range.len()
            && (stretch.range.len() > SHORT_S || !timeline.signals.cadence)
            && is_between_gaits(timeline, stretch.range.clone());
        if is_doubtful || stretch.gait == Gait::Unknown {
            push(&mut open, Gait::Unknown, stretch.range);
        } else {
            open.push(stretch);
        }
    }
    open
}

/// True when the mean speed of a range could be of either gait.
fn is_between_gaits(timeline: &Timeline, range: Range<usize>) -> bool {
    let Some(speed) = timeline.mean_speed(range.clone()) else { return false };
    let (slopes, n) =
        range.filter_map(|i| timeline.grade.get(i)).fold((0.0, 0_usize), |(sum, n), grade| (sum + grade.abs(), n + 1));
    let slope = slopes / n.max(1) as f64;
    let slowest = (DOUBTFUL.start - PER_SLOPE * slope).max(SLOWEST_RUN);
    (slowest..DOUBTFUL.end).contains(&speed.as_meters_per_second())
}
