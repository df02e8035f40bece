//! A ceiling from the runner's own runs: what she runs steadily and without strain, with its band and the reasons.
//!
//! Most of what people run is easy, and what is not shows in it: a session of repetitions is uneven, a race brings the
//! heart near its highest rate. Of what is left, two thirds were slower than the proposal. It says what the runner does,
//! not what her body should do, so it ranks below everything that a person or a test gave.
//!
//! Blocks of 20 runs of four runners, each block alone, against the 90th percentile of the pace of the runs that the runners
//! themselves called easy that year: of 37 blocks 34 get a proposal, 3 too few even runs. The root mean square of the
//! error is 6.1 % with heart rate and 7.0 % without, on average 4 % on the slow side; three in four lie within 6 %, and
//! 32 of 34 within the band of nine in ten. What no block shows is what comes later: the first 20 runs of a beginner were
//! 17 % slower than the easy running of her season.

mod relation;
mod seen;

pub use seen::SeenRun;

use relation::Relation;

use super::WatchFacts;
use crate::model::{Note, NoteId};
use crate::units::{Date, HeartRate, Speed, UnitSystem, plural};

/// What the runner's own runs say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OwnRuns {
    /// The ceiling on speed, and one standard deviation of its logarithm.
    pub speed: Option<(Speed, f64)>,
    /// The ceiling on heart rate, and one standard deviation in bpm.
    pub heart_rate: Option<(HeartRate, f64)>,
    /// What the watch of the latest run knows.
    pub watch: WatchFacts,
    /// Why, and what is missing.
    pub notes: Vec<Note>,
}

/// Fewer steady runs than this show no habit: our choice.
pub const LEAST_RUNS: usize = 5;

/// From this many steady runs on the band is the one that was measured.
const ENOUGH_RUNS: usize = 10;

/// The spread of a steady run, from minute to minute as a share of its speed: runs of repetitions have 0.1 and more.
const STEADY: f64 = 0.08;

/// A run whose median heart rate is above this share of the highest that was seen is not easy, whatever its pace. Above
/// the first threshold of nearly everybody, at 85 ± 5 % of the peak (Sports 2026;14:29).
const HARD: f64 = 0.90;

/// The share of the steady runs that were slower than the proposal. Chosen on the blocks above, on the slow side of the
/// value with the least error: a ceiling that is too fast excuses, one that is too slow only holds back.
const SLOWER: f64 = 0.65;

/// One standard deviation on the logarithm of speed, with and without heart rate to tell the hard runs, and in bpm.
/// Measured on the blocks above, rounded up.
const WITH_HEART_RATE: f64 = 0.065;
const WITHOUT_HEART_RATE: f64 = 0.09;
const OF_HEART_RATE_BPM: f64 = 6.0;

/// A normal distribution has nine tenths within so many standard deviations.
const NINE_TENTHS: f64 = 1.645;

/// Runs older than this say little of today.
const OLD_DAYS: i32 = 84;

