//! Seasons of every kind against every built-in programme: the plan followed is never at fault, and the plan not
//! followed is named.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::*;
use crate::audit::Excess;
use crate::plan::{Kind, Length, built_in};
use crate::segment::Gait;

const RUN: f64 = 2.3;
const WALK: f64 = 1.5;

fn monday() -> Date {
    Date::parse("2026-08-31").expect("a date")
}

/// A session of a season: its day from the first on, its hour, and its bouts.
#[derive(Debug, Clone)]
struct Done {
    day: i32,
    hour: f64,
    stage: usize,
    bouts: Vec<PerformedBout>,
}

fn bout(gait: Gait, seconds: f64) -> PerformedBout {
    let speed = match gait {
        Gait::Run => Some(RUN),
        Gait::Walk => Some(WALK),
        _ => None,
    };
    let over = (gait == Gait::Run).then_some(false);
    PerformedBout { meters: speed.map(|speed| speed * seconds), over, ..PerformedBout::new(gait, seconds) }
}

/// The bouts of a stage, to the second.
fn exactly(programme: &Programme, stage: usize) -> Vec<PerformedBout> {
    let mut bouts: Vec<PerformedBout> = Vec::new();
    for step in programme.stages[stage].session.steps_at([RUN, WALK]) {
        let (gait, speed) = if step.kind == Kind::Run { (Gait::Run, RUN) } else { (Gait::Walk, WALK) };
        let seconds = match step.length {
            Length::Time(seconds) => seconds,
            Length::Distance(distance) => distance.as_meters() / speed,
            Length::Open => 60.0,
        };
        match bouts.last_mut() {
            Some(last) if last.gait == gait => *last = bout(gait, last.seconds + seconds),
            _ => bouts.push(bout(gait, seconds)),
        }
    }
    bouts
}

/// The stages of each day as the programme means them: with weeks all of a week, a single one three times; else every
/// second day, as often as its source says.
fn as_meant(programme: &Programme) -> Vec<Done> {
    let mut days: Vec<(i32, usize)> = Vec::new();
    if let Some(n_weeks) = programme.n_weeks() {
        for week in 1..=n_weeks {
            let stages: Vec<usize> =
                (0..programme.stages.len()).filter(|&i| programme.stages[i].week == Some(week)).collect();
            let stages = if let [only] = stages[..] { vec![only; 3] } else { stages };
            let every = if stages.len() > 3 { 1 } else { 2 };
            let first = 7 * (i32::try_from(week).expect("few weeks") - 1);
            days.extend((0..).zip(stages).map(|(n, stage)| (first + every * n, stage)));
        }
    } else {
        let times = match programme.name.as_str() {
            "sspc" => 5,
            "moen" => 3,
            "army-trial" => 2,
            _ => 1,
        };
        let a_week = programme.days_per_week.map_or(4, |days| i32::from(days.1)).min(3);
        let stages = (0..programme.stages.len()).flat_map(|stage| vec![stage; times]);
        days.extend((0..).zip(stages).map(|(n, stage)| (n / a_week * 7 + n % a_week * 2, stage)));
    }
    days.into_iter().map(|(day, stage)| Done { day, hour: 7.0, stage, bouts: exactly(programme, stage) }).collect()
}

fn run_of(done: &Done) -> Run {
    let of = |gait| done.bouts.iter().filter(move |bout| bout.gait == gait);
    let seconds = |gait| of(gait).fold(0.0, |sum, bout| sum + bout.seconds);
    let start = 1_788_134_400 + i64::from(done.day) * 86_400;
    Run {
        date: monday().plus_days(done.day),
        own_clock: true,
        elsewhere: false,
        start: Some(Timestamp::from_unix_seconds(start).plus_seconds(3600.0 * done.hour)),
        elapsed_s: done.bouts.iter().fold(0.0, |sum, bout| sum + bout.seconds),
        run_s: seconds(Gait::Run),
        walk_s: seconds(Gait::Walk),
        run_m: RUN * seconds(Gait::Run),
        longest_bout_s: of(Gait::Run).map(|bout| bout.seconds).fold(0.0, f64::max),
        climb_m: None,
        class: Class::Easy,
        sentence: String::new(),
        severity: None,
        allowed: None,
        strides: false,
        over_s: Some(0.0),
        easy_speed: Some(Speed::from_meters_per_second(RUN)),
        ceiling: Some(Speed::from_meters_per_second(2.72)),
        heart_rate: None,
        n_signals: 3,
        trace: Trace::default(),
        bouts: done.bouts.clone(),
    }
}

