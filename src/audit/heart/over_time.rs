//! Time over the ceiling on heart rate, second by second, from the cleaned series.
//!
//! Two limits are held against each second of running. A second is *over* when its heart rate is above the ceiling by
//! more than the ceiling's uncertainty and more than heat could explain; it is *not clear* when it is above the ceiling
//! and its uncertainty by more than an ordinary drift. Ordinary drift is 5 to 15 bpm over an hour at even pace (Wingo,
//! Ganio and Cureton, Exerc Sport Sci Rev 2012;40:88); heat adds to it. Both need a pace that is even or falls: where
//! it rises, a rising heart rate is effort. Without a speed nobody knows, so that drift clears nothing there, and an
//! ordinary drift is still not held against the runner.
//!
//! Short bouts end before the heart has caught up, so that they are judged whole: by their peak and by what the heart
//! was still to rise, least for what is over and most for what is clear. Heart rate follows with a time constant of
//! 57.6 ± 23.6 s (Hunt, Fankhauser and Saengsuwan, Biomed Eng Online 2015;14:112).
//!
//! Every number here rises with every heart rate and falls with the ceiling. The allowances come from time and pace
//! and never from the heart rate itself: an allowance that is measured in the series grows with the series, so that a
//! heart that climbs through a whole race would be drift.

use std::ops::Range;

use super::super::Settings;
use super::super::stretch::Speeds;
use crate::ceiling::Ceiling;
use crate::segment::{Bout, Gait};
use crate::timeline::{Flags, Timeline};

/// Time into the running from which ordinary drift and that of a hot day are allowed for, in seconds. Our choice: the
/// heart has warmed up by then, and the heat is there from the start.
const DRIFT_BEGINS_S: f64 = 300.0;
const HEAT_BEGINS_S: f64 = 120.0;
/// Ordinary drift: the upper end of what studies found over an hour at even pace, in bpm and bpm a second.
const DRIFT_BPM: f64 = 15.0;
const DRIFT_RATE: f64 = DRIFT_BPM / 3600.0;
/// Drift in the heat. The rate is that of a hot day without wind or drink; the bound is twice the ordinary one. Our
/// choice.
const HEAT_BPM: f64 = 30.0;
const HEAT_RATE: f64 = 1.2 / 60.0;
/// The running that shows whether a session begins above its ceiling, in seconds. Our choice: the heart has caught up, and
/// the hottest day has added 6 bpm.
const BEGINS_S: Range<f64> = 120.0..300.0;
/// Speed against that of the first minutes up to which pace is even. Our choice: nobody holds a pace to 5 %.
const EVEN: f64 = 1.05;
/// What of the running the pace of the first minutes is taken from, in seconds.
const FIRST_MINUTES_S: Range<f64> = 60.0..600.0;
/// Samples to each side over which pace is taken.
const PACE_REACH: usize = 60;
/// Bouts shorter than this end before the heart has caught up, in seconds.
const SHORT_S: f64 = 90.0;
/// Bouts shorter than these show nothing of their own, in seconds: nothing is added to their peak to call them over, and to
/// keep them from being clear. Our choice: half a time constant, and the shortest bout that pace judges.
const ACCUSED_S: f64 = 30.0;
const CLEARED_S: f64 = 15.0;
/// How far the heart has to rise at the start of a short bout, in bpm: from the end of a walk to easy running. Our
/// choice, from the level of a brisk walk and a time constant of a minute.
const RISE_BPM: f64 = 35.0;
/// Quick and slow time constants, in seconds: one standard deviation and its middle, in rounded numbers.
const QUICK_S: f64 = 35.0;
const SLOW_S: f64 = 58.0;
/// Time before the heart begins to follow, in seconds, and how long after a short bout its peak may come.
const DELAY_S: f64 = 5.0;
const PEAK_AFTER: usize = 10;
/// Samples after an effort in which the heart still follows it.
const FOLLOWS: usize = 30;
/// Samples over which a peak is taken, so that a single beat is none.
const PEAK: usize = 5;
/// A dip below the limit no longer than this does not end a time on end, in seconds. Our choice: sensors flicker.
const FLICKER_S: f64 = 5.0;
/// Share of a short bout whose heart rate must be known.
const LEAST_KNOWN: f64 = 0.5;
/// Excess over the ceiling and its uncertainty that no reading of the ceiling excuses, in bpm. Our choice.
const FAR_BPM: f64 = 8.0;

