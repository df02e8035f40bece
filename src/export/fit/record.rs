//! Writes records, each with the fields of the sensors that the watch has and no others.

use super::bytes::{File, Value};
use super::{scaled, time};
use crate::model::{Motion, Record};
use crate::units::{Distance, HeartRate, Position, Speed};

const N_FIELDS: usize = 12;

/// Which fields any record has; the others are left out of all.
pub fn columns(records: &[Record]) -> [bool; N_FIELDS] {
    records.iter().map(fields).fold([false; N_FIELDS], |mut columns, fields| {
        for (column, (_, value)) in columns.iter_mut().zip(fields) {
            *column |= value.is_present();
        }
        columns
    })
}

/// Writes one record.
pub fn write(file: &mut File, record: &Record, columns: [bool; N_FIELDS]) {
    let fields = fields(record).into_iter().zip(columns).filter(|(_, column)| *column);
    file.message(20, &fields.map(|(field, _)| field).collect::<Vec<_>>());
}

fn fields(record: &Record) -> [(u8, Value<'static>); N_FIELDS] {
    let (latitude, longitude) = record.position().map(Position::as_semicircles).unzip();
    // 128ths of a stride or step, split into the whole number and the fraction.
    let cadence: Option<u16> = scaled(record.raw_cadence(), 128.0);
    let altitude = record.altitude().map(|meters| meters + 500.0);
    let motion = record.motion().map(|motion| match motion {
        Motion::Running => 1,
        Motion::Walking => 6,
        Motion::Sedentary => 8,
        Motion::Wheelchair => 13,
    });
    [
        (253, Value::U32(time(record.time()))),
        (0, Value::S32(latitude)),
        (1, Value::S32(longitude)),
        (5, Value::U32(scaled(record.distance().map(Distance::as_meters), 100.0))),
        (73, Value::U32(scaled(record.speed().map(Speed::as_meters_per_second), 1000.0))),
        (78, Value::U32(scaled(altitude, 5.0))),
        (41, Value::U16(scaled(record.stance_time_ms(), 10.0))),
        (3, Value::U8(scaled(record.heart_rate().map(HeartRate::as_bpm), 1.0))),
        (4, Value::U8(cadence.and_then(|cadence| u8::try_from(cadence / 128).ok()))),
        (53, Value::U8(cadence.map(|cadence| (cadence % 128) as u8))),
        (31, Value::U8(scaled(record.gps_accuracy(), 1.0))),
        (42, Value::Enum(motion)),
    ]
}
