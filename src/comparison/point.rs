//! One run as far as a comparison needs it, from its report.

use crate::report::{Bout, Gait, RuleId, Session};

/// Less running is no run to compare with: our choice, as for a ceiling from the runner's own runs.
const LEAST_RUN_S: f64 = 600.0;

/// The heart takes so long to settle after the start.
const HEART_SETTLES_S: f64 = 300.0;

/// A shorter break is a kerb or a shoelace.
const LEAST_BREAK_S: f64 = 15.0;

/// Findings after which a heart rate says nothing.
const DOUBTFUL_HEART_RATE: [RuleId; 3] = [RuleId::HeartRateSensorFault, RuleId::CadenceLock, RuleId::HeartRateLags];

/// What is compared of one run.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Point {
    /// Its day, as `2026-05-01`.
    pub date: String,
    /// On a treadmill or an indoor track, where pace is another measure.
    pub is_indoors: bool,
    /// Time run.
    pub run_s: f64,
    /// The share of run and walk that is run, between the first and the last run.
    pub run_share: f64,
    /// Pace of the running, on flat ground.
    pub pace_s_per_km: Option<f64>,
    /// Mean heart rate of the running after the first five minutes.
    pub heart_rate_bpm: Option<f64>,
    /// Breaks from running in half an hour of running.
    pub walk_breaks: Option<f64>,
}

impl Point {
    /// The run, where it was judged and is long enough.
    pub(super) fn of(session: &Session) -> Option<Self> {
        let date = session.started_at?.date().to_string();
        if !session.judged || session.run_s < LEAST_RUN_S {
            return None;
        }
        let sport = session.sport.to_string();
        let is_run = |bout: &Bout| bout.gait == Gait::Run;
        let first = session.bouts.iter().position(is_run)?;
        let last = session.bouts.iter().rposition(is_run)?;
        let between = &session.bouts[first..=last];
        let length = |bout: &Bout| bout.end_s - bout.start_s;
        let breaks = between.iter().filter(|bout| matches!(bout.gait, Gait::Walk | Gait::Stand | Gait::Paused));
        let n_breaks = breaks.clone().filter(|bout| length(bout) >= LEAST_BREAK_S).count();
        let runs = || between.iter().filter(|bout| is_run(bout));
        let run_s: f64 = runs().map(length).sum();
        let break_s: f64 = breaks.map(length).sum();

        let meters_and_time = runs().filter_map(|bout| {
            let pace = bout.graded_pace_s_per_km.or(bout.pace_s_per_km).filter(|pace| *pace > 0.0)?;
            Some((length(bout) / pace, length(bout)))
        });
        let (km, time) = meters_and_time.fold((0.0, 0.0), |(km, time), (a, b)| (km + a, time + b));
        let is_doubtful = session.findings.iter().any(|finding| DOUBTFUL_HEART_RATE.contains(&finding.rule));
        let settled = runs().filter(|bout| !is_doubtful && bout.end_s > HEART_SETTLES_S);
        let beats = settled.filter_map(|bout| Some((bout.heart_rate_mean_bpm? * length(bout), length(bout))));
        let (beats, beat_s) = beats.fold((0.0, 0.0), |(sum, time), (a, b)| (sum + a, time + b));
        Some(Self {
            date,
            is_indoors: ["treadmill", "indoor"].iter().any(|word| sport.contains(word)),
            run_s,
            run_share: run_s / (run_s + break_s),
            pace_s_per_km: (km > 0.0).then(|| time / km),
            heart_rate_bpm: (beat_s >= LEAST_RUN_S / 2.0).then(|| beats / beat_s),
            walk_breaks: (run_s > 0.0).then(|| n_breaks as f64 * 1800.0 / run_s),
        })
    }
}
