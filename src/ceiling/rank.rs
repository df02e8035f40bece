//! Ranks what the sources propose, chooses the best pace and the best heart rate apart, and applies the guards.

use super::sources::{Proposal, SOURCES, Source};
use super::{Candidate, Ceiling, Facts, Limit, plausible};
use crate::model::Note;
use crate::units::{HeartRate, Speed};

/// The walk-run transition, in metres per second: below it any jog is faster than the ceiling. Our choice, under the
/// 2.1 m/s at which people change from walking to running on a treadmill.
const SLOWEST: f64 = 1.90;

/// Share by which two sources must differ to be worth a note: our choice.
const DIFFERENCE: f64 = 0.10;

/// The easy ceiling for what is known, with everything that was considered.
///
/// Pace and heart rate are chosen apart, each from the most trusted source that has it. A ceiling that no fact supports
/// is `None`.
pub fn choose(facts: &Facts) -> Ceiling {
    let mut notes = Vec::new();
    let facts = plausible::sift(facts, &mut notes);
    let proposals: Vec<(Source, Proposal)> =
        SOURCES.iter().filter_map(|row| Some((row.source, (row.propose)(&facts, &mut notes)?))).collect();

    let usable = || proposals.iter().filter(|(_, proposal)| proposal.barred.is_none());
    let speeds: Vec<_> = usable().filter_map(|(source, p)| Some(limit(p.speed?, *source))).collect();
    let holds = |source: &Source| !facts.rate_limiting_medication || source.holds_under_medication();
    let (heart_rates, dropped): (Vec<_>, Vec<_>) =
        usable().filter_map(|(source, p)| Some(limit(p.heart_rate?, *source))).partition(|limit| holds(&limit.source));
    if !dropped.is_empty() {
        notes.push(Note::new(
            "heart-rate-ceilings-dropped",
            "heart-rate ceilings from formulas do not hold with rate-limiting medication and were dropped: go by pace \
             and by how it feels",
        ));
    }
    note_speeds_that_differ(&speeds, &mut notes);
    note_heart_rates_that_differ(&heart_rates, &mut notes);

    let (speed, heart_rate) = (speeds.first().copied(), heart_rates.first().copied());
    let chosen = [speed.map(|s| s.source), heart_rate.map(|h| h.source)];
    let candidates = proposals.into_iter().map(|(source, p)| candidate(source, p, chosen, &facts)).collect();
    Ceiling { speed: speed.map(|limit| guard_slow_runner(limit, &mut notes)), heart_rate, candidates, notes }
}

fn limit<T>((value, uncertainty): (T, f64), source: Source) -> Limit<T> {
    Limit { value, uncertainty, source }
}

fn candidate(source: Source, proposal: Proposal, chosen: [Option<Source>; 2], facts: &Facts) -> Candidate {
    let Proposal { speed, heart_rate, barred } = proposal;
    let medication = facts.rate_limiting_medication && !source.holds_under_medication() && heart_rate.is_some();
    let reason = match (barred, [chosen[0] == Some(source), chosen[1] == Some(source)]) {
        (Some(why), _) => format!("not used: {why}"),
        (None, [true, true]) => "chosen for pace and heart rate".to_owned(),
        (None, [true, false]) if medication => {
            "chosen for pace; no heart rate with rate-limiting medication".to_owned()
        }
        (None, [true, false]) => "chosen for pace".to_owned(),
        (None, [false, true]) => "chosen for heart rate".to_owned(),
        (None, [false, false]) if medication && speed.is_none() => "not used: rate-limiting medication".to_owned(),
        (None, [false, false]) => less_trusted(speed.is_some(), heart_rate.is_some(), chosen),
    };
    let (speed, heart_rate) = (speed.map(|v| limit(v, source)), heart_rate.map(|v| limit(v, source)));
    Candidate { source, speed, heart_rate, reason }
}

fn less_trusted(has_speed: bool, has_heart_rate: bool, [speed, heart_rate]: [Option<Source>; 2]) -> String {
    let better = [(has_speed, speed), (has_heart_rate, heart_rate)];
    let mut names: Vec<_> = better.into_iter().filter(|(has, _)| *has).filter_map(|(_, s)| Some(s?.name())).collect();
    names.dedup();
    format!("less trusted than {}", names.join(" and "))
}

fn guard_slow_runner(limit: Limit<Speed>, notes: &mut Vec<Note>) -> Limit<Speed> {
    if limit.value.as_meters_per_second() >= SLOWEST {
        return limit;
    }
    notes.push(Note::new(
        "ceiling-at-walk-run-transition",
        "your easy ceiling is at the walk-run transition, so it was raised to 1.90 m/s (8:46/km); any jog may exceed it: \
         use the talk test",
    ));
    Limit { value: Speed::from_meters_per_second(SLOWEST), ..limit }
}

/// Names the source whose pace differs most from the chosen one.
fn note_speeds_that_differ(speeds: &[Limit<Speed>], notes: &mut Vec<Note>) {
    let Some((chosen, others)) = speeds.split_first() else {
        return;
    };
    let faster = |other: &Limit<Speed>| other.value.as_meters_per_second() / chosen.value.as_meters_per_second() - 1.0;
    let differ = others.iter().map(|other| (other.source, faster(other))).filter(|(_, by)| by.abs() > DIFFERENCE);
    notes.extend(disagreement("pace", ["faster", "slower"], chosen.source, differ));
}

/// The same for heart rate, whose formulas scatter so much that only a difference beyond their own uncertainty, two
/// standard deviations of both, says anything.
fn note_heart_rates_that_differ(heart_rates: &[Limit<HeartRate>], notes: &mut Vec<Note>) {
    let Some((chosen, others)) = heart_rates.split_first() else {
        return;
    };
    let differ = others.iter().filter_map(|other| {
        let by = other.value.as_bpm() - chosen.value.as_bpm();
        let share = by / chosen.value.as_bpm();
        let told = share.abs() > DIFFERENCE && by.abs() > 2.0 * other.uncertainty.hypot(chosen.uncertainty);
        told.then_some((other.source, share))
    });
    notes.extend(disagreement("heart rate", ["higher", "lower"], chosen.source, differ));
}

fn disagreement(
    what: &str,
    [more, less]: [&str; 2],
    chosen: Source,
    others: impl Iterator<Item = (Source, f64)>,
) -> Option<Note> {
    let (other, by) = others.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))?;
    let (percent, direction) = (100.0 * by.abs(), if by > 0.0 { more } else { less });
    Some(Note::new(
        "ceilings-disagree",
        format!(
            "the easy {what} from {} is {percent:.0} % {direction} than from {}, which is more trusted and was used",
            other.name().replace('-', " "),
            chosen.name().replace('-', " ")
        ),
    ))
}
