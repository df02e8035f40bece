//! A speed that repeats one value while nothing else in the file tells of the way: the sensor is stuck.

use super::Flags;
use super::resample::{Knot, seconds};
use crate::model::{Note, NoteId};
use crate::units::{clock as clock_text, plural};

/// A speed is not stuck for less than this, in seconds. Our choice: the shortest effort that could hide in it.
const SHORTEST_S: f64 = 20.0;
/// Slower than this nobody runs, in metres a second.
const MOVING_M_PER_S: f64 = 0.3;
/// How many times longer than the longest run of equal values that chance makes in such a file is no chance. Watches
/// smooth their speed, so that equal values are more often neighbours than chance has it: of 52 real files with speed,
/// the longest runs were up to 1.9 times as long.
const BEYOND_CHANCE: f64 = 2.5;
/// A belt changes its speed within less than this, in seconds: what varies for longer is measured on a body. Our choice.
const VARIES_S: f64 = 30.0;
/// How rarely chance makes a run of equal values in a file that is called its longest.
const RARELY: f64 = 0.01;

/// Marks the stretches in which speed, of which nothing else in the file is a witness, repeats one value.
///
/// A treadmill that states the speed of its belt repeats it all the time, and is not stuck.
pub fn mark(speeds: &[Knot], flags: &mut [Flags], notes: &mut Vec<Note>) {
    let is_equal = |a: &Knot, b: &Knot| a.value.to_bits() == b.value.to_bits();
    let runs: Vec<&[Knot]> = speeds.chunk_by(is_equal).collect();
    let lasted = |run: &[Knot]| run.last().map_or(0.0, |last| last.t) - run.first().map_or(0.0, |first| first.t);
    let is_long = |run: &[Knot]| lasted(run) >= SHORTEST_S && run[0].value > MOVING_M_PER_S;
    let short: Vec<usize> = runs.iter().filter(|run| !is_long(run)).map(|run| run.len()).collect();
    let n_short: usize = short.iter().sum();
    let varying = runs.chunk_by(|a, b| is_long(a) == is_long(b)).filter(|block| !is_long(block[0]));
    let varies_s = varying.map(|block| block.iter().map(|run| lasted(run) + 1.0).sum()).fold(0.0, f64::max);
    if varies_s < VARIES_S {
        return;
    }
    // How often a value repeats the one before it, and how long a run of such repeats can be by chance.
    let repeats = (n_short - short.len()) as f64 / n_short.max(1) as f64;
    let longest = (speeds.len() as f64 / RARELY).ln() / -repeats.max(f64::MIN_POSITIVE).ln();
    let stuck: Vec<&[Knot]> =
        runs.into_iter().filter(|run| is_long(run) && run.len() as f64 > BEYOND_CHANCE * longest).collect();
    let mut total = 0.0;
    for run in &stuck {
        total += lasted(run);
        let range = seconds(run[0].t.floor(), run[run.len() - 1].t, flags.len());
        Flags::insert_all(&mut flags[range], Flags::FROZEN);
    }
    if !stuck.is_empty() {
        let times = plural(stuck.len(), "time", None);
        let message = format!("the speed repeated one value {times}, {} in all: it was stuck", clock_text(total));
        notes.push(Note::new(NoteId::SpeedStuck, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stuck(value: impl Fn(usize) -> f64) -> usize {
        let speeds: Vec<Knot> = (0..1200).map(|i| Knot { t: i as f64, value: value(i), record: i }).collect();
        let mut flags = vec![Flags::NONE; 1200];
        mark(&speeds, &mut flags, &mut Vec::new());
        flags.iter().filter(|flags| flags.has(Flags::FROZEN)).count()
    }

    #[test]
    fn what_repeats_among_what_does_not_is_stuck() {
        let varies = |i: usize| 2.4 + (i * 7919 % 97) as f64 / 1000.0;
        assert_eq!(stuck(varies), 0);
        assert_eq!(stuck(|i| if (400..460).contains(&i) { 2.7 } else { varies(i) }), 59);
        assert_eq!(stuck(|i| if (400..415).contains(&i) { 2.4 } else { varies(i) }), 0, "too short to hide an effort");
        assert_eq!(stuck(|i| if (400..460).contains(&i) { 0.0 } else { varies(i) }), 0, "a stand");
        assert_eq!(stuck(|i| if i < 600 { 2.4 } else { 2.8 }), 0, "a belt");
        assert_eq!(stuck(|i| varies(i / 4)), 0, "a watch that smooths");
        assert_eq!(stuck(|i| if (400..430).contains(&i) { 2.4 } else { varies(i / 4) }), 0, "no longer than it may be");
        assert_eq!(stuck(|i| if (400..520).contains(&i) { 2.4 } else { varies(i / 4) }), 119);
    }
}
