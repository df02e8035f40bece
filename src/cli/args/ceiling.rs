//! Options of `ceiling`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rehabrun::units::Date;

use super::{Runner, Units};

/// Options of `ceiling`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun ceiling runs/                               from your own runs
  rehabrun ceiling --race 5k=25:00@2026-05-01 --hr-max 187 --hr-rest 56
  rehabrun ceiling --athlete anna/athlete.toml --on 2026-09-07")]
pub struct Ceiling {
    /// Runs of the runner to derive a ceiling from: files, folders (recursive) or archives
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The day the ceiling is for: races and tests lose weight with age [default: today]
    #[arg(long, value_name = "DATE", value_parser = rehabrun::runner::parse_date)]
    pub on: Option<Date>,
    /// km or mi [default: as in the runner's file, else km]
    #[arg(long, value_name = "UNITS", hide_possible_values = true)]
    pub units: Option<Units>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CeilingFormat,
    /// What is known about the runner.
    #[command(flatten)]
    pub runner: Runner,
}

/// The outputs of `ceiling`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CeilingFormat {
    /// A table
    Text,
    /// One object
    Json,
}
