//! Rows of records: what the watch wrote, and what the timeline made of it.

use serde::Serialize;

use super::hidden::PrivacyZone;
use super::round::{known, round};
use super::{Gait, Options};
use crate::model::{self, Motion};
use crate::segment::Segmentation;
use crate::timeline::{Flags, Timeline};
use crate::units::{HeartRate, Position, UtcOffset};

/// One record as the watch wrote it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RawRow {
    /// The session, from 1.
    pub session: usize,
    /// When it was, in RFC 3339.
    pub time: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Accuracy of the position that the receiver claims.
    pub gps_accuracy_m: Option<f64>,
    /// Height above the sea.
    pub altitude_m: Option<f64>,
    /// Distance since the start, as the watch counted it.
    pub distance_m: Option<f64>,
    /// Speed as the watch gives it.
    pub speed_m_per_s: Option<f64>,
    /// Heart rate.
    pub heart_rate_bpm: Option<f64>,
    /// Cadence a minute as the file writes it, steps or strides.
    pub raw_cadence: Option<f64>,
    /// Ground contact time of a step.
    pub stance_time_ms: Option<f64>,
    /// The motion that the watch saw.
    pub motion: Option<Motion>,
}

/// One second of a timeline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CleanRow {
    /// The session, from 1.
    pub session: usize,
    /// Elapsed time.
    pub elapsed_s: f64,
    /// The moment, in RFC 3339.
    pub time: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Distance covered.
    pub distance_m: f64,
    /// Speed over the ground.
    pub speed_m_per_s: Option<f64>,
    /// Height above the sea, smoothed.
    pub altitude_m: Option<f64>,
    /// Slope as rise over run.
    pub grade: Option<f64>,
    /// Steps per minute, both feet.
    pub cadence_spm: Option<f64>,
    /// Heart rate, repaired.
    pub heart_rate_bpm: Option<f64>,
    /// Ground contact time of a step.
    pub stance_time_ms: Option<f64>,
    /// What the legs did.
    pub gait: Gait,
    /// The bout it belongs to, from 1.
    pub bout: usize,
    /// What is doubtful, in words joined by blanks.
    pub flags: String,
}

/// The records of a session as the watch wrote them.
pub fn raw_rows(session: &model::Session, number: usize, options: Options) -> impl Iterator<Item = RawRow> {
    let hidden = PrivacyZone::of(session.records.iter().filter_map(model::Record::position), radius(options));
    session.records.iter().map(move |record| {
        let (lat, lon) = place(record.position(), options, &hidden);
        RawRow {
            session: number,
            time: record.time().map(|time| time.to_rfc3339(session.utc_offset)),
            lat,
            lon,
            gps_accuracy_m: record.gps_accuracy(),
            altitude_m: record.altitude().and_then(|meters| known(2, meters)),
            distance_m: record.distance().and_then(|distance| known(2, distance.as_meters())),
            speed_m_per_s: record.speed().and_then(|speed| known(3, speed.as_meters_per_second())),
            heart_rate_bpm: record.heart_rate().map(HeartRate::as_bpm),
            raw_cadence: record.raw_cadence().and_then(|cadence| known(3, cadence)),
            stance_time_ms: record.stance_time_ms().and_then(|millis| known(1, millis)),
            motion: record.motion(),
        }
    })
}

/// The seconds of a timeline with the gait of each.
pub fn clean_rows(
    timeline: &Timeline,
    segmentation: &Segmentation,
    offset: Option<UtcOffset>,
    number: usize,
    options: Options,
) -> impl Iterator<Item = CleanRow> {
    let hidden = PrivacyZone::of(timeline.position.iter().flatten().copied(), radius(options));
    let bouts = segmentation.bouts.iter().enumerate();
    bouts.flat_map(|(bout, of)| of.range.clone().map(move |i| (bout, of.gait, i))).map(move |(bout, gait, i)| {
        let (lat, lon) = place(timeline.position.get(i).copied().flatten(), options, &hidden);
        CleanRow {
            session: number,
            elapsed_s: round(1, timeline.seconds(i)),
            time: timeline.start.plus_seconds(timeline.seconds(i)).to_rfc3339(offset),
            lat,
            lon,
            distance_m: round(2, timeline.distance_at(i).as_meters()),
            speed_m_per_s: timeline.speed.get(i).and_then(|speed| known(3, speed)),
            altitude_m: timeline.altitude.get(i).and_then(|meters| known(2, meters)),
            grade: timeline.grade.get(i).and_then(|grade| known(4, grade)),
            cadence_spm: timeline.cadence.get(i).and_then(|cadence| known(1, cadence)),
            heart_rate_bpm: timeline.heart_rate.get(i).and_then(|heart_rate| known(1, heart_rate)),
            stance_time_ms: timeline.stance_ms.get(i).and_then(|millis| known(1, millis)),
            gait,
            bout: bout + 1,
            flags: flag_names(timeline.flags[i]),
        }
    })
}

fn radius(options: Options) -> u32 {
    options.hide_ends_m.unwrap_or(0)
}

/// Seven decimals are what FIT can tell apart: a centimetre.
fn place(position: Option<Position>, options: Options, hidden: &PrivacyZone) -> (Option<f64>, Option<f64>) {
    let position = position.filter(|_| options.location).and_then(|place| hidden.shown(place));
    (position.map(|place| round(7, place.latitude())), position.map(|place| round(7, place.longitude())))
}

fn flag_names(flags: Flags) -> String {
    const NAMES: [(Flags, &str); 7] = [
        (Flags::LOW_RESOLUTION, "low-resolution"),
        (Flags::GAP, "gap"),
        (Flags::SPIKE, "spike"),
        (Flags::PAUSED, "paused"),
        (Flags::UNTRACKED, "untracked"),
        (Flags::FROZEN, "frozen"),
        (Flags::DOUBTFUL_HEART_RATE, "doubtful-heart-rate"),
    ];
    let set: Vec<&str> = NAMES.iter().filter(|(flag, _)| flags.has(*flag)).map(|(_, name)| *name).collect();
    set.join(" ")
}
