//! `rehabrun plot`: the chart of one run as a picture.

use std::io::Write;
use std::process::ExitCode;

use rehabrun::render::chart::{self, Look};
use rehabrun::{auditor, report};

use super::args::{Picture, Plot};
use super::catch_panics::{catch_panics, silence_caught_panics};
use super::config::{Config, Options};
use super::failure::Failure;
use super::output::Output;
use super::{files, open, overwrite};

/// Runs the command.
pub fn run(options: &Plot) -> Result<ExitCode, Failure> {
    silence_caught_panics();
    let beside = [options.runner.athlete.as_deref()];
    overwrite::refuse_input(Some(&options.target.path), std::slice::from_ref(&options.file), &beside)?;
    let config = Config::new(Options {
        runner: options.runner.clone(),
        units: options.units,
        report: report::Options { location: false, chart: true, route: false, hide_ends_m: None },
        top: None,
        ignore_device_gait: false,
    })?;
    let settings = config.for_folder(files::parent(&options.file))?;
    let name = options.file.to_string_lossy();
    let file = catch_panics(|| auditor::audit_activity(&name, open::one_activity(&options.file), &settings))?;
    if let Some(error) = &file.error {
        return Err(Failure::of_report(&file.path, error));
    }
    let look = Look { width: options.width, height: options.height, units: settings.runner.units };
    let worst = file.worst();
    let draw = |(session, _): (&report::Session, _)| match options.target.kind {
        Picture::Svg => chart::svg(session, look).map(String::into_bytes),
        #[cfg(feature = "png")]
        Picture::Png => chart::png(session, look),
    };
    let picture = worst.and_then(draw).ok_or_else(|| {
        let skipped = || file.sessions.first()?.skipped_because.clone();
        let why = worst.map(|(_, verdict)| verdict.sentence.clone()).or_else(skipped).unwrap_or_default();
        Failure::new(format!("{name}: nothing to draw"), why, "")
    })?;
    let mut out = Output::open(Some(&options.target.path))?;
    out.write_all(&picture)?;
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}
