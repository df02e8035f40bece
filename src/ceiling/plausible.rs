//! Sets aside facts that cannot be true, so that a slip of the pen never becomes a ceiling.

use std::ops::RangeInclusive;

use super::{Facts, Race, daniels};
use crate::model::{Note, NoteId};
use crate::units::{Distance, HeartRate, Speed};

/// The ranges are our choice: wide enough for every body, narrow enough for a wrong unit or a missing digit.
const SPEED: RangeInclusive<f64> = 0.8..=6.5;
const EASY_HEART_RATE: RangeInclusive<f64> = 60.0..=220.0;
const THRESHOLD_HEART_RATE: RangeInclusive<f64> = 120.0..=210.0;
const MAX_HEART_RATE: RangeInclusive<f64> = 100.0..=230.0;
const RESTING_HEART_RATE: RangeInclusive<f64> = 25.0..=110.0;
const AGE: RangeInclusive<f64> = 5.0..=110.0;
const DAYS_OFF: RangeInclusive<f64> = 0.0..=36_500.0;
const ALTITUDE: RangeInclusive<f64> = -450.0..=6000.0;

/// Shares of the highest heart rate between which a lactate threshold lies: our choice, it is at 80 to 95 % in most.
///
/// A real watch holds 106 bpm beside a highest of 188.
const THRESHOLD_SHARE: RangeInclusive<f64> = 0.70..=0.97;

/// The world records from 1500 m to the marathon stand at a VDOT of 83 to 87.
const RECORD_VDOT: f64 = 88.0;

/// True where every limit of a kind that a person gave was set aside: then no formula may take its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slips {
    pub easy_pace: bool,
    pub easy_heart_rate: bool,
}

/// The facts without those that cannot be true, and a note for each that was set aside.
pub(super) fn drop_implausible(facts: &Facts, notes: &mut Vec<Note>) -> (Facts, Slips) {
    let given = given(facts);
    let mut facts = facts.clone();
    let speed = Speed::as_meters_per_second;
    let bpm = HeartRate::as_bpm;
    within(&mut facts.easy_pace, |pace| pace.speed().as_meters_per_second(), &SPEED, "easy pace", notes);
    within(&mut facts.easy_heart_rate, bpm, &EASY_HEART_RATE, "easy heart rate", notes);
    within(&mut facts.critical_speed, speed, &SPEED, "critical speed", notes);
    within(&mut facts.threshold_heart_rate, bpm, &THRESHOLD_HEART_RATE, "threshold heart rate", notes);
    within(&mut facts.max_heart_rate, bpm, &MAX_HEART_RATE, "highest heart rate", notes);
    within(&mut facts.resting_heart_rate, bpm, &RESTING_HEART_RATE, "resting heart rate", notes);
    within(&mut facts.age, |age| age, &AGE, "age", notes);
    within(&mut facts.days_off, |days| days, &DAYS_OFF, "number of days off", notes);
    within(&mut facts.altitude, Distance::as_meters, &ALTITUDE, "altitude", notes);
    for (test, name) in [
        (&mut facts.first_threshold, "laboratory threshold"),
        (&mut facts.talk_test, "talk test"),
        (&mut facts.guess, "runner's estimate"),
    ] {
        if let Some(test) = test {
            within(&mut test.speed, speed, &SPEED, &format!("speed of the {name}"), notes);
            within(&mut test.heart_rate, bpm, &EASY_HEART_RATE, &format!("heart rate of the {name}"), notes);
        }
    }
    if let Some(reason) = facts.race.as_ref().and_then(doubtful_race) {
        facts.race = None;
        notes.push(implausible(&format!("the race was {reason}")));
    }
    let watch = &mut facts.watch;
    within(&mut watch.threshold_heart_rate, bpm, &THRESHOLD_HEART_RATE, "threshold heart rate in the watch", notes);
    within(&mut watch.max_heart_rate, bpm, &MAX_HEART_RATE, "highest heart rate in the watch", notes);
    within(&mut watch.resting_heart_rate, bpm, &RESTING_HEART_RATE, "resting heart rate in the watch", notes);
    within(&mut watch.age, |age| age, &AGE, "age in the watch", notes);
    in_order(&mut facts, notes);
    let left = self::given(&facts);
    let slips = Slips { easy_pace: given.0 && !left.0, easy_heart_rate: given.1 && !left.1 };
    (facts, slips)
}

