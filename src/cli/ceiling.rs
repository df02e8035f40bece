//! `rehabrun ceiling`: every easy ceiling that the given facts allow, and the one chosen.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use rehabrun::auditor::Seen;
use rehabrun::ceiling::from_runs::{SeenRun, from_runs};
use rehabrun::ceiling::{self, Facts, talk_test};
use rehabrun::units::{Date, Timestamp, UnitSystem, UtcOffset};
use rehabrun::{render, report};

use super::args::{Ceiling, CeilingFormat, Runner};
use super::batch::{self, Batch};
use super::config::{Config, Options};
use super::failure::Failure;
use super::screen::Screen;
use super::{audit, catch_panics, files, interrupt};

/// Runs the command.
pub fn run(options: &Ceiling, screen: Screen) -> Result<ExitCode, Failure> {
    let config = Config::new(Options {
        runner: Runner { sees_runs: true, ..options.runner.clone() },
        units: options.units,
        report: report::Options { location: false, chart: false, route: false, hide_ends_m: None },
        top: None,
        ignore_device_gait: false,
    })?;
    let folder = options.paths.first().map_or(Path::new("."), |path| files::folder_of(path));
    let settings = config.for_folder(folder)?;
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
    let facts = settings.runner.facts_on(on);
    let units = settings.runner.units;
    let facts = if options.paths.is_empty() { facts } else { with_own_runs(facts, options, &config, units, screen)? };
    let chosen = ceiling::choose(&facts);
    if chosen.candidates.is_empty() && options.paths.is_empty() {
        return Err(Failure::new(
            "no easy ceiling",
            why_none(&chosen),
            "name your runs, as in `rehabrun ceiling FOLDER`; or do a talk test, which `rehabrun setup` explains; or give \
             --easy-pace, --easy-hr, --race, --lthr, --hr-max with --hr-rest, or --age",
        ));
    }
    let report = report::build_ceiling_alone(&chosen);
    let style = screen.style(units, false);
    let is_measured = facts.talk_test.is_some() || facts.easy_pace.is_some() || facts.first_threshold.is_some();
    let text = match options.format {
        CeilingFormat::Text if is_measured => render::ceiling_text(&report, style),
        CeilingFormat::Text => render::ceiling_text(&report, style) + "\n" + &talk_test(style),
        CeilingFormat::Json => render::ceiling_json(&report),
    };
    super::print(text.as_bytes())?;
    let is_none = chosen.speed.is_none() && chosen.heart_rate.is_none();
    Ok(if is_none { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

/// The facts with what the runs say and what the watch of the latest one knows.
fn with_own_runs(
    facts: Facts,
    options: &Ceiling,
    config: &Config,
    units: UnitSystem,
    screen: Screen,
) -> Result<Facts, Failure> {
    catch_panics::silence_caught_panics();
    let own = from_runs(&seen_runs(&options.paths, config, screen)?, (facts.on, facts.rehab_started), units);
    Ok(Facts { watch: own.watch.clone(), own_runs: Some(own), ..facts })
}

/// The runs in the files, each once.
pub(super) fn seen_runs(paths: &[PathBuf], config: &Config, screen: Screen) -> Result<Vec<SeenRun>, Failure> {
    let bar = screen.bar(files::inputs(paths.to_vec()));
    let batch = Batch { config, n_threads: batch::n_threads(None), bar: &bar, cache: None };
    let (mut seen, mut runs, mut last_error) = (Seen::default(), Vec::new(), None);
    let outcome = batch::audit_all(files::inputs(paths.to_vec()), batch, |audited| {
        let file = seen.skip_duplicates(audited.file, audited.cache_key, audited.is_named);
        if let Some(error) = file.error.as_ref().filter(|_| !screen.quiet) {
            bar.beside(|| audit::tell(&file.path, error, &mut last_error));
        }
        if file.status == report::Status::Audited {
            runs.extend(file.sessions.into_iter().filter_map(|session| session.seen));
        }
        Ok(())
    });
    bar.clear();
    outcome?;
    if interrupt::is_requested() {
        return Err(Failure::new("interrupted", "no ceiling is made of runs of which some are missing", ""));
    }
    Ok(runs)
}

/// The talk test in steps.
pub(super) fn talk_test(style: render::Style) -> String {
    let steps = (1..).zip(talk_test::STEPS).map(|(n, step)| render::wrapped(&format!("  {n}. "), step, style.width));
    format!("How to find your easy pace yourself, by a talk test:\n{}", steps.collect::<String>())
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

/// The day by UTC.
pub(super) fn today() -> Date {
    now().date(UtcOffset::UTC)
}

/// The only question that the clock is asked.
pub(super) fn now() -> Timestamp {
    let seconds =
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs().cast_signed());
    Timestamp::from_unix_seconds(seconds)
}
