//! The records of a session whose signals are written one after the other, each with times of its own.

use std::collections::BTreeMap;

use super::limits;
use crate::model::Record;
use crate::units::Timestamp;

/// A record for each second. Streams of one second are stamped some milliseconds apart.
#[derive(Debug, Default)]
pub struct Seconds(BTreeMap<i64, Record>);

impl Seconds {
    /// The record of a moment, to set a value of it; `None` where there are more than any session has.
    pub fn at(&mut self, time: Timestamp) -> Option<&mut Record> {
        let second = (time.as_unix_millis() + 500).div_euclid(1000);
        if self.0.len() >= limits::RECORDS && !self.0.contains_key(&second) {
            return None;
        }
        Some(self.0.entry(second).or_default())
    }

    /// How many seconds there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The records so far in the order of time, without their times.
    pub fn iter(&self) -> impl Iterator<Item = &Record> {
        self.0.values()
    }

    /// The records in the order of time.
    pub fn into_records(self) -> Vec<Record> {
        let timed = |(second, mut record): (i64, Record)| {
            record.set_time(Timestamp::from_unix_seconds(second));
            record
        };
        self.0.into_iter().map(timed).collect()
    }
}
