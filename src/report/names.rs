//! Enums in reports: serde writes each by its name, and reads it by its name alone.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    AdviceId, AltitudeSource, Class, Direction, Evidence, Excess, Feeling, Format, Gait, Level, MeasureUnit, NoteId,
    Outcome, RuleId, Severity, Source, SpeedSource, Status, Structure, Tag,
};
use crate::model::Motion;

/// Reads a name as the value that has it.
struct Named<T> {
    what: &'static str,
    find: fn(&str) -> Option<T>,
}

impl<T> Visitor<'_> for Named<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "the name of a {}", self.what)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<T, E> {
        (self.find)(name).ok_or_else(|| E::custom(format!("`{name}` names no {}", self.what)))
    }
}

macro_rules! by_name {
    ($($type:ty: $what:literal,)+) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Named { what: $what, find: Self::from_name })
            }
        }
    )+};
}

by_name! {
    AdviceId: "rule of advice",
    AltitudeSource: "source of altitude",
    Class: "verdict",
    Direction: "trend",
    Evidence: "evidence",
    Excess: "severity",
    Feeling: "feeling",
    Format: "format",
    Gait: "gait",
    Level: "level",
    MeasureUnit: "unit",
    Motion: "motion",
    NoteId: "note",
    Outcome: "result",
    RuleId: "rule",
    Severity: "severity",
    Source: "source",
    SpeedSource: "source of speed",
    Status: "status",
    Structure: "structure",
    Tag: "tag",
}
