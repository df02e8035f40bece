//! Options of `audit`.

use std::num::NonZero;
use std::path::PathBuf;

use clap::Args;
use rehabrun::auditor::Selection;
use rehabrun::report::Class;
use rehabrun::units::Date;

use super::{Output, Runner};

/// Options of `audit`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun audit run.fit --easy-pace PACE
  rehabrun audit run.gpx.gz --easy-pace 10:30/mi --units mi
  rehabrun audit run.fit --compare-with runs/          next to her own easy runs
  rehabrun audit patients/ --format csv -o bouts.csv
  rehabrun audit export.zip --easy-hr 145 --format jsonl
  cat run.tcx | rehabrun audit - --easy-pace PACE")]
pub struct Audit {
    /// Files, folders (with all below them), archives, or `-` for standard input
    #[arg(value_name = "PATH", required_unless_present = "files_from")]
    pub paths: Vec<PathBuf>,
    /// Read more paths from FILE, one per line; `-` for standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
    /// Compare each run with the easy runs of earlier days in these files and folders: pace at the same heart rate,
    /// heart rate at the same pace, walk breaks
    #[arg(long, value_name = "PATH")]
    pub compare_with: Vec<PathBuf>,
    /// Ignore the watch's own detection of running and walking
    #[arg(long)]
    pub ignore_device_gait: bool,
    /// Number of files to audit at once [default: number of cores]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
    /// Do not use the cache: audit every file again, and store nothing
    #[arg(long)]
    pub no_cache: bool,
    /// Exit with 0 whatever the verdicts are; an unreadable file still exits with 2
    #[arg(long)]
    pub exit_zero: bool,
    /// Which files the report takes.
    #[command(flatten)]
    pub select: Select,
    /// What is known about the runner.
    #[command(flatten)]
    pub runner: Runner,
    /// Where the report goes.
    #[command(flatten)]
    pub output: Output,
}

/// Which files a report takes. Files that could not be read are always in it.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Selection")]
pub struct Select {
    /// Only runs on or after this day, by the runner's calendar
    #[arg(long, value_name = "DATE", value_parser = rehabrun::runner::parse_date)]
    pub since: Option<Date>,
    /// Only runs on or before this day
    #[arg(long, value_name = "DATE", value_parser = rehabrun::runner::parse_date)]
    pub until: Option<Date>,
    /// Only these verdicts, such as disguised-intervals,above-easy
    #[arg(long, value_name = "VERDICT", value_delimiter = ',', value_parser = parse_class)]
    pub verdict: Vec<Class>,
}

impl Select {
    /// The same without the command line.
    pub fn selection(&self) -> Selection {
        Selection { since: self.since, until: self.until, verdicts: self.verdict.clone() }
    }
}

/// Reads the name of a verdict.
fn parse_class(text: &str) -> Result<Class, String> {
    let names = || Class::ALL.map(Class::name).join(", ");
    Class::ALL.into_iter().find(|class| class.name() == text).ok_or_else(|| format!("verdicts are {}", names()))
}
