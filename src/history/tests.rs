//! Seasons in, findings out, as text.

mod trends;

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::audit::{Excess, RuleId};
use crate::model::NoteId;
use crate::plan::{Kind, Length, Prescription, built_in};
use crate::segment::Gait;

const CEILING: f64 = 2.6;

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// An easy run that did what a plan says, to the second.
fn run(date: Date, plan: &str) -> Run {
    let plan = Prescription::parse(plan).expect("a plan");
    let bout = |step: &crate::plan::Step| {
        let Length::Time(seconds) = step.length else { panic!("a step with a time") };
        let (gait, speed) = if step.kind == Kind::Run { (Gait::Run, 2.3) } else { (Gait::Walk, 1.5) };
        PerformedBout { meters: Some(speed * seconds), over: Some(false), ..PerformedBout::new(gait, seconds) }
    };
    let bouts: Vec<PerformedBout> = plan.steps().iter().map(bout).collect();
    let seconds = |gait| bouts.iter().filter(|b| b.gait == gait).fold(0.0, |sum, b| sum + b.seconds);
    let (run_s, walk_s) = (seconds(Gait::Run), seconds(Gait::Walk));
    Run {
        date,
        own_clock: true,
        elsewhere: false,
        start: None,
        elapsed_s: run_s + walk_s,
        run_s,
        walk_s,
        run_m: 2.3 * run_s,
        longest_bout_s: bouts.iter().filter(|b| b.gait == Gait::Run).map(|b| b.seconds).fold(0.0, f64::max),
        climb_m: None,
        class: Class::Easy,
        sentence: String::new(),
        severity: None,
        allowed: None,
        strides: false,
        over_s: Some(0.0),
        easy_speed: Some(Speed::from_meters_per_second(2.3)),
        ceiling: Some(Speed::from_meters_per_second(CEILING)),
        heart_rate: None,
        n_signals: 3,
        trace: Trace::default(),
        bouts,
    }
}

/// Twelve weeks of the default programme, run on the first, third and fifth day of each.
fn season() -> Vec<Run> {
    let plan = built_in::find(built_in::DEFAULT).expect("the default programme");
    let mut runs = Vec::new();
    for (week, stage) in (0..).zip(&plan.stages) {
        for weekday in [0, 2, 4] {
            runs.push(run(day("2026-09-07").plus_days(7 * week + weekday), &stage.session.to_string()));
        }
    }
    runs
}

fn settings() -> Settings {
    Settings {
        rehab_started: Some(day("2026-09-07")),
        easy_weeks: 12,
        plan: built_in::find(built_in::DEFAULT),
        order: Order::VolumeFirst,
        exceptions: Vec::new(),
        units: UnitSystem::Metric,
    }
}

fn check(runs: &[Run], settings: &Settings, expected: &Expect) {
    let progress = progress(runs, settings);
    let mut text = String::new();
    for f in &progress.findings {
        let date = f.date.map_or(String::new(), |date| format!(" {date}"));
        let allowed = f.allowed.as_ref().map_or(String::new(), |reason| format!(" [allowed: {reason}]"));
        writeln!(text, "week {}{date} {} {}: {}{allowed}", f.week, f.severity.name(), f.rule, f.message).unwrap();
    }
    for note in &progress.notes {
        writeln!(text, "{}: {}", note.id, note.message).unwrap();
    }
    expected.assert_eq(&text);
}

/// What is found in a season beyond what is found in the one that follows the plan.
fn check_change(change: impl Fn(&mut Vec<Run>), expected: &Expect) {
    let mut runs = season();
    change(&mut runs);
    let planned = progress(&season(), &settings()).findings;
    let found = progress(&runs, &settings()).findings;
    let known = |f: &Finding| planned.iter().any(|p| p.rule == f.rule && p.date == f.date && p.severity == f.severity);
    let mut text = String::new();
    for f in found.iter().filter(|f| !known(f)) {
        let date = f.date.map_or(String::new(), |date| format!(" {date}"));
        writeln!(text, "week {}{date} {} {}: {}", f.week, f.severity.name(), f.rule, f.message).unwrap();
    }
    expected.assert_eq(&text);
}

fn of_week(runs: &mut [Run], week: i32) -> impl Iterator<Item = &mut Run> {
    let from = day("2026-09-07").plus_days(7 * (week - 1));
    runs.iter_mut().filter(move |run| (0..7).contains(&run.date.days_since(from)))
}

#[test]
fn a_season_that_follows_the_plan_has_no_warning() {
    check(&season(), &settings(), &expect![""]);
}

