//! Verdicts on sessions by hand.

use expect_test::{Expect, expect};

use super::testing::{Step, audited, audited_with, ceiling, repeat, run, session, shown, walk};
use super::{Audit, Class, Exception, Excess, RuleId, Settings, StepCeiling, audit};
use crate::ceiling::Ceiling;
use crate::model::Sport;
use crate::segment::Gait;
use crate::timeline::{Flags, Series, SpeedSource, Timeline};
use crate::units::{Date, Speed, UnitSystem};

/// Audits a script after three minutes of walking.
fn check(script: &[Step], expected: &Expect) {
    expected.assert_eq(&shown(&audited(&[&[walk(180)], script].concat())));
}

#[test]
fn easy_run_walk_is_easy() {
    check(
        &repeat(10, &[run(60, 0.95), walk(60)]),
        &expect![[r#"
            easy - confidence 0.94 index 0 turned None
            The running stayed under the easy ceiling of 6:07/km: 6:26/km on average.
            - Easy ceiling 6:07/km ± 2 %: as your physio gave it
        "#]],
    );
}

#[test]
fn fast_run_walk_is_disguised_intervals() {
    check(
        &repeat(10, &[run(60, 1.2), walk(60)]),
        &expect![[r#"
            disguised-intervals high confidence 0.97 index 89 turned None
            This was an interval session: 10 efforts of 1:00 at 5:08/km, 19 % faster than the easy ceiling of 6:07/km. The average of the whole session, 7:21/km, looks easy and hides it.
            - Easy ceiling 6:07/km ± 2 %: as your physio gave it
            - Over the ceiling: all 10:00 of running, 100 %
            warning disguised-intervals 180..240 Effort 1 of 10: 1:00 at 5:09/km, 19 % faster than the easy ceiling
            warning disguised-intervals 300..360 Effort 2 of 10: 1:00 at 5:09/km, 19 % faster than the easy ceiling
            warning disguised-intervals 420..480 Effort 3 of 10: 1:00 at 5:08/km, 19 % faster than the easy ceiling
            warning disguised-intervals 540..600 Effort 4 of 10: 1:00 at 5:08/km, 19 % faster than the easy ceiling
            warning disguised-intervals 660..720 Effort 5 of 10: 1:00 at 5:08/km, 19 % faster than the easy ceiling
            warning disguised-intervals 780..840 Effort 6 of 10: 1:00 at 5:08/km, 19 % faster than the easy ceiling
            warning disguised-intervals 900..960 Effort 7 of 10: 1:00 at 5:08/km, 19 % faster than the easy ceiling
            warning disguised-intervals 1020..1080 Effort 8 of 10: 1:00 at 5:08/km, 19 % faster than the easy ceiling
            warning disguised-intervals 1140..1200 Effort 9 of 10: 1:00 at 5:08/km, 19 % faster than the easy ceiling
            warning disguised-intervals 1260..1320 Effort 10 of 10: 1:00 at 5:09/km, 19 % faster than the easy ceiling
        "#]],
    );
}

#[test]
fn intervals_that_begin_half_way_are_dated() {
    let script = [repeat(5, &[run(60, 0.95), walk(60)]), repeat(5, &[run(60, 1.2), walk(60)])].concat();
    check(
        &script,
        &expect![[r#"
            disguised-intervals high confidence 0.97 index 89 turned Some(780)
            From 13:00 (1.5 km) on, the easy run became intervals: 5 efforts of 1:00 at 5:08/km, 19 % faster than the easy ceiling of 6:07/km. The average of the whole session, 7:51/km, looks easy and hides it.
            - Easy ceiling 6:07/km ± 2 %: as your physio gave it
            - Over the ceiling: 5:00 of 10:00 of running, 50 %
            warning disguised-intervals 780..840 Effort 1 of 5: 1:00 at 5:08/km, 19 % faster than the easy ceiling
            warning disguised-intervals 900..960 Effort 2 of 5: 1:00 at 5:08/km, 19 % faster than the easy ceiling
            warning disguised-intervals 1020..1080 Effort 3 of 5: 1:00 at 5:08/km, 19 % faster than the easy ceiling
            warning disguised-intervals 1140..1200 Effort 4 of 5: 1:00 at 5:08/km, 19 % faster than the easy ceiling
            warning disguised-intervals 1260..1320 Effort 5 of 5: 1:00 at 5:09/km, 19 % faster than the easy ceiling
        "#]],
    );
}

#[test]
fn intervals_within_a_run_are_dated() {
    let script = [vec![run(720, 0.95)], repeat(6, &[run(60, 1.25), run(60, 0.85)])].concat();
    check(
        &script,
        &expect![[r#"
            disguised-intervals high confidence 0.96 index 87 turned Some(900)
            From 15:00 (2.1 km) on, the easy run became intervals: 6 efforts of 1:00 at 4:55/km, 24 % faster than the easy ceiling of 6:07/km. The average of the whole session, 6:26/km, looks easy and hides it.
            - Easy ceiling 6:07/km ± 2 %: as your physio gave it
            - Over the ceiling: 6:00 of 24:00 of running, 25 %
            warning disguised-intervals 900..960 Effort 1 of 6: 1:00 at 4:54/km, 25 % faster than the easy ceiling
            warning disguised-intervals 1020..1080 Effort 2 of 6: 1:00 at 4:55/km, 24 % faster than the easy ceiling
            warning disguised-intervals 1140..1200 Effort 3 of 6: 1:00 at 4:55/km, 24 % faster than the easy ceiling
            warning disguised-intervals 1260..1320 Effort 4 of 6: 1:00 at 4:55/km, 24 % faster than the easy ceiling
            warning disguised-intervals 1380..1440 Effort 5 of 6: 1:00 at 4:55/km, 24 % faster than the easy ceiling
            warning disguised-intervals 1500..1560 Effort 6 of 6: 1:00 at 4:55/km, 24 % faster than the easy ceiling
        "#]],
    );
}

#[test]
fn a_steady_run_over_the_ceiling_is_above_easy() {
    check(
        &[run(1500, 1.08)],
        &expect![[r#"
            above-easy moderate confidence 0.95 index 58 turned None
            All 25:00 of running went faster than the easy ceiling of 6:07/km, averaging 5:40/km, 8 % faster.
            - Easy ceiling 6:07/km ± 2 %: as your physio gave it
            - Over the ceiling: all 25:00 of running, 100 %
            warning above-easy 180..1680 25:00 at 5:40/km, 8 % faster than the easy ceiling
        "#]],
    );
}

#[test]
fn a_drift_is_dated() {
    let script: Vec<Step> = (0..30).map(|i| run(60, 0.92 + 0.24 * f64::from(i) / 29.0)).collect();
    check(
        &script,
        &expect![[r#"
            drifted-over moderate confidence 0.55 index 58 turned Some(1093)
            The run began easier and from 18:13 (2.7 km) on stayed faster than the easy ceiling of 6:07/km, averaging 5:33/km, 10 % faster. The average of the whole session, 6:09/km, looks easy and hides it.
            - Easy ceiling 6:07/km ± 2 %: as your physio gave it
            - Over the ceiling: 14:47 of 30:00 of running, 49 %
            warning drifted-over 1093..1980 14:47 at 5:33/km, 10 % faster than the easy ceiling
        "#]],
    );
}

#[test]
fn strides_are_surges() {
    let script = [vec![run(900, 0.95)], repeat(6, &[run(20, 1.6), run(80, 0.9)])].concat();
    check(
        &script,
        &expect![[r#"
            surges moderate confidence 0.47 index 55 turned None
            An easy run with 6 strides of 0:19 to 0:21: short, but speed work. The fastest, at 18:01 (2.6 km), was 0:19 at 3:52/km, 58 % faster.
            - Easy ceiling 6:07/km ± 2 %: as your physio gave it
            - Over the ceiling: 2:02 of 25:00 of running, 8 %
            caution surges 1081..1100 0:19 at 3:52/km, 58 % faster than the easy ceiling
            caution surges 1180..1200 0:20 at 3:55/km, 56 % faster than the easy ceiling
            caution surges 1280..1300 0:20 at 3:54/km, 56 % faster than the easy ceiling
            caution surges 1380..1401 0:21 at 3:56/km, 55 % faster than the easy ceiling
            caution surges 1480..1501 0:21 at 3:56/km, 55 % faster than the easy ceiling
            caution surges 1580..1601 0:21 at 3:56/km, 55 % faster than the easy ceiling
        "#]],
    );
}

#[test]
fn many_sprints_or_a_few_at_twice_the_speed_are_intervals_and_a_few_strides_are_not() {
    let class = |n: usize, seconds: usize, ratio: f64| {
        let script = [vec![run(900, 0.95)], repeat(n, &[run(seconds, ratio), run(70, 0.9)]), vec![run(300, 0.9)]];
        audited(&script.concat()).verdict.class
    };
    assert_eq!(class(12, 17, 1.5), Class::DisguisedIntervals, "twelve short sprints");
    assert_eq!(class(5, 22, 2.1), Class::DisguisedIntervals, "five sprints at more than twice the speed around them");
    assert_eq!(class(3, 22, 2.1), Class::Surges, "three of them");
    assert_eq!(class(5, 22, 1.5), Class::Surges, "five strides");
}

/// An even run of 40 minutes over the ground at 0.93 with climbs of 8 %, each its first and its last sample.
#[test]
fn strides_after_a_long_run_too_fast_are_not_how_hard_it_was() {
    let script = [vec![run(1800, 1.12), walk(60)], repeat(4, &[run(20, 1.6), walk(60)])].concat();
    let verdict = audited(&script).verdict;
    assert_eq!((verdict.class, verdict.severity), (Class::AboveEasy, Some(Excess::Moderate)));
}

fn with_climbs(climbs: &[(usize, usize)]) -> Audit {
    let (mut timeline, segmentation) = session(&[run(2400, 0.93)]);
    let steep = |i: usize| climbs.iter().any(|&(from, to)| (from..to).contains(&i));
    timeline.grade = Series::from_options((0..2400).map(|i| Some(if steep(i) { 0.08 } else { 0.0 })));
    audit(&timeline, &segmentation, &ceiling(None), &Settings::new(UnitSystem::Metric))
}

/// An even pace over measured climbs, and nothing else that says that they were climbs: a slope alone accuses nobody.
#[test]
fn climbs_that_only_the_altimeter_saw_are_no_surges_however_many() {
    let two = with_climbs(&[(600, 630), (1800, 1835)]);
    expect![[r#"
        easy - confidence 0.94 index 0 turned None
        The running stayed under the easy ceiling of 6:07/km: 6:34/km on average.
        - Easy ceiling 6:07/km ± 2 %: as your physio gave it
    "#]]
    .assert_eq(&shown(&two));
    let six: Vec<(usize, usize)> = (0..6).map(|i| (600 + 180 * i, 660 + 180 * i)).collect();
    assert_eq!(with_climbs(&six).verdict.class, Class::Easy, "{}", shown(&with_climbs(&six)));
}

#[test]
fn one_surge_is_a_note() {
    check(
        &[run(900, 0.95), run(40, 1.25), run(900, 0.95)],
        &expect![[r#"
            easy - confidence 0.89 index 2 turned None
            The running kept to the easy ceiling of 6:07/km, never clearly above it for long: 6:23/km on average. One stretch over it, 0:40 at 18:01 (2.6 km), is noted, not counted.
            - Easy ceiling 6:07/km ± 2 %: as your physio gave it
            - Over the ceiling: 0:40 of 30:40 of running, 2 %
            note surges 1081..1121 0:40 at 4:56/km, 24 % faster than the easy ceiling
        "#]],
    );
}

#[test]
fn a_finish_kick_counts_where_that_is_set() {
    let (timeline, segmentation) = session(&[walk(180), run(700, 0.93), run(60, 1.5)]);
    let class = |count_kicks| {
        let settings = Settings { count_kicks, ..Settings::new(UnitSystem::Metric) };
        let audit = audit(&timeline, &segmentation, &ceiling(None), &settings);
        (audit.verdict.class, audit.findings.iter().any(|finding| finding.message.contains("counted, as the runner")))
    };
    assert_eq!(class(false), (Class::Easy, false));
    assert_eq!(class(true), (Class::Surges, true));
}

#[test]
fn a_finish_kick_is_a_note() {
    check(
        &[run(1500, 0.95), run(30, 1.5)],
        &expect![[r#"
            easy - confidence 0.94 index 0 turned None
            The running stayed under the easy ceiling of 6:07/km: 6:22/km on average. A finish kick of 0:30 at 28:00 (4.2 km) is noted, not counted.
            - Easy ceiling 6:07/km ± 2 %: as your physio gave it
            - 1 stretch left out of the verdict: a finish kick
            note finish-kick 1680..1710 Finish kick of 0:30 at 4:07/km; noted, not counted
        "#]],
    );
}

#[test]
fn two_minutes_of_running_are_needed() {
    check(
        &[run(100, 0.95)],
        &expect![[r#"
            undetermined - confidence 0.00 index - turned None
            Only 1:40 of running was found, too little to judge.
            - Easy ceiling 6:07/km ± 2 %: as your physio gave it
        "#]],
    );
}

fn without_speed(timeline: &mut Timeline) {
    timeline.speed = Series::missing(timeline.len());
    timeline.distance.fill(0.0);
    timeline.signals.speed = SpeedSource::None;
}

#[test]
fn heart_rate_is_shown_beside_the_pace() {
    let script = [vec![walk(180)], repeat(10, &[run(60, 1.2), walk(60)])].concat();
    let fast = audited_with(&script, &ceiling(Some(145.0)), |_| ());
    expect![[r#"
        Easy ceiling 6:07/km ± 2 %: as your physio gave it
        Over the ceiling: all 10:00 of running, 100 %
        Easy heart rate 145 bpm ± 3 bpm: as your physio gave it
        By heart rate, 10:00 of 10:00 of running was over its ceiling, 1:00 on end, short bouts judged whole by their peak; heat or tiring could explain 3:19 of it
        In all 10 stretches the heart was asked for about 162 bpm (ceiling 145 bpm); it peaked at 147 bpm, but such short bouts end before it catches up"#]].assert_eq(&fast.verdict.reasons.join("\n"));
}

#[test]
fn an_easy_pace_that_is_hard_for_the_heart_is_said_to_be() {
    let script = [vec![walk(180)], repeat(10, &[run(60, 0.9), walk(60)])].concat();
    let sentence = |bpm| audited_with(&script, &ceiling(Some(bpm)), |_| ()).verdict.sentence;
    expect![[r#"
        The running stayed under the easy ceiling of 6:07/km: 6:48/km on average. It was not easy for the heart, which was asked for about 136 bpm, over the easy ceiling of 125 bpm.
        The running stayed under the easy ceiling of 6:07/km: 6:48/km on average."#]].assert_eq(&format!("{}\n{}", sentence(125.0), sentence(145.0)));
}

#[test]
fn a_treadmill_without_speed_is_judged_by_heart_rate() {
    let script = |ratio: f64| [vec![walk(180)], repeat(10, &[run(60, ratio), walk(60)])].concat();
    let of = |ratio: f64| audited_with(&script(ratio), &ceiling(Some(145.0)), without_speed).verdict;
    expect![[r#"
        By heart rate alone, the running kept to the easy ceiling of 145 bpm: it asked the heart for about 136 bpm.
        By heart rate alone, this was an interval session: all 10:00 of running, in 10 bouts too short for the heart, which still rose to about 149 bpm, for an effort of about 166 bpm, was over the easy ceiling of 145 bpm. The average of the whole session, 125 bpm, looks easy and hides it."#]].assert_eq(&format!("{}\n{}", of(0.9).sentence, of(1.25).sentence));
    assert_eq!((of(0.9).class, of(1.25).class), (Class::Easy, Class::DisguisedIntervals));
}

#[test]
fn without_a_ceiling_nothing_is_judged_but_the_structure_shows() {
    let script = [vec![run(720, 0.95)], repeat(6, &[run(60, 1.25), run(60, 0.85)])].concat();
    let shown_audit = audited_with(&script, &Ceiling::default(), |_| ());
    expect![[r#"
        undetermined - confidence 0.00 index - turned None
        No easy ceiling is known, so the run cannot be judged: an easy pace, an easy heart rate or a recent race would give one. It does look like intervals.
        caution interval-like-structure 720..1381 6 faster stretches with slower running between: it looks like intervals
    "#]].assert_eq(&shown(&shown_audit));
}

#[test]
fn doubtful_speed_is_never_easy() {
    let script = repeat(10, &[run(60, 0.95), walk(60)]);
    let half = audited_with(&script, &ceiling(None), |timeline| {
        for i in 0..timeline.len() / 2 {
            timeline.flags[i].insert(Flags::SPIKE);
        }
    });
    assert_eq!(half.verdict.class, Class::Undetermined, "{}", half.verdict.sentence);
    assert!(half.findings.iter().any(|finding| finding.rule == RuleId::SuspectSpeed));
}

#[test]
fn a_damaged_file_is_never_easy_but_may_be_over() {
    let class = |ratio| {
        let (timeline, segmentation) = session(&repeat(10, &[run(60, ratio), walk(60)]));
        let settings = Settings { damaged: true, ..Settings::new(UnitSystem::Metric) };
        let verdict = audit(&timeline, &segmentation, &ceiling(None), &settings).verdict;
        assert!(verdict.reasons.iter().any(|reason| reason.contains("damaged")), "{verdict:?}");
        verdict.class
    };
    assert_eq!((class(0.95), class(1.2)), (Class::Undetermined, Class::DisguisedIntervals));
}

#[test]
fn a_wheelchair_is_not_judged() {
    let (timeline, segmentation) = session(&[run(1200, 1.5)]);
    let settings = Settings { sport: Sport::Wheelchair, ..Settings::new(UnitSystem::Metric) };
    let audit = audit(&timeline, &segmentation, &ceiling(None), &settings);
    assert_eq!(audit.verdict.class, Class::Undetermined);
}

#[test]
fn an_agreed_exception_is_shown_with_its_reason() {
    let script = [vec![run(900, 0.95)], repeat(6, &[run(20, 1.6), run(80, 0.9)])].concat();
    let (timeline, segmentation) = session(&script);
    let exception = |from: &str| Exception {
        rule: RuleId::Surges,
        from: Date::parse(from),
        to: None,
        reason: "strides agreed, JD".to_owned(),
    };
    let allowed = |from: &str| {
        let date = Date::parse("2026-11-20");
        let settings = Settings { date, exceptions: vec![exception(from)], ..Settings::new(UnitSystem::Metric) };
        audit(&timeline, &segmentation, &ceiling(None), &settings).verdict.allowed
    };
    assert_eq!(allowed("2026-11-16").as_deref(), Some("strides agreed, JD"));
    assert_eq!(allowed("2026-11-21"), None);
}

#[test]
fn a_step_with_a_ceiling_of_its_own_is_held_against_that() {
    let script = [vec![run(600, 0.95)], repeat(4, &[run(60, 1.2), walk(60)])].concat();
    let (timeline, segmentation) = session(&script);
    let settings = |start: usize, share: f64| {
        let speed = Some(Speed::from_meters_per_second(share * super::testing::CEILING));
        let steps = vec![StepCeiling { range: start..timeline.len(), speed, heart_rate: None }];
        Settings { steps, ..Settings::new(UnitSystem::Metric) }
    };
    let of = |ceiling: &Ceiling, start, share| audit(&timeline, &segmentation, ceiling, &settings(start, share));
    // A faster target of the plan is said beside the ceiling, and excuses nothing; a slower one holds.
    let faster = of(&ceiling(None), 600, 1.25);
    assert_eq!(faster.verdict.class, Class::DisguisedIntervals);
    let said: Vec<_> = faster.findings.iter().filter(|found| found.rule == RuleId::PlanFasterThanCeiling).collect();
    expect!["[(Warning, \"The plan asks for 4:53/km in 1 step, the easy ceiling is 6:07/km: the ceiling stands\")]"]
        .assert_eq(&format!("{:?}", said.iter().map(|found| (found.severity, &found.message)).collect::<Vec<_>>()));
    let (timeline_of_easy, easy) = session(&[run(900, 0.95)]);
    let slower = audit(&timeline_of_easy, &easy, &ceiling(None), &settings(0, 0.85));
    assert_eq!(slower.verdict.class, Class::AboveEasy);
    // Where no ceiling of the runner is known, the pace of steps is one where they cover most of the running.
    let none = Ceiling::default();
    assert_eq!(of(&none, 0, 1.25).verdict.class, Class::Easy);
    assert_eq!(of(&none, 0, 1.0).verdict.class, Class::DisguisedIntervals);
    assert_eq!(of(&none, 600, 1.25).verdict.class, Class::Undetermined);
}

/// Runs of these seconds at 1.2, with stops of half a minute between them.
fn stopped(seconds: &[usize]) -> Class {
    let script: Vec<Step> = seconds.iter().flat_map(|&s| [run(s, 1.2), (Gait::Stand, 30, 0.0)]).collect();
    audited(&script).verdict.class
}

#[test]
fn stops_in_a_fast_run_make_no_intervals_but_rests_between_repetitions_do() {
    assert_eq!(stopped(&[520, 430, 70, 300, 40, 420]), Class::AboveEasy);
    assert_eq!(stopped(&[180, 180, 180, 180]), Class::DisguisedIntervals);
    assert_eq!(stopped(&[30, 60, 90, 120, 90, 60, 30]), Class::DisguisedIntervals);
}
