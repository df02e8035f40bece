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
    /// Files, folders (recursive), archives, or `-` for standard input; all of one runner
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ProgressFormat,
    /// Write to a file, which is replaced only once the report is complete
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// List findings from this day on, and only count earlier ones [default: `last_visit` in athlete.toml]
    #[arg(long, value_name = "DATE", value_parser = rehabrun::runner::parse_date)]
    pub since: Option<Date>,
    /// List findings of the last weeks or days before the last run, as 4 or 4w, or 10d
    #[arg(long, value_name = "WEEKS", value_parser = super::last, conflicts_with = "since")]
    pub last: Option<u16>,
    /// Leave out symptoms
    #[arg(long)]
    pub no_symptoms: bool,
    /// km or mi [default: as in the runner's file, else km]
    #[arg(long, value_name = "UNITS", hide_possible_values = true)]
    pub units: Option<Units>,
    /// Number of files to audit at once [default: number of cores]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
    /// Do not use the cache: audit every file again, and store nothing
    #[arg(long)]
    pub no_cache: bool,
    /// Exit with 0 whatever is found; an unreadable file still exits with 2
    #[arg(long)]
    pub exit_zero: bool,
    /// What is known about the runner.
    #[command(flatten)]
    pub runner: Runner,
}

/// The outputs of `progress`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProgressFormat {
    /// Text for reading
    Text,
    /// One JSON object
    Json,
    /// One row per week
    Csv,
    #[cfg(feature = "parquet")]
    /// One row per week, for analysis
    Parquet,
    #[cfg(feature = "html")]
    /// One self-contained page
    Html,
}
