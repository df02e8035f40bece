//! Holds every run bout against the easy ceiling, and says what the session comes to.

mod bout;
mod bursts;
mod chain;
mod confidence;
mod context;
mod counted;
pub mod critical;
mod cut;
mod doubt;
mod effort;
mod evidence;
pub mod grade;
pub mod heart;
mod heart_only;
mod heart_sentence;
mod hidden;
pub mod index;
mod judge;
pub mod measures;
pub mod noise;
mod peak;
#[cfg(test)]
mod properties;
mod reasons;
mod relative;
mod row;
mod rule_id;
pub mod rules;
mod sentence;
mod settings;
mod slope_response;
mod sparse;
mod stretch;
mod sums;
mod tag;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod told;
mod turn;
mod unseen;
mod verdict;
mod words;

pub use effort::MeasuredEffort;
pub use measures::Measures;
pub use rule_id::RuleId;
pub use rules::RULES;
pub use settings::{Exception, Settings, StepCeiling};
pub use tag::Tag;

use std::ops::Range;

use crate::ceiling::Ceiling;
use crate::plan::PerformedBout;
use crate::segment::Segmentation;
use crate::timeline::Timeline;
use crate::units::{Cadence, HeartRate, Speed};

/// Holds a session against the runner's easy ceiling.
pub fn audit(timeline: &Timeline, segmentation: &Segmentation, ceiling: &Ceiling, settings: &Settings) -> Audit {
    let mut context = context::SessionContext::new(timeline, segmentation, ceiling, settings);
    told::settle(&mut context);
    let verdict = verdict::verdict(&context);
    let findings = rules::findings(&context, &verdict);
    let over_share = context.judged().next().map(|_| verdict.measures.over_share());
    Audit {
        bouts: bout::bouts(&context),
        slope_factors: context.speeds.slope_factors(context.bouts()),
        efforts: effort::measured(&context, verdict.class),
        findings,
        over_share,
        strides: doubt::are_strides(&context),
        verdict,
    }
}

/// What an audit found in one session.
#[derive(Debug, Clone, PartialEq)]
pub struct Audit {
    /// One for each bout of the segmentation, in its order.
    pub bouts: Vec<BoutAudit>,
    /// For each sample, the speed on flat ground over the speed on the slope of the same effort, as far as the verdict
    /// believes the slope; empty where none is known.
    pub slope_factors: Vec<f32>,
    /// The stretches over the ceiling, in the order of time.
    pub efforts: Vec<MeasuredEffort>,
    /// What the rules found.
    pub findings: Vec<Finding>,
    /// Share of the judged running that was over the ceiling; `None` where none could be judged.
    pub over_share: Option<f64>,
    /// True when what was over were strides.
    pub strides: bool,
    /// What it comes to.
    pub verdict: Verdict,
}

impl Audit {
    /// Adds to bouts that are to be compared with a plan what the audit found in them.
    pub fn annotate(&self, bouts: &mut [PerformedBout]) {
        for (bout, measured) in bouts.iter_mut().zip(&self.bouts) {
            bout.over = measured.over;
            bout.graded_speed = measured.graded_speed;
            bout.heart_rate = measured.heart_rate_demand.or(measured.heart_rate_mean);
        }
    }
}

/// What was measured in one bout.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BoutAudit {
    /// Its distance over its time.
    pub speed: Option<Speed>,
    /// The speed on flat ground that costs as much.
    pub graded_speed: Option<Speed>,
    /// Mean cadence where there is one.
    pub cadence: Option<Cadence>,
    /// Mean heart rate.
    pub heart_rate_mean: Option<HeartRate>,
    /// Highest heart rate of a 5 s median.
    pub heart_rate_max: Option<HeartRate>,
    /// The heart rate at which the effort would settle if it lasted.
    pub heart_rate_demand: Option<HeartRate>,
    /// Graded speed over ceiling speed.
    pub ratio: Option<f64>,
    /// Over the ceiling beyond doubt; `None` where that cannot be told.
    pub over: Option<bool>,
    /// What is special about it.
    pub tags: Vec<Tag>,
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// How much it matters.
    pub severity: Severity,
    /// The bout it is about.
    pub bout: Option<usize>,
    /// The samples it is about.
    pub range: Range<usize>,
    /// What was found, in a sentence.
    pub message: String,
    /// The number measured, the number it was held against, and their unit.
    pub measure: Option<Measure>,
    /// The other numbers of the message, each under a name that ends in its unit.
    pub measures: Vec<(&'static str, f64)>,
    /// The reason of an exception that covers it.
    pub allowed: Option<String>,
}

