//! A single run much farther than any of the last 30 days.

use super::{Rule, about_run};
use crate::audit::Severity;
use crate::programme::spike::{Dose, Spike};
use crate::programme::{Counted, Finding, Season};
use crate::units::{Distance, UnitSystem};

pub(super) const RULE: Rule = Rule {
    id: "session-spike",
    title: "One run much farther than the last 30 days",
    what: "A session whose running is more than 10 % farther than the longest of the 30 days before, and longer by at least 5 minutes or 0.8 km.",
    why: "In a cohort of 5200 runners it was the single session, not the week, that went with injuries.",
    limits: "Observed, not tried out; mostly healthy runners who reported injuries themselves; the ratios do not rise evenly. It speaks about runners, not about one runner. Silent with fewer than three sessions in the 30 days; silent where the plan asks for the step.",
    source: "Schuster Brandt Frandsen et al., Br J Sports Med 2025;59:1203. The 5 minutes and 0.8 km are our choice.",
    find,
};

const DAYS: i32 = 30;
const LEAST_RUNS: usize = 3;
const LEAST_MORE_S: f64 = 300.0;
const LEAST_MORE_M: f64 = 800.0;

/// An outing: its last run, its time, and its distance.
struct Done<'a> {
    last: &'a Counted<'a>,
    run_s: f64,
    run_m: f64,
}

fn find(season: &Season) -> Vec<Finding> {
    let outings: Vec<Done> = season
        .outings()
        .map(|outing| {
            let sum = |of: fn(&Counted) -> f64| outing.iter().map(of).sum();
            let last = &outing[outing.len() - 1];
            Done { last, run_s: sum(|run| run.run.run_s), run_m: sum(|run| run.run.run_m) }
        })
        .collect();
    (0..outings.len()).filter_map(|i| spike(&outings[..i], &outings[i], season.settings.units)).collect()
}

fn spike(before: &[Done], done: &Done, units: UnitSystem) -> Option<Finding> {
    let run = done.last;
    let recent = before.partition_point(|earlier| run.run.date.days_since(earlier.last.run.date) > DAYS);
    let recent = &before[recent..];
    if recent.len() < LEAST_RUNS {
        return None;
    }
    let longest_m = recent.iter().map(|earlier| earlier.run_m).fold(0.0, f64::max);
    let longest_s = recent.iter().map(|earlier| earlier.run_s).fold(0.0, f64::max);
    let more = done.run_s - longest_s >= LEAST_MORE_S || done.run_m - longest_m >= LEAST_MORE_M;
    let spike = Spike::of(done.run_m, longest_m).filter(|_| more)?;
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
