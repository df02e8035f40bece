//! `rehabrun plan`: the built-in programmes, one of them, or one session, also as a workout for the watch.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use rehabrun::auditor::Settings;
use rehabrun::auditor::{next_by_calendar, next_by_runs};
use rehabrun::ceiling;
use rehabrun::export::workout::{self, Limit, with_limit};
use rehabrun::model::WorkoutStep;
use rehabrun::plan::{Plan, Prescription, built_in};
use rehabrun::render;
use rehabrun::report::{self, Plans, build_programme, build_stage};
use rehabrun::units::Timestamp;

use super::args::{self, PlanFormat, Target};
use super::batch::{self, Batch};
use super::ceiling::today;
use super::config::{Config, Options, read_whole};
use super::failure::Failure;
use super::output;
use super::output::Output;
use super::screen::Screen;
use super::{catch_panics, files, season, stderr};

/// Runs the command.
pub fn run(options: &args::Plans, screen: Screen) -> Result<ExitCode, Failure> {
    if let Some(file) = &options.file {
        return check(options, file, screen);
    }
    let is_workout = matches!(options.format, PlanFormat::Fit | PlanFormat::Tcx | PlanFormat::Intervals);
    let config = Config::new(Options {
        runner: options.runner.clone(),
        units: options.units,
        report: report::Options { location: false, chart: false, route: false, hide_ends_m: None },
        top: None,
        ignore_device_gait: false,
    })?;
    // Only what is made for one runner needs what is known about her.
    let settings = if is_workout || options.next {
        let folder = options.runs.first().map_or(Path::new("."), |path| files::folder_of(path));
        config.for_folder(folder)?
    } else {
        std::sync::Arc::new(Settings::from(rehabrun::Runner::default()))
    };
    let style = screen.style(
        options.units.map_or(settings.runner.units, Into::into),
        output::to_file(options.output.as_deref()).is_some(),
    );
    let named = match &options.name {
        Some(name) => Some(name.trim().to_owned()),
        None if options.next => Some(next(options, &config, &settings, screen)?),
        None => None,
    };
    let text = match (options.format, named) {
        (PlanFormat::Text, named) => render::plans_text(&asked(named.as_deref(), &settings)?, style).into_bytes(),
        (PlanFormat::Json, named) => render::plans_json(&asked(named.as_deref(), &settings)?).into_bytes(),
        (_, None) => return Err(one_session("no session is named")),
        (format, Some(name)) => {
            let session = settings.runner.session(&name).map_err(|fault| one_session(&fault.to_string()))?;
            let steps = limited(&session.to_workout(), options.target, &settings, screen)?;
            let title = if is_notation(&name) { "rehabrun" } else { &name };
            match format {
                PlanFormat::Tcx => workout::tcx(title, &steps).into_bytes(),
                PlanFormat::Intervals => workout::text(title, &steps, style.units).into_bytes(),
                _ => fit(title, &steps),
            }
        }
    };
    let mut out = Output::open(options.output.as_deref())?;
    out.write_all(&text)?;
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

/// Checks a physio's own programme: prints what was understood, and what in it is faster than the easy ceiling.
fn check(options: &args::Plans, file: &Path, screen: Screen) -> Result<ExitCode, Failure> {
    if options.name.as_deref() != Some("check") {
        return Err(Failure::new("one plan at a time", "a FILE goes with `rehabrun plan check`", HINT));
    }
    let text = read_whole(file).map_err(|error| Failure::of_file("read", file, &error))?;
    let unusable = |cause: String, hint: &str| Failure::new(format!("{} cannot be used", file.display()), cause, hint);
    let runner = rehabrun::Runner::from_toml(&text)
        .map_err(|fault| unusable(fault.to_string(), fault.hint.as_deref().unwrap_or_default()))?;
    let Some(Plan::Programme(programme)) = &runner.plan else {
        let hint = "write [[plan.week]] tables with sessions = [\"4x(run 2:00, walk 1:00)\"]";
        return Err(unusable("it holds no plan".to_owned(), hint));
    };
    let plans = Plans::Programme(build_programme(programme));
    let style = screen.style(runner.units, output::to_file(options.output.as_deref()).is_some());
    let mut out = Output::open(options.output.as_deref())?;
    let text = match options.format {
        PlanFormat::Text => render::plans_text(&plans, style),
        PlanFormat::Json => render::plans_json(&plans),
        _ => return Err(one_session("a programme is many")),
    };
    out.write_all(text.as_bytes())?;
    out.finish()?;
    if !screen.quiet {
        for line in runner.too_fast_in(programme) {
            stderr::line(&format!("caution: {line}"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The address of the session that comes next, and why on standard error.
fn next(options: &args::Plans, config: &Config, settings: &Settings, screen: Screen) -> Result<String, Failure> {
    let Some(Plan::Programme(programme)) = &settings.runner.plan else {
        return Err(Failure::new(
            "no session comes next",
            "no plan is known",
            "write plan = \"kinetic-revolution\" under [rehab] in athlete.toml, or give --plan kinetic-revolution; \
             `rehabrun plan` lists the plans",
        ));
    };
    let found = if options.runs.is_empty() {
        next_by_calendar(programme, settings.runner.facts.rehab_started, today())
    } else {
        catch_panics::silence_caught_panics();
        let bar = screen.bar(files::inputs(options.runs.clone()));
        let batch = Batch { config, n_threads: batch::n_threads(None), bar: &bar, cache: None };
        let history = season::read(options.runs.clone(), settings, batch, |_| Ok(()));
        bar.clear();
        let history = history?;
        season::of_one_runner(&history)?;
        next_by_runs(programme, &history.progress())
    };
    let next = found.ok_or_else(|| Failure::new("no session comes next", "the plan has no session", ""))?;
    if !screen.quiet {
        stderr::line(&format!("next: {}/{}: {}", programme.name, next.stage.name, next.why));
    }
    Ok(format!("{}/{}", programme.name, next.stage.name))
}

/// The steps with the runner's easy ceiling as target of the runs. Without one they stay open, and that is said.
fn limited(
    steps: &[WorkoutStep],
    target: Option<Target>,
    settings: &Settings,
    screen: Screen,
) -> Result<Vec<WorkoutStep>, Failure> {
    let chosen = ceiling::choose(&settings.runner.facts_on(today()));
    let speed = chosen.speed.map(|limit| Limit::Speed(limit.value));
    let heart_rate = chosen.heart_rate.map(|limit| Limit::HeartRate(limit.value));
    let limit = match target {
        Some(Target::None) => return Ok(steps.to_vec()),
        Some(Target::Pace) => speed,
        Some(Target::HeartRate) => heart_rate,
        None => speed.or(heart_rate),
    };
    let hint = "give --easy-pace or --easy-hr, or put them into athlete.toml; `rehabrun ceiling FOLDER` looks for them in \
                your own runs";
    match limit {
        Some(limit) => Ok(with_limit(steps, limit)),
        None if target.is_some() => Err(Failure::new("no target for the runs", "no such easy ceiling is known", hint)),
        None => {
            if !screen.quiet {
                stderr::line(&format!("note: no easy ceiling is known, so the watch will not warn: {hint}"));
            }
            Ok(steps.to_vec())
        }
    }
}

/// The programmes, the programme or the session of a name.
fn asked(name: Option<&str>, settings: &Settings) -> Result<Plans, Failure> {
    let Some(name) = name else {
        return Ok(Plans::All(built_in::all().iter().map(build_programme).collect()));
    };
    if let Some(programme) = built_in::find(name) {
        return Ok(Plans::Programme(build_programme(&programme)));
    }
    let session =
        settings.runner.session(name).map_err(|fault| Failure::new("no such plan", fault.to_string(), HINT))?;
    Ok(Plans::Session(build_stage(if is_notation(name) { "session" } else { name }, None, &session)))
}

const HINT: &str = "write it as '10x(run 1:00, walk 1:00)', or name a session as kinetic-revolution/week-1";

fn is_notation(name: &str) -> bool {
    Prescription::parse(name).is_ok()
}

fn one_session(cause: &str) -> Failure {
    Failure::new("a workout file holds one session", cause, HINT)
}

fn fit(title: &str, steps: &[WorkoutStep]) -> Vec<u8> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    rehabrun::export::fit::workout(title, steps, Timestamp::from_unix_seconds(now.cast_signed()))
}
