//! Finds efforts that follow one another with recoveries between: what makes a run an interval session.
//!
//! The efforts are the peaks of the session, which the ceiling has no part in; it only says which of them are hard. Of
//! all rows of hard peaks with a recovery between any two, the one with the most believed effort counts. Whatever the
//! ceiling, the same rows are there to choose from, only fewer under a higher one: so a higher ceiling never makes
//! intervals of anything.

use std::ops::Range;

use super::evidence::{Marks, Witness};
use super::judge::{HILL, JudgedStretch, OVER, SURE, SURE_OF_SURGE};
use super::noise::median;
use super::peak::{LONGEST_S, Peak, peaks};
use super::row::heaviest_row;
use super::stretch::{Kind, Speeds, Stretch};
use super::sums::Sums;
use crate::segment::{Bout, Gait};
use crate::timeline::Timeline;

/// Ratio to the ceiling from which an effort is hard. Our choice: three per cent beyond the grey band.
pub(super) const HARD: f64 = 1.08;
/// The same for an effort that does not stand out from the running around it by so much, on the logarithm: a planned
/// run and walk at 8 % over the ceiling is too fast throughout and no intervals. Our choice: close to marathon effort.
const HARD_ALONE: f64 = 1.10;
const STANDS_OUT: f64 = 0.10;
/// Shortest effort of an interval session, in seconds. Our choice: 100 m.
const SHORTEST_S: f64 = 16.0;
/// Length of sprints in seconds, and how far they are believed at least: chance makes no row of them.
const SHORTEST_SPRINT_S: f64 = 8.0;
const LONGEST_SPRINT_S: f64 = 60.0;
const SPRINT_BELIEF: f64 = 0.3;
/// Sprints that make an interval session by their number, however short: so many that are a third faster than the running
/// around them, or so many that are twice as fast; each on the logarithm. Strides after an easy run are fewer, or slower.
///
/// Of 178 runs that three runners call easy, with or without strides and hills, none has more than four of the first or
/// three of the second. Of their 67 interval sessions four have 10 to 17 of the first, all of one runner, and two have four
/// or five of the second, both of another, and nothing else finds them. Left out one runner at a time, any number from 5 to
/// 10 of the first accuses nobody and finds the same four, so that 8 rests on the margin and not on a fit.
const MANY: usize = 8;
const MANY_CONTRAST: f64 = 0.3;
const DOUBLE: usize = 4;
const DOUBLE_CONTRAST: f64 = std::f64::consts::LN_2;
/// Believed minutes of sprints that make an interval session. Our choice: a minute is more than a habit.
const ENOUGH_SPRINTS_MIN: f64 = 1.0;
/// Longest time from the end of one effort to the start of the next, in samples, and the same after efforts that are
/// faster than the running around them by the last number, on the logarithm: repetitions of 200 to 400 m and sets of
/// them are run with rests of five minutes and more. Our choice.
const LONGEST_RECOVERY: usize = 300;
const LONGEST_RECOVERY_OF_FAST: usize = 600;
const FAST: f64 = 0.22;
/// Shortest time that is a recovery, in seconds. Our choice.
const SHORTEST_RECOVERY_S: f64 = 15.0;
/// A recovery that is run is slower than both efforts by this factor. Our choice.
///
/// Asking for recoveries under the ceiling misses sessions of 400 m fast, 400 m brisk, as met in real files.
const CONTRAST: f64 = 1.12;
/// What an effort weighs: its minutes beyond the first number of seconds, up to the second. Strides of 20 s weigh
/// little, and no effort carries a session alone. Our choice.
const WEIGHS_FROM_S: f64 = 12.0;
const WEIGHS_TO_S: f64 = 100.0;
/// Length of strides within a run in seconds, and by how much less they weigh: they end before breath and heart know of
/// them. Sprints between rests are repetitions. Our choice.
const STRIDE_S: f64 = 28.0;
const STRIDE_WEIGHT: f64 = 0.4;
/// What two efforts of one length and one speed add for each minute that the shorter weighs, what any two take away, and
/// how far length and speed may differ, on the logarithm. Our choice: chance is not regular.
const REGULAR: f64 = 0.5;
const ANY_TWO: f64 = -0.15;
const FAR_APART: f64 = -0.3;
const SAME_LENGTH: f64 = 0.7;
const SAME_SPEED: f64 = 0.12;
/// Minutes of believed effort that make an interval session; less in a short run, more in a long one, by share of the
/// running. Our choice, set by hand on the seasons of three runners and not on others: 53 of their 67 interval sessions are
/// found by it, and one of their 158 easy runs.
const ENOUGH_MIN: f64 = 0.85;
const ENOUGH_SHARE: std::ops::RangeInclusive<f64> = 0.026..=0.04;
/// Efforts that make a row.
const ROW: usize = 3;
/// Two long efforts are a row too, when each is believed by so much, is a minute or more, and both are a fifth of the
/// running: twice ten minutes. Our choice.
const PAIR_BELIEF: f64 = 0.5;
const PAIR_S: f64 = 60.0;
const PAIR_SHARE: f64 = 0.2;
/// Mean length of two efforts in seconds from which a rest that was stood between them may be a stop, and how much of
/// their mean their lengths may differ for it to be a rest. In real files from a town, a run at one pace with six or eight
/// automatic pauses has stretches of three to nine minutes that differ by half of their mean; repetitions with rests
/// stood are alike. Our choice.
const BETWEEN_STOPS_S: f64 = 150.0;
const UNEVEN: f64 = 0.2;
const MUCH_LONGER: f64 = 2.0;
/// Efforts that have a rhythm, and how many times their usual recovery sets an effort apart from them. Our choice.
const LEAST_RHYTHM: usize = 3;
const APART: f64 = 2.5;

