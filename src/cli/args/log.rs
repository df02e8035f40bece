//! Options of `log`.

use std::path::PathBuf;

use clap::Args;
use rehabrun::units::Date;

/// Options of `log`.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  rehabrun log --during 2 --after 3 --site achilles     of the run of today
  rehabrun log --next-day 1                             of the morning after
  rehabrun log anna/ --date 2026-11-03 --during 0 --note 'new shoes'

Pain is 0, none, to 10, the worst that you can imagine. Nothing leaves this computer.")]
pub struct Log {
    /// The folder of the runner: athlete.toml in it, or in a parent folder
    #[arg(value_name = "DIR", default_value = ".", conflicts_with = "athlete")]
    pub dir: PathBuf,
    /// Pain while running, 0 to 10
    #[arg(long, value_name = "PAIN", value_parser = pain)]
    pub during: Option<f64>,
    /// Pain after it, 0 to 10
    #[arg(long, value_name = "PAIN", value_parser = pain)]
    pub after: Option<f64>,
    /// Pain the next morning, 0 to 10
    #[arg(long, value_name = "PAIN", value_parser = pain)]
    pub next_day: Option<f64>,
    /// Where it hurt, such as achilles
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub site: Option<String>,
    /// Anything else
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub note: Option<String>,
    /// The day of the run [default: today; with --next-day alone the day before]
    #[arg(long, value_name = "DATE", value_parser = rehabrun::runner::parse_date)]
    pub date: Option<Date>,
    /// The runner's file, instead of searching for it
    #[arg(long, value_name = "FILE")]
    pub athlete: Option<PathBuf>,
}

fn pain(text: &str) -> Result<f64, String> {
    let pain = text.trim().parse::<f64>().ok().filter(|pain| (0.0..=10.0).contains(pain));
    // Nobody means a hundredth, and -0 is no number of a scale.
    pain.map(|pain| (10.0 * pain).round().abs() / 10.0).ok_or_else(|| "pain is 0 to 10".to_owned())
}

fn words(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err("say something, or leave it out".to_owned()),
        1..=1000 => Ok(text.to_owned()),
        _ => Err("it has at most 1000 characters".to_owned()),
    }
}
