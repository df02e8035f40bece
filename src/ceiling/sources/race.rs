//! A race result, by VDOT, less what the lay-off and thin air take.

use super::{BEFORE_LAY_OFF, Proposal, reserve};
use crate::ceiling::daniels::{self, EASY_FRACTION, VALID_MINUTES};
use crate::ceiling::{Facts, Race, detraining, heart_rate};
use crate::model::{Note, NoteId};
use crate::units::{Date, Distance, Speed};

/// After so many days of rehab, a race from before says nothing any more; and so old, a race may be from before an
/// injury. Our choice.
const REHAB_DAYS: i32 = 12 * 7;

pub(super) fn propose(facts: &Facts, notes: &mut Vec<Note>) -> Option<Proposal> {
    let race = facts.race.as_ref()?;
    let vdot = daniels::vdot(race.distance, race.time_s)
        * left_after_lay_off(race, facts, notes)
        * altitude_factor(race, facts, notes);
    let minutes = race.time_s / 60.0;
    let outside = !VALID_MINUTES.contains(&minutes);
    if minutes > *VALID_MINUTES.end() {
        notes.push(Note::new(
            NoteId::RaceOutsideModel,
            "the race took more than 4 hours, longer than the equations were fitted to",
        ));
    }
    let later = facts.on.zip(race.date).is_some_and(|(on, date)| date > on);
    let widened =
        [is_before_injury(race, facts) || later, outside].map(|doubt| if doubt { BEFORE_LAY_OFF } else { 0.0 });
    // Lower altitude alone can make more of a slow marathon than its own pace.
    let raced = race.distance.as_meters() / race.time_s;
    let speed = daniels::speed_at(EASY_FRACTION * vdot).as_meters_per_second().min(raced);
    let speed = Speed::from_meters_per_second(speed);
    let heart_rate = match (facts.resting_heart_rate, facts.max_heart_rate) {
        (Some(rest), Some(max)) => {
            heart_rate::at_vdot_share(vdot, EASY_FRACTION, rest, max).map(|easy| (easy, reserve::MEASURED))
        }
        _ => None,
    };
    let barred = barred(race, facts, minutes);
    if let Some(reason) = &barred {
        notes.push(Note::new(NoteId::RaceNotUsed, format!("the race is not used: {reason}")));
    } else if later {
        notes.push(Note::new(
            NoteId::RaceAfterThisDay,
            "the race is dated after this day: the runner may have been less fit then, so the pace from it is less certain",
        ));
    }
    Some(Proposal { speed: Some((speed, 0.05 + widened[0] + widened[1])), heart_rate, barred })
}

fn barred(race: &Race, facts: &Facts, minutes: f64) -> Option<String> {
    if minutes < *VALID_MINUTES.start() {
        return Some("it was shorter than the 3.5 minutes that the equations were fitted to".to_owned());
    }
    if facts.altitude.is_some_and(|here| here.as_meters() > detraining::HIGHEST_M) {
        return Some("the runs are above 2800 m, and what such height takes was not measured".to_owned());
    }
    if facts.rate_limiting_medication && !in_rehab(race, facts) {
        return Some(
            "with rate-limiting medication, a race counts only when it was run since the first day of rehab".to_owned(),
        );
    }
    let on = facts.on?;
    if race.date.is_some_and(|date| date.days_since(on) > REHAB_DAYS) {
        return Some("it lies more than 12 weeks after this day".to_owned());
    }
    let (date, started) = (race.date?, facts.rehab_started?);
    (date < started && on.days_since(started) >= REHAB_DAYS)
        .then(|| "it is from before the injury, and 12 weeks of rehab have passed since".to_owned())
}

fn in_rehab(race: &Race, facts: &Facts) -> bool {
    matches!((race.date, facts.rehab_started), (Some(date), Some(started)) if date >= started)
}

/// True when the race may be from before the lay-off. Without a first day of rehab, one of more than 12 weeks ago may.
fn is_before_injury(race: &Race, facts: &Facts) -> bool {
    match (race.date, facts.rehab_started) {
        (Some(date), Some(started)) => date < started,
        (None, Some(_)) => true,
        (None, None) => facts.days_off.is_some(),
        (Some(date), None) => facts.days_off.is_some() || facts.on.is_some_and(|on| on.days_since(date) > REHAB_DAYS),
    }
}

/// The share of VDOT that the lay-off left. Days between race and rehab are not days off, but the most that there can
/// have been.
fn left_after_lay_off(race: &Race, facts: &Facts, notes: &mut Vec<Note>) -> f64 {
    if !is_before_injury(race, facts) {
        return 1.0;
    }
    let Some(days_off) = facts.days_off.or_else(|| days_between(race.date, facts.rehab_started)) else {
        let missing = if race.date.is_some() {
            "the first day of rehab"
        } else {
            "the date of the race and the first day of rehab"
        };
        notes.push(Note::new(
            NoteId::RaceOfUnknownAge,
            format!("nothing says whether the race was before the injury; if it was, the pace from it is too fast: give {missing}"),
        ));
        return 1.0;
    };
    let left = detraining::fitness_left(days_off, facts.cross_trained);
    if left < 1.0 {
        let percent = 100.0 * (1.0 - left);
        let message = if facts.days_off.is_some() {
            format!("{days_off:.0} days off take {percent:.0} % off the race's VDOT")
        } else {
            format!(
                "{days_off:.0} days lie between the race and the first day of rehab; were all of them without running, they \
                 would take {percent:.0} % off the race's VDOT, as is done here: give the days off where they were fewer"
            )
        };
        notes.push(Note::new(NoteId::RaceBeforeLayOff, message));
    }
    left
}

fn days_between(race: Option<Date>, rehab: Option<Date>) -> Option<f64> {
    Some(f64::from(rehab?.days_since(race?)))
}

/// What the height of the runs takes compared with the height of the race. A race of unknown height counts as run
/// at sea level, which never raises the ceiling.
fn altitude_factor(race: &Race, facts: &Facts, notes: &mut Vec<Note>) -> f64 {
    let Some(here) = facts.altitude else {
        return 1.0;
    };
    let there = race.altitude.unwrap_or(Distance::from_meters(0.0));
    let share = detraining::fitness_at(here) / detraining::fitness_at(there);
    if (share - 1.0).abs() >= 0.005 {
        let (change, by) = if share < 1.0 { ("lower", 1.0 - share) } else { ("higher", share - 1.0) };
        notes.push(Note::new(
            NoteId::RaceAtAnotherAltitude,
            format!("the altitude of these runs makes the VDOT {:.0} % {change} than at the race", 100.0 * by),
        ));
    }
    share
}
