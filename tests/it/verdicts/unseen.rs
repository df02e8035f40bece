//! What is missing never passes: a session over its ceiling stays over it, or becomes undetermined, whatever is taken
//! out of its records, emptied or frozen.

use crate::common;
use std::ops::Range;

use proptest::prelude::*;
use rehabrun::audit::{Class, Settings, Verdict, audit};
use rehabrun::ceiling::{Ceiling, Facts, choose};
use rehabrun::ingest;
use rehabrun::model::{Format, Record, Session, Sport};
use rehabrun::segment::{Options, segment};
use rehabrun::synth::{self, Script, Setup};
use rehabrun::timeline::build;
use rehabrun::units::{Distance, Pace, Position, Speed, UnitSystem};

/// The ceiling that the synthetic sessions are made for, in metres a second.
const CEILING: f64 = 2.727;

/// What is done to a record.
#[derive(Debug, Clone, Copy)]
enum Harm {
    /// It is taken out.
    Delete,
    /// Its speed, distance and position are taken out.
    Blank,
    /// Its speed, distance and position are those of the record before.
    Freeze,
}

fn any_harm() -> impl Strategy<Value = Harm> {
    prop_oneof![Just(Harm::Delete), Just(Harm::Blank), Just(Harm::Freeze)]
}

/// What a file holds of speed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Watch {
    Fit,
    Tcx,
    Gpx,
    /// Speed, and neither distance nor positions: a foot pod, a belt.
    Pod,
}

fn any_watch() -> impl Strategy<Value = Watch> {
    prop_oneof![Just(Watch::Fit), Just(Watch::Tcx), Just(Watch::Gpx), Just(Watch::Pod)]
}

/// Six minutes easy, then efforts with recoveries, then easy again; with the times of the efforts.
fn intervals(n: usize, effort_s: usize, rest_s: usize, ratio: f64) -> (Script, Vec<Range<usize>>) {
    let speed = |ratio: f64| ratio * CEILING;
    let (easy, fast) = (speed(0.9), speed(ratio));
    let one = format!(", run {effort_s}s {fast}m/s, run {rest_s}s {}m/s", speed(0.8));
    let text = format!("run 360s {easy}m/s{}, run 300s {easy}m/s", one.repeat(n));
    let starts = (0..n).map(|i| 360 + i * (effort_s + rest_s));
    (Script::parse(&text).expect("a script"), starts.map(|start| start..start + effort_s).collect())
}

fn recorded(script: &Script, watch: Watch, seed: u64) -> (Session, Format) {
    let mut session = synth::record(script, &Setup::new(Some(seed))).activity.sessions.remove(0);
    for record in &mut session.records {
        if matches!(watch, Watch::Tcx | Watch::Gpx) {
            record.set_speed(Speed::from_meters_per_second(f64::NAN));
        }
        if matches!(watch, Watch::Gpx | Watch::Pod) {
            record.set_distance(Distance::from_meters(f64::NAN));
        }
        if watch == Watch::Pod {
            record.clear_position();
        }
    }
    if watch == Watch::Gpx {
        (session.distance, session.timer_s, session.elapsed_s) = (None, None, None);
    }
    let format = match watch {
        Watch::Fit | Watch::Pod => Format::Fit,
        Watch::Tcx => Format::Tcx,
        Watch::Gpx => Format::Gpx,
    };
    (session, format)
}

/// The session with some of its seconds harmed; its first and its last record stay.
fn harmed(session: &Session, seconds: &[Range<usize>], harm: Harm) -> Session {
    let mut session = session.clone();
    let Some(start) = session.records.iter().find_map(Record::time) else { return session };
    let last = session.records.len().saturating_sub(1);
    let mut kept: Vec<Record> = Vec::new();
    let mut before: Option<Record> = None;
    for (i, record) in session.records.iter().enumerate() {
        let at = record.time().map_or(0.0, |time| time.seconds_since(start)) as usize;
        let is_hit = i > 0 && i < last && seconds.iter().any(|range| range.contains(&at));
        match harm {
            Harm::Delete if is_hit => {}
            Harm::Blank if is_hit => kept.push(with_motion(record, None)),
            Harm::Freeze if is_hit => kept.push(with_motion(record, before.as_ref())),
            _ => {
                before = Some(*record);
                kept.push(*record);
            }
        }
    }
    session.records = kept;
    session
}

