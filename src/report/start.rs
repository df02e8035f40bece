//! The start of a session, and its sport, as reports have them.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::Sport;
use crate::units::{Date, Timestamp, UtcOffset};

/// When a session began, on the runner's clock; JSON has it in RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StartTime {
    /// The moment.
    pub at: Timestamp,
    /// The runner's clock; `None` where it is not known, which is written as `Z`.
    pub offset: Option<UtcOffset>,
}

impl StartTime {
    /// The day on the runner's calendar, by UTC where no clock is known.
    pub fn date(self) -> Date {
        self.at.date(self.offset.unwrap_or(UtcOffset::UTC))
    }

    /// Hours and minutes on the runner's clock, as `18:05`.
    pub fn wall_clock(self) -> String {
        self.at.wall_clock(self.offset.unwrap_or(UtcOffset::UTC))
    }
}

impl fmt::Display for StartTime {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(&self.at.to_rfc3339(self.offset))
    }
}

impl Serialize for StartTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            (self.at.as_unix_millis(), self.offset.map(UtcOffset::as_seconds)).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for StartTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            let (at, offset) = Timestamp::from_rfc3339(&text)
                .zip(UtcOffset::from_rfc3339(&text))
                .ok_or_else(|| D::Error::custom(format!("`{text}` is no moment in RFC 3339")))?;
            return Ok(Self { at, offset });
        }
        let (millis, offset) = <(i64, Option<i32>)>::deserialize(deserializer)?;
        let offset = offset.map(|seconds| {
            UtcOffset::from_seconds(seconds.into()).ok_or_else(|| D::Error::custom("no offset from UTC"))
        });
        Ok(Self { at: Timestamp::from_unix_millis(millis), offset: offset.transpose()? })
    }
}

/// The sport of a session: one that matters here, or what the file calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SportName {
    /// One that the file does not name any closer.
    Known(Sport),
    /// As the file names it, such as `running/treadmill`.
    AsWritten(String),
}

impl SportName {
    /// The name in reports.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(sport) => sport.name(),
            Self::AsWritten(name) => name,
        }
    }
}

impl FromStr for SportName {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<Self, Infallible> {
        Ok(Sport::from_name(name).map_or_else(|| Self::AsWritten(name.to_owned()), Self::Known))
    }
}

impl fmt::Display for SportName {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for SportName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for SportName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Ok(name) = String::deserialize(deserializer)?.parse();
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_gives_back_what_it_was_given() {
        let start = Timestamp::from_unix_millis(1_788_797_100_250);
        for offset in [None, Some(0), Some(7200), Some(-12_600)] {
            let moment = StartTime { at: start, offset: offset.and_then(UtcOffset::from_seconds) };
            let text = serde_json::to_string(&moment).expect("JSON");
            assert_eq!(serde_json::from_str::<StartTime>(&text).ok(), Some(moment), "{text}");
        }
        for name in ["running", "unknown", "running/treadmill", "Laufen"] {
            let Ok(sport) = name.parse::<SportName>();
            assert_eq!(sport.as_str(), name);
            assert_eq!(matches!(sport, SportName::Known(_)), ["running", "unknown"].contains(&name), "{name}");
        }
    }
}
