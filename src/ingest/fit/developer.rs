//! Speed and distance that a foot pod's app writes in fields of its own: known by their units and names.
//!
//! They count only where no record of the file has the native field: elsewhere the watch has chosen between the two, and
//! two odometers in one column make a wrong one.

use super::value::{Field, Slot};
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
    /// The type of its values.
    pub base_type: u8,
    /// What it measures.
    pub quantity: Quantity,
    /// What makes metres, or metres per second, of the number in the file.
    pub scale: f64,
    /// What is taken away from it, in metres or metres per second.
    pub offset: f64,
}

/// What a field measures, and the metres or metres per second in its unit.
pub fn known(name: &str, units: &str, native: Option<u16>) -> Option<(Quantity, f64)> {
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
    pub fn push<'a>(&mut self, at: usize, slots: &DeveloperSlots, field: impl Fn(Slot) -> Field<'a>) {
        // The records behind a damaged place are read again.
        while self.values.last().is_some_and(|(last, ..)| *last >= at) {
            self.values.pop();
        }
        let value = |slot: &Option<DeveloperSlot>| {
            let of = |slot: &DeveloperSlot| Some(field(slot.slot).number()? * slot.scale - slot.offset);
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
