//! What is known about the runner, from the options and the runner's file. Options win.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rehabrun::auditor::Settings;
use rehabrun::ingest::limits;
use rehabrun::runner::{FILE_NAME, Given};
use rehabrun::units::UnitSystem;
use rehabrun::{Runner, report, segment};

use super::args::{self, Units};
use super::failure::Failure;
use super::stderr;

/// What the options say about all files.
#[derive(Debug, Clone)]
pub struct Options {
    /// What they say about the runner.
    pub runner: args::Runner,
    /// Kilometres or miles, where said.
    pub units: Option<Units>,
    /// What reports leave out.
    pub report: report::Options,
    /// The folder above which no runner's file is looked for, where there is one.
    pub top: Option<PathBuf>,
    /// True leaves the watch's own detection of running and walking out.
    pub ignore_device_gait: bool,
}

/// Finds the settings of each activity by the folder it lies in; each runner's file is read once.
pub struct Config {
    options: Options,
    /// For all activities, where one file was named.
    named: Option<Arc<Settings>>,
    found: Mutex<HashMap<PathBuf, Result<Arc<Settings>, Failure>>>,
}

impl Config {
    /// Reads the runner's file where one is named.
    pub fn new(options: Options) -> Result<Self, Failure> {
        let named = match &options.runner.athlete {
            Some(path) => Some(Arc::new(settings(&options, Some(read(path)?))?)),
            None => None,
        };
        Ok(Self { options, named, found: Mutex::new(HashMap::new()) })
    }

    /// The settings for activities in a folder: with the runner's file of the folder or of the nearest one above.
    pub fn for_folder(&self, folder: &Path) -> Result<Arc<Settings>, Failure> {
        if let Some(named) = &self.named {
            return Ok(Arc::clone(named));
        }
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let mut found = self.found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let known = found.entry(folder).or_insert_with_key(|folder| {
            let top = self.options.top.as_deref();
            let mut searched = folder.ancestors().take_while(|at| top.is_none_or(|top| at.starts_with(top)));
            let found = searched.find_map(|at| Some(at.join(FILE_NAME)).filter(|path| path.is_file()));
            if let Some(path) = misnamed(folder).filter(|_| found.is_none()) {
                stderr::note(&format!("note: {} is not read: its name must be {FILE_NAME}", path.display()));
            }
            let runner = found.map(|path| read(&path)).transpose()?;
            Ok(Arc::new(settings(&self.options, runner)?))
        });
        known.clone()
    }
}

/// What is said of a runner's file with a fault, behind its path.
const UNUSABLE: &str = "cannot be used";

/// True when an activity failed because of its runner's file.
pub fn is_of_runners_file(error: &report::Error) -> bool {
    error.message.ends_with(UNUSABLE)
}

fn read(path: &Path) -> Result<Runner, Failure> {
    let faulty = |cause: String, hint: &str| Failure::new(format!("{} {UNUSABLE}", path.display()), cause, hint);
    let text = read_whole(path).map_err(|error| Failure::of_file("read", path, &error))?;
    if text.len() as u64 > limits::RUNNERS_FILE_BYTES {
        let limit = limits::RUNNERS_FILE_BYTES >> 20;
        return Err(faulty(format!("it holds more than {limit} MiB, which no runner's file fills"), ""));
    }
    Runner::from_toml(&text).map_err(|fault| faulty(fault.to_string(), fault.hint.as_deref().unwrap_or_default()))
}

/// The text of a file, as far as a runner's file may go. What waits for a writer is not waited for.
pub fn read_whole(path: &Path) -> io::Result<String> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    let mut text = String::new();
    fs::File::open(path)?.take(limits::RUNNERS_FILE_BYTES + 1).read_to_string(&mut text)?;
    Ok(text)
}

/// A file in the folder that was meant to be the runner's file and has another name, as editors give it.
pub fn misnamed(folder: &Path) -> Option<PathBuf> {
    let stem = FILE_NAME.trim_end_matches(".toml");
    let is_meant = |name: &str| {
        let name = name.to_lowercase();
        name == FILE_NAME || name == stem || [".txt", ".bak", "l"].iter().any(|end| name == format!("{FILE_NAME}{end}"))
    };
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name != FILE_NAME && is_meant(name))
        })
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found.into_iter().next()
}

/// What the options and the runner's file say, where there is one. A bare pace has the units of either.
fn settings(options: &Options, runner: Option<Runner>) -> Result<Settings, Failure> {
    let typed = &options.runner;
    let runner_units = || runner.as_ref().map(|runner| runner.units);
    let units = options.units.map(UnitSystem::from);
    let easy_pace = typed.easy_pace.as_ref().map(|pace| pace.pace(units.or_else(runner_units))).transpose();
    let easy_pace = easy_pace.map_err(|fault| {
        let hint = "--units km or --units mi says the unit of a bare 6:30";
        Failure::new("the easy pace cannot be read", fault.to_string(), hint)
    })?;
    let given = Given {
        easy_pace,
        easy_heart_rate: typed.easy_hr,
        easy_from: typed.easy_pace_from,
        race: typed.race.clone(),
        threshold_heart_rate: typed.lthr,
        max_heart_rate: typed.hr_max,
        resting_heart_rate: typed.hr_rest,
        age: typed.age.map(f64::from),
        plan: typed.plan.clone(),
        units,
    };
    let mut runner = runner.unwrap_or_default().with(given);
    if !typed.symptoms {
        runner.symptoms.clear();
    }
    let hide_ends_m = options.report.hide_ends_m.or(runner.hide_ends_m);
    Ok(Settings {
        runner,
        segment: segment::Options { ignore_device_gait: options.ignore_device_gait },
        report: report::Options { hide_ends_m, ..options.report },
        sees_runs: typed.sees_runs,
        advises: !typed.no_advice,
    })
}
