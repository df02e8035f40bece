//! The earlier easy runs that `audit --compare-with` holds each run against.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rehabrun::auditor::Seen;
use rehabrun::comparison::EarlierRuns;
use rehabrun::report::{self, File, Session};
use rehabrun::units::plural;

use super::batch::{self, Batch};
use super::config::Config;
use super::failure::Failure;
use super::screen::Screen;
use super::{files, interrupt, stderr};

/// Easy runs by the name of their runner: those of another say nothing.
#[derive(Debug, Default)]
pub struct Earlier {
    of: BTreeMap<Option<String>, EarlierRuns>,
}

impl Earlier {
    /// The file with what differs from the earlier runs of its runner.
    pub fn beside(&self, file: File) -> File {
        let Some(earlier) = self.of.get(&file.athlete) else { return file };
        let compared = |session: Session| Session { comparison: earlier.compare(&session), ..session };
        File { sessions: file.sessions.into_iter().map(compared).collect(), ..file }
    }
}

/// The easy runs in the files, each once.
pub fn read(paths: &[PathBuf], config: &Config, screen: Screen) -> Result<Earlier, Failure> {
    let mut earlier = Earlier::default();
    if paths.is_empty() {
        return Ok(earlier);
    }
    let bar = screen.bar(files::inputs(paths.to_vec()));
    let batch = Batch { config, n_threads: batch::n_threads(None), bar: &bar, cache: None };
    let (mut seen, mut n_failed) = (Seen::default(), 0_usize);
    let outcome = batch::audit_all(files::inputs(paths.to_vec()), batch, |audited| {
        let file = seen.skip_duplicates(audited.file, audited.cache_key, audited.is_named);
        n_failed += usize::from(file.status == report::Status::Failed);
        if file.status == report::Status::Audited {
            let of_runner = earlier.of.entry(file.athlete.clone()).or_default();
            file.sessions.iter().for_each(|session| of_runner.add(session));
        }
        Ok(())
    });
    bar.clear();
    outcome?;
    if interrupt::is_requested() {
        return Err(Failure::new("interrupted", "not all runs to compare with were read", ""));
    }
    if n_failed > 0 && !screen.quiet {
        let n_failed = plural(n_failed, "file", None);
        stderr::line(&format!("note: {n_failed} to compare with could not be read"));
    }
    let n_easy: usize = earlier.of.values().map(EarlierRuns::len).sum();
    if n_easy < rehabrun::comparison::LEAST_RUNS && !screen.quiet {
        let least = rehabrun::comparison::LEAST_RUNS;
        stderr::line(&format!(
            "note: {n_easy} easy runs to compare with, and it takes {least} on earlier days: name the folder of all runs"
        ));
    }
    Ok(earlier)
}