/// The row of efforts that speaks most for intervals.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Chain {
    /// Its efforts; none where the session has no row.
    pub efforts: Vec<Effort>,
    /// Believed effort as a share of what makes an interval session: from 1 on it is one.
    pub weight: f64,
}

/// A peak that is hard under the ceiling.
#[derive(Debug, Clone)]
struct Candidate {
    peak: Peak,
    marks: Marks,
    ratio: f64,
    belief: f64,
}

impl Candidate {
    /// What it weighs, in minutes.
    fn minutes(&self) -> f64 {
        let minutes = (self.peak.seconds.min(WEIGHS_TO_S) - WEIGHS_FROM_S).max(0.0) / 60.0;
        let is_stride = self.peak.seconds <= STRIDE_S && !self.marks.between_rests;
        if is_stride { STRIDE_WEIGHT * minutes } else { minutes }
    }

    /// What it weighs as one of many sprints, in minutes: all of it, as far as it is believed.
    fn sprint_minutes(&self) -> f64 {
        self.belief * self.peak.seconds / 60.0
    }

    /// True for a short effort that is believed and stands out by a contrast.
    fn is_sprint(&self, contrast: f64) -> bool {
        let stands_out = self.marks.contrast.is_some_and(|of_it| of_it >= contrast);
        self.peak.seconds <= LONGEST_SPRINT_S && self.belief >= SPRINT_BELIEF && stands_out
    }

    fn stands_out(&self) -> bool {
        self.marks.contrast.is_some_and(|contrast| contrast >= STANDS_OUT)
    }

    fn is_fast(&self) -> bool {
        self.marks.contrast.is_none_or(|contrast| contrast >= FAST)
    }

    fn effort(&self) -> Effort {
        let Peak { range, seconds, bout, graded, raw, .. } = self.peak.clone();
        Effort { range, seconds, bout, ratio: self.ratio, graded, raw, counted: true, belief: self.belief }
    }
}

