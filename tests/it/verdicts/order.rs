//! The order of a file and the clock of a watch change no verdict: records in any order of blocks, newest first, or with
//! a clock that was set in mid-run are judged as in order, or not at all. Synthetic sessions in all formats, and real ones.

use crate::common;
use proptest::prelude::*;
use rehabrun::Runner;
use rehabrun::auditor::{Settings, audit_activity};
use rehabrun::ceiling::Facts;
use rehabrun::export::gpx::Dialect;
use rehabrun::export::{fit, gpx, tcx};
use rehabrun::ingest;
use rehabrun::model::{Activity, Record};
use rehabrun::report::{self, Class, Options};
use rehabrun::synth::{Script, Setup, record};
use rehabrun::units::{Distance, Pace, Speed};

/// 6:07/km, the ceiling that the synthetic sessions are made for.
const EASY_PACE: f64 = 367.0;
/// Of the real files, one in so many is looked at.
const ONE_IN: usize = 12;
/// Efforts that a wrong order would hide: the fast part stands first, last or between easy ones.
const RUNS: [&str; 4] = [
    "walk 2min, run 10min 2.5m/s 165spm, run 14min 3.4m/s 172spm",
    "run 14min 3.4m/s 172spm, run 12min 2.5m/s 165spm, walk 2min",
    "run 8min 2.5m/s 164spm, 6x(run 60s 3.6m/s 176spm, run 90s 2.4m/s 163spm), run 5min 2.5m/s 164spm",
    "walk 3min, 8x(run 90s 2.5m/s 164spm, walk 60s), walk 2min",
];

fn settings() -> Settings {
    let facts = Facts { easy_pace: Some(Pace::from_seconds_per_kilometer(EASY_PACE)), ..Facts::default() };
    Settings {
        runner: Runner { facts, ..Runner::default() },
        advises: false,
        report: Options { location: false, hide_ends_m: None, chart: false, route: false },
        ..Settings::default()
    }
}

/// The formats as which a session is written and read again.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    Fit,
    Tcx,
    Gpx,
}

impl Form {
    fn written(self, activity: &Activity) -> Activity {
        let bytes = match self {
            Self::Fit => fit::activity(activity),
            Self::Tcx => tcx::activity(activity).into_bytes(),
            Self::Gpx => gpx::activity(activity, Dialect::GarminConnect).into_bytes(),
        };
        ingest::decode(&bytes).expect("our own file")
    }
}

fn form() -> impl Strategy<Value = Form> {
    prop_oneof![Just(Form::Fit), Just(Form::Tcx), Just(Form::Gpx)]
}

/// Which of the runs, and the seed of its noise.
fn run() -> impl Strategy<Value = (usize, u64)> {
    (0..RUNS.len(), 0..8_u64)
}

fn recorded((at, seed): (usize, u64)) -> Activity {
    record(&Script::parse(RUNS[at]).expect("a script"), &Setup::new(Some(seed))).activity
}

fn judged(activity: &Activity) -> report::Session {
    let file = audit_activity("run", Ok(activity.clone()), &settings());
    file.sessions.into_iter().next().expect("a session")
}

/// The same activity with the records of its first session changed.
fn with(activity: &Activity, change: impl FnOnce(&mut Vec<Record>)) -> Activity {
    let mut changed = activity.clone();
    change(&mut changed.sessions[0].records);
    changed
}

/// The class of a session; one that was skipped is no pass and no accusation either.
fn class(session: &report::Session) -> Class {
    session.class().unwrap_or(Class::Undetermined)
}

/// The same verdict over the same time, or none.
fn is_alike(here: &report::Session, there: &report::Session) -> bool {
    let there_is = class(there);
    there_is == Class::Undetermined || (there_is == class(here) && (here.elapsed_s - there.elapsed_s).abs() <= 15.0)
}

