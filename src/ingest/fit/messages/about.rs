//! Messages about the file, the device, the runner and her clock.

use super::super::contents::{Contents, Device};
use super::super::definition::Message;
use super::super::value::Field;
use crate::model::Sensors;
use crate::units::HeartRate;

pub const FILE_ID: &[u8] = &[0, 1, 2, 8];

pub fn file_id(message: &Message<'_>, contents: &mut Contents) {
    let [kind, manufacturer, product, product_name] = message.fields();
    contents.file_type = contents.file_type.or(kind.code());
    if contents.creator.manufacturer.is_none() {
        contents.creator = device(manufacturer, product, product_name);
    }
}

pub const DEVICE_INFO: &[u8] = &[0, 1, 2, 4, 25, 27];

pub fn device_info(message: &Message<'_>, contents: &mut Contents) {
    let [index, device_type, manufacturer, product, source, product_name] = message.fields();
    if index.code() == Some(0) {
        contents.watch = device(manufacturer, product, product_name);
    }
    sensor(source.code(), device_type.code(), &mut contents.sensors);
}

/// Notes a sensor: a source of 5 is inside the watch, and its types are numbered on their own.
fn sensor(source: Option<u16>, device_type: Option<u16>, sensors: &mut Sensors) {
    const INSIDE: u16 = 5;
    const BAROMETER: u16 = 4;
    const WRIST_HEART_RATE: u16 = 10;
    const STRAP: u16 = 120;
    match (source, device_type) {
        (Some(INSIDE), Some(BAROMETER)) => sensors.barometer = Some(true),
        (Some(INSIDE), Some(inside)) => {
            // A watch that lists what is inside it lists its barometer.
            sensors.barometer = sensors.barometer.or(Some(false));
            if inside == WRIST_HEART_RATE {
                sensors.heart_rate_strap = sensors.heart_rate_strap.or(Some(false));
            }
        }
        (_, Some(STRAP)) => sensors.heart_rate_strap = Some(true),
        _ => {}
    }
}

fn device(manufacturer: Field<'_>, product: Field<'_>, product_name: Field<'_>) -> Device {
    Device { manufacturer: manufacturer.code(), product: product.code(), product_name: product_name.text() }
}

pub const USER_PROFILE: &[u8] = &[2, 8, 9, 11];

pub fn user_profile(message: &Message<'_>, contents: &mut Contents) {
    let [age, resting, max_running, max] = message.fields();
    let profile = &mut contents.profile;
    profile.age = age.code().and_then(|age| u8::try_from(age).ok()).filter(|age| *age > 0).or(profile.age);
    profile.resting_heart_rate = heart_rate(resting).or(profile.resting_heart_rate);
    profile.max_heart_rate = heart_rate(max_running).or(heart_rate(max)).or(profile.max_heart_rate);
}

pub const ZONES_TARGET: &[u8] = &[1, 2];

pub fn zones_target(message: &Message<'_>, contents: &mut Contents) {
    let [max, threshold] = message.fields();
    let profile = &mut contents.profile;
    profile.max_heart_rate = profile.max_heart_rate.or(heart_rate(max));
    profile.threshold_heart_rate = heart_rate(threshold).or(profile.threshold_heart_rate);
}

pub const HR_ZONE: &[u8] = &[254, 1];

/// `hr_zone` has a zone's upper end; the one of index 0 is below zone 1.
pub fn hr_zone(message: &Message<'_>, contents: &mut Contents) {
    let [index, high] = message.fields();
    if index.code() == Some(2) {
        contents.profile.zone_two_top = heart_rate(high).or(contents.profile.zone_two_top);
    }
}

pub const TIME_IN_ZONE: &[u8] = &[6, 11, 12, 13];

/// `time_in_zone` repeats what the zones were made from: it fills what the other messages left open.
pub fn time_in_zone(message: &Message<'_>, contents: &mut Contents) {
    let [bounds, max, resting, threshold] = message.fields();
    let profile = &mut contents.profile;
    profile.zone_two_top = profile.zone_two_top.or_else(|| zone_two_top(bounds.raw()));
    profile.max_heart_rate = profile.max_heart_rate.or(heart_rate(max));
    profile.resting_heart_rate = profile.resting_heart_rate.or(heart_rate(resting));
    profile.threshold_heart_rate = profile.threshold_heart_rate.or(heart_rate(threshold));
}

/// The third of the upper ends of the zones, of which the first is that of no zone; they rise, or they are something else.
fn zone_two_top(ends: &[u8]) -> Option<HeartRate> {
    let ends = ends.get(..4)?;
    let are_rising = ends.windows(2).all(|pair| pair[0] < pair[1]) && ends[3] < u8::MAX && ends[0] >= 60;
    are_rising.then(|| HeartRate::from_bpm(f64::from(ends[2])))
}

fn heart_rate(field: Field<'_>) -> Option<HeartRate> {
    field.number().filter(|bpm| (1.0..255.0).contains(bpm)).map(HeartRate::from_bpm)
}

pub const SPORT: &[u8] = &[0, 1, 3];

pub fn sport(message: &Message<'_>, contents: &mut Contents) {
    let [sport, sub_sport, name] = message.fields();
    contents.sport = sport.code();
    contents.sub_sport = sub_sport.code();
    contents.sport_name = name.text();
}

pub const ACTIVITY: &[u8] = &[5];

/// `activity` has the end of the activity twice, in UTC and on the runner's clock.
pub fn activity(message: &Message<'_>, contents: &mut Contents) {
    let [local] = message.fields();
    if let (Some(local), Some(utc)) = (local.seconds(), message.seconds) {
        contents.clock_ahead = Some(i64::from(local) - i64::from(utc));
    }
}