fn settings(programme: &Programme) -> Settings {
    Settings {
        rehab_started: Some(monday()),
        easy_weeks: 12,
        plan: Some(programme.clone()),
        order: Order::VolumeFirst,
        exceptions: Vec::new(),
        units: UnitSystem::Metric,
    }
}

/// What a season comes to: the least compliance of a week, the adherence, and every finding.
fn told(runs: &[Run], settings: &Settings) -> String {
    let Progress { weeks, findings, adherence, notes, .. } = progress(runs, settings);
    let least = weeks.iter().filter_map(|week| week.compliance).fold(f64::INFINITY, f64::min);
    let adherence = adherence.map_or(String::new(), |a| format!(", {} of {}", a.done, a.planned));
    let mut text = format!("least {least:.0} %{adherence}\n");
    for finding in findings {
        let Finding { rule, severity, week, message, .. } = finding;
        writeln!(text, "    week {week} {} {rule}: {message}", severity.name()).expect("a string");
    }
    for note in notes {
        writeln!(text, "    {}", note.id).expect("a string");
    }
    text
}

/// Each built-in programme, followed with a change to its season.
fn check_all(change: impl Fn(&mut Vec<Done>, &Programme), expected: &Expect) {
    let mut text = String::new();
    for programme in built_in::all() {
        let mut season = as_meant(&programme);
        change(&mut season, &programme);
        let runs: Vec<Run> = season.iter().map(run_of).collect();
        write!(text, "{}: {}", programme.name, told(&runs, &settings(&programme))).expect("a string");
    }
    expected.assert_eq(&text);
}

/// The default programme with a change to the runs of its season.
fn check(change: impl Fn(&mut Vec<Done>), runs: impl Fn(&mut Vec<Run>), expected: &Expect) {
    let programme = built_in::find(built_in::DEFAULT).expect("the default");
    let mut season = as_meant(&programme);
    change(&mut season);
    let mut all: Vec<Run> = season.iter().map(run_of).collect();
    runs(&mut all);
    expected.assert_eq(&told(&all, &settings(&programme)));
}

fn each(season: &mut [Done], change: impl Fn(usize, &mut Vec<PerformedBout>)) {
    season.iter_mut().enumerate().for_each(|(i, done)| change(i, &mut done.bouts));
}

/// A stop in the middle of each run of a minute or more.
fn stop(bouts: &mut Vec<PerformedBout>, gait: Gait, seconds: f64) {
    let with_stop = |at: PerformedBout| {
        if at.gait != Gait::Run || at.seconds < 60.0 {
            return vec![at];
        }
        vec![bout(Gait::Run, 0.4 * at.seconds), bout(gait, seconds), bout(Gait::Run, 0.6 * at.seconds)]
    };
    *bouts = bouts.drain(..).flat_map(with_stop).collect();
}

