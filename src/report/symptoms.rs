//! How it felt, beside the load: facts with their days, and no verdict.

use serde::{Deserialize, Serialize};

use super::File;
use super::round::round;
use crate::runner::{Runner, Symptom, Tissue};

/// How it felt, with the physio's limits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Symptoms {
    /// What was hurt.
    pub tissue: Option<Tissue>,
    /// The highest pain that is acceptable, 0 to 10; `None` where there is no limit.
    pub acceptable: Option<f64>,
    /// Where that limit comes from.
    pub source: Option<&'static str>,
    /// True when the next morning must be no worse.
    pub next_day_rule: bool,
    /// What was said, a day and a site each, in the order of time.
    pub entries: Vec<SymptomEntry>,
    /// Weeks in which pain rose, with the load beside it.
    pub rises: Vec<PainRise>,
}

/// How a day felt at one site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SymptomEntry {
    /// The day.
    pub date: String,
    /// Its week, from 1; `None` where it is in none.
    pub week: Option<usize>,
    /// Pain while running, 0 to 10.
    pub during: Option<f64>,
    /// Pain after it, 0 to 10.
    pub after: Option<f64>,
    /// Pain the next morning, 0 to 10.
    pub next_day: Option<f64>,
    /// The most of these.
    pub worst: Option<f64>,
    /// Where it hurt.
    pub site: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// True when it was more than is acceptable; `None` without a limit or a number.
    pub over_limit: Option<bool>,
    /// True when the next morning was worse than the run itself, or by two points than the last morning that was told of
    /// the site. `None` where that is no rule, or not known.
    pub worse_next_day: Option<bool>,
}

/// A week in which pain rose, and what the load did meanwhile: side by side, not cause and effect.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PainRise {
    /// The week, from 1.
    pub week: usize,
    /// The day with the most pain in it.
    pub date: String,
    /// The most pain in it.
    pub pain: f64,
    /// The last week before it of which anything was said.
    pub before_week: usize,
    /// The most pain in that one.
    pub before: f64,
}

/// The least rise from one week to the next that is reported. Our choice: people rate equal days one point apart.
pub(super) const RISE: f64 = 2.0;

/// Puts what the runner said of the days of a file's sessions beside them.
pub fn add_to_file(file: &mut File, runner: &Runner) {
    let days: Vec<String> =
        file.sessions.iter().filter_map(|session| Some(session.started_at?.date().to_string())).collect();
    let of_file = entries(runner).into_iter().filter(|entry| days.contains(&entry.date));
    file.symptoms = Some(of_file.collect());
}

/// What was said, that of one day and site together, in the order of time.
pub(super) fn entries(runner: &Runner) -> Vec<SymptomEntry> {
    let mut days: Vec<Symptom> = Vec::new();
    for said in &runner.symptoms {
        // An entry without a site belongs to the one that the day has.
        let same = |day: &&mut Symptom| {
            day.date == said.date && (day.site == said.site || day.site.is_none() || said.site.is_none())
        };
        match days.iter_mut().rev().take_while(|day| day.date == said.date).find(same) {
            Some(day) => join(day, said),
            None => days.push(said.clone()),
        }
    }
    let limits = runner.symptom_limits;
    let mut built: Vec<SymptomEntry> = Vec::new();
    for (i, day) in days.iter().enumerate() {
        let usual = days[..i].iter().rev().filter(|before| before.site == day.site).find_map(|before| before.next_day);
        let is_worse = day.next_day.and_then(|now| is_worse(now, usual, [day.during, day.after]));
        built.push(SymptomEntry {
            date: day.date.to_string(),
            week: None,
            during: day.during.map(|pain| round(1, pain)),
            after: day.after.map(|pain| round(1, pain)),
            next_day: day.next_day.map(|pain| round(1, pain)),
            worst: day.worst().map(|pain| round(1, pain)),
            site: day.site.clone(),
            note: day.note.clone(),
            over_limit: day.worst().zip(limits.acceptable()).map(|(pain, limit)| pain > limit),
            worse_next_day: is_worse.filter(|_| limits.next_day_rule()),
        });
    }
    built
}

/// True when a morning was worse than the run before it, or than the usual morning by more than people say of equal days.
fn is_worse(now: f64, usual: Option<f64>, run: [Option<f64>; 2]) -> Option<bool> {
    let run = run.into_iter().flatten().reduce(f64::max);
    let than_run = run.map(|run| now > run);
    let than_usual = usual.map(|usual| now - usual >= RISE);
    than_run.max(than_usual)
}

/// Adds what was said later of the same day.
fn join(day: &mut Symptom, said: &Symptom) {
    let most = |a: Option<f64>, b: Option<f64>| [a, b].into_iter().flatten().reduce(f64::max);
    day.during = most(day.during, said.during);
    day.after = most(day.after, said.after);
    day.next_day = most(day.next_day, said.next_day);
    day.site = day.site.take().or_else(|| said.site.clone());
    day.note = match (day.note.take(), said.note.clone()) {
        (Some(first), Some(second)) => Some(format!("{first}; {second}")),
        (first, second) => first.or(second),
    };
}

/// The last day of which a number was said.
pub(super) fn latest(symptoms: &Symptoms) -> Option<&SymptomEntry> {
    symptoms.entries.iter().rev().find(|entry| entry.worst.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let runner = Runner::from_toml(text).expect("a runner's file");
        let line = |entry: SymptomEntry| {
            let SymptomEntry { date, during, after, next_day, over_limit, worse_next_day, .. } = entry;
            format!("{date} {during:?} {after:?} {next_day:?} over {over_limit:?} worse {worse_next_day:?}")
        };
        entries(&runner).into_iter().map(line).collect()
    }

    #[test]
    fn a_day_told_in_parts_is_one() {
        let said = "[[symptom]]\ndate = 2026-11-03\nduring = 2\nsite = \"achilles\"\n[[symptom]]\ndate = 2026-11-03\nnext_day = 3\n\
                    [[symptom]]\ndate = 2026-11-03\nafter = 1\nsite = \"knee\"\n";
        assert_eq!(
            told(said),
            [
                "2026-11-03 Some(2.0) None Some(3.0) over None worse None",
                "2026-11-03 None Some(1.0) None over None worse None"
            ]
        );
    }

    #[test]
    fn a_tendon_is_held_to_its_limit_and_to_the_morning_before() {
        let said = "[symptoms]\ntissue = \"tendon\"\n[[symptom]]\ndate = 2026-11-03\nduring = 2\nnext_day = 2\n\
                    [[symptom]]\ndate = 2026-11-05\nduring = 6\nnext_day = 4\n[[symptom]]\ndate = 2026-11-07\nduring = 1\n";
        assert_eq!(
            told(said),
            [
                "2026-11-03 Some(2.0) None Some(2.0) over Some(false) worse Some(false)",
                "2026-11-05 Some(6.0) None Some(4.0) over Some(true) worse Some(true)",
                "2026-11-07 Some(1.0) None None over Some(false) worse None"
            ]
        );
    }
}
