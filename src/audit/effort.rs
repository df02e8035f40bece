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
use super::judge::OVER;
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
    let counted = listed(context, class);
    let counted = counted.iter().map(|effort| (effort.range.clone(), effort.bout, class.is_over()));
    let noted = context.stretches.iter().filter(|judged| judged.over == Some(true) && !judged.counted);
    let noted = noted.map(|judged| (judged.stretch.range.clone(), judged.stretch.bout, false));
    let mut efforts: Vec<_> =
        counted.chain(noted).map(|(range, bout, counted)| one(context, range, bout, counted)).collect();
    efforts.sort_by_key(|effort| effort.range.start);
    efforts
}

/// Shortest part beside an interval session's row that is listed, in samples: the shortest bout that is judged.
const SHORTEST_PART: usize = 15;

/// The stretches over the ceiling that a session's numbers rest on, each once: the row of an interval session and what is
/// over the ceiling beside it, or all efforts.
pub(super) fn listed(context: &SessionContext, class: Class) -> Vec<Effort> {
    if class != Class::DisguisedIntervals {
        return context.efforts.clone();
    }
    let mut listed = context.chain.clone();
    for effort in &context.efforts {
        let parts = outside(&effort.range, context.chain.iter().map(|of_row| &of_row.range));
        let parts = parts.into_iter().filter(|part| *part == effort.range || part.len() >= SHORTEST_PART);
        let parts = parts.map(|range| {
            let bout = context.bouts().partition_point(|bout| bout.range.end <= range.start);
            context.as_measured(&Effort { range, bout, ..effort.clone() })
        });
        // What is left of an effort without its fastest part may be none.
        listed.extend(parts.filter(|part| part.range == effort.range || part.ratio > OVER));
    }
    listed.sort_by_key(|effort| effort.range.start);
    listed
}

/// The parts of a stretch that lie in none of the others, which are in the order of time.
fn outside<'a>(stretch: &Range<usize>, others: impl Iterator<Item = &'a Range<usize>>) -> Vec<Range<usize>> {
    let (mut parts, mut at) = (Vec::new(), stretch.start);
    for other in others.filter(|other| other.start < stretch.end && stretch.start < other.end) {
        if at < other.start {
            parts.push(at..other.start);
        }
        at = at.max(other.end);
    }
    if at < stretch.end {
        parts.push(at..stretch.end);
    }
    parts
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
        heart_rate_mean: mean(context.timeline, &context.heart_rate, range.clone()).map(HeartRate::from_bpm),
        heart_rate_max: highest(&context.heart_rate, range.clone()).map(HeartRate::from_bpm),
        counted,
        range,
    }
}
