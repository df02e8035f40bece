//! Runners and files that need care, through the command line: what is said of them, and the exit code.

use crate::common;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use rehabrun::export::{fit, tcx};
use rehabrun::model::{Activity, Profile, Sport};
use rehabrun::synth::{Script, Setup, record};
use rehabrun::units::{HeartRate, Speed};

const RUN_WALK: &str = "walk 3min, 8x(run 60s 2.6m/s, walk 60s 1.5m/s), walk 2min 1.5m/s";
const INTERVALS: &str = "walk 3min, 8x(run 60s 3.4m/s, walk 60s 1.5m/s), walk 2min 1.5m/s";
const STRIDES: &str = "run 12min 2.6m/s, 5x(run 20s 4.4m/s, run 70s 2.5m/s), run 5min 2.5m/s";

/// A folder of a test, empty.
fn folder(test: &str) -> PathBuf {
    common::folder(&format!("guards/{test}"))
}

/// What a watch records of a script.
fn recorded(script: &str, change: impl Fn(&mut Setup)) -> Activity {
    let mut setup = Setup::new(Some(7));
    change(&mut setup);
    record(&Script::parse(script).expect("a script"), &setup).activity
}

/// Audits an activity with a runner's file and arguments: the ceiling, what the findings, the verdict and the notes say.
fn check(test: &str, activity: &Activity, athlete: &str, args: &[&str], expected: &Expect) {
    let dir = folder(test);
    fs::write(dir.join("run.fit"), fit::activity(activity)).expect("written");
    if !athlete.is_empty() {
        fs::write(dir.join("athlete.toml"), athlete).expect("written");
    }
    expected.assert_eq(&rehabrun(&dir, &[&["audit", "run.fit"], args].concat()));
}

/// The output without its tables and drawings, and the exit code.
fn rehabrun(dir: &Path, args: &[&str]) -> String {
    let mut command = common::program(dir, args);
    command.env("COLUMNS", "110").env("NO_COLOR", "1");
    let output = command.output().expect("the program starts");
    let text = String::from_utf8(output.stdout).expect("UTF-8") + &String::from_utf8(output.stderr).expect("UTF-8");
    let mut shown = String::new();
    for block in text.split("\n\n") {
        let is_drawing = block.contains('█') || block.contains("  #  gait");
        if !is_drawing {
            shown += block.trim_end();
            shown += "\n";
        }
    }
    format!("{shown}exit code {}\n", output.status.code().expect("a code"))
}

#[test]
fn strides_that_were_agreed_on_are_no_breach() {
    let athlete = "[ceiling]\neasy_pace = \"6:07/km\"\n[[allow]]\nrule = \"surges\"\nreason = \"strides agreed, JD\"\n";
    check(
        "allowed",
        &recorded(STRIDES, |_| ()),
        athlete,
        &[],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            3.93 km in 24:30 elapsed
            ran 24:30 without a break
            easy ceiling 6:07/km (as given, ± 2 %)
              △   12:01  0:21 at 3:59/km, 54 % faster than the easy ceiling (agreed: strides agreed, JD)
              △   13:31  0:21 at 4:03/km, 51 % faster than the easy ceiling (agreed: strides agreed, JD)
              △   15:01  0:21 at 3:49/km, 60 % faster than the easy ceiling (agreed: strides agreed, JD)
              △   16:31  0:21 at 3:58/km, 54 % faster than the easy ceiling (agreed: strides agreed, JD)
              △   18:01  0:20 at 3:42/km, 65 % faster than the easy ceiling (agreed: strides agreed, JD)
            SURGES, AGREED · mild · index 51 of 100 · medium confidence
            An easy run with 5 strides of 0:20 to 0:21: short, but speed work. The fastest, at 18:01 (2.9 km), was 0:20 at
            3:42/km, 65 % faster. This was agreed: strides agreed, JD.
              · Easy ceiling 6:07/km ± 2 %: as it was given; nothing says by whom
              · Over the ceiling: 1:44 of 24:26 of judged running, 7 %
            exit code 0
        "#]],
    );
    let late = format!("{athlete}from = 2031-01-01\n");
    check(
        "allowed-later",
        &recorded(STRIDES, |_| ()),
        &late,
        &[],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            3.93 km in 24:30 elapsed
            ran 24:30 without a break
            easy ceiling 6:07/km (as given, ± 2 %)
              △   12:01  0:21 at 3:59/km, 54 % faster than the easy ceiling
              △   13:31  0:21 at 4:03/km, 51 % faster than the easy ceiling
              △   15:01  0:21 at 3:49/km, 60 % faster than the easy ceiling
              △   16:31  0:21 at 3:58/km, 54 % faster than the easy ceiling
              △   18:01  0:20 at 3:42/km, 65 % faster than the easy ceiling
            SURGES · mild · index 51 of 100 · medium confidence
            An easy run with 5 strides of 0:20 to 0:21: short, but speed work. The fastest, at 18:01 (2.9 km), was 0:20 at
            3:42/km, 65 % faster.
              · Easy ceiling 6:07/km ± 2 %: as it was given; nothing says by whom
              · Over the ceiling: 1:44 of 24:26 of judged running, 7 %
            What now: run the same again without the bursts. Strides are for later, when your physio agrees to them.
            exit code 1
        "#]],
    );
}

