//! Options of `watch`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Runner, Units};

/// Options of `watch`.
#[derive(Debug, Args)]
#[command(after_help = "\
A file is audited once it has kept its size and its time between two looks, and again when it changes later. Hidden \
files and files of other names (.part, .tmp, .crdownload) are passed over until they get their own name.

Examples:
  rehabrun watch ~/sync/garmin --easy-pace PACE
  rehabrun watch patients/ --existing               what is there by now, too
  rehabrun watch ~/sync --format jsonl -q >> runs.jsonl

Ctrl-C ends it, with exit code 0; 2 when the folder cannot be read from the start.")]
pub struct Watch {
    /// The folder to watch, recursively
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Also audit the files that are there at the start
    #[arg(long)]
    pub existing: bool,
    /// Seconds between two scans
    #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub every: u64,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: WatchFormat,
    /// km or mi [default: as in the runner's file, else km]
    #[arg(long, value_name = "UNITS", hide_possible_values = true)]
    pub units: Option<Units>,
    /// Leave out all coordinates
    #[arg(long)]
    pub no_location: bool,
    /// What is known about the runner.
    #[command(flatten)]
    pub runner: Runner,
}

/// The outputs of `watch`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WatchFormat {
    /// One line per file
    Text,
    /// One JSON object per line, as `audit` writes it
    Jsonl,
}
