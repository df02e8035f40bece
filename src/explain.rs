//! What can be explained: every rule of a session, of the weeks and of advice, and the words of a verdict.

use crate::audit::RuleId;
use crate::evidence::{self, Claim};
use crate::{advice, audit, history};

/// A rule or a word of a verdict, explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    /// Its name in reports.
    pub id: &'static str,
    /// A headline.
    pub title: &'static str,
    /// What it looks for, or means.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// Where it can be wrong.
    pub limits: &'static str,
    /// Where its numbers come from.
    pub source: &'static str,
}

/// The rules of a session, then those of the weeks and of advice.
pub fn rules() -> impl Iterator<Item = Topic> {
    let of_session = audit::RULES.iter().map(|rule| {
        let audit::rules::Rule { id, title, what, why, limits, source, .. } = *rule;
        Topic { id: id.name(), title, what, why, limits, source }
    });
    let of_weeks = history::RULES.iter().map(|rule| {
        let history::Rule { id, title, what, why, limits, source, .. } = *rule;
        Topic { id: id.name(), title, what, why, limits, source }
    });
    let of_advice = advice::RULES.iter().map(|rule| {
        let advice::Rule { id, title, what, why, limits, source, .. } = *rule;
        Topic { id: id.name(), title, what, why, limits, source }
    });
    of_session.chain(of_weeks).chain(of_advice)
}

/// The topic of a name; else the names that contain it.
pub fn find(name: &str) -> Result<Topic, Vec<&'static str>> {
    let topics = || rules().chain(TERMS);
    let similar = || topics().map(|topic| topic.id).filter(|id| id.contains(name)).collect();
    topics().find(|topic| topic.id == name).ok_or_else(similar)
}

impl Topic {
    /// What the sources say about it.
    pub fn evidence(&self) -> impl Iterator<Item = &'static Claim> {
        evidence::of(self.id)
    }

    /// True for the rule about when speed may come back, which a runner reads who would like to begin.
    pub fn is_about_speed(&self) -> bool {
        self.id == RuleId::SpeedBeforeWeek13.name()
    }
}

/// Words of a verdict that no rule stands for.
const TERMS: [Topic; 5] = [
    Topic {
        id: "easy",
        title: "the run stayed under the ceiling",
        what: "The running kept to the easy ceiling, or went over it for so little that it is noted and not counted.",
        why: "It is what the plan asks for in the first weeks.",
        limits: "It is as good as the ceiling: one that is too fast lets too much pass. It says nothing about pain or injury.",
        source: "The conditions of all other verdicts, none of which is met.",
    },
    Topic {
        id: "undetermined",
        title: "the data cannot tell",
        what: "There is no ceiling, too little running, or the signal that decides is missing or doubtful for so long that \
               efforts could hide in it. The sentence says which, and what would help.",
        why: "Missing data is never a pass, and no accusation either.",
        limits: "A run that was easy can be undetermined.",
        source: "Our choice.",
    },
    Topic {
        id: "severity",
        title: "the index in a word",
        what: "Of a session over its ceiling by pace: mild below 55, moderate from 55, high from 80, extreme from 95. See `index`.",
        why: "A word is remembered, a number compares. One comes from the other, so that they cannot contradict each other.",
        limits: "Only where pace decides. How fast the efforts were, their paces and percentages say.",
        source: "The limits are our choice.",
    },
    Topic {
        id: "index",
        title: "how far from easy the session was, from 0 to 100",
        what: "Below 25 for a session that is easy, from 25 on for one that is over its ceiling. Where pace decides, it grows \
               with the share of the running over the ceiling, how far over it was and how many efforts there were. Where \
               heart rate decides, it grows with the share of the running above its ceiling.",
        why: "It puts runs of one runner in an order. A few very fast seconds are a low index: there were few of them.",
        limits: "It is no measurement, and no verdict depends on it. Indexes by pace and by heart rate do not compare.",
        source: "Our choice.",
    },
    Topic {
        id: "confidence",
        title: "how sure the verdict is, from 0 to 1",
        what: "It falls with doubtful speed, an uncertain ceiling and a result close to the limits.",
        why: "A verdict that hangs on little should be read as a question.",
        limits: "It covers the data, and not whether the ceiling suits the runner.",
        source: "Calibrated on labelled sessions of four runners; see the README.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_a_part_of_one_is_completed() {
        for topic in rules().chain(TERMS) {
            assert_eq!(find(topic.id), Ok(topic));
            assert!(![topic.title, topic.what, topic.why, topic.limits, topic.source].contains(&""), "{}", topic.id);
        }
        assert!(find("speed-before").is_err_and(|similar| similar == ["speed-before-week-13"]));
        assert_eq!(find("nothing-like-it"), Err(Vec::new()));
    }
}
