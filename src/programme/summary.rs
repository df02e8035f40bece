//! One audited session as the weeks need it.

use super::Run;
use super::trace::Trace;
use crate::audit::Audit;
use crate::ceiling::Ceiling;
use crate::plan::detect;
use crate::segment::{Gait, Segmentation};
use crate::timeline::{SpeedSource, Timeline};
use crate::units::{Date, HeartRate, Speed};

/// The shortest run bout that says something about the easy pace, in seconds: our choice.
const LEAST_BOUT_S: f64 = 15.0;

impl Run {
    /// What the weeks need of an audited session on a day of the runner's calendar. `own_clock` tells whether that day is by
    /// the runner's clock, `climb_m` is metres climbed, where they can be trusted.
    pub fn of(
        (date, own_clock): (Date, bool),
        timeline: &Timeline,
        segmentation: &Segmentation,
        ceiling: &Ceiling,
        audit: &Audit,
        climb_m: Option<f64>,
    ) -> Self {
        let mut bouts = detect(timeline, segmentation);
        audit.tell(&mut bouts);
        let of_gait = |gait| bouts.iter().filter(move |bout| bout.gait == gait);
        let seconds = |gait| of_gait(gait).fold(0.0, |sum, bout| sum + bout.seconds);
        let run_s = seconds(Gait::Run);
        let signals = &timeline.signals;
        let known = [
            signals.speed == SpeedSource::Device,
            signals.speed != SpeedSource::None,
            signals.cadence,
            signals.heart_rate,
        ];
        let speeds =
            of_gait(Gait::Run).filter_map(|bout| Some((bout.graded_speed?.as_meters_per_second(), bout.seconds)));
        Self {
            date,
            own_clock,
            elsewhere: false,
            start: Some(timeline.start),
            elapsed_s: timeline.elapsed_s,
            run_s,
            walk_s: seconds(Gait::Walk),
            run_m: of_gait(Gait::Run).filter_map(|bout| bout.meters).fold(0.0, |sum, meters| sum + meters),
            longest_bout_s: of_gait(Gait::Run).map(|bout| bout.seconds).fold(0.0, f64::max),
            climb_m,
            class: audit.verdict.class,
            severity: audit.verdict.severity,
            allowed: audit.verdict.allowed.clone(),
            strides: audit.strides,
            over_s: audit.over_share.map(|share| share * run_s),
            easy_speed: median(speeds.filter(|(_, seconds)| *seconds >= LEAST_BOUT_S).collect())
                .map(Speed::from_meters_per_second),
            ceiling: ceiling.speed.map(|limit| limit.value),
            heart_rate: heart_rate(segmentation, audit, timeline).map(HeartRate::from_bpm),
            n_signals: known.into_iter().filter(|&known| known).count(),
            trace: Trace::of(timeline),
            bouts,
        }
    }
}

/// The value that half of the weight lies below.
fn median(mut weighed: Vec<(f64, f64)>) -> Option<f64> {
    weighed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = weighed.iter().map(|(_, weight)| weight).sum::<f64>() / 2.0;
    let mut below = 0.0;
    weighed.into_iter().find_map(|(value, weight)| {
        below += weight;
        (below >= half).then_some(value)
    })
}

/// Mean heart rate of the running, each bout weighed by its time.
fn heart_rate(segmentation: &Segmentation, audit: &Audit, timeline: &Timeline) -> Option<f64> {
    let runs = segmentation.bouts.iter().zip(&audit.bouts).filter(|(bout, _)| bout.gait == Gait::Run);
    let known = runs.filter_map(|(bout, measured)| {
        let seconds = timeline.seconds(bout.range.end) - timeline.seconds(bout.range.start);
        Some((measured.heart_rate_mean?.as_bpm(), seconds))
    });
    let (sum, seconds) = known.fold((0.0, 0.0), |sum, (bpm, seconds)| (sum.0 + bpm * seconds, sum.1 + seconds));
    (seconds > 0.0).then(|| sum / seconds)
}
