//! `rehabrun plot`: the chart of one run as a picture.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[cfg(feature = "png")]
use rehabrun::render::chart::png;
use rehabrun::render::chart::{Look, svg};
use rehabrun::{auditor, report};

use super::args::Plot;
use super::catch_panics::{catch_panics, silence_caught_panics};
use super::config::{Config, Options};
use super::failure::Failure;
use super::output::Output;
use super::{files, open, overwrite};

/// Where the picture goes, and what it is.
#[derive(Debug, Clone)]
pub struct Target {
    path: PathBuf,
    kind: Kind,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Svg,
    #[cfg(feature = "png")]
    Png,
}

/// Reads the name of a picture; its ending says what it will be.
pub fn parse_target(text: &str) -> Result<Target, String> {
    let path = PathBuf::from(text);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let kind = match ending.as_str() {
        "svg" => Kind::Svg,
        #[cfg(feature = "png")]
        "png" => Kind::Png,
        _ => return Err("the name must end in .svg or .png".to_owned()),
    };
    Ok(Target { path, kind })
}

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
    let worst = file.sessions.iter().filter(|session| session.judged).min_by_key(|session| session.verdict.class);
    let drawing = worst.and_then(|session| svg(session, look)).ok_or_else(|| {
        let why = worst.or(file.sessions.first()).map_or(String::new(), |session| session.verdict.sentence.clone());
        Failure::new(format!("{name}: nothing to draw"), why, "")
    })?;
    let picture = match options.target.kind {
        Kind::Svg => drawing.into_bytes(),
        #[cfg(feature = "png")]
        Kind::Png => png::png(&drawing).ok_or_else(|| Failure::new("the chart cannot be drawn as PNG", "", ""))?,
    };
    let mut out = Output::open(Some(&options.target.path))?;
    out.write_all(&picture)?;
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}
