//! `rehabrun clinic`: each folder a patient, worst first; as a table, or as a folder of pages.

#[cfg(not(feature = "html"))]
#[path = "clinic/no_pages.rs"]
mod pages;
#[cfg(feature = "html")]
mod pages;

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rehabrun::render;
use rehabrun::report::{self, Note, NoteId, Patient, Status, build_clinic};
use rehabrun::runner::FILE_NAME;
use rehabrun::units::{UnitSystem, plural};

use self::pages::{Page, Pages};
use super::args::{Clinic, ClinicFormat, Runner};
use super::batch::{self, Batch};
use super::cache::{Cache, Holds};
use super::config::{Config, Options};
use super::failure::Failure;
use super::output::Output;
use super::progress_bar::Bar;
use super::screen::Screen;
use super::site::holds_pages;
use super::{audit, catch_panics, exit, files, output, overwrite, season, stderr};

/// Runs the command.
pub fn run(options: &Clinic, screen: Screen) -> Result<ExitCode, Failure> {
    catch_panics::silence_caught_panics();
    overwrite::refuse_input(options.output.as_deref(), std::slice::from_ref(&options.dir), &[])?;
    let (folders, n_loose) = patients(&options.dir)?;
    let mut pages = Pages::open(options)?;
    let mut seen = Seen::default();
    let mut rows = Vec::new();
    // A page of a run shows its samples, which no entry holds.
    let cache = (!options.no_cache && pages.is_none()).then(|| Cache::new(Holds::FilesAndRuns));
    let bar = screen.bar(files::inputs(folders.clone()));
    for folder in &folders {
        let mut page = pages.as_mut().map(|pages| pages.begin(&name_of(folder)));
        let reporter = ErrorReporter { screen, bar: &bar };
        rows.push(patient(folder, options, (reporter, cache.as_ref()), page.as_mut(), &mut seen)?);
    }
    if let Some(cache) = cache {
        cache.close();
    }
    bar.clear();
    let clinic = build_clinic(rows, of_nobody(n_loose).into_iter().collect());
    let style = screen.style(
        options.units.map(UnitSystem::from).unwrap_or_default(),
        output::to_file(options.output.as_deref()).is_some(),
    );
    if let Some(pages) = pages {
        let (index, n_pages) = pages.finish(&clinic, style.units)?;
        if !screen.quiet {
            stderr::line(&format!("{} written: open {}", plural(n_pages, "page", None), index.display()));
        }
        return Ok(exit::code(clinic.conclusion(seen.n_failed, seen.n_undetermined), options.exit_zero));
    }
    let text = match options.format {
        ClinicFormat::Json => render::clinic_json(&clinic),
        ClinicFormat::Csv => render::clinic_csv(&clinic)?,
        ClinicFormat::Text => render::clinic_text(&clinic, style),
        // Pages are written above.
        #[cfg(feature = "html")]
        ClinicFormat::Html => render::clinic_text(&clinic, style),
    };
    let mut out = Output::open(options.output.as_deref())?;
    out.write_all(text.as_bytes())?;
    out.finish()?;
    Ok(exit::code(clinic.conclusion(seen.n_failed, seen.n_undetermined), options.exit_zero))
}

/// The folders of the patients by name, without hidden ones and without those that hold pages of ours and no activity,
/// and how many activities lie beside them.
fn patients(dir: &Path) -> Result<(Vec<PathBuf>, usize), Failure> {
    let failed = |error| Failure::of_file("read", dir, &error);
    let (mut folders, mut n_loose) = (Vec::new(), 0);
    for entry in fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if is_hidden {
            continue;
        }
        if !path.is_dir() {
            n_loose += usize::from(path.file_name().is_some_and(files::has_activity_name));
        } else if !is_of_pages(&path) {
            folders.push(path);
        }
    }
    folders.sort();
    if folders.is_empty() {
        let cause = format!("{} holds no folder", dir.display());
        return Err(Failure::new(
            "no patient",
            cause,
            format!("put the files of each patient and an {FILE_NAME} into a folder"),
        ));
    }
    Ok((folders, n_loose))
}

