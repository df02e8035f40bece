//! Options of `clinic`.

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rehabrun::units::Date;

use super::Units;

/// Options of `clinic`.
#[derive(Debug, Args)]
#[command(after_help = "\
Each folder in DIR is a patient: an athlete.toml with the ceiling and the first day of rehab, and the exports, in \
folders of their own if you like. Worst first: a warning, then patients of whom nobody can tell, then cautions.

Examples:
  rehabrun clinic patients/                           the table
  rehabrun clinic patients/ --format html -o pages/   then open pages/index.html
  rehabrun clinic patients/ --format csv -o patients.csv

Exit codes: 0 no warning, 1 a warning, 2 bad usage, or a file or an athlete.toml that could not be read, 3 no warning, but some runs could not be judged.")]
pub struct Clinic {
    /// The folder that holds one folder per patient
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ClinicFormat,
    /// Write to a file, which is replaced only once the report is complete; with html, to a folder of pages
    #[arg(short, long, value_name = "PATH")]
    #[cfg_attr(feature = "html", arg(required_if_eq("format", "html")))]
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
    /// km or mi [default: as in each patient's runner's file, else km]
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
}

/// The outputs of `clinic`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ClinicFormat {
    /// Text for reading
    Text,
    /// One JSON object
    Json,
    /// One row per patient
    Csv,
    #[cfg(feature = "html")]
    /// A folder of pages: all patients, the weeks of each, and every run
    Html,
}
