//! Plans as people give them: on the command line, by name, and week by week in the runner's file.

use crate::plan::{NotationError, Plan, Prescription, Programme, Stage, Unreadable, built_in, read};
use crate::units::ParseError;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

/// Reads `--plan`: a session as notation or by its address, or the name of a built-in programme.
pub fn parse(text: &str) -> Result<Plan, ParseError> {
    if let Some(programme) = built_in::find(text.trim()) {
        return Ok(Plan::Programme(programme));
    }
    let prescription = read(text).map_err(|fault| faulty(fault, text))?;
    let source = if prescription.to_string() == text.trim() || Prescription::parse(text).is_ok() {
        "--plan".to_owned()
    } else {
        text.trim().to_owned()
    };
    Ok(Plan::Session { prescription, source })
}

/// Why a text is neither a plan nor the name of one, in words.
pub fn faulty(fault: Unreadable, text: &str) -> String {
    match fault {
        Unreadable::Notation(error) => pointed(&error, text),
        Unreadable::Name(sentence) => sentence,
    }
}

/// What is wrong with a notation, with carets under the place.
fn pointed(error: &NotationError, text: &str) -> String {
    let hint = if error.hint.is_empty() { String::new() } else { format!("; {}", error.hint) };
    let text = text.replace(char::is_control, " ");
    let lines: String = error.pointer(&text).lines().map(|line| format!("\n  {line}")).collect();
    format!("{}{hint}{lines}", error.message)
}

/// The name of a built-in programme in the runner's file.
pub fn programme_name<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Programme>, D::Error> {
    let name = String::deserialize(input)?;
    let names = || built_in::all().into_iter().map(|programme| programme.name).collect::<Vec<_>>().join(", ");
    built_in::find(&name).map(Some).ok_or_else(|| {
        let instead = built_in::similar(&name).filter(|meant| built_in::find(meant).is_some());
        let instead =
            instead.map_or_else(|| format!("there are {}", names()), |meant| format!("did you mean {meant}?"));
        D::Error::custom(format!("there is no programme \"{name}\"; {instead}"))
    })
}

/// The most weeks of a programme, ten years, and of sessions in one of them, a letter each.
const MOST_WEEKS: usize = 520;
const MOST_SESSIONS: usize = 26;

/// A physio's own programme in the runner's file: `[[plan.week]]` tables.
pub fn own<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Programme>, D::Error> {
    let written = Written::deserialize(input)?;
    if written.week.len() > MOST_WEEKS {
        return Err(D::Error::custom(format!("a plan has at most {MOST_WEEKS} weeks")));
    }
    if written.days_per_week.is_some_and(|days| !(1..=7).contains(&days)) {
        return Err(D::Error::custom("days_per_week is 1 to 7"));
    }
    if written.times_each.is_some_and(|times| !(1..=20).contains(&times)) {
        return Err(D::Error::custom("times_each is 1 to 20"));
    }
    let mut stages = Vec::new();
    for (i, week) in written.week.iter().enumerate() {
        if week.sessions.len() > MOST_SESSIONS {
            return Err(D::Error::custom(format!("week {}: a week has at most {MOST_SESSIONS} sessions", i + 1)));
        }
        let several = week.sessions.len() > 1;
        for (letter, session) in ('a'..='z').zip(&week.sessions) {
            let name = format!("week-{}{}", i + 1, if several { letter.to_string() } else { String::new() });
            let stage = Stage::parse(&name, session);
            stages.push(
                stage.map_err(|error| D::Error::custom(format!("week {}: {}", i + 1, on_one_line(&error, session))))?,
            );
        }
    }
    if stages.is_empty() {
        return Err(D::Error::custom("a plan needs [[plan.week]] tables with sessions = [\"run 20:00\"]"));
    }
    Ok(Some(Programme {
        name: written.name.unwrap_or_else(|| "own plan".to_owned()),
        title: "The physio's own programme".to_owned(),
        source: "the runner's file".to_owned(),
        cautions: Vec::new(),
        stop_rule: None,
        days_per_week: written.days_per_week.map(|days| (days, days)),
        rest_between: written.rest_between,
        times_each: written.times_each,
        stages,
    }))
}

