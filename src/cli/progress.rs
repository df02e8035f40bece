//! `rehabrun progress`: all runs of one runner in weeks, and what the rules of the weeks say.

use std::io::Write;
use std::process::ExitCode;

use rehabrun::plan::Plan;
use rehabrun::render;
use rehabrun::report;

use super::args::{Progress, ProgressFormat, Runner};
use super::batch::{self, Batch};
use super::cache::{Cache, Holds};
use super::config::{Config, Options};
use super::failure::Failure;
use super::output::Output;
use super::screen::Screen;
use super::{audit, catch_panics, exit, files, output, overwrite, season};

/// Runs the command.
pub fn run(options: &Progress, screen: Screen) -> Result<ExitCode, Failure> {
    catch_panics::silence_caught_panics();
    if let Some(Plan::Session { source, .. }) = &options.runner.plan {
        return Err(Failure::new(
            "weeks cannot be held against one session",
            format!("{source} is one session"),
            "give a programme, such as --plan kinetic-revolution, or [[plan.week]] in the runner's file",
        ));
    }
    let config = Config::new(Options {
        runner: Runner { symptoms: !options.no_symptoms, ..options.runner.clone() },
        units: options.units,
        report: report::Options { location: false, chart: false, route: false, hide_ends_m: None },
        top: None,
        ignore_device_gait: false,
    })?;
    let to = options.output.as_deref();
    overwrite::refuse_input(to, &options.paths, &[options.runner.athlete.as_deref()])?;
    let first = options.paths.first().expect("the command line asks for a path");
    let settings = config.for_folder(files::folder_of(first))?;

    let mut last_error = None;
    let bar = screen.bar(files::inputs(options.paths.clone()));
    let cache = (!options.no_cache).then(|| Cache::new(Holds::FilesAndRuns));
    let n_threads = batch::n_threads(options.jobs);
    let batch = Batch { config: &config, n_threads, bar: &bar, cache: cache.as_ref() };
    let history = season::read(options.paths.clone(), &settings, batch, |file| {
        if let Some(error) = file.error.as_ref().filter(|_| !screen.quiet) {
            bar.beside(|| audit::tell(&file.path, error, &mut last_error));
        }
        Ok(())
    });
    bar.clear();
    if let Some(cache) = cache {
        cache.close();
    }
    let history = history?;
    season::of_one_runner(&history)?;
    if history.is_empty() && history.n_failed() == 0 {
        return Err(Failure::new(
            "nothing to put into weeks",
            "no run was found",
            "name files, or folders that hold some",
        ));
    }
    let (n_failed, n_undetermined) = (history.n_failed(), history.n_undetermined());
    let progress = history.within(season::window(options.since, options.last)).progress();

    let style = screen.style(settings.runner.units, output::to_file(to).is_some());
    let bytes = match options.format {
        ProgressFormat::Text => render::progress_text(&progress, style).into_bytes(),
        ProgressFormat::Json => render::progress_json(&progress).into_bytes(),
        ProgressFormat::Csv => render::progress_csv(&progress)?.into_bytes(),
        #[cfg(feature = "parquet")]
        ProgressFormat::Parquet => render::progress_parquet(&progress)?,
        #[cfg(feature = "html")]
        ProgressFormat::Html => {
            render::html::progress_page(&progress, &render::html::Links::default(), style.units).into_bytes()
        }
    };
    let mut out = Output::open(to)?;
    out.write_all(&bytes)?;
    out.finish()?;
    Ok(exit::code(progress.conclusion(n_failed, n_undetermined), options.exit_zero))
}
