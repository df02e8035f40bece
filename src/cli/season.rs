//! Reads all files of one runner: what `progress` shows, and `clinic` of each patient.

use std::path::PathBuf;

use rehabrun::auditor::History;
use rehabrun::auditor::Settings;
use rehabrun::report::{File, Window};
use rehabrun::units::Date;

use super::batch::{self, Audited, Batch};
use super::failure::Failure;
use super::{files, interrupt};

/// Reads all files; `each` has a look at every one in order.
pub fn read(
    paths: Vec<PathBuf>,
    settings: &Settings,
    batch: Batch,
    mut each: impl FnMut(&File) -> Result<(), Failure>,
) -> Result<History, Failure> {
    let mut history = History::new(settings);
    batch::audit_all(files::inputs(paths), batch, |Audited { file, runs, .. }| {
        each(&file)?;
        history.add(&file, runs);
        Ok(())
    })?;
    if interrupt::is_requested() {
        return Err(Failure::new("interrupted", "nothing is said of weeks of which runs are missing", ""));
    }
    Ok(history)
}

/// The days that the options ask for.
pub fn window(since: Option<Date>, last_days: Option<u16>) -> Option<Window> {
    since.map(Window::Since).or(last_days.map(Window::Last))
}

/// Weeks are of one runner: those of two would be neither's.
pub fn of_one_runner(history: &History) -> Result<(), Failure> {
    let Some((names, hint)) = history.several_runners() else { return Ok(()) };
    Err(Failure::new("more than one runner", format!("the runs are of {names}"), hint))
}
