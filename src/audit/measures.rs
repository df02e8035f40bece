//! The numbers that the texts of a session are made of.
//!
//! One struct: sentence, reasons and findings take their numbers from it, and reports carry it beside the texts. So no two
//! texts can differ, and each number that is read can be looked up.

mod heart;

pub use heart::HeartMeasures;

use super::chain::Effort;
use super::context::SessionContext;
use super::judge::JudgedStretch;
use super::noise::median;
use super::unseen::{Hole, Signal, Unseen};
use super::{Class, Tag, effort};
use crate::units::{HeartRate, Speed};

/// The numbers of a session, in seconds, metres a second and beats a minute. `None` where there is nothing to measure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measures {
    /// True where speed decides, false where heart rate does.
    pub by_pace: bool,
    /// Running, in bouts of any length.
    pub run_s: f64,
    /// Running that was judged by the signal that decides.
    pub judged_s: f64,
    /// Time of it over the ceiling: of the efforts by pace, else of the heart rate above its ceiling.
    pub over_s: f64,
    /// Time in which the session went on and the signal that decides is missing.
    pub unseen_s: f64,
    /// The ceilings on speed that apply, lowest and highest: more than one where steps of the plan have their own.
    pub ceiling: Option<Bounds>,
    /// The same for heart rate.
    pub heart_ceiling: Option<Bounds>,
    /// Ceilings on speed of steps that are stricter than the runner's.
    pub step_ceiling: Option<Bounds>,
    /// The same for heart rate.
    pub step_heart_ceiling: Option<Bounds>,
    /// Distance over timer time of the whole session, as the watch shows it.
    pub average: Option<f64>,
    /// Mean heart rate of the whole session.
    pub average_bpm: Option<f64>,
    /// Mean of the running that was judged.
    pub running: Option<Compared>,
    /// The stretches over the ceiling.
    pub stretches: Option<Lengths>,
    /// Mean of the efforts over the ceiling.
    pub over: Option<Compared>,
    /// The row of efforts that makes an interval session.
    pub row: Option<Row>,
    /// Strides.
    pub strides: Option<Lengths>,
    /// Efforts of a session that is not over: noted and not counted.
    pub noted: Option<Lengths>,
    /// Length of a finish kick that is not counted.
    pub kick_s: Option<f64>,
    /// How hard what was over the ceiling was, as a ratio to it.
    pub typical_ratio: Option<f64>,
    /// Share of the running whose speed is missing or doubtful.
    pub suspect_share: f64,
    /// Stretches left out of the verdict.
    pub n_left_out: usize,
    /// Stretches in which the signal that decides is missing.
    pub holes: Holes,
    /// What the heart rate shows; `None` without a ceiling on it.
    pub heart: Option<HeartMeasures>,
}

/// The lowest and the highest of several numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
}

impl Bounds {
    fn of(values: impl Iterator<Item = f64>) -> Option<Self> {
        values.fold(None, |bounds, x| {
            let Self { low, high } = bounds.unwrap_or(Self { low: x, high: x });
            Some(Self { low: low.min(x), high: high.max(x) })
        })
    }
}

/// A speed on flat ground and its ratio to the ceiling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// In metres a second.
    pub speed: f64,
    /// Over ceiling speed.
    pub ratio: f64,
}

/// How many stretches there are, and how long they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lengths {
    /// How many.
    pub n: usize,
    /// The shortest.
    pub shortest_s: f64,
    /// The longest.
    pub longest_s: f64,
    /// All of them.
    pub total_s: f64,
}

impl Lengths {
    /// Of so many seconds each; `None` without any.
    pub(super) fn of(seconds: impl Iterator<Item = f64>) -> Option<Self> {
        seconds.fold(None, |lengths: Option<Self>, s| {
            let Self { n, shortest_s, longest_s, total_s } =
                lengths.unwrap_or(Self { n: 0, shortest_s: s, longest_s: s, total_s: 0.0 });
            Some(Self { n: n + 1, shortest_s: shortest_s.min(s), longest_s: longest_s.max(s), total_s: total_s + s })
        })
    }
}

/// A row of efforts with the one in the middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// How many there are, and how long.
    pub lengths: Lengths,
    /// The median of their speeds and of their ratios.
    pub typical: Compared,
}

/// Stretches in which the signal that decides is missing.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Holes {
    /// All of them.
    pub n: usize,
    /// Those that were crossed faster than the ceiling allows, with their mean speed.
    pub fast: Option<(Lengths, f64)>,
    /// Those that could hold efforts.
    pub open: Option<Lengths>,
}

