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
    limits: "Observed, not tried out; mostly healthy runners who reported injuries themselves; the ratios do not rise evenly. It speaks about runners, not about one runner. Silent with fewer than three sessions in the 30 days; a note where the plan asks for the step.",
    source: "Schuster Brandt Frandsen et al., Br J Sports Med 2025;59:1203. The 5 minutes and 0.8 km are our choice.",
    find,
};

const DAYS: i32 = 30;
const LEAST_RUNS: usize = 3;
const LEAST_MORE_S: f64 = 300.0;
const LEAST_MORE_M: f64 = 800.0;

fn find(season: &Season) -> Vec<Finding> {
    (0..season.runs.len()).filter_map(|i| spike(&season.runs[..i], &season.runs[i], season.settings.units)).collect()
}

fn spike(before: &[Counted], run: &Counted, units: UnitSystem) -> Option<Finding> {
    let recent = before.partition_point(|earlier| run.run.date.days_since(earlier.run.date) > DAYS);
    let recent = &before[recent..];
    if recent.len() < LEAST_RUNS {
        return None;
    }
    let longest_m = recent.iter().map(|earlier| earlier.run.run_m).fold(0.0, f64::max);
    let longest_s = recent.iter().map(|earlier| earlier.run.run_s).fold(0.0, f64::max);
    let more = run.run.run_s - longest_s >= LEAST_MORE_S || run.run.run_m - longest_m >= LEAST_MORE_M;
    let spike = Spike::of(run.run.run_m, longest_m).filter(|_| more)?;
    let severity = match spike.dose {
        Dose::None => return None,
        _ if run.is_as_planned() => Severity::Note,
        Dose::Small | Dose::Moderate => Severity::Caution,
        Dose::Large => Severity::Warning,
    };
    Some(Finding {
        measured: Some(spike.increase),
        limit: Some(0.10),
        ..about_run(RULE.id, severity, run, message(run, spike, longest_m, units))
    })
}

fn message(run: &Counted, spike: Spike, longest_m: f64, units: UnitSystem) -> String {
    let distance = |meters| units.distance(Distance::from_meters(meters));
    let longer = format!(
        "{} of running, {:.0} % farther than the longest of the 30 days before ({})",
        distance(run.run.run_m),
        100.0 * spike.increase,
        distance(longest_m)
    );
    let Some((low, high)) = spike.dose.interval().filter(|_| !run.is_as_planned()) else {
        return format!("{longer}, as planned");
    };
    let ratio = spike.dose.hazard_ratio();
    format!(
        "{longer}; in a cohort of 5200 runners such sessions went with {ratio:.2} times ({low:.2} to {high:.2}) as many injuries"
    )
}
