//! The same run in two files: watch and phone, FIT and GPX. It counts once.
//!
//! Two files at one time are of one run where they were at the same place, or, where one of them does not know that,
//! where speed or heart rate took the same course. Equal times and means are no proof: two who run together have them.

use super::Run;
use super::trace::{STEP_S, Trace};
use crate::audit::Class;

/// A run that is in two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duplicate {
    /// The one that counts: it knows more, or says worse.
    pub kept: usize,
    /// The one that does not.
    pub dropped: usize,
}

/// How much of the shorter of two runs must lie within the other for them to be one: clocks differ, and one of two
/// watches is started late. Our choice.
const SHARED: f64 = 0.5;
/// Clocks may differ by so many steps.
const MOST_LAG: i64 = 2;
/// Half a step in seconds, by which clocks are tried.
const HALF_STEP_S: i64 = 10;
/// Places of one run are no farther apart than this, the middle one and nine in ten, in metres. Our choice: receivers
/// in a town, and clocks that differ by some seconds.
const APART_M: f64 = 50.0;
const SELDOM_APART_M: f64 = 100.0;
/// Steps that two courses need in common.
const LEAST_PLACES: usize = 5;
const LEAST_STEPS: usize = 12;
/// Spread of speed, as a share of its mean, from which its course says something; and how closely two courses have to be
/// correlated to be one, or not to contradict that the places are. Our choice.
const SPEED_VARIES: f64 = 0.15;
const SAME_COURSE: f64 = 0.7;
const NO_OTHER_COURSE: f64 = 0.4;
/// The same for heart rate, in beats a minute; and the mean difference that is that of two sensors.
const HEART_VARIES: f64 = 4.0;
const SAME_HEART: f64 = 0.85;
const SAME_HEART_BPM: f64 = 8.0;
/// Mean speeds, or distances, of one run differ by less than this share. Of 100 pairs of real files two differed by more
/// than 3 %, by 8 and by 10 %.
const ALIKE: f64 = 0.12;

/// Finds runs that are in several files. The one that knows most about speed is kept; none hides a worse verdict.
pub(super) fn find(runs: &[Run]) -> Vec<Duplicate> {
    let mut timed: Vec<(f64, usize)> =
        runs.iter().enumerate().filter_map(|(i, run)| Some((run.start?.as_unix_seconds(), i))).collect();
    timed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut duplicates: Vec<Duplicate> = Vec::new();
    let mut kept: Vec<usize> = Vec::new();
    for (start, next) in timed {
        kept.retain(|&other| end(&runs[other]) > start);
        let known = |&other: &usize| is_same_run(&trace(&runs[other]), &trace(&runs[next]));
        let Some(place) = kept.iter().position(known) else {
            kept.push(next);
            continue;
        };
        let last = kept[place];
        let better = replaces((runs[next].class, &trace(&runs[next])), (runs[last].class, &trace(&runs[last])));
        let (winner, loser) = if better { (next, last) } else { (last, next) };
        for earlier in duplicates.iter_mut().filter(|duplicate| duplicate.kept == loser) {
            earlier.kept = winner;
        }
        duplicates.push(Duplicate { kept: winner, dropped: loser });
        kept[place] = winner;
    }
    duplicates.sort_by_key(|duplicate| duplicate.dropped);
    duplicates
}

fn end(run: &Run) -> f64 {
    run.start.map_or(f64::NEG_INFINITY, |start| start.as_unix_seconds() + run.elapsed_s)
}

/// The trace of a run, whose times are those of the run.
fn trace(run: &Run) -> Trace {
    let start_s = run.start.map_or(run.trace.start_s, |start| start.as_unix_seconds() as i64);
    Trace { start_s, elapsed_s: run.elapsed_s as u32, n_signals: run.n_signals as u8, ..run.trace.clone() }
}

/// True when of two files of one run the first counts: it is over and the other is not, or worse; else it knows more
/// about speed; else it says worse; else it has more signals.
pub fn replaces(a: (Class, &Trace), b: (Class, &Trace)) -> bool {
    let is_over = a.0.is_over() || b.0.is_over();
    let worse = b.0.cmp(&a.0);
    let knows = a.1.speed_rank.cmp(&b.1.speed_rank);
    let order = if is_over { worse.then(knows) } else { knows.then(worse) };
    order.then(a.1.n_signals.cmp(&b.1.n_signals)).is_gt()
}

