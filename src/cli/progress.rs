//! `rehabrun progress`: all runs of one runner in weeks, and what the rules of the weeks say.

use std::collections::BTreeSet;
use std::io::Write;
use std::num::NonZero;
use std::process::ExitCode;
use std::thread;

use rehabrun::pipeline::Plan;
use rehabrun::render;
use rehabrun::report::{self, Class, File, Note, Severity, Status, build_progress};
use rehabrun::units::plural;

use super::args::{Progress, ProgressFormat};
use super::config::{Config, Options};
use super::failure::Failure;
use super::output::Output;
use super::screen::Screen;
use super::{audit, batch, files};

/// Runs the command.
pub fn run(options: &Progress, screen: Screen) -> Result<ExitCode, Failure> {
    batch::silence_fenced_panics();
    if let Some(Plan::Session { source, .. }) = &options.runner.plan {
        return Err(Failure::new(
            "weeks cannot be held against one session",
            format!("{source} is one session"),
            "give a programme, such as --plan kinetic-revolution, or [[plan.week]] in the runner's file",
        ));
    }
    let config = Config::new(Options {
        runner: options.runner.clone(),
        units: options.units,
        report: report::Options { location: false, chart: false, route: false },
        ignore_device_gait: false,
    })?;
    let first = options.paths.first().expect("the command line asks for a path");
    let settings = config.for_folder(files::folder_of(first))?;

    let mut seen = Seen::default();
    let (mut runs, mut last_error) = (Vec::new(), None);
    let n_threads = options.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get);
    batch::audit_all(files::inputs(options.paths.clone()), &config, n_threads, |(file, found)| {
        if let Some(error) = file.error.as_ref().filter(|_| !screen.quiet) {
            audit::tell(&file.path, error, &mut last_error);
        }
        seen.add(&file);
        runs.extend(found.into_iter().map(|run| (file.path.clone(), run)));
        Ok(())
    })?;
    seen.of_one_runner()?;
    if runs.is_empty() && seen.n_failed == 0 {
        return Err(Failure::new(
            "nothing to put into weeks",
            "no run was found",
            "name files, or folders that hold some",
        ));
    }
    let mut progress = build_progress(settings.athlete.as_deref(), runs, &settings.of_weeks());
    progress.notes.extend(seen.notes());

    let style = screen.style(settings.units, options.output.is_some());
    let text = match options.format {
        ProgressFormat::Text => render::progress_text(&progress, style),
        ProgressFormat::Json => render::progress_json(&progress),
        ProgressFormat::Csv => render::progress_csv(&progress)?,
        ProgressFormat::Html => render::html::progress_page(&progress, style.units),
    };
    let mut out = Output::open(options.output.as_deref())?;
    out.write_all(text.as_bytes())?;
    out.finish()?;
    Ok(exit_code(&progress, &seen, options.exit_zero))
}

/// What the files say beside their runs.
#[derive(Default)]
struct Seen {
    athletes: BTreeSet<Option<String>>,
    n_failed: usize,
    /// Sessions that could not be judged, in the weeks or not.
    n_undetermined: usize,
    /// Sessions without the runner's clock.
    n_without_clock: usize,
}

impl Seen {
    fn add(&mut self, file: &File) {
        let judged = || file.sessions.iter().filter(|session| session.judged);
        if file.status == Status::Audited {
            self.athletes.insert(file.athlete.clone());
        }
        self.n_failed += usize::from(file.status == Status::Failed);
        self.n_undetermined += judged().filter(|session| session.verdict.class == Class::Undetermined).count();
        let in_utc = |started_at: &String| started_at.ends_with('Z');
        self.n_without_clock += judged().filter(|session| session.started_at.as_ref().is_some_and(in_utc)).count();
    }

    /// Weeks are of one runner: those of two would be neither's.
    fn of_one_runner(&self) -> Result<(), Failure> {
        if self.athletes.len() < 2 {
            return Ok(());
        }
        let names: Vec<&str> =
            self.athletes.iter().map(|name| name.as_deref().unwrap_or("one without a name")).collect();
        Err(Failure::new(
            "more than one runner",
            format!("the runs are of {}", names.join(", ")),
            "name one runner's folder",
        ))
    }

    fn notes(&self) -> Option<Note> {
        let n = self.n_without_clock;
        let message = format!(
            "the dates of {} are by UTC, as the files do not give the runner's clock: a run near midnight may count on \
             the day beside; `timezone` in athlete.toml helps",
            plural(n, "run", None)
        );
        (n > 0).then(|| Note { id: "clock-unknown".to_owned(), message })
    }
}

/// 2 before 1 before 3 before 0. What was agreed on is no warning.
fn exit_code(progress: &report::Progress, seen: &Seen, exit_zero: bool) -> ExitCode {
    let warns = |finding: &report::ProgressFinding| finding.severity == Severity::Warning && finding.allowed.is_none();
    let code = match seen {
        _ if seen.n_failed > 0 => 2,
        _ if exit_zero => 0,
        _ if progress.findings.iter().any(warns) => 1,
        _ if seen.n_undetermined > 0 => 3,
        _ => 0,
    };
    ExitCode::from(code)
}
