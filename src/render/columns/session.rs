//! The columns of a session.

use super::{Column, Kind, Value, number, text, time, whole};
use crate::report::{Excess, Source};

pub(super) const COLUMNS: &[Column] = &[
    Column { name: "session", kind: Kind::Whole, value: |row| whole(row.session.map(|(number, _)| number)) },
    Column { name: "sport", kind: Kind::Text, value: |row| text(Some(row.session?.1.sport.as_str())) },
    Column { name: "sport_name", kind: Kind::Text, value: |row| text(row.session?.1.sport_name.as_deref()) },
    Column { name: "name", kind: Kind::Text, value: |row| text(row.session?.1.name.as_deref()) },
    Column { name: "started_at", kind: Kind::Time, value: |row| time(row.session?.1.started_at) },
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
        value: |row| text(row.session?.1.ceiling.pace_source.map(Source::name)),
    },
    Column {
        name: "ceiling_heart_rate_bpm",
        kind: Kind::Number,
        value: |row| number(row.session?.1.ceiling.heart_rate_bpm),
    },
    Column {
        name: "ceiling_heart_rate_source",
        kind: Kind::Text,
        value: |row| text(row.session?.1.ceiling.heart_rate_source.map(Source::name)),
    },
    Column { name: "judged", kind: Kind::Flag, value: |row| Some(Value::Flag(row.session?.1.judged)) },
    Column { name: "verdict", kind: Kind::Text, value: |row| text(Some(row.verdict()?.class.name())) },
    Column { name: "severity", kind: Kind::Text, value: |row| text(row.verdict()?.severity.map(Excess::name)) },
    Column { name: "confidence", kind: Kind::Number, value: |row| number(Some(row.verdict()?.confidence)) },
    Column { name: "index", kind: Kind::Whole, value: |row| whole(row.verdict()?.index) },
    Column { name: "turned_at_s", kind: Kind::Number, value: |row| number(row.verdict()?.turned_at_s) },
    Column { name: "turned_at_m", kind: Kind::Number, value: |row| number(row.verdict()?.turned_at_m) },
    Column { name: "judged_s", kind: Kind::Number, value: |row| number(Some(row.verdict()?.judged_s)) },
    Column { name: "over_s", kind: Kind::Number, value: |row| number(Some(row.verdict()?.over_s)) },
    Column { name: "unseen_s", kind: Kind::Number, value: |row| number(Some(row.verdict()?.unseen_s)) },
];

/// What the rows of efforts and findings are found by.
pub(super) const KEY: &[Column] = &[
    Column { name: "path", kind: Kind::Text, value: |row| text(Some(&row.file.path)) },
    Column { name: "athlete", kind: Kind::Text, value: |row| text(row.file.athlete.as_deref()) },
    Column { name: "session", kind: Kind::Whole, value: |row| whole(row.session.map(|(number, _)| number)) },
    Column { name: "started_at", kind: Kind::Time, value: |row| time(row.session?.1.started_at) },
    Column { name: "verdict", kind: Kind::Text, value: |row| text(Some(row.verdict()?.class.name())) },
    Column {
        name: "ceiling_pace_s_per_km",
        kind: Kind::Number,
        value: |row| number(row.session?.1.ceiling.pace_s_per_km),
    },
    Column {
        name: "ceiling_heart_rate_bpm",
        kind: Kind::Number,
        value: |row| number(row.session?.1.ceiling.heart_rate_bpm),
    },
];

/// What a session comes to, in the table of sessions.
pub(super) const OUTCOME: &[Column] = &[
    Column { name: "sentence", kind: Kind::Text, value: |row| text(Some(&row.verdict()?.sentence)) },
    Column { name: "reasons", kind: Kind::List, value: |row| Some(Value::List(row.verdict()?.reasons.clone())) },
    Column { name: "skipped_because", kind: Kind::Text, value: |row| text(row.session?.1.skipped_because.as_deref()) },
    Column { name: "n_bouts", kind: Kind::Whole, value: |row| whole(Some(row.session?.1.bouts.len())) },
    Column {
        name: "n_efforts",
        kind: Kind::Whole,
        value: |row| whole(Some(row.session?.1.efforts.iter().filter(|effort| effort.counted).count())),
    },
    Column { name: "plan", kind: Kind::Text, value: |row| text(Some(&row.session?.1.plan.as_ref()?.plan)) },
    Column { name: "plan_source", kind: Kind::Text, value: |row| text(Some(&row.session?.1.plan.as_ref()?.source)) },
    Column {
        name: "plan_structure",
        kind: Kind::Number,
        value: |row| number(Some(row.session?.1.plan.as_ref()?.structure)),
    },
    Column { name: "plan_intensity", kind: Kind::Number, value: |row| number(row.session?.1.plan.as_ref()?.intensity) },
    Column { name: "allowed", kind: Kind::Text, value: |row| text(row.verdict()?.allowed.as_deref()) },
];