/// True when two files are of one run.
pub fn is_same_run(a: &Trace, b: &Trace) -> bool {
    let shortest = f64::from(a.elapsed_s.min(b.elapsed_s));
    if common_s(a, b) < SHARED * shortest {
        return false;
    }
    let speeds = course(&a.speeds, &b.speeds, a, b);
    let speed = speeds.varies(SPEED_VARIES * speeds.mean());
    match is_same_place(a, b) {
        Some(false) => false,
        Some(true) => speed.is_none_or(|same| same >= NO_OTHER_COURSE) && speeds.is_alike(),
        None => {
            let hearts = course(&a.hearts, &b.hearts, a, b);
            let heart = hearts.varies(10.0 * HEART_VARIES);
            let same_heart = heart.map(|same| same >= SAME_HEART && hearts.difference() <= 10.0 * SAME_HEART_BPM);
            match (speed, same_heart) {
                (Some(same), heart) => same >= SAME_COURSE && heart != Some(false),
                (None, Some(same)) => same && speeds.is_alike(),
                // Nothing that changed can be compared.
                (None, None) => is_same_time(a, b) && is_same_distance(a, b) && speeds.is_alike() && hearts.is_alike(),
            }
        }
    }
}

/// The seconds that two runs have in common; negative between apart ones.
fn common_s(a: &Trace, b: &Trace) -> f64 {
    let end = |trace: &Trace| trace.start_s + i64::from(trace.elapsed_s);
    (end(a).min(end(b)) - a.start_s.max(b.start_s)) as f64
}

/// Files of one run begin and end together but for this, as watches wait for satellites and programs leave out points
/// without a place: of 99 pairs of real files of one run none began more than 2 s apart or differed by more than 3 s.
const TOGETHER_S: f64 = 5.0;
/// The same for long runs, as a share of their length.
const TOGETHER: f64 = 0.01;

fn is_same_time(a: &Trace, b: &Trace) -> bool {
    let longest = f64::from(a.elapsed_s.max(b.elapsed_s));
    longest - common_s(a, b) <= TOGETHER_S.max(longest * TOGETHER)
}

fn is_same_distance(a: &Trace, b: &Trace) -> bool {
    let (short, long) = (a.distance_m.min(b.distance_m), a.distance_m.max(b.distance_m));
    short == 0 || f64::from(long - short) <= ALIKE * f64::from(long)
}

/// True where both were at the same places at the same times, clocks that differ a little allowed for; `None` where too
/// few places are known.
fn is_same_place(a: &Trace, b: &Trace) -> Option<bool> {
    let mut known = false;
    for lag in -MOST_LAG..=MOST_LAG {
        let mut apart: Vec<f64> = a
            .places
            .iter()
            .enumerate()
            .filter_map(|(i, place)| {
                let (north, east) = (*place)?;
                let (to_north, to_east) = place_at(b, a.start_s + i64::try_from(i * STEP_S).ok()? + lag * HALF_STEP_S)?;
                let meters = 0.111_2;
                let by_east = (f64::from(east) - to_east) * meters * (f64::from(north) / 1e6).to_radians().cos();
                Some(((f64::from(north) - to_north) * meters).hypot(by_east))
            })
            .collect();
        if apart.len() < LEAST_PLACES {
            continue;
        }
        known = true;
        apart.sort_unstable_by(f64::total_cmp);
        if apart[apart.len() / 2] <= APART_M && apart[apart.len() * 9 / 10] <= SELDOM_APART_M {
            return Some(true);
        }
    }
    known.then_some(false)
}

/// The place at a moment, on the line between two steps.
fn place_at(trace: &Trace, second: i64) -> Option<(f64, f64)> {
    let since = usize::try_from(second - trace.start_s).ok()?;
    let (i, part) = (since / STEP_S, (since % STEP_S) as f64 / STEP_S as f64);
    let from = (*trace.places.get(i)?)?;
    let to = trace.places.get(i + 1).copied().flatten().unwrap_or(from);
    let between = |a: i32, b: i32| f64::from(a) + (f64::from(b) - f64::from(a)) * part;
    Some((between(from.0, to.0), between(from.1, to.1)))
}

/// Two courses, step by step, at the lag at which they fit best.
#[derive(Debug, Default)]
struct Courses(Vec<(f64, f64)>);

fn course(of_a: &[Option<u16>], of_b: &[Option<u16>], a: &Trace, b: &Trace) -> Courses {
    let offset = (a.start_s - b.start_s) as f64 / STEP_S as f64;
    let at = |lag: i64| {
        let pairs = of_a.iter().enumerate().filter_map(|(i, value)| {
            let place = usize::try_from((i as f64 + offset).round() as i64 + lag).ok()?;
            Some((f64::from((*value)?), f64::from((*of_b.get(place)?)?)))
        });
        Courses(pairs.collect())
    };
    let lags = (-MOST_LAG..=MOST_LAG).map(at).filter(|courses| courses.0.len() >= LEAST_STEPS);
    lags.max_by(|a, b| a.correlation().total_cmp(&b.correlation())).unwrap_or_default()
}

impl Courses {
    fn means(&self) -> (f64, f64) {
        let n = self.0.len().max(1) as f64;
        let (a, b) = self.0.iter().fold((0.0, 0.0), |(a, b), pair| (a + pair.0, b + pair.1));
        (a / n, b / n)
    }

