//! One point of a track, filled value by value.

use super::{Fault, Faults, Scanner, moment, number};
use crate::model::Record;
use crate::units::{Distance, HeartRate, Position, Speed, UtcOffset};

/// The values of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// When.
    Time,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// Metres above the sea.
    Altitude,
    /// Beats per minute.
    HeartRate,
    /// Steps or strides per minute.
    Cadence,
    /// Metres per second.
    Speed,
    /// Metres since the start.
    Distance,
    /// Metres that the receiver says its position may be off.
    Accuracy,
}

/// A point while its element is open.
#[derive(Default)]
pub struct Point {
    record: Record,
    latitude: Option<f64>,
    longitude: Option<f64>,
    time_unreadable: bool,
    /// The runner's clock, where the time is written in another zone than UTC.
    pub utc_offset: Option<UtcOffset>,
}

impl Point {
    /// Takes one value as it is written. Blank is absent; what cannot be read is counted.
    ///
    /// Where two makers' extensions give the same value, the first one stands.
    #[inline]
    pub fn set(&mut self, field: Field, text: &[u8], faults: &mut Faults, scanner: &Scanner) {
        let text = text.trim_ascii();
        match field {
            _ if text.is_empty() => {}
            Field::Time => self.set_time(text, faults, scanner),
            Field::Latitude => self.latitude = self.latitude.or(Some(number(text).unwrap_or(f64::NAN))),
            Field::Longitude => self.longitude = self.longitude.or(Some(number(text).unwrap_or(f64::NAN))),
            _ => match number(text) {
                Some(value) => set_number(&mut self.record, field, value),
                None => faults.add(Fault::Number, text, scanner),
            },
        }
    }

    fn set_time(&mut self, text: &[u8], faults: &mut Faults, scanner: &Scanner) {
        if self.record.time().is_some() {
            return;
        }
        let Some(moment) = moment(text) else {
            self.time_unreadable = true;
            return faults.add(Fault::Time, text, scanner);
        };
        self.record.set_time(moment.time);
        match moment.offset_s {
            None => faults.add(Fault::Zone, text, scanner),
            Some(0) => {}
            Some(offset_s) => self.utc_offset = UtcOffset::from_seconds(i64::from(offset_s)),
        }
    }

    /// The record of the whole point.
    #[inline]
    pub fn into_record(self, faults: &mut Faults, scanner: &Scanner) -> Record {
        let mut record = self.record;
        if record.time().is_none() && !self.time_unreadable {
            faults.add(Fault::NoTime, b"", scanner);
        }
        if self.latitude.is_some() || self.longitude.is_some() {
            let degrees = self.latitude.zip(self.longitude);
            match degrees.and_then(|(latitude, longitude)| Position::from_degrees(latitude, longitude)) {
                Some(position) => record.set_position(position),
                None => faults.add(Fault::Position, b"", scanner),
            }
        }
        record
    }
}

/// Sets a number where none is yet. Phones write -1 for a speed that they do not know, so below zero is absent too.
#[inline]
fn set_number(record: &mut Record, field: Field, value: f64) {
    match field {
        Field::Altitude if record.altitude().is_none() => record.set_altitude(value),
        _ if value < 0.0 => {}
        Field::HeartRate if record.heart_rate().is_none() => record.set_heart_rate(HeartRate::from_bpm(value)),
        Field::Cadence if record.raw_cadence().is_none() => record.set_raw_cadence(value),
        Field::Speed if record.speed().is_none() => record.set_speed(Speed::from_meters_per_second(value)),
        Field::Distance if record.distance().is_none() => record.set_distance(Distance::from_meters(value)),
        Field::Accuracy if (0.0..255.0).contains(&value) => record.set_gps_accuracy(value.round() as u8),
        _ => {}
    }
}