#[test]
fn what_was_agreed_on_is_in_every_output_and_in_the_weeks() {
    let dir = folder("allowed-everywhere");
    fs::write(dir.join("run.fit"), fit::activity(&recorded(STRIDES, |_| ()))).expect("written");
    let athlete = "[rehab]\nstarted = 2026-06-08\n[ceiling]\neasy_pace = \"6:07/km\"\n[[allow]]\nrule = \"surges\"\nreason = \"agreed, JD\"\n";
    fs::write(dir.join("athlete.toml"), athlete).expect("written");
    for format in ["text", "json", "jsonl", "csv", "markdown", "html"] {
        let text = rehabrun(&dir, &["audit", "run.fit", "--format", format]);
        assert!(text.contains("agreed, JD") && text.ends_with("exit code 0\n"), "{format}: {text}");
    }
    let weeks = rehabrun(&dir, &["progress", "."]);
    assert!(weeks.contains("agreed, JD") && weeks.ends_with("exit code 0\n"), "{weeks}");
}

#[test]
fn a_step_of_the_plan_can_be_stricter_than_the_ceiling_and_never_laxer() {
    let athlete = "[ceiling]\neasy_pace = \"6:07/km\"\n";
    let activity = recorded("walk 3min, 4x(run 3min 3.1m/s, walk 60s 1.5m/s)", |_| ());
    let plan = |steps: &str| format!("walk 3:00, 4x({steps}, walk 1:00)");
    check(
        "step",
        &activity,
        athlete,
        &["--plan", &plan("run 3:00")],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.86 km in 19:00 elapsed
            ran 11:57 in 4 bouts · walked 7:03
            easy ceiling 6:07/km (as given, ± 2 %)
              ▲    7:04  Effort 1 of 3: 2:55 at 5:17/km, 16 % faster than the easy ceiling
              ▲   11:04  Effort 2 of 3: 2:55 at 5:27/km, 12 % faster than the easy ceiling
              ▲   15:00  Effort 3 of 3: 3:00 at 5:23/km, 14 % faster than the easy ceiling
            DISGUISED INTERVALS · moderate · index 79 of 100 · high confidence
            This was an interval session: 3 efforts of 2:55 to 3:00 at 5:23/km, 14 % faster than the easy ceiling of
            6:07/km. The average of the whole session, 6:39/km, looks easy and hides it.
              · Easy ceiling 6:07/km ± 2 %: as it was given; nothing says by whom
              · Over the ceiling: all 11:49 of judged running, 100 %
              · plan walk 3:00, 4x(run 3:00, walk 1:00) (--plan): structure good, 4 of 4 runs and 5 of 5 walks; intensity:
                0 % of the runs stayed under their ceiling
            What now: do this session again before you go on, about 45 s/km slower than in your fast stretches: no faster
                      than 6:07/km.
            exit code 1
        "#]],
    );
    check(
        "step-pace",
        &activity,
        athlete,
        &["--plan", &plan("run 3:00 @5:15/km")],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.86 km in 19:00 elapsed
            ran 11:57 in 4 bouts · walked 7:03
            easy ceiling 6:07/km (as given, ± 2 %)
              ▲    3:00  The plan asks for 5:15/km in 4 steps, the easy ceiling is 6:07/km: the ceiling stands
              ▲    7:04  Effort 1 of 3: 2:55 at 5:17/km, 16 % faster than the easy ceiling
              ▲   11:04  Effort 2 of 3: 2:55 at 5:27/km, 12 % faster than the easy ceiling
              ▲   15:00  Effort 3 of 3: 3:00 at 5:23/km, 14 % faster than the easy ceiling
            DISGUISED INTERVALS · moderate · index 79 of 100 · high confidence
            This was an interval session: 3 efforts of 2:55 to 3:00 at 5:23/km, 14 % faster than the easy ceiling of
            6:07/km. The average of the whole session, 6:39/km, looks easy and hides it.
              · Easy ceiling 6:07/km ± 2 %: as it was given; nothing says by whom
              · Over the ceiling: all 11:49 of judged running, 100 %
              · plan walk 3:00, 4x(run 3:00 @ 5:15/km, walk 1:00) (--plan): structure good, 4 of 4 runs and 5 of 5 walks;
                intensity: 0 % of the runs stayed under their ceiling
            What now: do this session again before you go on, about 45 s/km slower than in your fast stretches: no faster
                      than 6:07/km.
            exit code 1
        "#]],
    );
    check(
        "step-alone",
        &activity,
        "",
        &["--plan", &plan("run 3:00 @5:15/km")],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.86 km in 19:00 elapsed
            ran 11:57 in 4 bouts · walked 7:03
            no easy ceiling given
            EASY · high confidence
            The running stayed under the easy ceiling of 5:15/km: 5:22/km on average.
              · Steps of the plan have their own ceiling: 5:15/km
              · plan walk 3:00, 4x(run 3:00 @ 5:15/km, walk 1:00) (--plan): structure good, 4 of 4 runs and 5 of 5 walks;
                intensity: 100 % of the runs stayed under their ceiling
            What now: go on with the plan, if nothing hurts more than your physio allows, now and tomorrow morning.
            exit code 0
        "#]],
    );
    check(
        "step-heart",
        &activity,
        "",
        &["--plan", &plan("run 3:00 @135bpm")],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.86 km in 19:00 elapsed
            ran 11:57 in 4 bouts · walked 7:03
            no easy ceiling given
              ▲   11:44  The heart was over the easy ceiling of 135 bpm for 8:31 of 11:49 of judged running at about 153
                         bpm, for 2:15 of it on end
            DISGUISED INTERVALS · index 79 of 100 · low confidence
            By heart rate alone, this was an interval session: 8:31 of 11:49 of judged running, at about 153 bpm, was over
            the easy ceiling of 135 bpm. The average of the whole session, 132 bpm, looks easy and hides it.
              · Steps of the plan have their own ceiling: 135 bpm
              · plan walk 3:00, 4x(run 3:00 @ 135bpm, walk 1:00) (--plan): structure good, 4 of 4 runs and 5 of 5 walks;
                intensity: 0 % of the runs stayed under their ceiling
            What now: do this session again before you go on.
            exit code 1
        "#]],
    );
}

