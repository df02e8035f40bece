//! Options of `plan`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Options of `plan`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun plan                                        the built-in programmes
  rehabrun plan kinetic-revolution                     one programme
  rehabrun plan 'walk 5:00, 8x(run 90s, walk 2min)'    is this understood?

A workout for the watch:
  rehabrun plan kinetic-revolution/week-1 --format fit -o week-1.fit")]
pub struct Plans {
    /// A programme, one of its sessions, or a session in the notation of plans
    pub name: Option<String>,
    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PlanFormat,
    /// Write to a file, which is replaced only when all is written
    #[arg(short, long, value_name = "FILE", required_if_eq("format", "fit"))]
    pub output: Option<PathBuf>,
}

/// The outputs of `plan`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    /// For reading
    Text,
    /// One object
    Json,
    /// A workout file that a watch can load; of one session
    Fit,
}