/// A number measured and the number it was held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// The number measured.
    pub measured: f64,
    /// The number it was held against, where there is one.
    pub limit: Option<f64>,
    /// The stretch of both.
    pub unit: MeasureUnit,
}

/// The unit of a number that was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeasureUnit {
    /// Beats per minute.
    Bpm,
    /// Beats per minute, in ten minutes.
    BpmPerTenMinutes,
    /// Graded speed over ceiling speed.
    RatioToCeiling,
    /// Rests, counted.
    Rests,
    /// Seconds.
    Seconds,
    /// Metres per second.
    MetersPerSecond,
    /// Share of the time in which the runner moved.
    ShareOfMovingTime,
    /// Share of the distance that can be run above critical speed.
    ShareOfReserve,
    /// Stretches of running, counted.
    Stretches,
}

names! {
    MeasureUnit {
        Bpm => "bpm",
        BpmPerTenMinutes => "bpm/10 min",
        RatioToCeiling => "ratio to ceiling",
        Rests => "rests",
        Seconds => "s",
        MetersPerSecond => "m/s",
        ShareOfMovingTime => "share of moving time",
        ShareOfReserve => "share of reserve",
        Stretches => "stretches",
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Something to watch.
    Caution,
    /// Against the prescription.
    Warning,
    /// The data are doubtful here.
    Doubt,
}

names! {
    Severity {
        Note => "note",
        Caution => "caution",
        Warning => "warning",
        Doubt => "doubt",
    }
}

/// What a session comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The class.
    pub class: Class,
    /// The index in a word: `mild`, `moderate`, `high` or `extreme`; `None` when nothing is over by pace.
    pub severity: Option<Excess>,
    /// From 0 to 1.
    pub confidence: f64,
    /// From 0 to 100, below 25 for an easy session; `None` where nothing could be judged.
    pub index: Option<f64>,
    /// The sample at which the run turned; `None` when it did not, or was so throughout.
    pub turned_at: Option<usize>,
    /// The numbers that its texts are made of.
    pub measures: Measures,
    /// One or two plain sentences.
    pub sentence: String,
    /// What the verdict rests on, a sentence each.
    pub reasons: Vec<String>,
    /// The reason of an exception for the class itself: agreed on, and so no breach.
    pub allowed: Option<String>,
}

/// How fast the running over the ceiling was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Excess {
    /// Less than 10 % over the ceiling.
    Mild,
    /// From 10 %.
    Moderate,
    /// From 20 %.
    High,
    /// From 30 %.
    Extreme,
}

names! {
    Excess {
        Mild => "mild",
        Moderate => "moderate",
        High => "high",
        Extreme => "extreme",
    }
}

/// The class of a verdict, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Efforts over the ceiling, one after the other, with recoveries between.
    DisguisedIntervals,
    /// Steadily over the ceiling.
    AboveEasy,
    /// Began easy and ended over the ceiling.
    DriftedOver,
    /// Some efforts over the ceiling, too few to be intervals.
    Surges,
    /// The data cannot tell.
    Undetermined,
    /// Under the ceiling.
    Easy,
}

names! {
    Class {
        DisguisedIntervals => "disguised-intervals",
        AboveEasy => "above-easy",
        DriftedOver => "drifted-over",
        Surges => "surges",
        Undetermined => "undetermined",
        Easy => "easy",
    }
}

impl Class {
    /// True when the session was over its ceiling.
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Undetermined | Self::Easy)
    }
}
