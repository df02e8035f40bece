//! Options of `demo`.

use std::path::PathBuf;

use clap::Args;

use super::Units;

/// Options of `demo`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun demo
  rehabrun demo /tmp/runs --units mi")]
pub struct Demo {
    /// The folder for the example activities
    #[arg(default_value = "rehabrun-demo")]
    pub dir: PathBuf,
    /// km or mi
    #[arg(long, value_name = "UNITS", default_value = "km", hide_possible_values = true)]
    pub units: Units,
}
