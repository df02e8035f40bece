//! A commented `athlete.toml` from a few answers.

use crate::ceiling::{Giver, Race};
use crate::units::{Date, HeartRate, Pace, UnitSystem};

use super::athlete::{Fault, Tissue};
use super::{Runner, sanitize};

/// What a runner answers. Everything but the units may be unknown, and stays out of the file then.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// Kilometres or miles.
    pub units: UnitSystem,
    /// Her name.
    pub name: Option<String>,
    /// The first day of rehab.
    pub started: Option<Date>,
    /// The name of a built-in programme.
    pub plan: Option<String>,
    /// Weeks in which all running is easy.
    pub easy_weeks: Option<u8>,
    /// What was hurt, as she calls it; kept as a comment, and as the tissue where it names one.
    pub tissue: Option<String>,
    /// Easy pace.
    pub easy_pace: Option<Pace>,
    /// Easy heart rate.
    pub easy_heart_rate: Option<HeartRate>,
    /// Who gave the two.
    pub easy_from: Option<Giver>,
    /// A race.
    pub race: Option<Race>,
    /// Highest heart rate as measured.
    pub max_heart_rate: Option<HeartRate>,
    /// Year of birth.
    pub birth_year: Option<i16>,
    /// True with anything that limits the heart rate.
    pub rate_limiting_medication: bool,
}

/// What else may stand in the file, as comments.
pub const HOW_TO: &str = "
# last_visit = 2026-10-26 under [rehab]: findings from that day on are listed, earlier ones counted.
# `rehabrun log` adds how a run felt.
#
# A plan of your own, in place of `plan` under [rehab]; `rehabrun plan check athlete.toml` says how it is understood:
# [plan]
# name = \"back to 20 minutes\"
# days_per_week = 3
# rest_between = true
# times_each = 2                # each session at least so often before the next
# [[plan.week]]
# sessions = [\"8x(run 1:00, walk 2:00)\", \"8x(run 1:00, walk 1:30)\"]
# [[plan.week]]
# session = \"walk 5:00, 4x(run 4:00, walk 1:00)\"
";

/// The text of the file. It is read back, so that what is written can be used: a fault is one of the answers.
pub fn to_toml(answers: &Answers) -> Result<String, Fault> {
    let text = written(answers);
    Runner::from_toml(&text).map(|_| text)
}

