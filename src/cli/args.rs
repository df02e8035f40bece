//! The options, as `--help` shows them.

use std::ffi::OsStr;
use std::num::NonZero;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, Args, Parser, Subcommand, ValueEnum};
use rehabrun::ceiling::Race;
use rehabrun::pipeline::Plan;
use rehabrun::render::{self, OUTPUTS, OutputRow};
use rehabrun::report::Class;
use rehabrun::units::{self, Date, HeartRate, Pace};

/// Tells whether an easy rehab run stayed easy.
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
    /// Say nothing on standard error
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Use colours: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    pub color: Color,
}

const EXAMPLES: &str = "\
Examples:
  rehabrun demo                                      a first look, with no watch at hand
  rehabrun audit run.fit --easy-pace 6:30/km         was this run easy?
  rehabrun audit runs/ --easy-hr 145 --format csv -o bouts.csv
  rehabrun ceiling --race 5k=25:00 --age 42          which easy ceilings do these facts give?
  rehabrun progress runs/                            is the way back to running on track?
  rehabrun explain disguised-intervals               what does this mean?

Exit codes: 0 every session easy, 1 a session over its ceiling, 2 bad usage or an unreadable file,
3 none over, but some could not be judged.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Audit activities: files, folders, archives, or `-` for standard input
    Audit(Audit),
    /// Put all runs of one runner into weeks: load, the 12-week clock, and what the progression rules say
    Progress(Progress),
    /// Print what the watch wrote, one row a record, or with --clean what was made of it
    Records(Records),
    /// List the built-in programmes, or print one
    Plan(Plans),
    /// Draw the chart of one run as SVG or PNG
    Plot(Plot),
    /// Show every easy ceiling that the given facts allow, and the one chosen
    Ceiling(Ceiling),
    /// Say what a rule looks for, why, its limits and its source
    Explain(Explain),
    /// Write a few example activities and audit them: a first look, with no watch at hand
    Demo(Demo),
    /// Print the completions for a shell
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// Options of `audit`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun audit run.fit --easy-pace 6:30/km
  rehabrun audit run.gpx.gz --easy-pace 10:30/mi --units mi
  rehabrun audit patients/ --format csv -o bouts.csv          each folder with its own athlete.toml
  rehabrun audit export.zip --easy-hr 145 --format jsonl      one file a line, as each is done
  cat run.tcx | rehabrun audit - --easy-pace 6:30/km")]
pub struct Audit {
    /// Files, folders (with all below them), archives, or `-` for standard input
    #[arg(value_name = "PATH", required_unless_present = "files_from")]
    pub paths: Vec<PathBuf>,
    /// Read more paths from a file, one a line; `-` for standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
    /// Which files the report takes.
    #[command(flatten)]
    pub select: Select,
    /// Leave out the watch's own detection of running and walking
    #[arg(long)]
    pub ignore_device_gait: bool,
    /// How many files to work on at once [default: as many as there are cores]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
    /// Exit with 0 whatever the verdicts; an unreadable file still gives 2
    #[arg(long)]
    pub exit_zero: bool,
    /// What is known about the runner.
    #[command(flatten)]
    pub runner: Runner,
    /// Where the report goes.
    #[command(flatten)]
    pub output: Output,
}

/// Options of `progress`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun progress anna/                                   with anna/athlete.toml
  rehabrun progress runs/ --easy-pace 6:30/km --plan kinetic-revolution
  rehabrun progress export.zip --format html -o weeks.html

Exit codes: 0 no warning, 1 a warning, 2 bad usage or an unreadable file,
3 no warning, but some runs could not be judged.")]
pub struct Progress {
    /// Files, folders (with all below them), archives, or `-` for standard input; all of one runner
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ProgressFormat,
    /// Write to a file, which is replaced only when the report is whole
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// km or mi [default: km, or what the runner's file says]
    #[arg(long, value_name = "UNITS", hide_possible_values = true)]
    pub units: Option<Units>,
    /// How many files to work on at once [default: as many as there are cores]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZero<usize>>,
    /// Exit with 0 whatever was found; an unreadable file still gives 2
    #[arg(long)]
    pub exit_zero: bool,
    /// What is known about the runner.
    #[command(flatten)]
    pub runner: Runner,
}

/// The outputs of `progress`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProgressFormat {
    /// For reading
    Text,
    /// One object
    Json,
    /// One row a week
    Csv,
    /// One page, which needs nothing else
    Html,
}

/// What is known about the runner.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "The runner")]
pub struct Runner {
    /// Easy pace as the physio gave it, such as 6:30/km or 10:30/mi
    #[arg(long, value_name = "PACE", value_parser = units::parse_pace)]
    pub easy_pace: Option<Pace>,
    /// Easy heart rate as the physio gave it, in bpm
    #[arg(long, value_name = "BPM", value_parser = units::parse_heart_rate)]
    pub easy_hr: Option<HeartRate>,
    /// A race, such as 5k=25:00 or half=1:52:30@2026-05-01
    #[arg(long, value_name = "DISTANCE=TIME[@DATE]", value_parser = super::athlete::parse_race)]
    pub race: Option<Race>,
    /// Heart rate at the lactate threshold, in bpm
    #[arg(long, value_name = "BPM", value_parser = units::parse_heart_rate)]
    pub lthr: Option<HeartRate>,
    /// Highest heart rate as measured, in bpm
    #[arg(long, value_name = "BPM", value_parser = units::parse_heart_rate)]
    pub hr_max: Option<HeartRate>,
    /// Resting heart rate, in bpm
    #[arg(long, value_name = "BPM", value_parser = units::parse_heart_rate)]
    pub hr_rest: Option<HeartRate>,
    /// Age in years
    #[arg(long, value_name = "YEARS", value_parser = clap::value_parser!(u8).range(5..=110))]
    pub age: Option<u8>,
    /// What the session should be: 10x(run 1:00, walk 1:00), kinetic-revolution/week-1, or a programme
    #[arg(long, value_name = "PLAN", value_parser = super::plan::parse)]
    pub plan: Option<Plan>,
    /// The runner's file [default: athlete.toml beside the activity or in a parent folder]
    #[arg(long, value_name = "FILE")]
    pub athlete: Option<PathBuf>,
}