/// What the runs say, for a day where it is known, in sentences with these units. Runs before the rehab began show what the
/// runner could do before the lay-off, and are left out.
pub fn from_runs(
    all_runs: &[SeenRun],
    (on, rehab_started): (Option<Date>, Option<Date>),
    units: UnitSystem,
) -> OwnRuns {
    let is_of_now = |run: &&SeenRun| rehab_started.is_none_or(|started| run.date >= started);
    let runs: Vec<SeenRun> = all_runs.iter().filter(is_of_now).cloned().collect();
    let runs = runs.as_slice();
    let mut own = OwnRuns { watch: latest_watch(all_runs), ..OwnRuns::default() };
    if runs.len() < all_runs.len() {
        own.notes.push(Note::new(
            NoteId::OwnRunsBeforeRehab,
            format!(
                "{} from before the rehab began {} left out: the lay-off took from what they show",
                plural(all_runs.len() - runs.len(), "run", None),
                if all_runs.len() - runs.len() == 1 { "was" } else { "were" }
            ),
        ));
    }
    let highest = highest(runs);
    let steady: Vec<&SeenRun> = runs.iter().filter(|run| run.spread <= STEADY).collect();
    let is_hard = |run: &SeenRun| {
        run.heart_rate.zip(highest).is_some_and(|(rate, highest)| rate.as_bpm() > HARD * highest.as_bpm())
    };
    let easy: Vec<&SeenRun> = steady.iter().copied().filter(|run| !is_hard(run)).collect();
    let n_hard = steady.len() - easy.len();
    if easy.len() < LEAST_RUNS {
        own.notes.push(too_few(runs.len(), steady.len(), n_hard));
        return own;
    }
    let with_heart_rate: Vec<f64> = easy.iter().filter_map(|run| Some(run.heart_rate?.as_bpm())).collect();
    let tells_hard = highest.is_some() && with_heart_rate.len() >= LEAST_RUNS;
    let few = if easy.len() < ENOUGH_RUNS { 1.3 } else { 1.0 };
    let uncertainty = few * if tells_hard { WITH_HEART_RATE } else { WITHOUT_HEART_RATE };
    let speeds: Vec<f64> = easy.iter().map(|run| run.speed.as_meters_per_second()).collect();
    let Some(speed) = quantile(&speeds, SLOWER).map(Speed::from_meters_per_second) else { return own };
    own.speed = Some((speed, uncertainty));
    own.notes.push(why(runs, &easy, (speed, uncertainty), units));
    if tells_hard {
        own.heart_rate =
            quantile(&with_heart_rate, SLOWER).map(|bpm| (HeartRate::from_bpm(bpm.round()), few * OF_HEART_RATE_BPM));
        own.notes.extend(highest.map(|highest| about_hard_runs(n_hard, highest)));
        own.notes.extend(Relation::of(&steady).map(|relation| relation.note(units)));
    } else {
        own.notes.push(Note::new(
            NoteId::OwnRunsWithoutHeartRate,
            "without heart rate in five of these runs nothing shows which of them were hard, so the band is wider: a run \
             with a strap, or a talk test, narrows it",
        ));
    }
    let last = runs.iter().map(|run| run.date).max();
    if let Some(days) = on.zip(last).map(|(on, last)| on.days_since(last)).filter(|days| *days > OLD_DAYS) {
        own.notes.push(Note::new(
            NoteId::OwnRunsAreOld,
            format!("the last of these runs is {} weeks old: after a lay-off the easy pace is slower", days / 7),
        ));
    }
    own
}

/// The second-highest of the runs' highest heart rates: the highest of all is often a fault of the sensor. `None` with
/// fewer runs than five, of which the highest may well be an easy one.
fn highest(runs: &[SeenRun]) -> Option<HeartRate> {
    let mut rates: Vec<f64> = runs.iter().filter_map(|run| Some(run.heart_rate_max?.as_bpm())).collect();
    rates.sort_by(f64::total_cmp);
    (rates.len() >= LEAST_RUNS).then(|| HeartRate::from_bpm(rates[rates.len() - 2]))
}

fn latest_watch(runs: &[SeenRun]) -> WatchFacts {
    let known = runs.iter().filter(|run| run.watch != WatchFacts::default());
    known.max_by_key(|run| run.date).map_or_else(WatchFacts::default, |run| run.watch.clone())
}

fn why(runs: &[SeenRun], easy: &[&SeenRun], (speed, uncertainty): (Speed, f64), units: UnitSystem) -> Note {
    let at = |sign: f64| {
        let factor = (sign * NINE_TENTHS * uncertainty).exp();
        units.pace(Speed::from_meters_per_second(factor * speed.as_meters_per_second()))
    };
    let message = format!(
        "of {} that could be used, {} were steady and not hard; two thirds of those were slower than {}. In nine of ten \
         cases the easy limit lies between {} and {}. It is what you do, not what you should do: a talk test is better. \
         Until then easy_pace = \"{}\" and easy_pace_from = \"guess\" under [ceiling] in athlete.toml use it",
        plural(runs.len(), "run", None),
        easy.len(),
        units.pace(speed),
        at(1.0),
        at(-1.0),
        units.pace(speed),
    );
    Note::new(NoteId::OwnRuns, message)
}

fn about_hard_runs(n_hard: usize, highest: HeartRate) -> Note {
    let left_out = match n_hard {
        0 => "no steady run was".to_owned(),
        1 => "1 steady run was left out, being".to_owned(),
        n => format!("{n} steady runs were left out, being"),
    };
    let message = format!(
        "the highest heart rate in these runs is {highest}; {left_out} above {:.0} % of it. Whoever never ran hard has a \
         higher maximum than this",
        100.0 * HARD
    );
    Note::new(NoteId::OwnRunsHighestHeartRate, message)
}

/// What is missing, and how to get it.
fn too_few(n_runs: usize, n_steady: usize, n_hard: usize) -> Note {
    let message = match n_runs {
        _ if 2 * n_hard >= n_steady && n_steady >= LEAST_RUNS => format!(
            "{n_hard} of {n_steady} steady runs were above {:.0} % of the highest heart rate seen: what you run is not \
             easy, and no easy pace can be taken from it. Do a talk test",
            100.0 * HARD
        ),
        0 => "no run of 10 minutes or more with pace could be used. Do a talk test, or record five runs".to_owned(),
        _ => format!(
            "{} could be used and {n_steady} ran evenly; it takes {LEAST_RUNS}. Record more runs of 10 minutes or more at \
             one effort, with heart rate if you can, or do a talk test",
            plural(n_runs, "run", None)
        ),
    };
    Note::new(NoteId::OwnRunsTooFew, message)
}

