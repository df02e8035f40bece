//! What speed says about the gait, fitted to the session where the session allows it.

use super::mixture::{self, MOVING};
use crate::timeline::{SpeedSource, Timeline};

/// How speed tells running from walking and walking from standing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SpeedModel {
    /// Speed in m/s at which running and walking are equally likely.
    centre: f32,
    /// One second is never surer than this.
    surest: f32,
    /// Speed in m/s at which standing and walking are equally likely.
    stand_below: f32,
    /// What the session as a whole says about the speeds between the gaits.
    pub course: Course,
}

/// What the speeds of a session as a whole say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Course {
    /// There are two speeds, in m/s: who walks is near one of them, and who runs near the other.
    TwoSpeeds { walk: f64 },
    /// Most of the time on the move is faster than anybody walks: what is a little slower is no walk.
    MostlyRun,
    /// Nothing.
    Open,
}

/// Speed at which running and walking are equally likely as long as the session says nothing else: fitted on seconds
/// without a cadence, and the preferred transition of the laboratory, 2.07 m/s (Hreljac, MSSE 1993;25:1158).
const USUAL_CENTRE: f32 = 2.05;

/// Log odds for each m/s more, fitted on seconds without a cadence.
const PER_SPEED: f32 = 4.5;

/// Speed in m/s on the move above which nobody walks for long.
pub(super) const SURELY_RUN: f32 = 2.3;

/// Who runs and walks walks slower by this factor at least: speeds closer than that cannot be separated.
const APART: f32 = 1.4;
/// Below this speed in m/s a session that is mostly run holds some walking.
const SLOWEST_CENTRE: f32 = 1.6;

impl SpeedModel {
    /// The model for a session.
    pub fn of(timeline: &Timeline) -> Self {
        // A watch writes exactly 0 when it stands; a speed from positions never comes to rest.
        let is_exact = timeline.signals.speed == SpeedSource::Device && timeline.signals.interval_s < 1.5;
        let stand_below = if is_exact { 0.1 } else { 0.35 };
        if timeline.signals.cadence {
            // Beside a trusted cadence, its neighbours say more about a second without one than its speed does.
            let (centre, course) = beside_cadence(timeline)
                .map_or((USUAL_CENTRE, Course::Open), |(walk, centre)| (centre, Course::TwoSpeeds { walk }));
            return Self { centre, surest: 1.0, stand_below, course };
        }
        let (centre, course) = if let Some((walk, run)) = mixture::two_speeds(timeline) {
            ((walk * run).sqrt() as f32, Course::TwoSpeeds { walk })
        } else if let Some(median) = median_on_the_move(timeline).filter(|&v| v > SURELY_RUN) {
            ((median / APART).clamp(SLOWEST_CENTRE, USUAL_CENTRE), Course::MostlyRun)
        } else {
            (USUAL_CENTRE, Course::Open)
        };
        Self { centre, surest: 1.5, stand_below, course }
    }

    /// Log odds of running against walking.
    pub fn run_odds(&self, speed: f32) -> f32 {
        (PER_SPEED * (speed - self.centre)).clamp(-self.surest, self.surest)
    }

    /// Log odds of standing against walking.
    pub fn stand_odds(&self, speed: f32) -> f32 {
        (15.0 * (self.stand_below - speed)).clamp(-3.0, 3.0)
    }
}

/// Median speed of the seconds on the move.
fn median_on_the_move(timeline: &Timeline) -> Option<f32> {
    let mut moving: Vec<f32> =
        timeline.speed.as_slice().iter().copied().filter(|v| v.is_finite() && *v > MOVING).collect();
    let middle = moving.len() / 2;
    (!moving.is_empty()).then(|| *moving.select_nth_unstable_by(middle, f32::total_cmp).1)
}

/// The speed of walking in this session, and the one between walking and running, where cadence tells both and their
/// speeds do not overlap.
fn beside_cadence(timeline: &Timeline) -> Option<(f64, f32)> {
    let mut walked = Vec::new();
    let mut run = Vec::new();
    for (&spm, &speed) in timeline.cadence.as_slice().iter().zip(timeline.speed.as_slice()) {
        if !speed.is_finite() {
            continue;
        }
        if (60.0..132.0).contains(&spm) {
            walked.push(speed);
        } else if spm > 145.0 {
            run.push(speed);
        }
    }
    let (walk, walk_spread) = spread(&mut walked)?;
    let (run, run_spread) = spread(&mut run)?;
    // Ashman's D of 2.5: two distributions further apart than that are seen as two. On trails they are not.
    let apart = (run - walk) / f32::midpoint(walk_spread.powi(2), run_spread.powi(2)).sqrt().max(0.1);
    let between = (walk * run_spread + run * walk_spread) / (walk_spread + run_spread);
    (apart > 2.5).then_some((f64::from(walk), between))
}

/// Median and spread (1.4826 times the median absolute deviation, at least 0.1 m/s); `None` for less than half a minute.
fn spread(samples: &mut [f32]) -> Option<(f32, f32)> {
    if samples.len() < 30 {
        return None;
    }
    let middle = samples.len() / 2;
    let median = *samples.select_nth_unstable_by(middle, f32::total_cmp).1;
    for sample in samples.iter_mut() {
        *sample = (*sample - median).abs();
    }
    let deviation = *samples.select_nth_unstable_by(middle, f32::total_cmp).1;
    Some((median, (1.4826 * deviation).max(0.1)))
}
