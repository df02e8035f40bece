//! Programmes and sessions of plans, for reading and as JSON.

use super::Style;
use super::table::{Cell, Table};
use super::{json, words};
use crate::report::{Plans, Programme, Stage};
use crate::units::clock;

/// Plans for reading.
pub fn plans_text(plans: &Plans, style: Style) -> String {
    match plans {
        Plans::All(programmes) => programmes_text(programmes, style),
        Plans::Programme(programme) => programme_text(programme, style),
        Plans::Session(session) => stage_text(session, style),
    }
}

/// The programmes there are, a line each.
fn programmes_text(programmes: &[Programme], style: Style) -> String {
    let mut table = Table::new().left("programme", 0).left("", 0).right("sessions", 0).left("a week", 0);
    for programme in programmes {
        table.row(vec![
            Cell::from(programme.name.clone()),
            Cell::from(programme.title.clone()),
            Cell::from(programme.stages.len().to_string()),
            Cell::from(days(programme)),
        ]);
    }
    table.text(style.width)
        + "\nNone of them has been shown to be better than another. `rehabrun plan NAME` prints one with its source.\n"
}

/// A programme with its sessions, its source and its cautions.
fn programme_text(programme: &Programme, style: Style) -> String {
    let mut text = format!("{} ({})\n\n", programme.title, programme.name);
    let mut table = Table::new().left("", 0).left("session", 0).right("run", 0).right("walk", 0);
    for stage in &programme.stages {
        table.row(vec![
            Cell::from(stage.name.clone()),
            Cell::from(stage.session.clone()),
            Cell::from(time(stage.run_s)),
            Cell::from(time(stage.walk_s)),
        ]);
    }
    text += &table.text(style.width);
    text += "\n";
    let days = days(programme);
    if !days.is_empty() {
        let rest = if programme.rest_between { ", with a day of rest between" } else { "" };
        text += &words::wrapped("a week: ", &format!("{days}{rest}"), style.width);
    }
    if let Some(times) = programme.times_each {
        text += &words::wrapped("each: ", &format!("at least {times} times before the next"), style.width);
    }
    text += &words::wrapped("source: ", &programme.source, style.width);
    for caution in &programme.cautions {
        text += &words::wrapped("caution: ", caution, style.width);
    }
    if let Some(rule) = &programme.stop_rule {
        text += &words::wrapped("stop: ", rule, style.width);
    }
    text + "\n" + &words::safety(style.width)
}

/// One session of a plan.
fn stage_text(stage: &Stage, style: Style) -> String {
    let times = format!("run {} · walk {}", time(stage.run_s), time(stage.walk_s));
    words::wrapped(&format!("{}: ", stage.name), &stage.session, style.width) + &times + "\n"
}

/// Plans as JSON.
///
/// # Panics
///
/// Never: numbers and texts are always JSON.
pub fn plans_json(plans: &Plans) -> String {
    json::escaped(serde_json::to_string_pretty(plans).expect("plain data is JSON")) + "\n"
}

fn days(programme: &Programme) -> String {
    match programme.days_per_week {
        None => String::new(),
        Some((least, most)) if least == most => format!("{least} days"),
        Some((least, most)) => format!("{least} to {most} days"),
    }
}

/// A planned time; a dash where none is planned by time.
fn time(seconds: f64) -> String {
    if seconds > 0.0 { clock(seconds) } else { "–".to_owned() }
}
