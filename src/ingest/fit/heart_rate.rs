//! Heart beats that a strap stored, merged into the records that have no heart rate.

use crate::model::Record;
use crate::units::{HeartRate, Timestamp};

/// Beats with the strap's clock, which ticks 1024 times a second.
#[derive(Default)]
pub struct Beats {
    anchor: Option<(Timestamp, u32)>,
    last_ticks: u32,
    rates: Vec<(Timestamp, u8)>,
}

/// A beat older than this says nothing about a record any more.
const MAX_AGE_S: f64 = 5.0;

/// More beats than two days hold at 200 a minute.
const MAX_BEATS: usize = 600_000;

impl Beats {
    /// Ties a reading of the strap's clock to a moment.
    pub fn anchor(&mut self, time: Timestamp, ticks: u32) {
        self.anchor = Some((time, ticks));
        self.last_ticks = ticks;
    }

    /// Adds a beat with its whole time.
    pub fn push(&mut self, ticks: u32, bpm: u8) {
        let Some((time, first)) = self.anchor else {
            return;
        };
        self.last_ticks = ticks;
        let is_rate = bpm != 0 && bpm != u8::MAX;
        if is_rate && self.rates.len() < MAX_BEATS {
            self.rates.push((time.plus_seconds(f64::from(ticks.wrapping_sub(first)) / 1024.0), bpm));
        }
    }

    /// Adds a beat with the lowest twelve bits of its time, which roll over every four seconds.
    pub fn push_rolled(&mut self, bits: u16, bpm: u8) {
        let step = u32::from(bits).wrapping_sub(self.last_ticks) & 0xFFF;
        self.push(self.last_ticks.wrapping_add(step), bpm);
    }

    /// Gives every record without a heart rate the one of the last beat before it. Returns how many got one.
    pub fn fill<'a>(mut self, records: impl Iterator<Item = &'a mut Record>) -> usize {
        if self.rates.is_empty() {
            return 0;
        }
        self.rates.sort_by_key(|beat| beat.0);
        let mut n_filled = 0;
        for record in records.filter(|record| record.heart_rate().is_none()) {
            let Some(time) = record.time() else {
                continue;
            };
            let n_before = self.rates.partition_point(|beat| beat.0 <= time);
            let Some(&(beat, bpm)) = n_before.checked_sub(1).and_then(|last| self.rates.get(last)) else {
                continue;
            };
            if time.seconds_since(beat) <= MAX_AGE_S {
                record.set_heart_rate(HeartRate::from_bpm(f64::from(bpm)));
                n_filled += 1;
            }
        }
        n_filled
    }
}