/// Whether a person gave a pace, and a heart rate.
fn given(facts: &Facts) -> (bool, bool) {
    let tests = || [&facts.first_threshold, &facts.talk_test].into_iter().flatten();
    let pace = facts.easy_pace.is_some() || tests().any(|test| test.speed.is_some());
    (pace, facts.easy_heart_rate.is_some() || tests().any(|test| test.heart_rate.is_some()))
}

fn within<T: Copy>(
    fact: &mut Option<T>,
    number: impl Fn(T) -> f64,
    range: &RangeInclusive<f64>,
    name: &str,
    notes: &mut Vec<Note>,
) {
    if fact.is_some_and(|value| !range.contains(&number(value))) {
        *fact = None;
        notes.push(implausible(&format!("the {name} cannot be right")));
    }
}

fn doubtful_race(race: &Race) -> Option<&'static str> {
    let speed = race.distance.as_meters() / race.time_s;
    match daniels::vdot(race.distance, race.time_s) {
        vdot if vdot.is_nan() || speed <= 0.0 => Some("over no distance or in no time"),
        vdot if vdot > RECORD_VDOT => Some("faster than any world record"),
        _ if speed < *SPEED.start() => Some("slower than a stroll"),
        _ => None,
    }
}

/// Heart rates must rise from rest over easy and threshold to the highest. Of two that do not, neither is used, as
/// nothing says which is wrong; but the runner's word stands against the watch's.
fn in_order(facts: &mut Facts, notes: &mut Vec<Note>) {
    let not_below =
        |low: Option<HeartRate>, high: Option<HeartRate>| matches!((low, high), (Some(l), Some(h)) if l >= h);
    let mut clash = |message: &str| notes.push(Note::new(NoteId::ImplausibleFact, message));
    if not_below(facts.easy_heart_rate, facts.max_heart_rate) {
        clash("the easy heart rate is not below the highest one: neither was used");
        (facts.easy_heart_rate, facts.max_heart_rate) = (None, None);
    }
    if not_below(facts.threshold_heart_rate, facts.max_heart_rate) {
        clash("the threshold heart rate is not below the highest one: neither was used");
        (facts.threshold_heart_rate, facts.max_heart_rate) = (None, None);
    }
    let odd =
        |(threshold, max): (HeartRate, HeartRate)| !THRESHOLD_SHARE.contains(&(threshold.as_bpm() / max.as_bpm()));
    if facts.threshold_heart_rate.zip(facts.max_heart_rate).is_some_and(odd) {
        clash("the threshold heart rate is not between 70 and 97 % of the highest one: neither was used");
        (facts.threshold_heart_rate, facts.max_heart_rate) = (None, None);
    }
    if not_below(facts.resting_heart_rate, facts.easy_heart_rate) {
        clash("the resting heart rate is not below the easy one, and was not used");
        facts.resting_heart_rate = None;
    }
    if not_below(facts.resting_heart_rate, facts.max_heart_rate) {
        clash("the resting heart rate is not below the highest one: neither was used");
        (facts.resting_heart_rate, facts.max_heart_rate) = (None, None);
    }
    let said = [facts.easy_heart_rate, facts.threshold_heart_rate, facts.resting_heart_rate];
    let watch = &mut facts.watch;
    if said.into_iter().any(|said| not_below(said, watch.max_heart_rate)) {
        clash("the highest heart rate in the watch is not above what the runner said, and was not used");
        watch.max_heart_rate = None;
    }
    if not_below(watch.threshold_heart_rate, watch.max_heart_rate.or(facts.max_heart_rate)) {
        clash("the threshold heart rate in the watch is not below the highest one, and was not used");
        watch.threshold_heart_rate = None;
    }
    if watch.threshold_heart_rate.zip(facts.max_heart_rate.or(watch.max_heart_rate)).is_some_and(odd) {
        clash("the threshold heart rate in the watch is not between 70 and 97 % of the highest one, and was not used");
        watch.threshold_heart_rate = None;
    }
    if not_below(watch.resting_heart_rate, facts.max_heart_rate.or(watch.max_heart_rate)) {
        clash("the resting heart rate in the watch is not below the highest one, and was not used");
        watch.resting_heart_rate = None;
    }
}

fn implausible(what: &str) -> Note {
    Note::new(NoteId::ImplausibleFact, format!("{what}, and was not used"))
}
