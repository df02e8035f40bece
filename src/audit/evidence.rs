//! What speaks for an effort, and what against it, beside its speed.
//!
//! A receiver between tall buildings makes stretches of half a minute that are 20 % faster than the run. An effort that
//! the runner made leaves other marks: the cadence rises, the heart follows, laps or steps of a workout end there, it
//! stands out from the running around it, and rests are taken before and after it. Each mark adds to the log odds of an
//! effort or takes from it, bounded, so that no single one decides; a mark that the watch did not record adds nothing.

use std::ops::Range;

use super::peak::Peak;
use super::stretch::Speeds;
use crate::segment::{Bout, Gait};
use crate::timeline::Timeline;

/// Log odds of an effort before any mark: most stretches that are a little faster are chance.
const PRIOR: f64 = -0.25;
/// For each step per minute above what chance leaves, and the most it can say. Efforts of four runners rise by 3 to 25
/// spm, the false ones of a runner in a city by 0 to 2.
const CADENCE: Mark = Mark { from: 2.0, each: 0.16, least: -0.8, most: 0.8 };
/// For each beat per minute above what the heart does by itself.
const HEART: Mark = Mark { from: 5.0, each: 0.05, least: -0.5, most: 0.6 };
/// For the contrast to the running around, on the logarithm of speed.
const CONTRAST: Mark = Mark { from: 0.12, each: 2.5, least: -0.3, most: 0.75 };
/// For the ratio to the ceiling, on the logarithm: chance does not make a runner half as fast again.
const RATIO: Mark = Mark { from: 0.15, each: 2.0, least: -0.2, most: 0.7 };
/// For each end of a lap or a step at an end of the effort, and how near it has to be, in seconds.
const EDGE: f64 = 0.35;
const EDGE_S: f64 = 8.0;
/// For a whole bout between two rests, in full up to the first number of seconds and no more beyond the second: longer
/// ones are what crossings leave of a run.
const BETWEEN_RESTS: f64 = 0.4;
const BETWEEN_RESTS_S: (f64, f64) = (150.0, 400.0);
/// Shortest rest, and how far from the ends of the effort it may begin or end, in samples.
const REST: usize = 10;
const BESIDE: usize = 12;
/// The running around an effort: this many samples either side; of its speeds this share lies below the base.
const AROUND: usize = 300;
const BASE: f64 = 0.30;
const BASE_OF_ALL: f64 = 0.25;
/// Running counts as slower below this share of the effort's speed.
const SLOWER: f64 = 0.95;
/// Samples from the start in which the heart rate still rises by itself.
const WARMING_UP: usize = 300;
/// Length in seconds from which a heart rate that stays flat speaks fully against an effort.
const FOLLOWED_S: f64 = 90.0;
/// Samples at the ends of a bout in which the runner is getting up to speed.
const RAMP: usize = 5;
/// Cadences up to this are not running.
const LEAST_SPM: f64 = 120.0;
/// Seconds of slower running that an effort can be compared with.
const LEAST_OTHERS: usize = 20;
/// So many samples of the whole session are enough to know it.
const ENOUGH: usize = 2000;

/// How one mark speaks: log odds for each stretch above a value, bounded.
#[derive(Debug, Clone, Copy)]
struct Mark {
    from: f64,
    each: f64,
    least: f64,
    most: f64,
}

impl Mark {
    fn odds(self, value: f64) -> f64 {
        (self.each * (value - self.from)).clamp(self.least, self.most)
    }
}

/// The marks that an effort left; none of them depends on the ceiling.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Marks {
    /// How much faster it is than the running around it, on the logarithm; `None` where nothing is run around it.
    pub contrast: Option<f64>,
    /// Steps per minute more than in the slower running around it.
    pub cadence: Option<f64>,
    /// Beats per minute more at its end than at its start, or than in the slower running after a rest.
    pub heart: Option<f64>,
    /// Ends of laps or steps at its ends.
    pub edges: u32,
    /// True for a bout between two rests.
    pub between_rests: bool,
    /// How long it is, in seconds.
    pub seconds: f64,
}

