//! The rules of the weeks: what each looks for, why, how strong its evidence is. A new rule is one file and one row.

mod ahead_of_plan;
mod breach_pattern;
mod consecutive_days;
mod easy_pace_creep;
mod frequency_jump;
mod loads_rise_together;
mod long_gap;
mod out_of_order;
mod session_spike;
mod speed_before_week_13;
mod stage_left_early;
mod stage_skipped;
mod steps_within_a_week;
mod two_sessions_a_day;
mod volume_over_plan;
mod weekly_distance_jump;

use super::{Counted, Finding, Season, Week};
use crate::audit::{RuleId, Severity};

/// One rule of the weeks, with the words that explain it.
pub struct Rule {
    /// Its name: the pattern found, in words joined by hyphens.
    pub id: RuleId,
    /// The same as a headline.
    pub title: &'static str,
    /// What it looks for.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// Where it can be wrong, and how strong its evidence is.
    pub limits: &'static str,
    /// Where its numbers come from.
    pub source: &'static str,
    find: fn(&Season) -> Vec<Finding>,
}

/// All rules of the weeks.
pub const RULES: &[Rule] = &[
    speed_before_week_13::RULE,
    breach_pattern::RULE,
    session_spike::RULE,
    steps_within_a_week::RULE,
    loads_rise_together::RULE,
    out_of_order::RULE,
    weekly_distance_jump::RULE,
    consecutive_days::RULE,
    frequency_jump::RULE,
    two_sessions_a_day::RULE,
    volume_over_plan::RULE,
    stage_skipped::RULE,
    stage_left_early::RULE,
    ahead_of_plan::RULE,
    long_gap::RULE,
    easy_pace_creep::RULE,
];

pub(super) use session_spike::silent as spike_is_silent;

impl Rule {
    pub(super) fn find(&self, season: &Season) -> Vec<Finding> {
        (self.find)(season)
    }
}

/// A finding about one run, with nothing measured yet.
fn about_run(rule: RuleId, severity: Severity, counted: &Counted, message: String) -> Finding {
    Finding {
        rule,
        severity,
        week: counted.week,
        date: Some(counted.run.date),
        run: Some(counted.index),
        message,
        measured: None,
        limit: None,
        allowed: None,
    }
}

/// A finding about a week, with nothing measured yet.
fn about_week(rule: RuleId, severity: Severity, week: &Week, message: String) -> Finding {
    Finding {
        rule,
        severity,
        week: week.week,
        date: None,
        run: None,
        message,
        measured: None,
        limit: None,
        allowed: None,
    }
}

/// Weeks with the week before, both with a run.
fn pairs<'a>(season: &'a Season) -> impl Iterator<Item = (&'a Week, &'a Week)> {
    season.weeks.windows(2).map(|pair| (&pair[0], &pair[1])).filter(|(a, b)| a.sessions > 0 && b.sessions > 0)
}

/// Share by which running must rise to count as a rise. Our choice: the old 10 % rule, as a measure and not as a limit.
const RISE: f64 = 0.10;

fn volume_rises(before: &Week, week: &Week) -> bool {
    week.run_s > before.run_s * (1.0 + RISE)
}

fn frequency_rises(before: &Week, week: &Week) -> bool {
    week.run_days > before.run_days || week.outings > before.outings
}

/// How often there was running, over the week before: in days, or in sessions where the days stayed the same.
fn frequency(before: &Week, week: &Week) -> String {
    if week.run_days > before.run_days {
        format!("run days from {} to {}", before.run_days, week.run_days)
    } else {
        format!("sessions from {} to {}", before.outings, week.outings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_a_rule_has_its_row() {
        let rows = crate::audit::RULES.iter().map(|rule| rule.id).chain(RULES.iter().map(|rule| rule.id));
        let mut rows: Vec<RuleId> = rows.collect();
        rows.sort_unstable();
        assert_eq!(rows, RuleId::ALL);
    }

    #[test]
    fn every_rule_explains_itself() {
        for rule in RULES {
            let texts = [rule.what, rule.why, rule.limits, rule.source];
            assert!(texts.iter().all(|text| text.ends_with('.')), "{}", rule.id);
            let named = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(!rule.title.is_empty() && rule.id.name().chars().all(named), "{}", rule.id);
            assert_eq!(RULES.iter().filter(|other| other.id == rule.id).count(), 1, "{}", rule.id);
            assert!(crate::audit::RULES.iter().all(|other| other.id != rule.id), "{}", rule.id);
        }
    }
}
