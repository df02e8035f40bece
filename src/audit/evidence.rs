//! What speaks for an effort, and what against it, beside its speed.
//!
//! A receiver between tall buildings makes stretches of half a minute that are 20 % faster than the run. An effort that
//! the runner made leaves other marks: the cadence rises, the heart follows, laps or steps of a workout end there, it
//! stands out from the running around it, and rests are taken before and after it. Each mark adds to the log odds of an
//! effort or takes from it, bounded, so that no single one decides; a mark that the watch did not record adds nothing.

use std::cell::OnceCell;
use std::ops::Range;

use super::counted::{Below, Column, Slots};
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
/// Who is no faster than this in m/s does not run, nor who makes no more steps a minute.
const SLOWEST: f64 = 0.5;
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

impl Marks {
    /// The same without what a rising heart rate says for the effort, so that a session without heart rate never passes
    /// where one with it would not.
    #[must_use]
    pub fn without_rising_heart(self) -> Self {
        Self { heart: self.heart.map(|bpm| bpm.min(HEART.from)), ..self }
    }
}

/// How values are counted: speeds by 2.5 cm/s, cadences and heart rates by one.
const SPEED_SLOTS: Slots = Slots { from: SLOWEST, to_one: 40.0 };
const CADENCE_SLOTS: Slots = Slots { from: LEAST_SPM, to_one: 1.0 };
const HEART_SLOTS: Slots = Slots { from: 0.0, to_one: 1.0 };

/// Seconds of running in the order of time.
struct Running {
    /// The sample of each.
    at: Vec<usize>,
    speed: Column,
    cadence: Column,
    heart: Column,
}

impl Running {
    /// Every so many of them.
    fn thinned(&self, n: usize) -> Self {
        let few = |column: &Column, slots| Column::new(column.values().iter().step_by(n).copied().collect(), slots);
        Self {
            at: self.at.iter().step_by(n).copied().collect(),
            speed: few(&self.speed, SPEED_SLOTS),
            cadence: few(&self.cadence, CADENCE_SLOTS),
            heart: few(&self.heart, HEART_SLOTS),
        }
    }

    /// Only those that are slower than an effort.
    fn slower_than(&self, peak: &Peak) -> Below<'_> {
        Below { column: self.speed.values(), limit: SLOWER * peak.graded }
    }

    /// The seconds from one sample up to another.
    fn between(&self, samples: &Range<usize>) -> Range<usize> {
        let before = |end: usize| self.at.partition_point(|&at| at < end);
        before(samples.start)..before(samples.end)
    }

    /// The seconds among some of them that are before a part of the session, and those behind it.
    fn beside(&self, around: Range<usize>, part: &Range<usize>) -> [Range<usize>; 2] {
        let of_part = self.between(part);
        let inner = |i: usize| i.clamp(around.start, around.end);
        [around.start..inner(of_part.start), inner(of_part.end)..around.end]
    }
}

/// The running of a session, against which its efforts are seen. It is gathered when the first of them is.
pub(super) struct Witness<'a> {
    timeline: &'a Timeline,
    bouts: &'a [Bout],
    speeds: &'a Speeds,
    gathered: OnceCell<Gathered>,
}

struct Gathered {
    seconds: Running,
    /// Every so many of them, which stand for the session; `None` where all of them do.
    few: Option<Running>,
    /// How many of the seconds each of the few stands for.
    thinned: usize,
    /// The speed of its slower running.
    base: Option<f64>,
}

