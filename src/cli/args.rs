//! The options, as `--help` shows them: one file a command, and what they share.

mod audit;
mod ceiling;
mod clinic;
mod demo;
mod explain;
mod log;
mod output;
mod patient;
mod plans;
#[cfg(any(feature = "html", feature = "png"))]
mod plot;
mod progress;
mod records;
mod runner;
mod setup;
mod watch;

use clap::{Parser, Subcommand, ValueEnum};

pub use audit::Audit;
pub use ceiling::{Ceiling, CeilingFormat};
pub use clinic::{Clinic, ClinicFormat};
pub use demo::Demo;
pub use explain::Explain;
pub use log::Log;
pub use output::Output;
pub use patient::{NewPatient, Patient, PatientCommand};
pub use plans::{PlanFormat, Plans, Target};
#[cfg(any(feature = "html", feature = "png"))]
pub use plot::{Picture, Plot};
pub use progress::{Progress, ProgressFormat};
pub use records::{Records, RecordsFormat};
pub use runner::Runner;
pub use setup::Setup;
pub use watch::{Watch, WatchFormat};

/// Checks whether an easy rehab run stayed easy.
///
/// Reads what the watch wrote (FIT, GPX, TCX), cuts each session into run and walk bouts, holds every bout against your
/// easy ceiling, and says where an easy run turned into a disguised interval session. It reports what the data show;
/// it does not predict injury, and missing data is never a pass.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Print nothing to standard error
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Also show harmless repairs of a file, which JSON always lists
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Do not show the progress bar, which is shown only if standard error is a terminal
    #[arg(long, global = true)]
    pub no_progress: bool,
    /// Use colours: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    pub color: Color,
}

const EXAMPLES: &str = "\
Examples:
  rehabrun demo                                      a first look, without a watch
  rehabrun audit run.fit --easy-pace PACE            was this run easy?
  rehabrun audit runs/ --easy-hr 145 --format csv -o bouts.csv
  rehabrun ceiling --race 5k=25:00 --age 42          which easy ceilings do these facts give?
  rehabrun progress runs/                            is the return to running on track?
  rehabrun clinic patients/                          which patient needs a look first?
  rehabrun watch ~/sync --easy-pace PACE             each new run, as it arrives
  rehabrun explain disguised-intervals               what does this mean?

Exit codes: 0 every session easy, 1 a session over its ceiling, 2 bad usage or an unreadable file,
3 none over, but some or all could not be judged, 130 interrupted.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Audit activities: files, folders, archives, or `-` for standard input
    Audit(Audit),
    /// Show one runner's weeks: load, the 12-week clock, and the findings of the progression rules
    Progress(Progress),
    /// List the patients of a clinic, one folder each, most urgent first
    Clinic(Clinic),
    /// Audit files as they arrive in a folder, one line each, until stopped
    Watch(Watch),
    /// Print what the watch recorded, one row per record, or with --clean the repaired timeline
    Records(Records),
    /// List the built-in programmes, or print one
    Plan(Plans),
    #[cfg(any(feature = "html", feature = "png"))]
    /// Draw the chart of one run as SVG or PNG
    Plot(Plot),
    /// Create the folder of a new patient, with an athlete.toml
    Patient(Patient),
    /// Add a symptom to athlete.toml, and change nothing else in it
    Log(Log),
    /// Show every easy ceiling that the known facts allow, and the one chosen
    Ceiling(Ceiling),
    /// Ask a few questions and write athlete.toml, the runner's file
    Setup(Setup),
    /// Explain what a rule looks for, why, its limits and its source
    Explain(Explain),
    /// Write a few example activities and audit them: a first look, without a watch
    Demo(Demo),
    /// Print shell completions
    #[command(after_help = "\
Examples:
  rehabrun completions bash > ~/.rehabrun.bash         sourced by ~/.bashrc
  rehabrun completions zsh > ~/.zfunc/_rehabrun        with ~/.zfunc in fpath
  rehabrun completions fish > ~/.config/fish/completions/rehabrun.fish")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the man page, or that of one command
    #[command(after_help = "\
Examples:
  rehabrun man | man -l -
  rehabrun man clinic > rehabrun-clinic.1")]
    Man {
        /// The command; without it, the main page
        command: Option<String>,
    },
}

/// Reads a number of weeks, or of days with a `d`, as days.
fn last(text: &str) -> Result<u16, String> {
    let (number, days) = match text.trim().strip_suffix(['w', 'd']) {
        Some(number) if text.trim().ends_with('d') => (number, 1),
        Some(number) => (number, 7),
        None => (text.trim(), 7),
    };
    let number = number.trim().parse::<u16>().ok().filter(|number| (1..=3650 / days).contains(number));
    number.map(|number| number * days).ok_or_else(|| "write it as 4 or 4w for weeks, or 10d for days".to_owned())
}

/// Kilometres or miles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Units {
    /// Kilometres
    Km,
    /// Miles
    Mi,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless the variable `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn every_command_has_examples() {
        for command in super::Cli::command().get_subcommands() {
            let name = command.get_name();
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains(&format!("Examples:\n  rehabrun {name}")), "{name}");
            let too_long = help.lines().find(|line| line.starts_with("  ") && line.chars().count() > 80);
            assert_eq!(too_long, None, "{name}");
        }
    }

    #[test]
    fn the_definitions_hold_together() {
        super::Cli::command().debug_assert();
    }
}
