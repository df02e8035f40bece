//! Ranks what the sources propose, chooses the best pace and the best heart rate apart, and applies the guards.

use super::plausible::{self, Slips};
use super::sources::{Proposal, Row, SOURCES, Source};
use super::{Candidate, Ceiling, Facts, Giver, Limit, Threshold};
use crate::model::{Note, NoteId};
use crate::units::{HeartRate, Pace, Speed};

/// The walk-run transition, in metres per second: below it any jog is faster than the ceiling. Our choice, under the
/// 2.1 m/s at which people change from walking to running on a treadmill.
const SLOWEST: f64 = 1.90;

/// How far above the resting heart rate a formula's ceiling must lie, in bpm. Walking alone takes that much: our choice.
const LEAST_ABOVE_REST_BPM: f64 = 20.0;

/// The ages that the formulas were made with: those for the highest heart rate, 19 to 89 years (Nes et al. 2013).
const ADULT: std::ops::RangeInclusive<f64> = 18.0..=89.0;

/// Share by which two sources must differ to be worth a note: our choice.
const DIFFERENCE: f64 = 0.10;

/// The easy ceiling for what is known, with everything that was considered.
///
/// Pace and heart rate are chosen apart, each from the most trusted source that has it. A ceiling that no fact supports
/// is `None`.
pub fn choose(facts: &Facts) -> Ceiling {
    let mut notes = Vec::new();
    let (facts, slips) = plausible::drop_implausible(&with_tests(facts), &mut notes);
    let propose = |row: &Row, notes: &mut Vec<Note>| Some((row.source, (row.propose)(&facts, notes)?));
    let proposals: Vec<(Source, Proposal)> = SOURCES.iter().filter_map(|row| propose(row, &mut notes)).collect();
    let weighed: Vec<Weighed> = proposals.into_iter().map(|(source, p)| weigh(source, p, &facts, slips)).collect();
    note_what_was_barred(&weighed, &facts, &mut notes);

    let speeds: Vec<_> = weighed.iter().filter(|w| w.no_speed.is_none()).filter_map(Weighed::speed).collect();
    let heart_rates: Vec<_> =
        weighed.iter().filter(|w| w.no_heart_rate.is_none()).filter_map(Weighed::heart_rate).collect();
    note_speeds_that_differ(&speeds, &mut notes);
    note_heart_rates_that_differ(&heart_rates, &mut notes);

    let (speed, heart_rate) = (speeds.first().copied(), heart_rates.first().copied());
    if speed.is_some_and(|limit| is_a_walk(limit.value)) {
        notes.push(Note::new(
            NoteId::CeilingAtWalkRunTransition,
            "the easy pace is slower than the walk-run transition, so that any jog may be over it: it stands as it was \
             given; talk test, heart rate or walking suit it better than pace",
        ));
    }
    let chosen = [speed.map(|s| s.source), heart_rate.map(|h| h.source)];
    let candidates = weighed.into_iter().map(|w| w.candidate(chosen)).collect();
    Ceiling { speed, heart_rate, candidates, notes }
}

/// The facts with an easy pace and heart rate from a test where such a test belongs. A test that is given as such stands.
fn with_tests(facts: &Facts) -> Facts {
    let mut facts = facts.clone();
    let test = match facts.easy_from {
        Giver::Laboratory => &mut facts.first_threshold,
        Giver::TalkTest => &mut facts.talk_test,
        Giver::Physio | Giver::Unsaid | Giver::Guess => return facts,
    };
    let speed = facts.easy_pace.take().map(Pace::speed);
    let heart_rate = facts.easy_heart_rate.take();
    if speed.is_some() || heart_rate.is_some() {
        test.get_or_insert(Threshold { speed, heart_rate, date: None });
    }
    facts
}

/// A proposal with the reasons that bar it.
struct Weighed {
    source: Source,
    proposal: Proposal,
    /// Why its speed must not be used.
    no_speed: Option<String>,
    /// Why its heart rate must not be used.
    no_heart_rate: Option<String>,
}

impl Weighed {
    fn speed(&self) -> Option<Limit<Speed>> {
        self.proposal.speed.map(|value| limit(value, self.source))
    }

    fn heart_rate(&self) -> Option<Limit<HeartRate>> {
        self.proposal.heart_rate.map(|value| limit(value, self.source))
    }

    fn candidate(self, chosen: [Option<Source>; 2]) -> Candidate {
        let (speed, heart_rate) = (self.speed(), self.heart_rate());
        let barred = [
            self.no_speed.as_deref().filter(|_| speed.is_some()),
            self.no_heart_rate.as_deref().filter(|_| heart_rate.is_some()),
        ];
        let reason = match (barred, chosen.map(|source| source == Some(self.source))) {
            (_, [true, true]) => "chosen for pace and heart rate".to_owned(),
            ([_, Some(why)], [true, false]) => format!("chosen for pace; no heart rate: {why}"),
            ([Some(why), _], [false, true]) => format!("chosen for heart rate; no pace: {why}"),
            (_, [true, false]) => "chosen for pace".to_owned(),
            (_, [false, true]) => "chosen for heart rate".to_owned(),
            ([Some(a), Some(b)], _) if a != b => format!("not used: {a}; {b}"),
            ([Some(why), Some(_)], _) => format!("not used: {why}"),
            ([Some(why), None], _) if heart_rate.is_none() => format!("not used: {why}"),
            ([None, Some(why)], _) if speed.is_none() => format!("not used: {why}"),
            ([Some(why), None], _) => format!("{}; no pace: {why}", less_trusted(false, true, chosen)),
            ([None, Some(why)], _) => format!("{}; no heart rate: {why}", less_trusted(true, false, chosen)),
            ([None, None], _) => less_trusted(speed.is_some(), heart_rate.is_some(), chosen),
        };
        Candidate { source: self.source, speed, heart_rate, reason }
    }
}

