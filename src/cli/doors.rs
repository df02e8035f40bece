//! Arguments as people type them: a path without a command is audited, and an error for a wrong option names the right one.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Error, Parser};

use super::args::Cli;

/// What people call some options.
const OTHER_NAMES: [(&str, &str); 12] = [
    ("--pace", "--easy-pace"),
    ("--ceiling", "--easy-pace"),
    ("--hr", "--easy-hr"),
    ("--heart-rate", "--easy-hr"),
    ("--max-hr", "--hr-max"),
    ("--hrmax", "--hr-max"),
    ("--resting-hr", "--hr-rest"),
    ("--rest-hr", "--hr-rest"),
    ("--unit", "--units"),
    ("--out", "--output"),
    ("--from", "--since"),
    ("--compare", "--compare-with"),
];

/// Reads the arguments, of which the first is the name of the program.
pub fn parse(arguments: Vec<OsString>) -> Result<Cli, Error> {
    let error = match Cli::try_parse_from(&arguments) {
        Ok(cli) => return Ok(cli),
        Err(error) => error,
    };
    if is_run_without_command(&error, &arguments) {
        let mut arguments = arguments;
        arguments.insert(1, "audit".into());
        return Cli::try_parse_from(arguments).map_err(with_its_name);
    }
    Err(with_its_name(error))
}

/// True where no command is named, and what stands in its place is a run.
fn is_run_without_command(error: &Error, arguments: &[OsString]) -> bool {
    match (error.kind(), error.get(ContextKind::InvalidSubcommand)) {
        (ErrorKind::InvalidSubcommand, Some(ContextValue::String(first))) => is_run(OsStr::new(first)),
        // An option of `audit` stands first.
        (ErrorKind::UnknownArgument, _) => {
            let cli = Cli::command();
            let is_command = |argument: &OsString| {
                argument.to_str().is_some_and(|name| cli.get_subcommands().any(|command| command.get_name() == name))
            };
            let mut given = arguments.iter().skip(1);
            !given.clone().any(is_command) && given.any(|argument| is_run(argument))
        }
        _ => false,
    }
}

/// True for what is there, and for what has the name of an activity, which is then missing.
fn is_run(argument: &OsStr) -> bool {
    let path = Path::new(argument);
    let name = argument.to_string_lossy().to_lowercase();
    let has_its_name = [".fit", ".gpx", ".tcx"].iter().any(|end| name.trim_end_matches(".gz").ends_with(end));
    argument == "-" || has_its_name || path.exists()
}

/// The error, which names the option that was meant.
fn with_its_name(mut error: Error) -> Error {
    let Some(ContextValue::String(given)) = error.get(ContextKind::InvalidArg) else { return error };
    let given = given.split('=').next().unwrap_or_default();
    let known = OTHER_NAMES.iter().find(|(other, _)| *other == given);
    if let Some((_, name)) = known.filter(|_| error.kind() == ErrorKind::UnknownArgument) {
        error.insert(ContextKind::SuggestedArg, ContextValue::String((*name).to_owned()));
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(arguments: &[&str]) -> String {
        let arguments = std::iter::once("rehabrun").chain(arguments.iter().copied()).map(OsString::from).collect();
        parse(arguments).map_or_else(|error| error.to_string(), |cli| format!("{:?}", cli.command))
    }

    #[test]
    fn a_run_alone_is_audited() {
        for arguments in [
            &["run.fit"][..],
            &["run.GPX.gz", "--easy-pace", "6:30/km"],
            &["-q", "--color", "never", "run.fit"],
            &["--easy-hr", "140", "run.fit"],
            &["-"],
        ] {
            assert!(said(arguments).starts_with("Audit("), "{arguments:?}: {}", said(arguments));
        }
    }

    #[test]
    fn a_misspelt_command_is_no_run() {
        assert!(said(&["audti", "run.fit"]).contains("similar subcommand exists: 'audit'"), "{}", said(&["audti"]));
        assert!(said(&["progress", "run.fit", "--frm"]).starts_with("error: unexpected argument '--frm'"));
        assert!(said(&["nothing-of-the-kind"]).starts_with("error: unrecognized subcommand"));
    }

    #[test]
    fn options_by_other_names_are_told_their_own() {
        let audit = Cli::command();
        let audit = audit.find_subcommand("audit").expect("the main job");
        for (other, name) in OTHER_NAMES {
            let said = said(&["audit", "run.fit", other, "1"]);
            assert!(said.contains(&format!("'{name}'")), "{other}: {said}");
            let known = audit.get_arguments().filter_map(|argument| argument.get_long());
            assert!(known.into_iter().any(|long| name == format!("--{long}")), "{name}");
        }
        // The hint, followed.
        assert!(said(&["run.fit", "--pace", "6:30/km"]).contains("'--easy-pace'"));
        assert!(said(&["run.fit", "--easy-pace", "6:30/km"]).starts_with("Audit("));
    }
}