#[test]
fn a_runner_whose_easy_pace_is_slower_than_any_jog() {
    let jog = recorded("walk 3min 1.3m/s, 8x(run 60s 1.8m/s, walk 60s 1.3m/s)", |_| ());
    check(
        "slow",
        &jog,
        "",
        &["--easy-pace", "9:45/km"],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            1.72 km in 19:00 elapsed
            ran 7:58 in 8 bouts · walked 11:02
            easy ceiling 9:45/km (as given, ± 2 %)
              ·    3:00  0:59 at 8:57/km, 9 % faster than the easy ceiling
              ·    9:00  0:59 at 8:51/km, 10 % faster than the easy ceiling
              ·   15:00  1:00 at 8:59/km, 9 % faster than the easy ceiling
            EASY · high confidence
            The running was right at the easy ceiling of 9:45/km: 9:21/km on average, 4 % faster, which still counts as
            easy. 3 stretches over it, 2:58 in all, are noted, not counted.
              · Easy ceiling 9:45/km ± 2 %: as it was given; nothing says by whom
              · Over the ceiling: 2:58 of 7:58 of running, 37 %
            What now: run the same, a little slower (2:58 of it was over 9:45/km), if nothing hurts more than your physio
                      allows, now and tomorrow morning.
            note: the easy pace is slower than the walk-run transition, so that any jog may be over it: it stands as it
                  was given; talk test, heart rate or walking suit it better than pace
            exit code 0
        "#]],
    );
    let run = recorded("walk 3min 1.3m/s, 8x(run 60s 2.3m/s, walk 60s 1.3m/s)", |_| ());
    check(
        "slow-fast",
        &run,
        "",
        &["--easy-pace", "9:45/km"],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            1.96 km in 19:00 elapsed
            ran 7:58 in 8 bouts · walked 11:02
            easy ceiling 9:45/km (as given, ± 2 %)
              ▲    3:00  Effort 1 of 8: 0:59 at 7:05/km, 38 % faster than the easy ceiling
              ▲    5:00  Effort 2 of 8: 1:00 at 7:37/km, 28 % faster than the easy ceiling
              ▲    7:00  Effort 3 of 8: 1:00 at 7:28/km, 31 % faster than the easy ceiling
              ▲    9:00  Effort 4 of 8: 0:59 at 7:00/km, 39 % faster than the easy ceiling
                and 4 more of `disguised-intervals`
            DISGUISED INTERVALS · extreme · index 100 of 100 · high confidence
            This was an interval session: 8 efforts of 0:59 to 1:01 at 7:28/km, 31 % faster than the easy ceiling of
            9:45/km.
              · Easy ceiling 9:45/km ± 2 %: as it was given; nothing says by whom
              · Over the ceiling: all 7:58 of running, 100 %
            What now: run the same again, easy this time, about 145 s/km slower than in your fast stretches: no faster
                      than 9:45/km.
            note: the easy pace is slower than the walk-run transition, so that any jog may be over it: it stands as it
                  was given; talk test, heart rate or walking suit it better than pace
            exit code 1
        "#]],
    );
}

#[test]
fn a_shuffle_at_the_speed_of_a_brisk_walk() {
    let shuffle = "walk 3min 1.3m/s, 8x(run 60s 1.8m/s, walk 60s 1.3m/s)";
    check(
        "shuffle",
        &recorded(shuffle, |_| ()),
        "",
        &["--easy-pace", "8:00/km"],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            1.72 km in 19:00 elapsed
            ran 7:58 in 8 bouts · walked 11:02
            easy ceiling 8:00/km (as given, ± 2 %)
            EASY · high confidence
            The running stayed under the easy ceiling of 8:00/km: 9:21/km on average.
              · Easy ceiling 8:00/km ± 2 %: as it was given; nothing says by whom
            What now: keep this pace for the next run, if nothing hurts more than your physio allows, now and tomorrow
                      morning.
            exit code 0
        "#]],
    );
    let without = recorded(shuffle, |setup| setup.watch.cadence = None);
    check(
        "shuffle-without-cadence",
        &without,
        "",
        &["--easy-pace", "8:00/km"],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            1.72 km in 19:00 elapsed
            ran 8:03 in 8 bouts · walked 10:57
            easy ceiling 8:00/km (as given, ± 2 %)
            EASY · high confidence
            The running stayed under the easy ceiling of 8:00/km: 9:20/km on average.
              · Easy ceiling 8:00/km ± 2 %: as it was given; nothing says by whom
            What now: keep this pace for the next run, if nothing hurts more than your physio allows, now and tomorrow
                      morning.
            note: without a usable cadence, running and walking are told from speed alone
            exit code 0
        "#]],
    );
}

