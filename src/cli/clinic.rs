//! `rehabrun clinic`: each folder a patient, worst first; as a table, or as a folder of pages.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rehabrun::render;
use rehabrun::render::html::{Links, clinic_page, progress_page, run_page};
use rehabrun::report::{self, File, Level, Note, Patient, Status, build_clinic, build_patient};
use rehabrun::units::{UnitSystem, plural};

use super::args::{Clinic, ClinicFormat, Runner};
use super::bar::Bar;
use super::batch::{self, Batch};
use super::config::{Config, FILE_NAME, Options};
use super::failure::Failure;
use super::folder::{Folder, Names, holds_pages};
use super::output::Output;
use super::screen::Screen;
use super::season::Season;
use super::{audit, fence, files, output, overwrite};

/// Runs the command.
pub fn run(options: &Clinic, screen: Screen) -> Result<ExitCode, Failure> {
    fence::silence_fenced_panics();
    overwrite::refuse_input(options.output.as_deref(), std::slice::from_ref(&options.dir), &[])?;
    let (folders, n_loose) = patients(&options.dir)?;
    let mut pages = match &options.output {
        Some(path) if options.format == ClinicFormat::Html => {
            if output::to_file(Some(path)).is_none() {
                let cause = "pages are many files, and standard output is one";
                return Err(Failure::new("cannot write the pages", cause, "give a folder to -o, such as -o pages"));
            }
            Some(Folder::open(path)?)
        }
        _ => None,
    };
    let (mut seen, mut names) = (Seen::default(), Names::beside(INDEX));
    let mut rows = Vec::new();
    let mut addresses = BTreeMap::new();
    let bar = screen.bar(files::inputs(folders.clone()));
    for folder in &folders {
        let below = names.fresh(&name_of(folder), "");
        let mut page = pages.as_mut().map(|pages| Page::begin(pages, below));
        let row = patient(folder, options, Teller { screen, bar: &bar }, page.as_mut(), &mut seen)?;
        let address = page.filter(|page| page.is_done).map(|page| page.address());
        addresses.extend(address.map(|address| (row.folder.clone(), address)));
        rows.push(row);
    }
    bar.clear();
    let clinic = build_clinic(rows, of_nobody(n_loose).into_iter().collect());
    let style = screen.style(
        options.units.map(UnitSystem::from).unwrap_or_default(),
        output::to_file(options.output.as_deref()).is_some(),
    );
    if let Some(mut pages) = pages {
        pages.write(INDEX, &clinic_page(&clinic, &addresses))?;
        pages.finish()?;
        return Ok(exit_code(&clinic, &seen, options.exit_zero));
    }
    let text = match options.format {
        ClinicFormat::Json => render::clinic_json(&clinic),
        ClinicFormat::Csv => render::clinic_csv(&clinic)?,
        ClinicFormat::Text | ClinicFormat::Html => render::clinic_text(&clinic, style),
    };
    let mut out = Output::open(options.output.as_deref())?;
    out.write_all(text.as_bytes())?;
    out.finish()?;
    Ok(exit_code(&clinic, &seen, options.exit_zero))
}

const INDEX: &str = "index.html";

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
        } else if !holds_pages(&path) || files::activities(&path).next().is_some() {
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

/// What is said of activities that lie in nobody's folder.
fn of_nobody(n_files: usize) -> Option<Note> {
    let message = format!(
        "{} beside the folders of the patients: nobody's, and left out",
        plural(n_files, "activity", Some("activities"))
    );
    (n_files > 0).then(|| Note { id: "files-of-nobody".to_owned(), message, is_harmless: false })
}

/// The pages of one patient on their way.
struct Page<'a> {
    pages: &'a mut Folder,
    /// The folder of the patient's pages.
    below: String,
    links: Links,
    /// Names of the pages of the runs.
    names: Names,
    /// True once the page of the weeks is written.
    is_done: bool,
}

impl<'a> Page<'a> {
    fn begin(pages: &'a mut Folder, below: String) -> Self {
        let back = Some(("All patients".to_owned(), format!("../{INDEX}")));
        Self { pages, below, links: Links { back, ..Links::default() }, names: Names::beside(INDEX), is_done: false }
    }

    fn address(&self) -> String {
        format!("{}/{INDEX}", self.below)
    }

    /// Writes the page of a run.
    fn run(&mut self, file: &File, folder: &Path, units: UnitSystem) -> Result<(), Failure> {
        let within = Path::new(&file.path).strip_prefix(folder).unwrap_or(Path::new(&file.path));
        let name = self.names.fresh(&within.to_string_lossy(), ".html");
        let whose = file.athlete.as_deref().map_or("The weeks".to_owned(), |name| format!("The weeks of {name}"));
        let links = Links { back: Some((whose, INDEX.to_owned())), ..Links::default() };
        self.pages.write(&format!("{}/{name}", self.below), &run_page(file, &links, units))?;
        self.links.runs.insert(file.path.clone(), name);
        Ok(())
    }