impl Gathered {
    fn of(timeline: &Timeline, bouts: &[Bout], speeds: &Speeds) -> Self {
        let hears = timeline.heart_rate_quality.trust >= 0.5;
        let room = || Vec::with_capacity(timeline.len());
        let (mut at, mut speed, mut cadence, mut heart) = (Vec::with_capacity(timeline.len()), room(), room(), room());
        let inner = |bout: &Bout| bout.range.start + RAMP..bout.range.end.saturating_sub(RAMP);
        for i in bouts.iter().filter(|bout| bout.gait == Gait::Run).flat_map(inner) {
            let Some(v) = speeds.graded.mean(i.saturating_sub(4)..i + 5).filter(|&v| v > SLOWEST) else { continue };
            at.push(i);
            speed.push(v);
            let spm = timeline.cadence.get(i).filter(|&spm| timeline.signals.cadence && spm > LEAST_SPM);
            cadence.push(spm.unwrap_or(f64::NAN));
            heart.push(timeline.heart_rate.get(i).filter(|_| hears).unwrap_or(f64::NAN));
        }
        let seconds = Running {
            at,
            speed: Column::new(speed, SPEED_SLOTS),
            cadence: Column::new(cadence, CADENCE_SLOTS),
            heart: Column::new(heart, HEART_SLOTS),
        };
        let thinned = (seconds.at.len() / ENOUGH).max(1);
        let few = (thinned > 1).then(|| seconds.thinned(thinned));
        let all = few.as_ref().unwrap_or(&seconds);
        let every = 0..all.at.len();
        let base = all.speed.quantile([every], None, BASE_OF_ALL).1;
        Self { seconds, few, thinned, base }
    }
}

impl<'a> Witness<'a> {
    /// The running of a session.
    pub const fn new(timeline: &'a Timeline, bouts: &'a [Bout], speeds: &'a Speeds) -> Self {
        Self { timeline, bouts, speeds, gathered: OnceCell::new() }
    }

    fn gathered(&self) -> &Gathered {
        self.gathered.get_or_init(|| Gathered::of(self.timeline, self.bouts, self.speeds))
    }

    /// The marks that an effort left.
    pub fn marks(&self, peak: &Peak) -> Marks {
        let Range { start, end } = peak.range;
        let running = self.gathered();
        let between_rests = self.rests(start.saturating_sub(BESIDE)..start) && self.rests(end..end + BESIDE);
        let around = running.seconds.between(&(start.saturating_sub(AROUND)..end + AROUND));
        let beside = running.seconds.beside(around, &peak.range);
        let (_, base) = running.seconds.speed.quantile(beside.clone(), None, BASE);
        // Between rests the running around is other efforts.
        let base = if between_rests { base.into_iter().chain(running.base).min_by(f64::total_cmp) } else { base };
        let inner = start + 5..(end - 3).max(start + 6);
        Marks {
            contrast: base.map(|base| (peak.graded / base).ln()),
            cadence: self.cadence(peak, &inner, beside),
            heart: self.heart(peak),
            edges: self.edges(start) + self.edges(end),
            between_rests,
            seconds: peak.seconds,
        }
    }

    /// The quantile of a column over the slower running of the whole session, from a sample on, and how many it is of.
    fn of_slower(&self, column: fn(&Running) -> &Column, peak: &Peak, from: usize) -> (usize, Option<f64>) {
        let running = self.gathered();
        let few = running.few.as_ref().unwrap_or(&running.seconds);
        let all = few.between(&(from..usize::MAX));
        let beside = few.beside(all, &(peak.range.start..peak.range.end + 60));
        column(few).quantile(beside, Some(few.slower_than(peak)), 0.5)
    }

    fn cadence(&self, peak: &Peak, inner: &Range<usize>, beside: [Range<usize>; 2]) -> Option<f64> {
        let running = self.gathered();
        let cadence = &running.seconds.cadence;
        let (n_own, own) = cadence.quantile([running.seconds.between(inner)], None, 0.5);
        if n_own < 8 {
            return None;
        }
        let (n_near, near) = cadence.quantile(beside, Some(running.seconds.slower_than(peak)), 0.5);
        if n_near >= LEAST_OTHERS {
            return Some(own? - near?);
        }
        let (n_slower, slower) = self.of_slower(|running| &running.cadence, peak, 0);
        Some(own? - slower.filter(|_| n_slower * running.thinned >= LEAST_OTHERS)?)
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
        let just_before = start.saturating_sub(RAMP + 3)..start.saturating_sub(1);
        let runs_into = !self.gathered().seconds.between(&just_before).is_empty();
        if runs_into && start >= WARMING_UP {
            return Some(last - mean(start.saturating_sub(8)..start + 6)?);
        }
        let (n_calm, calm) = self.of_slower(|running| &running.heart, peak, WARMING_UP);
        Some(last - calm.filter(|_| n_calm * self.gathered().thinned >= 3 * LEAST_OTHERS)?)
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
