//! `rehabrun plan`: the built-in programmes, one of them, or one session, also as a workout for the watch.

use std::io::Write;
use std::process::ExitCode;
use std::time::SystemTime;

use rehabrun::plan::{Prescription, built_in, read};
use rehabrun::render;
use rehabrun::report::{Plans, build_programme, build_stage};
use rehabrun::runner;
use rehabrun::units::{Timestamp, UnitSystem};

use super::args::{self, PlanFormat};
use super::failure::Failure;
use super::output;
use super::output::Output;
use super::screen::Screen;

/// Runs the command.
pub fn run(options: &args::Plans, screen: Screen) -> Result<ExitCode, Failure> {
    let style = screen.style(UnitSystem::default(), output::to_file(options.output.as_deref()).is_some());
    let name = options.name.as_deref().map(str::trim);
    let text = match options.format {
        PlanFormat::Text => render::plans_text(&asked(name)?, style).into_bytes(),
        PlanFormat::Json => render::plans_json(&asked(name)?).into_bytes(),
        PlanFormat::Fit => {
            let name = name.ok_or_else(|| one_session("no session is named"))?;
            workout(name, &parse(name).map_err(|fault| one_session(&fault))?)
        }
    };
    let mut out = Output::open(options.output.as_deref())?;
    out.write_all(&text)?;
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

/// The programmes, the programme or the session of a name.
fn asked(name: Option<&str>) -> Result<Plans, Failure> {
    let Some(name) = name else {
        return Ok(Plans::All(built_in::all().iter().map(build_programme).collect()));
    };
    if let Some(programme) = built_in::find(name) {
        return Ok(Plans::Programme(build_programme(&programme)));
    }
    let session = parse(name).map_err(|fault| Failure::new("no such plan", fault, HINT))?;
    Ok(Plans::Session(build_stage(if is_notation(name) { "session" } else { name }, None, &session)))
}

const HINT: &str = "write it as '10x(run 1:00, walk 1:00)', or name a session as kinetic-revolution/week-1";

/// Reads a session: its notation, or its name.
fn parse(text: &str) -> Result<Prescription, String> {
    read(text).map_err(|unreadable| runner::faulty_plan(unreadable, text))
}

fn is_notation(name: &str) -> bool {
    name.contains(' ') || name.contains('(')
}

fn one_session(cause: &str) -> Failure {
    Failure::new("a workout file holds one session", cause, HINT)
}

fn workout(name: &str, session: &Prescription) -> Vec<u8> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let title = if is_notation(name) { "rehabrun" } else { name };
    rehabrun::export::fit::workout(title, &session.to_workout(), Timestamp::from_unix_seconds(now.cast_signed()))
}
