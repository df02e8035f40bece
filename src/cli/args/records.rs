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
    /// One row per second with cleaned speed, grade, cadence, heart rate, gait and doubts
    #[arg(long)]
    pub clean: bool,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    pub format: RecordsFormat,
    /// Write to a file, which is replaced only once the output is complete
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Leave out all coordinates
    #[arg(long)]
    pub no_location: bool,
    /// Hide locations within this distance of a session's start and end, as 200m or 0.2mi
    /// [default: as in the runner's file, else 0]
    #[arg(long, value_name = "DISTANCE", value_parser = rehabrun::runner::parse_radius)]
    pub hide_ends: Option<u32>,
    /// Ignore the watch's own detection of running and walking
    #[arg(long, requires = "clean")]
    pub ignore_device_gait: bool,
}

/// The outputs of `records`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RecordsFormat {
    /// Comma-separated values with a header
    Csv,
    /// One JSON object per line
    Jsonl,
    #[cfg(feature = "parquet")]
    /// A table for analysis
    Parquet,
}
