//! What the terminal can show: colours and width.

use std::env;
use std::io::{self, IsTerminal};

use rehabrun::render::{Style, Table};
use rehabrun::units::UnitSystem;

use super::args::{Color, Units};
use super::progress_bar::Bar;

/// What is known about where output goes.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    color: Color,
    /// True when nothing is to be said on standard error.
    pub quiet: bool,
    /// True when no progress is to be shown.
    no_progress: bool,
    /// True when reports for reading hold what is left out of them otherwise.
    verbose: bool,
}

impl Screen {
    /// From the options that all commands share.
    pub const fn new(color: Color, quiet: bool, no_progress: bool, verbose: bool) -> Self {
        Self { color, quiet, no_progress, verbose }
    }

    /// The same with nothing said on standard error.
    pub const fn hushed(self) -> Self {
        Self { quiet: true, ..self }
    }

    /// How far the work on these inputs is, where that is to be shown.
    pub fn bar(self, inputs: impl Iterator + Send + 'static) -> Bar {
        if self.quiet || self.no_progress { Bar::hidden() } else { Bar::counting(inputs) }
    }

    /// The style of text for standard output, or for a file, which is never coloured unless asked for.
    pub fn style(self, units: UnitSystem, to_file: bool) -> Style {
        let terminal = !to_file && io::stdout().is_terminal();
        Style {
            units,
            color: is_colored(self.color, terminal, |name| env::var(name).ok()),
            width: width(),
            verbose: self.verbose,
            table: Table::default(),
        }
    }
}

impl From<Units> for UnitSystem {
    fn from(units: Units) -> Self {
        match units {
            Units::Km => Self::Metric,
            Units::Mi => Self::Imperial,
        }
    }
}

/// The option wins, then `NO_COLOR` (no-color.org), then `CLICOLOR_FORCE` (bixense.com/clicolors), then the terminal.
fn is_colored(option: Color, terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    match option {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR") => false,
        Color::Auto if set("CLICOLOR_FORCE") && variable("CLICOLOR_FORCE").as_deref() != Some("0") => true,
        Color::Auto => terminal && variable("TERM").as_deref() != Some("dumb"),
    }
}

/// Characters on a line: of the terminal, or what `COLUMNS` says, else 80. Lines beyond 120 are hard to read.
fn width() -> usize {
    let told = || env::var("COLUMNS").ok()?.parse().ok();
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    seen().or_else(told).unwrap_or(80).clamp(40, 120)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_what_decides_on_colour() {
        let colored = |option, terminal, variables: &[(&str, &str)]| {
            is_colored(option, terminal, |name| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(colored(Color::Auto, true, &[("TERM", "xterm")]));
        assert!(!colored(Color::Auto, false, &[]));
        assert!(!colored(Color::Auto, true, &[("TERM", "dumb")]));
        assert!(!colored(Color::Auto, true, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
        assert!(colored(Color::Auto, true, &[("NO_COLOR", "")]));
        assert!(colored(Color::Auto, false, &[("CLICOLOR_FORCE", "1")]));
        assert!(!colored(Color::Auto, false, &[("CLICOLOR_FORCE", "0")]));
        assert!(colored(Color::Always, false, &[("NO_COLOR", "1")]));
        assert!(!colored(Color::Never, true, &[("CLICOLOR_FORCE", "1")]));
    }
}
