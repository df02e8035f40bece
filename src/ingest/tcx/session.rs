//! From activities to sessions.

use crate::ingest::{pauses, sport};
use crate::model::{Intensity, Lap, LapTrigger, Record, Session};
use crate::units::{Distance, HeartRate, Timestamp, UtcOffset};

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
    /// Mean heart rate.
    pub mean_heart_rate: Option<HeartRate>,
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

/// The laps that have a start, in the order of the file, each lasting until the next one in the order of time begins.
/// A lap without points and without a start begins where the one before it ends.
fn laps(activity: &Recorded) -> Vec<Lap> {
    let mut laps: Vec<Lap> = Vec::with_capacity(activity.laps.len());
    let ends = activity.laps.iter().skip(1).map(|lap| lap.first_record).chain([activity.records.len()]);
    for (lap, end_record) in activity.laps.iter().zip(ends) {
        let records = activity.records.get(lap.first_record..end_record).unwrap_or_default();
        let time_of_record = || records.iter().filter_map(Record::time).min();
        let Some(start) = lap.start.or_else(time_of_record).or_else(|| follows(laps.last()?)) else {
            continue;
        };
        laps.push(Lap {
            start,
            elapsed_s: None,
            timer_s: lap.timer_s.filter(|seconds| *seconds >= 0.0),
            distance: lap.distance,
            // The points of a lap tell more than its mean.
            mean_heart_rate: lap.mean_heart_rate.filter(|_| records.is_empty()),
            intensity: lap.intensity,
            trigger: lap.trigger,
            workout_step: None,
        });
    }
    let mut order: Vec<usize> = (0..laps.len()).collect();
    order.sort_by_key(|&at| laps[at].start);
    let last_record = if laps.is_sorted_by_key(|lap| lap.start) {
        activity.records.iter().rev().find_map(Record::time)
    } else {
        activity.records.iter().filter_map(Record::time).max()
    };
    let next = order.iter().skip(1).map(|&at| Some(laps[at].start)).collect::<Vec<_>>();
    for (&at, end) in order.iter().zip(next.into_iter().chain([last_record])) {
        let lap = &mut laps[at];
        lap.elapsed_s = end.map(|end| end.seconds_since(lap.start)).filter(|seconds| *seconds > 0.0);
    }
    laps
}

/// When a lap ended, by the time that the timer counted in it.
fn follows(lap: &Lap) -> Option<Timestamp> {
    Some(lap.start.plus_seconds(lap.timer_s?))
}