/// Standard deviation of the ceiling above which it is called rough, in bpm. Our choice: ceilings from age alone are off
/// by more.
const MOST_UNCERTAIN_BPM: f64 = 8.0;

/// How long the running was over the ceiling on heart rate.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::audit) struct OverTime {
    /// Running to which a ceiling on heart rate applies, in seconds.
    pub run_s: f64,
    /// Running whose heart rate is known, in seconds.
    pub known_s: f64,
    /// Above the ceiling and its uncertainty, whatever explains it.
    pub above: Spent,
    /// Over the ceiling: above it by more than the heat explains.
    pub over: Spent,
    /// Far over the ceiling.
    pub far: Spent,
    /// Not clearly under the ceiling: over it, or over it but for the heat.
    pub unclear: Spent,
    /// Time in short bouts that are not clear only for what the heart did not have the time to show, in seconds.
    pub hidden_s: f64,
    /// Share of the last third of the running that is above the ceiling.
    pub last_third: f64,
    /// Mean heart rate of what is above, in bpm; in short bouts, which are judged whole, their peak.
    pub over_bpm: Option<f64>,
    /// How much of what is above is in short bouts, in seconds, and how many bouts those are.
    pub in_short: (f64, usize),
    /// The most that was allowed for drift where it made a difference, in bpm.
    pub drift_bpm: Option<f64>,
    /// Run bouts over the ceiling that are short enough to be efforts, with their peak above it in bpm.
    pub bouts: Vec<(Range<usize>, f64)>,
    /// For each sample: over or clearly under; `None` outside the running, and where it is neither.
    pub samples: Vec<Option<bool>>,
}

/// Seconds that meet a condition: all of them, the most of them on end, and where that was.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::audit) struct Spent {
    /// All of them.
    pub seconds: f64,
    /// The most on end, within one run bout.
    pub longest_s: f64,
    /// The samples of that.
    pub longest: Range<usize>,
}

impl OverTime {
    /// Share of the running that is over.
    pub fn over_share(&self) -> f64 {
        share(self.over.seconds, self.run_s)
    }

    /// Share of the running that is above the ceiling.
    pub fn above_share(&self) -> f64 {
        share(self.above.seconds, self.run_s)
    }

    /// True when a third of an effort and of the half minute after it, in which the heart follows, is over.
    pub fn shows_in(&self, effort: &Range<usize>) -> bool {
        let end = (effort.end + FOLLOWS).min(self.samples.len());
        let samples = self.samples.get(effort.start..end).unwrap_or_default();
        !samples.is_empty() && 3 * samples.iter().filter(|&&sample| sample == Some(true)).count() >= effort.len()
    }

