//! One session, worked through once: everything that later stages take.

mod clock;
mod on_foot;
mod planned;
mod seen;

pub use planned::Planned;
pub use seen::seen;

use crate::audit::{self, Audit, Class, Verdict};
use crate::ceiling::{self, Ceiling, Facts, WatchFacts};
use crate::model::{Activity, Format, Note, Profile, Session, Sport};
use crate::plan::{PerformedBout, detect};
use crate::runner::Runner;
use crate::segment::{self, Gait, Segmentation};
use crate::timeline::{self, LapsOnly, Timeline, Unusable};
use crate::units::{Date, UtcOffset, clock as m_ss};

/// What came of one session.
#[derive(Debug)]
pub enum Outcome {
    /// It went through all stages.
    Analysed(Box<SessionAnalysis>),
    /// It is no run: listed, not judged, with the sentence that says why.
    Skipped {
        /// The session as its file describes it.
        session: Session,
        /// Why it is not judged.
        reason: String,
    },
    /// It is a run of which nothing can be said, with the ceiling that it would have been held against.
    Undetermined {
        /// The session as its file describes it.
        session: Session,
        /// Why it cannot be judged.
        reason: String,
        /// The ceiling on its day.
        ceiling: Ceiling,
    },
}

/// A session that went through all stages.
#[derive(Debug)]
pub struct SessionAnalysis {
    /// The session as its file describes it, with the runner's clock and without its records.
    pub session: Session,
    /// The day on the runner's calendar, by UTC where no clock is known.
    pub date: Date,
    /// The place's clock, where it was far from the runner's time zone and the file gives none.
    pub elsewhere: Option<Note>,
    /// What was measured, second by second.
    pub timeline: Timeline,
    /// Its bouts.
    pub segmentation: Segmentation,
    /// The runner's ceiling on that day.
    pub ceiling: Ceiling,
    /// What the watch knows about the runner.
    pub watch: WatchFacts,
    /// What the audit found.
    pub audit: Audit,
    /// The bouts as plans and weeks see them, with what the audit found in each.
    pub bouts: Vec<PerformedBout>,
    /// What it was meant to be, and how far it followed that; `None` without a plan or workout.
    pub planned: Option<Planned>,
    /// Metres climbed, where altitude can be trusted.
    pub climb_m: Option<f64>,
}

/// Analyses one session of a file for a runner. A session of more than `budget_s` seconds that are left for the whole
/// file is still analysed, the ones behind it are not.
pub fn analyse(
    mut session: Session,
    file: &Activity,
    runner: &Runner,
    options: segment::Options,
    budget_s: &mut f64,
) -> Outcome {
    let elsewhere = settle_clock(&mut session, runner);
    if session.sport == Sport::Other {
        return skipped(session, "Not on foot: listed, not judged.");
    }
    if *budget_s <= 0.0 {
        return undetermined(session, "the file holds too many days of sessions", file, runner);
    }
    let (timeline, segmentation) = match lay_out(&session, file.format, options) {
        Ok(laid_out) => laid_out,
        Err(reason) if session.sport == Sport::Walking => {
            return skipped(session, &format!("A walk: listed, not judged ({reason})."));
        }
        Err(reason) => return undetermined(session, &reason.to_string(), file, runner),
    };
    *budget_s -= timeline.elapsed_s;
    if let Some(reason) = not_a_run(&session, &timeline, &segmentation) {
        return skipped(session, reason);
    }
    let laps = timeline::laps_only(&session, &mut Vec::new());
    session.records = Vec::new();
    let date = timeline.start.date(session.utc_offset.unwrap_or(UtcOffset::UTC));
    let facts = facts_on(date, &file.profile, runner);
    let ceiling = ceiling::choose(&facts);
    let mut bouts = detect(&timeline, &segmentation);
    let mut planned = planned::choose(runner, &session.workout, date, &bouts);
    let settings = audit::Settings {
        sport: session.sport,
        damaged: file.is_damaged(),
        date: Some(date),
        exceptions: runner.exceptions.clone(),
        count_kicks: runner.count_kicks,
        steps: planned.as_ref().map_or(Vec::new(), |planned| planned.step_ceilings(&segmentation, &ceiling)),
        ..audit::Settings::new(runner.units)
    };
    let mut audit = audit::audit(&timeline, &segmentation, &ceiling, &settings);
    if let Some(laps) = laps.filter(|laps| laps.may_hide_efforts() && audit.verdict.class == Class::Easy) {
        audit.verdict = not_cleared(&laps, audit.verdict);
    }
    audit.annotate(&mut bouts);
    if let Some(planned) = &mut planned {
        planned.alignment.judge(&bouts);
    }
    let climb_m = timeline.climb();
    Outcome::Analysed(Box::new(SessionAnalysis {
        session,
        date,
        elsewhere,
        timeline,
        segmentation,
        ceiling,
        watch: facts.watch,
        audit,
        bouts,
        planned,
        climb_m,
    }))
}

