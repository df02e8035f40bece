//! The bouts of a session as the alignment needs them.

use super::PerformedBout;
use crate::segment::{Gait, Segmentation};
use crate::timeline::{SpeedSource, Timeline};

/// One for each bout of the segmentation, in its order, so far without what only an audit can tell.
pub fn detect(timeline: &Timeline, segmentation: &Segmentation) -> Vec<PerformedBout> {
    let has_distance = timeline.signals.speed != SpeedSource::None;
    let bouts = segmentation.bouts.iter().map(|bout| {
        let (start, end) = (bout.range.start, bout.range.end);
        let meters = timeline.distance_at(end).as_meters() - timeline.distance_at(start).as_meters();
        let known = has_distance && !matches!(bout.gait, Gait::Paused);
        let seconds = timeline.seconds(end) - timeline.seconds(start);
        PerformedBout { meters: known.then_some(meters), ..PerformedBout::new(bout.gait, seconds) }
    });
    bouts.collect()
}
