//! Four activities for a first look with no watch at hand.

use super::{Interval, Laps, Script, Setup, record, workout};
use crate::export::{fit, gpx, tcx};
use crate::model::Activity;
use crate::units::{Timestamp, UtcOffset};

/// An example activity.
#[derive(Debug, Clone, PartialEq)]
pub struct Demo {
    /// The name of its files without their ending, such as `easy-run-walk`.
    pub stem: &'static str,
    /// What it shows, in a sentence.
    pub shows: &'static str,
    /// The activity, which is the same in all its files.
    pub activity: Activity,
}

/// The runner's file that goes with the examples.
pub const DEMO_ATHLETE: &str = "\
# The runner of the examples. Put a file like this beside your own activities.
name = \"Demo Runner\"

[rehab]
started = 2026-06-15          # day 1 of week 1
plan = \"kinetic-revolution\"

[ceiling]
easy_pace = \"6:07/km\"
easy_pace_from = \"physio\"     # or lab, talk-test, guess
";

impl Demo {
    /// Its files, as (name, content): FIT, GPX and TCX.
    pub fn files(&self) -> [(String, Vec<u8>); 3] {
        let name = |ending| format!("{}.{ending}", self.stem);
        [
            (name("fit"), fit::activity(&self.activity)),
            (name("gpx"), gpx::activity(&self.activity, gpx::Dialect::GarminConnect).into_bytes()),
            (name("tcx"), tcx::activity(&self.activity).into_bytes()),
        ]
    }
}

/// The examples, made for the ceiling in [`DEMO_ATHLETE`]: three runs of its first week and one of its last.
pub fn demo() -> Vec<Demo> {
    vec![
        Demo {
            stem: "easy-run-walk",
            shows: "ten easy minutes of running with walks between them, as prescribed",
            activity: run_walk("Run-walk, easy", 0, 11, "10x(run 60s 2.6m/s, walk 60s)"),
        },
        Demo {
            stem: "disguised-intervals",
            shows: "the same ten minutes, each run fast: an interval session that an average would call easy",
            activity: run_walk("Run-walk, felt great", 2, 12, "10x(run 60s 3.3m/s, walk 60s 1.4m/s)"),
        },
        Demo {
            stem: "turned-half-way",
            shows: "five easy minutes, then five that turned into intervals",
            activity: run_walk(
                "Run-walk, with company",
                4,
                13,
                "5x(run 60s 2.6m/s, walk 60s), 5x(run 60s 3.3m/s, walk 60s)",
            ),
        },
        Demo { stem: "long-easy-run", shows: "35 easy minutes over small hills", activity: long_run() },
    ]
}

/// A session of the first week: ten times a minute of running and a minute of walking, led by the watch.
fn run_walk(name: &str, day: i64, seed: u64, minutes: &str) -> Activity {
    let mut setup = setup(name, day, seed);
    setup.watch.laps = Laps::Parts;
    setup.watch.gait = true;
    let script = format!("walk 5min, {minutes}, walk 3min");
    let script = Script::parse(&script).expect("the scripts of the examples are well formed");
    setup.watch.workout = workout(&script);
    record(&script, &setup).activity
}

fn long_run() -> Activity {
    let mut setup = setup("Long easy run", 81, 14);
    setup.watch.interval = Interval::Smart;
    let script = "walk 5min, 7x(run 2min 2.55m/s +1%, run 1min 2.45m/s +2%, run 2min 2.6m/s -2%), walk 5min";
    let script = Script::parse(script).expect("the scripts of the examples are well formed");
    record(&script, &setup).activity
}

/// The settings of a run so many days after the first, at half past six on the clock of a summer in Zürich.
fn setup(name: &str, day: i64, seed: u64) -> Setup {
    /// 2026-06-15 04:30 UTC.
    const FIRST_START: i64 = 1_781_497_800;
    Setup {
        start: Timestamp::from_unix_seconds(FIRST_START + day * 86_400),
        utc_offset: UtcOffset::from_seconds(7200),
        name: Some(name.to_owned()),
        ..Setup::new(Some(seed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_stay_small() {
        for demo in demo() {
            for (name, bytes) in demo.files() {
                assert!(bytes.len() < 1_500_000, "{name}: {} bytes", bytes.len());
            }
        }
    }
}
