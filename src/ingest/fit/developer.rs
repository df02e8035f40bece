//! Speed and distance that a foot pod's app writes in fields of its own: known by their units and names.
//!
//! They count only where no record of the file has the native field: elsewhere the watch has chosen between the two, and
//! two odometers in one column make a wrong one.

use super::contents::Contents;
use super::definition::Message;
use super::messages::RECORD;
use super::value::{Field, Slot};
use crate::ingest::limits;
use crate::model::{Note, NoteId, Record};
use crate::units::{Distance, Speed, plural};

/// What a developer field measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// Speed over the ground.
    Speed,
    /// Distance since the start.
    Distance,
}

/// A developer field that is read, as its `field_description` has it.
#[derive(Debug, Clone, Copy)]
pub struct Description {
    /// The number of the developer's data, and that of the field in it.
    pub key: (u8, u8),
    base_type: u8,
    quantity: Quantity,
    /// What makes metres, or metres per second, of the number in the file.
    scale: f64,
    offset: f64,
}

/// The fields of a `field_description` that are read.
pub const FIELD_DESCRIPTION: &[u8] = &[0, 1, 2, 3, 6, 7, 8, 14, 15];

/// Reads a `field_description`, the row of the table for it.
pub fn field_description(message: &Message<'_>, contents: &mut Contents) {
    let [developer, number, base_type, name, scale, offset, units, native_message, native_field] = message.fields();
    let small = |field: Field<'_>| field.number().filter(|n| (0.0..255.0).contains(n)).map(|n| n as u8);
    // A base type of 255 would be invalid, and none is.
    let (Some(developer), Some(number), Some(base_type)) = (small(developer), small(number), small(base_type)) else {
        return;
    };
    let native = native_field.code().filter(|_| native_message.code().is_none_or(|of| of == RECORD));
    let (name, units) = (name.text().unwrap_or_default(), units.text().unwrap_or_default());
    let Some((quantity, unit)) = known(&name, &units, native) else { return };
    let divisor = scale.number().filter(|scale| *scale >= 1.0).unwrap_or(1.0);
    let description = Description {
        key: (developer, number),
        base_type,
        quantity,
        scale: unit / divisor,
        offset: offset.number().unwrap_or(0.0) * unit,
    };
    contents.developer.described.retain(|known| known.key != description.key);
    if contents.developer.described.len() < limits::FIT_PARTS {
        contents.developer.described.push(description);
    }
}

/// What a field measures, and the metres or metres per second in its unit.
fn known(name: &str, units: &str, native: Option<u16>) -> Option<(Quantity, f64)> {
    const PODS: [&str; 22] = [
        "stryd",
        "foot",
        "pod",
        "footpod",
        "run",
        "running",
        "runscribe",
        "runn",
        "npe",
        "rpm2",
        "milestone",
        "arion",
        "nurvv",
        "zwift",
        "treadmill",
        "sensor",
        "insole",
        "instantaneous",
        "current",
        "total",
        "cumulative",
        "smart",
    ];
    let units = units.trim().to_lowercase();
    let (of_unit, unit) = match units.as_str() {
        "m/s" | "mps" | "m/sec" | "m s-1" | "meters/second" | "meters/sec" | "metres/second" => (Quantity::Speed, 1.0),
        "mm/s" => (Quantity::Speed, 0.001),
        "cm/s" => (Quantity::Speed, 0.01),
        "km/h" | "kph" | "kmh" | "km/hr" => (Quantity::Speed, 1.0 / 3.6),
        "mph" | "mi/h" | "miles/h" => (Quantity::Speed, 0.44704),
        "m" | "meter" | "meters" | "metre" | "metres" => (Quantity::Distance, 1.0),
        "cm" => (Quantity::Distance, 0.01),
        "mm" => (Quantity::Distance, 0.001),
        "km" | "kilometers" | "kilometres" => (Quantity::Distance, 1000.0),
        "mi" | "mile" | "miles" => (Quantity::Distance, 1609.344),
        _ => return None,
    };
    let by_native = match native {
        Some(6 | 73) => Some(Quantity::Speed),
        Some(5) => Some(Quantity::Distance),
        _ => None,
    };
    let lower = name.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let by_name = |word: &str| match word {
        "speed" | "velocity" => Some(Quantity::Speed),
        "distance" | "dist" => Some(Quantity::Distance),
        _ => None,
    };
    let named =
        words().find_map(by_name).filter(|_| words().all(|word| by_name(word).is_some() || PODS.contains(&word)));
    by_native.or(named).filter(|quantity| *quantity == of_unit).map(|quantity| (quantity, unit))
}

