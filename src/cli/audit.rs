//! `rehabrun audit`: every file to a report, and the verdicts to an exit code.

use std::path::Path;
use std::process::ExitCode;

use rehabrun::auditor::Seen;
use rehabrun::render::Style;
use rehabrun::report::{self, Error, Summary};
use rehabrun::units::{UnitSystem, plural};

use super::args::{Audit, Runner};
use super::batch::{self, Batch};
use super::cache::{Cache, Holds};
use super::config::{Config, Options, is_of_runners_file};
use super::failure::Failure;
use super::output::Output;
use super::screen::Screen;
use super::slowest::Slowest;
use super::{catch_panics, compare, exit, files, interrupt, output, overwrite};

/// Runs the command.
pub fn run(options: &Audit, screen: Screen) -> Result<ExitCode, Failure> {
    catch_panics::silence_caught_panics();
    let all = Options {
        runner: Runner {
            no_advice: options.output.no_advice,
            symptoms: options.output.with_symptoms,
            ..options.runner.clone()
        },
        units: options.output.units,
        report: report::Options {
            location: !options.output.no_location,
            chart: options.output.format.charts,
            route: options.output.with_route,
            hide_ends_m: options.output.hide_ends,
        },
        top: None,
        ignore_device_gait: options.ignore_device_gait,
    };
    // What is only compared with is never shown.
    let unseen = Options { report: report::Options { chart: false, route: false, ..all.report }, ..all.clone() };
    let config = Config::new(all)?;
    let mut paths = options.paths.clone();
    if let Some(list) = &options.files_from {
        paths.extend(files::listed(list)?);
    }
    let to = options.output.to.as_deref();
    overwrite::refuse_input(to, &paths, &[options.files_from.as_deref(), options.runner.athlete.as_deref()])?;
    overwrite::refuse_input(to, &options.compare_with, &[])?;
    let earlier = compare::read(&options.compare_with, &Config::new(unseen)?, screen)?;
    let units = paths.first().map_or(UnitSystem::default(), |first| units_for(first, &config));
    let style = Style { table: options.output.table, ..screen.style(units, output::to_file(to).is_some()) };
    let mut renderer = (options.output.format.begin)(style);
    let bar = screen.bar(files::inputs(paths.clone()));
    let mut out = Output::open(to)?.beside(&bar);

    let mut summary = Summary::default();
    let selection = options.select.selection();
    let (mut last_error, mut n_left_out) = (None, 0_usize);
    let (mut slowest, mut seen) = (Slowest::default(), Seen::default());
    // A page with charts holds samples, of which none are kept.
    let cache = (!options.no_cache && !options.output.format.charts).then(|| Cache::new(Holds::Files));
    let batch = Batch { config: &config, n_threads: batch::n_threads(options.jobs), bar: &bar, cache: cache.as_ref() };
    batch::audit_all(files::inputs(paths), batch, |audited| {
        slowest.add(&audited.file.path, audited.took);
        let file = seen.skip_duplicates(audited.file, audited.cache_key, audited.is_named);
        if !selection.takes(&file) {
            n_left_out += 1;
            return Ok(());
        }
        summary.add(&file);
        if let Some(error) = file.error.as_ref().filter(|_| !screen.quiet) {
            bar.beside(|| tell(&file.path, error, &mut last_error));
        }
        Ok(renderer.file(earlier.compare(file), &mut out)?)
    })?;
    bar.clear();
    if let Some(cache) = cache {
        cache.close();
    }
    if bar.is_shown() {
        slowest.tell();
    }
    renderer.finish(&summary, &mut out)?;
    if interrupt::is_requested() {
        let files = plural(summary.n_files, "file", None);
        let (which, hint) = match out.finish_partial()? {
            Some(partial) => {
                (partial.display().to_string(), format!("{} is as it was", to.unwrap_or(&partial).display()))
            }
            None => ("the report".to_owned(), String::new()),
        };
        return Err(Failure::new("interrupted", format!("{which} holds {files}, all that was done by then"), hint));
    }
    out.finish()?;
    if summary.n_files == 0 && n_left_out > 0 {
        return Err(Failure::new(
            "nothing to report",
            format!("none of {n_left_out} files is of these days and verdicts"),
            "leave out --since, --until or --verdict",
        ));
    }
    if summary.n_files == 0 {
        return Err(Failure::new("nothing to audit", "no file was found", "name files, or folders that hold some"));
    }
    Ok(exit::code(summary.conclusion(), options.exit_zero))
}

/// The units of a report on many files are those of the first one's runner.
fn units_for(first: &Path, config: &Config) -> UnitSystem {
    config.for_folder(files::folder_of(first)).map_or(UnitSystem::default(), |settings| settings.runner.units)
}

/// Prints why a file failed. A fault in a runner's file is one for many activities, and is printed for the first.
pub fn tell(path: &str, error: &Error, last: &mut Option<Error>) {
    let known = is_of_runners_file(error) && last.as_ref() == Some(error);
    if !known {
        Failure::of_report(path, error).print();
    }
    *last = Some(error.clone());
}
