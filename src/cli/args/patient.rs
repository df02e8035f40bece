//! Options of `patient`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use rehabrun::units::{self, Date, HeartRate, Pace};

/// Options of `patient`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun patient new patients/anna
  rehabrun patient new patients/anna --name 'Anna Berg' --started 2026-09-07 \\
      --plan kinetic-revolution --easy-pace PACE --tissue tendon")]
pub struct Patient {
    /// What to do.
    #[command(subcommand)]
    pub command: PatientCommand,
}

/// What to do with a patient.
#[derive(Debug, Subcommand)]
pub enum PatientCommand {
    /// Create a folder with a commented athlete.toml; what is not given is a comment in it
    New(NewPatient),
}

/// Options of `patient new`.
#[derive(Debug, Args)]
pub struct NewPatient {
    /// The folder to create; put the exports into it
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// The name shown in reports [default: the folder's name]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// First day of rehab running
    #[arg(long, value_name = "DATE", value_parser = rehabrun::runner::parse_date)]
    pub started: Option<Date>,
    /// A built-in programme; `rehabrun plan` lists them
    #[arg(long, value_name = "PLAN")]
    pub plan: Option<String>,
    /// The easy pace you prescribed, such as 6:30/km or 10:30/mi
    #[arg(long, value_name = "PACE", value_parser = units::parse_pace)]
    pub easy_pace: Option<Pace>,
    /// The easy heart rate you prescribed, in bpm
    #[arg(long, value_name = "BPM", value_parser = units::parse_heart_rate)]
    pub easy_hr: Option<HeartRate>,
    /// What was hurt: tendon, bone, muscle or joint
    #[arg(long, value_name = "TISSUE", value_parser = ["tendon", "bone", "muscle", "joint"])]
    pub tissue: Option<String>,
    /// km or mi
    #[arg(long, value_name = "UNITS", default_value = "km", hide_possible_values = true)]
    pub units: super::Units,
}
