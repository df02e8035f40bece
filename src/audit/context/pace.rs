//! How fast a stretch was: its distance over its time, on the ground and on the flat.

use std::ops::Range;

use super::super::chain::Effort;
use super::super::stretch::Stretch;
use super::SessionContext;
use crate::units::percent_over;

/// Least share of a stretch whose speed must be known for it to have a pace.
const LEAST_KNOWN: f64 = 0.5;

impl SessionContext<'_> {
    /// Distance over time of a stretch in metres a second; `None` where most of its speed is missing or doubtful.
    pub fn speed_over(&self, range: &Range<usize>) -> Option<f64> {
        let seconds = self.seconds(range);
        let known = self.speeds.raw.seconds(range.clone()) + self.crossed_s(range);
        let at = |i: usize| self.timeline.distance_at(i).as_meters();
        (seconds > 0.0 && known >= LEAST_KNOWN * seconds).then(|| (at(range.end) - at(range.start)) / seconds)
    }

    /// The same on flat ground with the same effort.
    pub fn graded_over(&self, range: &Range<usize>) -> Option<f64> {
        let (raw, graded) = (self.speeds.raw.mean(range.clone())?, self.speeds.graded.mean(range.clone())?);
        self.speed_over(range).filter(|_| raw > 0.0).map(|speed| speed * graded / raw)
    }

    /// The speeds of a stretch as they are shown, over the ground and on the flat; the trimmed and shrunken ones that decided
    /// on it where its own distance over its own time is not known.
    pub(in crate::audit) fn speeds_of(&self, stretch: &Stretch) -> (Option<f64>, Option<f64>) {
        let (raw, graded) = (self.speed_over(&stretch.range), self.graded_over(&stretch.range));
        let decided = || stretch.speed.map(|speed| (Some(speed.raw), Some(speed.graded)));
        raw.zip(graded).map(|(raw, graded)| (Some(raw), Some(graded))).or_else(decided).unwrap_or_default()
    }

    /// Seconds of a stretch stood at crossings, which are no part of its sums.
    fn crossed_s(&self, range: &Range<usize>) -> f64 {
        let first = self.bouts().partition_point(|bout| bout.range.end <= range.start);
        let bouts = self.bouts()[first..].iter().take_while(|bout| bout.range.start < range.end);
        let parts = bouts.flat_map(|bout| &bout.crossings).map(|at| at.start.max(range.start)..at.end.min(range.end));
        parts.filter(|part| part.start < part.end).map(|part| self.seconds(&part)).sum()
    }

    /// Efforts as they are shown. What is no faster than the ceiling by its own distance and time, as where the watch's speed
    /// and its distance differ, is not shown as an effort; in a session that is over its ceiling, unless nothing else is left.
    pub(in crate::audit) fn as_measured_all(&self, efforts: &[Effort], is_over: bool) -> Vec<Effort> {
        let all: Vec<Effort> = efforts.iter().map(|effort| self.as_measured(effort)).collect();
        let faster: Vec<Effort> = all.iter().filter(|effort| percent_over(effort.ratio).is_some()).cloned().collect();
        if faster.is_empty() && is_over { all } else { faster }
    }

    /// An effort with its own distance over its own time, and the ratio that comes of it, in place of the trimmed and shrunken
    /// ones that decided on it; unchanged where that is not known.
    pub(in crate::audit) fn as_measured(&self, effort: &Effort) -> Effort {
        let seconds = self.seconds(&effort.range);
        let limit =
            self.settings.speed_limit(self.ceiling, &effort.range).map(|(limit, _)| limit.as_meters_per_second());
        match (self.speed_over(&effort.range), self.graded_over(&effort.range), limit) {
            (Some(raw), Some(graded), Some(limit)) => {
                Effort { seconds, raw, graded, ratio: graded / limit, ..effort.clone() }
            }
            _ => Effort { seconds, ..effort.clone() },
        }
    }
}
