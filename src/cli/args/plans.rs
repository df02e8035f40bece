//! Options of `plan`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Runner, Units};

/// Options of `plan`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun plan                                        the built-in programmes
  rehabrun plan kinetic-revolution                     one programme
  rehabrun plan 'walk 5:00, 8x(run 90s, walk 2min)'    is this understood?
  rehabrun plan check anna/athlete.toml                and the plan of your own?

A workout for the watch, which warns when a run is too fast:
  rehabrun plan kinetic-revolution/week-1 --easy-pace 6:45/km --format fit \\
      -o week-1.fit
  rehabrun plan --next --runs runs/ --format fit -o next.fit   by athlete.toml")]
pub struct Plans {
    /// A programme, one of its sessions, or a session in the notation of plans; `check` with a FILE
    pub name: Option<String>,
    /// With `check`: an athlete.toml whose [[plan.week]] tables to check
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The next session of the plan in athlete.toml: by the runs given with --runs, else by the calendar
    #[arg(long, conflicts_with = "name")]
    pub next: bool,
    /// The runs so far, for --next: the session after the last one done easy and as planned
    #[arg(long, value_name = "PATH", requires = "next")]
    pub runs: Vec<PathBuf>,
    /// Target of the runs in a workout: pace or heart-rate [default: pace where it is known]
    #[arg(long, value_name = "TARGET")]
    pub target: Option<Target>,
    /// km or mi [default: as in the runner's file, else km]
    #[arg(long, value_name = "UNITS", hide_possible_values = true)]
    pub units: Option<Units>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PlanFormat,
    /// Write to a file, which is replaced only once the output is complete
    #[arg(short, long, value_name = "FILE", required_if_eq("format", "fit"))]
    pub output: Option<PathBuf>,
    /// What is known about the runner.
    #[command(flatten)]
    pub runner: Runner,
}

/// What a workout warns by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Target {
    /// The easy pace
    Pace,
    /// The easy heart rate
    HeartRate,
    /// Nothing
    None,
}

/// The outputs of `plan`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    /// Text for reading
    Text,
    /// One JSON object
    Json,
    /// One session as a FIT workout for the watch
    Fit,
    /// One session as a TCX workout
    Tcx,
    /// One session as workout text for intervals.icu
    Intervals,
}
