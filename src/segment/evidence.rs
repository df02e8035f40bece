//! What each second says by itself: cadence where it is trusted, speed where it is not, both where they disagree.

use super::speed::SpeedModel;
use super::{Evidence, Weights};
use crate::timeline::smooth::middle;
use crate::timeline::{Flags, Timeline};

/// What one second says, as log odds against walking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Odds {
    /// Of running.
    pub run: f32,
    /// Of standing.
    pub stand: f32,
    /// What they rest on.
    pub evidence: Evidence,
}

/// One second of cadence is never surer than this, so that a moment's fault does not cut a bout.
const SUREST: f32 = 3.0;

/// Steps per minute below which the sensor has lost the steps: no one moves that slowly, and of the seconds walked
/// with the watch in a hand or on a pole one in three has a cadence of zero.
const LEAST_SPM: f32 = 40.0;

/// Speed in m/s from which walking is unlikely whatever the cadence says. Fitted: of the seconds faster than 2.2 m/s
/// with a walking cadence 19 of 20 were run.
const TOO_FAST_TO_WALK: f32 = 2.2;

/// Weighs every second.
pub(super) fn weigh(timeline: &Timeline, model: &SpeedModel, weights: Weights) -> Vec<Odds> {
    let speed = median5(timeline.speed.as_slice());
    let cadence = timeline.cadence.as_slice();
    let mut odds: Vec<Odds> = (0..timeline.len())
        .map(|i| {
            let flags = timeline.flags[i];
            if flags.has(Flags::PAUSED) {
                return Odds { run: 0.0, stand: 0.0, evidence: Evidence::Timer };
            }
            let spm = Some(cadence[i]).filter(|c| timeline.signals.cadence && c.is_finite());
            let speed = Some(speed[i]).filter(|v| v.is_finite() && !flags.has(Flags::SPIKE));
            match (spm, speed) {
                (Some(spm), speed) if spm >= LEAST_SPM => by_cadence(spm, speed, weights),
                (spm, Some(speed)) => by_speed(speed, spm, model),
                (Some(_), None) => Odds { run: -1.0, stand: 1.0, evidence: Evidence::Cadence },
                (None, None) => Odds { run: 0.0, stand: 0.0, evidence: Evidence::Nothing },
            }
        })
        .collect();
    stand_in_gaps(&mut odds, timeline);
    odds
}

/// Who gets on by less than this, in m/s, stands.
const STAYED: f64 = 0.3;

/// A watch that saves memory writes nothing while its wearer stands: a gap that begins with a stand, over which the
/// distance hardly grows, is one.
fn stand_in_gaps(odds: &mut [Odds], timeline: &Timeline) {
    let mut start = 0;
    while start < odds.len() {
        let evidence = odds[start].evidence;
        let end = start + odds[start..].iter().take_while(|o| o.evidence == evidence).count();
        if evidence == Evidence::Nothing && start > 0 && end < odds.len() && odds[start - 1].stand > 0.0 {
            let meters = timeline.distance_at(end).as_meters() - timeline.distance_at(start - 1).as_meters();
            if meters < STAYED * (end - start) as f64 {
                odds[start..end].fill(Odds { run: 0.0, stand: 1.0, evidence: Evidence::Speed });
            }
        }
        start = end;
    }
}

fn by_cadence(spm: f32, speed: Option<f32>, weights: Weights) -> Odds {
    let steps = (weights.per_spm * (spm - weights.run_spm)).clamp(-SUREST, SUREST);
    let haste = speed.map_or(0.0, |v| (6.0 * (v - TOO_FAST_TO_WALK)).clamp(0.0, SUREST + 1.0));
    let evidence = if steps < 0.0 && haste > 0.0 { Evidence::CadenceAndSpeed } else { Evidence::Cadence };
    Odds { run: steps + haste, stand: -SUREST, evidence }
}

fn by_speed(speed: f32, spm: Option<f32>, model: &SpeedModel) -> Odds {
    let evidence = if spm.is_some() { Evidence::CadenceAndSpeed } else { Evidence::Speed };
    Odds { run: model.run_odds(speed), stand: model.stand_odds(speed), evidence }
}

/// Median of the samples present within two seconds; missing where the sample itself is.
fn median5(samples: &[f32]) -> Vec<f32> {
    (0..samples.len())
        .map(|i| {
            if !samples[i].is_finite() {
                return f32::NAN;
            }
            if let Some(&five) = samples.get(i.wrapping_sub(2)..i + 3).and_then(<[f32]>::first_chunk::<5>)
                && five.iter().all(|sample| sample.is_finite())
            {
                return middle(five);
            }
            let mut window = [f32::INFINITY; 5];
            let mut n = 0;
            for &sample in &samples[i.saturating_sub(2)..(i + 3).min(samples.len())] {
                if sample.is_finite() {
                    window[n] = sample;
                    n += 1;
                }
            }
            window[..n].sort_unstable_by(f32::total_cmp);
            window[n / 2]
        })
        .collect()
}
