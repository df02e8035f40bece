//! One session, measured: everything that the verdict and the rules look at.

mod pace;

use std::ops::Range;

use super::chain::{self, Effort};
use super::evidence::{Marks, Witness};
use super::heart::over_time::{OverTime, over_time};
use super::heart::pace_witness::{PaceWitness, pace_witness};
use super::heart::sensor_faults::{self, Fault, believed, sensor_faults};
use super::heart::{Heart, heart};
use super::judge::{self, JudgedStretch};
use super::noise::{median, median_over_time};
use super::peak::Peak;
use super::stretch::{self, Speeds};
use super::unseen::{Signal, Unseen};
use super::{Class, Settings, Tag, bursts};
use crate::ceiling::Ceiling;
use crate::segment::{Bout, Gait, Segmentation};
use crate::timeline::{Series, Timeline};

/// Time over the ceiling within such a window counts as one surge, in seconds. Our choice: as long as a bout that is
/// judged whole.
///
/// Windows and not efforts are counted because a higher ceiling can split an effort in two, but can never make the
/// time over it need more windows: so a higher ceiling never adds a breach.
const ONE_SURGE_S: usize = 150;

/// Beliefs at and below which no time of a short stretch counts, and from which all of it does. Our choice.
const DISBELIEVED: f64 = -0.3;
const BELIEVED: f64 = 0.3;
/// What counts at least where neither cadence nor heart rate was recorded: nothing speaks against it. Our choice.
const UNHEARD: f64 = 0.75;

/// Length from which a single stretch over its ceiling on heart rate is believed, in seconds. Our choice.
const SURE_ALONE_S: f64 = 120.0;

/// Share of the running that steps with a pace of their own must cover to judge a session by them alone: as for running
/// whose speed is doubtful. Our choice.
const MOST_LIMITED: f64 = 0.60;

/// One session, measured and held against its ceiling.
pub(super) struct SessionContext<'a> {
    pub timeline: &'a Timeline,
    pub segmentation: &'a Segmentation,
    pub ceiling: &'a Ceiling,
    pub settings: &'a Settings,
    pub speeds: Speeds,
    pub heart: Heart,
    /// How long the running was over the ceiling on heart rate.
    pub over_time: OverTime,
    /// What pace says where heart rate is the only ceiling.
    pub witness: PaceWitness,
    /// What is wrong with the heart rate, the worst first.
    pub faults: Vec<Fault>,
    /// The heart rate without what a sensor that lost contact made of it.
    pub heart_rate: Series,
    /// The stretches of the run bouts, in the order of time.
    pub stretches: Vec<JudgedStretch>,
    /// Fast moments that are too short to judge.
    pub bursts: Vec<Range<usize>>,
    /// Neighbouring stretches over the ceiling as one effort.
    pub efforts: Vec<Effort>,
    /// The row of hard efforts with recoveries between that speaks most for intervals.
    pub chain: Vec<Effort>,
    /// Believed effort in it as a share of what makes an interval session.
    pub chain_weight: f64,
    pub tally: Tally,
    /// What was judged and what was not seen of the speed.
    pub unseen: Unseen,
}

/// Times of a session in seconds, and what they come to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Tally {
    /// Run, in bouts of any length.
    pub run_s: f64,
    /// In bouts whose gait the signals cannot tell.
    pub unknown_s: f64,
    /// In stretches of running, whether their speed is known or not.
    pub unit_s: f64,
    /// In stretches whose speed is missing or doubtful.
    pub suspect_s: f64,
    /// In stretches over the ceiling that count, each weighed.
    pub over_s: f64,
    /// The part of it that is believed, by what the marks beside the speed say.
    pub believed_s: f64,
    /// Stretches over the ceiling that count.
    pub n_over: usize,
    /// Windows of 150 s that it takes to cover the time over the ceiling: efforts close together are one.
    ///
    /// A climb that is over by effort alone is no surge: its time counts, its number does not. Two ramps of half a
    /// minute in an hour at one pace, as met in real files, are no change of pace, and are over before the heart follows.
    pub n_surges: usize,
}

impl Tally {
    /// Share of the judged running that was over the ceiling.
    pub fn over_share(&self) -> f64 {
        let judged_s = self.unit_s - self.suspect_s;
        if judged_s > 0.0 { self.over_s / judged_s } else { 0.0 }
    }

