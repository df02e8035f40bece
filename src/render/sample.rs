//! Reports made by hand, for the tests of all outputs.

use std::collections::BTreeMap;

use super::Style;
use crate::report::{
    AltitudeSource, Bout, Ceiling, Class, Effort, Error, Evidence, Excess, File, Finding, Format, Gait, MeasureUnit,
    Note, NoteId, Position, Report, RuleId, Session, Severity, Signals, Source, SpeedSource, Sport, SportName,
    StartTime, Status, Verdict,
};
use crate::units::UnitSystem;

/// Kilometres, without colours, 80 characters.
pub const STYLE: Style =
    Style { units: UnitSystem::Metric, color: false, width: 80, verbose: false, table: super::Table::Bouts };

/// A report on files.
pub fn report(files: Vec<File>) -> Report {
    Report::of(files)
}

/// An easy walk, then run minutes of which the later ones are too fast.
pub fn disguised() -> File {
    let mut bouts = vec![bout(Gait::Walk, 0.0, 180.0, 1.5)];
    for i in 0..4 {
        let start = 180.0 + 120.0 * f64::from(i);
        let speed = if i < 2 { 2.5 } else { 3.1 };
        let mut run = bout(Gait::Run, start, start + 60.0, speed);
        run.ratio_to_ceiling = Some(speed / 2.564);
        run.over = Some(i >= 2);
        bouts.push(run);
        bouts.push(bout(Gait::Walk, start + 60.0, start + 120.0, 1.5));
    }
    let verdict = Verdict {
        class: Class::DisguisedIntervals,
        severity: Some(Excess::High),
        confidence: 0.82,
        index: Some(74),
        turned_at_s: Some(420.0),
        turned_at_m: Some(804.0),
        judged_s: 240.0,
        over_s: 120.0,
        unseen_s: 0.0,
        measures: BTreeMap::new(),
        sentence: "From 7:00 (0.8 km) on the easy run became intervals: 2 of 4 run minutes were 21 % faster than \
                   your easy ceiling of 6:30/km."
            .to_owned(),
        reasons: vec!["Averages hide it: the whole session was 8:20/km at 128 bpm.".to_owned()],
        allowed: None,
    };
    let finding = Finding {
        measures: BTreeMap::new(),
        rule: RuleId::DisguisedIntervals,
        severity: Severity::Warning,
        bout: Some(5),
        start_s: 420.0,
        end_s: 480.0,
        start_m: 804.0,
        message: "Bout 6 was run at 5:23/km, 21 % faster than the ceiling.".to_owned(),
        measured: Some(1.21),
        limit: Some(1.05),
        unit: Some(MeasureUnit::RatioToCeiling),
        allowed: None,
    };
    let efforts = bouts.iter().enumerate().filter(|(_, bout)| bout.over == Some(true)).map(|(i, bout)| effort(i, bout));
    let efforts = efforts.collect();
    let session = Session { findings: vec![finding], efforts, ..session(bouts, ceiling(), Some(verdict)) };
    file("anna/2026-09-07.fit", vec![session])
}

/// A run without a ceiling and with a doubtful stretch.
pub fn without_ceiling() -> File {
    let mut bouts = vec![bout(Gait::Run, 0.0, 600.0, 2.6), bout(Gait::Unknown, 600.0, 700.0, 2.0)];
    bouts.push(bout(Gait::Stand, 700.0, 760.5, 0.0));
    let verdict =
        Verdict::undetermined("Without an easy ceiling nothing can be said: give --easy-pace or --easy-hr.".to_owned());
    let none = Ceiling { pace_s_per_km: None, pace_source: None, pace_uncertainty: None, ..ceiling() };
    let mut session = session(bouts, none, Some(verdict));
    session.started_at = Some(start("2026-09-08T05:10:00Z"));
    session.name = Some("Morning\u{1b}[2J".to_owned());
    let note = Note {
        id: NoteId::FileCutShort,
        message: "The file ends early; 3 records were lost.".to_owned(),
        is_harmless: false,
    };
    File { notes: vec![note], ..file("ben/run.gpx", vec![session]) }
}

/// Thirty run minutes with walks between them, one of them over.
pub fn long() -> File {
    let bouts = (0..60).map(|i| {
        let start = f64::from(i) * 60.0;
        if i % 2 == 1 {
            return bout(Gait::Walk, start, start + 60.0, 1.4);
        }
        let over = i == 20;
        let speed = if over { 2.8 } else { 2.4 };
        Bout { ratio_to_ceiling: Some(speed / 2.564), over: Some(over), ..bout(Gait::Run, start, start + 60.0, speed) }
    });
    let verdict = Verdict {
        class: Class::Easy,
        severity: None,
        confidence: 0.6,
        index: Some(3),
        turned_at_s: None,
        turned_at_m: None,
        judged_s: 0.0,
        over_s: 0.0,
        unseen_s: 0.0,
        measures: BTreeMap::new(),
        sentence: "29 of 30 run minutes stayed under your easy ceiling of 6:30/km.".to_owned(),
        reasons: Vec::new(),
        allowed: None,
    };
    file("anna/long.fit", vec![session(bouts.collect(), ceiling(), Some(verdict))])
}

