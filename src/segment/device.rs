//! The watch's own run and walk detection: used where there is one, and checked against ours.

use std::ops::Range;

use super::Gait;
use super::bouts::Stretch;
use super::score::Confusion;
use crate::model::SplitKind;
use crate::timeline::{DeviceGait, Timeline};

/// How long before a boundary of the watch's own, and after it, ours is taken for the same one, in seconds.
///
/// The watch calls a run from its first second on, but goes on calling it one for some six seconds after it is over.
const BEFORE_S: usize = 9;
const AFTER_S: usize = 3;

/// What the watch saw in each second, its boundaries moved to where our signals show them.
pub(super) struct Detection {
    /// `None` where it says nothing.
    gaits: Vec<Option<Gait>>,
}

impl Detection {
    /// The detection of a session; `None` without one. `ours` are the gaits that our own signals show.
    pub fn of(timeline: &Timeline, ours: &[Gait]) -> Option<Self> {
        let mut gaits = vec![None; timeline.len()];
        let mut before: Option<(Gait, Range<usize>)> = None;
        for &DeviceGait { kind, start, end } in &timeline.device_gait {
            let end = end.min(gaits.len());
            let Some(gait) = gait_of(kind).filter(|_| start < end) else { continue };
            gaits[start..end].fill(Some(gait));
            if let Some((earlier, range)) = before.filter(|(_, range)| range.end == start) {
                let shown = (range.start.max(start.saturating_sub(BEFORE_S)) + 1..end.min(start + AFTER_S))
                    .filter(|&i| is_change(ours, i, earlier, gait))
                    .min_by_key(|&i| i.abs_diff(start));
                match shown {
                    Some(i) if i < start => gaits[i..start].fill(Some(gait)),
                    Some(i) => gaits[start..i].fill(Some(earlier)),
                    None => {}
                }
            }
            before = Some((gait, start..end));
        }
        gaits.iter().any(Option::is_some).then_some(Self { gaits })
    }

    /// What the watch saw, and ours where it says nothing. Pauses stay what they are.
    pub fn or(&self, ours: &[Gait]) -> Vec<Gait> {
        let both = ours.iter().zip(&self.gaits);
        both.map(|(&ours, watch)| if ours == Gait::Paused { ours } else { watch.unwrap_or(ours) }).collect()
    }

    /// How many seconds of a range the watch calls by a gait.
    pub fn seconds_of(&self, gait: Gait, range: Range<usize>) -> usize {
        self.gaits[range].iter().filter(|watch| **watch == Some(gait)).count()
    }

    /// How our own stretches and the watch agree, over the seconds that both name.
    pub fn compare(&self, ours: &[Stretch]) -> Confusion {
        let mut confusion = Confusion::default();
        for stretch in ours.iter().filter(|s| s.gait != Gait::Paused) {
            for &watch in self.gaits[stretch.range.clone()].iter().flatten() {
                confusion.add(watch, stretch.gait, 1);
            }
        }
        confusion
    }
}

/// True when our gaits change at `i` between running and not running, or between standing and not, as the watch's do.
fn is_change(ours: &[Gait], i: usize, before: Gait, after: Gait) -> bool {
    let (from, to) = (ours[i - 1], ours[i]);
    if before == Gait::Run || after == Gait::Run {
        (from == Gait::Run) == (before == Gait::Run) && (to == Gait::Run) == (after == Gait::Run)
    } else {
        from == before && to == after
    }
}

fn gait_of(kind: SplitKind) -> Option<Gait> {
    match kind {
        SplitKind::Run => Some(Gait::Run),
        SplitKind::Walk => Some(Gait::Walk),
        SplitKind::Stand => Some(Gait::Stand),
        SplitKind::Step(_) => None,
    }
}
