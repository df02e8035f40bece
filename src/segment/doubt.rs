//! Leaves the gait open where speed is all there is and cannot tell.

use super::bouts::{Stretch, push};
use super::evidence::Odds;
use super::speed::{DOUBTFUL, SpeedModel};
use super::{Evidence, Gait};
use crate::timeline::Timeline;

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
        let moves = matches!(stretch.gait, Gait::Run | Gait::Walk);
        let is_doubtful = moves
            && 2 * by_speed > stretch.range.len()
            && (stretch.range.len() > SHORT_S || !timeline.signals.cadence)
            && timeline.mean_speed(stretch.range.clone()).is_some_and(|v| DOUBTFUL.contains(&v.as_meters_per_second()));
        if is_doubtful {
            push(&mut open, Gait::Unknown, stretch.range);
        } else {
            open.push(stretch);
        }
    }
    open
}