/// The row of hard efforts with a recovery between any two that speaks most for intervals.
pub(super) fn chain(
    stretches: &[JudgedStretch],
    timeline: &Timeline,
    bouts: &[Bout],
    speeds: &Speeds,
    witness: &Witness,
    run_s: f64,
) -> Chain {
    let plain: Vec<Stretch> = stretches.iter().map(|judged| judged.stretch.clone()).collect();
    let all: Vec<Candidate> =
        peaks(&plain).into_iter().filter_map(|peak| candidate(peak, stretches, witness)).collect();
    if all.len() < 2 {
        return Chain::default();
    }
    let between = Between::new(timeline, bouts, speeds);
    let sprints = sprints(&all, &between);
    let candidates: Vec<Candidate> = all.into_iter().filter(|candidate| candidate.peak.seconds >= SHORTEST_S).collect();
    let next = |at: usize| steps(&candidates, at, &between, Candidate::minutes);
    let (least, most) = (ENOUGH_SHARE.start() * run_s / 60.0, ENOUGH_SHARE.end() * run_s / 60.0);
    let enough = ENOUGH_MIN.clamp(least, most);
    let own = |candidate: &Candidate| candidate.minutes() * candidate.belief;
    let row = heaviest_row::<ROW, _>(&candidates.iter().map(own).collect::<Vec<_>>(), next);
    let efforts = |row: &[usize]| row.iter().map(|&at| candidates[at].effort()).collect::<Vec<_>>();
    if let Some((weight, row)) = &row
        && *weight >= enough
    {
        let mut efforts = efforts(row);
        drop_strays(&mut efforts);
        return Chain { efforts, weight: weight / enough };
    }
    if let Some(sprints) = sprints {
        return sprints;
    }
    if let Some(pair) = heaviest_pair(&candidates, next, run_s) {
        return Chain { efforts: efforts(&pair), weight: 1.0 };
    }
    row.map_or_else(Chain::default, |(weight, row)| Chain { efforts: efforts(&row), weight: weight / enough })
}

/// A peak with its marks, where it is hard.
fn candidate(peak: Peak, stretches: &[JudgedStretch], witness: &Witness) -> Option<Candidate> {
    let within = &stretches[peak.stretches.clone()];
    let mut ratio = 0.0;
    let mut sure = f64::INFINITY;
    for judged in within {
        ratio += judged.ratio? * judged.stretch.seconds / peak.seconds;
        let times = if judged.stretch.kind == Kind::Surge { SURE_OF_SURGE } else { SURE };
        sure = sure.min(times * judged.error);
    }
    let on_ground = ratio * peak.raw / peak.graded;
    let is_hill = on_ground <= 1.0 && ratio < HILL;
    if !(SHORTEST_SPRINT_S..=LONGEST_S).contains(&peak.seconds) || ratio < HARD || ratio.ln() < sure || is_hill {
        return None;
    }
    let known = if let [only] = within { only.marks } else { None };
    let marks = known.unwrap_or_else(|| witness.marks(&peak));
    let stands_out = marks.contrast.is_some_and(|contrast| contrast >= STANDS_OUT);
    let belief = marks.belief(ratio, on_ground <= OVER);
    (stands_out || ratio >= HARD_ALONE).then_some(Candidate { peak, marks, ratio, belief })
}

/// A row of sprints that makes an interval session, where there is one.
fn sprints(candidates: &[Candidate], between: &Between) -> Option<Chain> {
    row_of_sprints::<MANY>(candidates, between, MANY_CONTRAST)
        .or_else(|| row_of_sprints::<DOUBLE>(candidates, between, DOUBLE_CONTRAST))
}

fn row_of_sprints<const LEAST: usize>(candidates: &[Candidate], between: &Between, contrast: f64) -> Option<Chain> {
    let sprints: Vec<Candidate> = candidates.iter().filter(|one| one.is_sprint(contrast)).cloned().collect();
    let own: Vec<f64> = sprints.iter().map(Candidate::sprint_minutes).collect();
    let (minutes, row) = heaviest_row::<LEAST, _>(&own, |at| steps(&sprints, at, between, Candidate::sprint_minutes))?;
    let efforts = row.iter().map(|&at| sprints[at].effort()).collect();
    (minutes >= ENOUGH_SPRINTS_MIN).then_some(Chain { efforts, weight: minutes / ENOUGH_SPRINTS_MIN })
}

