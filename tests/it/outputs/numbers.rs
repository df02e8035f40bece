//! One number, one truth: every number in a sentence, a reason or a finding stands in the JSON of the same session.

use crate::common::{self, checks};
use rehabrun::auditor::{self, Settings};
use rehabrun::ceiling::Facts;
use rehabrun::export::fit;
use rehabrun::report::{Options, Session, Verdict};
use rehabrun::synth::{self, demo, sessions};
use rehabrun::units::{HeartRate, Pace};
use serde_json::Value;

/// The ceilings that a session is held against: on pace, on heart rate, both, none. The last two are so strict and so lax
/// that nearly all is over, or nothing.
const CEILINGS: [(Option<f64>, Option<f64>); 6] = [
    (Some(367.0), None),
    (None, Some(145.0)),
    (Some(367.0), Some(145.0)),
    (None, None),
    (Some(450.0), Some(125.0)),
    (Some(250.0), Some(185.0)),
];

#[test]
fn numbers_of_synthetic_sessions_are_in_their_json() {
    let mut seen = Seen::default();
    for (name, bytes) in demo().iter().flat_map(synth::Demo::files) {
        for ceiling in CEILINGS {
            seen.check(&name, bytes.clone(), ceiling);
        }
    }
    for made in sessions() {
        let recording = synth::record(&made.script(), &made.setup(Some(7)));
        let bytes = fit::activity(&recording.activity);
        for ceiling in CEILINGS {
            seen.check(made.name, bytes.clone(), ceiling);
        }
    }
    seen.assert();
}

#[test]
fn numbers_of_real_runs_are_in_their_json() {
    let Some(corpus) = common::corpus() else { return };
    let files = ["fit", "gpx", "tcx"].map(|extension| common::files(&corpus, extension)).concat();
    let mut seen = Seen::default();
    for (n, path) in files.iter().enumerate() {
        // Every file once with both ceilings, and once with one of the others.
        for ceiling in [(Some(390.0), Some(145.0)), CEILINGS[n % CEILINGS.len()]] {
            seen.check(&path.to_string_lossy(), common::bytes(path), ceiling);
        }
    }
    seen.assert();
}

/// What was read so far.
#[derive(Default)]
struct Seen {
    n_numbers: usize,
    /// Numbers that are not in the JSON.
    faults: Vec<String>,
}

impl Seen {
    fn check(&mut self, name: &str, bytes: Vec<u8>, (pace, bpm): (Option<f64>, Option<f64>)) {
        let mut settings = Settings { report: Options::default(), ..checks::settings(None) };
        settings.runner.facts = Facts {
            easy_pace: pace.map(Pace::from_seconds_per_kilometer),
            easy_heart_rate: bpm.map(HeartRate::from_bpm),
            ..Facts::default()
        };
        let file = auditor::audit_bytes("a", bytes, &settings);
        for (session, verdict) in file.judged() {
            let json = serde_json::to_value(session).expect("a session is JSON");
            let known = Known::of(&json);
            for text in texts(session, verdict) {
                let numbers: Vec<Number> = numbers(&known.without_strings(text)).collect();
                let unknown: Vec<&Number> = numbers.iter().filter(|number| !known.has(**number)).collect();
                self.n_numbers += numbers.len();
                if !unknown.is_empty() {
                    self.faults.push(format!("{name}, {pace:?}, {bpm:?}: {unknown:?} in: {text}"));
                }
            }
            let is_in_order = verdict.index.is_none_or(|index| (index >= 25) == verdict.class.is_over());
            if !is_in_order || verdict.severity.is_some() && !verdict.class.is_over() {
                self.faults.push(format!("{name}: {:?} {:?} {:?}", verdict.class, verdict.severity, verdict.index));
            }
        }
    }

    fn assert(&self) {
        let n = self.faults.len();
        assert!(self.faults.is_empty(), "{n} faults:\n{}", self.faults[..n.min(60)].join("\n"));
        assert!(self.n_numbers > 1000, "{} numbers were read", self.n_numbers);
    }
}

fn texts<'a>(session: &'a Session, verdict: &'a Verdict) -> impl Iterator<Item = &'a str> {
    let findings = session.findings.iter().map(|finding| finding.message.as_str());
    [verdict.sentence.as_str()].into_iter().chain(verdict.reasons.iter().map(String::as_str)).chain(findings)
}

/// A number of a text with what it is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Number {
    /// Seconds a kilometre, as `5:06/km`.
    Pace(f64),
    /// Seconds, as `12:30`.
    Time(f64),
    /// As `12 %`.
    Percent(f64),
    /// As `145 bpm`.
    Bpm(f64),
    /// As `2.1 km`.
    Kilometers(f64),
    /// Anything else, as in `3 efforts`.
    Count(f64),
}

/// What stands in a text and is no number of the session: examples of options, and definitions.
const NO_NUMBERS: [&str; 8] = [
    "--easy-pace 6:30/km",
    "--race 5k=25:00",
    "--easy-hr 145",
    "15 s or more",
    "in 10 minutes",
    "up to 15 bpm over an hour",
    "VO2",
    "every second",
];