#[test]
fn weeks_add_up() {
    let mut text = String::new();
    for week in progress(&season(), &settings()).weeks {
        let minutes = |seconds: f64| seconds / 60.0;
        writeln!(
            text,
            "{} {} to {}: {} sessions on {} days, run {} walk {} min, {:.0} m, bout {} min, {:?} {:?} {:?}",
            week.week,
            week.from,
            week.to,
            week.sessions,
            week.run_days,
            minutes(week.run_s),
            minutes(week.walk_s),
            week.run_m,
            minutes(week.longest_bout_s),
            week.over_share,
            week.stage.as_deref().unwrap_or("-"),
            week.compliance
        )
        .unwrap();
    }
    expect![[r#"
        1 2026-09-07 to 2026-09-13: 3 sessions on 3 days, run 30 walk 30 min, 4140 m, bout 1 min, Some(0.0) "week-1" Some(100.0)
        2 2026-09-14 to 2026-09-20: 3 sessions on 3 days, run 36 walk 12 min, 4968 m, bout 1.5 min, Some(0.0) "week-2" Some(100.0)
        3 2026-09-21 to 2026-09-27: 3 sessions on 3 days, run 48 walk 12 min, 6624 m, bout 2 min, Some(0.0) "week-3" Some(100.0)
        4 2026-09-28 to 2026-10-04: 3 sessions on 3 days, run 72 walk 24 min, 9936 m, bout 3 min, Some(0.0) "week-4" Some(100.0)
        5 2026-10-05 to 2026-10-11: 3 sessions on 3 days, run 96 walk 24 min, 13248 m, bout 4 min, Some(0.0) "week-5" Some(100.0)
        6 2026-10-12 to 2026-10-18: 3 sessions on 3 days, run 90 walk 18 min, 12420 m, bout 5 min, Some(0.0) "week-6" Some(100.0)
        7 2026-10-19 to 2026-10-25: 3 sessions on 3 days, run 90 walk 9 min, 12420 m, bout 10 min, Some(0.0) "week-7" Some(100.0)
        8 2026-10-26 to 2026-11-01: 3 sessions on 3 days, run 90 walk 6 min, 12420 m, bout 15 min, Some(0.0) "week-8" Some(100.0)
        9 2026-11-02 to 2026-11-08: 3 sessions on 3 days, run 60 walk 0 min, 8280 m, bout 20 min, Some(0.0) "week-9" Some(100.0)
        10 2026-11-09 to 2026-11-15: 3 sessions on 3 days, run 75 walk 0 min, 10350 m, bout 25 min, Some(0.0) "week-10" Some(100.0)
        11 2026-11-16 to 2026-11-22: 3 sessions on 3 days, run 90 walk 0 min, 12420 m, bout 30 min, Some(0.0) "week-11" Some(100.0)
        12 2026-11-23 to 2026-11-29: 3 sessions on 3 days, run 105 walk 0 min, 14490 m, bout 35 min, Some(0.0) "week-12" Some(100.0)
    "#]].assert_eq(&text);
}

#[test]
fn one_week_doubled() {
    let double = |runs: &mut Vec<Run>| {
        for r in of_week(runs, 5) {
            *r = run(r.date, "16x(run 4:00, walk 1:00)");
        }
    };
    check_change(
        double,
        &expect![[r#"
            week 5 warning volume-over-plan: 200 % of the plan's minutes of running
            week 5 2026-10-05 warning session-spike: 8.83 km of running, 167 % farther than the longest of the 30 days before (3.31 km); in a cohort of 5200 runners such sessions went with 2.28 times (1.50 to 3.48) as many injuries
        "#]],
    );
}

#[test]
fn speed_in_week_six() {
    let speed = |runs: &mut Vec<Run>| {
        let r = of_week(runs, 6).nth(1).unwrap();
        (r.class, r.severity, r.over_s) = (Class::DisguisedIntervals, Some(Excess::High), Some(600.0));
    };
    check_change(
        speed,
        &expect![[r"
        week 6 2026-10-14 warning speed-before-week-13: an interval session in week 6 of 12 easy weeks
    "]],
    );
    check_change(
        |runs| {
            speed(runs);
            let r = of_week(runs, 7).next().unwrap();
            (r.class, r.severity, r.over_s) = (Class::AboveEasy, Some(Excess::Moderate), Some(1200.0));
        },
        &expect![[r"
            week 6 2026-10-14 warning speed-before-week-13: an interval session in week 6 of 12 easy weeks
            week 7 2026-10-19 warning breach-pattern: 2 sessions over the ceiling in 6 days, from 2026-10-14 on
        "]],
    );
}

#[test]
fn speed_that_was_agreed_on() {
    let mut runs = season();
    let r = of_week(&mut runs, 11).next().unwrap();
    (r.class, r.strides) = (Class::Surges, true);
    let exception = Exception {
        rule: RuleId::SpeedBeforeWeek13,
        from: Some(day("2026-11-16")),
        to: None,
        reason: "strides agreed, JD".to_owned(),
    };
    let of_rule = |exceptions| {
        let found = progress(&runs, &Settings { exceptions, ..settings() }).findings;
        found.into_iter().find(|f| f.rule == RuleId::SpeedBeforeWeek13).and_then(|f| f.allowed)
    };
    assert_eq!(of_rule(vec![exception]).as_deref(), Some("strides agreed, JD"));
    assert_eq!(of_rule(Vec::new()), None);
    of_week(&mut runs, 11).next().unwrap().allowed = Some("strides, JD".to_owned());
    let found = progress(&runs, &settings()).findings;
    let speed = found.into_iter().find(|f| f.rule == RuleId::SpeedBeforeWeek13);
    assert_eq!(speed.and_then(|f| f.allowed).as_deref(), Some("strides, JD"));
}

#[test]
fn a_run_on_consecutive_days() {
    check_change(
        |runs| {
            let r = of_week(runs, 3).nth(1).unwrap();
            r.date = r.date.plus_days(1);
        },
        &expect![[r"
            week 3 2026-09-25 caution consecutive-days: a run on the day after a run; kinetic-revolution asks for a day of rest between
        "]],
    );
}

#[test]
fn frequency_and_volume_together() {
    check_change(
        |runs| {
            let extra = of_week(runs, 5).map(|r| Run { date: r.date.plus_days(1), ..r.clone() }).last();
            runs.extend(extra);
        },
        &expect![[r"
            week 5 note loads-rise-together: several loads rose together: running from 72 to 128 min, run days from 3 to 4
            week 5 note weekly-distance-jump: 17.66 km run, 167 % more than two weeks before (6.62 km)
            week 5 note frequency-jump: 4 run days; kinetic-revolution has at most 3
            week 5 2026-10-10 caution consecutive-days: a run on the day after a run; kinetic-revolution asks for a day of rest between
        "]],
    );
}

#[test]
fn a_stage_skipped() {
    check_change(
        |runs| {
            for week in 5..12 {
                let next = built_in::find(built_in::DEFAULT).unwrap().stages[week as usize].session.to_string();
                for r in of_week(runs, week) {
                    *r = run(r.date, &next);
                }
            }
        },
        &expect![[r#"
            week 5 2026-10-05 caution session-spike: 4.14 km of running, 25 % farther than the longest of the 30 days before (3.31 km); in a cohort of 5200 runners such sessions went with 1.64 times (1.31 to 2.05) as many injuries
            week 5 2026-10-05 caution stage-skipped: week-6 done although week-5 was not
        "#]],
    );
}

/// Runs of so many kilometres on days of the rehab, without a plan.
fn of_kilometers(runs: &[(i32, f64)]) -> Vec<Run> {
    let one = |&(after, kilometers): &(i32, f64)| {
        let minutes = kilometers * 1000.0 / 2.3 / 60.0;
        run(day("2026-09-07").plus_days(after), &format!("run {}s", (60.0 * minutes).round()))
    };
    runs.iter().map(one).collect()
}

#[test]
fn several_new_longest_runs_within_a_week() {
    let settings = Settings { plan: None, ..settings() };
    let base = [(0, 10.0), (2, 10.0), (4, 10.0)];
    let told = |more: &[(i32, f64)]| {
        let progress = progress(&of_kilometers(&[&base, more].concat()), &settings);
        let of_steps = progress.findings.into_iter().filter(|finding| finding.rule.name().starts_with("ste"));
        of_steps
            .map(|finding| format!("{} {}", finding.severity.name(), finding.message))
            .collect::<Vec<_>>()
            .join("\n")
    };
    expect!["note 3 new longest runs within a week, up to 13.00 km: each no more than 10 % farther than the one before, and together 30 % farther than the longest of the 30 days before them (10.00 km); one a week is enough"]
        .assert_eq(&told(&[(7, 10.9), (9, 11.9), (11, 13.0)]));
    assert_eq!(told(&[(7, 10.9), (14, 11.9), (21, 13.0)]), "", "one a week is enough");
    assert_eq!(told(&[(7, 10.4), (9, 10.8)]), "", "together no more than a tenth");
    assert_eq!(told(&[(7, 14.0), (9, 15.0)]), "", "the first is a spike of its own");
}

#[test]
fn a_spike_that_cannot_be_told_is_said() {
    let settings = Settings { plan: None, ..settings() };
    let said = |runs: &[(i32, f64)]| {
        let notes = progress(&of_kilometers(runs), &settings).notes;
        notes
            .into_iter()
            .filter(|note| note.id == NoteId::SessionSpikeSilent)
            .map(|note| note.message)
            .collect::<String>()
    };
    assert_eq!(said(&[(0, 5.0), (2, 5.0), (4, 5.2), (7, 5.0)]), "", "nothing is far");
    expect!["session-spike says nothing of the run of 2026-09-09: fewer than 3 sessions in the 30 days before, so that nobody knows what is far"]
        .assert_eq(&said(&[(0, 5.0), (2, 9.0), (4, 5.0)]));
    expect!["session-spike says nothing of the run of 2026-10-27: fewer than 3 sessions in the 30 days before, so that nobody knows what is far"]
        .assert_eq(&said(&[(0, 5.0), (2, 5.0), (4, 5.0), (50, 5.0)]));
}

#[test]
fn a_gap_of_two_weeks() {
    check_change(
        |runs| runs.retain(|r| !(35..49).contains(&r.date.days_since(day("2026-09-07")))),
        &expect![[r#"
            week 8 2026-10-26 caution stage-skipped: week-8 done although week-6 to week-7 were not
            week 8 2026-10-26 caution long-gap: first run after 16 days without, which by Daniels' table takes 3 % of fitness: the runner went on with a later stage, without a step back
        "#]],
    );
}

#[test]
fn without_plan_and_first_day() {
    let settings = Settings { plan: None, rehab_started: None, ..settings() };
    check(
        &season(),
        &settings,
        &expect![[r"
        week 3 note weekly-distance-jump: 6.62 km run, 60 % more than two weeks before (4.14 km)
        week 4 note weekly-distance-jump: 9.94 km run, 100 % more than two weeks before (4.97 km)
        week 4 2026-09-28 caution session-spike: 3.31 km of running, 50 % farther than the longest of the 30 days before (2.21 km); in a cohort of 5200 runners such sessions went with 1.52 times (1.16 to 2.00) as many injuries
        week 5 note weekly-distance-jump: 13.25 km run, 100 % more than two weeks before (6.62 km)
        week 5 2026-10-05 caution session-spike: 4.42 km of running, 33 % farther than the longest of the 30 days before (3.31 km); in a cohort of 5200 runners such sessions went with 1.52 times (1.16 to 2.00) as many injuries
        week 11 note weekly-distance-jump: 12.42 km run, 50 % more than two weeks before (8.28 km)
        week 12 note weekly-distance-jump: 14.49 km run, 40 % more than two weeks before (10.35 km)
        week 12 2026-11-23 caution session-spike: 4.83 km of running, 17 % farther than the longest of the 30 days before (4.14 km); in a cohort of 5200 runners such sessions went with 1.64 times (1.31 to 2.05) as many injuries
        rehab-start-unknown: the first day of rehab is not known: weeks count from the first run, and the easy weeks are not checked
    "]],
    );
    check(&[], &settings, &expect![[""]]);
}

#[test]
fn a_run_in_two_files_counts_once() {
    let at = |minute: f64, n_signals| Run {
        start: Some(Timestamp::from_unix_seconds(1_788_800_000).plus_seconds(60.0 * minute)),
        n_signals,
        ..run(day("2026-09-07"), "run 30:00")
    };
    let runs = [at(0.0, 2), at(0.2, 4), at(90.0, 3), at(0.1, 3), run(day("2026-09-07"), "run 30:00")];
    let progress = progress(&runs, &settings());
    assert_eq!(progress.duplicates, [Duplicate { kept: 1, dropped: 0 }, Duplicate { kept: 1, dropped: 3 }]);
    assert_eq!(progress.weeks[0].sessions, 3);
    assert_eq!(progress.week_of, [None, Some(1), Some(1), None, Some(1)]);
}

#[test]
fn weeks_begin_on_the_first_day_of_rehab() {
    let runs =
        [run(day("2026-09-06"), "run 20:00"), run(day("2026-09-13"), "run 20:00"), run(day("2026-09-14"), "run 20:00")];
    assert_eq!(progress(&runs, &settings()).week_of, [None, Some(1), Some(2)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Weeks hold every run that counts once, whatever the order in which the files came.
    #[test]
    fn sums_do_not_depend_on_order(days in prop::collection::vec((0_i32..200, 1_u32..90), 0..40), turn in 0_usize..40) {
        let mut runs: Vec<Run> =
            days.iter().map(|&(d, minutes)| run(day("2026-08-20").plus_days(d), &format!("run {minutes}min"))).collect();
        let before = progress(&runs, &settings());
        let turn = turn.min(runs.len());
        runs.rotate_left(turn);
        let after = progress(&runs, &settings());
        let total = |weeks: &[Week]| weeks.iter().map(|week| week.run_s).sum::<f64>();
        let counted: f64 = runs.iter().zip(&after.week_of).filter(|(_, week)| week.is_some()).map(|(run, _)| run.run_s).sum();
        prop_assert!((total(&after.weeks) - counted).abs() < 1e-6);
        prop_assert!((total(&after.weeks) - total(&before.weeks)).abs() < 1e-6);
        prop_assert!(after.weeks.iter().enumerate().all(|(i, week)| week.week == i + 1));
    }
}