    /// Writes the page of the weeks.
    fn weeks(&mut self, progress: &report::Progress, units: UnitSystem) -> Result<(), Failure> {
        self.pages.write(&self.address(), &progress_page(progress, &self.links, units))?;
        self.is_done = true;
        Ok(())
    }
}

/// What all patients come to, for the exit code.
#[derive(Default)]
struct Seen {
    /// Patients with files or a runner's file that could not be read.
    n_failed: usize,
    n_undetermined: usize,
}

/// Where errors are told, beside the line that grows.
#[derive(Clone, Copy)]
struct Teller<'a> {
    screen: Screen,
    bar: &'a Bar,
}

impl Teller<'_> {
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
    teller: Teller,
    mut page: Option<&mut Page>,
    seen: &mut Seen,
) -> Result<Patient, Failure> {
    let name = name_of(folder);
    let config = Config::new(Options {
        runner: Runner::default(),
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
        Ok(Patient::unread(&name, Note { id: String::from(id), message, is_harmless: false }))
    };
    let settings = match config.for_folder(folder) {
        Ok(settings) => settings,
        Err(failure) => return unusable(&failure, "athlete-file"),
    };
    let batch = Batch { config: &config, n_threads: batch::n_threads(options.jobs), bar: teller.bar, cache: None };
    let (mut failed, mut last_error) = (Vec::new(), None);
    let mut season = Season::read(vec![folder.to_owned()], batch, |file| {
        if let Some(error) = &file.error {
            teller.tell(|| audit::tell(&file.path, error, &mut last_error));
            failed.push((name_of(Path::new(&file.path)), error.message.clone()));
        }
        match &mut page {
            Some(page) if file.status == Status::Audited => page.run(file, folder, settings.units),
            _ => Ok(()),
        }
    })?;
    if let Err(failure) = season.of_one_runner() {
        return unusable(&failure, "more-than-one-runner");
    }
    seen.n_failed += usize::from(!failed.is_empty());
    seen.n_undetermined += season.n_undetermined;
    let problems = problems(&season, &failed);
    let progress = season.progress(&settings);
    if let Some(page) = page {
        page.weeks(&progress, settings.units)?;
    }
    Ok(build_patient(&name, &progress, season.n_without_weeks, problems))
}

/// What keeps a patient from being judged.
fn problems(season: &Season, failed: &[(String, String)]) -> Vec<Note> {
    let note = |id: &str, message: String| Note { id: id.to_owned(), message, is_harmless: false };
    let named: Vec<String> = failed.iter().take(3).map(|(name, why)| format!("{name} ({why})")).collect();
    let more = if failed.len() > named.len() { ", …" } else { "" };
    let unreadable = (!failed.is_empty()).then(|| {
        let n_files = plural(failed.len(), "file", None);
        note("unreadable-files", format!("{n_files} could not be read: {}{more}", named.join(", ")))
    });
    let no_run = (season.n_sessions == 0).then(|| note("no-run", "no run was found in the folder".to_owned()));
    let n_without = season.n_without_ceiling;
    let no_ceiling = (n_without > 0).then(|| {
        let of = plural(season.n_sessions, "run", None);
        let how_many = if n_without == season.n_sessions { of } else { format!("{n_without} of {of}") };
        note("no-ceiling", format!("no easy ceiling for {how_many}: easy_pace or easy_hr in {FILE_NAME} sets one"))
    });
    [unreadable, no_run, no_ceiling].into_iter().flatten().collect()
}

/// A message that names a path, with the last name of it alone.
fn short(message: &str) -> String {
    message.split(' ').map(|word| word.rsplit(['/', '\\']).next().unwrap_or(word)).collect::<Vec<_>>().join(" ")
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(OsStr::new("patient")).to_string_lossy().into_owned()
}

/// 2 before 1 before 3 before 0.
fn exit_code(clinic: &report::Clinic, seen: &Seen, exit_zero: bool) -> ExitCode {
    let code = match seen {
        _ if seen.n_failed > 0 => 2,
        _ if exit_zero => 0,
        _ if clinic.patients.iter().any(|patient| patient.level == Level::Warning) => 1,
        _ if seen.n_undetermined > 0 || clinic.patients.iter().any(|patient| patient.level == Level::Unclear) => 3,
        _ => 0,
    };
    ExitCode::from(code)
}
