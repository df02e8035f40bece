//! `rehabrun explain`: what a rule looks for, why, its limits and its source.

use std::process::ExitCode;

use rehabrun::audit::RULES;
use rehabrun::audit::rules::Rule;
use rehabrun::render::{Style, wrapped};
use rehabrun::units::UnitSystem;

use super::args::Explain;
use super::failure::Failure;
use super::screen::Screen;

/// Runs the command.
pub fn run(options: &Explain, screen: Screen) -> Result<ExitCode, Failure> {
    let style = screen.style(UnitSystem::default(), false);
    let text = match &options.rule {
        None => list(),
        Some(id) => explained(find(id)?, style),
    };
    super::print(text.as_bytes())
}

fn find(id: &str) -> Result<&'static Rule, Failure> {
    let near = || RULES.iter().filter(|rule| rule.id.contains(id)).map(|rule| rule.id).collect::<Vec<_>>().join(", ");
    RULES.iter().find(|rule| rule.id == id).ok_or_else(|| {
        let near = near();
        let hint = if near.is_empty() {
            "`rehabrun explain` lists the rules".to_owned()
        } else {
            format!("did you mean {near}?")
        };
        Failure::new("cannot explain this", format!("there is no rule `{id}`"), hint)
    })
}

fn list() -> String {
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    RULES.iter().map(|rule| format!("{:width$}  {}\n", rule.id, rule.title)).collect()
}

fn explained(rule: &Rule, style: Style) -> String {
    let mut text = format!("{}: {}\n\n", rule.id, rule.title);
    for (label, words) in
        [("what    ", rule.what), ("why     ", rule.why), ("limits  ", rule.limits), ("source  ", rule.source)]
    {
        text += &wrapped(label, words, style.width);
    }
    text
}
