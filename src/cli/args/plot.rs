//! Options of `plot`.

use std::path::PathBuf;

use clap::Args;

use super::{Runner, Units};

/// Options of `plot`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun plot run.fit --easy-pace 6:30/km -o run.svg
  rehabrun plot run.fit --easy-pace 10:30/mi --units mi -o run.png")]
pub struct Plot {
    /// The activity, or `-` for standard input
    pub file: PathBuf,
    /// The picture: its name ends in .svg or .png
    #[arg(short = 'o', long = "output", value_name = "FILE", value_parser = crate::cli::plot::parse_target)]
    pub target: crate::cli::plot::Target,
    /// Width in pixels
    #[arg(long, value_name = "PIXELS", default_value_t = 900, value_parser = clap::value_parser!(u32).range(320..=4000))]
    pub width: u32,
    /// Height in pixels
    #[arg(long, value_name = "PIXELS", default_value_t = 500, value_parser = clap::value_parser!(u32).range(240..=4000))]
    pub height: u32,
    /// km or mi [default: km, or what the runner's file says]
    #[arg(long, value_name = "UNITS", hide_possible_values = true)]
    pub units: Option<Units>,
    /// What is known about the runner.
    #[command(flatten)]
    pub runner: Runner,
}
