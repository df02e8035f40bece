//! Where the file itself divides the session: laps, steps and the watch's own detection of running and walking.

use super::DeviceGait;
use super::clock::Clock;
use crate::model::{Note, Session, Split, SplitKind};
use crate::units::plural;

/// Shorter detections than this are flicker.
const FLICKER_S: f64 = 5.0;
/// Edges closer than this are one.
const SAME_S: f64 = 1.0;

/// Ends of laps, steps and splits in seconds from the start, rising, inside the session.
pub fn edges(session: &Session, clock: &Clock) -> Vec<f64> {
    let laps = session.laps.iter().flat_map(|lap| {
        let start = lap.start.seconds_since(clock.start);
        [Some(start), lap.elapsed_s.map(|elapsed| start + elapsed)]
    });
    let steps = session.splits.iter().filter(|s| !is_gait(s.kind));
    let splits = steps.flat_map(|s| [s.start, s.end].map(|end| Some(end.seconds_since(clock.start))));
    let mut edges: Vec<f64> =
        laps.chain(splits).flatten().filter(|t| (SAME_S..=clock.elapsed_s - SAME_S).contains(t)).collect();
    edges.sort_unstable_by(f64::total_cmp);
    edges.dedup_by(|b, a| *b - *a < SAME_S);
    edges
}

/// What the watch's own detection said, flicker left out.
///
/// Both ends of a split belong to it, so it holds one second more than their difference.
pub fn device_gait(session: &Session, clock: &Clock, notes: &mut Vec<Note>) -> Vec<DeviceGait> {
    let mut splits: Vec<&Split> = session.splits.iter().filter(|s| is_gait(s.kind)).collect();
    splits.sort_by_key(|s| s.start);
    let n_seconds = clock.n_seconds() as f64;
    let second = |t: f64| t.round().clamp(0.0, n_seconds) as usize;
    let mut gaits: Vec<DeviceGait> = Vec::new();
    let mut n_wrong = 0;
    for split in splits {
        let (from, to) = (split.start.seconds_since(clock.start), split.end.seconds_since(clock.start) + 1.0);
        if to <= from || from < -FLICKER_S || to > clock.elapsed_s + FLICKER_S {
            n_wrong += 1;
            continue;
        }
        let (start, end) = (second(from), second(to));
        if let Some(last) = gaits.last_mut() {
            last.end = last.end.min(start);
        }
        if end > start && !is_flicker(split) {
            gaits.push(DeviceGait { kind: split.kind, start, end });
        }
    }
    gaits.retain(|g| g.end > g.start);
    if n_wrong > 0 {
        let message = format!(
            "ignored {} of the watch's run and walk detection with impossible times",
            plural(n_wrong, "stretch", Some("stretches"))
        );
        notes.push(Note::new("splits-wrong", message));
    }
    gaits
}

const fn is_gait(kind: SplitKind) -> bool {
    matches!(kind, SplitKind::Run | SplitKind::Walk | SplitKind::Stand)
}

fn is_flicker(split: &Split) -> bool {
    is_gait(split.kind) && split.end.seconds_since(split.start) + 1.0 < FLICKER_S
}
