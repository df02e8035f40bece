//! How it felt, beside the weeks.

use super::symptoms::{RISE, entries};
use super::{PainRise, Progress, SymptomEntry, Symptoms, Week};
use crate::runner::Runner;

/// Puts what the runner said beside the weeks.
pub fn add_to_weeks(progress: &mut Progress, runner: &Runner) {
    if runner.symptoms.is_empty() {
        return;
    }
    let mut entries = entries(runner);
    let week_of = |date: &str| {
        let within = |week: &&Week| week.from.as_str() <= date && date <= week.to.as_str();
        progress.weeks.iter().find(within).map(|week| week.week)
    };
    for entry in &mut entries {
        entry.week = week_of(&entry.date);
    }
    for week in &mut progress.weeks {
        let of_week = entries.iter().filter(|entry| entry.week == Some(week.week));
        week.pain = of_week.filter_map(|entry| entry.worst).reduce(f64::max);
    }
    let limits = runner.symptom_limits;
    progress.symptoms = Some(Symptoms {
        tissue: limits.tissue,
        acceptable: limits.acceptable(),
        source: limits.source(),
        next_day_rule: limits.next_day_rule(),
        rises: rises(&progress.weeks, &entries),
        entries,
    });
}

fn rises(weeks: &[Week], entries: &[SymptomEntry]) -> Vec<PainRise> {
    let known: Vec<(usize, f64)> = weeks.iter().filter_map(|week| Some((week.week, week.pain?))).collect();
    let risen = known.windows(2).filter(|pair| pair[1].1 - pair[0].1 >= RISE);
    let rise = |pair: &[(usize, f64)]| {
        let [(before_week, before), (week, pain)] = *pair else { return None };
        let of_week = |entry: &&SymptomEntry| entry.week == Some(week) && entry.worst == Some(pain);
        let date = entries.iter().find(of_week)?.date.clone();
        Some(PainRise { week, date, pain, before_week, before })
    };
    risen.filter_map(rise).collect()
}