/// The numbers of a text.
fn numbers(text: &str) -> impl Iterator<Item = Number> {
    let mut numbers = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let length = from.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(from.len());
        let digits = from[..length].trim_end_matches([':', '.']);
        let behind = &from[digits.len()..];
        // `vo2` or `x3` are words.
        if !before.ends_with(char::is_alphabetic) {
            numbers.extend(number(digits, behind));
        }
        rest = behind;
    }
    numbers.into_iter()
}

fn number(digits: &str, behind: &str) -> Option<Number> {
    if digits.contains(':') {
        let seconds = digits.split(':').try_fold(0.0, |sum, part| Some(60.0 * sum + part.parse::<f64>().ok()?))?;
        return Some(if behind.starts_with("/km") { Number::Pace(seconds) } else { Number::Time(seconds) });
    }
    let value = digits.parse().ok()?;
    let unit = behind.trim_start().split(|c: char| !(c.is_alphabetic() || c == '%')).next();
    Some(match unit {
        Some("%") => Number::Percent(value),
        Some("bpm") => Number::Bpm(value),
        Some("km") => Number::Kilometers(value),
        Some("s") => Number::Time(value),
        _ => Number::Count(value),
    })
}

/// The numbers of a JSON, by their kind, and its texts that sentences repeat.
#[derive(Default)]
struct Known {
    paces: Vec<f64>,
    times: Vec<f64>,
    shares: Vec<f64>,
    rates: Vec<f64>,
    meters: Vec<f64>,
    counts: Vec<f64>,
    strings: Vec<String>,
}

impl Known {
    fn of(json: &Value) -> Self {
        let mut known = Self::default();
        known.add("", json);
        known.strings.sort_by_key(|text| std::cmp::Reverse(text.len()));
        known
    }

    fn add(&mut self, name: &str, value: &Value) {
        match value {
            Value::Array(items) => {
                self.counts.push(items.len() as f64);
                for item in items {
                    self.add(name, item);
                }
            }
            Value::Object(fields) => {
                fields.iter().for_each(|(name, value)| self.add(name, value));
                // How long something lasted is told by its start and its end.
                if let (Some(start), Some(end)) = (value["start_s"].as_f64(), value["end_s"].as_f64()) {
                    self.times.push(end - start);
                }
                let unit = value["unit"].as_str().unwrap_or_default();
                for number in ["measured", "limit"].into_iter().filter_map(|name| value[name].as_f64()) {
                    match unit {
                        "bpm" | "bpm/10 min" => self.rates.push(number),
                        "s" => self.times.push(number),
                        unit if unit.starts_with("share") => self.shares.push(number),
                        "ratio to ceiling" => self.shares.push(number - 1.0),
                        "m/s" => self.paces.push(1000.0 / number),
                        _ => self.counts.push(number),
                    }
                }
            }
            Value::Number(number) => self.add_number(name, number.as_f64().unwrap_or(f64::NAN)),
            // The basis of a ceiling and the reason of an exception are repeated as they are.
            Value::String(text) if matches!(name, "basis" | "allowed") => self.strings.push(text.clone()),
            _ => {}
        }
    }

    fn add_number(&mut self, name: &str, number: f64) {
        let kinds: [(&str, &mut Vec<f64>); 4] = [
            ("_s_per_km", &mut self.paces),
            ("_bpm", &mut self.rates),
            ("_s", &mut self.times),
            ("_m", &mut self.meters),
        ];
        for (suffix, numbers) in kinds {
            if name.ends_with(suffix) {
                return numbers.push(number);
            }
        }
        match name {
            _ if name.contains("ratio") => self.shares.push(number - 1.0),
            _ if name.contains("share") || name == "pace_uncertainty" => self.shares.push(number),
            _ if name.starts_with("n_") => self.counts.push(number),
            _ => {}
        }
    }

    /// A text without what it repeats and what is no number.
    fn without_strings(&self, text: &str) -> String {
        let strings = self.strings.iter().map(String::as_str).chain(NO_NUMBERS);
        strings.fold(text.to_owned(), |text, known| text.replace(known, ""))
    }

    /// True when one of the numbers, which are rounded to a tenth, is printed like this.
    fn has(&self, number: Number) -> bool {
        let near = |numbers: &[f64], value: f64, scale: f64, step: f64| {
            numbers.iter().any(|number| (number * scale - value).abs() <= step)
        };
        match number {
            Number::Pace(value) => near(&self.paces, value, 1.0, 0.56),
            Number::Time(value) => near(&self.times, value, 1.0, 0.61),
            Number::Percent(value) => near(&self.shares, value, 100.0, 0.56),
            Number::Bpm(value) => near(&self.rates, value, 1.0, 0.56),
            Number::Kilometers(value) => near(&self.meters, value, 0.001, 0.0502),
            Number::Count(value) => near(&self.counts, value, 1.0, 1e-9),
        }
    }
}

#[test]
fn a_number_from_nowhere_is_seen() {
    let json = serde_json::json!({"over_s": 754.0, "over_pace_s_per_km": 306.2, "over_ratio": 1.2, "n_efforts": 3});
    let known = Known::of(&json);
    let unknown = |text: &str| numbers(&known.without_strings(text)).filter(|number| !known.has(*number)).count();
    assert_eq!(unknown("3 efforts, 12:34 in all, at 5:06/km, 20 % faster; give --easy-hr 145."), 0);
    assert_eq!(unknown("4 efforts, 12:36 in all, at 5:08/km, 22 % faster than 145 bpm at 2.1 km."), 6);
}
