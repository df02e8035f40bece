//! A programme: the sessions of many weeks, built in or a physio's own.

use super::{NotationError, Prescription};

/// The sessions of many weeks.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// The name that it is called by, such as `kinetic-revolution`.
    pub name: String,
    /// The name that a reader knows it by.
    pub title: String,
    /// Where it comes from.
    pub source: String,
    /// What to know before following it.
    pub cautions: Vec<String>,
    /// When to stop or go back, by the source; `None` for a physio's own programme.
    pub stop_rule: Option<String>,
    /// Sessions a week, least and most, where the source says so.
    pub days_per_week: Option<(u8, u8)>,
    /// True when a day of rest must lie between two sessions.
    pub rest_between: bool,
    /// How many times each stage must be done before the next, where the source says so.
    pub times_each: Option<u8>,
    /// The stages in their order.
    pub stages: Vec<Stage>,
}

/// One session of a programme, done once or more before the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Its name within the programme, such as `week-1` or `week-5b`.
    pub name: String,
    /// The week it belongs to, from 1; `None` where the runner moves on by stages.
    pub week: Option<usize>,
    /// What to do.
    pub session: Prescription,
}

impl Stage {
    /// Reads a stage from its notation.
    pub fn parse(name: &str, notation: &str) -> Result<Self, NotationError> {
        let digits: String =
            name.strip_prefix("week-").unwrap_or("").chars().take_while(char::is_ascii_digit).collect();
        Ok(Self { name: name.to_owned(), week: digits.parse().ok(), session: Prescription::parse(notation)? })
    }
}

impl Programme {
    /// The stages of a week, from 1.
    pub fn week(&self, week: usize) -> impl Iterator<Item = &Stage> {
        self.stages.iter().filter(move |stage| stage.week == Some(week))
    }

    /// How many weeks it takes; `None` where the runner moves on by stages.
    pub fn n_weeks(&self) -> Option<usize> {
        self.stages.iter().filter_map(|stage| stage.week).max()
    }

    /// How often a stage is done before the next: as often as the plan has days a week where its week has no other.
    pub fn times(&self, stage: &Stage) -> usize {
        if let Some(times) = self.times_each {
            return usize::from(times);
        }
        let alone = stage.week.is_some_and(|week| self.week(week).count() == 1);
        self.days_per_week.filter(|_| alone).map_or(1, |(least, _)| usize::from(least))
    }

    /// The stage of a name such as `week-5b`, `week-5` where the week has one session, or `stage-3`, the third of all.
    pub fn stage(&self, name: &str) -> Result<&Stage, String> {
        if let Some(stage) = self.stages.iter().find(|stage| stage.name == name) {
            return Ok(stage);
        }
        let number = |prefix: &str| name.strip_prefix(prefix).and_then(|n| n.parse::<usize>().ok());
        if let Some(stage) = number("stage-").and_then(|n| self.stages.get(n.checked_sub(1)?)) {
            return Ok(stage);
        }
        let of_week: Vec<_> = number("week-").map(|week| self.week(week).collect()).unwrap_or_default();
        match of_week[..] {
            [only] => Ok(only),
            [] => Err(format!("{} has no {name}; it has {}", self.name, self.range())),
            _ => {
                let names: Vec<_> = of_week.iter().map(|stage| stage.name.as_str()).collect();
                Err(format!("{name} of {} has several sessions: {}", self.name, names.join(", ")))
            }
        }
    }

    fn range(&self) -> String {
        let (Some(first), Some(last)) = (self.stages.first(), self.stages.last()) else {
            return "no session".to_owned();
        };
        let by_stage = if first.name == "stage-1" {
            String::new()
        } else {
            format!(", or stage-1 to stage-{}", self.stages.len())
        };
        format!("{} to {}{by_stage}", first.name, last.name)
    }
}

/// The order in which load may rise. Sources differ, so it is a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Volume, then frequency, then speed.
    #[default]
    VolumeFirst,
    /// Frequency, then volume, then speed.
    FrequencyFirst,
    /// In any order.
    Any,
}

/// What sessions are held against.
#[derive(Debug, Clone, PartialEq)]
pub enum Plan {
    /// The same for every session.
    Session {
        /// The session.
        prescription: Prescription,
        /// Where it comes from, such as `--plan`.
        source: String,
    },
    /// The session of the week, or of all sessions the nearest where the programme goes by stages.
    Programme(Programme),
}
