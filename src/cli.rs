//! The command line: files, clock, environment, terminal and exit codes live here and nowhere else. One file a command,
//! and what they share.

mod args;
mod audit;
mod batch;
mod bundles;
mod cache;
mod catch_panics;
mod ceiling;
mod clinic;
mod compare;
mod config;
mod demo;
mod doors;
mod exit;
mod explain;
mod failure;
mod files;
mod identity;
mod interrupt;
mod listings;
mod log;
mod open;
mod output;
mod overwrite;
mod patient;
mod plans;
#[cfg(any(feature = "html", feature = "png"))]
mod plot;
mod progress;
mod progress_bar;
mod records;
mod screen;
mod season;
mod setup;
mod site;
mod slowest;
mod stderr;
mod temporaries;
mod watch;
mod whole;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::CommandFactory;

use args::{Cli, Command};
use failure::Failure;

pub use catch_panics::{catch_panics, silence_caught_panics};

/// Runs a command. The first argument is the name of the program. Ends the process for help and for arguments that cannot
/// be read.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = doors::parse(arguments.into_iter().collect()).unwrap_or_else(|error| failure::exit_for(&error));
    let quiet = cli.quiet;
    if quiet {
        stderr::be_quiet();
    }
    interrupt::listen();
    match dispatch(cli) {
        Ok(code) => code,
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            if !quiet {
                failure.print();
            }
            ExitCode::from(if interrupt::is_requested() { interrupt::EXIT_CODE } else { 2 })
        }
    }
}

fn dispatch(cli: Cli) -> Result<ExitCode, Failure> {
    let screen = screen::Screen::new(cli.color, cli.quiet, cli.no_progress, cli.verbose);
    match cli.command {
        Command::Audit(options) => audit::run(&options, screen),
        Command::Progress(options) => progress::run(&options, screen),
        Command::Clinic(options) => clinic::run(&options, screen),
        Command::Watch(options) => watch::run(&options, screen),
        Command::Records(options) => records::run(&options),
        Command::Plan(options) => plans::run(&options, screen),
        #[cfg(any(feature = "html", feature = "png"))]
        Command::Plot(options) => plot::run(&options),
        Command::Log(options) => log::run(&options),
        Command::Patient(options) => patient::run(&options),
        Command::Ceiling(options) => ceiling::run(&options, screen),
        Command::Setup(options) => setup::run(&options, screen),
        Command::Explain(options) => explain::run(&options, screen),
        Command::Demo(options) => demo::run(&options, screen),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "rehabrun", &mut script);
            print(&script)
        }
        Command::Man { command } => {
            let mut page = Vec::new();
            clap_mangen::Man::new(described(command.as_deref())?).render(&mut page)?;
            print(&page)
        }
    }
}

/// The options of the whole, or of one command.
fn described(name: Option<&str>) -> Result<clap::Command, Failure> {
    let mut whole = Cli::command();
    let Some(name) = name else { return Ok(whole) };
    whole.build();
    let command = whole.find_subcommand(name).cloned();
    let command = command.ok_or_else(|| {
        let cause = format!("there is no command `{name}`");
        Failure::new("no such manual page", cause, "`rehabrun --help` lists the commands")
    })?;
    // Names of pages are joined by hyphens, as those of git are.
    let title = format!("rehabrun-{name}");
    Ok(command.name(title.clone()).display_name(title))
}

/// Writes to standard output.
fn print(text: &[u8]) -> Result<ExitCode, Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
