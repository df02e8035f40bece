//! The runner's file, `athlete.toml`: strict, so that a misspelt key or an impossible value never passes unseen.

mod hint;
#[cfg(test)]
mod round_trip;
mod symptoms;
mod value;

use crate::audit::RuleId;
pub use symptoms::{Symptom, SymptomLimits, Tissue};

use crate::ceiling::{Giver, Race, Threshold};
use crate::plan::Order;
use crate::plan::Programme;
use crate::units::{self, Date, Distance, HeartRate, Pace, ParseError, UnitSystem, Zone};
use serde::Deserialize;

use super::plan;

/// The name of the runner's file.
pub const FILE_NAME: &str = "athlete.toml";

/// What the runner's file says. Everything is optional.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Athlete {
    /// The runner's name, shown in reports.
    pub name: Option<String>,
    /// Kilometres or miles.
    #[serde(deserialize_with = "value::unit_system")]
    pub units: Option<UnitSystem>,
    /// Where the runner lives, for files that do not give the runner's clock.
    #[serde(deserialize_with = "value::zone")]
    pub timezone: Option<Zone>,
    /// The way back to running.
    pub rehab: Rehab,
    /// What the easy ceiling is made of.
    pub ceiling: CeilingFacts,
    /// What limits which ceilings can be used.
    pub health: Health,
    /// What no report shows.
    pub privacy: Privacy,
    /// The physio's own programme, which takes the place of a built-in one.
    #[serde(deserialize_with = "plan::own")]
    pub plan: Option<Programme>,
    /// Exceptions, each with its reason.
    pub allow: Vec<Allow>,
    /// How it felt, day by day.
    pub symptom: Vec<Symptom>,
    /// What the physio accepts of that.
    pub symptoms: SymptomLimits,
}

/// The way back to running.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rehab {
    /// Day 1 of week 1.
    #[serde(deserialize_with = "value::date")]
    pub started: Option<Date>,
    /// The last visit to the physio: weeks and clinic speak of what came after it.
    #[serde(deserialize_with = "value::date")]
    pub last_visit: Option<Date>,
    /// Days without running between the race and that day.
    #[serde(deserialize_with = "value::days")]
    pub days_off: Option<f64>,
    /// True when fitness was kept up by cross-training meanwhile.
    pub cross_trained: bool,
    /// The built-in programme that is followed.
    #[serde(deserialize_with = "plan::programme_name")]
    pub plan: Option<Programme>,
    /// Weeks in which all running is easy.
    #[serde(deserialize_with = "value::weeks")]
    pub easy_weeks: Option<u8>,
    /// True when a finish kick counts as any other running over the ceiling.
    pub count_kicks: bool,
    /// The order in which load may rise.
    #[serde(deserialize_with = "value::order")]
    pub order: Option<Order>,
}

/// What the easy ceiling is made of.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CeilingFacts {
    /// Easy pace as it was given.
    #[serde(deserialize_with = "value::pace")]
    pub easy_pace: Option<Pace>,
    /// Easy heart rate as it was given.
    #[serde(deserialize_with = "value::heart_rate")]
    pub easy_hr: Option<HeartRate>,
    /// Who gave the two.
    #[serde(deserialize_with = "value::giver")]
    pub easy_pace_from: Option<Giver>,
    /// First threshold from a laboratory.
    #[serde(deserialize_with = "value::threshold")]
    pub first_threshold: Option<Threshold>,
    /// Fastest pace at which talking was comfortable.
    #[serde(deserialize_with = "value::threshold")]
    pub talk_test: Option<Threshold>,
    /// A race.
    #[serde(deserialize_with = "value::race")]
    pub race: Option<Race>,
    /// Pace at critical speed.
    #[serde(deserialize_with = "value::pace")]
    pub critical_pace: Option<Pace>,
    /// Highest heart rate as measured.
    #[serde(deserialize_with = "value::heart_rate")]
    pub max_hr: Option<HeartRate>,
    /// Resting heart rate.
    #[serde(deserialize_with = "value::heart_rate")]
    pub resting_hr: Option<HeartRate>,
    /// Heart rate at the lactate threshold.
    #[serde(deserialize_with = "value::heart_rate")]
    pub lthr: Option<HeartRate>,
    /// Year of birth.
    #[serde(deserialize_with = "value::birth_year")]
    pub birth_year: Option<i16>,
    /// Height above the sea where the runs take place, in metres.
    #[serde(deserialize_with = "value::altitude")]
    pub altitude_m: Option<Distance>,
}