    /// Share of the judged running that is believed to have been over the ceiling.
    pub fn believed_share(&self) -> f64 {
        let judged_s = self.unit_s - self.suspect_s;
        if judged_s > 0.0 { self.believed_s / judged_s } else { 0.0 }
    }

    /// Share of the running whose speed is missing or doubtful.
    pub fn suspect_share(&self) -> f64 {
        if self.unit_s > 0.0 { self.suspect_s / self.unit_s } else { 0.0 }
    }
}

impl<'a> SessionContext<'a> {
    /// Measures a session and holds it against its ceiling.
    pub fn new(
        timeline: &'a Timeline,
        segmentation: &'a Segmentation,
        ceiling: &'a Ceiling,
        settings: &'a Settings,
    ) -> Self {
        let bouts = &segmentation.bouts;
        let speeds = Speeds::new(timeline, bouts);
        let mut stretches = stretch::stretches(timeline, bouts, &speeds);
        bursts::add_up(&mut stretches, timeline, bouts, &speeds);
        let bursts = stretches.bursts;
        let heart = heart(timeline, &stretches.stretches);
        let witness = Witness::new(timeline, bouts, &speeds);
        let stretches = judge::judge(stretches.stretches, &heart, timeline, ceiling, settings);
        let over_time = over_time(timeline, bouts, &speeds, ceiling, settings);
        let heart_limit = ceiling.heart_rate.as_ref().map(|limit| limit.value.as_bpm());
        let pace_witness = pace_witness(timeline, &stretches, heart_limit);
        let base = Some(pace_witness.base).filter(|&base| base > 0.0);
        let fault_kinds = sensor_faults::of_samples(timeline, bouts);
        let faults = sensor_faults(timeline, bouts, (&speeds, &heart), &fault_kinds, base);
        let mut stretches = stretches;
        for judged in stretches.iter_mut().filter(|judged| judged.counted) {
            judged.marks = marks(judged, &witness);
            judged.belief = belief(judged).unwrap_or(0.0);
        }
        let tally = tally(timeline, bouts, &stretches);
        let efforts = chain::efforts(&stretches);
        let chain = chain::chain(&stretches, timeline, bouts, &speeds, &witness, tally.run_s);
        let (chain, chain_weight) = (chain.efforts, chain.weight);
        let unseen = Unseen::of(Signal::Speed, timeline, bouts, (&stretches, &speeds), (ceiling, settings));
        Self {
            timeline,
            segmentation,
            ceiling,
            settings,
            speeds,
            heart,
            over_time,
            witness: pace_witness,
            faults,
            heart_rate: believed(timeline, &fault_kinds),
            stretches,
            bursts,
            efforts,
            chain,
            chain_weight,
            tally,
            unseen,
        }
    }

    /// True when the efforts come to intervals.
    pub fn is_intervals(&self) -> bool {
        self.chain_weight >= 1.0
    }

    /// True when pace is held against anything: the runner's ceiling, or those of steps over most of the running.
    pub fn has_pace_ceiling(&self) -> bool {
        let limited =
            |judged: &&JudgedStretch| self.settings.speed_limit(self.ceiling, &judged.stretch.range).is_some();
        let seconds = |judged: &JudgedStretch| judged.stretch.seconds;
        let limited_s: f64 = self.stretches.iter().filter(limited).map(seconds).sum();
        self.ceiling.speed.is_some() || limited_s > 0.0 && limited_s >= MOST_LIMITED * self.tally.unit_s
    }

    /// What was judged and what was not seen of the heart rate.
    pub fn unheard(&self) -> Unseen {
        let stretches = (self.stretches.as_slice(), &self.speeds);
        Unseen::of(Signal::HeartRate, self.timeline, self.bouts(), stretches, (self.ceiling, self.settings))
    }

    /// Seconds of a stretch.
    pub fn seconds(&self, range: &Range<usize>) -> f64 {
        self.timeline.duration(range.clone())
    }