/// The candidates that one may follow, with what it adds, each weighed in minutes.
fn steps<'a>(
    candidates: &'a [Candidate],
    at: usize,
    between: &'a Between,
    minutes: fn(&Candidate) -> f64,
) -> impl Iterator<Item = (usize, f64)> + 'a {
    let after = &candidates[at];
    let near = move |before: &&Candidate| before.peak.range.end + LONGEST_RECOVERY_OF_FAST >= after.peak.range.start;
    let before = candidates[..at].iter().rev().take_while(near).enumerate();
    before.filter_map(move |(back, before)| Some((at - 1 - back, joined(before, after, between, minutes)?)))
}

/// What lies between the efforts.
struct Between {
    /// The speed of the running alone.
    running: Sums,
    /// The time of running and walking.
    moving: Sums,
}

impl Between {
    fn new(timeline: &Timeline, bouts: &[Bout], speeds: &Speeds) -> Self {
        let mut gaits = vec![Gait::Unknown; timeline.len()];
        for bout in bouts {
            gaits[bout.range.clone()].fill(bout.gait);
        }
        let of_run = |(speed, gait): (f64, &Gait)| if *gait == Gait::Run { speed } else { f64::NAN };
        let running: Vec<f64> = speeds.graded.samples(0..gaits.len()).zip(&gaits).map(of_run).collect();
        let of_moving = |gait: &Gait| if matches!(gait, Gait::Run | Gait::Walk) { 1.0 } else { f64::NAN };
        let moving: Vec<f64> = gaits.iter().map(of_moving).collect();
        Self { running: Sums::new(&running, timeline.elapsed_s), moving: Sums::new(&moving, timeline.elapsed_s) }
    }

    /// True when a gap between two efforts is a stop in a run, as at a crossing in a town: mostly stood, or with the timer
    /// stopped, between long stretches of uneven length that do not stand out from the running around them. A short sprint
    /// that stands out makes no effort of a much longer stretch beside it.
    ///
    /// It is asked of each two efforts and not of the whole row: which row is the heaviest depends on the ceiling.
    fn is_stop(&self, before: &Candidate, after: &Candidate) -> bool {
        let gap = before.peak.range.end..after.peak.range.start;
        let is_stood = self.moving.seconds(gap.clone()) < 0.5 * gap.len() as f64;
        let mut both = [before, after];
        both.sort_by(|a, b| a.peak.seconds.total_cmp(&b.peak.seconds));
        let [(shorter, short_s), (longer, long_s)] = both.map(|effort| (effort, effort.peak.seconds));
        let mean_s = f64::midpoint(short_s, long_s);
        let is_uneven = long_s - short_s > UNEVEN * mean_s;
        let stands_out = longer.stands_out() || shorter.stands_out() && MUCH_LONGER * short_s >= long_s;
        is_stood && mean_s >= BETWEEN_STOPS_S && is_uneven && !stands_out
    }
}

/// What it adds that one effort follows another; `None` where the runner does not recover between them.
fn joined(before: &Candidate, after: &Candidate, ways: &Between, minutes: fn(&Candidate) -> f64) -> Option<f64> {
    let (first, second) = (&before.peak, &after.peak);
    let between = first.range.end..second.range.start;
    if (between.len() as f64) < SHORTEST_RECOVERY_S {
        return None;
    }
    let longest = if before.is_fast() && after.is_fast() { LONGEST_RECOVERY_OF_FAST } else { LONGEST_RECOVERY };
    if between.len() > longest {
        return None;
    }
    let is_run = ways.running.seconds(between.clone()) >= 0.5 * between.len() as f64;
    let slower = |mean: f64| first.graded.min(second.graded) >= CONTRAST * mean;
    if is_run && !ways.running.mean(between.clone()).is_some_and(slower) {
        return None;
    }
    if ways.is_stop(before, after) {
        return None;
    }
    let alike = |a: f64, b: f64, within: f64| 1.0 - ((a / b).ln().abs() / within).min(1.0);
    let regular = alike(first.seconds, second.seconds, SAME_LENGTH) * alike(first.graded, second.graded, SAME_SPEED);
    let apart = if between.len() > LONGEST_RECOVERY { FAR_APART } else { 0.0 };
    Some((REGULAR * regular + ANY_TWO + apart) * minutes(before).min(minutes(after)))
}