/// What limits which ceilings can be used.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Health {
    /// True with anything that limits the heart rate: ceilings from formulas are dropped.
    pub rate_limiting_medication: bool,
    /// True after surgery or with regular medication.
    pub after_surgery: bool,
}

/// What no report shows.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Privacy {
    /// Metres around the start and the end of a session within which no location is shown.
    #[serde(deserialize_with = "value::radius")]
    pub hide_ends: Option<u32>,
}

/// An exception: what the physio agreed to, and why.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allow {
    /// The rule that is excepted.
    #[serde(deserialize_with = "value::rule")]
    pub rule: RuleId,
    /// The first day on which it holds; from the beginning when missing.
    #[serde(default, deserialize_with = "value::date")]
    pub from: Option<Date>,
    /// The last day on which it holds; for good when missing.
    #[serde(default, deserialize_with = "value::date")]
    pub to: Option<Date>,
    /// Why, shown in every report.
    #[serde(deserialize_with = "value::reason")]
    pub reason: String,
}

/// A fault in a runner's file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", .line.map_or(String::new(), |line| format!("line {line}: ")))]
pub struct Fault {
    /// The line it is on, from 1, where it has one.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead, where it is plain.
    pub hint: Option<String>,
}

/// Reads a runner's file. A fault comes with what to write instead, where that is plain.
pub fn parse(text: &str) -> Result<Athlete, Fault> {
    parse_without_hint(text).map_err(|fault| {
        let hint = fault.line.filter(|_| text.len() <= MOST_WITH_HINT).and_then(|line| hint::hint(text, line));
        Fault { hint, ..fault }
    })
}

/// In a longer file no hint is looked for, which takes another reading.
const MOST_WITH_HINT: usize = 64 << 10;

fn parse_without_hint(text: &str) -> Result<Athlete, Fault> {
    let athlete: Athlete = toml::from_str(text).map_err(|error| Fault {
        line: error.span().map(|span| 1 + text[..span.start.min(text.len())].matches('\n').count()),
        message: error.message().lines().next().unwrap_or_default().to_owned(),
        hint: None,
    })?;
    check_together(&athlete, text)?;
    Ok(athlete)
}

/// Holds values against each other that are each possible alone.
fn check_together(athlete: &Athlete, text: &str) -> Result<(), Fault> {
    let facts = &athlete.ceiling;
    for (key, low) in [("resting_hr", facts.resting_hr), ("easy_hr", facts.easy_hr), ("lthr", facts.lthr)] {
        let (Some(low), Some(high)) = (low, facts.max_hr) else { continue };
        if low >= high {
            let line = text.lines().position(|line| line.trim_start().starts_with(key)).map(|i| i + 1);
            return Err(Fault { line, message: format!("`{key}` is not below `max_hr`"), hint: None });
        }
    }
    let ends_before_it_begins = |allow: &Allow| allow.from.zip(allow.to).is_some_and(|(from, to)| to < from);
    if let Some(i) = athlete.allow.iter().position(ends_before_it_begins) {
        let mut tables = text.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with("[[allow]]"));
        let line = tables.nth(i).map(|(line, _)| line + 1);
        return Err(Fault { line, message: "the exception ends before it begins".to_owned(), hint: None });
    }
    Ok(())
}

/// Reads a distance around home such as `200m`, in metres; `0` hides nothing.
pub fn parse_radius(text: &str) -> Result<u32, ParseError> {
    const EXAMPLE: &str = "write it as 200m or 0.2mi, at most 10km; 0 hides nothing";
    if text.trim() == "0" {
        return Ok(0);
    }
    let meters = units::parse_distance(text).map_err(|_| EXAMPLE)?.as_meters();
    if meters <= 10_000.0 { Ok(meters.ceil() as u32) } else { Err(EXAMPLE.into()) }
}

