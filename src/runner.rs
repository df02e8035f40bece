//! The runner: what is known, what was agreed on, and what must not be shown; from `athlete.toml` or set one by one.

mod athlete;
mod given;
mod plan;
mod sessions;
pub mod setup;
mod symptom_log;

pub use athlete::{
    FILE_NAME, Fault, Symptom, SymptomLimits, Tissue, parse_date, parse_giver, parse_race, parse_radius,
};
pub use given::Given;
pub use plan::{faulty as faulty_plan, parse as parse_plan};

pub use symptom_log::add_symptom;

pub use crate::audit::Exception;
pub use crate::ceiling::{Facts, Giver, Race, Threshold, WatchFacts};
pub use crate::plan::{Order, Plan};
use crate::units::{Date, HeartRate, Pace, UnitSystem, Zone, is_control_or_bidi};
use athlete::Athlete;

/// Weeks in which all running is easy, where the runner's file does not say (J. Dunne, kinetic-revolution.com).
const EASY_WEEKS: usize = 12;

/// One runner, as the audit needs to know her. Everything is optional: without a ceiling no run can be judged, and the
/// report says so.
///
/// ```
/// use rehabrun::Runner;
///
/// let runner = Runner::from_toml("[ceiling]\neasy_pace = \"6:30/km\"\n")?;
/// assert_eq!(runner, Runner::default().easy_pace("6:30/km".parse()?));
///
/// let fault = Runner::from_toml("[ceiling]\neasy_hr = 400\n").unwrap_err();
/// assert_eq!(fault.to_string(), "line 2: a heart rate is between 30 and 240 bpm");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Runner {
    /// The name that reports show.
    pub name: Option<String>,
    /// What easy ceilings are made of.
    pub facts: Facts,
    /// The year of birth, which gives the age on the day of a session where the facts hold none.
    pub birth_year: Option<i16>,
    /// The units of sentences.
    pub units: UnitSystem,
    /// Exceptions that were agreed on, each with its reason.
    pub exceptions: Vec<Exception>,
    /// The plan that sessions are compared with; without one, the workout in the file.
    pub plan: Option<Plan>,
    /// The number of weeks from the first day of rehab in which all running is easy.
    pub easy_weeks: usize,
    /// True when a finish kick counts as any other running over the ceiling.
    pub count_kicks: bool,
    /// The order in which load may rise.
    pub order: Order,
    /// The time zone, for files without the runner's clock.
    pub zone: Option<Zone>,
    /// Metres around the start and the end of a session without a position in reports, 0 for none; `None` leaves it to
    /// the report.
    pub hide_ends_m: Option<u32>,
    /// How it felt, day by day.
    pub symptoms: Vec<Symptom>,
    /// What the physio accepts of that.
    pub symptom_limits: SymptomLimits,
    /// The last visit to the physio.
    pub last_visit: Option<Date>,
}

impl Default for Runner {
    fn default() -> Self {
        Self {
            name: None,
            facts: Facts { easy_from: Giver::Unsaid, ..Facts::default() },
            birth_year: None,
            units: UnitSystem::default(),
            exceptions: Vec::new(),
            plan: None,
            easy_weeks: EASY_WEEKS,
            count_kicks: false,
            order: Order::default(),
            zone: None,
            hide_ends_m: None,
            symptoms: Vec::new(),
            symptom_limits: SymptomLimits::default(),
            last_visit: None,
        }
    }
}

impl Runner {
    /// Reads the text of an `athlete.toml`. Unknown keys and impossible values are faults that name their line.
    pub fn from_toml(text: &str) -> Result<Self, Fault> {
        athlete::parse(text).map(Self::from)
    }

    /// The facts on a day, with the age on it.
    pub fn facts_on(&self, day: Date) -> Facts {
        Facts { age: self.age_on(day), on: Some(day), ..self.facts.clone() }
    }

    /// The age on a day: as given, else from the year of birth.
    pub fn age_on(&self, day: Date) -> Option<f64> {
        let born = || self.birth_year.map(|year| f64::from(day.year()) - f64::from(year)).filter(|&age| age > 0.0);
        self.facts.age.or_else(born)
    }

