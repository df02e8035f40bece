//! `rehabrun explain`: what a rule looks for, why, its limits and its source.

use std::process::ExitCode;

use rehabrun::render::{self, Style, wrapped};
use rehabrun::units::UnitSystem;
use rehabrun::{advice, audit, evidence, programme};

use super::args::Explain;
use super::failure::Failure;
use super::screen::Screen;

/// The words of a rule, of a session or of the weeks.
struct Rule {
    id: &'static str,
    title: &'static str,
    what: &'static str,
    why: &'static str,
    limits: &'static str,
    source: &'static str,
}

/// The rule about when speed may come back, and so the one that a runner asks who would like to begin.
const SPEED_RULE: &str = "speed-before-week-13";

/// The rules of a session, then those of the weeks and of advice.
fn rules() -> impl Iterator<Item = Rule> {
    let of_session = audit::RULES.iter().map(|rule| {
        let audit::rules::Rule { id, title, what, why, limits, source, .. } = *rule;
        Rule { id, title, what, why, limits, source }
    });
    let of_weeks = programme::RULES.iter().map(|rule| {
        let programme::Rule { id, title, what, why, limits, source, .. } = *rule;
        Rule { id, title, what, why, limits, source }
    });
    let of_advice = advice::RULES.iter().map(|rule| {
        let advice::Rule { id, title, what, why, limits, source, .. } = *rule;
        Rule { id, title, what, why, limits, source }
    });
    of_session.chain(of_weeks).chain(of_advice)
}

/// Runs the command.
pub fn run(options: &Explain, screen: Screen) -> Result<ExitCode, Failure> {
    let style = screen.style(UnitSystem::default(), false);
    let text = match &options.rule {
        None => list(),
        Some(id) => explained(&find(id)?, style),
    };
    super::print(text.as_bytes())
}

fn find(id: &str) -> Result<Rule, Failure> {
    let near = || rules().filter(|rule| rule.id.contains(id)).map(|rule| rule.id).collect::<Vec<_>>().join(", ");
    rules().find(|rule| rule.id == id).ok_or_else(|| {
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
    let width = rules().map(|rule| rule.id.len()).max().unwrap_or(0);
    rules().map(|rule| format!("{:width$}  {}\n", rule.id, rule.title)).collect()
}

fn explained(rule: &Rule, style: Style) -> String {
    let mut text = format!("{}: {}\n\n", rule.id, rule.title);
    for (label, words) in
        [("what    ", rule.what), ("why     ", rule.why), ("limits  ", rule.limits), ("source  ", rule.source)]
    {
        text += &wrapped(label, words, style.width);
    }
    let mut evidence = evidence::of(rule.id).peekable();
    if evidence.peek().is_some() {
        text += "\nevidence\n";
    }
    for claim in evidence {
        let said = format!("{}: {} ({}; {}).", claim.claim, claim.says, claim.source, claim.strength.name());
        text += &wrapped("  - ", &said, style.width);
    }
    if rule.id == SPEED_RULE {
        text += "\n";
        text += &render::safety(style.width);
    }
    text
}