/// The value below which a share of the values lies, between neighbours by a straight line.
fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = share * (sorted.len().checked_sub(1)?) as f64;
    let (low, high) = (sorted[at as usize], sorted[(at as usize + 1).min(sorted.len() - 1)]);
    Some(low + (high - low) * at.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(day: i16, speed: f64, spread: f64, bpm: Option<(f64, f64)>) -> SeenRun {
        SeenRun {
            date: Date::parse(&format!("2026-05-{day:02}")).expect("a day"),
            speed: Speed::from_meters_per_second(speed),
            spread,
            heart_rate: bpm.map(|(bpm, _)| HeartRate::from_bpm(bpm)),
            heart_rate_max: bpm.map(|(_, max)| HeartRate::from_bpm(max)),
            watch: WatchFacts::default(),
        }
    }

    fn ids(own: &OwnRuns) -> Vec<&str> {
        own.notes.iter().map(|note| note.id.name()).collect()
    }

    #[test]
    fn hard_and_uneven_runs_are_left_out() {
        let mut runs: Vec<SeenRun> = (1..=11)
            .map(|day| run(day, 2.5 + 0.01 * f64::from(day), 0.04, Some((140.0 + f64::from(day), 180.0))))
            .collect();
        let easy = from_runs(&runs, (None, None), UnitSystem::Metric);
        runs.extend([run(12, 3.6, 0.03, Some((182.0, 190.0))), run(13, 3.0, 0.25, Some((160.0, 188.0)))]);
        let own = from_runs(&runs, (None, None), UnitSystem::Metric);
        assert_eq!(own.speed, easy.speed);
        let (speed, uncertainty) = own.speed.expect("enough runs");
        assert!((speed.as_meters_per_second() - 2.575).abs() < 0.01 && uncertainty < 0.07, "{own:?}");
        assert_eq!(own.heart_rate.map(|(bpm, _)| bpm.as_bpm()), Some(148.0));
        assert_eq!(ids(&own)[..2], ["own-runs", "own-runs-highest-heart-rate"]);
    }

    #[test]
    fn the_band_is_wider_without_heart_rate_and_with_few_runs() {
        let of = |n: i16, bpm| {
            let runs: Vec<_> = (1..=n).map(|day| run(day, 2.5, 0.04, bpm)).collect();
            from_runs(&runs, (None, None), UnitSystem::Metric).speed.map(|(_, uncertainty)| uncertainty)
        };
        let bpm = Some((140.0, 180.0));
        assert!(of(12, None) > of(12, bpm) && of(6, bpm) > of(12, bpm) && of(4, bpm).is_none());
    }

    #[test]
    fn whoever_only_runs_hard_gets_no_ceiling_from_it() {
        let runs: Vec<_> = (1..=9).map(|day| run(day, 3.0, 0.04, Some((178.0, 188.0)))).collect();
        let own = from_runs(&runs, (None, None), UnitSystem::Metric);
        assert_eq!((own.speed, own.heart_rate), (None, None));
        assert!(own.notes[0].message.contains("9 of 9 steady runs were above 90 %"), "{own:?}");
    }

    #[test]
    fn old_runs_are_said_to_be_old() {
        let runs: Vec<_> = (1..=9).map(|day| run(day, 2.5, 0.04, None)).collect();
        let own = from_runs(&runs, (Date::parse("2026-11-01"), None), UnitSystem::Metric);
        assert!(ids(&own).contains(&"own-runs-are-old"), "{own:?}");
    }

    #[test]
    fn runs_before_the_rehab_say_nothing() {
        let runs: Vec<_> = (1..=20).map(|day| run(day, if day < 12 { 3.5 } else { 2.5 }, 0.04, None)).collect();
        let own = from_runs(&runs, (None, Date::parse("2026-05-12")), UnitSystem::Metric);
        assert_eq!(own.speed.map(|(speed, _)| speed.as_meters_per_second()), Some(2.5));
        assert_eq!(ids(&own)[0], "own-runs-before-rehab");
    }

    #[test]
    fn nothing_gives_nothing_and_says_what_to_do() {
        let own = from_runs(&[], (None, None), UnitSystem::Metric);
        assert!(own.speed.is_none() && own.notes[0].message.contains("talk test"), "{own:?}");
    }
}
