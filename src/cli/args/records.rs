//! Options of `records`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Options of `records`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun records run.fit > records.csv               as the watch wrote it
  rehabrun records run.fit --clean -o seconds.csv      as the audit sees it
  rehabrun records run.gpx --format jsonl --no-location")]
pub struct Records {
    /// The activity, or `-` for standard input
    pub file: PathBuf,
    /// One row a second with cleaned speed, grade, cadence, heart rate, gait and what is doubtful
    #[arg(long)]
    pub clean: bool,
    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    pub format: RecordsFormat,
    /// Write to a file, which is replaced only when all is written
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Leave every coordinate out
    #[arg(long)]
    pub no_location: bool,
    /// Leave out every place this near to the start or the end of a session, as 200m or 0.2mi
    /// [default: what the runner's file says, else 0]
    #[arg(long, value_name = "DISTANCE", value_parser = rehabrun::runner::parse_radius)]
    pub hide_ends: Option<u32>,
    /// Leave out the watch's own detection of running and walking
    #[arg(long, requires = "clean")]
    pub ignore_device_gait: bool,
}

/// The outputs of `records`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RecordsFormat {
    /// Comma-separated values with a header
    Csv,
    /// One object a line
    Jsonl,
    #[cfg(feature = "parquet")]
    /// A table for analysis
    Parquet,
}
