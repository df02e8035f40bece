//! Where a ceiling can come from: one file a family, one row a source.

mod critical_speed;
mod laboratory;
mod maffetone;
mod maximum;
mod own_runs;
mod physio;
mod race;
mod reserve;
mod talk_test;
mod threshold;

use std::fmt;

use super::Facts;
use crate::model::Note;
use crate::units::{Date, HeartRate, Speed};

/// Where a ceiling comes from, most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Given by the physio.
    Physio,
    /// Given without a word of who did.
    AsGiven,
    /// First threshold from a laboratory, at most 12 weeks old.
    Laboratory,
    /// Last comfortable speed of a talk test in the field.
    TalkTest,
    /// The runner's own estimate. It stands below what was measured, and above every formula: none may be faster.
    Guess,
    /// The runner's own steady runs.
    OwnRuns,
    /// A race, by VDOT.
    Race,
    /// First threshold from a laboratory, longer than 12 weeks ago.
    OldLaboratory,
    /// Threshold heart rate as the runner measured it.
    ThresholdHeartRate,
    /// Threshold heart rate as the watch has it.
    WatchThresholdHeartRate,
    /// Critical speed.
    CriticalSpeed,
    /// Share of the reserve between measured resting and highest heart rate.
    HeartRateReserve,
    /// The same with at least one of the two from the watch.
    WatchHeartRateReserve,
    /// Share of the highest heart rate as the runner measured it.
    MaxHeartRate,
    /// Share of the highest heart rate as the watch has it.
    WatchMaxHeartRate,
    /// 180 less the age.
    Maffetone,
    /// 180 less the age that the watch has.
    WatchMaffetone,
    /// Highest heart rate predicted from age.
    Age,
    /// Highest heart rate predicted from the age that the watch has.
    WatchAge,
}

/// What a source proposes: each value with one standard deviation, on the natural logarithm of speed or in bpm.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Proposal {
    pub speed: Option<(Speed, f64)>,
    pub heart_rate: Option<(HeartRate, f64)>,
    /// Why it is shown but must not be used.
    pub barred: Option<String>,
}

/// What a source makes of the facts; `None` where they are not enough.
pub(super) type Propose = fn(&Facts, &mut Vec<Note>) -> Option<Proposal>;

/// One row of the table of sources.
pub(super) struct Row {
    pub source: Source,
    /// The name in reports and JSON.
    name: &'static str,
    /// What it rests on, for a reader.
    citation: &'static str,
    pub propose: Propose,
}