/// Which files a report takes. Files that could not be read are always in it.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Selection")]
pub struct Select {
    /// Only runs from this day on, by the runner's calendar
    #[arg(long, value_name = "DATE", value_parser = super::athlete::parse_date)]
    pub since: Option<Date>,
    /// Only runs up to this day
    #[arg(long, value_name = "DATE", value_parser = super::athlete::parse_date)]
    pub until: Option<Date>,
    /// Only these verdicts, such as disguised-intervals,above-easy
    #[arg(long, value_name = "VERDICT", value_delimiter = ',', value_parser = super::select::parse_class)]
    pub verdict: Vec<Class>,
}

/// Where a report goes and what it looks like.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Output {
    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = OUTPUTS[0].name, value_parser = OutputParser)]
    pub format: &'static OutputRow,
    /// Write to a file, which is replaced only when the report is whole
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// km or mi [default: km, or what the runner's file says]
    #[arg(long, value_name = "UNITS", hide_possible_values = true)]
    pub units: Option<Units>,
    /// Leave every coordinate out
    #[arg(long)]
    pub no_location: bool,
    /// Add a sketch of the route to an HTML page; without it a page shows no place
    #[arg(long, conflicts_with = "no_location")]
    pub with_route: bool,
}

/// Reads the name of an output, from the table of outputs.
#[derive(Clone)]
struct OutputParser;

impl TypedValueParser for OutputParser {
    type Value = &'static OutputRow;

    fn parse_ref(&self, cmd: &clap::Command, arg: Option<&Arg>, value: &OsStr) -> Result<Self::Value, clap::Error> {
        let names = PossibleValuesParser::new(OUTPUTS.iter().map(|row| row.name));
        let name = names.parse_ref(cmd, arg, value)?;
        Ok(render::output(&name).expect("only names of outputs pass"))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(OUTPUTS.iter().map(|row| PossibleValue::new(row.name).help(row.about))))
    }
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

/// Options of `records`.
#[derive(Debug, Args)]
pub struct Records {
    /// The activity, or `-` for standard input
    pub file: PathBuf,
    /// One row a second with cleaned speed, grade, cadence, heart rate, gait and what is doubtful
    #[arg(long)]
    pub clean: bool,
    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    pub format: RecordsFormat,
    /// Write to a file, which is replaced only when all is written
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Leave every coordinate out
    #[arg(long)]
    pub no_location: bool,
    /// Leave out the watch's own detection of running and walking
    #[arg(long, requires = "clean")]
    pub ignore_device_gait: bool,
}

/// The outputs of `records`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RecordsFormat {
    /// Comma-separated values with a header
    Csv,
    /// One object a line
    Jsonl,
}

/// Options of `plan`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun plan                                              the built-in programmes
  rehabrun plan kinetic-revolution                           one programme
  rehabrun plan kinetic-revolution/week-1 --format fit -o week-1.fit   a workout for the watch
  rehabrun plan 'walk 5:00, 8x(run 90s, walk 2min)'          is this notation understood?")]
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

/// Options of `plot`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun plot run.fit --easy-pace 6:30/km -o run.svg
  rehabrun plot run.fit --easy-pace 10:30/mi --units mi -o run.png --width 1200 --height 600")]
pub struct Plot {
    /// The activity, or `-` for standard input
    pub file: PathBuf,
    /// The picture: its name ends in .svg or .png
    #[arg(short = 'o', long = "output", value_name = "FILE", value_parser = super::plot::parse_target)]
    pub target: super::plot::Target,
    /// What is known about the runner.
    #[command(flatten)]
    pub runner: Runner,
    /// Width in pixels
    #[arg(long, value_name = "PIXELS", default_value_t = 900, value_parser = clap::value_parser!(u32).range(320..=4000))]
    pub width: u32,
    /// Height in pixels
    #[arg(long, value_name = "PIXELS", default_value_t = 500, value_parser = clap::value_parser!(u32).range(240..=4000))]
    pub height: u32,
    /// km or mi [default: km, or what the runner's file says]
    #[arg(long, value_name = "UNITS", hide_possible_values = true)]
    pub units: Option<Units>,
}

/// Options of `ceiling`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun ceiling --race 5k=25:00@2026-05-01 --hr-max 187 --hr-rest 56
  rehabrun ceiling --athlete anna/athlete.toml --on 2026-09-07")]
pub struct Ceiling {
    /// What is known about the runner.
    #[command(flatten)]
    pub runner: Runner,
    /// The day to choose for, as races and tests grow old [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::athlete::parse_date)]
    pub on: Option<Date>,
    /// km or mi [default: km, or what the runner's file says]
    #[arg(long, value_name = "UNITS", hide_possible_values = true)]
    pub units: Option<Units>,
    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CeilingFormat,
}

/// The outputs of `ceiling`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CeilingFormat {
    /// A table
    Text,
    /// One object
    Json,
}

/// Options of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The rule; without one, all rules are listed
    pub rule: Option<String>,
}

/// Options of `demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// The folder for the example activities
    #[arg(default_value = "rehabrun-demo")]
    pub dir: PathBuf,
    /// km or mi
    #[arg(long, value_name = "UNITS", default_value = "km", hide_possible_values = true)]
    pub units: Units,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definitions_hold_together() {
        super::Cli::command().debug_assert();
    }
}