impl Marks {
    /// Whether the effort was made, from -1, surely not, to 1, surely, at a ratio to the ceiling.
    ///
    /// `climbs` says that it is over the ceiling by its slope alone: then its speed and contrast say nothing for it.
    pub fn belief(&self, ratio: f64, climbs: bool) -> f64 {
        let contrast = self.contrast.map_or(0.0, |contrast| CONTRAST.odds(contrast));
        // Between rests, all the running around may be efforts: no contrast says nothing.
        let contrast = if self.between_rests { contrast.max(0.0) } else { contrast };
        let ratio = RATIO.odds(ratio.ln());
        let speed = if climbs { contrast.min(0.0) + ratio.min(0.0) } else { contrast + ratio };
        let heart = self.heart.map_or(0.0, |bpm| match HEART.odds(bpm) {
            against if against < 0.0 => against * (self.seconds / FOLLOWED_S).min(1.0),
            odds => odds,
        });
        let rests = if self.between_rests {
            let (full, none) = BETWEEN_RESTS_S;
            BETWEEN_RESTS * ((none - self.seconds) / (none - full)).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let cadence = self.cadence.map_or(0.0, |spm| CADENCE.odds(spm));
        (PRIOR + cadence + heart + EDGE * f64::from(self.edges) + speed + rests).tanh()
    }
}

/// A second of running.
#[derive(Debug, Clone, Copy)]
struct Second {
    at: usize,
    speed: f64,
    cadence: Option<f64>,
    heart: Option<f64>,
}

impl Marks {
    /// The same without what a rising heart rate says for the effort, so that a session without heart rate never passes
    /// where one with it would not.
    #[must_use]
    pub fn without_rising_heart(self) -> Self {
        Self { heart: self.heart.map(|bpm| bpm.min(HEART.from)), ..self }
    }
}

/// The running of a session, against which its efforts are seen.
pub(super) struct Witness<'a> {
    timeline: &'a Timeline,
    bouts: &'a [Bout],
    seconds: Vec<Second>,
    /// Every so many of them, which stand for the session.
    few: Vec<Second>,
    /// How many of the seconds each of the few stands for.
    thinned: usize,
    /// The speed of its slower running.
    base: Option<f64>,
}

impl<'a> Witness<'a> {
    /// Gathers the running of a session.
    pub fn new(timeline: &'a Timeline, bouts: &'a [Bout], speeds: &Speeds) -> Self {
        let hears = timeline.heart_rate_quality.trust >= 0.5;
        let mut seconds = Vec::new();
        let inner = |bout: &Bout| bout.range.start + RAMP..bout.range.end.saturating_sub(RAMP);
        for at in bouts.iter().filter(|bout| bout.gait == Gait::Run).flat_map(inner) {
            let Some(speed) = speeds.graded.mean(at.saturating_sub(4)..at + 5).filter(|&v| v > 0.5) else { continue };
            let cadence = timeline.cadence.get(at).filter(|&spm| timeline.signals.cadence && spm > LEAST_SPM);
            let heart = timeline.heart_rate.get(at).filter(|_| hears);
            seconds.push(Second { at, speed, cadence, heart });
        }
        let thinned = (seconds.len() / ENOUGH).max(1);
        let few: Vec<Second> = seconds.iter().step_by(thinned).copied().collect();
        let base = quantile(few.iter().map(|second| second.speed), BASE_OF_ALL);
        Self { timeline, bouts, seconds, few, thinned, base }
    }

    /// The marks that an effort left.
    pub fn marks(&self, peak: &Peak) -> Marks {
        let Range { start, end } = peak.range;
        let between_rests = self.rests(start.saturating_sub(BESIDE)..start) && self.rests(end..end + BESIDE);
        let beside = |second: &&Second| !peak.range.contains(&second.at);
        let around = self.between(start.saturating_sub(AROUND)..end + AROUND).iter().filter(beside);
        let base = quantile(around.map(|second| second.speed), BASE);
        // Between rests the running around is other efforts.
        let base = if between_rests { base.into_iter().chain(self.base).min_by(f64::total_cmp) } else { base };
        let inner = start + 5..(end - 3).max(start + 6);
        Marks {
            contrast: base.map(|base| (peak.graded / base).ln()),
            cadence: self.cadence(peak, inner),
            heart: self.heart(peak),
            edges: self.edges(start) + self.edges(end),
            between_rests,
            seconds: peak.seconds,
        }
    }

