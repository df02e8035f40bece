//! `rehabrun explain`: what a rule looks for, why, its limits and its source.

use std::process::ExitCode;

use rehabrun::explain::{self, Topic};
use rehabrun::render::{self, Style, wrapped};
use rehabrun::units::UnitSystem;

use super::args::Explain;
use super::failure::Failure;
use super::screen::Screen;

/// Runs the command.
pub fn run(options: &Explain, screen: Screen) -> Result<ExitCode, Failure> {
    let style = screen.style(UnitSystem::default(), false);
    let text = match &options.rule {
        None => list(),
        Some(id) => explained(&find(id)?, style),
    };
    super::print(text.as_bytes())
}

fn find(id: &str) -> Result<Topic, Failure> {
    explain::find(id).map_err(|similar| {
        let hint = if similar.is_empty() {
            "`rehabrun explain` lists the rules".to_owned()
        } else {
            format!("did you mean {}?", similar.join(", "))
        };
        Failure::new("cannot explain this", format!("there is no rule `{id}`"), hint)
    })
}

fn list() -> String {
    let width = explain::rules().map(|rule| rule.id.len()).max().unwrap_or(0);
    explain::rules().map(|rule| format!("{:width$}  {}\n", rule.id, rule.title)).collect()
}

fn explained(topic: &Topic, style: Style) -> String {
    let mut text = format!("{}: {}\n\n", topic.id, topic.title);
    for (label, words) in
        [("what    ", topic.what), ("why     ", topic.why), ("limits  ", topic.limits), ("source  ", topic.source)]
    {
        text += &wrapped(label, words, style.width);
    }
    let mut evidence = topic.evidence().peekable();
    if evidence.peek().is_some() {
        text += "\nevidence\n";
    }
    for claim in evidence {
        let said = format!("{}: {} ({}; {}).", claim.claim, claim.says, claim.source, claim.strength.name());
        text += &wrapped("  - ", &said, style.width);
    }
    if topic.is_about_speed() {
        text += "\n";
        text += &render::safety(style.width);
    }
    text
}