#[test]
fn followed_exactly() {
    check_all(
        |_, _| {},
        &expect![[r#"
        kinetic-revolution: least 100 %, 36 of 36
        nhs-couch-to-5k: least 100 %, 27 of 27
        physioadvisor: least 100 %
        moen: least 100 %, 18 of 18
        army-trial: least 100 %
        running-clinic: least 100 %, 20 of 20
        sspc: least 100 %, 50 of 50
        nike: least 100 %, 12 of 12
        backtotri: least 100 %, 36 of 36
    "#]],
    );
}

#[test]
fn with_warm_up_and_cool_down() {
    let around = |season: &mut Vec<Done>, _: &Programme| {
        each(season, |_, bouts| {
            bouts.splice(0..0, [bout(Gait::Walk, 600.0), bout(Gait::Stand, 30.0)]);
            bouts.push(bout(Gait::Walk, 600.0));
        });
    };
    check_all(
        around,
        &expect![[r#"
        kinetic-revolution: least 100 %, 36 of 36
        nhs-couch-to-5k: least 100 %, 27 of 27
        physioadvisor: least 100 %
        moen: least 100 %, 18 of 18
        army-trial: least 100 %
        running-clinic: least 100 %, 20 of 20
        sspc: least 100 %, 50 of 50
        nike: least 100 %, 12 of 12
        backtotri: least 100 %, 36 of 36
    "#]],
    );
}

/// The watch is stopped with the last run.
#[test]
fn without_the_last_walk() {
    let cut = |season: &mut Vec<Done>, _: &Programme| {
        each(season, |_, bouts| {
            let last = bouts.iter().rposition(|bout| bout.gait == Gait::Run).expect("a run");
            bouts.truncate(last + 1);
        });
    };
    check_all(
        cut,
        &expect![[r#"
        kinetic-revolution: least 100 %, 36 of 36
        nhs-couch-to-5k: least 100 %, 27 of 27
        physioadvisor: least 100 %
        moen: least 100 %, 18 of 18
        army-trial: least 100 %
        running-clinic: least 100 %, 20 of 20
        sspc: least 100 %, 50 of 50
        nike: least 100 %, 12 of 12
        backtotri: least 100 %, 36 of 36
    "#]],
    );
}

#[test]
fn with_stops_at_lights() {
    let lights = |season: &mut Vec<Done>, _: &Programme| {
        each(season, |i, bouts| stop(bouts, Gait::Stand, [15.0, 25.0, 35.0][i % 3]));
    };
    check_all(
        lights,
        &expect![[r#"
        kinetic-revolution: least 90 %, 36 of 36
        nhs-couch-to-5k: least 93 %, 27 of 27
        physioadvisor: least 96 %
        moen: least 95 %, 18 of 18
        army-trial: least 96 %
        running-clinic: least 90 %, 20 of 20
        sspc: least 97 %, 50 of 50
        nike: least 97 %, 12 of 12
        backtotri: least 90 %, 36 of 36
    "#]],
    );
}

/// Runs and rests up to 15 % longer or shorter, and sessions too.
#[test]
fn by_feel() {
    let feel = |season: &mut Vec<Done>, _: &Programme| {
        let off = [0.02, -0.15, 0.11, -0.06, 0.15, -0.12, 0.08, -0.01, 0.13, -0.09];
        each(season, |i, bouts| {
            for (j, at) in bouts.iter_mut().enumerate() {
                *at = bout(at.gait, at.seconds * (1.0 + off[(i + 3 * j) % off.len()]));
            }
        });
    };
    check_all(
        feel,
        &expect![[r#"
        kinetic-revolution: least 89 %, 36 of 36
        nhs-couch-to-5k: least 92 %, 27 of 27
        physioadvisor: least 87 %
        moen: least 94 %, 18 of 18
        army-trial: least 94 %
        running-clinic: least 96 %, 20 of 20
        sspc: least 89 %, 50 of 50
        nike: least 93 %, 12 of 12
        backtotri: least 92 %, 36 of 36
    "#]],
    );
}

/// Every session once more before the next one, in twice the time.
#[test]
fn with_every_stage_repeated() {
    let repeat = |season: &mut Vec<Done>, programme: &Programme| {
        let weekly: Vec<Done> = season
            .iter()
            .flat_map(|done| {
                let week = done.day / 7 * 14;
                [0, 7].map(|later| Done { day: week + later + done.day % 7, ..done.clone() })
            })
            .collect();
        *season = weekly;
        let mut days: Vec<i32> = season.iter().map(|done| done.day).collect();
        days.sort_unstable();
        // Where a week has several stages, each is done twice in a row.
        season.sort_by_key(|done| if programme.n_weeks().is_some() { done.stage } else { 0 });
        season.iter_mut().zip(days).for_each(|(done, day)| done.day = day);
    };
    check_all(
        repeat,
        &expect![[r#"
        kinetic-revolution: least 100 %, 36 of 36
        nhs-couch-to-5k: least 100 %, 27 of 27
        physioadvisor: least 100 %
        moen: least 100 %, 36 of 36
        army-trial: least 100 %
        running-clinic: least 100 %, 20 of 20
        sspc: least 100 %, 100 of 101
        nike: least 100 %, 12 of 12
        backtotri: least 100 %, 36 of 36
    "#]],
    );
}

#[test]
fn one_missed_a_week() {
    let miss = |season: &mut Vec<Done>, _: &Programme| {
        season.retain(|done| done.day % 7 != 2);
    };
    check_all(
        miss,
        &expect![[r#"
            kinetic-revolution: least 100 %, 24 of 36
            nhs-couch-to-5k: least 100 %, 18 of 27
                week 5 note stage-skipped: week-5c done although week-5b was not
                week 6 caution session-spike: 3.45 km of running, 25 % farther than the longest of the 30 days before (2.76 km); in a cohort of 5200 runners such sessions went with 1.64 times (1.31 to 2.05) as many injuries
                week 6 note stage-skipped: week-6c done although week-6b was not
            physioadvisor: least 92 %
            moen: least 100 %, 12 of 17
            army-trial: least 100 %
                week 3 caution stage-left-early: phase-3 left after 1 session; army-trial asks for 2; 2 stages in all
            running-clinic: least 100 %, 16 of 20
                week 1 note stage-skipped: week-1d done although week-1c was not
                week 2 note stage-skipped: week-2d done although week-2c was not
                week 3 note stage-skipped: week-3d done although week-3c was not
                week 4 note stage-skipped: week-4d done although week-4c was not
            sspc: least 100 %, 33 of 49
            nike: least 100 %, 8 of 12
            backtotri: least 100 %, 24 of 36
        "#]],
    );
}

#[test]
fn a_gap_without_and_with_a_step_back() {
    let gap = |season: &mut Vec<Done>| {
        season.iter_mut().filter(|done| done.stage > 4).for_each(|done| done.day += 28);
        let back: Vec<Done> = season
            .iter()
            .filter(|done| done.stage == 4)
            .map(|done| Done { day: done.day + 35, ..done.clone() })
            .collect();
        season.iter_mut().filter(|done| done.stage > 4).for_each(|done| done.day += 7);
        season.extend(back);
    };
    check(
        gap,
        |_| {},
        &expect![[r#"
        least 100 %, 24 of 36
            week 10 caution long-gap: first run after 30 days without, which by Daniels' table takes 7 % of fitness: the runner went on at the same stage, without a step back
    "#]],
    );
    let programme = built_in::find(built_in::DEFAULT).expect("the default");
    let stepped_back = |season: &mut Vec<Done>| {
        gap(season);
        for done in season.iter_mut().filter(|done| done.day >= 63 && done.stage == 4) {
            done.bouts = exactly(&programme, 3);
        }
    };
    check(
        stepped_back,
        |_| {},
        &expect![[r#"
        least 100 %, 24 of 36
            week 10 note long-gap: first run after 30 days without, which by Daniels' table takes 7 % of fitness: the runner began a step below, as is usual
    "#]],
    );
}

#[test]
fn stages_left_out() {
    let skip = |season: &mut Vec<Done>| {
        season.retain(|done| !(2..4).contains(&done.stage));
        season.iter_mut().filter(|done| done.stage >= 4).for_each(|done| done.day -= 14);
    };
    check(
        skip,
        |_| {},
        &expect![[r#"
        least 100 %, 30 of 30
            week 3 warning session-spike: 4.42 km of running, 167 % farther than the longest of the 30 days before (1.66 km); in a cohort of 5200 runners such sessions went with 2.28 times (1.50 to 3.48) as many injuries
            week 3 caution stage-skipped: week-5 done although week-3 to week-4 were not
    "#]],
    );
}

#[test]
fn the_plan_in_a_third_of_its_time() {
    let race = |season: &mut Vec<Done>| {
        season.retain(|done| done.day % 7 == 0);
        for done in season.iter_mut() {
            done.day = done.day / 7 * 7 / 3;
        }
    };
    check(
        race,
        |_| {},
        &expect![[r#"
        least 100 %, 12 of 12
            week 1 caution ahead-of-plan: week-3 in week 1: the plan goes faster than its weeks, and on at that pace up to week-12 in week 4
            week 2 caution session-spike: 4.42 km of running, 33 % farther than the longest of the 30 days before (3.31 km); in a cohort of 5200 runners such sessions went with 1.52 times (1.16 to 2.00) as many injuries
            week 3 note weekly-distance-jump: 11.04 km run, 111 % more than two weeks before (5.24 km)
    "#]],
    );
}

#[test]
fn twice_a_day() {
    let twice = |season: &mut Vec<Done>| {
        let evening: Vec<Done> = season.iter().map(|done| Done { hour: 18.0, ..done.clone() }).collect();
        season.extend(evening);
    };
    check(
        twice,
        |_| {},
        &expect![[r#"
        least 100 %, 36 of 36
            week 1 warning volume-over-plan: 200 % of the plan's minutes of running in 12 weeks, from week 1 on
            week 1 caution two-sessions-a-day: 2 sessions a day on 36 days, from 2026-08-31 on; kinetic-revolution has one
    "#]],
    );
}

#[test]
fn a_watch_restarted() {
    let restart = |season: &mut Vec<Done>| {
        let halves = |done: Done| {
            if done.stage < 8 {
                return vec![done];
            }
            let half = bout(Gait::Run, done.bouts[0].seconds / 2.0);
            let later = Done { hour: 7.0 + (half.seconds + 90.0) / 3600.0, bouts: vec![half], ..done.clone() };
            vec![Done { bouts: vec![half], ..done }, later]
        };
        *season = season.drain(..).flat_map(halves).collect();
    };
    check(
        restart,
        |_| {},
        &expect![[r#"
        least 96 %, 36 of 36
            sessions-joined
    "#]],
    );
}

#[test]
fn strides_after_the_plan() {
    let strides = |season: &mut Vec<Done>| {
        each(season, |_, bouts| {
            for _ in 0..4 {
                bouts.extend([bout(Gait::Walk, 60.0), bout(Gait::Run, 20.0)]);
            }
        });
    };
    check(
        strides,
        |_| {},
        &expect![[r#"
        least 92 %, 36 of 36
    "#]],
    );
}

#[test]
fn a_long_walk_in_the_run() {
    let split = |season: &mut Vec<Done>| {
        for done in season.iter_mut().filter(|done| done.stage == 10) {
            done.bouts = vec![bout(Gait::Run, 720.0), bout(Gait::Walk, 360.0), bout(Gait::Run, 720.0)];
        }
    };
    check(
        split,
        |_| {},
        &expect![[r#"
        least 74 %, 36 of 36
            week 12 caution session-spike: 4.83 km of running, 17 % farther than the longest of the 30 days before (4.14 km); in a cohort of 5200 runners such sessions went with 1.64 times (1.31 to 2.05) as many injuries
            week 12 caution stage-skipped: week-12 done although week-11 was not
    "#]],
    );
}

#[test]
fn every_session_twice_as_long() {
    let double = |season: &mut Vec<Done>| each(season, |_, bouts| bouts.extend(bouts.clone()));
    check(
        double,
        |_| {},
        &expect![[r#"
        least 0 %, 30 of 30
            week 1 warning volume-over-plan: 200 % of the plan's minutes of running
            week 2 caution stage-skipped: week-4 done although week-2 to week-3 were not
            week 4 warning volume-over-plan: 200 % of the plan's minutes of running in 5 weeks, from week 4 on
            week 4 caution session-spike: 6.62 km of running, 50 % farther than the longest of the 30 days before (4.42 km); in a cohort of 5200 runners such sessions went with 1.52 times (1.16 to 2.00) as many injuries
            week 5 caution session-spike: 8.83 km of running, 33 % farther than the longest of the 30 days before (6.62 km); in a cohort of 5200 runners such sessions went with 1.52 times (1.16 to 2.00) as many injuries
            week 10 warning volume-over-plan: 200 % of the plan's minutes of running in 3 weeks, from week 10 on
            week 12 caution session-spike: 9.66 km of running, 17 % farther than the longest of the 30 days before (8.28 km); in a cohort of 5200 runners such sessions went with 1.64 times (1.31 to 2.05) as many injuries
    "#]],
    );
}

#[test]
fn disguised_intervals_throughout() {
    let fast = |runs: &mut Vec<Run>| {
        for run in runs.iter_mut().filter(|run| run.date < monday().plus_days(14)) {
            (run.class, run.severity, run.over_s) = (Class::DisguisedIntervals, Some(Excess::High), Some(run.run_s));
            run.bouts.iter_mut().filter(|bout| bout.gait == Gait::Run).for_each(|bout| bout.over = Some(true));
        }
        let week = progress(runs, &settings(&built_in::find(built_in::DEFAULT).expect("the default"))).weeks.remove(0);
        assert_eq!(
            (week.compliance, week.intensity),
            (Some(100.0), Some(0.0)),
            "structure and intensity are two things"
        );
    };
    check(
        |_| {},
        fast,
        &expect![[r#"
        least 100 %, 36 of 36
            week 1 warning speed-before-week-13: an interval session in week 1 of 12 easy weeks
            week 1 warning speed-before-week-13: an interval session in week 1 of 12 easy weeks
            week 1 warning speed-before-week-13: an interval session in week 1 of 12 easy weeks
            week 2 warning speed-before-week-13: an interval session in week 2 of 12 easy weeks
            week 2 warning speed-before-week-13: an interval session in week 2 of 12 easy weeks
            week 2 warning speed-before-week-13: an interval session in week 2 of 12 easy weeks
            week 2 warning breach-pattern: 6 sessions over the ceiling in 12 days, from 2026-08-31 on
    "#]],
    );
}

#[test]
fn a_race_in_week_8() {
    let race = |runs: &mut Vec<Run>| {
        let run = runs.iter_mut().find(|run| run.date == monday().plus_days(51)).expect("a run");
        run.bouts = vec![bout(Gait::Run, 1560.0)];
        (run.class, run.severity, run.longest_bout_s) = (Class::AboveEasy, Some(Excess::Moderate), 1560.0);
        (run.run_s, run.over_s) = (1560.0, Some(1500.0));
    };
    check(
        |_| {},
        race,
        &expect![[r#"
        least 98 %, 36 of 36
            week 8 warning speed-before-week-13: a race or tempo run (26 min without a break, well above easy) in week 8 of 12 easy weeks
    "#]],
    );
}

#[test]
fn speed_after_an_absence() {
    let absent = |season: &mut Vec<Done>| {
        season.retain(|done| done.stage <= 4);
        let again = [77, 80, 84].map(|day| Done { day, ..season[12].clone() });
        season.extend(again);
    };
    let fast = |runs: &mut Vec<Run>| {
        let last = runs.last_mut().expect("a run");
        (last.class, last.severity) = (Class::DisguisedIntervals, Some(Excess::High));
    };
    check(
        absent,
        fast,
        &expect![[r#"
        least 100 %, 18 of 39
            week 12 caution long-gap: first run after 44 days without, which by Daniels' table takes 12 % of fitness: the runner went on at the same stage, without a step back
            week 13 warning speed-before-week-13: an interval session in week 13 by the calendar, after 6 of 12 easy weeks
    "#]],
    );
}

/// `started` in the middle of the plan, and after all of it.
#[test]
fn another_first_day() {
    let programme = built_in::find(built_in::DEFAULT).expect("the default");
    let runs: Vec<Run> = as_meant(&programme).iter().map(run_of).collect();
    let from = |days| told(&runs, &Settings { rehab_started: Some(monday().plus_days(days)), ..settings(&programme) });
    expect![[r#"
        least 100 %, 24 of 24
            runs-outside-the-weeks
    "#]]
    .assert_eq(&from(28));
    expect![[r#"
        least inf %
            rehab-start-after-runs
    "#]]
    .assert_eq(&from(126));
}

#[test]
fn from_three_to_six_days_with_twice_the_minutes() {
    let easy = |day: i32| Done { day, hour: 7.0, stage: 0, bouts: vec![bout(Gait::Run, 1200.0)] };
    let season: Vec<Done> = [0, 2, 4, 7, 9, 11, 14, 15, 16, 17, 18, 19].map(easy).into();
    let runs: Vec<Run> = season.iter().map(run_of).collect();
    let programme = built_in::find(built_in::DEFAULT).expect("the default");
    expect![[r#"
        least inf %
            week 3 caution loads-rise-together: several loads rose together: running from 60 to 120 min, run days from 3 to 6
            week 3 note weekly-distance-jump: 16.56 km run, 100 % more than two weeks before (8.28 km)
            week 3 note frequency-jump: 6 run days after 3 the week before
    "#]].assert_eq(&told(&runs, &Settings { plan: None, ..settings(&programme) }));
}

/// Sessions of a physio's own plan that are equal, one of them missed.
#[test]
fn equal_sessions() {
    let stage = |name: &str, notation: &str| crate::plan::Stage::parse(name, notation).expect("a stage");
    let twins = Programme {
        name: "own".to_owned(),
        days_per_week: Some((3, 3)),
        stages: (1..=4)
            .flat_map(|week| {
                let session = |times: usize| format!("{times}x(run {week}:00, walk 2:00)");
                [("a", session(5)), ("b", session(5)), ("c", session(6))]
                    .map(|(letter, session)| stage(&format!("week-{week}{letter}"), &session))
            })
            .collect(),
        ..built_in::find(built_in::DEFAULT).expect("the default")
    };
    let mut season = as_meant(&twins);
    let told = |season: &[Done]| told(&season.iter().map(run_of).collect::<Vec<_>>(), &settings(&twins));
    expect![[r#"
        least 100 %, 12 of 12
    "#]]
    .assert_eq(&told(&season));
    season.retain(|done| done.stage % 3 != 1);
    expect![[r#"
        least 100 %, 8 of 12
    "#]]
    .assert_eq(&told(&season));
}