    /// The bouts of the session.
    pub fn bouts(&self) -> &'a [Bout] {
        &self.segmentation.bouts
    }

    /// Stretches that can be judged, with their ratio to the ceiling.
    pub fn judged(&self) -> impl Iterator<Item = (&JudgedStretch, f64)> {
        self.stretches.iter().filter_map(|judged| Some((judged, judged.ratio?)))
    }

    /// Stretches that count as over, with their ratio to the ceiling.
    pub fn over(&self) -> impl Iterator<Item = (&JudgedStretch, f64)> {
        self.judged().filter(|(judged, _)| judged.counted)
    }

    /// How hard what was over the ceiling was, as a ratio to it, in a session of a class: the efforts of intervals and
    /// surges, each for itself; elsewhere most of the time, as a few strides beside a long run too fast are not how hard
    /// that was.
    pub fn typical_ratio(&self, class: Class) -> Option<f64> {
        match class {
            Class::DisguisedIntervals => median(&mut self.chain.iter().map(|effort| effort.ratio).collect::<Vec<_>>()),
            Class::Surges => median(&mut self.over().map(|(_, ratio)| ratio).collect::<Vec<_>>()),
            _ => median_over_time(self.over().map(|(judged, ratio)| (ratio, judged.stretch.seconds)).collect()),
        }
    }

    /// Share of the stretches whose heart rate is over its ceiling, of those where it can be told; `None` without any.
    pub fn heart_over_share(&self) -> Option<f64> {
        let known = self.stretches.iter().filter_map(|judged| judged.heart_over);
        let (n, over) = known.fold((0_u32, 0_u32), |(n, over), is_over| (n + 1, over + u32::from(is_over)));
        (n > 0).then(|| f64::from(over) / f64::from(n))
    }

    /// Stretches whose heart rate is over its ceiling: two or more, or a long one. A single short one may be the model's.
    pub fn heart_over(&self) -> Vec<&JudgedStretch> {
        let over: Vec<&JudgedStretch> =
            self.stretches.iter().filter(|judged| judged.heart_over == Some(true)).collect();
        let enough = over.len() >= 2 || over.iter().any(|judged| judged.stretch.seconds >= SURE_ALONE_S);
        if enough { over } else { Vec::new() }
    }

    /// Stretches with a tag.
    pub fn tagged(&self, tag: Tag) -> impl Iterator<Item = &JudgedStretch> {
        self.stretches.iter().filter(move |judged| judged.tags.contains(&tag))
    }
}

/// The marks of a stretch; `None` where its speed is not known.
fn marks(judged: &JudgedStretch, witness: &Witness) -> Option<Marks> {
    Some(witness.marks(&Peak::of(std::slice::from_ref(&judged.stretch), 0..1)?))
}

/// What they say.
fn belief(judged: &JudgedStretch) -> Option<f64> {
    Some(judged.marks?.without_rising_heart().belief(judged.ratio?, judged.climbs))
}

/// Share of a stretch's time over the ceiling that is believed: none of a short one whose marks speak against it, all of a
/// long one, which no noise of a receiver makes.
fn believed_share(judged: &JudgedStretch, has_witness: bool) -> f64 {
    let long = ((judged.stretch.seconds - ONE_SURGE_S as f64) / ONE_SURGE_S as f64).clamp(0.0, 1.0);
    let least = if has_witness { long } else { long.max(UNHEARD) };
    ((judged.belief - DISBELIEVED) / (BELIEVED - DISBELIEVED)).clamp(least, 1.0)
}

fn tally(timeline: &Timeline, bouts: &[Bout], stretches: &[JudgedStretch]) -> Tally {
    let of_gait = |gait: Gait| -> f64 {
        let bouts = bouts.iter().filter(|bout| bout.gait == gait);
        bouts.map(|bout| timeline.duration(bout.range.clone())).sum()
    };
    let mut tally = Tally { run_s: of_gait(Gait::Run), unknown_s: of_gait(Gait::Unknown), ..Tally::default() };
    let has_witness = timeline.signals.cadence || timeline.heart_rate_quality.trust >= 0.5;
    let mut covered = 0;
    for judged in stretches {
        let stretch = &judged.stretch;
        tally.unit_s += stretch.seconds;
        if stretch.speed.is_none() {
            tally.suspect_s += stretch.seconds;
        }
        if judged.counted {
            tally.over_s += judged.weight * stretch.seconds;
            tally.believed_s += judged.weight * believed_share(judged, has_witness) * stretch.seconds;
            tally.n_over += 1;
        }
        if judged.counted && !judged.climbs {
            let from = stretch.range.start.max(covered);
            let windows = stretch.range.end.saturating_sub(from).div_ceil(ONE_SURGE_S);
            tally.n_surges += windows;
            covered = from + windows * ONE_SURGE_S;
        }
    }
    tally
}
