//! Speeds that a runner cannot have.

use super::Flags;
use super::smooth::quantile;
use super::track::Track;
use crate::model::{Note, NoteId};
use crate::units::{plural, span_text};

/// Faster than this (2:23 /km) only a sprint is, and the cadence has to say so. Our choice.
const SPRINT_M_PER_S: f32 = 7.0;
/// A sprint is not run below this cadence.
const SPRINT_SPM: f32 = 165.0;
/// Without a cadence a speed beyond that is a sprint when it holds for so many seconds, and is no faster than anybody
/// runs 400 m. Our choice: a receiver that finds its place again is as fast for a few seconds, and a car for longer. Of
/// the positions of 320 runs, repetitions of 200 to 400 m at 2:10 to 2:25/km were left out of the verdict without it.
const SPRINT_S: std::ops::RangeInclusive<usize> = 10..=75;
const SPRINT_AT_MOST_M_PER_S: f32 = 9.5;
/// Nobody changes speed by more than this in a second, in m/s². Our choice.
const ACCELERATION: f32 = 4.0;
/// A receiver that claims no better than this many metres is lost, if that is also this many times what it usually
/// claims: a phone that says 16 m all the time is not lost at 21 m. Our choice.
const ACCURACY_M: f64 = 20.0;
const TIMES_USUAL: f64 = 2.0;
/// What a spike spoils to each side, in seconds. Our choice.
const AROUND_S: usize = 8;

/// Takes out impossible speeds and marks what is around them.
pub fn mark(
    speed: &mut [f32],
    cadence: &[f32],
    track: &Track,
    fastest: f64,
    flags: &mut [Flags],
    notes: &mut Vec<Note>,
) {
    let mut spiked: Vec<bool> = flags.iter().map(|f| f.has(Flags::SPIKE)).collect();
    let sprinting = sprints(speed, cadence);
    let mut before = f32::NAN;
    let mut removed = 0_u32;
    for (i, v) in speed.iter_mut().enumerate() {
        spiked[i] |= (*v - before).abs() > ACCELERATION || (*v > SPRINT_M_PER_S && !sprinting[i] && fastest < 20.0);
        before = *v;
        if f64::from(*v) > fastest {
            spiked[i] = true;
            *v = f32::NAN;
            removed += 1;
        }
    }
    let claimed = track.places.iter().filter_map(|p| p.accuracy);
    let usual = quantile(claimed.map(f32::from), 0.5).map_or(0.0, f64::from);
    let lost = ACCURACY_M.max(TIMES_USUAL * usual);
    for place in track.places.iter().filter(|p| p.accuracy.is_some_and(|a| f64::from(a) > lost)) {
        if let Some(spiked) = spiked.get_mut(place.fix.t as usize) {
            *spiked = true;
        }
    }
    for &t in &track.strays {
        if let Some(spiked) = spiked.get_mut(t as usize) {
            *spiked = true;
        }
    }
    let n_spikes = spiked.chunk_by(|a, b| a == b).filter(|run| run[0]).count();
    dilate(&spiked, flags);
    if n_spikes > 0 {
        let taken_out = match removed {
            0 => String::new(),
            _ => format!(", {} of speed taken out", span_text(f64::from(removed))),
        };
        let message = format!(
            "{} in speed or position{taken_out}; {AROUND_S} s around each left out of the verdict",
            plural(n_spikes, "spike", None)
        );
        notes.push(Note::new(NoteId::SpeedSpikes, message));
    }
}

/// The seconds in which a runner may be as fast as a sprint: by cadence, or without one because the speed holds.
fn sprints(speed: &[f32], cadence: &[f32]) -> Vec<bool> {
    let mut sprinting: Vec<bool> = cadence.iter().map(|&spm| spm >= SPRINT_SPM).collect();
    let is_fast = |i: usize| speed[i] > SPRINT_M_PER_S && cadence[i].is_nan();
    let mut start = 0;
    while start < speed.len() {
        let end = start + (start..speed.len()).take_while(|&i| is_fast(i)).count();
        let holds = SPRINT_S.contains(&(end - start)) && speed[start..end].iter().all(|&v| v <= SPRINT_AT_MOST_M_PER_S);
        for sprinting in &mut sprinting[start..end] {
            *sprinting |= holds;
        }
        start = end.max(start + 1);
    }
    sprinting
}

fn dilate(spiked: &[bool], flags: &mut [Flags]) {
    let mut until = 0;
    for i in (0..spiked.len()).filter(|&i| spiked[i]) {
        let (from, to) = (i.saturating_sub(AROUND_S).max(until), (i + AROUND_S + 1).min(flags.len()));
        Flags::insert_all(&mut flags[from.min(to)..to], Flags::SPIKE);
        until = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where an easy run without a cadence with so many seconds at a speed is marked.
    fn marked(fast_s: usize, speed: f32) -> usize {
        let ramp = |i: usize| (i as f32 * 1.5).min(speed - 2.8);
        let up = |i: usize| if i < fast_s { 2.8 + ramp(i).min(ramp(fast_s - i)) } else { 2.8 };
        let mut speeds: Vec<f32> = (0..300).map(|i| if i < 100 { 2.8 } else { up(i - 100) }).collect();
        let mut flags = [Flags::NONE; 300];
        mark(&mut speeds, &[f32::NAN; 300], &Track::default(), 12.5, &mut flags, &mut Vec::new());
        flags.iter().filter(|flags| flags.has(Flags::SPIKE)).count()
    }

    #[test]
    fn a_sprint_without_a_cadence_is_none_of_a_few_seconds_and_no_car() {
        assert_eq!((marked(25, 7.6), marked(50, 7.2)), (0, 0));
        assert!(marked(8, 7.6) > 10 && marked(150, 7.6) > 100 && marked(25, 11.0) > 10);
    }
}