#[test]
fn a_runner_with_medication() {
    let athlete = "[ceiling]\nmax_hr = 180\nresting_hr = 55\n[health]\nrate_limiting_medication = true\n";
    check(
        "medication",
        &recorded(RUN_WALK, |_| ()),
        athlete,
        &[],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.42 km in 21:00 elapsed
            ran 7:58 in 8 bouts · walked 13:02
            no easy ceiling given
            CANNOT TELL
            No easy ceiling is known, so the run cannot be judged: an easy pace, an easy heart rate or a recent race would
            give one.
            hint: --easy-pace PACE gives the easy pace, --race 5k=25:00 a recent race, --easy-hr 145 an easy heart rate
            What now: find your easy pace: `rehabrun setup` asks for what you know, `rehabrun ceiling FOLDER` looks at
                      your own runs. Until then run only as fast as you can talk in whole sentences.
            note: heart-rate ceilings from formulas do not hold with rate-limiting medication and were dropped: ask your
                  clinician for a limit; until then run only as fast as you can talk in whole sentences
            exit code 3
        "#]],
    );
    let pace = athlete.replace("max_hr", "easy_pace = \"6:07/km\"\nmax_hr");
    check(
        "medication-pace",
        &recorded(INTERVALS, |_| ()),
        &pace,
        &[],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.80 km in 21:00 elapsed
            ran 7:59 in 8 bouts · walked 13:01
            easy ceiling 6:07/km (as given, ± 2 %)
              ▲    3:00  Effort 1 of 8: 1:00 at 4:52/km, 26 % faster than the easy ceiling
              ▲    5:00  Effort 2 of 8: 1:00 at 5:09/km, 19 % faster than the easy ceiling
              ▲    7:00  Effort 3 of 8: 1:00 at 5:04/km, 21 % faster than the easy ceiling
              ▲    9:00  Effort 4 of 8: 0:59 at 4:47/km, 28 % faster than the easy ceiling
                and 4 more of `disguised-intervals`
            DISGUISED INTERVALS · high · index 92 of 100 · high confidence
            This was an interval session: 8 efforts of 0:59 to 1:01 at 5:04/km, 21 % faster than the easy ceiling of
            6:07/km. The average of the whole session, 7:30/km, looks easy and hides it.
              · Easy ceiling 6:07/km ± 2 %: as it was given; nothing says by whom
              · Over the ceiling: all 7:59 of running, 100 %
            What now: run the same again, easy this time, about 65 s/km slower than in your fast stretches: no faster than
                      6:07/km.
            note: heart-rate ceilings from formulas do not hold with rate-limiting medication and were dropped: ask your
                  clinician for a limit; until then run only as fast as you can talk in whole sentences
            exit code 1
        "#]],
    );
}

