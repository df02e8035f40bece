//! A run beside the runner's earlier easy runs, in words that more than one output has.

use crate::report::{Compared, Comparison, Session};
use crate::units::{HeartRate, Pace, UnitSystem, plural};

/// The heading, as `Beside 12 earlier easy runs, 2026-03-01 to 2026-05-01`.
pub fn heading(comparison: &Comparison) -> String {
    let n_runs = plural(comparison.runs.len(), "earlier easy run", None);
    match (comparison.runs.first(), comparison.runs.last()) {
        (Some(first), Some(last)) => format!("Beside {n_runs}, {} to {}", first.date, last.date),
        _ => format!("Beside {n_runs}"),
    }
}

/// What differs from them, a sentence for each measure that at least five of them have.
pub fn sentences(session: &Session, units: UnitSystem) -> Vec<String> {
    let Some(comparison) = &session.comparison else { return Vec::new() };
    let pace = comparison.pace_at_same_heart_rate.as_ref().map(|compared| {
        let at = comparison.this.heart_rate_bpm.map(bpm).unwrap_or_default();
        let words = |value: f64| units.pace(Pace::from_seconds_per_kilometer(value).speed());
        format!("at {at} {}; {}", words(compared.value), against(compared, "within 5 bpm", ["faster", "slower"], words))
    });
    let heart_rate = comparison.heart_rate_at_same_pace.as_ref().map(|compared| {
        let pace = comparison.this.pace_s_per_km.map(Pace::from_seconds_per_kilometer);
        let at = pace.map(|pace| units.pace(pace.speed())).unwrap_or_default();
        format!("at {at} {}; {}", bpm(compared.value), against(compared, "within 3 %", ["lower", "higher"], bpm))
    });
    let breaks = comparison.walk_breaks.as_ref().map(|compared| {
        let words = |value: f64| format!("{value:.0}");
        let sentence = against(compared, "about as long", ["fewer", "more"], words);
        format!("{} breaks in 30 minutes of running; {sentence}", words(compared.value))
    });
    [pace, heart_rate, breaks].into_iter().flatten().collect()
}

fn bpm(value: f64) -> String {
    HeartRate::from_bpm(value).to_string()
}

/// `8 earlier runs within 5 bpm had 6:35/km (6:28/km to 6:44/km): faster than usual`.
fn against(compared: &Compared, which: &str, [below, above]: [&str; 2], words: impl Fn(f64) -> String) -> String {
    let Compared { n_runs, value, usual, low, high, .. } = compared;
    // What reads as the same number is the same.
    let how = if value.round() < low.round() {
        format!("{below} than usual")
    } else if value.round() > high.round() {
        format!("{above} than usual")
    } else {
        "as usual".to_owned()
    };
    let n_runs = plural(*n_runs, "earlier run", None);
    format!("{n_runs} {which} had {} ({} to {}): {how}", words(*usual), words(*low), words(*high))
}

/// What must stand beside every comparison.
pub const LIMITS: &str = "Heat, hills, shoes, sleep and the sensor change these numbers as fitness does.";