/// The error of a plan in the runner's file, on one line.
fn on_one_line(error: &NotationError, text: &str) -> String {
    let at: String = text.chars().skip(error.at).take(error.len).collect();
    let place = if at.is_empty() { "at the end".to_owned() } else { format!("at `{at}`") };
    let hint = if error.hint.is_empty() { String::new() } else { format!("; {}", error.hint) };
    format!("{place}: {}{hint}", error.message)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: Option<String>,
    days_per_week: Option<u8>,
    #[serde(default)]
    rest_between: bool,
    times_each: Option<u8>,
    week: Vec<Week>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Week {
    #[serde(alias = "session", deserialize_with = "one_or_many")]
    sessions: Vec<String>,
}

fn one_or_many<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Sessions {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Sessions::deserialize(input)? {
        Sessions::One(session) => vec![session],
        Sessions::Many(sessions) => sessions,
    })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::runner::athlete;

    fn check(text: &str, expected: &Expect) {
        expected.assert_eq(&match parse(text) {
            Ok(Plan::Session { prescription, source }) => format!("{prescription} ({source})"),
            Ok(Plan::Programme(programme)) => programme.title,
            Err(error) => error.to_string(),
        });
    }

    #[test]
    fn plans_on_the_command_line() {
        check("10 x [1 min run : 1 min walk]", &expect!["10x(run 1:00, walk 1:00) (--plan)"]);
        check("kinetic-revolution/week-1", &expect!["10x(run 1:00, walk 1:00) (kinetic-revolution/week-1)"]);
        check("kinetic-revolution", &expect!["Kinetic Revolution, 12 weeks from walk:run to 35 minutes"]);
        check(
            "kinetic-revolution/week-13",
            &expect!["kinetic-revolution has no week-13; it has week-1 to week-12, or stage-1 to stage-12"],
        );
        check(
            "10x(run 1:00, wakl 1:00)",
            &expect![[r"
            this word is not known here; a step is run, walk or any with a time, a distance or open: run 1:00, walk 90s, run 1.6km, walk open
              10x(run 1:00, wakl 1:00)
                            ^^^^"]],
        );
    }

    #[test]
    fn a_plan_of_its_own_in_the_runners_file() {
        let plan = |text: &str| match athlete::parse(text) {
            Ok(athlete) => {
                let stages = athlete.plan.map(|plan| plan.stages).unwrap_or_default();
                stages.iter().map(|stage| format!("{}: {}\n", stage.name, stage.session)).collect()
            }
            Err(fault) => fault.to_string(),
        };
        let good = "[plan]\nrest_between = true\n[[plan.week]]\nsession = \"8x(run 1min, walk 90s)\"\n[[plan.week]]\nsessions = [\"run 20:00\", \"run 25:00\"]\n";
        expect![[r"
            week-1: 8x(run 1:00, walk 1:30)
            week-2a: run 20:00
            week-2b: run 25:00
        "]]
        .assert_eq(&plan(good));
        let crowded = format!("[[plan.week]]\nsessions = [{}]\n", "\"run 20:00\", ".repeat(27));
        expect!["line 1: week 1: a week has at most 26 sessions"].assert_eq(&plan(&crowded));
        expect!["line 1: a plan has at most 520 weeks"]
            .assert_eq(&plan(&"[[plan.week]]\nsession = \"run 20:00\"\n".repeat(521)));
        expect!["line 1: days_per_week is 1 to 7"]
            .assert_eq(&plan("[plan]\ndays_per_week = 8\n[[plan.week]]\nsession = \"run 20:00\"\n"));
        expect!["line 1: week 1: at `wakl`: this word is not known here; a step is run, walk or any with a time, a distance or open: run 1:00, walk 90s, run 1.6km, walk open"].assert_eq(&plan("[[plan.week]]\nsession = \"8x(run 1min, wakl 90s)\"\n"));
        expect![[r#"line 2: there is no programme "kinetic"; did you mean kinetic-revolution?"#]]
            .assert_eq(&plan("[rehab]\nplan = \"kinetic\"\n"));
    }
}
