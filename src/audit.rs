//! Holds every run bout against the easy ceiling, and says what the session comes to.

mod bout;
mod case;
mod chain;
mod confidence;
pub mod critical;
mod cut;
pub mod grade;
pub mod heart;
mod heart_only;
pub mod index;
mod judge;
pub mod noise;
mod reasons;
mod relative;
pub mod rules;
mod sentence;
mod settings;
mod sums;
pub mod tag;
#[cfg(test)]
mod testing;
mod turn;
mod unit;
mod verdict;
mod words;

pub use rules::RULES;
pub use settings::{Exception, Settings, StepCeiling};

use std::ops::Range;

use crate::ceiling::Ceiling;
use crate::plan::Detected;
use crate::segment::Segmentation;
use crate::timeline::Timeline;
use crate::units::{Cadence, HeartRate, Speed};

/// Holds a session against the runner's easy ceiling.
pub fn audit(timeline: &Timeline, segmentation: &Segmentation, ceiling: &Ceiling, settings: &Settings) -> Audit {
    let case = case::Case::new(timeline, segmentation, ceiling, settings);
    let verdict = verdict::verdict(&case);
    let findings = rules::findings(&case, &verdict);
    let over_share = case.judged().next().map(|_| case.tally.over_share());
    Audit { bouts: bout::bouts(&case), findings, over_share, strides: verdict::are_strides(&case), verdict }
}

/// What an audit found in one session.
#[derive(Debug, Clone, PartialEq)]
pub struct Audit {
    /// One for each bout of the segmentation, in its order.
    pub bouts: Vec<BoutAudit>,
    /// What the rules found.
    pub findings: Vec<Finding>,
    /// Share of the judged running that was over the ceiling; `None` where none could be judged.
    pub over_share: Option<f64>,
    /// True when what was over were strides.
    pub strides: bool,
    /// What it comes to.
    pub verdict: Verdict,
}

impl Audit {
    /// Adds to bouts that are to be compared with a plan what the audit found in them.
    pub fn tell(&self, bouts: &mut [Detected]) {
        for (bout, measured) in bouts.iter_mut().zip(&self.bouts) {
            bout.over = measured.over;
            bout.graded_speed = measured.graded_speed;
            bout.heart_rate = measured.heart_rate_demand.or(measured.heart_rate_mean);
        }
    }
}

/// What was measured in one bout.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BoutAudit {
    /// Mean speed.
    pub speed: Option<Speed>,
    /// Mean of the speed on flat ground that costs as much.
    pub graded_speed: Option<Speed>,
    /// Mean cadence where there is one.
    pub cadence: Option<Cadence>,
    /// Mean heart rate.
    pub heart_rate_mean: Option<HeartRate>,
    /// Highest heart rate of a 5 s median.
    pub heart_rate_max: Option<HeartRate>,
    /// The heart rate at which the effort would settle if it lasted.
    pub heart_rate_demand: Option<HeartRate>,
    /// Graded speed over ceiling speed, drawn towards the other bouts by as much as noise can explain.
    pub ratio: Option<f64>,
    /// Over the ceiling beyond doubt; `None` where that cannot be told.
    pub over: Option<bool>,
    /// What is special about it.
    pub tags: Vec<&'static str>,
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The bout it is about.
    pub bout: Option<usize>,
    /// The samples it is about.
    pub range: Range<usize>,
    /// What was found, in a sentence.
    pub message: String,
    /// The number measured, the number it was held against, and their unit.
    pub measure: Option<Measure>,
    /// The reason of an exception that covers it.
    pub allowed: Option<String>,
}

/// A number measured and the number it was held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// The number measured.
    pub measured: f64,
    /// The number it was held against, where there is one.
    pub limit: Option<f64>,
    /// The unit of both.
    pub unit: &'static str,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Something to watch.
    Caution,
    /// Against the prescription.
    Warning,
    /// The data are doubtful here.
    Doubt,
}

impl Severity {
    /// The name in reports, such as `warning`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Caution => "caution",
            Self::Warning => "warning",
            Self::Doubt => "doubt",
        }
    }
}

/// What a session comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The class.
    pub class: Class,
    /// `mild`, `moderate`, `high` or `extreme`; `None` when nothing is over.
    pub severity: Option<&'static str>,
    /// From 0 to 1.
    pub confidence: f64,
    /// From 0, easy, to 100; `None` where nothing could be judged.
    pub index: Option<f64>,
    /// The sample at which the run turned; `None` when it did not, or was so throughout.
    pub turned_at: Option<usize>,
    /// One or two plain sentences.
    pub sentence: String,
    /// What the verdict rests on, a sentence each.
    pub reasons: Vec<String>,
    /// The reason of an exception for the class itself: agreed on, and so no breach.
    pub allowed: Option<String>,
}