    fn mean(&self) -> f64 {
        let (a, b) = self.means();
        f64::midpoint(a, b)
    }

    /// Variances and covariance.
    fn spread(&self) -> (f64, f64, f64) {
        let (mean_a, mean_b) = self.means();
        let n = self.0.len().max(1) as f64;
        let sums = self.0.iter().fold((0.0, 0.0, 0.0), |(aa, bb, ab), &(a, b)| {
            let (a, b) = (a - mean_a, b - mean_b);
            (aa + a * a, bb + b * b, ab + a * b)
        });
        (sums.0 / n, sums.1 / n, sums.2 / n)
    }

    fn correlation(&self) -> f64 {
        let (a, b, both) = self.spread();
        if a > 0.0 && b > 0.0 { both / (a * b).sqrt() } else { 0.0 }
    }

    /// The correlation where either changes by so much, as a standard deviation; `None` where nothing can be compared.
    fn varies(&self, least: f64) -> Option<f64> {
        let (a, b, _) = self.spread();
        (!self.0.is_empty() && a.max(b).sqrt() >= least).then(|| self.correlation())
    }

    /// Mean difference.
    fn difference(&self) -> f64 {
        self.0.iter().map(|(a, b)| (a - b).abs()).sum::<f64>() / self.0.len().max(1) as f64
    }

    /// True unless the means differ by more than two devices would.
    fn is_alike(&self) -> bool {
        let (a, b) = self.means();
        (a - b).abs() <= ALIKE * a.max(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A run of half an hour to the north at speeds in centimetres a second, one for each step.
    fn ran(start_s: i64, speed: impl Fn(usize) -> u16) -> Trace {
        let speeds: Vec<u16> = (0..90).map(speed).collect();
        let way = |steps: &[u16]| steps.iter().map(|&v| i32::from(v) * 20).sum::<i32>();
        let place = |i: usize| Some((48_000_000 + way(&speeds[..i]) / 11, 7_000_000));
        Trace {
            start_s,
            elapsed_s: 1800,
            distance_m: (way(&speeds) / 100) as u32,
            speed_rank: 2,
            n_signals: 3,
            places: (0..90).map(place).collect(),
            speeds: speeds.iter().map(|&v| Some(v)).collect(),
            hearts: speeds.iter().map(|&v| Some(900 + v * 2)).collect(),
        }
    }

    fn easy(_: usize) -> u16 {
        250
    }

    fn efforts(i: usize) -> u16 {
        if i % 9 < 3 { 350 } else { 220 }
    }

    fn without_places(trace: Trace) -> Trace {
        Trace { places: vec![None; 90], ..trace }
    }

    fn heart_only(trace: Trace) -> Trace {
        Trace { speeds: vec![None; 90], speed_rank: 0, distance_m: 0, ..without_places(trace) }
    }

    #[test]
    fn one_run_is_at_one_place_or_takes_one_course() {
        let run = ran(1000, efforts);
        assert!(is_same_run(&run, &run));
        assert!(is_same_run(&run, &ran(1003, efforts)), "the clocks differ by some seconds");
        assert!(!is_same_run(&run, &ran(1000, easy)), "side by side for a while, then apart");
        assert!(!is_same_run(&run, &ran(5000, efforts)), "the same course at another time");
        let indoors = without_places(run.clone());
        assert!(is_same_run(&run, &indoors) && is_same_run(&indoors, &run), "speed took the same course");
        assert!(!is_same_run(&indoors, &without_places(ran(1000, easy))), "two on treadmills");
        let strap = heart_only(run.clone());
        assert!(is_same_run(&run, &strap), "the heart took the same course");
        assert!(!is_same_run(&heart_only(ran(1000, |i| efforts(i + 4))), &strap), "two hearts");
    }

    #[test]
    fn the_worse_counts_and_else_the_one_that_knows_more() {
        let watch = ran(0, easy);
        let phone = Trace { speed_rank: 1, ..watch.clone() };
        let strap = heart_only(watch.clone());
        let check = |a: (Class, &Trace), b: (Class, &Trace), first: bool| {
            assert_eq!((replaces(a, b), replaces(b, a)), (first, !first), "{:?} {:?}", a.0, b.0);
        };
        check((Class::DisguisedIntervals, &strap), (Class::Easy, &watch), true);
        check((Class::Surges, &phone), (Class::Undetermined, &watch), true);
        check((Class::AboveEasy, &phone), (Class::Surges, &watch), true);
        // An undetermined verdict gives way to a recording that knows more about speed, and to no other.
        check((Class::Easy, &watch), (Class::Undetermined, &strap), true);
        check((Class::Easy, &phone), (Class::Undetermined, &watch), false);
        check((Class::Easy, &watch), (Class::Undetermined, &watch), false);
        check((Class::Easy, &watch), (Class::Easy, &phone), true);
    }
}