/// A record that moved as another one did, or of which no motion is known.
fn with_motion(record: &Record, as_in: Option<&Record>) -> Record {
    let mut record = *record;
    let speed = as_in.and_then(Record::speed).map_or(f64::NAN, Speed::as_meters_per_second);
    let distance = as_in.and_then(Record::distance).map_or(f64::NAN, Distance::as_meters);
    record.set_speed(Speed::from_meters_per_second(speed));
    record.set_distance(Distance::from_meters(distance));
    match as_in.and_then(Record::position) {
        Some(position) => record.set_position(position),
        None => record.clear_position(),
    }
    record
}

fn ceiling(pace: Pace) -> Ceiling {
    choose(&Facts { easy_pace: Some(pace), ..Facts::default() })
}

/// The verdict; `None` where the session cannot be laid out.
fn verdict(session: &Session, format: Format, ceiling: &Ceiling) -> Option<Verdict> {
    let timeline = build(session, format).ok()?;
    let segmentation = segment(&timeline, Options { ignore_device_gait: false });
    let verdict = audit(&timeline, &segmentation, ceiling, &Settings::new(UnitSystem::Metric)).verdict;
    let run_s: f64 = segmentation
        .bouts
        .iter()
        .filter(|bout| bout.gait == rehabrun::segment::Gait::Run)
        .map(|bout| timeline.seconds(bout.range.end) - timeline.seconds(bout.range.start))
        .sum();
    assert!(verdict.measures.judged_s <= run_s + 0.5, "{} of {run_s}", verdict.measures.judged_s);
    assert!(verdict.measures.over_s <= verdict.measures.judged_s + 0.5 && verdict.measures.over_s >= 0.0);
    assert!(
        verdict.measures.unseen_s >= 0.0
            && verdict.measures.judged_s + verdict.measures.unseen_s <= timeline.elapsed_s + 0.5
    );
    Some(verdict)
}

fn never_easy(
    session: &Session,
    format: Format,
    ceiling: &Ceiling,
    seconds: &[Range<usize>],
    harm: Harm,
) -> Result<(), TestCaseError> {
    let harmed = harmed(session, seconds, harm);
    let after = verdict(&harmed, format, ceiling);
    let is_easy = after.as_ref().is_some_and(|verdict| verdict.class == Class::Easy);
    prop_assert!(!is_easy, "{harm:?} {seconds:?}: {}", after.map_or(String::new(), |verdict| verdict.sentence));
    Ok(())
}

fn of_synthetic() -> Ceiling {
    ceiling(Speed::from_meters_per_second(CEILING).pace().expect("a pace"))
}

proptest! {
    // 500 sessions together; REHABRUN_CASES asks for more.
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("REHABRUN_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(250)
    ))]

    #[test]
    fn the_efforts_themselves(
        n in 4_usize..9, effort_s in 45_usize..150, rest_s in 60_usize..150, ratio in 1.25_f64..1.4,
        more in 0_usize..15, watch in any_watch(), harm in any_harm(), seed in 1_u64..1000,
    ) {
        let (script, efforts) = intervals(n, effort_s, rest_s, ratio);
        let (session, format) = recorded(&script, watch, seed);
        let ceiling = of_synthetic();
        let before = verdict(&session, format, &ceiling).expect("a session");
        prop_assume!(before.class.is_over());
        let seconds: Vec<Range<usize>> = efforts.iter().map(|e| e.start.saturating_sub(more)..e.end + more).collect();
        never_easy(&session, format, &ceiling, &seconds, harm)?;
    }

    #[test]
    fn any_stretches(
        n in 4_usize..9, effort_s in 45_usize..150, ratio in 1.25_f64..1.4, watch in any_watch(), harm in any_harm(),
        seed in 1_u64..1000, cuts in prop::collection::vec((0.0_f64..1.0, 5_usize..240), 1..16),
    ) {
        let (script, _) = intervals(n, effort_s, 90, ratio);
        let (session, format) = recorded(&script, watch, seed);
        let ceiling = of_synthetic();
        let before = verdict(&session, format, &ceiling).expect("a session");
        prop_assume!(before.class.is_over());
        let all = script.seconds() as f64;
        let seconds: Vec<Range<usize>> =
            cuts.iter().map(|(at, length)| (at * all) as usize..(at * all) as usize + length).collect();
        never_easy(&session, format, &ceiling, &seconds, harm)?;
    }
}

