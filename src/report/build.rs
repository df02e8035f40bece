//! From the values of all stages to the report: the only place that rounds, and that turns units into numbers.

use super::chart::build_chart;
use super::compliance::build_compliance;
use super::hidden::PrivacyZone;
use super::measures;
use super::round::{bpm, pace, ratio};
pub(super) use super::round::{known, round};
use super::{
    Alternative, Bout, Ceiling, Class, Effort, Error, Feeling, Felt, File, Finding, Note, NoteId, Options, Position,
    Session, Signals, SportName, StartTime, Status, Verdict,
};
use std::collections::BTreeMap;

use crate::analysis::SessionAnalysis;
use crate::audit::{BoutAudit, MeasuredEffort};
use crate::segment::{Gait, Segmentation};
use crate::timeline::{AltitudeSource, SpeedSource, Timeline};
use crate::units::Distance;
use crate::{audit, ceiling, ingest, model, segment};

/// A session that went through all stages.
pub fn judged(analysis: &SessionAnalysis, options: Options) -> Session {
    let SessionAnalysis { session, timeline, segmentation, ceiling, audit, .. } = analysis;
    let bouts = segmentation.bouts.iter().zip(&audit.bouts);
    let hidden = PrivacyZone::of(timeline.position.iter().flatten().copied(), options.hide_ends_m.unwrap_or(0));
    let time_in = |gait: Gait| round(1, analysis.seconds_of(gait));
    let paused_s: f64 = timeline.pauses.iter().map(|pause| timeline.duration(pause.start..pause.end)).sum();
    Session {
        judged: true,
        skipped_because: None,
        started_at: Some(StartTime { at: timeline.start, offset: session.utc_offset }),
        elapsed_s: round(1, timeline.elapsed_s),
        timer_s: round(1, (timeline.elapsed_s - paused_s).max(0.0)),
        moving_s: round(1, moving_seconds(timeline, segmentation)),
        distance_m: round(1, timeline.distance_at(timeline.len()).as_meters()),
        run_s: time_in(Gait::Run),
        walk_s: time_in(Gait::Walk),
        stand_s: time_in(Gait::Stand),
        paused_s: time_in(Gait::Paused),
        unknown_s: time_in(Gait::Unknown),
        run_m: round(1, run_meters(timeline, segmentation)),
        climb_m: analysis.climb_m.map(|climb| round(0, climb)),
        signals: build_signals(timeline),
        ceiling: build_ceiling(ceiling),
        bouts: bouts.map(|(bout, measured)| build_bout(timeline, bout, measured, options, &hidden)).collect(),
        efforts: audit.efforts.iter().map(|effort| build_effort(timeline, effort)).collect(),
        findings: audit.findings.iter().map(|finding| build_finding(timeline, finding)).collect(),
        verdict: Some(build_verdict(timeline, &audit.verdict)),
        plan: analysis.planned.as_ref().map(build_compliance),
        notes: notes_of(analysis),
        chart: options
            .chart
            .then(|| build_chart(session, timeline, segmentation, ceiling, &audit.slope_factors, options)),
        ..skipped(session, "")
    }
}

/// What the stages noted, in their order.
fn notes_of(analysis: &SessionAnalysis) -> Vec<Note> {
    let SessionAnalysis { session, timeline, segmentation, ceiling, planned, .. } = analysis;
    let other_sport = analysis.is_named_another_sport().then(|| {
        let why = "the file calls the sport `Other`; steps and speed are those of a run, so it is judged as one";
        model::Note::new(NoteId::SportOther, why)
    });
    let of_plan = planned.as_ref().and_then(|planned| planned.note(&session.workout));
    let stages = timeline.notes.iter().chain(&segmentation.notes).chain(&ceiling.notes);
    notes(stages.chain(&other_sport).chain(&analysis.elsewhere).chain(&of_plan))
}