/// True for a folder of pages that is no patient's: it has neither a runner's file nor an activity. Whoever may be a
/// patient is one.
fn is_of_pages(folder: &Path) -> bool {
    holds_pages(folder)
        && !folder.join(FILE_NAME).exists()
        && !files::candidates(folder).any(|path| path.file_name().is_some_and(files::has_activity_name))
}

/// What is said of activities that lie in nobody's folder.
fn of_nobody(n_files: usize) -> Option<Note> {
    let message = format!(
        "{} beside the folders of the patients: nobody's, and left out",
        plural(n_files, "activity", Some("activities"))
    );
    (n_files > 0).then_some(Note { id: NoteId::FilesOfNobody, message, is_harmless: false })
}

/// What all patients come to, for the exit code.
#[derive(Default)]
struct Seen {
    /// Patients with files or a runner's file that could not be read.
    n_failed: usize,
    n_undetermined: usize,
}

/// Where errors are printed, above the progress bar.
#[derive(Clone, Copy)]
struct ErrorReporter<'a> {
    screen: Screen,
    bar: &'a Bar,
}

impl ErrorReporter<'_> {
    fn tell(self, print: impl FnOnce()) {
        if !self.screen.quiet {
            self.bar.beside(print);
        }
    }
}

/// The row of a patient; with a page, its pages too.
fn patient(
    folder: &Path,
    options: &Clinic,
    (teller, cache): (ErrorReporter, Option<&Cache>),
    mut page: Option<&mut Page>,
    seen: &mut Seen,
) -> Result<Patient, Failure> {
    let name = name_of(folder);
    let config = Config::new(Options {
        runner: Runner { symptoms: !options.no_symptoms, ..Runner::default() },
        units: options.units,
        report: report::Options { location: false, chart: page.is_some(), route: false, hide_ends_m: None },
        top: Some(std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned())),
        ignore_device_gait: false,
    })?;
    let mut unusable = |failure: &Failure, id| {
        teller.tell(|| failure.print());
        seen.n_failed += 1;
        let error = failure.as_error();
        // The keys that there are stand on standard error.
        let cause = error.cause.split(", expected one of").next().unwrap_or_default();
        let message = format!("{}: {cause}", short(&error.message));
        Ok(Patient::unread(&name, Note { id, message, is_harmless: false }))
    };
    let settings = match config.for_folder(folder) {
        Ok(settings) => settings,
        Err(failure) => return unusable(&failure, NoteId::AthleteFile),
    };
    let batch = Batch { config: &config, n_threads: batch::n_threads(options.jobs), bar: teller.bar, cache };
    let (mut n_failed, mut last_error) = (0, None);
    let history = season::read(vec![folder.to_owned()], &settings, batch, |file| {
        if let Some(error) = &file.error {
            teller.tell(|| audit::tell(&file.path, error, &mut last_error));
            n_failed += 1;
        }
        match &mut page {
            Some(page) if file.status == Status::Audited => page.run(file, folder, settings.runner.units),
            _ => Ok(()),
        }
    })?;
    if let Err(failure) = season::of_one_runner(&history) {
        return unusable(&failure, NoteId::MoreThanOneRunner);
    }
    seen.n_failed += usize::from(n_failed > 0);
    seen.n_undetermined += history.n_undetermined();
    let history = history.within(season::window(options.since, options.last));
    let progress = history.progress();
    if let Some(page) = page {
        page.weeks(&progress, settings.runner.units)?;
    }
    Ok(history.patient(&name, &progress))
}

/// A message that names a path, with the last name of it alone.
fn short(message: &str) -> String {
    message.split(' ').map(|word| word.rsplit(['/', '\\']).next().unwrap_or(word)).collect::<Vec<_>>().join(" ")
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(OsStr::new("patient")).to_string_lossy().into_owned()
}
