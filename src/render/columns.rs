//! The table of bouts: one row a bout, with the columns of its file and session repeated. CSV and Parquet write it.

use std::io;

use crate::report::{Bout, Class, File, Session};

/// What a row is about.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    file: &'a File,
    /// With its number from 1.
    session: Option<(usize, &'a Session)>,
    /// With its number from 1, as the report for reading counts.
    bout: Option<(usize, &'a Bout)>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// Yes or no.
    Flag,
}

/// What stands in a row under a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Under a column of text.
    Text(String),
    /// Under a column of numbers.
    Number(f64),
    /// Under a column of whole numbers.
    Whole(i64),
    /// Under a column of yes or no.
    Flag(bool),
}

/// One column.
pub struct Column {
    /// Its name; final, as scripts depend on it.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The value in a row, where there is one.
    pub value: fn(Row) -> Option<Value>,
}

/// The columns in their order.
pub const COLUMNS: &[Column] = &[
    Column { name: "path", kind: Kind::Text, value: |row| text(Some(&row.file.path)) },
    Column { name: "athlete", kind: Kind::Text, value: |row| text(row.file.athlete.as_deref()) },
    Column { name: "format", kind: Kind::Text, value: |row| text(row.file.format) },
    Column { name: "status", kind: Kind::Text, value: |row| text(Some(row.file.status.name())) },
    Column {
        name: "error",
        kind: Kind::Text,
        value: |row| row.file.error.as_ref().and_then(|e| text(Some(&format!("{}: {}", e.message, e.cause)))),
    },
    Column { name: "device", kind: Kind::Text, value: |row| text(row.file.device.as_deref()) },
    Column { name: "file_verdict", kind: Kind::Text, value: |row| text(row.file.verdict.map(Class::name)) },
    Column { name: "session", kind: Kind::Whole, value: |row| whole(row.session.map(|(number, _)| number)) },
    Column { name: "sport", kind: Kind::Text, value: |row| text(Some(&row.session?.1.sport)) },
    Column { name: "name", kind: Kind::Text, value: |row| text(row.session?.1.name.as_deref()) },
    Column { name: "started_at", kind: Kind::Text, value: |row| text(row.session?.1.started_at.as_deref()) },
    Column { name: "elapsed_s", kind: Kind::Number, value: |row| number(Some(row.session?.1.elapsed_s)) },
    Column { name: "timer_s", kind: Kind::Number, value: |row| number(Some(row.session?.1.timer_s)) },
    Column { name: "moving_s", kind: Kind::Number, value: |row| number(Some(row.session?.1.moving_s)) },
    Column { name: "distance_m", kind: Kind::Number, value: |row| number(Some(row.session?.1.distance_m)) },
    Column { name: "run_s", kind: Kind::Number, value: |row| number(Some(row.session?.1.run_s)) },
    Column { name: "walk_s", kind: Kind::Number, value: |row| number(Some(row.session?.1.walk_s)) },
    Column { name: "stand_s", kind: Kind::Number, value: |row| number(Some(row.session?.1.stand_s)) },
    Column { name: "paused_s", kind: Kind::Number, value: |row| number(Some(row.session?.1.paused_s)) },
    Column {
        name: "ceiling_pace_s_per_km",
        kind: Kind::Number,
        value: |row| number(row.session?.1.ceiling.pace_s_per_km),
    },
    Column {
        name: "ceiling_pace_source",
        kind: Kind::Text,
        value: |row| text(row.session?.1.ceiling.pace_source.as_deref()),
    },
    Column {
        name: "ceiling_heart_rate_bpm",
        kind: Kind::Number,
        value: |row| number(row.session?.1.ceiling.heart_rate_bpm),
    },
    Column {
        name: "ceiling_heart_rate_source",
        kind: Kind::Text,
        value: |row| text(row.session?.1.ceiling.heart_rate_source.as_deref()),
    },
    Column { name: "judged", kind: Kind::Flag, value: |row| Some(Value::Flag(row.session?.1.judged)) },
    Column { name: "verdict", kind: Kind::Text, value: |row| text(Some(row.session?.1.verdict.class.name())) },
    Column { name: "severity", kind: Kind::Text, value: |row| text(row.session?.1.verdict.severity) },
    Column { name: "confidence", kind: Kind::Number, value: |row| number(Some(row.session?.1.verdict.confidence)) },
    Column { name: "index", kind: Kind::Whole, value: |row| whole(row.session?.1.verdict.index) },
    Column { name: "turned_at_s", kind: Kind::Number, value: |row| number(row.session?.1.verdict.turned_at_s) },
    Column { name: "turned_at_m", kind: Kind::Number, value: |row| number(row.session?.1.verdict.turned_at_m) },
    Column { name: "judged_s", kind: Kind::Number, value: |row| number(Some(row.session?.1.verdict.judged_s)) },
    Column { name: "over_s", kind: Kind::Number, value: |row| number(Some(row.session?.1.verdict.over_s)) },
    Column { name: "unseen_s", kind: Kind::Number, value: |row| number(Some(row.session?.1.verdict.unseen_s)) },
    Column { name: "bout", kind: Kind::Whole, value: |row| whole(row.bout.map(|(number, _)| number)) },
    Column { name: "gait", kind: Kind::Text, value: |row| text(Some(row.bout?.1.gait)) },
    Column { name: "start_s", kind: Kind::Number, value: |row| number(Some(row.bout?.1.start_s)) },
    Column { name: "end_s", kind: Kind::Number, value: |row| number(Some(row.bout?.1.end_s)) },
    Column { name: "start_m", kind: Kind::Number, value: |row| number(Some(row.bout?.1.start_m)) },
    Column { name: "end_m", kind: Kind::Number, value: |row| number(Some(row.bout?.1.end_m)) },
    Column { name: "pace_s_per_km", kind: Kind::Number, value: |row| number(row.bout?.1.pace_s_per_km) },
    Column { name: "graded_pace_s_per_km", kind: Kind::Number, value: |row| number(row.bout?.1.graded_pace_s_per_km) },
    Column { name: "cadence_spm", kind: Kind::Number, value: |row| number(row.bout?.1.cadence_spm) },
    Column { name: "heart_rate_mean_bpm", kind: Kind::Number, value: |row| number(row.bout?.1.heart_rate_mean_bpm) },
    Column { name: "heart_rate_max_bpm", kind: Kind::Number, value: |row| number(row.bout?.1.heart_rate_max_bpm) },
    Column {
        name: "heart_rate_demand_bpm",
        kind: Kind::Number,
        value: |row| number(row.bout?.1.heart_rate_demand_bpm),
    },
    Column { name: "ratio_to_ceiling", kind: Kind::Number, value: |row| number(row.bout?.1.ratio_to_ceiling) },
    Column { name: "over", kind: Kind::Flag, value: |row| row.bout?.1.over.map(Value::Flag) },
    Column { name: "told_from", kind: Kind::Text, value: |row| text(Some(row.bout?.1.told_from)) },
    Column { name: "bout_confidence", kind: Kind::Number, value: |row| number(Some(row.bout?.1.confidence)) },
    Column { name: "tags", kind: Kind::Text, value: |row| text(Some(&row.bout?.1.tags.join(" "))) },
    Column { name: "allowed", kind: Kind::Text, value: |row| text(row.session?.1.verdict.allowed.as_deref()) },
    Column { name: "lat", kind: Kind::Number, value: |row| number(row.bout?.1.position.map(|place| place.lat)) },
    Column { name: "lon", kind: Kind::Number, value: |row| number(row.bout?.1.position.map(|place| place.lon)) },
];

/// Visits the rows of a file: its bouts; a session without bouts, or a file without sessions, has one row.
pub fn rows(file: &File, mut visit: impl FnMut(Row) -> io::Result<()>) -> io::Result<()> {
    let whole = Row { file, session: None, bout: None };
    if file.sessions.is_empty() {
        visit(whole)?;
    }
    for (i, session) in file.sessions.iter().enumerate() {
        let of_session = Row { session: Some((i + 1, session)), ..whole };
        if session.bouts.is_empty() {
            visit(of_session)?;
        }
        for (i, bout) in session.bouts.iter().enumerate() {
            visit(Row { bout: Some((i + 1, bout)), ..of_session })?;
        }
    }
    Ok(())
}

fn text(text: Option<&str>) -> Option<Value> {
    text.map(|text| Value::Text(text.to_owned()))
}

fn number(value: Option<f64>) -> Option<Value> {
    value.map(Value::Number)
}

fn whole<T: TryInto<i64>>(value: Option<T>) -> Option<Value> {
    value?.try_into().ok().map(Value::Whole)
}
