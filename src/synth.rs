//! Makes up activities: a script of gaits goes in, what a watch would have recorded and what really happened come out.
//!
//! ```
//! use rehabrun::synth::{Script, Setup, record};
//!
//! let script = Script::parse("walk 3min 1.5m/s, 10x(run 60s 2.6m/s, walk 60s 1.5m/s)")?;
//! let recording = record(&script, &Setup::new(Some(1)));
//! assert_eq!(recording.truth.len(), 23 * 60);
//! assert_eq!(recording.activity.sessions[0].records.len(), 23 * 60 + 1);
//! # Ok::<(), rehabrun::synth::ScriptError>(())
//! ```
//!
//! The same script, setup and seed give the same bytes on every machine.

mod body;
mod course;
mod demo;
mod notation;
mod random;
mod script;
mod second;
mod sessions;
mod truth;
mod watch;

pub use body::Body;
pub use course::Altimeter;
pub use demo::{DEMO_ATHLETE, Demo, demo};
pub use notation::ScriptError;
pub use script::{Gait, Part, Script, Trouble};
pub use second::Second;
pub use sessions::{Made, sessions};
pub use truth::Truth;
pub use watch::{CadenceUnit, Interval, Laps, Watch, workout};

use crate::model::Activity;
use crate::units::{Timestamp, UtcOffset};

/// Everything about a made-up activity that is not in its script.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// The seed of the noise; `None` for a runner and a watch without any.
    pub noise: Option<u64>,
    /// The runner's body.
    pub body: Body,
    /// The watch and what it records.
    pub watch: Watch,
    /// When the watch is started.
    pub start: Timestamp,
    /// The runner's clock; `None` when the watch does not know it.
    pub utc_offset: Option<UtcOffset>,
    /// The title of the activity.
    pub name: Option<String>,
}

impl Setup {
    /// The usual runner with a watch that records everything each second, on a summer morning.
    pub fn new(noise: Option<u64>) -> Self {
        Self {
            noise,
            body: Body::USUAL,
            watch: Watch::usual(),
            start: Timestamp::from_unix_seconds(1_781_500_200),
            utc_offset: UtcOffset::from_seconds(7200),
            name: None,
        }
    }
}

/// A made-up activity beside what really happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// What the watch recorded.
    pub activity: Activity,
    /// What really happened.
    pub truth: Truth,
}

