//! Options of `progress`.

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rehabrun::units::Date;

use super::{Runner, Units};

/// Options of `progress`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun progress anna/                           with anna/athlete.toml
  rehabrun progress runs/ --easy-pace PACE --plan kinetic-revolution
  rehabrun progress export.zip --format html -o weeks.html

Exit codes: 0 no warning, 1 a warning, 2 bad usage or an unreadable file, 3 no warning, but some runs could not be judged.")]
pub struct Progress {
    /// Files, folders (with all below them), archives, or `-` for standard input; all of one runner
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ProgressFormat,
    /// Write to a file, which is replaced only when the report is whole
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Tell findings of this day and later one by one, and count the earlier ones [default: the `last_visit` of athlete.toml]
    #[arg(long, value_name = "DATE", value_parser = rehabrun::runner::parse_date)]
    pub since: Option<Date>,
    /// The same for the last weeks or days up to the last run, as 4 or 4w, or 10d
    #[arg(long, value_name = "WEEKS", value_parser = super::last, conflicts_with = "since")]
    pub last: Option<u16>,
    /// Leave out how it felt
    #[arg(long)]
    pub no_symptoms: bool,
    /// km or mi [default: km, or what the runner's file says]
    #[arg(long, value_name = "UNITS", hide_possible_values = true)]
    pub units: Option<Units>,
    /// How many files to work on at once [default: as many as there are cores]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
    /// Audit everything anew, and keep nothing of it for the next time
    #[arg(long)]
    pub no_cache: bool,
    /// Exit with 0 whatever was found; an unreadable file still gives 2
    #[arg(long)]
    pub exit_zero: bool,
    /// What is known about the runner.
    #[command(flatten)]
    pub runner: Runner,
}

/// The outputs of `progress`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProgressFormat {
    /// For reading
    Text,
    /// One object
    Json,
    /// One row a week
    Csv,
    #[cfg(feature = "parquet")]
    /// The same for analysis
    Parquet,
    #[cfg(feature = "html")]
    /// One page, which needs nothing else
    Html,
}