    /// Whether most of a stretch is over; `None` where most of it is neither over nor clearly under.
    pub fn is_over(&self, stretch: &Range<usize>) -> Option<bool> {
        let samples = self.samples.get(stretch.clone()).unwrap_or_default();
        let most = |over: bool| 2 * samples.iter().filter(|&&sample| sample == Some(over)).count() > stretch.len();
        if most(true) { Some(true) } else { most(false).then_some(false) }
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// What is held against one sample.
#[derive(Debug, Clone, Copy)]
struct Second {
    /// Heart rate above the ceiling in bpm, for what is over and for what is clear; `None` where it is unknown.
    excess: Option<(f64, f64)>,
    /// Standard deviation of the ceiling.
    uncertainty: f64,
    /// What is allowed for heat and for ordinary drift.
    allowed: (f64, f64),
}

/// Holds each second of running against the ceiling on heart rate.
pub(in crate::audit) fn over_time(
    timeline: &Timeline,
    bouts: &[Bout],
    speeds: &Speeds,
    ceiling: &Ceiling,
    settings: &Settings,
) -> OverTime {
    let mut time = OverTime { samples: vec![None; timeline.len()], ..OverTime::default() };
    if ceiling.heart_rate.is_none() && settings.steps.iter().all(|step| step.heart_rate.is_none()) {
        return time;
    }
    let runs = || bouts.iter().filter(|bout| bout.gait == Gait::Run);
    let run_s: f64 = runs().map(|bout| timeline.duration(bout.range.clone())).sum();
    let first = first_pace(timeline, bouts, speeds);
    let begins_above = begins_above(timeline, bouts, ceiling, settings);
    let (mut done_s, mut last_third_s, mut sum) = (0.0, 0.0, 0.0);
    for bout in runs() {
        let short = ShortBout::new(timeline, bout);
        let mut streaks: [Streak; 4] = Default::default();
        let mut peak = f64::NEG_INFINITY;
        for i in bout.range.clone() {
            let seconds = timeline.span(i);
            done_s += seconds;
            let Some((limit, uncertainty)) = settings.heart_rate_limit(ceiling, &(i..i + 1)) else { continue };
            let limit = limit.as_bpm();
            let excess = match &short {
                Some(short) => short.levels.map(|(least, most)| (least - limit, most - limit)),
                None => usable(timeline, i).map(|bpm| (bpm - limit, bpm - limit)),
            };
            // What a sensor reads before it falls to the level of the run is not believed, and clears nothing.
            let doubtful = timeline.flags[i].has(Flags::DOUBTFUL_HEART_RATE) && timeline.heart_rate.get(i).is_none();
            let allowed = if begins_above { (0.0, 0.0) } else { allowed(timeline, speeds, bout, i, first, done_s) };
            let second = Second { excess, uncertainty, allowed };
            time.run_s += seconds;
            time.known_s += if excess.is_some() { seconds } else { 0.0 };
            let over = second.is_over(0.0);
            time.samples[i] = excess.map(|_| over).filter(|&over| over || !second.is_unclear());
            streaks[0].step(i, seconds, over, &mut time.over);
            streaks[1].step(i, seconds, second.is_over(FAR_BPM), &mut time.far);
            streaks[2].step(i, seconds, doubtful || second.is_unclear(), &mut time.unclear);
            let above = second.is_above();
            streaks[3].step(i, seconds, above, &mut time.above);
            if above {
                let shown = short.as_ref().map(|short| short.peak).or_else(|| usable(timeline, i));
                sum += seconds * shown.unwrap_or(limit);
                time.in_short.0 += if short.is_some() { seconds } else { 0.0 };
                last_third_s += if done_s > run_s * 2.0 / 3.0 { seconds } else { 0.0 };
            }
            if let Some((_, most)) = excess.filter(|&(least, _)| short.is_some() && !over && least <= uncertainty) {
                time.hidden_s += if most > uncertainty + allowed.1 { seconds } else { 0.0 };
            }
            if let Some((excess, _)) = excess.filter(|_| over) {
                peak = peak.max(excess);
            }
            let by_drift = above && !second.is_unclear();
            if by_drift {
                time.drift_bpm = Some(time.drift_bpm.unwrap_or(0.0).max(allowed.1));
            }
        }
        if peak.is_finite() {
            time.bouts.push((bout.range.clone(), peak));
            time.in_short.1 += usize::from(short.is_some());
        }
    }
    time.last_third = share(last_third_s, run_s / 3.0);
    time.over_bpm = (time.above.seconds > 0.0).then(|| sum / time.above.seconds);
    time
}

impl Second {
    fn is_over(&self, by: f64) -> bool {
        self.excess.is_some_and(|(least, _)| least > self.uncertainty + self.allowed.0 + by)
    }

    fn is_above(&self) -> bool {
        self.excess.is_some_and(|(least, _)| least > self.uncertainty)
    }

    fn is_unclear(&self) -> bool {
        // A rough ceiling clears only what is as far below it as it may be off.
        let margin = if is_rough_bpm(self.uncertainty) { -self.uncertainty } else { self.uncertainty };
        self.excess.is_some_and(|(_, most)| most > margin + self.allowed.1)
    }
}

/// A time on end that may go on.
#[derive(Debug, Clone, Default)]
struct Streak {
    seconds: f64,
    start: usize,
    dip_s: f64,
}

impl Streak {
    fn step(&mut self, i: usize, seconds: f64, meets: bool, spent: &mut Spent) {
        if !meets {
            self.dip_s += seconds;
            if self.dip_s > FLICKER_S {
                self.seconds = 0.0;
            }
            return;
        }
        if self.seconds <= 0.0 {
            (self.seconds, self.start) = (0.0, i);
        } else {
            self.seconds += self.dip_s;
        }
        self.dip_s = 0.0;
        self.seconds += seconds;
        spent.seconds += seconds;
        if self.seconds > spent.longest_s {
            (spent.longest_s, spent.longest) = (self.seconds, self.start..i + 1);
        }
    }
}

/// A bout that ends before the heart has caught up.
struct ShortBout {
    /// The least and the most that its effort can ask for, in bpm; `None` where its heart rate is unknown.
    levels: Option<(f64, f64)>,
    /// The highest heart rate that it shows, in bpm.
    peak: f64,
}

impl ShortBout {
    fn new(timeline: &Timeline, bout: &Bout) -> Option<Self> {
        let seconds = timeline.duration(bout.range.clone());
        if seconds >= SHORT_S {
            return None;
        }
        let known = bout.range.clone().filter(|&i| usable(timeline, i).is_some()).count();
        let around = bout.range.start..(bout.range.end + PEAK_AFTER).min(timeline.len());
        let beats: Vec<Option<f64>> = around.map(|i| usable(timeline, i)).collect();
        let peak = beats.windows(PEAK).filter_map(mean).fold(f64::NEG_INFINITY, f64::max);
        // The heart rate of the shortest bouts is that of what came before them.
        let rest = |time_constant_s: f64, shortest_s: f64| {
            let rise = if seconds < shortest_s { 0.0 } else { RISE_BPM };
            rise * (-(seconds - DELAY_S).max(0.0) / time_constant_s).exp()
        };
        let enough = known as f64 >= LEAST_KNOWN * bout.range.len() as f64 && peak.is_finite();
        Some(Self { levels: enough.then(|| (peak + rest(QUICK_S, ACCUSED_S), peak + rest(SLOW_S, CLEARED_S))), peak })
    }
}

fn mean(values: &[Option<f64>]) -> Option<f64> {
    let sum = values.iter().try_fold(0.0, |sum, value| value.map(|value| sum + value))?;
    Some(sum / values.len() as f64)
}

/// Heart rate of a sample that can be believed.
pub(in crate::audit) fn usable(timeline: &Timeline, i: usize) -> Option<f64> {
    timeline.heart_rate.get(i).filter(|_| !timeline.flags[i].has(Flags::DOUBTFUL_HEART_RATE))
}

/// Speed of the first minutes of running; `None` without a speed.
fn first_pace(timeline: &Timeline, bouts: &[Bout], speeds: &Speeds) -> Option<f64> {
    let (mut done_s, mut sum, mut time) = (0.0, 0.0, 0.0);
    for bout in bouts.iter().filter(|bout| bout.gait == Gait::Run) {
        for i in bout.range.clone() {
            done_s += timeline.span(i);
            let (meters, seconds) =
                if FIRST_MINUTES_S.contains(&done_s) { speeds.graded.over(i..i + 1) } else { (0.0, 0.0) };
            (sum, time) = (sum + meters, time + seconds);
        }
    }
    (time > 0.0).then(|| sum / time)
}

/// True when the running begins above the ceiling: then neither heat nor drift took it there.
fn begins_above(timeline: &Timeline, bouts: &[Bout], ceiling: &Ceiling, settings: &Settings) -> bool {
    let (mut done_s, mut above, mut known) = (0.0, 0.0, 0.0);
    for i in bouts.iter().filter(|bout| bout.gait == Gait::Run).flat_map(|bout| bout.range.clone()) {
        done_s += timeline.span(i);
        let limit = settings.heart_rate_limit(ceiling, &(i..i + 1));
        if let Some((bpm, (limit, uncertainty))) = usable(timeline, i).zip(limit).filter(|_| BEGINS_S.contains(&done_s))
        {
            known += 1.0;
            above += if bpm > limit.as_bpm() + uncertainty { 1.0 } else { 0.0 };
        }
    }
    known > 0.0 && 2.0 * above >= known
}

/// What is allowed for heat and for ordinary drift at a sample, in bpm.
fn allowed(timeline: &Timeline, speeds: &Speeds, bout: &Bout, i: usize, first: Option<f64>, done_s: f64) -> (f64, f64) {
    let since = |start_s: f64| (done_s - start_s).max(0.0);
    let heat = (HEAT_RATE * since(HEAT_BEGINS_S)).min(HEAT_BPM);
    let ordinary = (DRIFT_RATE * since(DRIFT_BEGINS_S)).min(DRIFT_BPM);
    let around =
        i.saturating_sub(PACE_REACH).max(bout.range.start)..(i + PACE_REACH).min(bout.range.end).min(timeline.len());
    match first.zip(speeds.graded.mean(around)) {
        Some((first, now)) if now <= EVEN * first => (heat, ordinary),
        Some(_) => (0.0, 0.0),
        None => (ordinary, 0.0),
    }
}

/// True when a ceiling with this standard deviation in bpm is so uncertain that only what is far from it is believed.
pub(in crate::audit) fn is_rough_bpm(uncertainty: f64) -> bool {
    uncertainty > MOST_UNCERTAIN_BPM
}
