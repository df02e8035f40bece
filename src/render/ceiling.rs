//! The ceilings that a runner's facts allow, as a table or as JSON.

use super::table::{Cell, Table};
use super::{Style, json, words};
use crate::report::Ceiling;

/// The ceilings for reading: the chosen ones marked, best first, with what each rests on.
pub fn ceiling_text(ceiling: &Ceiling, style: Style) -> String {
    let chosen = words::ceiling(ceiling, style).unwrap_or_else(|| "none".to_owned());
    let mut text = words::wrapped("easy ceiling: ", &chosen, style.width) + "\n";
    let mut table =
        Table::new().left("", 0).left("source", 0).right("pace", 0).left("", 0).right("heart rate", 0).left("", 0);
    for row in &ceiling.alternatives {
        table.row(vec![
            Cell::from(if row.chosen { "✓" } else { "" }.to_owned()),
            Cell::from(words::source(row.source)),
            Cell::from(row.pace_s_per_km.map_or(String::new(), |pace| words::pace(pace, style))),
            Cell::from(row.pace_uncertainty.map_or(String::new(), |share| format!("± {:.0} %", share * 100.0))),
            Cell::from(row.heart_rate_bpm.map_or(String::new(), |bpm| format!("{bpm:.0} bpm"))),
            Cell::from(row.heart_rate_uncertainty_bpm.map_or(String::new(), |bpm| format!("± {bpm:.0}"))),
        ]);
    }
    if !ceiling.alternatives.is_empty() {
        text += &table.text(style.width);
    }
    for row in &ceiling.alternatives {
        text += &format!("\n{}: {}\n", words::source(row.source), row.reason);
        text += &words::wrapped("    ", &row.basis, style.width);
    }
    for note in &ceiling.notes {
        text += "\n";
        text += &words::wrapped("note: ", &note.message, style.width);
    }
    text + "\n" + &words::safety(style.width)
}

/// The ceilings as one JSON object.
///
/// # Panics
///
/// Never: numbers and texts are always JSON.
pub fn ceiling_json(ceiling: &Ceiling) -> String {
    json::escaped(serde_json::to_string_pretty(ceiling).expect("plain data is JSON")) + "\n"
}
