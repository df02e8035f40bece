//! The programmes that come with the program: one file each, one row each.

mod army_trial;
mod backtotri;
mod kinetic_revolution;
mod moen;
mod nhs_couch_to_5k;
mod nike;
mod physioadvisor;
mod running_clinic;
mod similar;
mod sspc;

pub use similar::similar;

use super::programme::{Programme, Stage};
use super::{NotationError, Prescription};

/// A built-in programme, as written in its file.
struct BuiltIn {
    name: &'static str,
    title: &'static str,
    source: &'static str,
    cautions: &'static [&'static str],
    /// When to stop or go back, by the source, in our own words.
    stop_rule: &'static str,
    days_per_week: Option<(u8, u8)>,
    rest_between: bool,
    times_each: Option<u8>,
    /// Names and notations of the stages.
    stages: &'static [(&'static str, &'static str)],
}

/// The programmes in the order in which they are listed, the default one first.
const PROGRAMMES: &[BuiltIn] = &[
    kinetic_revolution::PROGRAMME,
    nhs_couch_to_5k::PROGRAMME,
    physioadvisor::PROGRAMME,
    moen::PROGRAMME,
    army_trial::PROGRAMME,
    running_clinic::PROGRAMME,
    sspc::PROGRAMME,
    nike::PROGRAMME,
    backtotri::PROGRAMME,
];

/// The name of the default programme.
pub const DEFAULT: &str = PROGRAMMES[0].name;

/// Every built-in programme, the default one first.
pub fn all() -> Vec<Programme> {
    PROGRAMMES.iter().map(BuiltIn::programme).collect()
}

/// The built-in programme of a name.
pub fn find(name: &str) -> Option<Programme> {
    PROGRAMMES.iter().find(|programme| programme.name == name).map(BuiltIn::programme)
}

/// Why a text is neither a plan nor the name of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is written as notation and has a fault.
    Notation(NotationError),
    /// It names a programme or a stage that there is not; the sentence says what there is.
    Name(String),
}

/// Reads the notation of a plan, or the address of a built-in session such as `kinetic-revolution/week-1`.
pub fn read(text: &str) -> Result<Prescription, Unreadable> {
    let text = text.trim();
    let (name, stage) = text.split_once('/').unwrap_or((text, ""));
    match find(name) {
        Some(programme) if stage.is_empty() => Err(Unreadable::Name(format!(
            "{name} has many sessions: name one, as {name}/{}",
            programme.stages.first().map_or("stage-1", |stage| &stage.name)
        ))),
        Some(programme) => programme.stage(stage).map(|stage| stage.session.clone()).map_err(Unreadable::Name),
        None => Prescription::parse(text).map_err(|fault| match similar(text) {
            Some(meant) => Unreadable::Name(format!("there is no built-in programme {name}; did you mean {meant}?")),
            None if is_name(name) => {
                let names: Vec<_> = PROGRAMMES.iter().map(|programme| programme.name).collect();
                Unreadable::Name(format!("there is no built-in programme {name}; there are {}", names.join(", ")))
            }
            None => Unreadable::Notation(fault),
        }),
    }
}

/// True for what can only be meant as a name: words joined by hyphens, without a space or a step.
fn is_name(text: &str) -> bool {
    let may_be = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.contains('-') && text.chars().all(may_be)
}

impl BuiltIn {
    fn programme(&self) -> Programme {
        let stage =
            |&(name, notation): &(&str, &str)| Stage::parse(name, notation).expect("a test reads every built-in");
        Programme {
            name: self.name.to_owned(),
            title: self.title.to_owned(),
            source: self.source.to_owned(),
            cautions: self.cautions.iter().map(|&caution| caution.to_owned()).collect(),
            stop_rule: Some(self.stop_rule.to_owned()),
            days_per_week: self.days_per_week,
            rest_between: self.rest_between,
            times_each: self.times_each,
            stages: self.stages.iter().map(stage).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use super::*;
    use crate::plan::{Kind, Length, Step};

    #[test]
    fn every_built_in_reads_and_prints_as_written() {
        let mut text = String::new();
        for (programme, written) in all().iter().zip(PROGRAMMES) {
            let minutes = |stage: &Stage| {
                let run = |step: &Step| match step.length {
                    Length::Time(seconds) if step.kind == Kind::Run => seconds / 60.0,
                    _ => 0.0,
                };
                stage.session.steps().iter().map(run).fold(0.0, |sum, minutes| sum + minutes)
            };
            let minutes: Vec<_> = programme.stages.iter().map(|stage| minutes(stage).round().to_string()).collect();
            writeln!(text, "{}: {} min", programme.name, minutes.join(" ")).expect("a string");
            for (stage, (_, notation)) in programme.stages.iter().zip(written.stages) {
                assert_eq!(stage.session.to_string(), *notation, "{} {}", programme.name, stage.name);
                assert_eq!(programme.stage(&stage.name), Ok(stage), "{}", programme.name);
            }
            assert!(!programme.source.is_empty() && !programme.title.is_empty());
            assert!(programme.stop_rule.as_ref().is_some_and(|rule| rule.ends_with('.')), "{}", programme.name);
        }
        expect![[r"
            kinetic-revolution: 10 12 16 24 32 30 30 30 20 25 30 35 min
            nhs-couch-to-5k: 8 9 9 16 15 16 20 18 20 25 25 28 30 min
            physioadvisor: 2 2 4 4 6 6 8 8 10 10 12 12 14 14 16 16 18 18 20 min
            moen: 8 8 12 12 16 18 min
            army-trial: 9 12 13 17 20 0 min
            running-clinic: 3 4 5 6 7 8 9 10 11 12 13 14 15 6 8 10 12 14 16 18 min
            sspc: 5 10 15 15 20 25 30 35 40 30 min
            nike: 10 15 20 25 min
            backtotri: 10 15 10 16 18 20 20 24 24 20 24 20 min
        "]]
        .assert_eq(&text);
    }

    #[test]
    fn sessions_are_found_by_name() {
        let check =
            |text: &str, expected: Expect| expected.assert_eq(&format!("{:?}", read(text).map(|p| p.to_string())));
        check("kinetic-revolution/week-1", expect![[r#"Ok("10x(run 1:00, walk 1:00)")"#]]);
        check("nhs-couch-to-5k/stage-6", expect![[r#"Ok("walk 5:00, run 8:00, walk 5:00, run 8:00")"#]]);
        check(
            "nhs-couch-to-5k/week-5",
            expect![[r#"Err(Name("week-5 of nhs-couch-to-5k has several sessions: week-5a, week-5b, week-5c"))"#]],
        );
        check(
            "physioadvisor/week-1",
            expect![[r#"Err(Name("physioadvisor has no week-1; it has stage-1 to stage-19"))"#]],
        );
        check(
            "kinetic-revolution",
            expect![[r#"Err(Name("kinetic-revolution has many sessions: name one, as kinetic-revolution/week-1"))"#]],
        );
        check(
            "couch-to-5k/week-1",
            expect![[
                r#"Err(Name("there is no built-in programme couch-to-5k; did you mean nhs-couch-to-5k/week-1?"))"#
            ]],
        );
        check("run 20:00", expect![[r#"Ok("run 20:00")"#]]);
        check("sspc/stage-0", expect![[r#"Err(Name("sspc has no stage-0; it has stage-1 to stage-10"))"#]]);
    }
}