fn written(answers: &Answers) -> String {
    let mut text =
        "# The runner's file: put it beside the runs or in a folder above. What the command line says wins.\n"
            .to_owned();
    let pace = |pace: Pace| format!("{}{}", answers.units.pace_number(pace), answers.units.pace_unit());
    if let Some(name) = &answers.name {
        line(&mut text, "name", &quoted(name), "shown in reports");
    }
    let units = if answers.units == UnitSystem::Imperial { "mi" } else { "km" };
    line(&mut text, "units", &quoted(units), "km or mi");

    text += "\n[rehab]\n";
    if let Some(tissue) = &answers.tissue {
        text += &format!("# what was hurt: {}\n", sanitize(tissue).replace('\n', " "));
    }
    if let Some(day) = answers.started {
        line(&mut text, "started", &day.to_string(), "day 1 of week 1");
    }
    if let Some(plan) = &answers.plan {
        line(&mut text, "plan", &quoted(plan), "`rehabrun plan` lists the programmes");
    }
    if let Some(weeks) = answers.easy_weeks {
        line(&mut text, "easy_weeks", &weeks.to_string(), "weeks in which all running is easy");
    }

    text += "\n[ceiling]\n";
    let is_test = answers.easy_from == Some(Giver::TalkTest);
    let is_known = answers.easy_pace.is_some() || answers.easy_heart_rate.is_some();
    if is_test && is_known {
        let parts = [
            answers.easy_pace.map(|known| format!("pace = {}", quoted(&pace(known)))),
            answers.easy_heart_rate.map(|rate| format!("hr = {:.0}", rate.as_bpm())),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        line(&mut text, "talk_test", &format!("{{ {} }}", parts.join(", ")), "repeat it every six weeks");
    } else {
        if let Some(known) = answers.easy_pace {
            line(&mut text, "easy_pace", &quoted(&pace(known)), "no run is to be faster");
        }
        if let Some(rate) = answers.easy_heart_rate {
            line(&mut text, "easy_hr", &format!("{:.0}", rate.as_bpm()), "nor the heart rate higher, in bpm");
        }
        let giver = answers.easy_from.filter(|_| is_known).and_then(giver_name);
        if let Some(giver) = giver {
            line(&mut text, "easy_pace_from", &quoted(giver), "physio, lab, talk-test or guess");
        }
    }
    if !is_known {
        text += "# easy_pace = \"M:SS/km\"  # from your physio, or a talk test; `rehabrun ceiling FOLDER` looks at your own runs\n";
    }
    if let Some(race) = &answers.race {
        let date = race.date.map_or(String::new(), |date| format!(", date = {date}"));
        let time = crate::units::clock(race.time_s);
        let value = format!("{{ distance = \"{}m\", time = \"{time}\"{date} }}", race.distance.as_meters().round());
        line(&mut text, "race", &value, "");
    }
    if let Some(rate) = answers.max_heart_rate {
        line(&mut text, "max_hr", &format!("{:.0}", rate.as_bpm()), "the highest that was measured");
    }
    if let Some(year) = answers.birth_year {
        line(&mut text, "birth_year", &year.to_string(), "");
    }

    text += "\n[health]\n";
    let medication = answers.rate_limiting_medication.to_string();
    line(&mut text, "rate_limiting_medication", &medication, "true: heart rates from formulas are not used");
    if let Some(tissue) = answers.tissue.as_deref().and_then(known_tissue) {
        text += "\n[symptoms]\n";
        line(
            &mut text,
            "tissue",
            &quoted(tissue.name()),
            "sets how much pain is acceptable; `acceptable = 3` sets it yourself",
        );
    }
    text
}

/// The tissue that an answer names, as `tendon` in `left Achilles tendon`; `None` where it names none or several.
fn known_tissue(answer: &str) -> Option<Tissue> {
    let answer = answer.to_lowercase();
    let mut named = Tissue::ALL.into_iter().filter(|tissue| answer.contains(tissue.name()));
    named.next().filter(|_| named.next().is_none())
}

fn line(text: &mut String, key: &str, value: &str, comment: &str) {
    let comment = if comment.is_empty() { String::new() } else { format!("  # {comment}") };
    *text += &format!("{key} = {value}{comment}\n");
}

/// A string of TOML, on one line and of printable characters.
pub(super) fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
            c => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

const fn giver_name(giver: Giver) -> Option<&'static str> {
    match giver {
        Giver::Physio => Some("physio"),
        Giver::Laboratory => Some("lab"),
        Giver::TalkTest => Some("talk-test"),
        Giver::Guess => Some("guess"),
        Giver::Unsaid => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use proptest::prelude::*;

    use super::*;
    use crate::runner::{parse_date, parse_race};

    #[test]
    fn a_whole_file() {
        let answers = Answers {
            name: Some("A. \"Runner\"".to_owned()),
            started: parse_date("2026-09-07").ok(),
            plan: Some("kinetic-revolution".to_owned()),
            easy_weeks: Some(12),
            tissue: Some("shin bone".to_owned()),
            easy_pace: Some(Pace::from_seconds_per_kilometer(405.0)),
            easy_heart_rate: Some(HeartRate::from_bpm(142.0)),
            easy_from: Some(Giver::TalkTest),
            race: parse_race("5k=25:00@2026-05-01").ok(),
            birth_year: Some(1988),
            ..Answers::default()
        };
        expect![[r##"
            # The runner's file: put it beside the runs or in a folder above. What the command line says wins.
            name = "A. \"Runner\""  # shown in reports
            units = "km"  # km or mi

            [rehab]
            # what was hurt: shin bone
            started = 2026-09-07  # day 1 of week 1
            plan = "kinetic-revolution"  # `rehabrun plan` lists the programmes
            easy_weeks = 12  # weeks in which all running is easy

            [ceiling]
            talk_test = { pace = "6:45/km", hr = 142 }  # repeat it every six weeks
            race = { distance = "5000m", time = "25:00", date = 2026-05-01 }
            birth_year = 1988

            [health]
            rate_limiting_medication = false  # true: heart rates from formulas are not used

            [symptoms]
            tissue = "bone"  # sets how much pain is acceptable; `acceptable = 3` sets it yourself
        "##]]
        .assert_eq(&to_toml(&answers).expect("good answers"));
    }

    #[test]
    fn an_answer_that_cannot_be_is_a_fault() {
        let answers = Answers {
            easy_heart_rate: Some(HeartRate::from_bpm(190.0)),
            max_heart_rate: Some(HeartRate::from_bpm(180.0)),
            ..Answers::default()
        };
        assert_eq!(to_toml(&answers).map_err(|fault| fault.message), Err("`easy_hr` is not below `max_hr`".to_owned()));
    }

    proptest! {
        /// Whatever is typed as a name or a tissue, the file says the same.
        #[test]
        fn any_words_are_read_back(name in ".{0,30}", tissue in ".{0,30}", is_mi in any::<bool>()) {
            let units = if is_mi { UnitSystem::Imperial } else { UnitSystem::Metric };
            let answers = Answers { name: Some(name.clone()), tissue: Some(tissue), units, ..Answers::default() };
            let text = to_toml(&answers).expect("any words will do");
            let runner = Runner::from_toml(&text).expect("a good file");
            prop_assert_eq!(runner.name, Some(sanitize(&name)));
            prop_assert_eq!(runner.units, units);
        }
    }
}
