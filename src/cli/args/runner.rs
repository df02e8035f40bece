//! What the options say about the runner.

use std::path::PathBuf;

use clap::Args;
use rehabrun::ceiling::{Giver, Race};
use rehabrun::plan::Plan;
use rehabrun::units::{self, HeartRate, Pace, ParseError, UnitSystem};

/// A pace as it was typed: a bare `6:30` waits for the units that are set.
#[derive(Debug, Clone, PartialEq)]
pub enum TypedPace {
    /// With its unit.
    Whole(Pace),
    /// Without one.
    Bare(String),
}

impl TypedPace {
    /// The pace, a bare one in these units; without any it needs its own.
    pub fn pace(&self, units: Option<UnitSystem>) -> Result<Pace, ParseError> {
        match self {
            Self::Whole(pace) => Ok(*pace),
            Self::Bare(text) => units::parse_pace_in(text, units),
        }
    }
}

/// Reads a pace; one that no unit would make right is refused at once.
fn parse_typed_pace(text: &str) -> Result<TypedPace, ParseError> {
    units::parse_pace(text).map(TypedPace::Whole).or_else(|fault| {
        let is_bare = units::parse_pace_in(text, Some(UnitSystem::Metric)).is_ok();
        if is_bare { Ok(TypedPace::Bare(text.to_owned())) } else { Err(fault) }
    })
}

/// What is known about the runner.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "The runner")]
pub struct Runner {
    /// Prescribed easy pace, such as 6:30/km or 10:30/mi; a bare 6:30 needs --units or a runner's file
    #[arg(long, value_name = "PACE", value_parser = parse_typed_pace)]
    pub easy_pace: Option<TypedPace>,
    /// Prescribed easy heart rate, in bpm
    #[arg(long, value_name = "BPM", value_parser = units::parse_heart_rate)]
    pub easy_hr: Option<HeartRate>,
    /// Where they come from: physio, lab, talk-test or guess [default: not stated; they are used as given]
    #[arg(long, value_name = "WHO", value_parser = rehabrun::runner::parse_giver)]
    pub easy_pace_from: Option<Giver>,
    /// A race, such as 5k=25:00 or half=1:52:30@2026-05-01
    #[arg(long, value_name = "DISTANCE=TIME[@DATE]", value_parser = rehabrun::runner::parse_race)]
    pub race: Option<Race>,
    /// Heart rate at the lactate threshold, in bpm
    #[arg(long, value_name = "BPM", value_parser = units::parse_heart_rate)]
    pub lthr: Option<HeartRate>,
    /// Measured maximum heart rate, in bpm
    #[arg(long, value_name = "BPM", value_parser = units::parse_heart_rate)]
    pub hr_max: Option<HeartRate>,
    /// Resting heart rate, in bpm
    #[arg(long, value_name = "BPM", value_parser = units::parse_heart_rate)]
    pub hr_rest: Option<HeartRate>,
    /// Age in years
    #[arg(long, value_name = "YEARS", value_parser = clap::value_parser!(u8).range(5..=110))]
    pub age: Option<u8>,
    /// The planned session, such as 10x(run 1:00, walk 1:00) or kinetic-revolution/week-1, or a programme
    #[arg(long, value_name = "PLAN", value_parser = rehabrun::runner::parse_plan)]
    pub plan: Option<Plan>,
    /// The runner's file [default: athlete.toml beside the activity or in a parent folder]
    #[arg(long, value_name = "FILE")]
    pub athlete: Option<PathBuf>,
    /// True keeps of each run what a ceiling from the runner's own runs needs; no option.
    #[arg(skip)]
    pub sees_runs: bool,
    /// True leaves out what a run means for the next one; an option of `audit` and `watch`.
    #[arg(skip)]
    pub no_advice: bool,
    /// True where the report may say how it felt.
    #[arg(skip)]
    pub symptoms: bool,
}
