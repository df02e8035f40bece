//! Where a report goes and what it looks like.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, Args};
use rehabrun::render::{self, OUTPUTS, OutputRow, Table};

use super::Units;

/// Where a report goes and what it looks like.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
#[command(next_help_heading = "Output")]
pub struct Output {
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = OUTPUTS[0].name, value_parser = OutputParser)]
    pub format: &'static OutputRow,
    /// Rows of CSV and Parquet: bouts, sessions, efforts or findings
    #[arg(long, value_name = "TABLE", default_value = "bouts", value_parser = parse_table)]
    pub table: Table,
    /// Write to a file, which is replaced only once the report is complete
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// km or mi [default: as in the runner's file, else km]
    #[arg(long, value_name = "UNITS", hide_possible_values = true)]
    pub units: Option<Units>,
    /// Leave out the advice for the next run
    #[arg(long)]
    pub no_advice: bool,
    /// Leave out all coordinates
    #[arg(long)]
    pub no_location: bool,
    /// Add the day's symptoms from athlete.toml, which reports otherwise leave out
    #[arg(long)]
    pub with_symptoms: bool,
    /// Add a sketch of the route to an HTML page, which otherwise shows no location
    #[arg(long, conflicts_with = "no_location")]
    pub with_route: bool,
    /// Hide locations within this distance of a session's start and end, as 200m or 0.2mi; 0 hides nothing
    /// [default: 200m for the route, else 0]
    #[arg(long, value_name = "DISTANCE", value_parser = rehabrun::runner::parse_radius)]
    pub hide_ends: Option<u32>,
}

/// Reads the name of a table.
fn parse_table(text: &str) -> Result<Table, String> {
    let names = || Table::ALL.map(Table::name).join(", ");
    Table::ALL.into_iter().find(|table| table.name() == text).ok_or_else(|| format!("there are {}", names()))
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