/// The class of a verdict, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Efforts over the ceiling, one after the other, with recoveries between.
    DisguisedIntervals,
    /// Steadily over the ceiling.
    AboveEasy,
    /// Began easy and ended over the ceiling.
    DriftedOver,
    /// Some efforts over the ceiling, too few to be intervals.
    Surges,
    /// The data cannot tell.
    Undetermined,
    /// Under the ceiling.
    Easy,
}

impl Class {
    /// All classes, worst first.
    pub const ALL: [Self; 6] =
        [Self::DisguisedIntervals, Self::AboveEasy, Self::DriftedOver, Self::Surges, Self::Undetermined, Self::Easy];

    /// The name in reports, such as `disguised-intervals`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DisguisedIntervals => "disguised-intervals",
            Self::AboveEasy => "above-easy",
            Self::DriftedOver => "drifted-over",
            Self::Surges => "surges",
            Self::Undetermined => "undetermined",
            Self::Easy => "easy",
        }
    }

    /// True when the session was over its ceiling.
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Undetermined | Self::Easy)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::testing::{Step, audited, repeat, run, shown, walk};

    /// Audits a script after three minutes of walking.
    fn check(script: &[Step], expected: &Expect) {
        expected.assert_eq(&shown(&audited(&[&[walk(180)], script].concat())));
    }

    #[test]
    fn easy_run_walk_is_easy() {
        check(
            &repeat(10, &[run(60, 0.95), walk(60)]),
            &expect![[r#"
                easy - confidence 0.79 index 0 turned None
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
                disguised-intervals moderate confidence 0.79 index 87 turned None
                This was an interval session: 10 efforts of about 1:00 at 5:06/km, 20 % faster than the easy ceiling of 6:07/km. The average of the whole session, 7:20/km, looks easy and hides it.
                - Easy ceiling 6:07/km ± 2 %: as your physio gave it
                - Over the ceiling: all 10 minutes of running
                - 20 % over an easy ceiling is about threshold effort
                warning disguised-intervals 180..240 Effort 1 of 10: 1:00 at 5:06/km, 20 % faster than the easy ceiling
                warning disguised-intervals 300..360 Effort 2 of 10: 1:00 at 5:06/km, 20 % faster than the easy ceiling
                warning disguised-intervals 420..480 Effort 3 of 10: 1:00 at 5:06/km, 20 % faster than the easy ceiling
                warning disguised-intervals 540..600 Effort 4 of 10: 1:00 at 5:06/km, 20 % faster than the easy ceiling
                warning disguised-intervals 660..720 Effort 5 of 10: 1:00 at 5:06/km, 20 % faster than the easy ceiling
                warning disguised-intervals 780..840 Effort 6 of 10: 1:00 at 5:06/km, 20 % faster than the easy ceiling
                warning disguised-intervals 900..960 Effort 7 of 10: 1:00 at 5:06/km, 20 % faster than the easy ceiling
                warning disguised-intervals 1020..1080 Effort 8 of 10: 1:00 at 5:06/km, 20 % faster than the easy ceiling
                warning disguised-intervals 1140..1200 Effort 9 of 10: 1:00 at 5:06/km, 20 % faster than the easy ceiling
                warning disguised-intervals 1260..1320 Effort 10 of 10: 1:00 at 5:06/km, 20 % faster than the easy ceiling
            "#]],
        );
    }

    #[test]
    fn intervals_that_begin_half_way_are_dated() {
        let script = [repeat(5, &[run(60, 0.95), walk(60)]), repeat(5, &[run(60, 1.2), walk(60)])].concat();
        check(
            &script,
            &expect![[r#"
                disguised-intervals moderate confidence 0.79 index 87 turned Some(780)
                From 13:00 (1.5 km) on, the easy run became intervals: 5 efforts of about 1:00 at 5:07/km, 20 % faster than the easy ceiling of 6:07/km. The average of the whole session, 7:51/km, looks easy and hides it.
                - Easy ceiling 6:07/km ± 2 %: as your physio gave it
                - Over the ceiling: 5 of 10 minutes of running
                - 20 % over an easy ceiling is about threshold effort
                warning disguised-intervals 780..840 Effort 1 of 5: 1:00 at 5:07/km, 20 % faster than the easy ceiling
                warning disguised-intervals 900..960 Effort 2 of 5: 1:00 at 5:07/km, 20 % faster than the easy ceiling
                warning disguised-intervals 1020..1080 Effort 3 of 5: 1:00 at 5:07/km, 20 % faster than the easy ceiling
                warning disguised-intervals 1140..1200 Effort 4 of 5: 1:00 at 5:07/km, 20 % faster than the easy ceiling
                warning disguised-intervals 1260..1320 Effort 5 of 5: 1:00 at 5:06/km, 20 % faster than the easy ceiling
            "#]],
        );
    }

    #[test]
    fn intervals_within_a_run_are_dated() {
        let script = [vec![run(720, 0.95)], repeat(6, &[run(60, 1.25), run(60, 0.85)])].concat();
        check(
            &script,
            &expect![[r#"
                disguised-intervals high confidence 0.79 index 84 turned Some(900)
                From 15:00 (2.1 km) on, the easy run became intervals: 6 efforts of about 1:00 at 4:53/km, 25 % faster than the easy ceiling of 6:07/km. The average of the whole session, 6:26/km, looks easy and hides it.
                - Easy ceiling 6:07/km ± 2 %: as your physio gave it
                - Over the ceiling: 6 of 24 minutes of running
                - 25 % over an easy ceiling is about threshold effort
                warning disguised-intervals 900..960 Effort 1 of 6: 1:00 at 4:54/km, 25 % faster than the easy ceiling
                warning disguised-intervals 1020..1080 Effort 2 of 6: 1:00 at 4:54/km, 25 % faster than the easy ceiling
                warning disguised-intervals 1140..1200 Effort 3 of 6: 1:00 at 4:53/km, 25 % faster than the easy ceiling
                warning disguised-intervals 1260..1320 Effort 4 of 6: 1:00 at 4:53/km, 25 % faster than the easy ceiling
                warning disguised-intervals 1380..1440 Effort 5 of 6: 1:00 at 4:53/km, 25 % faster than the easy ceiling
                warning disguised-intervals 1500..1560 Effort 6 of 6: 1:00 at 4:53/km, 25 % faster than the easy ceiling
            "#]],
        );
    }

    #[test]
    fn a_steady_run_over_the_ceiling_is_above_easy() {
        check(
            &[run(1500, 1.08)],
            &expect![[r#"
                above-easy mild confidence 0.62 index 43 turned None
                All 25 minutes of running went faster than the easy ceiling of 6:07/km, steadily rather than in intervals: 5:40/km, 8 % faster on the whole.
                - Easy ceiling 6:07/km ± 2 %: as your physio gave it
                - Over the ceiling: all 25 minutes of running
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
                drifted-over mild confidence 0.73 index 51 turned Some(1093)
                The run began easier and from 18:13 (2.7 km) on stayed faster than the easy ceiling of 6:07/km: 5:38/km, 9 % faster on the whole. The average of the whole session, 6:09/km, looks easy and hides it.
                - Easy ceiling 6:07/km ± 2 %: as your physio gave it
                - Over the ceiling: 19 of 30 minutes of running
                - 9 % over an easy ceiling is about marathon effort
                warning drifted-over 848..1980 18:52 at 5:38/km, 9 % faster than the easy ceiling
            "#]],
        );
    }

    #[test]
    fn strides_are_surges() {
        let script = [vec![run(900, 0.95)], repeat(6, &[run(20, 1.6), run(80, 0.9)])].concat();
        check(
            &script,
            &expect![[r#"
                surges extreme confidence 0.79 index 40 turned None
                An easy run with 6 strides of about 0:21: short, but speed work. The fastest, at 18:01 (2.6 km), was 0:19 at 3:48/km, 61 % faster than the easy ceiling.
                - Easy ceiling 6:07/km ± 2 %: as your physio gave it
                - Over the ceiling: 2 of 25 minutes of running
                - 59 % over an easy ceiling is about interval effort
                caution surges 1081..1100 0:19 at 3:48/km, 61 % faster than the easy ceiling
                caution surges 1180..1200 0:20 at 3:49/km, 60 % faster than the easy ceiling
                caution surges 1280..1300 0:20 at 3:50/km, 59 % faster than the easy ceiling
                caution surges 1380..1401 0:21 at 3:50/km, 59 % faster than the easy ceiling
                caution surges 1480..1501 0:21 at 3:51/km, 59 % faster than the easy ceiling
                caution surges 1580..1601 0:21 at 3:51/km, 59 % faster than the easy ceiling
            "#]],
        );
    }

    #[test]
    fn one_surge_is_a_note() {
        check(
            &[run(900, 0.95), run(40, 1.25), run(900, 0.95)],
            &expect![[r#"
                easy - confidence 0.79 index 8 turned None
                The running stayed under the easy ceiling of 6:07/km: 6:23/km on average. One faster stretch of 0:40 at 18:01 (2.6 km) is noted, not counted.
                - Easy ceiling 6:07/km ± 2 %: as your physio gave it
                - Over the ceiling: 2 % of the running
                - 25 % over an easy ceiling is about interval effort
                note surges 1081..1121 0:40 at 4:53/km, 25 % faster than the easy ceiling
            "#]],
        );
    }

    #[test]
    fn a_finish_kick_is_a_note() {
        check(
            &[run(1500, 0.95), run(30, 1.5)],
            &expect![[r#"
                easy - confidence 0.79 index 0 turned None
                The running stayed under the easy ceiling of 6:07/km: 6:22/km on average. The last 30 s were a finish kick; noted, not counted.
                - Easy ceiling 6:07/km ± 2 %: as your physio gave it
                - 1 stretch left out: doubtful speed, a hill or a finish kick
                note finish-kick 1680..1710 Finish kick of 0:30 at 4:04/km; noted, not counted
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
}