#[test]
fn a_tunnel_in_an_easy_run_is_no_reason_to_say_nothing() {
    let script = Script::parse(&format!("run 1800s {}m/s", 0.9 * CEILING)).expect("a script");
    for watch in [Watch::Fit, Watch::Tcx, Watch::Gpx, Watch::Pod] {
        for harm in [Harm::Delete, Harm::Blank, Harm::Freeze] {
            let (session, format) = recorded(&script, watch, 7);
            let harmed = harmed(&session, std::slice::from_ref(&(900..960)), harm);
            let verdict = verdict(&harmed, format, &of_synthetic()).expect("a session");
            assert_eq!(verdict.class, Class::Easy, "{watch:?} {harm:?}: {} {:?}", verdict.sentence, verdict.reasons);
        }
    }
}

/// Seasons of real runs, a few stretches of each harmed.
#[test]
fn real_sessions() {
    let Some(corpus) = common::corpus() else { return };
    let Ok(list) = std::fs::read_to_string(corpus.join("labels.tsv")) else { return };
    let ceiling = ceiling(Pace::from_seconds_per_kilometer(333.0));
    let mut n = 0_u64;
    for line in list.lines().skip(1).filter(|line| line.contains("interval")).take(12) {
        let Some(path) = line.split('\t').next() else { continue };
        let Ok(activity) = ingest::decode(&common::bytes(&corpus.join("files").join(path))) else { continue };
        let Some(session) = activity.sessions.first().filter(|session| session.sport == Sport::Running) else {
            continue;
        };
        let Some(before) = verdict(session, activity.format, &ceiling) else { continue };
        if !before.class.is_over() {
            continue;
        }
        let elapsed = session.records.len();
        for harm in [Harm::Delete, Harm::Blank, Harm::Freeze] {
            n += 1;
            let cuts: Vec<Range<usize>> = (0..8)
                .map(|i: u64| {
                    let at = (n * 7919 + i * 104_729) as usize % elapsed.max(1);
                    at..at + 40 + (n * 31 + i * 17) as usize % 160
                })
                .collect();
            let after = verdict(&harmed(session, &cuts, harm), activity.format, &ceiling);
            let is_easy = after.as_ref().is_some_and(|verdict| verdict.class == Class::Easy);
            assert!(!is_easy, "{path} {harm:?} {cuts:?} {}", after.map_or(String::new(), |v| v.sentence));
        }
    }
}

/// Of eight minutes of efforts five places are left, and the straight line past them is a walk's.
#[test]
fn places_within_a_hole_are_part_of_its_way() {
    let (script, _) = intervals(5, 52, 90, 1.25);
    let (session, format) = recorded(&script, Watch::Gpx, 718);
    let cuts = [325..481, 482..544, 545..590, 591..645, 646..823];
    let harmed = harmed(&session, &cuts, Harm::Delete);
    let verdict = verdict(&harmed, format, &of_synthetic()).expect("a session");
    assert_eq!(verdict.class, Class::Undetermined, "{}", verdict.sentence);
}

/// A phone counts no distance. Where it stands still or says nothing for long, and somebody runs out and most of the way
/// back, a walk would lead from one end of the hole to the other.
#[test]
fn places_alone_bound_no_long_hole() {
    for (minutes, share) in [(4, 0.0), (4, 0.4), (8, 0.4), (14, 0.0), (14, 0.4)] {
        let (start, end) = (300, 300 + 60 * minutes);
        let text =
            format!("run 300s {0}m/s, run {2}s {1}m/s, run 300s {0}m/s", 0.9 * CEILING, 1.2 * CEILING, end - start);
        let (session, format) = recorded(&Script::parse(&text).expect("a script"), Watch::Gpx, 4);
        let place = |i: usize| session.records[i].position().expect("a place");
        let (held, met) = (place(start), place(end));
        // All that follows lies nearer to where the hole began.
        let nearer = |at: f64, held: f64, met: f64| at - (1.0 - share) * (met - held);
        let mut moved = session.clone();
        for record in &mut moved.records[end..] {
            let at = record.position().expect("a place");
            let latitude = nearer(at.latitude(), held.latitude(), met.latitude());
            record.set_position(
                Position::from_degrees(latitude, nearer(at.longitude(), held.longitude(), met.longitude()))
                    .expect("a place"),
            );
        }
        for harm in [Harm::Freeze, Harm::Delete] {
            let harmed = harmed(&moved, std::slice::from_ref(&(start..end)), harm);
            let verdict = verdict(&harmed, format, &of_synthetic()).expect("a session");
            // Who is met where nothing was recorded any more has paused.
            if share > 0.0 || matches!(harm, Harm::Freeze) {
                assert_eq!(verdict.class, Class::Undetermined, "{minutes} min, {harm:?}: {}", verdict.sentence);
            }
        }
    }
}
