//! From the session as the watch wrote it to the timeline.

use super::clock::{self, Unusable};
use super::resample::{Between, KNOWN_S, LINEAR_S, fill, knots, seconds};
use super::{AltitudeSource, Flags, Pause, Series, Signals, SpeedSource, Timeline};
use super::{cadence, grade, heart_rate, lag, marks, pauses, speed, spikes, track};
use crate::model::{Format, Note, Record, Session};
use crate::units::{clock as clock_text, plural};

/// Lag of device speed where it cannot be measured, in seconds.
const USUAL_LAG_S: usize = 3;

/// Lays a session out on whole seconds and repairs what can be repaired.
pub fn build(session: &Session, format: Format) -> Result<Timeline, Unusable> {
    let mut notes = Vec::new();
    let clock = clock::read(session, format, &mut notes)?;
    let len = clock.n_seconds();
    let fastest = speed::fastest(session.sport);
    let track = track::read(&clock, fastest, &mut notes);
    let pauses = pauses::find(session, format, &clock, &track.positions(), &mut notes);
    let mut flags = flags(&clock, &pauses, &mut notes);

    let motion = speed::read(session, &clock, &track, &mut flags, &mut notes);
    let (mut speed, distance) = (motion.speed, motion.distance);
    let raw_cadence = fill(&knots(&clock, Record::raw_cadence), len, Between::Hold);
    let convention = cadence::convention(&raw_cadence, &speed, format);
    let mut cadence = raw_cadence;
    if let Some(convention) = convention {
        for c in &mut cadence {
            *c = convention.cadence(f64::from(*c)).as_spm() as f32;
        }
        notes.push(cadence::tell(convention));
    }
    spikes::mark(&mut speed, &cadence, &track, fastest, &mut flags, &mut notes);
    take_out_lag(&mut speed, &cadence, motion.source, &flags, &mut notes);
    let has_cadence = cadence::repair(&mut cadence, &speed, &mut notes);

    let mut heart_rate = fill(&knots(&clock, |r| Some(r.heart_rate()?.as_bpm())), len, Between::Line);
    let heart_rate_quality = heart_rate::repair(&mut heart_rate, &cadence, &speed, &mut flags, &mut notes);
    let altitude = fill(&knots(&clock, Record::altitude), len, Between::Line);
    let profile = grade::read(altitude, &distance, &flags, &mut notes);

    let signals = Signals {
        speed: motion.source,
        cadence: has_cadence,
        heart_rate: heart_rate.iter().any(|x| x.is_finite()),
        altitude: if session.indoor { AltitudeSource::None } else { profile.source },
        interval_s: clock.interval_s,
        indoor: session.indoor,
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
        stance_ms: Series::from_samples(fill(&knots(&clock, Record::stance_time_ms), len, Between::Hold)),
        position: if session.indoor { Vec::new() } else { track.on_seconds(len) },
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
    for (from, to) in clock.gaps(LINEAR_S) {
        let range = seconds(from, to, flags.len());
        let open = flags[range.clone()].iter().filter(|f| !f.has(Flags::PAUSED)).count();
        let unknown = open as f64 > KNOWN_S;
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
        notes.push(Note::new("recording-gaps", message));
    }
    if clock.interval_s > 3.0 {
        let message =
            format!("the watch recorded every {:.0} s only; ends of bouts are that uncertain", clock.interval_s);
        notes.push(Note::new("sparse-recording", message));
    }
    flags
}

/// Measures how far device speed is behind the body, and moves it forward.
fn take_out_lag(speed: &mut [f32], cadence: &[f32], source: SpeedSource, flags: &[Flags], notes: &mut Vec<Note>) {
    if source != SpeedSource::Device {
        return;
    }
    let measured = lag::estimate(speed, cadence);
    let lag = measured.unwrap_or(USUAL_LAG_S);
    lag::take_out(speed, flags, lag);
    let how = if measured.is_some() { "measured against the cadence" } else { "as is usual" };
    notes.push(Note::new("speed-lag", format!("speed was moved forward by {lag} s, {how}")));
}