/// A session that is no run and so has no verdict, with the reason.
pub fn skipped(session: &model::Session, reason: &str) -> Session {
    let first = session.records.iter().find_map(model::Record::time);
    let last = session.records.iter().rev().find_map(model::Record::time);
    let spanned = match (first, last) {
        (Some(first), Some(last)) => last.seconds_since(first).max(0.0),
        _ => 0.0,
    };
    let timer = session.timer_s.filter(|timer| *timer >= 0.0);
    let stated = session.elapsed_s.filter(|elapsed| *elapsed >= 0.0);
    let elapsed_s = round(1, stated.unwrap_or_else(|| spanned.max(timer.unwrap_or(0.0))));
    let distance = session.distance.or_else(|| session.records.iter().rev().find_map(model::Record::distance));
    Session {
        sport_name: sport_name(session, &sport(session)),
        sport: sport(session),
        name: session.name.clone(),
        judged: false,
        skipped_because: Some(reason.to_owned()),
        started_at: session.start.or(first).map(|at| StartTime { at, offset: session.utc_offset }),
        elapsed_s,
        timer_s: timer.map_or(elapsed_s, |timer| round(1, timer).min(elapsed_s)),
        moving_s: 0.0,
        distance_m: round(1, distance.map_or(0.0, Distance::as_meters)),
        run_s: 0.0,
        walk_s: 0.0,
        stand_s: 0.0,
        paused_s: 0.0,
        unknown_s: 0.0,
        run_m: 0.0,
        climb_m: None,
        signals: Signals {
            speed: SpeedSource::None,
            cadence: false,
            heart_rate: false,
            altitude: AltitudeSource::None,
            interval_s: 0.0,
        },
        ceiling: build_ceiling(&ceiling::Ceiling::default()),
        bouts: Vec::new(),
        efforts: Vec::new(),
        findings: Vec::new(),
        verdict: None,
        plan: None,
        notes: Vec::new(),
        chart: None,
        trace: None,
        seen: None,
        felt: felt(session),
        advice: None,
        comparison: None,
    }
}

/// What the runner told the watch after the run.
fn felt(session: &model::Session) -> Option<Felt> {
    let feeling = session.feel.map(|feel| match feel {
        0..=12 => Feeling::VeryWeak,
        13..=37 => Feeling::Weak,
        38..=62 => Feeling::Normal,
        63..=87 => Feeling::Strong,
        _ => Feeling::VeryStrong,
    });
    let effort = session.rpe.and_then(|rpe| known(1, rpe));
    (effort.is_some() || feeling.is_some()).then_some(Felt { effort, feeling })
}

impl Verdict {
    /// Nothing can be said, and a sentence says why.
    pub(crate) fn undetermined(sentence: String) -> Self {
        Self {
            class: Class::Undetermined,
            severity: None,
            confidence: 0.0,
            index: None,
            turned_at_s: None,
            turned_at_m: None,
            judged_s: 0.0,
            over_s: 0.0,
            unseen_s: 0.0,
            measures: BTreeMap::new(),
            sentence,
            reasons: Vec::new(),
            allowed: None,
        }
    }
}

/// A run of which nothing can be said, with the sentence that says why and the ceiling on its day.
pub fn undetermined(session: &model::Session, why: &str, ceiling: &ceiling::Ceiling) -> Session {
    let verdict = Verdict::undetermined(why.to_owned());
    Session {
        judged: true,
        skipped_because: None,
        verdict: Some(verdict),
        ceiling: build_ceiling(ceiling),
        ..skipped(session, "")
    }
}

/// The ceiling with everything that was weighed for it.
pub fn build_ceiling(ceiling: &ceiling::Ceiling) -> Ceiling {
    let pace_source = ceiling.speed.as_ref().map(|limit| limit.source);
    let heart_rate_source = ceiling.heart_rate.as_ref().map(|limit| limit.source);
    let chosen = |candidate: &ceiling::Candidate| {
        (candidate.speed.is_some() && pace_source == Some(candidate.source))
            || (candidate.heart_rate.is_some() && heart_rate_source == Some(candidate.source))
    };
    let alternatives = ceiling.candidates.iter().map(|candidate| Alternative {
        source: candidate.source,
        basis: candidate.source.citation().to_owned(),
        pace_s_per_km: pace(candidate.speed.as_ref().map(|limit| limit.value)),
        pace_uncertainty: candidate.speed.as_ref().and_then(|limit| known(3, limit.uncertainty)),
        heart_rate_bpm: bpm(candidate.heart_rate.as_ref().map(|limit| limit.value)),
        heart_rate_uncertainty_bpm: candidate.heart_rate.as_ref().and_then(|limit| known(1, limit.uncertainty)),
        chosen: chosen(candidate),
        reason: candidate.reason.clone(),
    });
    Ceiling {
        pace_s_per_km: pace(ceiling.speed.as_ref().map(|limit| limit.value)),
        pace_source,
        pace_uncertainty: ceiling.speed.as_ref().and_then(|limit| known(3, limit.uncertainty)),
        heart_rate_bpm: bpm(ceiling.heart_rate.as_ref().map(|limit| limit.value)),
        heart_rate_source,
        heart_rate_uncertainty_bpm: ceiling.heart_rate.as_ref().and_then(|limit| known(1, limit.uncertainty)),
        alternatives: alternatives.collect(),
        notes: Vec::new(),
    }
}

