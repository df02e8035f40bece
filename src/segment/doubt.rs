//! Leaves the gait open where speed is all there is and cannot tell.

use super::bouts::{Stretch, push};
use super::evidence::Odds;
use super::speed::{Course, SURELY_RUN, SpeedModel};
use super::{Evidence, Gait};
use crate::timeline::{AltitudeSource, Timeline};

/// Speed in m/s from which a walk by speed could be a slow jog, on flat ground.
const SLOW_JOG: f64 = 1.6;

/// By how much that speed falls, in m/s for a slope of 1, and how far: on a slope of 10 % people run at less than
/// 1 m/s. Measured on the trails of a runner whose watch told the gaits.
const PER_SLOPE: f64 = 8.0;
const SLOWEST_JOG: f64 = 0.8;

/// Beside a trusted cadence, a loss of it up to this many seconds is common, and mostly walking.
const SHORT_S: usize = 60;

/// A mean slope from which a session's two speeds may be those of going up and down.
const STEEP: f64 = 0.05;

/// What an unknown slope is taken for in a session that shows no two speeds: most receivers' altitude is too rough to
/// tell, and what is not known may be a hill. Of real files without their cadence it leaves 0.4 % of the time open,
/// nearly all of which would have been called a walk that was run.
const UNKNOWN_SLOPE: f64 = 0.03;

/// By this factor a walk is faster at times than the walks of its session are in the middle: what is faster may be the
/// slow jog of somebody who also walks. Our choice.
const BRISKER: f64 = 1.25;

/// Stretches with `Unknown` where the gait was inferred from speed alone, at a speed at which some run and some walk, in a
/// session that does not show two speeds itself or on a slope.
pub(super) fn mark_ambiguous(
    stretches: Vec<Stretch>,
    timeline: &Timeline,
    odds: &[Odds],
    model: &SpeedModel,
) -> Vec<Stretch> {
    let mut open: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let by_speed = odds[stretch.range.clone()].iter().filter(|o| o.evidence == Evidence::Speed).count();
        let is_doubtful = matches!(stretch.gait, Gait::Run | Gait::Walk)
            && 2 * by_speed > stretch.range.len()
            && (stretch.range.len() > SHORT_S || !timeline.signals.cadence)
            && could_be_other(timeline, &stretch, model.course);
        if is_doubtful || stretch.gait == Gait::Unknown {
            push(&mut open, Gait::Unknown, stretch.range);
        } else {
            open.push(stretch);
        }
    }
    open
}

/// True when somebody of the other gait could be as fast as the mean of a stretch: a slow rehab jog and a brisk walk
/// both go at 1.6 to 2.3 m/s.
fn could_be_other(timeline: &Timeline, stretch: &Stretch, course: Course) -> bool {
    let Some(speed) = timeline.mean_speed(stretch.range.clone()) else { return false };
    let speed = speed.as_meters_per_second();
    if stretch.gait == Gait::Run {
        return course == Course::Open && speed < f64::from(SURELY_RUN);
    }
    // Of satellite altitude only the longest hills are known, and a mean of those is none of the stretch.
    let is_known = timeline.signals.altitude != AltitudeSource::Gps;
    let slopes = stretch.range.clone().filter(|_| is_known).filter_map(|i| timeline.grade.get(i));
    let (sum, n) = slopes.fold((0.0, 0_usize), |(sum, n), grade| (sum + grade.abs(), n + 1));
    let slope = match course {
        Course::Open if n == 0 => UNKNOWN_SLOPE,
        _ => sum / n.max(1) as f64,
    };
    let slow_jog = match course {
        Course::TwoSpeeds { walk } if slope < STEEP => SLOW_JOG.max(BRISKER * walk),
        _ => (SLOW_JOG - PER_SLOPE * slope).max(SLOWEST_JOG),
    };
    speed >= slow_jog
}
