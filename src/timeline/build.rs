//! From the session as the watch wrote it to the timeline.

use super::clock::{self, Unusable};
use super::laps_only::laps_only;
use super::resample::{Between, KNOWN_S, LINEAR_S, clear_unrecorded, column, seconds};
use super::{
    AltitudeSource, Flags, Pause, Series, Signals, Timeline, cadence, grade, heart_rate, marks, order, pauses, speed,
    spikes, track,
};
use crate::model::{Format, Note, NoteId, Record, Session, Sport};
use crate::units::{clock as clock_text, plural, span_text};

/// Lays a session out on whole seconds and repairs what can be repaired.
pub fn build(session: &Session, format: Format) -> Result<Timeline, Unusable> {
    let mut notes = Vec::new();
    let drawn = laps_only(session, &mut notes);
    let session = drawn.as_ref().map_or(session, |laps| &laps.session);
    let ordered = order::in_order(session, format, &mut notes)?;
    let session = ordered.as_ref().unwrap_or(session);
    let mut merged = Vec::new();
    let clock = clock::read(session, format, &mut merged, &mut notes)?;
    let len = clock.n_seconds();
    let fastest = speed::fastest(session.sport);
    let track = track::read(&clock, fastest, &mut notes);
    let pauses = pauses::find(session, format, &clock, &track.places, &mut notes);
    let mut flags = flags(&clock, &pauses, &mut notes);

    let mut motion = speed::read(session, &clock, &track, &mut flags, &mut notes);
    let mut cadence = column(&clock, Between::Hold, Record::raw_cadence);
    clear_unrecorded(&mut cadence, &flags);
    let mut stance = column(&clock, Between::Hold, Record::stance_time_ms);
    clear_unrecorded(&mut stance, &flags);
    let on_foot = matches!(session.sport, Sport::Running | Sport::Walking | Sport::Unknown);
    if on_foot {
        cadence::to_steps(&mut cadence, &motion.speed, format, &mut notes);
    }
    spikes::mark(&mut motion.speed, &cadence, &track, fastest, &mut flags, &mut notes);
    // What is drawn from laps does not lag behind the body.
    if drawn.is_none() {
        motion.align(&cadence, &flags, clock.elapsed_s, &mut notes);
    }
    let (speed, distance) = (motion.speed, motion.distance);
    let has_cadence = on_foot && cadence::repair(&mut cadence, &speed, &mut notes);

    let has_strap = session.sensors.heart_rate_strap == Some(true);
    let mut heart_rate = column(&clock, Between::Nothing, |r| Some(r.heart_rate()?.as_bpm()));
    let heart_rate_quality = heart_rate::repair(&mut heart_rate, &cadence, &speed, has_strap, &mut flags, &mut notes);
    let altitude = column(&clock, Between::Line, Record::altitude);
    let position = if session.indoor { Vec::new() } else { track.on_seconds(len) };
    let profile = grade::read(altitude, session.sensors.barometer, &distance, &position, &flags, &mut notes);

    let signals = Signals {
        speed: motion.source,
        cadence: has_cadence,
        heart_rate: heart_rate.iter().any(|x| x.is_finite()),
        altitude: if session.indoor { AltitudeSource::None } else { profile.source },
        interval_s: clock.interval_s,
        indoor: session.indoor,
        disputed: motion.disputed,
    };
    Ok(Timeline {
        start: clock.start,
        elapsed_s: clock.elapsed_s,
        speed: Series::from_samples(speed),
        distance,
        total_distance: motion.total,
        cadence: Series::from_samples(cadence),
        heart_rate: Series::from_samples(heart_rate),
        altitude: Series::from_samples(profile.altitude),
        grade: if session.indoor { Series::missing(len) } else { Series::from_samples(profile.grade) },
        stance_ms: Series::from_samples(stance),
        position,
        flags,
        signals,
        edges: marks::edges(session, &clock),
        device_gait: marks::device_gait(session, &clock, &mut notes),
        pauses,
        heart_rate_quality,
        notes,
    })
}

/// Marks pauses, gaps and the time between records that are far apart.
fn flags(clock: &clock::Clock, pauses: &[Pause], notes: &mut Vec<Note>) -> Vec<Flags> {
    let mut flags = vec![Flags::NONE; clock.n_seconds()];
    for pause in pauses {
        for flag in &mut flags[pause.start..pause.end] {
            flag.insert(Flags::PAUSED);
            if pause.moved {
                flag.insert(Flags::UNTRACKED);
            }
        }
    }
    let (mut n_gaps, mut missing) = (0, 0);
    for gap in clock.gaps(LINEAR_S) {
        let range = seconds(gap.from, gap.to, flags.len());
        let open = flags[range.clone()].iter().filter(|f| !f.has(Flags::PAUSED)).count();
        let unknown = open as f64 > KNOWN_S && !gap.stood_still;
        let flag = if unknown { Flags::GAP } else { Flags::LOW_RESOLUTION };
        for f in flags[range].iter_mut().filter(|f| !f.has(Flags::PAUSED)) {
            f.insert(flag);
        }
        if unknown {
            n_gaps += 1;
            missing += open;
        }
    }
    if n_gaps > 0 {
        let message = format!(
            "nothing was recorded for more than {KNOWN_S:.0} s {}, {} in all",
            plural(n_gaps, "time", None),
            clock_text(missing as f64)
        );
        notes.push(Note::new(NoteId::RecordingGaps, message));
    }
    if clock.interval_s > 3.0 {
        let every = span_text(clock.interval_s);
        let message = format!("the watch recorded every {every} only; ends of bouts are that uncertain");
        notes.push(Note::new(NoteId::SparseRecording, message));
    }
    flags
}
