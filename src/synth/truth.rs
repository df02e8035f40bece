//! What really happened, second by second.

use super::random::Drift;
use super::script::{Gait, Script};
use super::second::{Second, between, share};
use super::{Setup, body};
use crate::units::{Cadence, Speed};

/// What really happened, second by second: the truth that a recording is held against.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// The seconds, in the order of time.
    pub seconds: Vec<Second>,
    /// Distance on the ground at the start of each second and at the end, in metres, pauses included.
    pub distance: Vec<f64>,
}

impl Truth {
    /// How many seconds there are.
    pub fn len(&self) -> usize {
        self.seconds.len()
    }

    /// True when nothing happened.
    pub fn is_empty(&self) -> bool {
        self.seconds.is_empty()
    }

    /// The runs of one gait after the other: what a perfect segmentation would find, as (gait, start, end) in seconds.
    pub fn bouts(&self) -> Vec<(Gait, usize, usize)> {
        let mut bouts: Vec<(Gait, usize, usize)> = Vec::new();
        for (i, second) in self.seconds.iter().enumerate() {
            match bouts.last_mut() {
                Some(last) if last.0 == second.gait => last.2 = i + 1,
                _ => bouts.push((second.gait, i, i + 1)),
            }
        }
        bouts
    }
}

/// Acts a script out.
pub fn act_out(script: &Script, setup: &Setup) -> Truth {
    let mut seconds = as_written(script, setup);
    ramp(&mut seconds);
    // Runners do not keep a speed exactly: 3 % over about 12 s, our choice after watching even runs on a track.
    let mut unevenness = Drift::new(setup.noise, "speed", 0.03, 12.0);
    let mut distance = vec![0.0];
    let mut travelled = 0.0;
    for second in &mut seconds {
        second.speed = (second.speed * (1.0 + unevenness.next())).max(0.0);
        travelled += second.speed;
        distance.push(travelled);
    }
    body::beat(&mut seconds, script, setup);
    Truth { seconds, distance }
}

/// The script second by second, with its steps of speed; the heart rate is filled in later.
fn as_written(script: &Script, setup: &Setup) -> Vec<Second> {
    let parts = script.parts.iter().enumerate();
    parts
        .flat_map(|(idx, part)| {
            (0..part.seconds).map(move |i| {
                let at = share(i, part.seconds);
                let speed = between(part.speed.map(Speed::as_meters_per_second), at);
                let cadence = part.cadence.map(|c| between(c.map(Cadence::as_spm), at));
                Second {
                    gait: part.gait,
                    part: idx,
                    speed,
                    grade: part.grade,
                    cadence: cadence.unwrap_or_else(|| setup.body.cadence(part.gait, speed)),
                    heart_rate: 0.0,
                    trouble: part.trouble,
                }
            })
        })
        .collect()
}

/// Bodies have mass: a change of speed takes 3 s, half of it on either side of the moment it is meant for.
fn ramp(seconds: &mut [Second]) {
    let meant: Vec<f64> = seconds.iter().map(|second| second.speed).collect();
    for i in 0..meant.len() {
        let neighbour = |k: usize| if seconds[k].gait == Gait::Pause { meant[i] } else { meant[k] };
        let before = neighbour(i.saturating_sub(1));
        let after = neighbour((i + 1).min(meant.len() - 1));
        seconds[i].speed = (before + meant[i] + after) / 3.0;
    }
}
