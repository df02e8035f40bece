//! The columns of a file.

use super::{Column, Kind, text};
use crate::report::{Class, Format};

pub(super) const COLUMNS: &[Column] = &[
    Column { name: "path", kind: Kind::Text, value: |row| text(Some(&row.file.path)) },
    Column { name: "athlete", kind: Kind::Text, value: |row| text(row.file.athlete.as_deref()) },
    Column { name: "format", kind: Kind::Text, value: |row| text(row.file.format.map(Format::name)) },
    Column { name: "status", kind: Kind::Text, value: |row| text(Some(row.file.status.name())) },
    Column {
        name: "error",
        kind: Kind::Text,
        value: |row| row.file.error.as_ref().and_then(|e| text(Some(&format!("{}: {}", e.message, e.cause)))),
    },
    Column { name: "device", kind: Kind::Text, value: |row| text(row.file.device.as_deref()) },
    Column { name: "file_verdict", kind: Kind::Text, value: |row| text(row.file.verdict.map(Class::name)) },
];
