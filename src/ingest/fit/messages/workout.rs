//! `workout` and `workout_step`: what the runner had loaded.

use super::super::contents::Contents;
use super::super::definition::Message;
use super::super::workout::Step;

pub const WORKOUT: &[u8] = &[8];

pub fn workout(message: &Message<'_>, contents: &mut Contents) {
    let [name] = message.fields();
    contents.workout_name = name.text();
}

pub const WORKOUT_STEP: &[u8] = &[254, 0, 1, 2, 3, 4, 5, 6, 7];

pub fn workout_step(message: &Message<'_>, contents: &mut Contents) {
    let [index, name, duration_type, duration, target_type, target, low, high, intensity] = message.fields();
    let step = Step {
        index: index.code().map(|index| index & 0x0FFF),
        name: name.text(),
        duration_type: duration_type.code(),
        duration: duration.number(),
        target_type: target_type.code(),
        target: target.number(),
        range: low.number().zip(high.number()),
        intensity: intensity.code().and_then(super::structure::intensity),
    };
    contents.push(|c| &mut c.steps, step);
}
