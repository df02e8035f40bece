//! Options of `setup`.

use std::path::PathBuf;

use clap::Args;

/// Options of `setup`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun setup                     asks, and writes athlete.toml here
  rehabrun setup runs/               looks at the runs in there, too
  rehabrun setup runs/ < answers.txt    an answer a line, empty for none")]
pub struct Setup {
    /// The folder of the runs, where the file goes
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// Replace an existing athlete.toml without asking
    #[arg(long)]
    pub force: bool,
}