    /// Sets the name that reports show.
    #[must_use]
    pub fn name(self, name: &str) -> Self {
        Self { name: Some(sanitize(name)), ..self }
    }

    /// Sets the easy pace.
    #[must_use]
    pub fn easy_pace(mut self, pace: Pace) -> Self {
        self.facts.easy_pace = Some(pace);
        self
    }

    /// Sets the easy heart rate.
    #[must_use]
    pub fn easy_heart_rate(mut self, heart_rate: HeartRate) -> Self {
        self.facts.easy_heart_rate = Some(heart_rate);
        self
    }

    /// Sets who gave the easy pace and heart rate.
    #[must_use]
    pub fn easy_from(mut self, giver: Giver) -> Self {
        self.facts.easy_from = giver;
        self
    }

    /// Sets a race result.
    #[must_use]
    pub fn race(mut self, race: Race) -> Self {
        self.facts.race = Some(race);
        self
    }

    /// Sets the year of birth.
    #[must_use]
    pub fn birth_year(self, year: i16) -> Self {
        Self { birth_year: Some(year), ..self }
    }

    /// Sets the first day of rehab.
    #[must_use]
    pub fn rehab_started(mut self, day: Date) -> Self {
        self.facts.rehab_started = Some(day);
        self
    }

    /// Sets the plan that sessions are compared with.
    #[must_use]
    pub fn plan(self, plan: Plan) -> Self {
        Self { plan: Some(plan), ..self }
    }

    /// Sets the units of sentences.
    #[must_use]
    pub fn units(self, units: UnitSystem) -> Self {
        Self { units, ..self }
    }
}

impl From<Athlete> for Runner {
    /// The physio's own programme comes before a built-in one.
    fn from(athlete: Athlete) -> Self {
        let exceptions = athlete.allow.into_iter().map(|allow| Exception {
            rule: allow.rule,
            from: allow.from,
            to: allow.to,
            reason: sanitize(&allow.reason),
        });
        let ceiling = athlete.ceiling;
        Self {
            name: athlete.name.as_deref().map(sanitize),
            facts: Facts {
                easy_pace: ceiling.easy_pace,
                easy_heart_rate: ceiling.easy_hr,
                easy_from: ceiling.easy_pace_from.unwrap_or(Giver::Unsaid),
                first_threshold: ceiling.first_threshold,
                talk_test: ceiling.talk_test,
                race: ceiling.race,
                threshold_heart_rate: ceiling.lthr,
                critical_speed: ceiling.critical_pace.map(Pace::speed),
                max_heart_rate: ceiling.max_hr,
                resting_heart_rate: ceiling.resting_hr,
                rate_limiting_medication: athlete.health.rate_limiting_medication,
                after_surgery: athlete.health.after_surgery,
                cross_trained: athlete.rehab.cross_trained,
                days_off: athlete.rehab.days_off,
                rehab_started: athlete.rehab.started,
                altitude: ceiling.altitude_m,
                ..Facts::default()
            },
            birth_year: ceiling.birth_year,
            units: athlete.units.unwrap_or_default(),
            exceptions: exceptions.collect(),
            plan: athlete.plan.or(athlete.rehab.plan).map(Plan::Programme),
            easy_weeks: athlete.rehab.easy_weeks.map_or(EASY_WEEKS, usize::from),
            count_kicks: athlete.rehab.count_kicks,
            order: athlete.rehab.order.unwrap_or_default(),
            zone: athlete.timezone,
            hide_ends_m: athlete.privacy.hide_ends,
            symptoms: in_order(athlete.symptom),
            symptom_limits: athlete.symptoms,
            last_visit: athlete.rehab.last_visit,
        }
    }
}

/// Symptoms in the order of time.
fn in_order(mut symptoms: Vec<Symptom>) -> Vec<Symptom> {
    symptoms.sort_by_key(|symptom| symptom.date);
    symptoms
}

/// Text from a file without the characters that steer what shows it.
fn sanitize(text: &str) -> String {
    text.chars().map(|c| if is_control_or_bidi(c) { '\u{fffd}' } else { c }).collect()
}