/// The same for real sessions, whose records are seconds apart and whose class may stand at a limit: how long the step was
/// over which the clock was set is known to a few seconds only.
fn is_about_alike(here: &report::Session, there: &report::Session) -> bool {
    let there_is = class(there);
    let is_as_long = (here.elapsed_s - there.elapsed_s).abs() <= 15.0 + 0.01 * here.elapsed_s;
    there_is == Class::Undetermined || (there_is.is_over() == class(here).is_over() && is_as_long)
}

/// The records in blocks of `lengths`, put in the order of `keys`, some newest first.
fn shuffled(records: &mut Vec<Record>, blocks: &[(usize, u32, bool)]) {
    let mut rest = std::mem::take(records);
    let mut parts: Vec<(u32, Vec<Record>)> = Vec::new();
    for &(length, key, is_reversed) in blocks {
        let behind = rest.split_off(length.min(rest.len()));
        let mut part = std::mem::replace(&mut rest, behind);
        if is_reversed {
            part.reverse();
        }
        parts.push((key, part));
    }
    parts.push((u32::MAX / 2, rest));
    parts.sort_by_key(|part| part.0);
    records.extend(parts.into_iter().flat_map(|part| part.1));
}

/// The clock set by some seconds before the record with the number `at`, as all times behind it show.
fn with_clock_set(activity: &Activity, at: usize, by: f64) -> Activity {
    let mut changed = activity.clone();
    let session = &mut changed.sessions[0];
    let Some(from) = session.records[at].time() else { return changed };
    for record in &mut session.records[at..] {
        if let Some(time) = record.time() {
            record.set_time(time.plus_seconds(by));
        }
    }
    for lap in session.laps.iter_mut().filter(|lap| lap.start >= from) {
        lap.start = lap.start.plus_seconds(by);
    }
    for pause in &mut session.pauses {
        for time in [&mut pause.start, &mut pause.end] {
            if *time >= from {
                *time = time.plus_seconds(by);
            }
        }
    }
    changed
}

fn without_distance(activity: &Activity) -> Activity {
    with(activity, |records| {
        for record in records {
            record.set_distance(Distance::from_meters(f64::NAN));
            record.set_speed(Speed::from_meters_per_second(f64::NAN));
        }
    })
}

fn blocks() -> impl Strategy<Value = Vec<(usize, u32, bool)>> {
    prop::collection::vec((30..600_usize, 0..u32::MAX, prop::bool::weighted(0.2)), 1..6)
}

/// By how much clocks are set, in seconds.
const SET_BY: [f64; 8] = [3600.0, -3600.0, 7200.0, -7200.0, 86_400.0, -86_400.0, 20.0 * 86_400.0, -20.0 * 86_400.0];

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blocks_in_any_order_are_judged_as_in_order(run in run(), form in form(), blocks in blocks(), far: bool) {
        let run = form.written(&recorded(run));
        let run = if far { run } else { without_distance(&run) };
        let moved = with(&run, |records| shuffled(records, &blocks));
        let (here, there) = (judged(&run), judged(&moved));
        prop_assert!(is_alike(&here, &there), "{form:?} {:?} {} and {:?} {}", class(&here), here.elapsed_s, class(&there), there.elapsed_s);
    }

    #[test]
    fn records_newest_first_are_judged_as_in_order(run in run(), form in form()) {
        let run = form.written(&recorded(run));
        let (here, there) = (judged(&run), judged(&with(&run, |records| records.reverse())));
        prop_assert_eq!(class(&here), class(&there));
        prop_assert_eq!((here.elapsed_s, here.distance_m, here.bouts), (there.elapsed_s, there.distance_m, there.bouts));
    }

    #[test]
    fn a_clock_that_is_set_moves_no_bout(
        run in run(), form in form(), at in 0.05..0.95_f64, by in 0..SET_BY.len(), far: bool,
    ) {
        let run = form.written(&recorded(run));
        let run = if far { run } else { without_distance(&run) };
        let at = (run.sessions[0].records.len() as f64 * at) as usize;
        let (here, there) = (judged(&run), judged(&with_clock_set(&run, at, SET_BY[by])));
        let told = format!("{form:?} {at} {} {:?} {:?}", SET_BY[by], class(&here), class(&there));
        // A whole hour in which nobody moved may have been a rest: then it stays one.
        let rests = there.paused_s >= 3000.0 && SET_BY[by] <= 7200.0 && SET_BY[by] > 0.0;
        prop_assert!(is_alike(&here, &there) || rests, "{}", told);
        prop_assert!(class(&there) != Class::Easy || class(&here) == Class::Easy, "{}", told);
    }
}