/// Two long efforts that are a row of their own.
fn heaviest_pair<I: Iterator<Item = (usize, f64)>>(
    candidates: &[Candidate],
    steps: impl Fn(usize) -> I,
    run_s: f64,
) -> Option<Vec<usize>> {
    let is_long = |candidate: &Candidate| {
        candidate.belief >= PAIR_BELIEF && candidate.peak.seconds >= PAIR_S && candidate.ratio >= HARD_ALONE
    };
    let mut heaviest: Option<(f64, Vec<usize>)> = None;
    for (at, after) in candidates.iter().enumerate().filter(|(_, after)| is_long(after)) {
        for (before, _) in steps(at).filter(|&(before, _)| is_long(&candidates[before])) {
            let seconds = after.peak.seconds + candidates[before].peak.seconds;
            let heavier = heaviest.as_ref().is_none_or(|(most, _)| seconds > *most);
            if seconds >= PAIR_SHARE * run_s && heavier {
                heaviest = Some((seconds, vec![before, at]));
            }
        }
    }
    heaviest.map(|(_, pair)| pair)
}

/// Neighbouring stretches over the ceiling, as one effort.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Effort {
    /// Its samples.
    pub range: Range<usize>,
    /// How long it is, in seconds.
    pub seconds: f64,
    /// The bout in which it begins.
    pub bout: usize,
    /// Mean graded speed over ceiling speed.
    pub ratio: f64,
    /// Mean graded speed in metres per second.
    pub graded: f64,
    /// Mean speed over the ground in metres per second.
    pub raw: f64,
    /// It counts for the verdict.
    pub counted: bool,
    /// What its marks say, from -1, surely chance, to 1, surely made.
    pub belief: f64,
}

/// The efforts of a session: stretches that count as over, joined where nothing lies between them.
pub(super) fn efforts(stretches: &[JudgedStretch]) -> Vec<Effort> {
    let mut efforts: Vec<Effort> = Vec::new();
    for judged in stretches.iter().filter(|judged| judged.counted) {
        let (Some(ratio), Some(speed)) = (judged.ratio, judged.stretch.speed) else { continue };
        let stretch = &judged.stretch;
        match efforts.last_mut() {
            Some(last)
                if last.bout == stretch.bout
                    && stretch.range.start as f64 - (last.range.end as f64) < SHORTEST_RECOVERY_S =>
            {
                let share = stretch.seconds / (last.seconds + stretch.seconds);
                last.ratio += share * (ratio - last.ratio);
                last.graded += share * (speed.graded - last.graded);
                last.belief += share * (judged.belief - last.belief);
                last.raw += share * (speed.raw - last.raw);
                last.seconds += stretch.seconds;
                last.range.end = stretch.range.end;
            }
            _ => efforts.push(Effort {
                range: stretch.range.clone(),
                seconds: stretch.seconds,
                bout: stretch.bout,
                ratio,
                graded: speed.graded,
                raw: speed.raw,
                counted: true,
                belief: judged.belief,
            }),
        }
    }
    efforts
}

/// Drops a first and a last effort that stand apart from the rhythm of the others.
fn drop_strays(chain: &mut Vec<Effort>) {
    let gap = |pair: &[Effort]| pair[1].range.start.saturating_sub(pair[0].range.end) as f64;
    while chain.len() > LEAST_RHYTHM {
        let mut gaps: Vec<f64> = chain.windows(2).map(gap).collect();
        let (first, last) = (gaps[0], gaps[gaps.len() - 1]);
        let apart = APART * median(&mut gaps).unwrap_or(f64::INFINITY);
        if first > apart {
            chain.remove(0);
        } else if last > apart {
            chain.pop();
        } else {
            break;
        }
    }
}