    fn between(&self, range: Range<usize>) -> &[Second] {
        let from = self.seconds.partition_point(|second| second.at < range.start);
        let to = self.seconds.partition_point(|second| second.at < range.end);
        &self.seconds[from..to]
    }

    /// The slower running of the whole session.
    fn slower(&self, peak: &Peak) -> impl Iterator<Item = &Second> {
        let limit = SLOWER * peak.graded;
        let own = peak.range.start..peak.range.end + 60;
        self.few.iter().filter(move |s| s.speed < limit && !own.contains(&s.at))
    }

    fn cadence(&self, peak: &Peak, inner: Range<usize>) -> Option<f64> {
        let own = gathered(self.between(inner).iter().filter_map(|second| second.cadence));
        if own.len() < 8 {
            return None;
        }
        let near = self.between(peak.range.start.saturating_sub(AROUND)..peak.range.end + AROUND).iter();
        let near = near.filter(|s| !peak.range.contains(&s.at) && s.speed < SLOWER * peak.graded);
        let mut others = gathered(near.filter_map(|second| second.cadence));
        let near_enough = others.len() >= LEAST_OTHERS;
        if !near_enough {
            others = gathered(self.slower(peak).filter_map(|second| second.cadence));
        }
        let known = others.len() * if near_enough { 1 } else { self.thinned } >= LEAST_OTHERS;
        Some(quantile(own.into_iter(), 0.5)? - quantile(others.into_iter().filter(|_| known), 0.5)?)
    }

    fn heart(&self, peak: &Peak) -> Option<f64> {
        let Range { start, end } = peak.range;
        if self.timeline.heart_rate_quality.trust < 0.5 {
            return None;
        }
        let mean = |range: Range<usize>| {
            let known = range.filter_map(|at| self.timeline.heart_rate.get(at));
            let (sum, n) = known.fold((0.0, 0.0), |(sum, n), bpm| (sum + bpm, n + 1.0));
            (n > 0.0).then(|| sum / n)
        };
        let last = mean(end.saturating_sub(5).max(start)..end + 13)?;
        let runs_into = !self.between(start.saturating_sub(RAMP + 3)..start.saturating_sub(1)).is_empty();
        if runs_into && start >= WARMING_UP {
            return Some(last - mean(start.saturating_sub(8)..start + 6)?);
        }
        let calm =
            gathered(self.slower(peak).filter(|second| second.at >= WARMING_UP).filter_map(|second| second.heart));
        let enough = calm.len() * self.thinned >= 3 * LEAST_OTHERS;
        Some(last - quantile(calm.into_iter().filter(|_| enough), 0.5)?)
    }

    /// How many ends of laps or steps lie at an end of an effort: none or one.
    fn edges(&self, at: usize) -> u32 {
        let at = self.timeline.seconds(at);
        let first = self.timeline.edges.partition_point(|&edge| edge < at - EDGE_S);
        u32::from(self.timeline.edges.get(first).is_some_and(|&edge| edge <= at + EDGE_S))
    }

    /// True where some rest lies, walked, stood or paused, or the session ends.
    fn rests(&self, stretch: Range<usize>) -> bool {
        let first = self.bouts.partition_point(|bout| bout.range.end <= stretch.start);
        let within = self.bouts[first..].iter().take_while(|bout| bout.range.start < stretch.end);
        let at_an_end = stretch.start < 5 || stretch.end >= self.timeline.len();
        at_an_end || within.into_iter().any(|bout| bout.gait != Gait::Run && bout.range.len() >= REST)
    }
}

/// All values, with room from the start for as many as may come: most of them do.
fn gathered(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut all = Vec::with_capacity(values.size_hint().1.unwrap_or(0));
    all.extend(values);
    all
}

/// The value below which a share of the values lies; `None` of none.
fn quantile(values: impl Iterator<Item = f64>, share: f64) -> Option<f64> {
    let mut known = gathered(values);
    let at = (share * known.len() as f64) as usize;
    (at < known.len()).then(|| *known.select_nth_unstable_by(at, f64::total_cmp).1)
}
