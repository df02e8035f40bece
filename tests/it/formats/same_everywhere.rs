//! The same run written as FIT, as GPX of four makers, as TCX, as JSON of three makers and in the exports of five more is cut into
//! the same bouts and judged the same.

use crate::common::exports::zipped;
use std::io::Cursor;

use rehabrun::audit::{self, audit};
use rehabrun::ceiling::{Ceiling, Facts, choose};
use rehabrun::export::gpx::Dialect;
use rehabrun::export::{adidas, apple, fit, google, gpx, huawei, polar, runkeeper, samsung, suunto, tcx};
use rehabrun::ingest;
use rehabrun::model::Activity;
use rehabrun::segment::{self, Bout, segment};
use rehabrun::synth::{Made, demo, record, sessions};
use rehabrun::timeline;
use rehabrun::units::{Pace, UnitSystem};

/// Seconds by which the ends of a bout may differ where the file has the cadence.
const WITHIN_S: usize = 2;
/// The same for a phone, which has nothing but positions: they are off by metres, and a walk is 1.5 m/s.
const PHONE_WITHIN_S: usize = 6;

/// What a file comes to.
struct Outcome {
    bouts: Vec<Bout>,
    verdict: audit::Class,
}

fn outcome(bytes: &[u8]) -> Outcome {
    let activity =
        if ingest::is_archive(bytes) { of_export(bytes) } else { ingest::decode(bytes).expect("our own file") };
    let session = &activity.sessions[0];
    let timeline = timeline::build(session, activity.format).expect("a usable session");
    let segmentation = segment(&timeline, segment::Options { ignore_device_gait: false });
    let settings = audit::Settings::new(UnitSystem::Metric);
    let verdict = audit(&timeline, &segmentation, &ceiling(), &settings).verdict.class;
    Outcome { bouts: segmentation.bouts, verdict }
}

/// The one run of an export.
fn of_export(bytes: &[u8]) -> Activity {
    let mut runs = ingest::members(Cursor::new(bytes)).expect("an archive").filter_map(|member| member.read().ok());
    runs.next().expect("a run")
}

/// The ceiling that the examples and the sessions are made for.
fn ceiling() -> Ceiling {
    let easy_pace = Some(Pace::from_seconds_per_kilometer(1000.0 / 2.727));
    choose(&Facts { easy_pace, ..Facts::default() })
}

/// What an activity can be written as, with the seconds by which bouts may be off; FIT comes first.
fn files(activity: &Activity) -> Vec<(String, usize, Vec<u8>)> {
    let mut files = vec![
        ("fit".to_owned(), WITHIN_S, fit::activity(activity)),
        ("tcx".to_owned(), WITHIN_S, tcx::activity(activity).into_bytes()),
        ("polar".to_owned(), WITHIN_S, polar::activity(activity).into_bytes()),
        ("suunto".to_owned(), WITHIN_S, suunto::activity(activity).into_bytes()),
        ("huawei".to_owned(), WITHIN_S, huawei::activities(std::slice::from_ref(activity), 2.0).into_bytes()),
    ];
    let one = std::slice::from_ref(activity);
    for version in [apple::Version::BeforeIos16, apple::Version::Ios16] {
        files.push((format!("Apple Health {version:?}"), WITHIN_S, zipped(&apple::export(one, version, 2.0))));
    }
    for layout in [google::Layout::Table, google::Layout::List] {
        files.push((format!("Google Health {layout:?}"), WITHIN_S, zipped(&google::export(one, layout, 2.0))));
    }
    for layout in [samsung::Layout::Legacy, samsung::Layout::Current] {
        files.push((format!("Samsung Health {layout:?}"), WITHIN_S, zipped(&samsung::export(one, layout, 2.0))));
    }
    for tracks in [adidas::Tracks::Json, adidas::Tracks::Gpx] {
        files.push((format!("adidas Running {tracks:?}"), PHONE_WITHIN_S, zipped(&adidas::export(one, tracks))));
    }
    files.push(("Runkeeper".to_owned(), PHONE_WITHIN_S, zipped(&runkeeper::export(one))));
    files.extend(Dialect::ALL.map(|dialect| {
        let within = if dialect == Dialect::Phone { PHONE_WITHIN_S } else { WITHIN_S };
        (format!("gpx of {}", dialect.name()), within, gpx::activity(activity, dialect).into_bytes())
    }));
    files
}

