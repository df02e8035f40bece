//! Sessions by name, and programmes held against the runner's easy pace.

use super::Runner;
use super::plan::faulty;
use crate::plan::{Kind, Plan, Prescription, Programme, Stage, Step, StepCeiling, read};
use crate::units::{Pace, ParseError};

impl Runner {
    /// Reads a session: its notation, the address of a built-in one, or its address in the runner's own plan.
    pub fn session(&self, text: &str) -> Result<Prescription, ParseError> {
        if let (Some(Plan::Programme(own)), Some((name, stage))) = (&self.plan, text.split_once('/'))
            && own.name == name
        {
            return own.stage(stage).map(|stage| stage.session.clone()).map_err(ParseError::from);
        }
        read(text).map_err(|unreadable| faulty(unreadable, text).into())
    }

    /// The stages of a programme with a pace of their own that is faster than the runner's easy pace, a sentence each: no
    /// plan excuses that.
    pub fn too_fast_in(&self, programme: &Programme) -> Vec<String> {
        let Some(easy) = self.facts.easy_pace else { return Vec::new() };
        let faster = |stage: &Stage| {
            let paces = stage.session.steps().into_iter().filter_map(run_pace);
            let fastest = paces.map(Pace::as_seconds_per_kilometer).reduce(f64::min)?;
            (fastest < easy.as_seconds_per_kilometer()).then(|| {
                let pace = |pace: Pace| self.units.pace(pace.speed());
                let fastest = pace(Pace::from_seconds_per_kilometer(fastest));
                format!("{}: {fastest} is faster than the easy pace, {}", stage.name, pace(easy))
            })
        };
        programme.stages.iter().filter_map(faster).collect()
    }
}

/// The pace that a step of running sets itself.
fn run_pace(step: Step) -> Option<Pace> {
    match step.ceiling {
        Some(StepCeiling::Pace(pace)) if step.kind == Kind::Run => Some(pace),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "[ceiling]\neasy_pace = \"6:30/km\"\n[plan]\nname = \"mine\"\n[[plan.week]]\n\
                        session = \"run 5:00 @ 6:00/km, walk 1:00\"\n[[plan.week]]\nsession = \"run 5:00\"\n";

    #[test]
    fn the_runners_own_plan_has_addresses_too() {
        let runner = Runner::from_toml(FILE).expect("a runner's file");
        let session = |text: &str| runner.session(text).map(|session| session.to_string());
        assert_eq!(session("mine/week-2"), Ok("run 5:00".to_owned()));
        assert!(session("mine/week-3").is_err_and(|fault| fault.to_string().contains("week-3")));
        assert_eq!(session("2x(run 1:00, walk 1:00)"), Ok("2x(run 1:00, walk 1:00)".to_owned()));
        assert!(session("kinetic-revolution/week-1").is_ok());
    }

    #[test]
    fn a_plan_faster_than_the_easy_pace_is_named() {
        let runner = Runner::from_toml(FILE).expect("a runner's file");
        let Some(Plan::Programme(programme)) = &runner.plan else { panic!("a plan") };
        let too_fast = runner.too_fast_in(programme);
        assert_eq!(too_fast, ["week-1: 6:00/km is faster than the easy pace, 6:30/km"]);
        assert!(Runner::default().too_fast_in(programme).is_empty(), "nothing to hold it against");
    }
}