/// Acts a script out and records it.
pub fn record(script: &Script, setup: &Setup) -> Recording {
    let truth = truth::act_out(script, setup);
    Recording { activity: watch::activity(&truth, script, setup), truth }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use expect_test::{Expect, expect};
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;

    use super::*;
    use crate::model::Record;
    use crate::units::{Distance, HeartRate, Speed};

    fn exact(script: &str, change: impl Fn(&mut Setup)) -> Recording {
        let mut setup = Setup::new(None);
        change(&mut setup);
        record(&Script::parse(script).expect("a script"), &setup)
    }

    fn check(recording: &Recording, seconds: &[usize], expected: &Expect) {
        let session = &recording.activity.sessions[0];
        let start = session.start.expect("a start");
        let mut text = String::new();
        for record in &session.records {
            let second = record.time().expect("a time").seconds_since(start) as usize;
            if seconds.contains(&second) {
                let word = |value: Option<f64>| value.map_or("-".to_owned(), |x| format!("{x:.1}"));
                writeln!(
                    text,
                    "{second:<3} s {:>6} m {:>4} m/s {:>5} strides {:>5} bpm {:>6} m high{}",
                    word(record.distance().map(Distance::as_meters)),
                    word(record.speed().map(Speed::as_meters_per_second)),
                    word(record.raw_cadence()),
                    word(record.heart_rate().map(HeartRate::as_bpm)),
                    word(record.altitude()),
                    if record.position().is_none() { ", no position" } else { "" },
                )
                .expect("a string");
            }
        }
        expected.assert_eq(&text);
    }

    #[test]
    fn a_walk_and_a_run_without_noise() {
        let recording = exact("walk 60s 1.5m/s, run 60s 2.6m/s +5%", |_| ());
        check(
            &recording,
            &[0, 30, 59, 60, 61, 62, 63, 64, 65, 90, 120],
            &expect![[r"
                0   s    0.0 m  0.0 m/s  57.5 strides  74.0 bpm  120.0 m high
                30  s   45.0 m  1.5 m/s  57.5 strides  81.0 bpm  120.0 m high
                59  s   88.5 m  1.5 m/s  57.5 strides  85.0 bpm  120.0 m high
                60  s   90.4 m  1.5 m/s  64.5 strides  85.0 bpm  120.0 m high
                61  s   92.6 m  1.6 m/s  70.0 strides  85.0 bpm  120.2 m high
                62  s   95.2 m  1.8 m/s  73.5 strides  85.0 bpm  120.2 m high
                63  s   97.8 m  2.1 m/s  76.0 strides  85.0 bpm  120.4 m high
                64  s  100.4 m  2.3 m/s  78.0 strides  85.0 bpm  120.6 m high
                65  s  103.0 m  2.4 m/s  79.5 strides  86.0 bpm  120.6 m high
                90  s  168.0 m  2.6 m/s  83.0 strides 116.0 bpm  123.8 m high
                120 s  246.0 m  2.6 m/s  83.0 strides 136.0 bpm  127.8 m high
            "]],
        );
        assert_eq!(recording.truth.bouts(), [(Gait::Walk, 0, 60), (Gait::Run, 60, 120)]);
    }

    #[test]
    fn a_pause_leaves_no_records_but_takes_its_time() {
        let recording = exact("run 10s 2.5m/s, pause 30s, run 10s 2.5m/s", |_| ());
        check(
            &recording,
            &(8..43).collect::<Vec<_>>(),
            &expect![[r"
                8   s   20.0 m  2.3 m/s  82.5 strides  84.0 bpm  120.0 m high
                9   s   22.5 m  2.4 m/s  82.5 strides  85.0 bpm  120.0 m high
                10  s   25.0 m  2.4 m/s  82.5 strides  85.0 bpm  120.0 m high
                40  s   25.0 m  0.0 m/s  23.5 strides  77.0 bpm  120.0 m high
                41  s   27.5 m  0.3 m/s  40.0 strides  76.0 bpm  120.0 m high
                42  s   30.0 m  1.0 m/s  52.0 strides  76.0 bpm  120.0 m high
            "]],
        );
        let session = &recording.activity.sessions[0];
        assert_eq!((session.elapsed_s, session.timer_s, session.pauses.len()), (Some(50.0), Some(20.0), 1));
    }

    #[test]
    fn troubles_show_in_the_records() {
        let script = "run 20s 2.5m/s, run 5s 2.5m/s tunnel, run 10s 2.5m/s, run 5s 2.5m/s frozen, run 5s 2.5m/s lock, run 5s 2.5m/s no-cadence";
        check(
            &exact(script, |_| ()),
            &[19, 20, 24, 25, 26, 27, 34, 35, 39, 40, 42, 45, 47],
            &expect![[r"
                19  s   47.5 m  2.5 m/s  82.5 strides  93.0 bpm  120.0 m high
                20  s   50.0 m  2.5 m/s  82.5 strides  94.0 bpm  120.0 m high, no position
                24  s   60.0 m  2.5 m/s  82.5 strides  97.0 bpm  120.0 m high, no position
                25  s   62.5 m  7.5 m/s  82.5 strides  98.0 bpm  120.0 m high
                26  s   65.0 m  7.5 m/s  82.5 strides  99.0 bpm  120.0 m high
                27  s   67.5 m  2.5 m/s  82.5 strides  99.0 bpm  120.0 m high
                34  s   85.0 m  2.5 m/s  82.5 strides 104.0 bpm  120.0 m high
                35  s   87.5 m  0.0 m/s  82.5 strides 104.0 bpm  120.0 m high
                39  s   87.5 m  0.0 m/s  82.5 strides 106.0 bpm  120.0 m high
                40  s   87.5 m  0.5 m/s  82.5 strides 165.0 bpm  120.0 m high
                42  s  105.0 m  1.1 m/s  82.5 strides 165.0 bpm  120.0 m high
                45  s  112.5 m  2.1 m/s     - strides 109.0 bpm  120.0 m high
                47  s  117.5 m  2.3 m/s     - strides 110.0 bpm  120.0 m high
            "]],
        );
    }

    #[test]
    fn a_treadmill_has_no_positions_and_smart_recording_few_records() {
        let recording = exact("run 600s 2.5m/s", |setup| {
            setup.watch.place = None;
            setup.watch.interval = Interval::Smart;
        });
        let records = &recording.activity.sessions[0].records;
        assert!(records.iter().all(|record| record.position().is_none()));
        let gaps: Vec<f64> =
            records.windows(2).map(|pair| pair[1].time().unwrap().seconds_since(pair[0].time().unwrap())).collect();
        assert!(gaps[..gaps.len() - 1].iter().all(|gap| (3.0..=7.0).contains(gap)), "{gaps:?}");
    }

    #[test]
    fn laps_cover_the_run() {
        for (laps, count) in [(Laps::End, 1), (Laps::Parts, 21), (Laps::Every(Distance::from_kilometers(1.0)), 3)] {
            let recording = exact("walk 5min, 10x(run 60s 2.6m/s, walk 60s)", |setup| setup.watch.laps = laps);
            let laps = &recording.activity.sessions[0].laps;
            assert_eq!(laps.len(), count);
            let elapsed: f64 = laps.iter().filter_map(|lap| lap.elapsed_s).sum();
            assert!((elapsed - 1500.0).abs() < 1e-9, "{elapsed}");
        }
    }

    #[test]
    fn a_seed_decides_everything_and_switching_one_sensor_off_leaves_the_others() {
        let script = Script::parse("walk 60s, run 120s 2.6m/s").expect("a script");
        let one = record(&script, &Setup::new(Some(1)));
        assert_eq!(one, record(&script, &Setup::new(Some(1))));
        assert_ne!(one, record(&script, &Setup::new(Some(2))));
        let mut setup = Setup::new(Some(1));
        setup.watch.heart_rate = false;
        let without = record(&script, &setup);
        let speeds = |recording: &Recording| -> Vec<_> {
            recording.activity.sessions[0].records.iter().map(Record::speed).collect()
        };
        assert_eq!(speeds(&one), speeds(&without));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever the script: time goes on, distance never falls, laps and pauses tell the same time as the session.
        #[test]
        fn recordings_hold_together(script in script(), seed in option::of(any::<u64>()), smart in any::<bool>()) {
            let script = Script::parse(&script).expect("a script");
            let mut setup = Setup::new(seed);
            setup.watch.laps = Laps::Parts;
            setup.watch.interval = if smart { Interval::Smart } else { Interval::Second };
            let recording = record(&script, &setup);
            let session = &recording.activity.sessions[0];
            let ordered = session.records.windows(2).all(|pair| {
                pair[0].time() < pair[1].time() && pair[0].distance() <= pair[1].distance()
            });
            prop_assert!(ordered);
            let seconds = script.seconds() as f64;
            let paused: f64 = session.pauses.iter().map(|pause| pause.end.seconds_since(pause.start)).sum();
            let in_laps: f64 = session.laps.iter().filter_map(|lap| lap.elapsed_s).sum();
            prop_assert_eq!(session.elapsed_s, Some(seconds));
            prop_assert_eq!(session.timer_s, Some(seconds - paused));
            prop_assert!((in_laps - seconds).abs() < 1e-9);
            prop_assert_eq!(recording.truth.bouts().last().map(|bout| bout.2), Some(script.seconds()));
            let end = session.records.last().and_then(Record::time);
            prop_assert_eq!(end, Some(setup.start.plus_seconds(seconds)));
        }
    }

    fn script() -> impl Strategy<Value = String> {
        let trouble = prop_oneof![Just(""), Just(" tunnel"), Just(" frozen"), Just(" lock"), Just(" no-cadence")];
        let part = (0..4_usize, 1..90_u32, 0..50_u32, -20..20_i32, trouble).prop_map(|(gait, s, v, grade, trouble)| {
            let gait = ["run", "walk", "stand", "pause"][gait];
            format!("{gait} {s}s {}.{}m/s {grade}%{trouble}", v / 10, v % 10)
        });
        vec(part, 1..12).prop_map(|parts| parts.join(", "))
    }
}
