//! Options of `plot`.

use std::path::PathBuf;

use clap::Args;

use super::{Runner, Units};

/// Options of `plot`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun plot run.fit --easy-pace PACE -o run.svg
  rehabrun plot run.fit --easy-pace 10:30/mi --units mi -o run.png")]
pub struct Plot {
    /// The activity, or `-` for standard input
    pub file: PathBuf,
    /// The picture to write; its name ends in .svg or .png
    #[arg(short = 'o', long = "output", value_name = "FILE", value_parser = parse_target)]
    pub target: Target,
    /// Width in pixels
    #[arg(long, value_name = "PIXELS", default_value_t = 900, value_parser = clap::value_parser!(u32).range(320..=4000))]
    pub width: u32,
    /// Height in pixels
    #[arg(long, value_name = "PIXELS", default_value_t = 500, value_parser = clap::value_parser!(u32).range(240..=4000))]
    pub height: u32,
    /// km or mi [default: as in the runner's file, else km]
    #[arg(long, value_name = "UNITS", hide_possible_values = true)]
    pub units: Option<Units>,
    /// What is known about the runner.
    #[command(flatten)]
    pub runner: Runner,
}

/// Where the picture goes, and what it is.
#[derive(Debug, Clone)]
pub struct Target {
    /// Its file.
    pub path: PathBuf,
    /// What it is.
    pub kind: Picture,
}

/// What a picture is.
#[derive(Debug, Clone, Copy)]
pub enum Picture {
    /// A drawing.
    Svg,
    /// Pixels.
    #[cfg(feature = "png")]
    Png,
}

/// Reads the name of a picture; its ending says what it will be.
fn parse_target(text: &str) -> Result<Target, String> {
    let path = PathBuf::from(text);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let kind = match ending.as_str() {
        "svg" => Picture::Svg,
        #[cfg(feature = "png")]
        "png" => Picture::Png,
        _ => return Err("the name must end in .svg or .png".to_owned()),
    };
    Ok(Target { path, kind })
}
