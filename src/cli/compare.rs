//! The earlier easy runs that `audit --compare-with` holds each run against.

use std::path::PathBuf;

use rehabrun::auditor::Seen;
use rehabrun::comparison::{EarlierByRunner, LEAST_RUNS};
use rehabrun::report::Status;
use rehabrun::units::plural;

use super::batch::{self, Batch};
use super::config::Config;
use super::failure::Failure;
use super::screen::Screen;
use super::{files, interrupt, stderr};

/// The easy runs in the files, each once.
pub fn read(paths: &[PathBuf], config: &Config, screen: Screen) -> Result<EarlierByRunner, Failure> {
    let mut earlier = EarlierByRunner::default();
    if paths.is_empty() {
        return Ok(earlier);
    }
    let bar = screen.bar(files::inputs(paths.to_vec()));
    let batch = Batch { config, n_threads: batch::n_threads(None), bar: &bar, cache: None };
    let (mut seen, mut n_failed) = (Seen::default(), 0_usize);
    let outcome = batch::audit_all(files::inputs(paths.to_vec()), batch, |audited| {
        let file = seen.skip_duplicates(audited.file, audited.cache_key, audited.is_named);
        n_failed += usize::from(file.status == Status::Failed);
        earlier.add(&file);
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
    let n_easy = earlier.len();
    if n_easy < LEAST_RUNS && !screen.quiet {
        stderr::line(&format!(
            "note: {n_easy} easy runs to compare with, and it takes {LEAST_RUNS} on earlier days: name the folder of all runs"
        ));
    }
    Ok(earlier)
}