/// Bars what must not be used. What a person gave is never barred and never changed.
fn weigh(source: Source, proposal: Proposal, facts: &Facts, slips: Slips) -> Weighed {
    let barred = proposal.barred.clone();
    let (mut no_speed, mut no_heart_rate) = (barred.clone(), barred);
    if source.is_formula() {
        no_speed = no_speed.or_else(|| no_formula(facts, slips.easy_pace, "pace"));
        no_heart_rate = no_heart_rate.or_else(|| no_formula(facts, slips.easy_heart_rate, "heart rate"));
        let slow = proposal.speed.is_some_and(|(speed, _)| is_a_walk(speed));
        no_speed = no_speed.or_else(|| slow.then(|| "it ends below the walk-run transition".to_owned()));
        let rest = facts.resting_heart_rate.or(facts.watch.resting_heart_rate);
        let near_rest = proposal
            .heart_rate
            .zip(rest)
            .is_some_and(|((heart_rate, _), rest)| heart_rate.as_bpm() < rest.as_bpm() + LEAST_ABOVE_REST_BPM);
        no_heart_rate = no_heart_rate
            .or_else(|| near_rest.then(|| "it is less than 20 bpm above the resting heart rate".to_owned()));
    }
    if facts.rate_limiting_medication && !source.holds_under_medication() {
        no_heart_rate = no_heart_rate.or_else(|| Some("rate-limiting medication".to_owned()));
    }
    Weighed { source, proposal, no_speed, no_heart_rate }
}

/// Why no formula may stand in for a person.
fn no_formula(facts: &Facts, slip: bool, what: &str) -> Option<String> {
    if slip {
        return Some(format!("the easy {what} that was given cannot be right, and no formula takes its place"));
    }
    unlike_those_measured(facts)
        .map(|(_, who)| format!("the formulas were made with {who}: ask a clinician for a limit"))
}

/// Why the formulas do not hold at the runner's age: for a note, and whom they were made with.
fn unlike_those_measured(facts: &Facts) -> Option<(&'static str, &'static str)> {
    match facts.age.or(facts.watch.age)? {
        age if age < *ADULT.start() => Some(("under 18", "adults")),
        age if age > *ADULT.end() => Some(("over 89", "people of up to 89 years")),
        _ => None,
    }
}

/// Says what was barred that a reader would expect to be used.
fn note_what_was_barred(weighed: &[Weighed], facts: &Facts, notes: &mut Vec<Note>) {
    let dropped =
        |w: &Weighed| w.proposal.barred.is_none() && w.proposal.heart_rate.is_some() && w.no_heart_rate.is_some();
    if facts.rate_limiting_medication && weighed.iter().any(dropped) {
        notes.push(Note::new(
            NoteId::HeartRateCeilingsDropped,
            "heart-rate ceilings from formulas do not hold with rate-limiting medication and were dropped: ask your \
             clinician for a limit; until then run only as fast as you can talk in whole sentences",
        ));
    }
    if weighed.iter().any(|w| w.source.is_formula() && w.proposal.speed.is_some_and(|(speed, _)| is_a_walk(speed))) {
        notes.push(Note::new(
            NoteId::CeilingAtWalkRunTransition,
            "a pace ceiling from a formula ends below the walk-run transition, where any jog would be over it, and was not \
             used: run only as fast as you can talk in whole sentences, go by heart rate, or walk",
        ));
    }
    if let Some((age, who)) = unlike_those_measured(facts).filter(|_| weighed.iter().any(|w| w.source.is_formula())) {
        notes.push(Note::new(
            NoteId::FormulasForAdults,
            format!("the formulas were made with {who}, and none is used {age}: ask a clinician for a limit"),
        ));
    }
}

fn is_a_walk(speed: Speed) -> bool {
    speed.as_meters_per_second() < SLOWEST
}

fn limit<T>((value, uncertainty): (T, f64), source: Source) -> Limit<T> {
    Limit { value, uncertainty, source }
}

/// The name of a source within a sentence.
const fn spoken(source: Source) -> &'static str {
    match source {
        Source::AsGiven => "what was given",
        Source::Guess => "the runner's estimate",
        Source::OwnRuns => "the runner's own runs",
        _ => source.name(),
    }
}

fn less_trusted(has_speed: bool, has_heart_rate: bool, [speed, heart_rate]: [Option<Source>; 2]) -> String {
    let better = [(has_speed, speed), (has_heart_rate, heart_rate)];
    let mut names: Vec<_> = better.into_iter().filter(|(has, _)| *has).filter_map(|(_, s)| Some(spoken(s?))).collect();
    names.dedup();
    format!("less trusted than {}", names.join(" and "))
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
        NoteId::CeilingsDisagree,
        format!(
            "the easy {what} from {} is {percent:.0} % {direction} than from {}, which is more trusted and was used",
            spoken(other).replace('-', " "),
            spoken(chosen).replace('-', " ")
        ),
    ))
}
