//! The command line of rehabrun: files, clock, environment, terminal and exit codes live here and nowhere else.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
