//! A single run much farther than any of the last 30 days.

use super::{Rule, RuleId, about_run};
use crate::audit::Severity;
use crate::history::spike::{Dose, Spike};
use crate::history::{Counted, Finding, Season};
use crate::model::{Note, NoteId};
use crate::units::{Distance, UnitSystem, plural};

pub(super) const RULE: Rule = Rule {
    id: RuleId::SessionSpike,
    title: "One run much farther than the last 30 days",
    what: "A session whose running is more than 10 % farther than the longest of the 30 days before, and longer by at least 5 minutes or 0.8 km.",
    why: "In a cohort of 5200 runners it was the single session, not the week, that went with injuries.",
    limits: "Observed, not tried out; mostly healthy runners who reported injuries themselves; the ratios do not rise evenly. It speaks about runners, not about one runner. Silent with fewer than three sessions in the 30 days, which a note says where it matters; silent where the plan asks for the step. Several steps of up to 10 % within a week each pass: see steps-within-a-week.",
    source: "Schuster Brandt Frandsen et al., Br J Sports Med 2025;59:1203. The 5 minutes and 0.8 km are our choice.",
    find,
};

const DAYS: i32 = 30;
pub(super) const LEAST_RUNS: usize = 3;
const LEAST_MORE_S: f64 = 300.0;
const LEAST_MORE_M: f64 = 800.0;

/// An outing: its last run, its time, and its distance.
pub(super) struct Done<'a> {
    pub last: &'a Counted<'a>,
    pub run_s: f64,
    pub run_m: f64,
}

/// The outings of a season, in the order of time.
pub(super) fn outings<'a>(season: &'a Season) -> Vec<Done<'a>> {
    let done = |outing: &'a [Counted<'a>]| {
        let sum = |of: fn(&Counted) -> f64| outing.iter().map(of).sum();
        let last = &outing[outing.len() - 1];
        Done { last, run_s: sum(|run| run.run.run_s), run_m: sum(|run| run.run.run_m) }
    };
    season.outings().map(done).collect()
}

/// The outings of the 30 days before one.
pub(super) fn recent<'a, 'b>(before: &'b [Done<'a>], done: &Done) -> &'b [Done<'a>] {
    let from = before.partition_point(|earlier| done.last.run.date.days_since(earlier.last.run.date) > DAYS);
    &before[from..]
}

/// The longest of some outings: its time and its distance, each of its own.
pub(super) fn longest(outings: &[Done]) -> (f64, f64) {
    let most = |of: fn(&Done) -> f64| outings.iter().map(of).fold(0.0, f64::max);
    (most(|done| done.run_s), most(|done| done.run_m))
}

/// True when an outing is longer than others by enough to speak of.
pub(super) fn is_longer(done: &Done, (longest_s, longest_m): (f64, f64)) -> bool {
    done.run_s - longest_s >= LEAST_MORE_S || done.run_m - longest_m >= LEAST_MORE_M
}

/// Says of which runs the rule says nothing because there is too little to hold them against: those much farther than
/// the few before, and those after an absence. The first runs of all have nothing before them, and are left out.
pub(in crate::history) fn silent(season: &Season) -> Option<Note> {
    let all = outings(season);
    let is_silent = |i: &usize| {
        let known = recent(&all[..*i], &all[*i]);
        let (longest_s, longest_m) = longest(known);
        let is_spike = Spike::of(all[*i].run_m, longest_m).is_some_and(|spike| spike.dose != Dose::None);
        let is_after_absence = known.is_empty() && *i >= LEAST_RUNS;
        known.len() < LEAST_RUNS && (is_after_absence || is_spike && is_longer(&all[*i], (longest_s, longest_m)))
    };
    let silent: Vec<usize> = (0..all.len()).filter(is_silent).filter(|&i| !all[i].last.is_as_planned()).collect();
    let days: Vec<String> = silent.iter().map(|&i| all[i].last.run.date.to_string()).collect();
    let (first, rest) = days.split_first()?;
    let more = if rest.is_empty() { String::new() } else { format!(" and {}", plural(rest.len(), "later run", None)) };
    let message = format!(
        "session-spike says nothing of the run of {first}{more}: fewer than {LEAST_RUNS} sessions in the {DAYS} days before, so \
         that nobody knows what is far"
    );
    Some(Note::new(NoteId::SessionSpikeSilent, message))
}

fn find(season: &Season) -> Vec<Finding> {
    let outings = outings(season);
    (0..outings.len()).filter_map(|i| spike(&outings[..i], &outings[i], season.settings.units)).collect()
}

fn spike(before: &[Done], done: &Done, units: UnitSystem) -> Option<Finding> {
    let run = done.last;
    let recent = recent(before, done);
    if recent.len() < LEAST_RUNS {
        return None;
    }
    let (longest_s, longest_m) = longest(recent);
    let spike = Spike::of(done.run_m, longest_m).filter(|_| is_longer(done, (longest_s, longest_m)))?;
    let severity = match spike.dose {
        Dose::None => return None,
        // What the plan asks for is no fault of who follows it.
        _ if run.is_as_planned() => return None,
        Dose::Small | Dose::Moderate => Severity::Caution,
        Dose::Large => Severity::Warning,
    };
    Some(Finding {
        measured: Some(spike.increase),
        limit: Some(0.10),
        ..about_run(RULE.id, severity, run, message(done, spike, longest_m, units))
    })
}

fn message(done: &Done, spike: Spike, longest_m: f64, units: UnitSystem) -> String {
    let distance = |meters| units.distance(Distance::from_meters(meters));
    let longer = format!(
        "{} of running, {:.0} % farther than the longest of the 30 days before ({})",
        distance(done.run_m),
        100.0 * spike.increase,
        distance(longest_m)
    );
    let Some((low, high)) = spike.dose.interval() else {
        return longer;
    };
    let ratio = spike.dose.hazard_ratio();
    format!(
        "{longer}; in a cohort of 5200 runners such sessions went with {ratio:.2} times ({low:.2} to {high:.2}) as many injuries"
    )
}
