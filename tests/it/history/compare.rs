//! A run beside the runner's earlier easy runs.

use rehabrun::Auditor;
use rehabrun::comparison::EarlierRuns;
use rehabrun::export::fit;
use rehabrun::render::{Style, output};
use rehabrun::report::{File, Session, Summary};
use rehabrun::runner::Runner;
use rehabrun::synth::{Script, Setup, record};

/// A run of half an hour on a day of June 2026, at a speed and a heart rate.
fn session(day: u32, speed: f64, bpm: f64) -> Session {
    let script = format!("walk 300s 1.4m/s 110spm 100..100bpm, run 1500s {speed}m/s 165spm {bpm}..{bpm}bpm");
    let script = Script::parse(&script).expect("a script");
    let setup = Setup::new(Some(u64::from(day)));
    let setup = Setup { start: setup.start.plus_seconds(f64::from(day) * 86_400.0), ..setup };
    let activity = record(&script, &setup).activity;
    let runner = Runner::from_toml("[ceiling]\neasy_pace = \"6:00/km\"\n").expect("a runner");
    let file = Auditor::new(runner).audit("run.fit", fit::activity(&activity));
    file.sessions.into_iter().next().expect("a session")
}

fn earlier(n: u32) -> EarlierRuns {
    let mut earlier = EarlierRuns::default();
    (1..=n).for_each(|day| earlier.add(&session(day, 2.5, 140.0)));
    earlier
}

#[test]
fn it_is_silent_below_five_runs_and_on_the_same_day() {
    let today = session(20, 2.5, 140.0);
    assert_eq!(earlier(4).compare(&today), None);
    assert!(earlier(5).compare(&today).is_some());
    assert_eq!(earlier(8).compare(&session(5, 2.5, 140.0)), None, "only four are earlier");
}

#[test]
fn pace_and_heart_rate_are_compared_with_like() {
    let earlier = earlier(8);
    let faster = earlier.compare(&session(20, 2.7, 140.0)).expect("a comparison");
    let pace = faster.pace_at_same_heart_rate.expect("eight runs within 5 bpm");
    assert!(pace.value < pace.low && pace.is_beyond_spread() && pace.n_runs == 8, "{pace:?}");
    assert_eq!(faster.heart_rate_at_same_pace, None, "no earlier run was that fast");
    let harder = earlier.compare(&session(20, 2.5, 155.0)).expect("a comparison");
    assert_eq!(harder.pace_at_same_heart_rate, None, "no earlier run had that heart rate");
    let heart = harder.heart_rate_at_same_pace.expect("eight runs within 3 %");
    assert!(heart.value > heart.high && (heart.usual - 140.0).abs() < 3.0, "{heart:?}");
    assert!(earlier.compare(&session(20, 3.4, 180.0)).is_none(), "nothing like it");
}

#[test]
fn runs_over_the_ceiling_are_no_yardstick() {
    let mut earlier = EarlierRuns::default();
    (1..=8).for_each(|day| earlier.add(&session(day, 3.4, 170.0)));
    assert!(earlier.is_empty());
}

#[test]
fn every_output_has_it() {
    let mut today = session(20, 2.7, 140.0);
    today.comparison = earlier(8).compare(&today);
    let file = Auditor::new(Runner::default()).audit("run.fit", b"no activity".to_vec());
    let file = File { error: None, sessions: vec![today], ..file };
    let written = |name: &str| {
        let mut renderer = (output(name).expect("an output").begin)(Style { width: 200, ..Style::default() });
        let mut bytes = Vec::new();
        renderer.file(file.clone(), &mut bytes).expect("written");
        renderer.finish(&Summary::default(), &mut bytes).expect("written");
        String::from_utf8(bytes).expect("UTF-8")
    };
    for name in ["text", "markdown", "html"] {
        let text = written(name);
        assert!(text.contains("Beside 8 earlier easy runs, 2026-"), "{name}: {text}");
        assert!(text.contains("8 earlier runs within 5 bpm"), "{name}: {text}");
        assert!(text.contains("faster than usual"), "{name}: {text}");
    }
    assert!(written("html").matches("<circle class=\"earlier\"").count() == 8);
    assert!(written("json").contains("\"pace_at_same_heart_rate\":{\"n_runs\":8,"), "{}", written("json"));
    assert!(!written("text").contains("fitter"));
}