/// Every source, most trusted first, in the order of [`Source`].
pub(super) const SOURCES: &[Row] = &[
    Row { source: Source::Physio, name: "physio", citation: "as your physio gave it", propose: physio::propose },
    Row {
        source: Source::AsGiven,
        name: "as-given",
        citation: "as it was given; nothing says by whom",
        propose: physio::as_given,
    },
    Row {
        source: Source::Laboratory,
        name: "laboratory",
        citation: "first lactate or ventilatory threshold, measured in a laboratory in the last 12 weeks",
        propose: laboratory::recent,
    },
    Row {
        source: Source::TalkTest,
        name: "talk-test",
        citation: "fastest pace at which talking was comfortable (Persinger et al., Med Sci Sports Exerc 2004;36:1632)",
        propose: talk_test::propose,
    },
    Row { source: Source::Guess, name: "guess", citation: "the runner's own estimate", propose: physio::guess },
    Row {
        source: Source::OwnRuns,
        name: "own-runs",
        citation: "the pace and heart rate that a third of your steady runs pass; those near the highest heart rate left out",
        propose: own_runs::propose,
    },
    Row {
        source: Source::Race,
        name: "race",
        citation: "70 % of the VDOT of a race (Daniels and Gilbert, Oxygen Power, 1979), less what a lay-off takes; for many above the first threshold",
        propose: race::propose,
    },
    Row {
        source: Source::OldLaboratory,
        name: "old-laboratory",
        citation: "first lactate or ventilatory threshold, measured in a laboratory longer than 12 weeks ago",
        propose: laboratory::old,
    },
    Row {
        source: Source::ThresholdHeartRate,
        name: "threshold-heart-rate",
        citation: "89 % of the heart rate at the lactate threshold (Friel, top of zone 2)",
        propose: threshold::of_runner,
    },
    Row {
        source: Source::WatchThresholdHeartRate,
        name: "watch-threshold-heart-rate",
        citation: "89 % of the threshold heart rate in the watch (Friel, top of zone 2)",
        propose: threshold::of_watch,
    },
    Row {
        source: Source::CriticalSpeed,
        name: "critical-speed",
        citation: "78 % of critical speed; the slowest marathons are run at 79 % (Smyth and Muniz-Pumares, Med Sci Sports Exerc 2020;52:2637)",
        propose: critical_speed::propose,
    },
    Row {
        source: Source::HeartRateReserve,
        name: "heart-rate-reserve",
        citation: "65 % of the way from resting to highest heart rate (Karvonen), about 13 bpm above the mean threshold of 373 adults",
        propose: reserve::of_runner,
    },
    Row {
        source: Source::WatchHeartRateReserve,
        name: "watch-heart-rate-reserve",
        citation: "65 % of the way from resting to highest heart rate (Karvonen), with the watch's figures, about 13 bpm above the mean threshold of 373 adults",
        propose: reserve::of_watch,
    },
    Row {
        source: Source::MaxHeartRate,
        name: "max-heart-rate",
        citation: "79 % of the highest heart rate; the first threshold lies at 71 to 89 % of it (Foster), too wide to prescribe by",
        propose: maximum::of_runner,
    },
    Row {
        source: Source::WatchMaxHeartRate,
        name: "watch-max-heart-rate",
        citation: "79 % of the highest heart rate in the watch; the first threshold lies at 71 to 89 % of it (Foster), too wide to prescribe by",
        propose: maximum::of_watch,
    },
    Row {
        source: Source::Maffetone,
        name: "maffetone",
        citation: "180 less the age, less 10 in rehabilitation or with medication, 5 when coming back after it (Maffetone)",
        propose: maffetone::of_runner,
    },
    Row {
        source: Source::WatchMaffetone,
        name: "watch-maffetone",
        citation: "180 less the age in the watch, less 10 in rehabilitation or with medication, 5 when coming back after it (Maffetone)",
        propose: maffetone::of_watch,
    },
    Row {
        source: Source::Age,
        name: "age",
        citation: "highest heart rate predicted from age, 211 − 0.64 × age ± 10.8 (Nes et al., Scand J Med Sci Sports 2013;23:697)",
        propose: maximum::by_age,
    },
    Row {
        source: Source::WatchAge,
        name: "watch-age",
        citation: "highest heart rate predicted from the age in the watch, 211 − 0.64 × age ± 10.8 (Nes et al., Scand J Med Sci Sports 2013;23:697)",
        propose: maximum::by_watch_age,
    },
];

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Source {
    /// Every source, most trusted first.
    pub fn all() -> impl Iterator<Item = Self> {
        SOURCES.iter().map(|row| row.source)
    }

    /// Its place in the order of trust, from 1.
    pub const fn rank(self) -> usize {
        self as usize + 1
    }

    /// The name in reports, such as `physio` or `watch-max-heart-rate`.
    pub const fn name(self) -> &'static str {
        SOURCES[self as usize].name
    }

    /// The one with a name.
    pub fn from_name(name: &str) -> Option<Self> {
        SOURCES.iter().find(|row| row.name == name).map(|row| row.source)
    }

    /// What it rests on, with the publication where there is one.
    pub const fn citation(self) -> &'static str {
        SOURCES[self as usize].citation
    }

    /// True where a formula makes the ceiling of something else. What a person gave, or was measured in this very body
    /// as the easy limit, is no formula.
    pub const fn is_formula(self) -> bool {
        !matches!(
            self,
            Self::Physio | Self::AsGiven | Self::Laboratory | Self::TalkTest | Self::Guess | Self::OldLaboratory
        )
    }

    /// True when the heart rate was measured in or given for this very body, so that it holds under medication too.
    pub const fn holds_under_medication(self) -> bool {
        matches!(self, Self::Physio | Self::AsGiven | Self::Laboratory | Self::OldLaboratory)
    }
}

/// Added to the standard deviation of what was measured before the lay-off: our choice.
const BEFORE_LAY_OFF: f64 = 0.03;

/// True when a day lies before the rehab, so that a lay-off may lie between.
fn before_rehab(date: Option<Date>, facts: &Facts) -> bool {
    matches!((date, facts.rehab_started), (Some(date), Some(started)) if date < started)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_follows_the_enum() {
        for (i, row) in SOURCES.iter().enumerate() {
            assert_eq!(row.source as usize, i, "{}", row.name);
        }
        assert_eq!(Source::WatchAge as usize, SOURCES.len() - 1);
    }
}
