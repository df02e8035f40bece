//! The columns of a bout.

use super::{Column, Kind, Value, number, text, whole};
use crate::report::Tag;

pub(super) const COLUMNS: &[Column] = &[
    Column { name: "bout", kind: Kind::Whole, value: |row| whole(row.bout().map(|(number, _)| number)) },
    Column { name: "gait", kind: Kind::Text, value: |row| text(Some(row.bout()?.1.gait.name())) },
    Column { name: "start_s", kind: Kind::Number, value: |row| number(Some(row.bout()?.1.start_s)) },
    Column { name: "end_s", kind: Kind::Number, value: |row| number(Some(row.bout()?.1.end_s)) },
    Column { name: "start_m", kind: Kind::Number, value: |row| number(Some(row.bout()?.1.start_m)) },
    Column { name: "end_m", kind: Kind::Number, value: |row| number(Some(row.bout()?.1.end_m)) },
    Column { name: "pace_s_per_km", kind: Kind::Number, value: |row| number(row.bout()?.1.pace_s_per_km) },
    Column {
        name: "graded_pace_s_per_km",
        kind: Kind::Number,
        value: |row| number(row.bout()?.1.graded_pace_s_per_km),
    },
    Column { name: "cadence_spm", kind: Kind::Number, value: |row| number(row.bout()?.1.cadence_spm) },
    Column { name: "heart_rate_mean_bpm", kind: Kind::Number, value: |row| number(row.bout()?.1.heart_rate_mean_bpm) },
    Column { name: "heart_rate_max_bpm", kind: Kind::Number, value: |row| number(row.bout()?.1.heart_rate_max_bpm) },
    Column {
        name: "heart_rate_demand_bpm",
        kind: Kind::Number,
        value: |row| number(row.bout()?.1.heart_rate_demand_bpm),
    },
    Column { name: "ratio_to_ceiling", kind: Kind::Number, value: |row| number(row.bout()?.1.ratio_to_ceiling) },
    Column { name: "over", kind: Kind::Flag, value: |row| row.bout()?.1.over.map(Value::Flag) },
    Column { name: "evidence", kind: Kind::Text, value: |row| text(Some(row.bout()?.1.evidence.name())) },
    Column { name: "bout_confidence", kind: Kind::Number, value: |row| number(Some(row.bout()?.1.confidence)) },
    Column {
        name: "tags",
        kind: Kind::List,
        value: |row| Some(Value::List(row.bout()?.1.tags.iter().map(Tag::to_string).collect())),
    },
    Column { name: "allowed", kind: Kind::Text, value: |row| text(row.verdict()?.allowed.as_deref()) },
    Column { name: "lat", kind: Kind::Number, value: |row| number(row.bout()?.1.position.map(|place| place.lat)) },
    Column { name: "lon", kind: Kind::Number, value: |row| number(row.bout()?.1.position.map(|place| place.lon)) },
    Column { name: "skipped_because", kind: Kind::Text, value: |row| text(row.session?.1.skipped_because.as_deref()) },
];