/// Reads a race such as `5k=25:00` or `half=1:52:30@2026-05-01`.
pub fn parse_race(text: &str) -> Result<Race, ParseError> {
    let (run, date) = match text.split_once('@') {
        Some((run, date)) => (run, Some(parse_date(date)?)),
        None => (text, None),
    };
    let (distance, time) = run.split_once('=').ok_or("write a race as 5k=25:00 or half=1:52:30@2026-05-01")?;
    race_of(distance, time, date, None)
}

/// Reads who gave an easy pace.
pub fn parse_giver(text: &str) -> Result<Giver, ParseError> {
    match text {
        "physio" => Ok(Giver::Physio),
        "lab" => Ok(Giver::Laboratory),
        "talk-test" => Ok(Giver::TalkTest),
        "guess" => Ok(Giver::Guess),
        _ => Err("it is from physio, lab, talk-test or guess".into()),
    }
}

/// Reads a day such as `2026-05-01`.
pub fn parse_date(text: &str) -> Result<Date, ParseError> {
    Date::parse(text).ok_or_else(|| "write a day as 2026-05-01".into())
}

fn race_of(distance: &str, time: &str, date: Option<Date>, altitude: Option<Distance>) -> Result<Race, ParseError> {
    let distance = units::parse_distance(distance)?;
    let time_s = units::parse_clock(time)?;
    // World records run from 6.6 m/s (marathon 5.8) to 10.4 m/s over 100 m; walking is slower than 1 m/s only at leisure.
    let speed = distance.as_meters() / time_s.max(1.0);
    if !(0.8..=10.5).contains(&speed) {
        return Err("nobody races that distance in that time".into());
    }
    Ok(Race { distance, time_s, date, altitude })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::proptest;

    use super::*;

    const WHOLE: &str = r#"
name = "A. Runner"
units = "km"
[rehab]
started = 2026-09-07
plan = "kinetic-revolution"
easy_weeks = 12
order = "frequency-first"
[ceiling]
easy_pace = "6:30/km"
easy_hr = 145
race = { distance = "5k", time = "25:00", date = 2026-05-01 }
talk_test = { pace = "6:40/km", hr = 141.5 }
max_hr = 187
resting_hr = 56
lthr = 168
birth_year = 1988
[health]
rate_limiting_medication = false
[[allow]]
rule = "speed-before-week-13"
from = 2026-11-16
reason = "strides agreed, JD"
"#;

    #[test]
    fn a_whole_file_is_read() {
        let athlete = parse(WHOLE).expect("a good file");
        assert_eq!(athlete.name.as_deref(), Some("A. Runner"));
        assert_eq!(athlete.ceiling.easy_pace, Some(Pace::from_seconds_per_kilometer(390.0)));
        assert_eq!(athlete.ceiling.race, parse_race("5k=25:00@2026-05-01").ok());
        assert_eq!(athlete.rehab.started.map(|day| day.to_string()).as_deref(), Some("2026-09-07"));
        assert_eq!(athlete.rehab.order, Some(Order::FrequencyFirst));
        assert_eq!(athlete.allow.len(), 1);
        assert_eq!(parse(""), Ok(Athlete::default()));
    }

    /// Prints what is said of each faulty file.
    fn check(texts: &[&str], expected: &Expect) {
        let said = |text: &str| match parse(text) {
            Ok(athlete) => format!("{athlete:?}"),
            Err(fault) => fault.to_string(),
        };
        let lines: Vec<String> = texts.iter().map(|text| format!("{text:?}\n    {}\n", said(text))).collect();
        expected.assert_eq(&lines.concat());
    }

    proptest! {
        #[test]
        fn no_text_panics(start in 0..600_usize, text in ".{0,40}") {
            let cut = WHOLE.char_indices().map(|(at, _)| at).find(|&at| at >= start).unwrap_or(WHOLE.len());
            let _ = parse(&text);
            let _ = parse(&format!("{}{text}{}", &WHOLE[..cut], &WHOLE[cut..]));
        }
    }

    #[test]
    fn faults_name_their_line() {
        check(
            &[
                "nam = 1",
                "[ceiling]\n\neasy_pace = \"6:30\"",
                "[ceiling]\neasy_hr = 400",
                "[ceiling]\nmax_hr = \"high\"",
                "[ceiling]\nbirth_year = 88",
                "[ceiling]\nrace = { distance = \"5k\", time = \"5:00\" }",
                "[ceiling]\nrace = { distance = \"5k\" }",
                "[ceiling]\ntalk_test = { }",
                "[rehab]\nstarted = \"2026-09-07\"",
                "[rehab]\nstarted = 2026-02-30",
                "[rehab]\ncross_trained = 1",
                "[rehab]\norder = \"speed-first\"",
                "units = \"miles\"",
                "timezone = \"Auckland\"",
                "[ceiling\neasy_hr = 140",
                "[ceiling]\neasy_hr = 140\neasy_hr = 150",
                "[ceiling]\nmax_hr = 150\nresting_hr = 160",
                "[[allow]]\nrule = \"surges\"",
                "[[allow]]\nrule = \"surges\"\nreason = \" \"",
                "[[allow]]\nrule = \"surgs\"\nreason = \"strides\"",
                "[[allow]]\nrule = \"surges\"\nreason = \"JD\"\nfrom = 2026-11-02\nto = 2026-11-01",
            ],
            &expect![[r#"
                "nam = 1"
                    line 1: unknown field `nam`, expected one of `name`, `units`, `timezone`, `rehab`, `ceiling`, `health`, `privacy`, `plan`, `allow`, `symptom`, `symptoms`
                "[ceiling]\n\neasy_pace = \"6:30\""
                    line 3: a pace needs its unit: write it as 6:30/km or 10:30/mi
                "[ceiling]\neasy_hr = 400"
                    line 2: a heart rate is between 30 and 240 bpm
                "[ceiling]\nmax_hr = \"high\""
                    line 2: expected a number
                "[ceiling]\nbirth_year = 88"
                    line 2: a year of birth has four digits, as 1988
                "[ceiling]\nrace = { distance = \"5k\", time = \"5:00\" }"
                    line 2: nobody races that distance in that time
                "[ceiling]\nrace = { distance = \"5k\" }"
                    line 2: missing field `time`
                "[ceiling]\ntalk_test = { }"
                    line 2: give `pace`, `hr` or both
                "[rehab]\nstarted = \"2026-09-07\""
                    line 2: write a day as 2026-05-01, without quotes
                "[rehab]\nstarted = 2026-02-30"
                    line 2: invalid date, expected day between 01 and 28
                "[rehab]\ncross_trained = 1"
                    line 2: invalid type: integer `1`, expected a boolean
                "[rehab]\norder = \"speed-first\""
                    line 2: the order is "volume-first", "frequency-first" or "any"
                "units = \"miles\""
                    line 1: units are "km" or "mi"
                "timezone = \"Auckland\""
                    line 1: there is no time zone "Auckland"; write it as "Pacific/Auckland"
                "[ceiling\neasy_hr = 140"
                    line 1: unclosed table, expected `]`
                "[ceiling]\neasy_hr = 140\neasy_hr = 150"
                    line 3: duplicate key
                "[ceiling]\nmax_hr = 150\nresting_hr = 160"
                    line 3: `resting_hr` is not below `max_hr`
                "[[allow]]\nrule = \"surges\""
                    line 1: missing field `reason`
                "[[allow]]\nrule = \"surges\"\nreason = \" \""
                    line 3: an exception needs its reason
                "[[allow]]\nrule = \"surgs\"\nreason = \"strides\""
                    line 2: there is no rule `surgs`; `rehabrun explain` lists them
                "[[allow]]\nrule = \"surges\"\nreason = \"JD\"\nfrom = 2026-11-02\nto = 2026-11-01"
                    line 1: the exception ends before it begins
            "#]],
        );
    }
}
