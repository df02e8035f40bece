//! `record`: what the sensors said at one moment. Nearly all of a file is these, so this is the path that must be fast.

use super::super::contents::Contents;
use super::super::definition::Message;
use super::super::value::{Field, Slot, timestamp};
use crate::model::{Motion, Record};
use crate::units::{Distance, HeartRate, Position, Speed, Timestamp};

pub const FIELDS: &[u8] = &[0, 1, 5, 73, 6, 78, 2, 3, 4, 53, 52, 41, 42, 31, 8];

/// Times before this count from when the watch was switched on, not from 1989.
pub const FIRST_ABSOLUTE_TIME: Timestamp = timestamp(0x1000_0000);

/// Degrees in a semicircle, 2^31 of them to 180 degrees.
const DEGREES: f64 = 180.0 / 2_147_483_648.0;

pub fn read(message: &Message<'_>, contents: &mut Contents) {
    let [
        latitude,
        longitude,
        distance,
        enhanced_speed,
        speed,
        enhanced_altitude,
        altitude,
        heart_rate,
        cadence,
        fractional_cadence,
        cadence256,
        stance_time,
        activity_type,
        gps_accuracy,
        compressed,
    ] = message.slots();
    if !contents.has_room() {
        contents.overflowed = true;
        return;
    }
    let field = |slot: &Slot| message.field(*slot);
    let mut record = Record::default();

    if let Some(time) = message.seconds.map(timestamp).filter(|time| time.is_of_a_watch()) {
        contents.has_relative_times |= time < FIRST_ABSOLUTE_TIME;
        record.set_time(time);
    } else {
        contents.n_untimed += 1;
    }
    if let (Some(latitude), Some(longitude)) = (field(latitude).number(), field(longitude).number())
        && let Some(position) = Position::from_degrees(latitude * DEGREES, longitude * DEGREES)
    {
        record.set_position(position);
    }
    if let Some(packed) = packed(field(compressed)) {
        let sixteenths = roll(contents.rolled_distance, packed >> 12);
        contents.rolled_distance = Some(sixteenths);
        record.set_speed(Speed::from_meters_per_second(f64::from(packed & 0xFFF) / 100.0));
        record.set_distance(Distance::from_meters(f64::from(sixteenths) / 16.0));
    }
    if let Some(meters) = field(distance).scaled(100.0) {
        record.set_distance(Distance::from_meters(meters));
    }
    if let Some(speed) = field(enhanced_speed).scaled(1000.0).or_else(|| field(speed).scaled(1000.0)) {
        record.set_speed(Speed::from_meters_per_second(speed));
    }
    if let Some(raised) = field(enhanced_altitude).scaled(5.0).or_else(|| field(altitude).scaled(5.0)) {
        record.set_altitude(raised - 500.0);
    }
    if let Some(bpm) = field(heart_rate).number() {
        record.set_heart_rate(HeartRate::from_bpm(bpm));
    }
    if let Some(whole) = field(cadence).number() {
        record.set_raw_cadence(whole + field(fractional_cadence).scaled(128.0).unwrap_or(0.0));
    } else if let Some(cadence) = field(cadence256).scaled(256.0) {
        record.set_raw_cadence(cadence);
    }
    if let Some(millis) = field(stance_time).scaled(10.0) {
        record.set_stance_time_ms(millis);
    }
    if let Some(motion) = field(activity_type).code().and_then(motion) {
        record.set_motion(motion);
    }
    if let Some(meters) = field(gps_accuracy).number() {
        record.set_gps_accuracy(meters.clamp(0.0, 254.0) as u8);
    }
    if let Some(slots) = message.developer() {
        contents.developer.push(contents.records.len(), slots, |slot| message.field(slot));
    }
    contents.records.push(record);
}

const fn motion(activity_type: u16) -> Option<Motion> {
    match activity_type {
        1 => Some(Motion::Running),
        6 => Some(Motion::Walking),
        8 => Some(Motion::Sedentary),
        13 => Some(Motion::Wheelchair),
        _ => None,
    }
}

/// `compressed_speed_distance`: twelve bits of speed in cm/s below twelve bits of distance in sixteenths of a metre.
fn packed(field: Field<'_>) -> Option<u32> {
    let &[low, middle, high] = field.raw().first_chunk()?;
    let packed = u32::from_le_bytes([low, middle, high, 0]);
    (packed != 0xFF_FFFF).then_some(packed)
}

/// Counts a twelve-bit distance on from the last one; it rolls over every 256 m.
fn roll(last: Option<u32>, bits: u32) -> u32 {
    let last = last.unwrap_or(bits);
    last.saturating_add(bits.wrapping_sub(last) & 0xFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_bits_of_distance_roll_over() {
        let distances: Vec<u32> = [4090, 10, 10, 5]
            .into_iter()
            .scan(None, |last, bits| {
                *last = Some(roll(*last, bits));
                *last
            })
            .collect();
        assert_eq!(distances, [4090, 4106, 4106, 8197]);
    }
}
