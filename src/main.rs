//! The command line of rehabrun.

use std::process::ExitCode;

fn main() -> ExitCode {
    rehabrun::cli::run(std::env::args_os())
}