#[test]
fn a_clock_set_during_a_pause_leaves_the_pause() {
    let script = Script::parse("run 10min 3.4m/s 172spm, pause 5min, run 10min 2.5m/s 164spm").expect("a script");
    let run = Form::Fit.written(&record(&script, &Setup::new(Some(5))).activity);
    let here = judged(&run);
    let times: Vec<_> = run.sessions[0].records.iter().filter_map(Record::time).collect();
    let at = times.windows(2).position(|w| w[1].seconds_since(w[0]) > 100.0).expect("a pause") + 1;
    for by in SET_BY {
        let there = judged(&with_clock_set(&run, at, by));
        assert_eq!((class(&there), there.elapsed_s), (class(&here), here.elapsed_s), "{by}");
        assert!((there.distance_m - here.distance_m).abs() < 1.0, "{by}");
    }
}

#[test]
fn a_session_whose_clock_cannot_be_followed_is_not_judged() {
    let script = Script::parse(RUNS[1]).expect("a script");
    let run = Form::Tcx.written(&record(&script, &Setup::new(Some(1))).activity);
    let bare = with(&without_distance(&run), |records| {
        for record in records {
            let mut kept = Record::default();
            kept.set_time(record.time().expect("a time"));
            kept.set_raw_cadence(82.0);
            *record = kept;
        }
    });
    for by in SET_BY {
        let there = judged(&with_clock_set(&bare, 840, by));
        assert_eq!(class(&there), Class::Undetermined, "{by}");
    }
}

#[test]
fn real_files_are_judged_alike_in_any_order() {
    let Some(corpus) = common::corpus() else { return };
    let files = ["fit", "gpx", "tcx"].into_iter().flat_map(|format| common::files(&corpus, format));
    let (mut n_runs, mut n_judged, mut faults) = (0, 0, Vec::new());
    for path in files.step_by(ONE_IN) {
        let Ok(run) = ingest::decode(&common::bytes(&path)) else { continue };
        let is_small = |run: &Activity| (200..8000).contains(&run.sessions[0].records.len());
        if run.sessions.len() != 1 || !is_small(&run) || !run.sessions[0].records.is_sorted_by_key(Record::time) {
            continue;
        }
        let here = judged(&run);
        if !here.judged || class(&here) == Class::Undetermined {
            continue;
        }
        n_runs += 1;
        let n = run.sessions[0].records.len();
        let order = [(n / 3, 3, false), (n / 4, 1, true), (n / 5, 2, false)];
        let changed = [
            ("in another order", with(&run, |records| shuffled(records, &order))),
            ("newest first", with(&run, |records| records.reverse())),
            ("set back", with_clock_set(&run, n / 2, -3600.0)),
            ("set a day back", with_clock_set(&run, n / 3, -86_400.0)),
            ("set 20 days on", with_clock_set(&run, n / 2, 20.0 * 86_400.0)),
        ];
        for (what, changed) in changed {
            let there = judged(&changed);
            n_judged += usize::from(class(&there) != Class::Undetermined);
            let passes = class(&there) == Class::Easy && class(&here) != Class::Easy;
            if passes || !is_about_alike(&here, &there) {
                let (a, b) = (&here, &there);
                faults.push(format!(
                    "{} {what}: {:?} {} and {:?} {}",
                    path.display(),
                    class(a),
                    a.elapsed_s,
                    class(b),
                    b.elapsed_s
                ));
            }
        }
    }
    println!("{n_runs} runs, {n_judged} judged of {}", n_runs * 5);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(n_judged * 10 >= n_runs * 5 * 8, "{n_judged} of {}", n_runs * 5);
}