/// Gives a session the runner's clock where its file does not, and says where it is that of another place.
pub fn settle_clock(session: &mut Session, runner: &Runner) -> Option<Note> {
    let (utc_offset, elsewhere) = clock::of(session, runner.zone.as_ref());
    session.utc_offset = utc_offset;
    elsewhere
}

/// The first two stages alone: a session second by second, and its bouts. A wheelchair has no gait.
pub fn lay_out(
    session: &Session,
    format: Format,
    options: segment::Options,
) -> Result<(Timeline, Segmentation), Unusable> {
    let timeline = timeline::build(session, format)?;
    let segmentation = segment::segment(&timeline, options);
    let has_gaits = session.sport != Sport::Wheelchair;
    let segmentation = if has_gaits { segmentation } else { segmentation.without_gaits() };
    Ok((timeline, segmentation))
}

impl SessionAnalysis {
    /// True where the file says only that the sport is another, and steps and speed are those of a run.
    pub fn is_named_another_sport(&self) -> bool {
        is_another_sport(&self.session)
    }

    /// True when the day is by the runner's clock, false when it is by UTC.
    pub fn has_own_clock(&self) -> bool {
        self.session.utc_offset.is_some()
    }

    /// The seconds that a gait takes.
    pub fn seconds_of(&self, gait: Gait) -> f64 {
        seconds_of(&self.timeline, &self.segmentation, gait)
    }
}

/// Less running than this in a walk is crossing a road, and no reason to judge the walk as a run. Our choice.
const RUNNING_IN_A_WALK_S: f64 = 120.0;

/// Why a session is not judged as a run; `None` for one that is.
fn not_a_run(session: &Session, timeline: &Timeline, segmentation: &Segmentation) -> Option<&'static str> {
    let is_ride = || session.sport == Sport::Unknown && !on_foot::is_on_foot(session, timeline);
    let is_other = || is_another_sport(session) && !on_foot::is_plainly_run(timeline, segmentation);
    let is_walk =
        || session.sport == Sport::Walking && seconds_of(timeline, segmentation, Gait::Run) < RUNNING_IN_A_WALK_S;
    let is_walked = || session.sport == Sport::Unknown && on_foot::is_plainly_walked(timeline, segmentation);
    if is_ride() {
        Some("The file names no sport, and the speed is that of a ride: listed, not judged.")
    } else if is_other() {
        Some(
            "The file calls the sport `Other`, and no running shows in steps and speed: listed, not judged. A run is \
             judged when its sport in the file is Running.",
        )
    } else if is_walk() {
        Some("A walk: listed, not judged.")
    } else if is_walked() {
        Some("The file names no sport, and it was walked: listed, not judged.")
    } else {
        None
    }
}

fn skipped(session: Session, reason: &str) -> Outcome {
    Outcome::Skipped { session, reason: reason.to_owned() }
}

fn undetermined(session: Session, why: &str, file: &Activity, runner: &Runner) -> Outcome {
    let date = clock::start(&session).map(|start| start.date(session.utc_offset.unwrap_or(UtcOffset::UTC)));
    let facts = date.map_or_else(|| runner.facts.clone(), |date| facts_on(date, &file.profile, runner));
    let ceiling = ceiling::choose(&facts);
    Outcome::Undetermined { session, reason: format!("Nothing can be said: {why}."), ceiling }
}

/// The verdict of a session whose laps are easy on average, and long enough to hide efforts.
fn not_cleared(laps: &LapsOnly, easy: Verdict) -> Verdict {
    let longest = m_ss(laps.longest_s);
    let sentence = match laps.n_laps {
        Some(n) if n > 1 => format!(
            "Each lap was easy on average, but laps of up to {longest} can hide efforts, and the file holds no points; \
             export it with its track to tell."
        ),
        _ => format!(
            "The {longest} were easy on average, but an average can hide efforts, and the file holds no points; export \
             it with its track to tell."
        ),
    };
    Verdict {
        class: Class::Undetermined,
        severity: None,
        confidence: 0.0,
        index: None,
        turned_at: None,
        sentence,
        ..easy
    }
}

/// True where the file says only that the sport is another, as TCX does of all but running and biking, and some apps of
/// a run.
fn is_another_sport(session: &Session) -> bool {
    session.sport == Sport::Unknown && session.sport_name.eq_ignore_ascii_case("other")
}

/// What is known about the runner on a day, with what the watch knows.
fn facts_on(date: Date, profile: &Profile, runner: &Runner) -> Facts {
    Facts {
        watch: WatchFacts {
            age: profile.age.map(f64::from),
            max_heart_rate: profile.max_heart_rate,
            resting_heart_rate: profile.resting_heart_rate,
            threshold_heart_rate: profile.threshold_heart_rate,
            zone_two_top: profile.zone_two_top,
        },
        ..runner.facts_on(date)
    }
}

fn seconds_of(timeline: &Timeline, segmentation: &Segmentation, gait: Gait) -> f64 {
    let bouts = segmentation.bouts.iter().filter(|bout| bout.gait == gait);
    bouts.map(|bout| timeline.duration(bout.range.clone())).sum()
}
