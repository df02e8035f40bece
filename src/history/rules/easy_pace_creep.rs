//! The fault that no single run shows: easy running that gets faster week by week.

use super::{Rule, RuleId, about_run};
use crate::audit::Severity;
use crate::history::trend::{Trend, trend};
use crate::history::{Counted, Finding, Season};
use crate::units::Speed;

pub(super) const RULE: Rule = Rule {
    id: RuleId::EasyPaceCreep,
    title: "The easy pace creeps up",
    what: "The graded pace of the running, run by run against the ceiling, rises over the last 12 weeks by 4 % or more and ends at 93 % of the ceiling or above.",
    why: "Every single run stays under the ceiling, and the load a step still rises week by week.",
    limits: "Getting fitter looks the same on the watch: only the heart rate at one and the same speed would tell, and a pace that creeps is at no speed for long; beats per metre fall with speed by themselves. Silent under five sessions and where the spread of the slope includes none.",
    source: "Slope and spread after Theil and Sen (J Am Stat Assoc 1968;63:1379); the limits are our choice.",
    find,
};

const DAYS: i32 = 84;
const LEAST_RISE: f64 = 0.04;
const NEAR_CEILING: f64 = 0.93;

fn find(season: &Season) -> Vec<Finding> {
    creep(season).into_iter().collect()
}

fn creep(season: &Season) -> Option<Finding> {
    let last = season.runs.last()?;
    let recent: Vec<&Counted> =
        season.runs.iter().filter(|run| last.run.date.days_since(run.run.date) < DAYS).collect();
    let ratio = line(&recent, |run| {
        Some(run.run.easy_speed?.as_meters_per_second() / run.run.ceiling?.as_meters_per_second())
    })?;
    let rises = ratio.interval.0 > 0.0 && ratio.last - ratio.first >= LEAST_RISE && ratio.last >= NEAR_CEILING;
    if !rises {
        return None;
    }
    let ceiling = recent.iter().rev().find_map(|run| run.run.ceiling)?;
    let units = season.settings.units;
    let pace = |ratio: f64| units.pace(Speed::from_meters_per_second(ratio * ceiling.as_meters_per_second()));
    let percent = |slope: f64| 100.0 * slope;
    let message = format!(
        "the easy pace crept from {} to {}, {:.1} % a week ({:.1} to {:.1}), with the ceiling at {}",
        pace(ratio.first),
        pace(ratio.last),
        percent(ratio.slope),
        percent(ratio.interval.0),
        percent(ratio.interval.1),
        units.pace(ceiling)
    );
    let (measured, limit) = (Some(ratio.last), Some(NEAR_CEILING));
    Some(Finding { measured, limit, ..about_run(RULE.id, Severity::Caution, last, message) })
}

/// The line through a value of each run over its weeks.
fn line(runs: &[&Counted], value: impl Fn(&Counted) -> Option<f64>) -> Option<Trend> {
    let first = runs.first()?.run.date;
    let week = |run: &Counted| f64::from(run.run.date.days_since(first)) / 7.0;
    let points: Vec<(f64, f64)> = runs.iter().filter_map(|run| Some((week(run), value(run)?))).collect();
    trend(&points)
}
