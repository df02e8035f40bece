//! Efforts that noise may hide: stretches that are left out of the verdict and were fast all the same.
//!
//! What is left out is no pass. Positions alone show a repetition of 15 to 30 s as a spike, as time whose gait cannot be
//! told, or as a burst too short to judge, just as they show the noise of the receiver. Of 320 runs of three runners,
//! stripped to places, heights and times, 6 of 67 interval sessions were called easy. Of those 6, 4 have four to nine
//! doubtful stretches over the ceiling and one has 12 bursts. The limits were chosen with those six in view, so that they
//! say little about other runners.

use std::ops::Range;

use super::context::SessionContext;
use super::judge::OVER;
use crate::segment::Gait;
use crate::timeline::Flags;

/// Doubtful stretches over the ceiling, and bursts over it, of which so many may be repetitions.
const STRETCHES: usize = 3;
const BURSTS: usize = 6;
/// A stretch is looked at from this length on, and by the fastest part of it that is so long, in samples: the shortest
/// strides.
const LOOK: usize = 12;

/// A single doubtful stretch over the ceiling that lasts so long, in samples, is no noise: an effort, or a ride.
const LONG: usize = 60;

/// True when so much of what was left out was over the ceiling that the rest may not pass as easy.
pub(super) fn may_hide_efforts(context: &SessionContext) -> bool {
    if context.timeline.signals.cadence {
        return false;
    }
    let doubtful = doubtful(context);
    if doubtful.iter().any(|stretch| stretch.len() >= LONG && is_fast_for(context, stretch, stretch.len())) {
        return true;
    }
    let stretches = doubtful.iter().filter(|stretch| is_fast(context, stretch)).count();
    let bursts = context.bursts.iter().filter(|burst| is_fast(context, burst)).count();
    stretches >= STRETCHES || bursts >= BURSTS
}

/// The stretches whose speed or gait is in doubt while the timer ran.
fn doubtful(context: &SessionContext) -> Vec<Range<usize>> {
    let timeline = context.timeline;
    let mut in_doubt: Vec<bool> = timeline.flags.iter().map(|flags| flags.is_suspect()).collect();
    for bout in context.bouts().iter().filter(|bout| bout.gait == Gait::Unknown) {
        in_doubt[bout.range.clone()].fill(true);
    }
    for (in_doubt, flags) in in_doubt.iter_mut().zip(&timeline.flags) {
        *in_doubt &= !flags.has(Flags::PAUSED);
    }
    let mut end = 0;
    let stretch = |run: &[bool]| {
        end += run.len();
        run[0].then_some(end - run.len()..end)
    };
    in_doubt.chunk_by(|a, b| a == b).filter_map(stretch).filter(|stretch| stretch.len() >= LOOK).collect()
}

/// True when the way covered in the fastest part of a stretch is over the ceiling there.
fn is_fast(context: &SessionContext, stretch: &Range<usize>) -> bool {
    is_fast_for(context, stretch, LOOK.min(stretch.len()))
}

/// The same for the fastest part that has so many samples.
fn is_fast_for(context: &SessionContext, stretch: &Range<usize>, look: usize) -> bool {
    let limit = context.settings.speed_limit(context.ceiling, stretch);
    let Some((limit, _)) = limit else { return false };
    let way = |from: usize| {
        context.timeline.distance_at(from + look).as_meters() - context.timeline.distance_at(from).as_meters()
    };
    let fastest = (stretch.start..=stretch.end - look).map(way).fold(0.0, f64::max);
    fastest > OVER * limit.as_meters_per_second() * look as f64
}
