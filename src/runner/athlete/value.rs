//! The values of a runner's file, each with what is possible for it.

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use super::race_of;
use crate::audit::RuleId;
use crate::ceiling::{Giver, Race, Threshold};
use crate::plan::Order;
use crate::units::{self, Date, Distance, HeartRate, Pace, UnitSystem, Zone};

/// `"km"` or `"mi"`.
pub fn unit_system<'de, D: Deserializer<'de>>(input: D) -> Result<Option<UnitSystem>, D::Error> {
    match String::deserialize(input)?.as_str() {
        "km" => Ok(Some(UnitSystem::Metric)),
        "mi" => Ok(Some(UnitSystem::Imperial)),
        _ => Err(D::Error::custom("units are \"km\" or \"mi\"")),
    }
}

/// The IANA name of a time zone.
pub fn zone<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Zone>, D::Error> {
    let name = String::deserialize(input)?;
    let unknown = || D::Error::custom(format!("there is no time zone \"{name}\"; write it as \"Pacific/Auckland\""));
    Zone::from_name(&name).map(Some).ok_or_else(unknown)
}

/// A pace with its unit.
pub fn pace<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Pace>, D::Error> {
    units::parse_pace(&String::deserialize(input)?).map(Some).map_err(D::Error::custom)
}

/// A heart rate in bpm.
pub fn heart_rate<'de, D: Deserializer<'de>>(input: D) -> Result<Option<HeartRate>, D::Error> {
    units::heart_rate(Number::deserialize(input)?.value()).map(Some).map_err(D::Error::custom)
}

/// A distance around home.
pub fn radius<'de, D: Deserializer<'de>>(input: D) -> Result<Option<u32>, D::Error> {
    super::parse_radius(&String::deserialize(input)?).map(Some).map_err(D::Error::custom)
}

/// Days without running.
pub fn days<'de, D: Deserializer<'de>>(input: D) -> Result<Option<f64>, D::Error> {
    let days = Number::deserialize(input)?.value();
    if (0.0..=10_000.0).contains(&days) { Ok(Some(days)) } else { Err(D::Error::custom("days off are 0 to 10000")) }
}

/// A height above the sea in metres.
pub fn altitude<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Distance>, D::Error> {
    let meters = Number::deserialize(input)?.value();
    if (-450.0..=9000.0).contains(&meters) {
        Ok(Some(Distance::from_meters(meters)))
    } else {
        Err(D::Error::custom("an altitude is between -450 and 9000 m"))
    }
}

/// Weeks of a programme.
pub fn weeks<'de, D: Deserializer<'de>>(input: D) -> Result<Option<u8>, D::Error> {
    match i64::deserialize(input)? {
        weeks @ 0..=104 => Ok(Some(weeks as u8)),
        _ => Err(D::Error::custom("weeks are 0 to 104")),
    }
}

/// The order in which load may rise.
pub fn order<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Order>, D::Error> {
    match String::deserialize(input)?.as_str() {
        "volume-first" => Ok(Some(Order::VolumeFirst)),
        "frequency-first" => Ok(Some(Order::FrequencyFirst)),
        "any" => Ok(Some(Order::Any)),
        _ => Err(D::Error::custom("the order is \"volume-first\", \"frequency-first\" or \"any\"")),
    }
}

/// Who gave an easy pace or heart rate.
pub fn giver<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Giver>, D::Error> {
    super::parse_giver(&String::deserialize(input)?).map(Some).map_err(D::Error::custom)
}

/// The name of a rule, of a session or of the weeks.
pub fn rule<'de, D: Deserializer<'de>>(input: D) -> Result<RuleId, D::Error> {
    let name = String::deserialize(input)?;
    let unknown = || D::Error::custom(format!("there is no rule `{name}`; `rehabrun explain` lists them"));
    RuleId::from_name(&name).ok_or_else(unknown)
}

/// A reason, which must not be empty.
pub fn reason<'de, D: Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    let reason = String::deserialize(input)?.trim().to_owned();
    if reason.is_empty() { Err(D::Error::custom("an exception needs its reason")) } else { Ok(reason) }
}

/// A year of birth.
pub fn birth_year<'de, D: Deserializer<'de>>(input: D) -> Result<Option<i16>, D::Error> {
    let year = i64::deserialize(input)?;
    match i16::try_from(year) {
        Ok(year) if (1900..=2100).contains(&year) => Ok(Some(year)),
        _ => Err(D::Error::custom("a year of birth has four digits, as 1988")),
    }
}

/// A day, written without quotes.
pub fn date<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Date>, D::Error> {
    let day = match toml::Value::deserialize(input)? {
        toml::Value::Datetime(written) if written.time.is_none() => Date::parse(&written.to_string()),
        _ => None,
    };
    day.map(Some).ok_or_else(|| D::Error::custom("write a day as 2026-05-01, without quotes"))
}

/// A race: distance, time, and day and height where known.
pub fn race<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Race>, D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Written {
        distance: String,
        time: String,
        #[serde(default, deserialize_with = "date")]
        date: Option<Date>,
        #[serde(default, deserialize_with = "altitude")]
        altitude_m: Option<Distance>,
    }
    let written = Written::deserialize(input)?;
    race_of(&written.distance, &written.time, written.date, written.altitude_m).map(Some).map_err(D::Error::custom)
}

/// Pace, heart rate or both at a threshold, and the day where known.
pub fn threshold<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Threshold>, D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Written {
        #[serde(default, deserialize_with = "pace")]
        pace: Option<Pace>,
        #[serde(default, deserialize_with = "heart_rate")]
        hr: Option<HeartRate>,
        #[serde(default, deserialize_with = "date")]
        date: Option<Date>,
    }
    let Written { pace, hr, date } = Written::deserialize(input)?;
    if pace.is_none() && hr.is_none() {
        return Err(D::Error::custom("give `pace`, `hr` or both"));
    }
    Ok(Some(Threshold { speed: pace.map(Pace::speed), heart_rate: hr, date }))
}

/// A number that any other rule may limit.
pub fn number<'de, D: Deserializer<'de>>(input: D) -> Result<f64, D::Error> {
    Number::deserialize(input).map(|number| number.value())
}

/// A number with or without a fraction.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a number")]
enum Number {
    Whole(i32),
    Fraction(f64),
}

impl Number {
    fn value(&self) -> f64 {
        match *self {
            Self::Whole(whole) => f64::from(whole),
            Self::Fraction(fraction) => fraction,
        }
    }
}
