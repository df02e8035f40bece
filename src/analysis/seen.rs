//! What a ceiling from the runner's own runs needs of one of them.

use super::SessionAnalysis;
use crate::ceiling::from_runs::SeenRun;
use crate::segment::Gait;
use crate::timeline::Timeline;
use crate::units::{HeartRate, Speed};

/// Less running shows no habit: our choice.
const LEAST_RUN_S: usize = 600;

/// How far a minute may climb or fall on average to be compared with others by its speed.
const STEEP: f64 = 0.04;

/// Minutes begin after this: a start from the door is no pace.
const WARM_UP_S: usize = 120;

/// The heart takes longer to settle than the legs.
const HEART_SETTLES_S: usize = 300;

/// Minutes that a spread or a median heart rate takes.
const LEAST_MINUTES: usize = 5;

/// Below this trust the heart rate copies the steps or has other faults: see [`Timeline::heart_rate_quality`].
const LEAST_TRUST: f64 = 0.4;

/// The run, where it is long enough and its speed can be trusted.
pub fn seen(analysis: &SessionAnalysis) -> Option<SeenRun> {
    let SessionAnalysis { session, timeline, segmentation, date, watch, .. } = analysis;
    let runs = || segmentation.bouts.iter().filter(|bout| bout.gait == Gait::Run).map(|bout| bout.range.clone());
    let speeds: Vec<f64> = runs().flatten().filter_map(|i| timeline.speed.get(i)).collect();
    if session.indoor || speeds.len() < LEAST_RUN_S {
        return None;
    }
    let minutes: Vec<usize> = runs()
        .flat_map(|range| range.clone().step_by(60).filter(move |start| start + 60 <= range.end))
        .filter(|start| *start >= WARM_UP_S)
        .collect();
    let flat: Vec<f64> = minutes
        .iter()
        .filter(|start| mean(timeline, &timeline.grade, **start, 1).is_none_or(|grade| grade.abs() < STEEP))
        .filter_map(|start| mean(timeline, &timeline.speed, *start, 50))
        .collect();
    let trusted = timeline.heart_rate_quality.trust >= LEAST_TRUST;
    let mut rates: Vec<f64> = minutes
        .iter()
        .filter(|start| trusted && **start >= HEART_SETTLES_S)
        .filter_map(|start| mean(timeline, &timeline.heart_rate, *start, 50))
        .collect();
    rates.sort_by(f64::total_cmp);
    let mut beats: Vec<f64> = runs().flatten().filter_map(|i| timeline.heart_rate.get(i)).collect();
    beats.sort_by(f64::total_cmp);
    Some(SeenRun {
        date: *date,
        speed: Speed::from_meters_per_second(speeds.iter().sum::<f64>() / speeds.len() as f64),
        spread: spread(&flat)?,
        heart_rate: (rates.len() >= LEAST_MINUTES).then(|| HeartRate::from_bpm(rates[rates.len() / 2])),
        heart_rate_max: (trusted && beats.len() >= 60).then(|| HeartRate::from_bpm(beats[beats.len() - 10])),
        watch: watch.clone(),
    })
}

/// The mean of a minute of which at least so many seconds are known.
fn mean(timeline: &Timeline, series: &crate::timeline::Series, start: usize, least: usize) -> Option<f64> {
    let values: Vec<f64> = (start..(start + 60).min(timeline.len())).filter_map(|i| series.get(i)).collect();
    (values.len() >= least).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Standard deviation as a share of the mean.
fn spread(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
    (values.len() >= LEAST_MINUTES && mean > 0.0).then(|| variance.sqrt() / mean)
}
