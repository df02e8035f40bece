//! From what each second says by itself to the likeliest course of the whole session.

use std::ops::Range;

use super::evidence::Odds;
use super::{Evidence, Gait};
use crate::timeline::Timeline;
use crate::units::Speed;

/// What a change of gait costs where speed alone decides, in log odds: its errors last for seconds, so that each second says less than it seems to.
const CHANGE_COST_BY_SPEED: f32 = 6.0;
/// How much less it costs near the end of a lap or a step of a workout: people press the button, or obey the beep,
/// where they change their gait. What they do there is left to the signals.
const EDGE_BONUS: f32 = 1.0;
/// How near, in seconds.
const EDGE_REACH_S: f64 = 8.0;
/// Seconds without any signal that the gait before and after bridges.
const BRIDGED_S: usize = 12;
/// The same where the way says that the runner went on at the speed of before and after: the holes that a phone leaves
/// when its receiver is lost. Our choice.
const HOLE_S: usize = 60;
/// Speeds that differ by less than this factor are of one course. Our choice.
const AS_BEFORE: f64 = 1.33;
/// The speed beside a hole is taken over so many seconds.
const BESIDE_S: usize = 30;

/// The gait of each second; where cadence decides, a change costs `by_cadence`.
pub(super) fn gaits(timeline: &Timeline, odds: &[Odds], by_cadence: f32) -> Vec<Gait> {
    let mut gaits = likeliest(odds, &change_costs(timeline, by_cadence));
    let mut start = 0;
    for alike in odds.chunk_by(|a, b| a.evidence == b.evidence) {
        let range = start..start + alike.len();
        start = range.end;
        match alike[0].evidence {
            Evidence::Timer => gaits[range].fill(Gait::Paused),
            Evidence::Nothing if alike.len() > BRIDGED_S && !goes_on(timeline, &gaits, &range) => {
                gaits[range].fill(Gait::Unknown);
            }
            _ => {}
        }
    }
    gaits
}

/// True when a hole is of one gait with what is before and behind it, by gait and by speed.
fn goes_on(timeline: &Timeline, gaits: &[Gait], hole: &Range<usize>) -> bool {
    let Range { start, end } = *hole;
    let is_inside = start > 0 && end < gaits.len() && hole.len() <= HOLE_S;
    if !is_inside || gaits[start - 1..=end].iter().any(|&gait| gait != gaits[end]) {
        return false;
    }
    let way = timeline.distance_at(end).as_meters() - timeline.distance_at(start).as_meters();
    let within = way / hole.len() as f64;
    let beside = [start.saturating_sub(BESIDE_S)..start, end..(end + BESIDE_S).min(gaits.len())]
        .map(|side| timeline.mean_speed(side).map(Speed::as_meters_per_second));
    let [Some(before), Some(after)] = beside else { return false };
    (before.min(after) / AS_BEFORE..=before.max(after) * AS_BEFORE).contains(&within)
}

fn change_costs(timeline: &Timeline, by_cadence: f32) -> Vec<f32> {
    let cost = if timeline.signals.cadence { by_cadence } else { CHANGE_COST_BY_SPEED };
    let mut costs = vec![cost; timeline.len()];
    for &edge in &timeline.edges {
        let from = (edge - EDGE_REACH_S).max(0.0) as usize;
        let to = ((edge + EDGE_REACH_S).max(0.0) as usize).min(costs.len());
        if let Some(near) = costs.get_mut(from..to) {
            near.fill(cost - EDGE_BONUS);
        }
    }
    // Before a pause anything may have been.
    for pause in &timeline.pauses {
        if let Some(cost) = costs.get_mut(pause.end) {
            *cost = 0.0;
        }
    }
    costs
}

const STATES: [Gait; 3] = [Gait::Stand, Gait::Walk, Gait::Run];

/// The likeliest gait of each second: the course with the highest sum of log odds less the cost of every change.
///
/// This is the Viterbi path of a hidden Markov model. `change_cost[i]` is the cost of a change from second `i - 1` to
/// `i`.
fn likeliest(odds: &[Odds], change_cost: &[f32]) -> Vec<Gait> {
    let mut score = [0.0_f32; 3];
    let mut came_from: Vec<[u8; 3]> = Vec::with_capacity(odds.len());
    for (second, &cost) in odds.iter().zip(change_cost) {
        let best = highest(score);
        let changed = score[best] - cost;
        let mut step = [0_u8; 3];
        for state in 0..3 {
            let stays = score[state] >= changed;
            step[state] = if stays { state } else { best } as u8;
            score[state] = score[state].max(changed);
        }
        came_from.push(step);
        score[0] += second.stand;
        score[2] += second.run;
        // Only differences count: a day of seconds must not use up the digits of an f32.
        let top = score[highest(score)];
        score = score.map(|s| s - top);
    }
    let mut state = highest(score);
    let mut course = vec![Gait::Walk; odds.len()];
    for (gait, step) in course.iter_mut().zip(&came_from).rev() {
        *gait = STATES[state];
        state = usize::from(step[state]);
    }
    course
}

/// The highest of the three; walking when all are equal.
fn highest(score: [f32; 3]) -> usize {
    let mut best = 1;
    for state in [0, 2] {
        if score[state] > score[best] {
            best = state;
        }
    }
    best
}
