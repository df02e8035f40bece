//! All runs of one runner and what their files say beside them: the weeks, and the row of a patient.

use std::collections::BTreeMap;

use super::{Settings, next_by_runs};
use crate::history::{self, Run};
use crate::report::{
    self, CeilingNow, File, NextSession, Note, NoteId, Patient, Progress, Status, Window, build_patient, build_progress,
};
use crate::runner::{FILE_NAME, Runner};
use crate::units::plural;

/// The runs of one runner.
#[derive(Debug, Clone)]
pub struct History {
    athlete: Option<String>,
    settings: history::Settings,
    runner: Runner,
    /// The days whose findings are listed; `None` lists all.
    window: Option<Window>,
    /// The ceiling of the last run so far.
    ceiling: Option<CeilingNow>,
    /// Each run with the path of its file.
    runs: Vec<(String, Run)>,
    /// Each name in the runners' files with the folder of a file of theirs.
    athletes: BTreeMap<Option<String>, String>,
    /// The files that could not be read, by their last names, and why.
    failed: Vec<(String, String)>,
    /// Sessions of running.
    n_sessions: usize,
    /// Of these, the ones that could not be cut into bouts, so that no week holds them.
    n_without_weeks: usize,
    /// And the ones that could not be judged, in the weeks or not.
    n_undetermined: usize,
    /// And the ones for which there was no ceiling.
    n_without_ceiling: usize,
}

impl History {
    /// A history without runs.
    pub fn new(settings: &Settings) -> Self {
        Self {
            athlete: settings.runner.name.clone(),
            settings: history::Settings::from(&settings.runner),
            runner: settings.runner.clone(),
            window: settings.runner.last_visit.map(Window::Since),
            ceiling: None,
            runs: Vec::new(),
            athletes: BTreeMap::new(),
            failed: Vec::new(),
            n_sessions: 0,
            n_without_weeks: 0,
            n_undetermined: 0,
            n_without_ceiling: 0,
        }
    }

    /// Lists the findings of certain days only; otherwise those since the last visit, or all.
    #[must_use]
    pub fn within(mut self, window: Option<Window>) -> Self {
        self.window = window.or(self.window);
        self
    }

    /// Adds a file with the runs in it.
    pub fn add(&mut self, file: &File, runs: Vec<Run>) {
        let judged = || file.judged().map(|(session, _)| session);
        if file.status == Status::Audited {
            let folder = file.path.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder);
            self.athletes.entry(file.athlete.clone()).or_insert_with(|| folder.to_owned());
        }
        if let Some(error) = &file.error {
            let name = file.path.rsplit(['/', '\\']).next().unwrap_or(&file.path);
            self.failed.push((name.to_owned(), error.message.clone()));
        }
        self.n_sessions += judged().count();
        self.n_without_weeks += judged().count().saturating_sub(runs.len());
        self.n_undetermined += judged().filter(|session| session.is_unclear()).count();
        let without_ceiling = judged().map(|session| &session.ceiling);
        self.n_without_ceiling += without_ceiling
            .filter(|ceiling| ceiling.pace_s_per_km.is_none() && ceiling.heart_rate_bpm.is_none())
            .count();
        for session in judged() {
            let Some(date) = session.started_at.map(|start| start.date().to_string()) else { continue };
            if self.ceiling.as_ref().is_none_or(|known| known.date <= date) {
                self.ceiling = Some(CeilingNow::of(&date, &session.ceiling));
            }
        }
        self.runs.extend(runs.into_iter().map(|run| (file.path.clone(), run)));
    }

    /// True when no file held a run.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The number of files that could not be read.
    pub fn n_failed(&self) -> usize {
        self.failed.len()
    }

    /// The number of sessions that could not be judged.
    pub fn n_undetermined(&self) -> usize {
        self.n_undetermined
    }

    /// The runners with their folders, and what to do, where they are more than one: weeks are of one runner, those of
    /// two are neither's.
    pub fn several_runners(&self) -> Option<(String, String)> {
        if self.athletes.len() < 2 {
            return None;
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
        Some((names.join(", and of "), hint))
    }

    /// The runs in weeks.
    pub fn progress(&self) -> Progress {
        let mut progress = build_progress(self.athlete.as_deref(), self.runs.clone(), &self.settings);
        report::add_symptoms(&mut progress, &self.runner);
        let next = self.settings.plan.as_ref().and_then(|plan| next_by_runs(plan, &progress));
        progress.next_session = next.map(|next| NextSession {
            stage: next.stage.name.clone(),
            session: next.stage.session.to_string(),
            why: next.why,
        });
        progress.ceiling.clone_from(&self.ceiling);
        if let Some(window) = self.window {
            report::look_at(&mut progress, window);
        }
        progress
    }

    /// The row of a patient with these weeks, by the name of the patient's folder.
    pub fn patient(&self, folder: &str, progress: &Progress) -> Patient {
        build_patient(folder, progress, self.n_without_weeks, self.problems())
    }

    /// What keeps a patient from being judged.
    fn problems(&self) -> Vec<Note> {
        let note = |id: NoteId, message: String| Note { id, message, is_harmless: false };
        let failed = &self.failed;
        let named: Vec<String> = failed.iter().take(3).map(|(name, why)| format!("{name} ({why})")).collect();
        let more = if failed.len() > named.len() { ", …" } else { "" };
        let unreadable = (!failed.is_empty()).then(|| {
            let n_files = plural(failed.len(), "file", None);
            note(NoteId::UnreadableFiles, format!("{n_files} could not be read: {}{more}", named.join(", ")))
        });
        let no_run = (self.n_sessions == 0).then(|| note(NoteId::NoRun, "no run was found in the folder".to_owned()));
        let n_without = self.n_without_ceiling;
        let no_ceiling = (n_without > 0).then(|| {
            let of = plural(self.n_sessions, "run", None);
            let how_many = if n_without == self.n_sessions { of } else { format!("{n_without} of {of}") };
            note(
                NoteId::NoCeiling,
                format!("no easy ceiling for {how_many}: easy_pace or easy_hr in {FILE_NAME} sets one"),
            )
        });
        [unreadable, no_run, no_ceiling].into_iter().flatten().collect()
    }
}
