//! What is said about a runner for one report, such as options on a command line. It wins over the runner's file.

use super::Runner;
use crate::ceiling::{Facts, Giver, Race, Threshold};
use crate::plan::Plan;
use crate::units::{HeartRate, Pace, UnitSystem};

/// What is said about a runner beside her file; `None` leaves it to the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Given {
    /// Easy pace.
    pub easy_pace: Option<Pace>,
    /// Easy heart rate.
    pub easy_heart_rate: Option<HeartRate>,
    /// Who gave the two.
    pub easy_from: Option<Giver>,
    /// A race.
    pub race: Option<Race>,
    /// Heart rate at the lactate threshold.
    pub threshold_heart_rate: Option<HeartRate>,
    /// Highest heart rate as measured.
    pub max_heart_rate: Option<HeartRate>,
    /// Resting heart rate as measured.
    pub resting_heart_rate: Option<HeartRate>,
    /// Age in years.
    pub age: Option<f64>,
    /// The plan that sessions are compared with.
    pub plan: Option<Plan>,
    /// The units of sentences.
    pub units: Option<UnitSystem>,
}

impl Runner {
    /// The runner with what is given in place of what the file says. The runner's own guess replaces nothing that somebody
    /// else gave: it stands beside that, and is ranked below it.
    #[must_use]
    pub fn with(self, given: Given) -> Self {
        let known = &self.facts;
        let is_known = known.easy_pace.is_some() || known.easy_heart_rate.is_some();
        let stands_beside = given.easy_from == Some(Giver::Guess) && is_known && known.easy_from != Giver::Guess;
        let is_given = given.easy_pace.is_some() || given.easy_heart_rate.is_some();
        let facts = if stands_beside {
            let guess =
                Threshold { speed: given.easy_pace.map(Pace::speed), heart_rate: given.easy_heart_rate, date: None };
            Facts { guess: Some(guess), ..known.clone() }
        } else {
            Facts {
                easy_pace: given.easy_pace.or(known.easy_pace),
                easy_heart_rate: given.easy_heart_rate.or(known.easy_heart_rate),
                // The file names the giver of what it holds, and of nothing else.
                easy_from: given.easy_from.unwrap_or(if is_given { Giver::Unsaid } else { known.easy_from }),
                ..known.clone()
            }
        };
        let facts = Facts {
            race: given.race.or(facts.race),
            threshold_heart_rate: given.threshold_heart_rate.or(facts.threshold_heart_rate),
            max_heart_rate: given.max_heart_rate.or(facts.max_heart_rate),
            resting_heart_rate: given.resting_heart_rate.or(facts.resting_heart_rate),
            age: given.age.or(facts.age),
            ..facts
        };
        Self { facts, plan: given.plan.or(self.plan), units: given.units.unwrap_or(self.units), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "[ceiling]\neasy_pace = \"6:30/km\"\neasy_pace_from = \"lab\"\nmax_hr = 187\n";

    fn facts(file: &str, given: Given) -> Facts {
        Runner::from_toml(file).expect("a runner's file").with(given).facts
    }

    fn pace(text: &str) -> Option<Pace> {
        text.parse().ok()
    }

    #[test]
    fn what_is_given_wins() {
        let facts = facts(FILE, Given { easy_pace: pace("6:00/km"), ..Given::default() });
        assert_eq!((facts.easy_pace, facts.easy_from), (pace("6:00/km"), Giver::Unsaid));
        assert_eq!(facts.max_heart_rate, Some(HeartRate::from_bpm(187.0)), "the rest stays");
    }

    #[test]
    fn nothing_given_changes_nothing() {
        let runner = Runner::from_toml(FILE).expect("a runner's file");
        assert_eq!(runner.clone().with(Given::default()), runner);
    }

    #[test]
    fn a_guess_replaces_nobody() {
        let guess = || Given { easy_pace: pace("6:00/km"), easy_from: Some(Giver::Guess), ..Given::default() };
        let beside = facts(FILE, guess());
        assert_eq!((beside.easy_pace, beside.easy_from), (pace("6:30/km"), Giver::Laboratory));
        assert_eq!(beside.guess.and_then(|guess| guess.speed), pace("6:00/km").map(Pace::speed));
        let alone = facts("", guess());
        assert_eq!((alone.easy_pace, alone.easy_from, alone.guess), (pace("6:00/km"), Giver::Guess, None));
    }
}