/// The same for showing it alone, with what to know about it.
pub fn build_ceiling_alone(ceiling: &ceiling::Ceiling) -> Ceiling {
    Ceiling { notes: notes(&ceiling.notes), ..build_ceiling(ceiling) }
}

impl File {
    /// A file that was read, with what became of its sessions.
    pub fn read(path: &str, activity: &model::Activity, sessions: Vec<Session>) -> Self {
        let verdict = sessions.iter().filter_map(Session::class).min();
        Self {
            format: Some(activity.format),
            status: if verdict.is_some() { Status::Audited } else { Status::Skipped },
            device: activity.device.clone(),
            verdict,
            sessions,
            notes: notes(&activity.notes),
            ..Self::empty(path, Status::Skipped)
        }
    }

    /// A file that was left alone, with the reason why.
    pub fn skipped(path: &str, id: model::NoteId, reason: &str) -> Self {
        Self { notes: notes(&[model::Note::new(id, reason)]), ..Self::empty(path, Status::Skipped) }
    }

    /// A file that could not be read.
    pub fn failed(path: &str, error: &ingest::Error) -> Self {
        let ingest::Error { message, cause, hint, .. } = error.clone();
        Self { error: Some(Error { message, cause, hint }), ..Self::empty(path, Status::Failed) }
    }

    fn empty(path: &str, status: Status) -> Self {
        Self {
            path: path.to_owned(),
            format: None,
            status,
            error: None,
            device: None,
            athlete: None,
            verdict: None,
            sessions: Vec::new(),
            notes: Vec::new(),
            symptoms: None,
            runs: Vec::new(),
        }
    }
}

/// Notes as the report has them.
pub(super) fn notes<'a>(notes: impl IntoIterator<Item = &'a model::Note>) -> Vec<Note> {
    notes.into_iter().map(Note::from).collect()
}

impl From<&model::Note> for Note {
    fn from(note: &model::Note) -> Self {
        Self { id: note.id, message: note.message.clone(), is_harmless: note.is_harmless }
    }
}

/// The sport in one spelling, whatever the file's is.
fn sport(session: &model::Session) -> SportName {
    if session.sport != model::Sport::Other {
        return SportName::Known(session.sport);
    }
    let family = session.sport_name.split('/').next().unwrap_or_default();
    let words = family.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-").to_lowercase();
    // Some programs number their sports: a number tells the reader nothing.
    let is_named = slug.chars().any(char::is_alphabetic);
    if is_named { SportName::AsWritten(slug) } else { SportName::Known(session.sport) }
}

/// The file's own word for the sport, where it says more.
fn sport_name(session: &model::Session, sport: &SportName) -> Option<String> {
    let name = session.sport_name.trim();
    let says_more = name.chars().any(char::is_alphabetic) && !name.eq_ignore_ascii_case(sport.as_str());
    says_more.then(|| name.to_owned())
}

fn build_signals(timeline: &Timeline) -> Signals {
    let signals = &timeline.signals;
    Signals {
        speed: signals.speed,
        cadence: signals.cadence,
        heart_rate: signals.heart_rate,
        altitude: signals.altitude,
        interval_s: known(1, signals.interval_s).unwrap_or(0.0),
    }
}

fn build_bout(
    timeline: &Timeline,
    bout: &segment::Bout,
    measured: &BoutAudit,
    options: Options,
    hidden: &PrivacyZone,
) -> Bout {
    let (start, end) = (bout.range.start, bout.range.end);
    let position = timeline.position.get(start).copied().flatten().filter(|_| options.location);
    let position = position.and_then(|place| hidden.shown(place));
    Bout {
        gait: bout.gait,
        start_s: round(1, timeline.seconds(start)),
        end_s: round(1, timeline.seconds(end)),
        start_m: round(1, timeline.distance_at(start).as_meters()),
        end_m: round(1, timeline.distance_at(end).as_meters()),
        // Standing still is no pace, however the receiver wanders.
        pace_s_per_km: pace(measured.speed).filter(|_| bout.gait != Gait::Stand),
        graded_pace_s_per_km: pace(measured.graded_speed).filter(|_| bout.gait != Gait::Stand),
        cadence_spm: measured.cadence.and_then(|cadence| known(1, cadence.as_spm())),
        heart_rate_mean_bpm: bpm(measured.heart_rate_mean),
        heart_rate_max_bpm: bpm(measured.heart_rate_max),
        heart_rate_demand_bpm: bpm(measured.heart_rate_demand),
        ratio_to_ceiling: measured.ratio.and_then(ratio),
        over: measured.over,
        evidence: bout.evidence,
        confidence: round(2, bout.confidence),
        tags: measured.tags.clone(),
        // Six decimals are 0.1 m.
        position: position.map(|place| Position { lat: round(6, place.latitude()), lon: round(6, place.longitude()) }),
    }
}

