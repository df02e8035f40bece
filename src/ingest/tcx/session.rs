//! From activities to sessions.

use crate::ingest::{pauses, sport};
use crate::model::{Intensity, Lap, LapTrigger, Record, Session};
use crate::units::{Distance, Timestamp, UtcOffset};

/// One `<Activity>`.
#[derive(Default)]
pub struct Recorded {
    /// The sport as the file names it, empty when it does not.
    pub sport: String,
    /// When it began.
    pub start: Option<Timestamp>,
    /// The runner's clock, where the times show it.
    pub utc_offset: Option<UtcOffset>,
    /// The laps in the order of the file.
    pub laps: Vec<RecordedLap>,
    /// The points in the order of the file.
    pub records: Vec<Record>,
    /// The index of the first record of each `<Track>`.
    pub tracks: Vec<usize>,
}

/// One `<Lap>`.
#[derive(Default)]
pub struct RecordedLap {
    /// When it began.
    pub start: Option<Timestamp>,
    /// Time without the pauses, in seconds.
    pub timer_s: Option<f64>,
    /// Distance covered in it.
    pub distance: Option<Distance>,
    /// What it was for.
    pub intensity: Option<Intensity>,
    /// Why it ended.
    pub trigger: Option<LapTrigger>,
    /// The index of its first record.
    pub first_record: usize,
}

/// The session of an activity.
pub fn session(activity: Recorded) -> Session {
    let laps = laps(&activity);
    let sum = |values: Vec<Option<f64>>| values.into_iter().sum::<Option<f64>>().filter(|_| !laps.is_empty());
    Session {
        start: activity.start.or_else(|| laps.first().map(|lap| lap.start)),
        utc_offset: activity.utc_offset,
        timer_s: sum(laps.iter().map(|lap| lap.timer_s).collect()),
        distance: sum(laps.iter().map(|lap| lap.distance.map(Distance::as_meters)).collect())
            .map(Distance::from_meters),
        indoor: sport::is_indoor(&activity.sport),
        pauses: pauses::between(&activity.records, &activity.tracks),
        records: activity.records,
        laps,
        sport_name: activity.sport.clone(),
        ..Session::new(sport::of(&activity.sport))
    }
}

/// The laps that have a start, each lasting until the next one begins.
fn laps(activity: &Recorded) -> Vec<Lap> {
    let mut end = activity.records.iter().rev().find_map(Record::time);
    let mut end_record = activity.records.len();
    let mut laps = Vec::with_capacity(activity.laps.len());
    for lap in activity.laps.iter().rev() {
        let records = &activity.records[lap.first_record..end_record];
        end_record = lap.first_record;
        let Some(start) = lap.start.or_else(|| records.iter().find_map(Record::time)) else {
            continue;
        };
        laps.push(Lap {
            start,
            elapsed_s: end.map(|end| end.seconds_since(start)).filter(|seconds| *seconds > 0.0),
            timer_s: lap.timer_s,
            distance: lap.distance,
            intensity: lap.intensity,
            trigger: lap.trigger,
            workout_step: None,
        });
        end = Some(start);
    }
    laps.reverse();
    laps
}
