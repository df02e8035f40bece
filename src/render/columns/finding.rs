//! The columns of a finding.

use super::{Column, Kind, number, text, whole};
use crate::report::MeasureUnit;

pub(super) const COLUMNS: &[Column] = &[
    Column { name: "finding", kind: Kind::Whole, value: |row| whole(row.finding().map(|(number, _)| number)) },
    Column { name: "rule", kind: Kind::Text, value: |row| text(Some(row.finding()?.1.rule.name())) },
    Column { name: "severity", kind: Kind::Text, value: |row| text(Some(row.finding()?.1.severity.name())) },
    Column { name: "bout", kind: Kind::Whole, value: |row| whole(row.finding()?.1.bout.map(|bout| bout + 1)) },
    Column { name: "start_s", kind: Kind::Number, value: |row| number(Some(row.finding()?.1.start_s)) },
    Column { name: "end_s", kind: Kind::Number, value: |row| number(Some(row.finding()?.1.end_s)) },
    Column { name: "start_m", kind: Kind::Number, value: |row| number(Some(row.finding()?.1.start_m)) },
    Column { name: "message", kind: Kind::Text, value: |row| text(Some(&row.finding()?.1.message)) },
    Column { name: "measured", kind: Kind::Number, value: |row| number(row.finding()?.1.measured) },
    Column { name: "limit", kind: Kind::Number, value: |row| number(row.finding()?.1.limit) },
    Column { name: "unit", kind: Kind::Text, value: |row| text(row.finding()?.1.unit.map(MeasureUnit::name)) },
    Column { name: "allowed", kind: Kind::Text, value: |row| text(row.finding()?.1.allowed.as_deref()) },
];