fn build_effort(timeline: &Timeline, effort: &MeasuredEffort) -> Effort {
    let (start, end) = (effort.range.start, effort.range.end);
    Effort {
        start_s: round(1, timeline.seconds(start)),
        end_s: round(1, timeline.seconds(end)),
        start_m: round(1, timeline.distance_at(start).as_meters()),
        end_m: round(1, timeline.distance_at(end).as_meters()),
        pace_s_per_km: pace(effort.speed),
        graded_pace_s_per_km: pace(effort.graded_speed),
        ratio_to_ceiling: effort.ratio.and_then(ratio),
        heart_rate_mean_bpm: bpm(effort.heart_rate_mean),
        heart_rate_max_bpm: bpm(effort.heart_rate_max),
        counted: effort.counted,
        bout: effort.bout,
    }
}

fn build_finding(timeline: &Timeline, finding: &audit::Finding) -> Finding {
    Finding {
        rule: finding.rule,
        severity: finding.severity,
        bout: finding.bout,
        start_s: round(1, timeline.seconds(finding.range.start)),
        end_s: round(1, timeline.seconds(finding.range.end)),
        start_m: round(1, timeline.distance_at(finding.range.start).as_meters()),
        message: finding.message.clone(),
        measured: finding.measure.and_then(|measure| measured(measure.unit, measure.measured)),
        limit: finding.measure.and_then(|measure| measured(measure.unit, measure.limit?)),
        unit: finding.measure.map(|measure| measure.unit),
        measures: measures::rounded(&finding.measures),
        allowed: finding.allowed.clone(),
    }
}

fn measured(unit: audit::MeasureUnit, value: f64) -> Option<f64> {
    if unit == audit::MeasureUnit::RatioToCeiling { ratio(value) } else { known(3, value) }
}

fn build_verdict(timeline: &Timeline, verdict: &audit::Verdict) -> Verdict {
    Verdict {
        class: verdict.class,
        severity: verdict.severity,
        confidence: round(2, verdict.confidence),
        index: verdict.index.map(|index| index.round().clamp(0.0, 100.0) as u8),
        turned_at_s: verdict.turned_at.map(|at| round(1, timeline.seconds(at))),
        turned_at_m: verdict.turned_at.map(|at| round(1, timeline.distance_at(at).as_meters())),
        judged_s: round(1, verdict.measures.judged_s),
        over_s: round(1, verdict.measures.over_s),
        unseen_s: round(1, verdict.measures.unseen_s),
        measures: measures::named(&verdict.measures),
        sentence: verdict.sentence.clone(),
        reasons: verdict.reasons.clone(),
        allowed: verdict.allowed.clone(),
    }
}

fn run_meters(timeline: &Timeline, segmentation: &Segmentation) -> f64 {
    let meters = |i: usize| timeline.distance_at(i).as_meters();
    let runs = segmentation.bouts.iter().filter(|bout| bout.gait == Gait::Run);
    runs.map(|bout| meters(bout.range.end) - meters(bout.range.start)).sum()
}

/// Running and walking without the stops at crossings. Where the gait is not known, half a metre a second is moving.
fn moving_seconds(timeline: &Timeline, segmentation: &Segmentation) -> f64 {
    let moved = |&i: &usize| timeline.speed.get(i).is_some_and(|speed| speed >= 0.5);
    let seconds = |bout: &segment::Bout| match bout.gait {
        Gait::Run | Gait::Walk => {
            let stops: f64 = bout.crossings.iter().map(|stop| timeline.duration(stop.clone())).sum();
            timeline.duration(bout.range.clone()) - stops
        }
        Gait::Unknown => bout.range.clone().filter(moved).map(|i| timeline.span(i)).sum(),
        Gait::Stand | Gait::Paused => 0.0,
    };
    segmentation.bouts.iter().map(seconds).sum()
}
