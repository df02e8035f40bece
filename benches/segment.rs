//! How long it takes to cut sessions of one to eight hours.

use divan::Bencher;
use rehabrun::model::{Activity, Format};
use rehabrun::segment::{Options, segment};
use rehabrun::synth::{Script, Setup, record};
use rehabrun::timeline::{self, Timeline};

fn main() {
    divan::main();
}

const HOURS: [usize; 3] = [1, 2, 8];

#[divan::bench(args = HOURS)]
fn with_cadence(bencher: Bencher, hours: usize) {
    let timeline = session(hours, true);
    bencher.bench(|| segment(&timeline, Options { ignore_device_gait: true }));
}

#[divan::bench(args = HOURS)]
fn speed_alone(bencher: Bencher, hours: usize) {
    let timeline = session(hours, false);
    bencher.bench(|| segment(&timeline, Options { ignore_device_gait: true }));
}

/// Run and walk by the minute.
fn session(hours: usize, with_cadence: bool) -> Timeline {
    let script = format!("{}x(run 60s 2.6m/s, walk 60s 1.5m/s)", 30 * hours);
    let mut setup = Setup::new(Some(1));
    if !with_cadence {
        setup.watch.cadence = None;
    }
    let Activity { sessions, .. } = record(&Script::parse(&script).expect("a script"), &setup).activity;
    timeline::build(&sessions[0], Format::Fit).expect("a usable session")
}