/// A bicycle ride.
pub fn ride() -> File {
    let mut ride = session(Vec::new(), ceiling(), None);
    ride.sport = SportName::AsWritten("cycling".to_owned());
    ride.skipped_because = Some("Not a run: listed, not judged.".to_owned());
    File { status: Status::Skipped, verdict: None, ..file("anna/ride.tcx", vec![ride]) }
}

/// A file that could not be read.
pub fn broken() -> File {
    let error = Error {
        message: "not an activity file".to_owned(),
        cause: "its content is neither FIT nor GPX nor TCX".to_owned(),
        hint: "export the activity again".to_owned(),
    };
    File {
        status: Status::Failed,
        error: Some(error),
        verdict: None,
        format: None,
        device: None,
        ..file("notes.fit", Vec::new())
    }
}

fn file(path: &str, sessions: Vec<Session>) -> File {
    File {
        path: path.to_owned(),
        format: Some(Format::Fit),
        status: Status::Audited,
        error: None,
        device: Some("Garmin Forerunner 255".to_owned()),
        athlete: None,
        verdict: sessions.first().and_then(Session::class),
        sessions,
        notes: Vec::new(),
        symptoms: None,
        runs: Vec::new(),
    }
}

fn session(bouts: Vec<Bout>, ceiling: Ceiling, verdict: Option<Verdict>) -> Session {
    let time_in =
        |gait: Gait| bouts.iter().filter(|bout| bout.gait == gait).map(|bout| bout.end_s - bout.start_s).sum();
    let elapsed_s = bouts.last().map_or(3600.0, |bout| bout.end_s);
    Session {
        sport_name: None,
        trace: None,
        seen: None,
        felt: None,
        advice: None,
        comparison: None,
        sport: SportName::Known(Sport::Running),
        name: None,
        judged: verdict.is_some(),
        skipped_because: None,
        started_at: Some(start("2026-09-07T18:05:00+02:00")),
        elapsed_s,
        timer_s: elapsed_s,
        moving_s: elapsed_s - time_in(Gait::Stand),
        distance_m: bouts.last().map_or(0.0, |bout| bout.end_m),
        run_s: time_in(Gait::Run),
        walk_s: time_in(Gait::Walk),
        stand_s: time_in(Gait::Stand),
        paused_s: time_in(Gait::Paused),
        unknown_s: time_in(Gait::Unknown),
        run_m: 0.0,
        climb_m: None,
        signals: Signals {
            speed: SpeedSource::Device,
            cadence: true,
            heart_rate: true,
            altitude: AltitudeSource::Barometric,
            interval_s: 1.0,
        },
        ceiling,
        bouts,
        efforts: Vec::new(),
        findings: Vec::new(),
        verdict,
        plan: None,
        notes: Vec::new(),
        chart: None,
    }
}

/// A whole bout as an effort.
fn effort(index: usize, bout: &Bout) -> Effort {
    Effort {
        start_s: bout.start_s,
        end_s: bout.end_s,
        start_m: bout.start_m,
        end_m: bout.end_m,
        pace_s_per_km: bout.pace_s_per_km,
        graded_pace_s_per_km: bout.graded_pace_s_per_km,
        ratio_to_ceiling: bout.ratio_to_ceiling,
        heart_rate_mean_bpm: bout.heart_rate_mean_bpm,
        heart_rate_max_bpm: bout.heart_rate_max_bpm,
        counted: true,
        bout: index,
    }
}

fn ceiling() -> Ceiling {
    Ceiling {
        pace_s_per_km: Some(390.0),
        pace_source: Some(Source::Physio),
        pace_uncertainty: Some(0.02),
        heart_rate_bpm: None,
        heart_rate_source: None,
        heart_rate_uncertainty_bpm: None,
        alternatives: Vec::new(),
        notes: Vec::new(),
    }
}

fn bout(gait: Gait, start_s: f64, end_s: f64, speed: f64) -> Bout {
    let moves = gait != Gait::Stand;
    let pace = moves.then(|| (10_000.0 / speed).round() / 10.0);
    Bout {
        gait,
        start_s,
        end_s,
        start_m: start_s * 2.0,
        end_m: end_s * 2.0,
        pace_s_per_km: pace,
        graded_pace_s_per_km: pace,
        cadence_spm: moves.then_some(if gait == Gait::Run { 166.0 } else { 112.0 }),
        heart_rate_mean_bpm: Some(if gait == Gait::Run { 141.2 } else { 118.0 }),
        heart_rate_max_bpm: None,
        heart_rate_demand_bpm: None,
        ratio_to_ceiling: None,
        over: None,
        evidence: Evidence::Cadence,
        confidence: 0.97,
        tags: Vec::new(),
        position: Some(Position { lat: 52.5, lon: -13.4 }),
    }
}

fn start(text: &str) -> StartTime {
    serde_json::from_value(text.into()).expect("RFC 3339")
}
