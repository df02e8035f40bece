//! Speeds that a runner cannot have.

use super::Flags;
use super::smooth::quantile;
use super::track::Track;
use crate::model::Note;
use crate::units::plural;

/// Faster than this (2:23 /km) only a sprint is, and the cadence has to say so. Our choice.
const SPRINT_M_PER_S: f32 = 7.0;
/// A sprint is not run below this cadence.
const SPRINT_SPM: f32 = 165.0;
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
    let mut before = f32::NAN;
    let mut removed = 0;
    for (i, v) in speed.iter_mut().enumerate() {
        let sprinting = cadence[i] >= SPRINT_SPM;
        spiked[i] |= (*v - before).abs() > ACCELERATION || (*v > SPRINT_M_PER_S && !sprinting && fastest < 20.0);
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
        let message = format!(
            "{} in speed or position; {removed} s of speed taken out, {AROUND_S} s around each left out of the verdict",
            plural(n_spikes, "spike", None)
        );
        notes.push(Note::new("speed-spikes", message));
    }
}

fn dilate(spiked: &[bool], flags: &mut [Flags]) {
    let mut until = 0;
    for i in (0..spiked.len()).filter(|&i| spiked[i]) {
        let (from, to) = (i.saturating_sub(AROUND_S).max(until), (i + AROUND_S + 1).min(flags.len()));
        Flags::insert_all(&mut flags[from.min(to)..to], Flags::SPIKE);
        until = to;
    }
}
