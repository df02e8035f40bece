//! The columns of an effort.

use super::{Column, Kind, Value, number, whole};

pub(super) const COLUMNS: &[Column] = &[
    Column { name: "effort", kind: Kind::Whole, value: |row| whole(row.effort().map(|(number, _)| number)) },
    Column { name: "bout", kind: Kind::Whole, value: |row| whole(Some(row.effort()?.1.bout + 1)) },
    Column { name: "start_s", kind: Kind::Number, value: |row| number(Some(row.effort()?.1.start_s)) },
    Column { name: "end_s", kind: Kind::Number, value: |row| number(Some(row.effort()?.1.end_s)) },
    Column { name: "start_m", kind: Kind::Number, value: |row| number(Some(row.effort()?.1.start_m)) },
    Column { name: "end_m", kind: Kind::Number, value: |row| number(Some(row.effort()?.1.end_m)) },
    Column { name: "pace_s_per_km", kind: Kind::Number, value: |row| number(row.effort()?.1.pace_s_per_km) },
    Column {
        name: "graded_pace_s_per_km",
        kind: Kind::Number,
        value: |row| number(row.effort()?.1.graded_pace_s_per_km),
    },
    Column { name: "ratio_to_ceiling", kind: Kind::Number, value: |row| number(row.effort()?.1.ratio_to_ceiling) },
    Column {
        name: "heart_rate_mean_bpm",
        kind: Kind::Number,
        value: |row| number(row.effort()?.1.heart_rate_mean_bpm),
    },
    Column { name: "heart_rate_max_bpm", kind: Kind::Number, value: |row| number(row.effort()?.1.heart_rate_max_bpm) },
    Column { name: "counted", kind: Kind::Flag, value: |row| Some(Value::Flag(row.effort()?.1.counted)) },
];
