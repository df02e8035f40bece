//! One audited session as the weeks need it.

use super::Run;
use super::trace::Trace;
use crate::analysis::SessionAnalysis;
use crate::segment::Gait;
use crate::timeline::SpeedSource;
use crate::units::{HeartRate, Speed};

/// The shortest run bout that says something about the easy pace, in seconds: our choice.
const LEAST_BOUT_S: f64 = 15.0;

impl Run {
    /// What the weeks need of an analysed session.
    pub fn of(analysis: &SessionAnalysis) -> Self {
        let SessionAnalysis { timeline, audit, bouts, .. } = analysis;
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
            date: analysis.date,
            own_clock: analysis.has_own_clock(),
            elsewhere: analysis.elsewhere.is_some(),
            start: Some(timeline.start),
            elapsed_s: timeline.elapsed_s,
            run_s,
            walk_s: seconds(Gait::Walk),
            run_m: of_gait(Gait::Run).filter_map(|bout| bout.meters).fold(0.0, |sum, meters| sum + meters),
            longest_bout_s: of_gait(Gait::Run).map(|bout| bout.seconds).fold(0.0, f64::max),
            climb_m: analysis.climb_m,
            class: audit.verdict.class,
            sentence: audit.verdict.sentence.clone(),
            severity: audit.verdict.severity,
            allowed: audit.verdict.allowed.clone(),
            strides: audit.strides,
            over_s: audit.over_share.map(|share| share * run_s),
            easy_speed: median(speeds.filter(|(_, seconds)| *seconds >= LEAST_BOUT_S).collect())
                .map(Speed::from_meters_per_second),
            ceiling: analysis.ceiling.speed.map(|limit| limit.value),
            heart_rate: heart_rate(analysis).map(HeartRate::from_bpm),
            n_signals: known.into_iter().filter(|&known| known).count(),
            trace: Trace::of(timeline),
            bouts: bouts.clone(),
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
fn heart_rate(analysis: &SessionAnalysis) -> Option<f64> {
    let SessionAnalysis { timeline, segmentation, audit, .. } = analysis;
    let runs = segmentation.bouts.iter().zip(&audit.bouts).filter(|(bout, _)| bout.gait == Gait::Run);
    let known = runs.filter_map(|(bout, measured)| {
        Some((measured.heart_rate_mean?.as_bpm(), timeline.duration(bout.range.clone())))
    });
    let (sum, seconds) = known.fold((0.0, 0.0), |sum, (bpm, seconds)| (sum.0 + bpm * seconds, sum.1 + seconds));
    (seconds > 0.0).then(|| sum / seconds)
}
