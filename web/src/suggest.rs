//! An easy ceiling from the runner's own runs, for the form.

use rehabrun::ceiling::WatchFacts;
use rehabrun::ceiling::from_runs::{SeenRun, from_runs};
use rehabrun::units::{Date, HeartRate, Speed};
use serde_json::{Value, json};

use crate::{Engine, Message, plain};

/// A run as far as a ceiling needs it; [`read`] reads it again.
pub fn json(run: &SeenRun) -> Value {
    let bpm = |rate: Option<HeartRate>| rate.map(HeartRate::as_bpm);
    json!({
        "date": run.date.to_string(),
        "speed": run.speed.as_meters_per_second(),
        "run_s": run.run_s,
        "spread": run.spread,
        "has_repetitions": run.has_repetitions,
        "heart_rate": bpm(run.heart_rate),
        "heart_rate_max": bpm(run.heart_rate_max),
    })
}

fn read(run: &Value) -> Option<SeenRun> {
    let bpm = |key: &str| run[key].as_f64().map(HeartRate::from_bpm);
    Some(SeenRun {
        date: Date::parse(run["date"].as_str()?)?,
        speed: Speed::from_meters_per_second(run["speed"].as_f64()?),
        run_s: run["run_s"].as_f64()?,
        spread: run["spread"].as_f64()?,
        has_repetitions: run["has_repetitions"] == true,
        heart_rate: bpm("heart_rate"),
        heart_rate_max: bpm("heart_rate_max"),
        // The proposal is of the runs alone.
        watch: WatchFacts::default(),
    })
}

impl Engine {
    /// The pace that the runs propose, with the reasons; or why they propose none.
    pub(crate) fn suggest(&self, request: &Value) -> Message {
        let runs: Vec<SeenRun> = request["runs"].as_array().into_iter().flatten().filter_map(read).collect();
        let started = self.settings.auditor.settings().runner.facts.rehab_started;
        let on = request["on"].as_str().and_then(Date::parse);
        let units = self.settings.units;
        let own = from_runs(&runs, (on, started), units);
        plain(json!({
            "pace": own.speed.map(|(speed, _)| units.pace(speed)),
            "percent": own.speed.map(|(_, deviation)| (deviation * 1.645 * 100.0).round()),
            "heart_rate": own.heart_rate.map(|(rate, _)| rate.as_bpm()),
            "notes": own.notes.iter().map(|note| note.message.as_str()).collect::<Vec<_>>(),
        }))
    }
}