#[test]
fn a_wheelchair() {
    let mut activity = recorded(RUN_WALK, |_| ());
    activity.sessions[0].sport = Sport::Wheelchair;
    activity.sessions[0].sport_name = "wheelchair_push_run".to_owned();
    check(
        "wheelchair",
        &activity,
        "",
        &["--easy-pace", "6:07/km"],
        &expect![[r#"
            run.fit · rehabrun synth
            wheelchair_push_walk · Mon 15 Jun 2026, 07:10
            2.42 km in 21:00 elapsed
            no running found · not clear 21:00
            easy ceiling 6:07/km (as given, ± 2 %)
            CANNOT TELL
            This was done in a wheelchair, where running and walking do not apply.
              · Easy ceiling 6:07/km ± 2 %: as it was given; nothing says by whom
            exit code 3
        "#]],
    );
}

#[test]
fn a_race_at_the_sea_and_runs_high_up() {
    let athlete = "[ceiling]\nrace = { distance = \"5k\", time = \"25:00\", date = 2026-05-01 }\n";
    check(
        "sea",
        &recorded(RUN_WALK, |_| ()),
        athlete,
        &[],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.42 km in 21:00 elapsed
            ran 7:58 in 8 bouts · walked 13:02
            easy ceiling 6:20/km (race, ± 5 %)
            EASY · high confidence
            The running kept to the easy ceiling of 6:20/km, never clearly above it for long: 6:28/km on average.
              · Easy ceiling 6:20/km ± 5 %: 70 % of the VDOT of a race (Daniels and Gilbert, Oxygen Power, 1979), less
                what a lay-off takes; for many above the first threshold
            What now: keep this pace for the next run, if nothing hurts more than your physio allows, now and tomorrow
                      morning.
            exit code 0
        "#]],
    );
    let high = format!("{athlete}altitude_m = 2300\n");
    check(
        "altitude",
        &recorded(RUN_WALK, |_| ()),
        &high,
        &[],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.42 km in 21:00 elapsed
            ran 7:58 in 8 bouts · walked 13:02
            easy ceiling 7:02/km (race, ± 5 %)
              ▲    3:00  1:00 at 6:18/km, 12 % faster than the easy ceiling
              ▲    5:00  0:59 at 6:43/km, 5 % faster than the easy ceiling
              ▲    7:00  1:00 at 6:36/km, 6 % faster than the easy ceiling
              ▲    9:00  0:59 at 6:12/km, 13 % faster than the easy ceiling
                and 3 more of `above-easy`
            ABOVE EASY · moderate · index 57 of 100 · high confidence
            6:58 of 7:58 of running went faster than the easy ceiling of 7:02/km, averaging 6:29/km, 9 % faster. The
            average of the whole session, 8:42/km, looks easy and hides it.
              · Easy ceiling 7:02/km ± 5 %: 70 % of the VDOT of a race (Daniels and Gilbert, Oxygen Power, 1979), less
                what a lay-off takes; for many above the first threshold
              · Over the ceiling: 6:58 of 7:58 of running, 87 %
            What now: run the same again, easy this time, about 35 s/km slower than in your fast stretches: no faster than
                      7:02/km.
            note: the altitude of these runs makes the VDOT 13 % lower than at the race
            exit code 1
        "#]],
    );
}

#[test]
fn a_treadmill() {
    let indoor = |script: &str| recorded(script, |setup| setup.watch.place = None);
    check(
        "treadmill",
        &indoor(RUN_WALK),
        "",
        &["--easy-pace", "6:07/km"],
        &expect![[r#"
            run.fit · rehabrun synth
            running/treadmill · Mon 15 Jun 2026, 07:10
            2.42 km in 21:00 elapsed
            ran 7:58 in 8 bouts · walked 13:02
            easy ceiling 6:07/km (as given, ± 2 %)
            EASY · high confidence
            The running stayed under the easy ceiling of 6:07/km: 6:31/km on average.
              · Easy ceiling 6:07/km ± 2 %: as it was given; nothing says by whom
            What now: keep this pace for the next run, if nothing hurts more than your physio allows, now and tomorrow
                      morning.
            note: indoors the watch guesses its speed from the arm or a foot pod
            exit code 0
        "#]],
    );
    let mut without_speed = indoor(INTERVALS);
    for record in &mut without_speed.sessions[0].records {
        record.set_speed(Speed::from_meters_per_second(f64::NAN));
        record.set_distance(rehabrun::units::Distance::from_meters(f64::NAN));
    }
    without_speed.sessions[0].distance = None;
    check(
        "treadmill-heart",
        &without_speed,
        "",
        &["--easy-pace", "6:07/km", "--easy-hr", "140"],
        &expect![[r#"
            run.fit · rehabrun synth
            running/treadmill · Mon 15 Jun 2026, 07:10
            0.00 km in 21:00 elapsed
            ran 7:59 in 8 bouts · walked 13:01
            easy ceiling 6:07/km (as given, ± 2 %) · 140 bpm (as given, ± 3 bpm)
              ▲   16:59  The heart was over the easy ceiling of 140 bpm for 7:59 of 7:59 of running at about 152 bpm, for
                         1:01 of it on end
            DISGUISED INTERVALS · index 100 of 100 · low confidence
            By heart rate alone, this was an interval session: all 7:59 of running, in 8 bouts too short for the heart,
            which still rose to about 152 bpm, for an effort of about 173 bpm, was over the easy ceiling of 140 bpm. The
            average of the whole session, 121 bpm, looks easy and hides it.
              · Easy ceiling 6:07/km ± 2 %: as it was given; nothing says by whom
              · Easy heart rate 140 bpm ± 3 bpm: as it was given; nothing says by whom
              · By heart rate, 7:59 of 7:59 of running was over its ceiling, 1:01 on end, short bouts judged whole by
                their peak
              · In all 8 stretches the heart was asked for about 173 bpm (ceiling 140 bpm); it peaked at 158 bpm, but such
                short bouts end before it catches up
            What now: run the same again, easy this time: no faster than 6:07/km and not above 140 bpm.
            note: the file has neither speed nor distance nor positions
            exit code 1
        "#]],
    );
    check(
        "treadmill-nothing",
        &without_speed,
        "",
        &["--easy-pace", "6:07/km"],
        &expect![[r#"
            run.fit · rehabrun synth
            running/treadmill · Mon 15 Jun 2026, 07:10
            0.00 km in 21:00 elapsed
            ran 7:59 in 8 bouts · walked 13:01
            easy ceiling 6:07/km (as given, ± 2 %)
            CANNOT TELL
            The file holds no speed, distance or position, so the pace cannot be judged; with heart rate in the file, an
            easy heart rate would help.
              · Easy ceiling 6:07/km ± 2 %: as it was given; nothing says by whom
            What now: this run does not tell whether to go on: run the same again, no faster than 6:07/km.
            note: the file has neither speed nor distance nor positions
            exit code 3
        "#]],
    );
}

#[test]
fn heart_rate_alone() {
    check(
        "heart-easy",
        &recorded(RUN_WALK, |_| ()),
        "",
        &["--easy-hr", "150"],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.42 km in 21:00 elapsed
            ran 7:58 in 8 bouts · walked 13:02
            easy ceiling 150 bpm (as given, ± 3 bpm)
            EASY · low confidence
            By heart rate alone, the running kept to the easy ceiling of 150 bpm: it asked the heart for about 136 bpm.
              · Easy heart rate 150 bpm ± 3 bpm: as it was given; nothing says by whom
              · The heart rate never rose over its ceiling in the running
              · The effort of every stretch kept to the ceiling on heart rate, as far as it shows
            What now: keep this pace for the next run, if nothing hurts more than your physio allows, now and tomorrow
                      morning.
            exit code 0
        "#]],
    );
    check(
        "heart-fast",
        &recorded(INTERVALS, |_| ()),
        "",
        &["--easy-hr", "140"],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.80 km in 21:00 elapsed
            ran 7:59 in 8 bouts · walked 13:01
            easy ceiling 140 bpm (as given, ± 3 bpm)
              ▲   16:59  The heart was over the easy ceiling of 140 bpm for 7:59 of 7:59 of running at about 152 bpm, for
                         1:01 of it on end
            DISGUISED INTERVALS · index 100 of 100 · low confidence
            By heart rate alone, this was an interval session: all 7:59 of running, in 8 bouts too short for the heart,
            which still rose to about 152 bpm, for an effort of about 173 bpm, was over the easy ceiling of 140 bpm. The
            average of the whole session, 121 bpm, looks easy and hides it.
              · Easy heart rate 140 bpm ± 3 bpm: as it was given; nothing says by whom
              · By heart rate, 7:59 of 7:59 of running was over its ceiling, 1:01 on end, short bouts judged whole by
                their peak
              · In all 8 stretches the heart was asked for about 173 bpm (ceiling 140 bpm); it peaked at 158 bpm, but such
                short bouts end before it catches up
            What now: run the same again, easy this time: not above 140 bpm.
            exit code 1
        "#]],
    );
    let steady = recorded("walk 3min, run 25min 3.1m/s", |_| ());
    check(
        "heart-steady",
        &steady,
        "",
        &["--easy-hr", "140"],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            4.91 km in 28:00 elapsed
            ran 25:00 without a break · walked 3:00
            easy ceiling 140 bpm (as given, ± 3 bpm)
              ▲    4:19  The heart was over the easy ceiling of 140 bpm for 23:41 of 24:57 of judged running at about 159
                         bpm, for 23:41 of it on end
            ABOVE EASY · index 96 of 100 · low confidence
            By heart rate alone, 23:41 of 24:57 of judged running, at about 159 bpm, was over the easy ceiling of 140 bpm.
              · Easy heart rate 140 bpm ± 3 bpm: as it was given; nothing says by whom
              · By heart rate, 23:41 of 24:57 of judged running was over its ceiling, 23:41 on end
              · In the running the heart was asked for about 159 bpm (ceiling 140 bpm)
            What now: run the same again, easy this time: not above 140 bpm.
            exit code 1
        "#]],
    );
}

#[test]
fn no_ceiling_at_all() {
    let without = recorded(RUN_WALK, |setup| setup.watch.heart_rate = false);
    check(
        "heart-missing",
        &without,
        "",
        &["--easy-hr", "145"],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.42 km in 21:00 elapsed
            ran 7:58 in 8 bouts · walked 13:02
            easy ceiling 145 bpm (as given, ± 3 bpm)
            CANNOT TELL
            No easy pace is known, and the file holds no heart rate for the ceiling on it: an easy pace or a recent race
            would decide it.
            hint: --easy-pace PACE gives the easy pace, --race 5k=25:00 a recent race, --easy-hr 145 an easy heart rate
              · Easy heart rate 145 bpm ± 3 bpm: as it was given; nothing says by whom
            What now: this run does not tell whether to go on: run the same again, not above 145 bpm.
            exit code 3
        "#]],
    );
    check(
        "nothing",
        &recorded(RUN_WALK, |_| ()),
        "",
        &[],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.42 km in 21:00 elapsed
            ran 7:58 in 8 bouts · walked 13:02
            no easy ceiling given
            CANNOT TELL
            No easy ceiling is known, so the run cannot be judged: an easy pace, an easy heart rate or a recent race would
            give one.
            hint: --easy-pace PACE gives the easy pace, --race 5k=25:00 a recent race, --easy-hr 145 an easy heart rate
            What now: find your easy pace: `rehabrun setup` asks for what you know, `rehabrun ceiling FOLDER` looks at
                      your own runs. Until then run only as fast as you can talk in whole sentences.
            exit code 3
        "#]],
    );
    let swings = recorded("run 10min 2.5m/s, 6x(run 60s 3.3m/s, run 60s 2.4m/s)", |_| ());
    check(
        "nothing-swings",
        &swings,
        "",
        &[],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            3.55 km in 22:00 elapsed
            ran 22:00 without a break
            no easy ceiling given
              △   10:02  6 faster stretches with slower running between: it looks like intervals
            CANNOT TELL
            No easy ceiling is known, so the run cannot be judged: an easy pace, an easy heart rate or a recent race would
            give one. It does look like intervals.
            hint: --easy-pace PACE gives the easy pace, --race 5k=25:00 a recent race, --easy-hr 145 an easy heart rate
            What now: find your easy pace: `rehabrun setup` asks for what you know, `rehabrun ceiling FOLDER` looks at
                      your own runs. Until then run only as fast as you can talk in whole sentences.
            exit code 3
        "#]],
    );
}

#[test]
fn what_the_watch_knows_of_the_runner() {
    let mut activity = recorded(INTERVALS, |_| ());
    activity.profile = Profile {
        age: Some(38),
        resting_heart_rate: Some(HeartRate::from_bpm(52.0)),
        max_heart_rate: Some(HeartRate::from_bpm(182.0)),
        threshold_heart_rate: Some(HeartRate::from_bpm(163.0)),
        zone_two_top: None,
    };
    check(
        "profile",
        &activity,
        "",
        &[],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.80 km in 21:00 elapsed
            ran 7:59 in 8 bouts · walked 13:01
            easy ceiling 145 bpm (watch threshold heart rate, ± 7 bpm)
              ▲   16:59  The heart was over the easy ceiling of 145 bpm for 7:59 of 7:59 of running at about 152 bpm, for
                         1:01 of it on end
            DISGUISED INTERVALS · index 100 of 100 · low confidence
            By heart rate alone, this was an interval session: all 7:59 of running, in 8 bouts too short for the heart,
            which still rose to about 152 bpm, for an effort of about 173 bpm, was over the easy ceiling of 145 bpm. The
            average of the whole session, 121 bpm, looks easy and hides it.
              · Easy heart rate 145 bpm ± 7 bpm: 89 % of the threshold heart rate in the watch (Friel, top of zone 2)
              · By heart rate, 7:59 of 7:59 of running was over its ceiling, 1:01 on end, short bouts judged whole by
                their peak
              · In all 8 stretches the heart was asked for about 173 bpm (ceiling 145 bpm); it peaked at 158 bpm, but such
                short bouts end before it catches up
            What now: run the same again, easy this time: not above 145 bpm.
            exit code 1
        "#]],
    );
    check(
        "profile-below",
        &activity,
        "",
        &["--easy-pace", "6:07/km", "--hr-max", "186"],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.80 km in 21:00 elapsed
            ran 7:59 in 8 bouts · walked 13:01
            easy ceiling 6:07/km (as given, ± 2 %) · 145 bpm (watch threshold heart rate, ± 7 bpm)
              ▲    3:00  Effort 1 of 8: 1:00 at 4:52/km, 26 % faster than the easy ceiling
              ·    3:00  The heart worked harder than planned in all 8 stretches of running: it was asked for about 173
                         bpm (ceiling 145 bpm)
              ▲    5:00  Effort 2 of 8: 1:00 at 5:09/km, 19 % faster than the easy ceiling
              ▲    7:00  Effort 3 of 8: 1:00 at 5:04/km, 21 % faster than the easy ceiling
              ▲    9:00  Effort 4 of 8: 0:59 at 4:47/km, 28 % faster than the easy ceiling
                and 4 more of `disguised-intervals`
            DISGUISED INTERVALS · high · index 94 of 100 · high confidence
            This was an interval session: 8 efforts of 0:59 to 1:01 at 5:04/km, 21 % faster than the easy ceiling of
            6:07/km. The average of the whole session, 7:30/km at 121 bpm, looks easy and hides it.
              · Easy ceiling 6:07/km ± 2 %: as it was given; nothing says by whom
              · Over the ceiling: all 7:59 of running, 100 %
              · Easy heart rate 145 bpm ± 7 bpm: 89 % of the threshold heart rate in the watch (Friel, top of zone 2)
              · By heart rate, 7:59 of 7:59 of running was over its ceiling, 1:01 on end, short bouts judged whole by
                their peak
              · In all 8 stretches the heart was asked for about 173 bpm (ceiling 145 bpm); it peaked at 158 bpm, but such
                short bouts end before it catches up
            What now: run the same again, easy this time, about 65 s/km slower than in your fast stretches: no faster than
                      6:07/km and not above 145 bpm.
            exit code 1
        "#]],
    );
}

#[test]
fn an_age_in_the_watch_says_little() {
    let mut activity = recorded(INTERVALS, |_| ());
    activity.profile = Profile { age: Some(38), ..Profile::default() };
    let near = Activity { profile: activity.profile.clone(), ..recorded(RUN_WALK, |_| ()) };
    check(
        "profile-age-near",
        &near,
        "",
        &[],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.42 km in 21:00 elapsed
            ran 7:58 in 8 bouts · walked 13:02
            easy ceiling 132 bpm (watch maffetone, ± 10 bpm)
            CANNOT TELL
            The heart rate is too close to the easy ceiling of 132 bpm, which is uncertain by 10 bpm, to tell. An easy
            pace or a recent race would decide it.
            hint: --easy-pace PACE gives the easy pace, --race 5k=25:00 a recent race, --easy-hr 145 an easy heart rate
              · Easy heart rate 132 bpm ± 10 bpm: 180 less the age in the watch, less 10 in rehabilitation or with
                medication, 5 when coming back after it (Maffetone)
              · In 4 of 8 stretches the heart was asked for about 138 bpm (ceiling 132 bpm); it peaked at 129 bpm, but
                such short bouts end before it catches up
            What now: this run does not tell whether to go on: run the same again, not above about 132 bpm, which is a
                      formula's: talking must be easy, too.
            exit code 3
        "#]],
    );
    check(
        "profile-age",
        &activity,
        "",
        &[],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.80 km in 21:00 elapsed
            ran 7:59 in 8 bouts · walked 13:01
            easy ceiling 132 bpm (watch maffetone, ± 10 bpm)
              ▲   16:59  The heart was over the easy ceiling of 132 bpm for 7:59 of 7:59 of running at about 152 bpm, for
                         1:01 of it on end
            DISGUISED INTERVALS · index 100 of 100 · low confidence
            By heart rate alone, this was an interval session: all 7:59 of running, in 8 bouts too short for the heart,
            which still rose to about 152 bpm, for an effort of about 173 bpm, was over the easy ceiling of 132 bpm. The
            average of the whole session, 121 bpm, looks easy and hides it.
              · Easy heart rate 132 bpm ± 10 bpm: 180 less the age in the watch, less 10 in rehabilitation or with
                medication, 5 when coming back after it (Maffetone)
              · In all 8 stretches the heart was asked for about 173 bpm (ceiling 132 bpm); it peaked at 158 bpm, but such
                short bouts end before it catches up
            What now: run the same again, easy this time: not above about 132 bpm, which is a formula's: talking must be
                      easy, too.
            exit code 1
        "#]],
    );
}

/// TCX has no word for walking, rowing or yoga, and some apps write even a run as `Other`.
#[test]
fn a_sport_that_is_another() {
    let check = |script: &str, change: fn(&mut Setup), expected: &Expect| {
        let mut activity = recorded(script, change);
        activity.sessions[0].sport = Sport::Other;
        let dir = folder("another-sport");
        fs::write(dir.join("run.tcx"), tcx::activity(&activity)).expect("a folder that can be written to");
        expected.assert_eq(&rehabrun(&dir, &["audit", "--easy-pace", "6:07/km", "run.tcx"]));
    };
    let bare = |setup: &mut Setup| setup.watch.cadence = None;
    check(
        "walk 5min 1.5m/s, run 10min 3m/s",
        |_| {},
        &expect![[r#"
            run.tcx · rehabrun synth
            Other · Mon 15 Jun 2026, 05:10 UTC
            2.25 km in 15:00 elapsed
            ran 10:00 without a break · walked 5:00
            easy ceiling 6:07/km (as given, ± 2 %)
              ▲    5:03  9:57 at 5:32/km, 11 % faster than the easy ceiling
            ABOVE EASY · moderate · index 61 of 100 · high confidence
            All 9:57 of judged running went faster than the easy ceiling of 6:07/km, averaging 5:32/km, 11 % faster. The
            average of the whole session, 6:41/km, looks easy and hides it.
              · Easy ceiling 6:07/km ± 2 %: as it was given; nothing says by whom
              · Over the ceiling: all 9:57 of judged running, 100 %
            What now: run the same again, easy this time, about 35 s/km slower than in your fast stretches: no faster than
                      6:07/km.
            note: the file calls the sport `Other`; steps and speed are those of a run, so it is judged as one
            exit code 1
        "#]],
    );
    check(
        "walk 5min 1.5m/s, run 10min 3m/s",
        bare,
        &expect![[r#"
            run.tcx · rehabrun synth
            Other · Mon 15 Jun 2026, 05:10 UTC
            2.25 km in 15:00 elapsed
            The file calls the sport `Other`, and no running shows in steps and speed: listed, not judged. A run is judged
            when its sport in the file is Running.
            exit code 3
        "#]],
    );
    check(
        "walk 15min 1.5m/s",
        |_| {},
        &expect![[r#"
            run.tcx · rehabrun synth
            Other · Mon 15 Jun 2026, 05:10 UTC
            1.35 km in 15:00 elapsed
            The file calls the sport `Other`, and no running shows in steps and speed: listed, not judged. A run is judged
            when its sport in the file is Running.
            exit code 3
        "#]],
    );
}

#[test]
fn two_sessions_and_two_sports_in_one_file() {
    let mut activity = recorded(RUN_WALK, |_| ());
    let later = |hours: f64| move |setup: &mut Setup| setup.start = setup.start.plus_seconds(3600.0 * hours);
    activity.sessions.extend(recorded(INTERVALS, later(2.0)).sessions);
    check(
        "two-runs",
        &activity,
        "",
        &["--easy-pace", "6:07/km"],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.42 km in 21:00 elapsed
            ran 7:58 in 8 bouts · walked 13:02
            easy ceiling 6:07/km (as given, ± 2 %)
            EASY · high confidence
            The running stayed under the easy ceiling of 6:07/km: 6:28/km on average.
              · Easy ceiling 6:07/km ± 2 %: as it was given; nothing says by whom
            What now: keep this pace for the next run, if nothing hurts more than your physio allows, now and tomorrow
                      morning.
            running · Mon 15 Jun 2026, 09:10
            2.80 km in 21:00 elapsed
            ran 7:59 in 8 bouts · walked 13:01
            easy ceiling 6:07/km (as given, ± 2 %)
              ▲    3:00  Effort 1 of 8: 1:00 at 4:52/km, 26 % faster than the easy ceiling
              ▲    5:00  Effort 2 of 8: 1:00 at 5:09/km, 19 % faster than the easy ceiling
              ▲    7:00  Effort 3 of 8: 1:00 at 5:04/km, 21 % faster than the easy ceiling
              ▲    9:00  Effort 4 of 8: 0:59 at 4:47/km, 28 % faster than the easy ceiling
                and 4 more of `disguised-intervals`
            DISGUISED INTERVALS · high · index 92 of 100 · high confidence
            This was an interval session: 8 efforts of 0:59 to 1:01 at 5:04/km, 21 % faster than the easy ceiling of
            6:07/km. The average of the whole session, 7:30/km, looks easy and hides it.
              · Easy ceiling 6:07/km ± 2 %: as it was given; nothing says by whom
              · Over the ceiling: all 7:59 of running, 100 %
            What now: run the same again, easy this time, about 65 s/km slower than in your fast stretches: no faster than
                      6:07/km.
            exit code 1
        "#]],
    );
    let mut ride = recorded("run 20min 7m/s", later(4.0)).sessions.remove(0);
    (ride.sport, ride.sport_name) = (Sport::Other, "cycling".to_owned());
    activity.sessions[1] = ride;
    check(
        "run-and-ride",
        &activity,
        "",
        &["--easy-pace", "6:07/km"],
        &expect![[r#"
            run.fit · rehabrun synth
            running · Mon 15 Jun 2026, 07:10
            2.42 km in 21:00 elapsed
            ran 7:58 in 8 bouts · walked 13:02
            easy ceiling 6:07/km (as given, ± 2 %)
            EASY · high confidence
            The running stayed under the easy ceiling of 6:07/km: 6:28/km on average.
              · Easy ceiling 6:07/km ± 2 %: as it was given; nothing says by whom
            What now: keep this pace for the next run, if nothing hurts more than your physio allows, now and tomorrow
                      morning.
            all · Mon 15 Jun 2026, 11:10
            8.39 km in 20:00 elapsed
            Not on foot: listed, not judged.
            exit code 0
        "#]],
    );
}
