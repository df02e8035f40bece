//! The messages that are read, and which of their fields: a mini profile. A new one is a row in [`MESSAGES`].

mod about;
mod developer;
mod hr;
mod record;
mod structure;
mod workout;

pub use record::FIRST_ABSOLUTE_TIME;

use super::definition::{RECORD, Row};

/// The messages that are read; all others are passed over.
const MESSAGES: &[Row] = &[
    Row { number: RECORD, fields: record::FIELDS, read: record::read },
    Row { number: 0, fields: about::FILE_ID, read: about::file_id },
    Row { number: 3, fields: about::USER_PROFILE, read: about::user_profile },
    Row { number: 7, fields: about::ZONES_TARGET, read: about::zones_target },
    Row { number: 12, fields: about::SPORT, read: about::sport },
    Row { number: 18, fields: structure::SESSION, read: structure::session },
    Row { number: 19, fields: structure::LAP, read: structure::lap },
    Row { number: 21, fields: structure::EVENT, read: structure::event },
    Row { number: 23, fields: about::DEVICE_INFO, read: about::device_info },
    Row { number: 26, fields: workout::WORKOUT, read: workout::workout },
    Row { number: 27, fields: workout::WORKOUT_STEP, read: workout::workout_step },
    Row { number: 34, fields: about::ACTIVITY, read: about::activity },
    Row { number: 132, fields: hr::FIELDS, read: hr::read },
    Row { number: 206, fields: developer::FIELD_DESCRIPTION, read: developer::field_description },
    Row { number: 216, fields: about::TIME_IN_ZONE, read: about::time_in_zone },
    Row { number: 312, fields: structure::SPLIT, read: structure::split },
];

/// The row of a global message number.
pub fn find(number: u16) -> Option<&'static Row> {
    MESSAGES.iter().find(|row| row.number == number)
}