/// Where a developer field lies in a message.
#[derive(Debug, Clone, Copy)]
pub struct DeveloperSlot {
    slot: Slot,
    scale: f64,
    offset: f64,
}

/// The slots of speed and of distance among the developer fields of a definition.
pub type DeveloperSlots = [Option<DeveloperSlot>; 2];

impl Description {
    /// Keeps the slot of a field that lies at `offset`, where it is the first of its quantity.
    pub fn place(&self, offset: usize, size: u8, big_endian: bool, slots: &mut DeveloperSlots) {
        let Ok(offset) = u16::try_from(offset) else { return };
        let slot = Slot::new(offset, size, self.base_type, big_endian);
        if let Some(place @ None) = slots.get_mut(self.quantity as usize)
            && slot.is_present()
        {
            *place = Some(DeveloperSlot { slot, scale: self.scale, offset: self.offset });
        }
    }
}

/// What the developer fields of a file hold.
#[derive(Default)]
pub struct Developer {
    /// The fields that are read.
    pub described: Vec<Description>,
    /// The number of a record, its speed and its distance.
    values: Vec<(usize, f64, f64)>,
}

impl Developer {
    /// Keeps the values of the record with the number `at`, the one that is read now.
    pub fn push(&mut self, at: usize, message: &Message<'_>, slots: &DeveloperSlots) {
        // The records behind a damaged place are read again.
        while self.values.last().is_some_and(|(last, ..)| *last >= at) {
            self.values.pop();
        }
        let value = |slot: &Option<DeveloperSlot>| {
            let of = |slot: &DeveloperSlot| Some(message.field(slot.slot).number()? * slot.scale - slot.offset);
            slot.as_ref().and_then(of).filter(|number| number.is_finite() && *number >= 0.0).unwrap_or(f64::NAN)
        };
        let [speed, distance] = slots;
        self.values.push((at, value(speed), value(distance)));
    }

    /// Gives the values to the records of a file that has none of their kind.
    pub fn fill(self, records: &mut [Record], notes: &mut Vec<Note>) {
        let has_speed = records.iter().any(|record| record.speed().is_some());
        let has_distance = records.iter().any(|record| record.distance().is_some());
        let mut n = 0;
        for (at, speed, distance) in self.values {
            let Some(record) = records.get_mut(at) else { continue };
            let (speed, distance) = (Some(speed).filter(|_| !has_speed), Some(distance).filter(|_| !has_distance));
            if let Some(speed) = speed.filter(|speed| speed.is_finite()) {
                record.set_speed(Speed::from_meters_per_second(speed));
            }
            if let Some(meters) = distance.filter(|meters| meters.is_finite()) {
                record.set_distance(Distance::from_meters(meters));
            }
            n += usize::from(speed.or(distance).is_some_and(f64::is_finite));
        }
        if n > 0 {
            let message =
                format!("took speed or distance of {} from the fields of a foot pod's app", plural(n, "record", None));
            notes.push(Note::new(NoteId::DeveloperFields, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_known_by_unit_and_name() {
        use Quantity::{Distance, Speed};
        assert_eq!(known("Speed", "M/S", None), Some((Speed, 1.0)));
        assert_eq!(known("Stryd Distance", "Meters", None), Some((Distance, 1.0)));
        assert_eq!(known("footpod_speed", "km/h", None), Some((Speed, 1.0 / 3.6)));
        assert_eq!(known("V", "m/s", Some(6)), Some((Speed, 1.0)));
        for (name, units) in [
            ("wind_speed", "m/s"),
            ("vertical speed", "m/min"),
            ("Lap Distance", "km"),
            ("Avg Speed", "m/s"),
            ("Effort Pace", "m/s"),
            ("Speed", "m"),
            ("Distance", "m/s"),
            ("Elevation", "m"),
            ("Power", "W"),
        ] {
            assert_eq!(known(name, units, None), None, "{name} {units}");
        }
    }
}
