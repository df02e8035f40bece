//! What is known about the runner, from the options and the runner's file. Options win.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rehabrun::audit::Exception;
use rehabrun::ceiling::{Facts, Giver};
use rehabrun::ingest::limits;
use rehabrun::pipeline::{Plan, Settings};
use rehabrun::render::plain;
use rehabrun::units::{Pace, UnitSystem};
use rehabrun::{report, segment};

use super::args::{Runner, Units};
use super::athlete::{self, Athlete, CeilingFacts};
use super::failure::Failure;

/// Weeks in which all running is easy, where the runner's file does not say (J. Dunne, kinetic-revolution.com).
const EASY_WEEKS: usize = 12;

/// The name of the runner's file.
pub const FILE_NAME: &str = "athlete.toml";

/// What the options say about all files.
#[derive(Debug, Clone)]
pub struct Options {
    /// What they say about the runner.
    pub runner: Runner,
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
            Some(path) => Some(Arc::new(settings(&options, &read(path)?))),
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
            let athlete = match searched.find_map(|at| Some(at.join(FILE_NAME)).filter(|path| path.is_file())) {
                Some(path) => read(&path)?,
                None => Athlete::default(),
            };
            Ok(Arc::new(settings(&self.options, &athlete)))
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

fn read(path: &Path) -> Result<Athlete, Failure> {
    let faulty = |cause: String, hint: &str| Failure::new(format!("{} {UNUSABLE}", path.display()), cause, hint);
    let text = read_whole(path).map_err(|error| Failure::of_file("read", path, &error))?;
    if text.len() as u64 > limits::RUNNERS_FILE_BYTES {
        let limit = limits::RUNNERS_FILE_BYTES >> 20;
        return Err(faulty(format!("it holds more than {limit} MiB, which no runner's file fills"), ""));
    }
    athlete::parse(&text).map_err(|fault| faulty(fault.to_string(), ""))
}

/// The text of a file, as far as a runner's file may go. What waits for a writer is not waited for.
fn read_whole(path: &Path) -> io::Result<String> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    let mut text = String::new();
    fs::File::open(path)?.take(limits::RUNNERS_FILE_BYTES + 1).read_to_string(&mut text)?;
    Ok(text)
}

fn settings(options: &Options, athlete: &Athlete) -> Settings {
    let units = options.units.map(UnitSystem::from).or(athlete.units).unwrap_or_default();
    let exceptions = athlete.allow.iter().map(|allow| Exception {
        rule: allow.rule.clone(),
        from: allow.from,
        to: allow.to,
        reason: plain(&allow.reason),
    });
    Settings {
        athlete: athlete.name.as_deref().map(plain),
        facts: facts(&options.runner, athlete),
        birth_year: athlete.ceiling.birth_year,
        units,
        exceptions: exceptions.collect(),
        plan: plan(&options.runner, athlete),
        easy_weeks: athlete.rehab.easy_weeks.map_or(EASY_WEEKS, usize::from),
        order: athlete.rehab.order.unwrap_or_default(),
        zone: athlete.timezone.clone(),
        segment: segment::Options { ignore_device_gait: options.ignore_device_gait },
        report: report::Options {
            hide_ends_m: options.report.hide_ends_m.or(athlete.privacy.hide_ends),
            ..options.report
        },
    }
}

/// The plan of the command line, else the physio's own, else the built-in one that is followed.
fn plan(runner: &Runner, athlete: &Athlete) -> Option<Plan> {
    let followed = || athlete.plan.clone().or(athlete.rehab.plan.clone()).map(Plan::Programme);
    runner.plan.clone().or_else(followed)
}

fn facts(runner: &Runner, athlete: &Athlete) -> Facts {
    let ceiling = athlete.ceiling.clone();
    Facts {
        easy_pace: runner.easy_pace.or(ceiling.easy_pace),
        easy_heart_rate: runner.easy_hr.or(ceiling.easy_hr),
        easy_from: giver(runner, &ceiling),
        first_threshold: ceiling.first_threshold,
        talk_test: ceiling.talk_test,
        race: runner.race.clone().or(ceiling.race),
        threshold_heart_rate: runner.lthr.or(ceiling.lthr),
        critical_speed: ceiling.critical_pace.map(Pace::speed),
        max_heart_rate: runner.hr_max.or(ceiling.max_hr),
        resting_heart_rate: runner.hr_rest.or(ceiling.resting_hr),
        age: runner.age.map(f64::from),
        rate_limiting_medication: athlete.health.rate_limiting_medication,
        after_surgery: athlete.health.after_surgery,
        cross_trained: athlete.rehab.cross_trained,
        days_off: athlete.rehab.days_off,
        rehab_started: athlete.rehab.started,
        altitude: ceiling.altitude_m,
        ..Facts::default()
    }
}

/// Who gave the easy pace or heart rate. The file speaks for what stands in it, not for what was typed.
fn giver(runner: &Runner, of_file: &CeilingFacts) -> Giver {
    let typed = runner.easy_pace.is_some() || runner.easy_hr.is_some();
    runner.easy_pace_from.or(of_file.easy_pace_from.filter(|_| !typed)).unwrap_or(Giver::Unsaid)
}
