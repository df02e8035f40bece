//! What a page shows of a session beside its bouts: equal splits, the watch's own laps, and time around the ceiling on
//! heart rate.

use std::ops::Range;

use super::round::{known, pace, round};
use crate::ceiling;
use crate::model::{Lap, Session};
use crate::segment::{Gait, Segmentation};
use crate::timeline::Timeline;
use crate::units::Speed;

/// More splits or laps than this are not listed: an ultramarathon has fewer.
const MOST: usize = 200;

/// A part of a session between two marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// Elapsed time of its start.
    pub start_s: f64,
    /// Elapsed time of its end.
    pub end_s: f64,
    /// Its distance.
    pub distance_m: f64,
    /// Time over distance.
    pub pace_s_per_km: Option<f64>,
    /// The pace on flat ground that costs as much.
    pub graded_pace_s_per_km: Option<f64>,
    /// Mean heart rate.
    pub heart_rate_mean_bpm: Option<f64>,
    /// Time of it that was run.
    pub run_s: f64,
}

/// Time of the running in a band of heart rate around its ceiling.
#[derive(Debug, Clone, PartialEq)]
pub struct HeartRateBand {
    /// Its lower end; `None` for the lowest band.
    pub from_bpm: Option<f64>,
    /// Its upper end, exclusive; `None` for the highest band.
    pub to_bpm: Option<f64>,
    /// Time run in it.
    pub run_s: f64,
}

/// The splits of so many metres each; the last one may be shorter.
pub(super) fn equal_splits(
    timeline: &Timeline,
    segmentation: &Segmentation,
    factor: &dyn Fn(usize) -> f64,
    meters: f64,
) -> Vec<Split> {
    let n_splits = (timeline.total_distance / meters).ceil() as usize;
    if n_splits > MOST {
        return Vec::new();
    }
    let mark = |n: usize| timeline.distance.partition_point(|&d| d < n as f64 * meters).min(timeline.len());
    let ranges = (0..n_splits).map(|n| mark(n)..if n + 1 == n_splits { timeline.len() } else { mark(n + 1) });
    ranges.filter(|range| !range.is_empty()).map(|range| split(timeline, segmentation, factor, range)).collect()
}

/// The laps that the watch or the runner cut. One lap is the whole session, and says nothing more.
pub(super) fn laps(
    session: &Session,
    timeline: &Timeline,
    segmentation: &Segmentation,
    factor: &dyn Fn(usize) -> f64,
) -> Vec<Split> {
    if !(2..=MOST).contains(&session.laps.len()) {
        return Vec::new();
    }
    let second = |seconds: f64| (seconds.max(0.0).round() as usize).min(timeline.len());
    let range = |(lap, next): (&Lap, Option<&Lap>)| {
        let start = lap.start.seconds_since(timeline.start);
        let end = next.map(|next| next.start.seconds_since(timeline.start)).or(lap.elapsed_s.map(|s| start + s));
        second(start)..second(end.unwrap_or(timeline.elapsed_s))
    };
    let next = session.laps.iter().skip(1).map(Some).chain([None]);
    let ranges = session.laps.iter().zip(next).map(range);
    ranges.filter(|range| !range.is_empty()).map(|range| split(timeline, segmentation, factor, range)).collect()
}

fn split(
    timeline: &Timeline,
    segmentation: &Segmentation,
    slope_factor: &dyn Fn(usize) -> f64,
    range: Range<usize>,
) -> Split {
    let seconds = timeline.duration(range.clone());
    let meters = timeline.distance_at(range.end).as_meters() - timeline.distance_at(range.start).as_meters();
    let speed = (seconds > 0.0).then(|| meters / seconds);
    let (mut raw, mut graded) = (0.0, 0.0);
    for i in range.clone() {
        if let Some(v) = timeline.speed.get(i) {
            raw += v;
            graded += v * slope_factor(i);
        }
    }
    let factor = if raw > 0.0 { graded / raw } else { 1.0 };
    let bpm: Vec<f64> = range.clone().filter_map(|i| timeline.heart_rate.get(i)).collect();
    let of = |speed: f64| pace(Some(Speed::from_meters_per_second(speed)));
    Split {
        start_s: round(1, timeline.seconds(range.start)),
        end_s: round(1, timeline.seconds(range.end)),
        distance_m: round(1, meters),
        pace_s_per_km: speed.and_then(of),
        graded_pace_s_per_km: speed.and_then(|speed| of(speed * factor)),
        heart_rate_mean_bpm: (!bpm.is_empty())
            .then(|| bpm.iter().sum::<f64>() / bpm.len() as f64)
            .and_then(|x| known(1, x)),
        run_s: round(1, run_seconds(timeline, segmentation, &range)),
    }
}

fn run_seconds(timeline: &Timeline, segmentation: &Segmentation, range: &Range<usize>) -> f64 {
    let runs = segmentation.bouts.iter().filter(|bout| bout.gait == Gait::Run);
    let parts = runs.map(|bout| bout.range.start.max(range.start)..bout.range.end.min(range.end));
    parts.filter(|part| part.start < part.end).map(|part| timeline.duration(part.clone())).sum()
}

/// Width of a band, in beats per minute. Our choice.
const BAND_BPM: f64 = 10.0;

/// Time run in bands around the ceiling on heart rate; empty without a ceiling or a heart rate.
pub(super) fn heart_rate_bands(
    timeline: &Timeline,
    segmentation: &Segmentation,
    ceiling: &ceiling::Ceiling,
) -> Vec<HeartRateBand> {
    let Some(limit) = ceiling.heart_rate.as_ref().map(|limit| limit.value.as_bpm().round()) else { return Vec::new() };
    let edges = [limit - 2.0 * BAND_BPM, limit - BAND_BPM, limit, limit + BAND_BPM, limit + 2.0 * BAND_BPM];
    let mut seconds = [0.0; 6];
    for bout in segmentation.bouts.iter().filter(|bout| bout.gait == Gait::Run) {
        for i in bout.range.clone() {
            if let Some(bpm) = timeline.heart_rate.get(i) {
                seconds[edges.partition_point(|&edge| edge <= bpm)] += timeline.span(i);
            }
        }
    }
    if seconds.iter().sum::<f64>() < 1.0 {
        return Vec::new();
    }
    let end = |n: Option<usize>| n.and_then(|n| edges.get(n)).copied();
    let band = |(n, run_s): (usize, f64)| HeartRateBand {
        from_bpm: end(n.checked_sub(1)),
        to_bpm: end(Some(n)),
        run_s: round(1, run_s),
    };
    seconds.into_iter().enumerate().map(band).collect()
}
