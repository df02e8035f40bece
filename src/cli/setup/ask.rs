//! Questions on a terminal, or line by line where there is none.

use std::fmt::Display;
use std::io::{self, BufRead as _, IsTerminal as _};

use dialoguer::{Confirm, Input, Select};

use super::super::failure::Failure;
use super::super::stderr;

/// Whom the answers come from.
pub enum Asker {
    /// Somebody at a terminal.
    Terminal,
    /// Lines of standard input, an answer each; an empty one is none.
    Lines,
}

impl Asker {
    /// A terminal where both ends are one.
    pub fn new() -> Self {
        if io::stdin().is_terminal() && io::stderr().is_terminal() { Self::Terminal } else { Self::Lines }
    }

    /// A text that can be read, or nothing. At a terminal what cannot be read is asked for again.
    pub fn text<T, E: Display>(
        &mut self,
        question: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Option<T>, Failure> {
        let given = match self {
            Self::Terminal => {
                let checked = |text: &String| match text.trim() {
                    "" => Ok(()),
                    text => read(text).map(|_| ()).map_err(|fault| fault.to_string()),
                };
                let input = Input::<String>::new().with_prompt(question).allow_empty(true).validate_with(checked);
                input.interact_text().map_err(ended)?
            }
            Self::Lines => line(question)?,
        };
        match given.trim() {
            "" => Ok(None),
            text => read(text).map(Some).map_err(|fault| {
                Failure::new(
                    format!("`{text}` is no answer to: {question}"),
                    fault.to_string(),
                    "leave the line empty for none",
                )
            }),
        }
    }

    /// One of several, by its number from 0. In lines it is the number from 1 or how one of them begins; an empty line
    /// is the first.
    pub fn choose(&mut self, question: &str, choices: &[&str]) -> Result<usize, Failure> {
        match self {
            Self::Terminal => Select::new().with_prompt(question).items(choices).default(0).interact().map_err(ended),
            Self::Lines => {
                let numbered: Vec<String> = (1..).zip(choices).map(|(n, choice)| format!("  {n} {choice}")).collect();
                let given = line(&format!("{question}\n{}", numbered.join("\n")))?;
                let given = given.trim();
                let by_number = given.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
                let by_name = || choices.iter().position(|choice| choice.starts_with(given));
                let chosen = by_number.or_else(by_name).filter(|at| *at < choices.len());
                chosen.ok_or_else(|| {
                    let cause = format!("there are {} answers", choices.len());
                    Failure::new(format!("`{given}` is no answer to: {question}"), cause, "give its number")
                })
            }
        }
    }

    /// Yes or no.
    pub fn yes(&mut self, question: &str, default: bool) -> Result<bool, Failure> {
        match self {
            Self::Terminal => Confirm::new().with_prompt(question).default(default).interact().map_err(ended),
            Self::Lines => Ok(match line(&format!("{question} (y/n)"))?.trim() {
                "" => default,
                given => given.starts_with(['y', 'Y']),
            }),
        }
    }
}

/// The next line of standard input, asked for on standard error. Behind the last line all answers are empty.
fn line(question: &str) -> Result<String, Failure> {
    stderr::line(question);
    let mut text = String::new();
    io::stdin().lock().read_line(&mut text).map_err(|error| {
        Failure::new("the answers cannot be read", error.to_string(), "give an answer a line, as text")
    })?;
    Ok(text)
}

fn ended(error: dialoguer::Error) -> Failure {
    let dialoguer::Error::IO(error) = error;
    Failure::new("the dialogue was ended", error.to_string(), "nothing was written")
}