impl Measures {
    /// The numbers of a session of a class, which rests on one signal.
    pub(super) fn of(context: &SessionContext, class: Class, signal: Signal) -> Self {
        let unheard;
        let (account, over_s) = match signal {
            Signal::Speed => (&context.unseen, over_s(context, class)),
            Signal::HeartRate => {
                unheard = context.unheard();
                (&unheard, context.over_time.above.seconds)
            }
        };
        let judged = || {
            context.judged().filter_map(|(judged, ratio)| Some((judged.stretch.seconds, judged.stretch.speed?, ratio)))
        };
        let running = mean(judged().map(|(seconds, speed, ratio)| (seconds, speed.graded, ratio)));
        let efforts = || context.efforts.iter().map(|effort| effort.seconds);
        let heart_limits = context.stretches.iter().filter_map(|judged| judged.heart_limit);
        let none_applies = context.stretches.iter().all(|judged| judged.heart_limit.is_none());
        let whole = context.ceiling.heart_rate.filter(|_| none_applies).map(|limit| limit.value.as_bpm());
        let kicks = context.tagged(Tag::Kick).filter(|_| !context.settings.count_kicks);
        Self {
            by_pace: signal == Signal::Speed,
            run_s: context.tally.run_s,
            judged_s: account.judged_s,
            over_s: over_s.min(account.judged_s),
            unseen_s: account.seconds,
            ceiling: Bounds::of(context.judged().filter_map(|(judged, _)| limit(context, judged))),
            heart_ceiling: Bounds::of(heart_limits.chain(whole)),
            average: average(context),
            average_bpm: average_bpm(context),
            running,
            stretches: Lengths::of(efforts()),
            over: mean(context.efforts.iter().map(|effort| (effort.seconds, effort.graded, effort.ratio))),
            row: row(&context.chain).filter(|_| class == Class::DisguisedIntervals),
            strides: Lengths::of(context.tagged(Tag::Stride).map(|judged| judged.stretch.seconds)),
            noted: Lengths::of(efforts()).filter(|_| !class.is_over()),
            kick_s: kicks.map(|judged| judged.stretch.seconds).next(),
            typical_ratio: context.typical_ratio(class),
            suspect_share: context.tally.suspect_share(),
            n_left_out: context.stretches.iter().filter(|judged| is_left_out(judged)).count(),
            holes: holes(account),
            heart: HeartMeasures::of(context),
            ..steps(context)
        }
    }

    /// Share of the judged running that was over the ceiling.
    pub fn over_share(&self) -> f64 {
        if self.judged_s > 0.0 { self.over_s / self.judged_s } else { 0.0 }
    }
}

/// Time of the efforts over the ceiling, in seconds.
fn over_s(context: &SessionContext, class: Class) -> f64 {
    effort::listed(context, class).iter().fold(0.0, |sum, effort| sum + effort.seconds)
}

fn limit(context: &SessionContext, judged: &JudgedStretch) -> Option<f64> {
    let (limit, _) = context.settings.speed_limit(context.ceiling, &judged.stretch.range)?;
    Some(limit.as_meters_per_second())
}

/// The ceilings of steps of the plan that are stricter than the runner's. Of laxer ones, a finding speaks.
fn steps(context: &SessionContext) -> Measures {
    let (steps, limits) = (&context.settings.steps, context.ceiling);
    let speeds = steps.iter().filter_map(|step| step.speed);
    let speeds = speeds.filter(|speed| limits.speed.is_none_or(|limit| *speed < limit.value));
    let rates = steps.iter().filter_map(|step| step.heart_rate);
    let rates = rates.filter(|bpm| limits.heart_rate.is_none_or(|limit| *bpm < limit.value));
    Measures {
        step_ceiling: Bounds::of(speeds.map(Speed::as_meters_per_second)),
        step_heart_ceiling: Bounds::of(rates.map(HeartRate::as_bpm)),
        ..Measures::default()
    }
}

/// Distance over time without that in which the timer stood still: the pace that the watch shows.
fn average(context: &SessionContext) -> Option<f64> {
    let timeline = context.timeline;
    let meters = timeline.distance.last()? - timeline.distance.first()?;
    let paused: f64 = timeline.pauses.iter().map(|pause| context.seconds(&(pause.start..pause.end))).sum();
    let seconds = timeline.elapsed_s - paused;
    (seconds > 0.0 && meters > 0.0).then(|| meters / seconds)
}

fn average_bpm(context: &SessionContext) -> Option<f64> {
    let (sum, n) = context.heart_rate.iter().flatten().fold((0.0, 0_u32), |(sum, n), bpm| (sum + bpm, n + 1));
    (n > 0).then(|| sum / f64::from(n))
}

/// The mean of speeds and ratios, each weighed by its seconds.
fn mean(parts: impl Iterator<Item = (f64, f64, f64)>) -> Option<Compared> {
    let (seconds, speed, ratio) =
        parts.fold((0.0, 0.0, 0.0), |sum, (s, speed, ratio)| (sum.0 + s, sum.1 + s * speed, sum.2 + s * ratio));
    (seconds > 0.0).then(|| Compared { speed: speed / seconds, ratio: ratio / seconds })
}

fn row(chain: &[Effort]) -> Option<Row> {
    let lengths = Lengths::of(chain.iter().map(|effort| effort.seconds))?;
    let middle = |of: fn(&Effort) -> f64| median(&mut chain.iter().map(of).collect::<Vec<_>>());
    let typical = Compared { speed: middle(|effort| effort.graded)?, ratio: middle(|effort| effort.ratio)? };
    Some(Row { lengths, typical })
}

/// True for what the verdict leaves out: doubtful speed, a hill or a finish kick.
fn is_left_out(judged: &JudgedStretch) -> bool {
    judged.stretch.speed.is_none() || judged.over == Some(true) && !judged.counted
}

fn holes(account: &Unseen) -> Holes {
    let fast: Vec<&Hole> = account.fast().collect();
    let meters: f64 = fast.iter().filter_map(|hole| Some(hole.speed? * hole.seconds)).sum();
    let fast = Lengths::of(fast.iter().map(|hole| hole.seconds)).filter(|fast| fast.total_s > 0.0);
    let open = account.holes.iter().filter(|hole| hole.open_s() > 0.0);
    Holes {
        n: account.holes.len(),
        fast: fast.map(|fast| (fast, meters / fast.total_s)),
        open: Lengths::of(open.map(|hole| hole.seconds)),
    }
}
