//! What a ceiling from the runner's own runs needs of one of them.

use super::SessionAnalysis;
use crate::ceiling::from_runs::SeenRun;
use crate::model::{Intensity, Lap, LapTrigger};
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
        run_s: speeds.len() as f64,
        has_repetitions: has_repetitions(&session.laps),
        spread: spread(&flat)?,
        heart_rate: (rates.len() >= LEAST_MINUTES).then(|| HeartRate::from_bpm(rates[rates.len() / 2])),
        heart_rate_max: (trusted && beats.len() >= 60).then(|| HeartRate::from_bpm(beats[beats.len() - 10])),
        watch: watch.clone(),
    })
}

/// Laps slower than their neighbours by this share are the rests between repetitions: run-walk and repetitions have 20 %
/// and more, hills and tiredness rarely 10 %. Our choice.
const SLOWER_LAP: f64 = 0.85;

/// So many rests make repetitions: one is a stop.
const LEAST_RESTS: usize = 3;

/// True for laps that were pressed by hand, or cut by a workout, fast and slow by turns.
fn has_repetitions(laps: &[Lap]) -> bool {
    let is_rest = |lap: &&Lap| matches!(lap.intensity, Some(Intensity::Rest | Intensity::Recovery));
    // Some programs mark every lap as a rest.
    let n_rests = laps.iter().filter(is_rest).count();
    if n_rests >= LEAST_RESTS && 2 * n_rests <= laps.len() + 1 {
        return true;
    }
    let is_cut = |lap: &Lap| lap.trigger == Some(LapTrigger::Manual) || lap.workout_step.is_some();
    let speed = |lap: &Lap| Some(lap.distance?.as_meters() / lap.timer_s.or(lap.elapsed_s).filter(|s| *s > 0.0)?);
    let slow = laps.windows(3).filter(|three| {
        let speeds = three.iter().map(speed).collect::<Option<Vec<f64>>>();
        let [Some(before), Some(between), Some(after)] = [0, 1, 2].map(|i| speeds.as_ref().map(|speeds| speeds[i]))
        else {
            return false;
        };
        three.iter().take(2).all(is_cut) && between < SLOWER_LAP * before.min(after)
    });
    slow.count() >= LEAST_RESTS
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Distance, Timestamp};

    fn laps(speeds: &[f64], trigger: LapTrigger, intensity: impl Fn(usize) -> Option<Intensity>) -> Vec<Lap> {
        let lap = |(i, (second, speed)): (usize, (i64, &f64))| Lap {
            start: Timestamp::from_unix_seconds(1_700_000_000 + second),
            elapsed_s: Some(60.0),
            timer_s: Some(60.0),
            distance: Some(Distance::from_meters(60.0 * speed)),
            mean_heart_rate: None,
            intensity: intensity(i),
            trigger: Some(trigger),
            workout_step: None,
        };
        (0..).step_by(60).zip(speeds).enumerate().map(lap).collect()
    }

    #[test]
    fn repetitions_show_in_laps() {
        let alternating = [3.5, 2.0, 3.5, 2.0, 3.5, 2.0, 3.5];
        let even = [2.5, 2.6, 2.5, 2.4, 2.5, 2.6, 2.5];
        let none = |_| None;
        assert!(has_repetitions(&laps(&alternating, LapTrigger::Manual, none)));
        assert!(!has_repetitions(&laps(&alternating, LapTrigger::Distance, none)), "hills by the kilometre");
        assert!(!has_repetitions(&laps(&even, LapTrigger::Manual, none)));
        let recovery = |i: usize| (i % 2 == 1).then_some(Intensity::Recovery);
        assert!(has_repetitions(&laps(&even, LapTrigger::Time, recovery)));
        assert!(!has_repetitions(&laps(&even, LapTrigger::Time, |_| Some(Intensity::Rest))), "every lap is a rest");
        assert!(!has_repetitions(&[]));
    }
}
