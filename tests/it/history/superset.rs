//! More files never hide a worse verdict: whatever else lies in a folder, and in whatever order, each run that is over
//! its ceiling is reported, or one of the same run that is no better.

use std::sync::LazyLock;

use proptest::prelude::*;
use rehabrun::auditor::{CacheKey, Seen};
use rehabrun::export::gpx::Dialect;
use rehabrun::export::{fit, gpx, tcx};
use rehabrun::model::Record;
use rehabrun::report::{Class, File, Status};
use rehabrun::synth::{Script, Setup, record};
use rehabrun::units::{Distance, Speed};
use rehabrun::{Auditor, Runner};

const EASY: &str = "run 30min 2.4m/s 164spm";
const EFFORTS: &str =
    "run 8min 2.4m/s 164spm, 6x(run 60s 3.5m/s 176spm, run 90s 2.3m/s 163spm), run 7min 2.4m/s 164spm";
const FAST: &str = "run 30min 3.1m/s 171spm";

/// Recordings of three runs at one time, and later ones: by watch, by phone, by a watch that lost the efforts, by a strap.
static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
    let auditor = Auditor::new(Runner::default().easy_pace("6:30/km".parse().expect("a pace")));
    let mut files = Vec::new();
    for (i, script) in [EASY, EFFORTS, FAST].into_iter().enumerate() {
        for (k, late_s) in [0.0, 3.0, 700.0, 86_400.0].into_iter().enumerate() {
            for form in 0..4 {
                let script = Script::parse(script).expect("a script");
                let setup = Setup::new(Some((i * 16 + k * 4 + form) as u64));
                let start = setup.start.plus_seconds(late_s);
                let mut activity = record(&script, &Setup { start, ..setup }).activity;
                let records = &mut activity.sessions[0].records;
                match form {
                    2 => records.retain(|record| {
                        let at = record.time().map_or(0.0, |time| time.seconds_since(start));
                        !(480.0..1380.0).contains(&at)
                    }),
                    3 => records.iter_mut().for_each(without_motion),
                    _ => {}
                }
                let bytes = match form {
                    0 => fit::activity(&activity),
                    1 => gpx::activity(&activity, Dialect::GarminConnect).into_bytes(),
                    _ => tcx::activity(&activity).into_bytes(),
                };
                files.push(auditor.audit(&format!("{i}-{k}-{form}"), bytes));
            }
        }
    }
    files
});

fn without_motion(record: &mut Record) {
    record.set_speed(Speed::from_meters_per_second(f64::NAN));
    record.set_distance(Distance::from_meters(f64::NAN));
    record.clear_position();
}

/// What the report of a folder holds of these files, in their order.
fn sifted(order: &[usize]) -> Vec<File> {
    let mut seen = Seen::default();
    let cache_key = |i: usize| CacheKey { content: [i as u8; 32], runner: [0; 32] };
    order.iter().map(|&i| seen.skip_duplicates(FILES[i].clone(), Some(cache_key(i)), false)).collect()
}

/// The worst verdict of a report; the worse is the smaller.
fn worst(files: &[File]) -> Option<Class> {
    files.iter().filter(|file| file.status == Status::Audited).filter_map(|file| file.verdict).min()
}

#[test]
fn the_files_are_what_the_property_needs() {
    let n = |is: fn(Class) -> bool| FILES.iter().filter(|file| file.verdict.is_some_and(is)).count();
    let (over, easy) = (n(Class::is_over), n(|class| class == Class::Easy));
    let undetermined = n(|class| class == Class::Undetermined);
    assert!(over >= 12 && easy >= 6 && undetermined >= 6, "{over} over, {easy} easy, {undetermined} undetermined");
    let skipped = sifted(&(0..FILES.len()).collect::<Vec<_>>()).iter().filter(|f| f.status == Status::Skipped).count();
    assert!(skipped >= 8, "{skipped} of {} are told to be of one run", FILES.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn more_files_hide_no_worse_verdict(
        order in Just((0..FILES.len()).collect::<Vec<_>>()).prop_shuffle(),
        n in 1_usize..30,
        is_in in prop::collection::vec(any::<bool>(), 48),
    ) {
        let all = &order[..n];
        let some: Vec<usize> = all.iter().copied().filter(|&i| is_in[i]).collect();
        let (of_some, of_all) = (sifted(&some), sifted(all));
        let is_over = |class: &Class| class.is_over();
        if let Some(class) = worst(&of_some).filter(is_over) {
            prop_assert!(worst(&of_all).is_some_and(|worst| worst <= class), "{:?} of {:?}", class, all);
        }
        // Nothing but easy runs is left only where every one is easy, or known better from another recording of it.
        for (file, &i) in of_all.iter().zip(all) {
            let Some(class) = FILES[i].verdict.filter(is_over) else { continue };
            if file.status == Status::Skipped {
                let reason = file.notes.iter().map(|note| note.message.as_str()).collect::<String>();
                let kept = of_all.iter().filter(|other| other.status == Status::Audited && reason.ends_with(&other.path));
                prop_assert!(kept.filter_map(|other| other.verdict).any(|kept| kept <= class), "{}: {reason}", file.path);
            }
        }
    }
}
