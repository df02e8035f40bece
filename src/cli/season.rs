//! All runs of one runner, read from their files and put into weeks: what `progress` shows, and `clinic` of each patient.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rehabrun::pipeline::Settings;
use rehabrun::programme::Run;
use rehabrun::report::{Class, File, Progress, Status, build_progress};

use super::batch::{self, Audited, Batch};
use super::failure::Failure;
use super::{files, interrupt};

/// The runs of one runner, and what their files say beside them.
#[derive(Default)]
pub struct Season {
    /// Each run with the path of its file.
    runs: Vec<(String, Run)>,
    /// Each name in the runners' files with the folder of a file of theirs.
    athletes: BTreeMap<Option<String>, String>,
    /// Files that could not be read.
    pub n_failed: usize,
    /// Sessions of running.
    pub n_sessions: usize,
    /// Of these, the ones that could not be cut into bouts, so that no week holds them.
    pub n_without_weeks: usize,
    /// And the ones that could not be judged, in the weeks or not.
    pub n_undetermined: usize,
    /// And the ones for which there was no ceiling.
    pub n_without_ceiling: usize,
}

impl Season {
    /// Reads all files; `each` has a look at every one in order.
    pub fn read(
        paths: Vec<PathBuf>,
        batch: Batch,
        mut each: impl FnMut(&File) -> Result<(), Failure>,
    ) -> Result<Self, Failure> {
        let mut season = Self::default();
        batch::audit_all(files::inputs(paths), batch, |Audited { file, runs, .. }| {
            each(&file)?;
            season.add(&file, runs.len());
            season.runs.extend(runs.into_iter().map(|run| (file.path.clone(), run)));
            Ok(())
        })?;
        if interrupt::is_requested() {
            return Err(Failure::new("interrupted", "nothing is said of weeks of which runs are missing", ""));
        }
        Ok(season)
    }

    fn add(&mut self, file: &File, n_runs: usize) {
        let judged = || file.sessions.iter().filter(|session| session.judged);
        if file.status == Status::Audited {
            let folder = Path::new(&file.path).parent().map_or(String::new(), |folder| folder.display().to_string());
            self.athletes.entry(file.athlete.clone()).or_insert(folder);
        }
        self.n_failed += usize::from(file.status == Status::Failed);
        self.n_sessions += judged().count();
        self.n_without_weeks += judged().count().saturating_sub(n_runs);
        self.n_undetermined += judged().filter(|session| session.verdict.class == Class::Undetermined).count();
        let without_ceiling = judged().map(|session| &session.ceiling);
        self.n_without_ceiling += without_ceiling
            .filter(|ceiling| ceiling.pace_s_per_km.is_none() && ceiling.heart_rate_bpm.is_none())
            .count();
    }

    /// True when no file held a run.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The runs in weeks.
    pub fn progress(&mut self, settings: &Settings) -> Progress {
        build_progress(settings.athlete.as_deref(), std::mem::take(&mut self.runs), &settings.of_weeks())
    }

    /// Weeks are of one runner: those of two would be neither's.
    pub fn of_one_runner(&self) -> Result<(), Failure> {
        if self.athletes.len() < 2 {
            return Ok(());
        }
        let named = |(name, folder): (&Option<String>, &String)| {
            let folder = if folder.is_empty() { "." } else { folder };
            match name {
                Some(name) => format!("{name} in {folder}"),
                None => format!("one without a name in {folder}"),
            }
        };
        let names: Vec<String> = self.athletes.iter().map(named).collect();
        let hint = match self.athletes.get(&None) {
            Some(folder) if self.athletes.len() == 2 => format!(
                "no athlete.toml with a name holds for {folder}; --athlete FILE gives all runs to one runner, or name one \
                 runner's folder"
            ),
            _ => "name one runner's folder, or give all runs to one runner with --athlete FILE".to_owned(),
        };
        Err(Failure::new("more than one runner", format!("the runs are of {}", names.join(", and of ")), hint))
    }
}