/// How the bouts differ from those of the FIT file of the same run. Where that is itself farther from the script, whose
/// changes are all at whole multiples of some seconds, the script decides: with a record every few seconds ends are off.
fn difference(expected: &Outcome, found: &Outcome, within: usize, scripted_s: Option<usize>) -> Option<String> {
    let gaits = |outcome: &Outcome| outcome.bouts.iter().map(|bout| bout.gait).collect::<Vec<_>>();
    if gaits(expected) != gaits(found) {
        let told = |outcome: &Outcome| {
            outcome.bouts.iter().map(|bout| format!("{:?} {:?}", bout.gait, bout.range)).collect::<Vec<_>>().join(", ")
        };
        return Some(format!("[{}] and not [{}]", told(found), told(expected)));
    }
    let is_scripted = |y: usize| scripted_s.is_some_and(|step| (y + within) % step <= 2 * within);
    let apart = |x: usize, y: usize| x.abs_diff(y) > within && !is_scripted(y);
    let far = |(a, b): &(&Bout, &Bout)| apart(a.range.start, b.range.start) || apart(a.range.end, b.range.end);
    let pair = expected.bouts.iter().zip(&found.bouts).find(far);
    pair.map(|(a, b)| format!("a bout at {:?} and not at {:?}", b.range, a.range))
}

#[test]
fn the_examples_are_the_same_in_every_format() {
    use audit::Class::{DisguisedIntervals, Easy};
    let mut faults = Vec::new();
    for (demo, verdict) in demo().into_iter().zip([Easy, DisguisedIntervals, DisguisedIntervals, Easy]) {
        let mut files = files(&demo.activity).into_iter();
        let (_, _, bytes) = files.next().expect("the first is FIT");
        let expected = outcome(&bytes);
        assert_eq!(expected.verdict, verdict, "{}", demo.stem);
        for (format, within, bytes) in files {
            let found = outcome(&bytes);
            let difference = difference(&expected, &found, within, Some(60));
            faults.extend(difference.map(|difference| format!("{}, {format}: {difference}", demo.stem)));
            if found.verdict != expected.verdict {
                faults.push(format!("{}, {format}: {}", demo.stem, found.verdict.name()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The session whose breaks are stood, straight out of running.
const WITH_STANDS: &str = "even at 1.20 with three breaks";

/// The session whose stops are shorter than two intervals of counted steps.
const WITH_SHORT_STOPS: &str = "three stops of 6 s and sprints of 8 s";

/// The session with a ride in its file, and a stand where it ends.
const WITH_A_RIDE: &str = "a ride of 10 min before the run";

/// The session that is hard by its slopes alone.
const WITH_HILLS: &str = "8 hill repetitions of 75 s at 0.92 up 10 %";

/// Every made-up session in every format that holds the cadence.
///
/// Sessions at the very limit may be judged either way, as their positions are noisier than the watch's own distance.
#[test]
fn sessions_are_the_same_wherever_there_is_cadence() {
    let mut faults = Vec::new();
    // GPX has no place for the seconds in a tunnel, where there is no position: there it has a hole and FIT none.
    let is_comparable = |made: &Made| made.name != "tunnel";
    for made in sessions().into_iter().filter(is_comparable) {
        let recording = record(&made.script(), &made.setup(Some(1)));
        let files = files(&recording.activity).into_iter();
        let outcomes: Vec<_> = files.map(|(format, within, bytes)| (format, within, outcome(&bytes))).collect();
        let expected = &outcomes[0].2;
        for (format, within, found) in &outcomes {
            // A known weakness: at the ends of a stand the segmenter finds walks of 2 to 12 s that the script does not have,
            // and finds fewer of them in speed from positions. The verdict is held all the same.
            // Stops of six seconds cannot be seen in steps counted over five.
            let is_too_short =
                made.name == WITH_SHORT_STOPS && ["Apple", "Google"].iter().any(|maker| format.starts_with(maker));
            // Faults of one sensor are other faults in what another format keeps: there, too, the verdict is held.
            let has_stands = [WITH_STANDS, WITH_A_RIDE].contains(&made.name);
            let difference = difference(expected, found, *within, None)
                .filter(|_| !has_stands && !is_too_short && made.fault.is_none());
            // Of positions alone the verdict is held and not the bouts: they are metres off, and a short stop is lost in them.
            let difference = difference.filter(|_| *within != PHONE_WITHIN_S);
            faults.extend(difference.map(|difference| format!("{}, {format}: {difference}", made.name)));
            // Hills of a phone are not measured by pressure, and the pace up them is no faster than the ceiling.
            let is_open = made.name == WITH_HILLS && *within == PHONE_WITHIN_S;
            // Where nobody counted steps, a ride may have been a hard run: neither a surge nor a pass.
            if made.name == WITH_A_RIDE && *within == PHONE_WITHIN_S {
                if found.verdict != audit::Class::Undetermined {
                    faults.push(format!("{}, {format}: {} without a step", made.name, found.verdict.name()));
                }
                continue;
            }
            if found.verdict != expected.verdict && !is_open && !made.verdicts.contains(&found.verdict.name()) {
                faults.push(format!("{}, {format}: {}", made.name, found.verdict.name()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
