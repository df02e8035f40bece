//! What the fields of apps hold.

use super::super::contents::Contents;
use super::super::definition::{Message, RECORD};
use super::super::developer::{Description, known};
use super::super::value::Field;
use crate::ingest::limits;

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
