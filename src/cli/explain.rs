//! `rehabrun explain`: what a rule looks for, why, its limits and its source.

use std::process::ExitCode;

use rehabrun::render::{self, Style, wrapped};
use rehabrun::units::UnitSystem;
use rehabrun::{advice, audit, evidence, history};

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

/// Words of a verdict that no rule stands for.
const TERMS: [Rule; 5] = [
    Rule {
        id: "easy",
        title: "the run stayed under the ceiling",
        what: "The running kept to the easy ceiling, or went over it for so little that it is noted and not counted.",
        why: "It is what the plan asks for in the first weeks.",
        limits: "It is as good as the ceiling: one that is too fast lets too much pass. It says nothing about pain or injury.",
        source: "The conditions of all other verdicts, none of which is met.",
    },
    Rule {
        id: "undetermined",
        title: "the data cannot tell",
        what: "There is no ceiling, too little running, or the signal that decides is missing or doubtful for so long that \
               efforts could hide in it. The sentence says which, and what would help.",
        why: "Missing data is never a pass, and no accusation either.",
        limits: "A run that was easy can be undetermined.",
        source: "Our choice.",
    },
    Rule {
        id: "severity",
        title: "the index in a word",
        what: "Of a session over its ceiling by pace: mild below 55, moderate from 55, high from 80, extreme from 95. See `index`.",
        why: "A word is remembered, a number compares. One comes from the other, so that they cannot contradict each other.",
        limits: "Only where pace decides. How fast the efforts were, their paces and percentages say.",
        source: "The limits are our choice.",
    },
    Rule {
        id: "index",
        title: "how far from easy the session was, from 0 to 100",
        what: "Below 25 for a session that is easy, from 25 on for one that is over its ceiling. Where pace decides, it grows \
               with the share of the running over the ceiling, how far over it was and how many efforts there were. Where \
               heart rate decides, it grows with the share of the running above its ceiling.",
        why: "It puts runs of one runner in an order. A few very fast seconds are a low index: there were few of them.",
        limits: "It is no measurement, and no verdict depends on it. Indexes by pace and by heart rate do not compare.",
        source: "Our choice.",
    },
    Rule {
        id: "confidence",
        title: "how sure the verdict is, from 0 to 1",
        what: "It falls with doubtful speed, an uncertain ceiling and a result close to the limits.",
        why: "A verdict that hangs on little should be read as a question.",
        limits: "It covers the data, and not whether the ceiling suits the runner.",
        source: "Calibrated on labelled sessions of four runners; see the README.",
    },
];

/// The rule about when speed may come back, and so the one that a runner asks who would like to begin.
const SPEED_RULE: &str = "speed-before-week-13";

/// The rules of a session, then those of the weeks and of advice.
fn rules() -> impl Iterator<Item = Rule> {
    let of_session = audit::RULES.iter().map(|rule| {
        let audit::rules::Rule { id, title, what, why, limits, source, .. } = *rule;
        Rule { id: id.name(), title, what, why, limits, source }
    });
    let of_weeks = history::RULES.iter().map(|rule| {
        let history::Rule { id, title, what, why, limits, source, .. } = *rule;
        Rule { id: id.name(), title, what, why, limits, source }
    });
    let of_advice = advice::RULES.iter().map(|rule| {
        let advice::Rule { id, title, what, why, limits, source, .. } = *rule;
        Rule { id: id.name(), title, what, why, limits, source }
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
    let known = || rules().chain(TERMS);
    let near = || known().filter(|rule| rule.id.contains(id)).map(|rule| rule.id).collect::<Vec<_>>().join(", ");
    known().find(|rule| rule.id == id).ok_or_else(|| {
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
