//! The efforts of a session as a report shows them: stretches of running over the ceiling, each with its own pace.
//!
//! One definition for every output. The pace of an effort, as that of a bout, is its distance over its time. Its graded
//! pace is that pace with the cost of the slope in it, and its ratio is graded speed over ceiling speed. The shrunken and
//! trimmed ratios that decide whether it counts are weights of the audit, and no measurement to print.

use std::ops::Range;

use super::Class;
use super::bout::{highest, mean};
use super::chain::Effort;
use super::context::SessionContext;
use crate::units::{HeartRate, Speed};

/// A stretch of running over the ceiling.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasuredEffort {
    /// Its samples.
    pub range: Range<usize>,
    /// The bout in which it begins.
    pub bout: usize,
    /// Its distance over its time.
    pub speed: Option<Speed>,
    /// The speed on flat ground that costs as much.
    pub graded_speed: Option<Speed>,
    /// Graded speed over ceiling speed.
    pub ratio: Option<f64>,
    /// Mean heart rate.
    pub heart_rate_mean: Option<HeartRate>,
    /// Highest heart rate of a 5 s median.
    pub heart_rate_max: Option<HeartRate>,
    /// False for what the verdict leaves out: a hill, a finish kick, and too little to matter.
    pub counted: bool,
}

/// The efforts of a session in the order of time: what counts, joined where nothing lies between, and what is only noted,
/// as all of it is in a session that is not over.
pub(super) fn measured(context: &SessionContext, class: Class) -> Vec<MeasuredEffort> {
    // The row of an interval session comes first; what is over beside it is listed too.
    let row = if class == Class::DisguisedIntervals { context.chain.as_slice() } else { &[] };
    let apart = |effort: &&Effort| {
        row.iter().all(|of_row| effort.range.end <= of_row.range.start || of_row.range.end <= effort.range.start)
    };
    let counted = row.iter().chain(context.efforts.iter().filter(apart));
    let counted = counted.map(|effort| (effort.range.clone(), effort.bout, class.is_over()));
    let noted = context.stretches.iter().filter(|judged| judged.over == Some(true) && !judged.counted);
    let noted = noted.map(|judged| (judged.stretch.range.clone(), judged.stretch.bout, false));
    let mut efforts: Vec<_> =
        counted.chain(noted).map(|(range, bout, counted)| one(context, range, bout, counted)).collect();
    efforts.sort_by_key(|effort| effort.range.start);
    efforts
}

fn one(context: &SessionContext, range: Range<usize>, bout: usize, counted: bool) -> MeasuredEffort {
    let speed = context.speed_over(&range);
    let graded_speed = context.graded_over(&range);
    let limit = context.settings.speed_limit(context.ceiling, &range).map(|(limit, _)| limit.as_meters_per_second());
    MeasuredEffort {
        bout,
        speed: speed.map(Speed::from_meters_per_second),
        graded_speed: graded_speed.map(Speed::from_meters_per_second),
        ratio: graded_speed.zip(limit).map(|(graded, limit)| graded / limit),
        heart_rate_mean: mean(context.timeline, &context.timeline.heart_rate, range.clone()).map(HeartRate::from_bpm),
        heart_rate_max: highest(&context.timeline.heart_rate, range.clone()).map(HeartRate::from_bpm),
        counted,
        range,
    }
}
