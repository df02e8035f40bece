//! `rehabrun ceiling`: every easy ceiling that the given facts allow, and the one chosen.

use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use rehabrun::ceiling::{self, Facts};
use rehabrun::units::{Date, Timestamp, UtcOffset};
use rehabrun::{render, report};

use super::args::{Ceiling, CeilingFormat};
use super::config::{Config, Options};
use super::failure::Failure;
use super::screen::Screen;

/// Runs the command.
pub fn run(options: &Ceiling, screen: Screen) -> Result<ExitCode, Failure> {
    let config = Config::new(Options {
        runner: options.runner.clone(),
        units: options.units,
        report: report::Options { location: false, chart: false, route: false, hide_ends_m: None },
        top: None,
        ignore_device_gait: false,
    })?;
    let settings = config.for_folder(Path::new("."))?;
    let on = options.on.unwrap_or_else(today);
    if let Some(date) =
        settings.runner.facts.race.as_ref().and_then(|race| race.date).filter(|date| options.on.is_none() && *date > on)
    {
        return Err(Failure::new(
            "no easy ceiling from a race to come",
            format!("the race is dated {date}, and today is {on}"),
            "correct the date, or give the day to choose for with --on",
        ));
    }
    let facts = Facts { age: settings.runner.age_on(on), on: Some(on), ..settings.runner.facts.clone() };
    let chosen = ceiling::choose(&facts);
    if chosen.candidates.is_empty() {
        return Err(Failure::new(
            "no easy ceiling",
            why_none(&chosen),
            "give --easy-pace, --easy-hr, --race, --lthr, --hr-max with --hr-rest, or --age",
        ));
    }
    let report = report::build_ceiling_alone(&chosen);
    let text = match options.format {
        CeilingFormat::Text => render::ceiling_text(&report, screen.style(settings.runner.units, false)),
        CeilingFormat::Json => render::ceiling_json(&report),
    };
    super::print(text.as_bytes())
}

/// What was set aside, where something was.
fn why_none(chosen: &ceiling::Ceiling) -> String {
    let said: Vec<_> = chosen.notes.iter().map(|note| note.message.as_str()).collect();
    if said.is_empty() {
        "nothing is known about the runner that one could be made of".to_owned()
    } else {
        said.join("; ")
    }
}

/// The day by UTC: the only question that the clock is asked.
fn today() -> Date {
    let seconds =
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs().cast_signed());
    Timestamp::from_unix_seconds(seconds).date(UtcOffset::UTC)
}
