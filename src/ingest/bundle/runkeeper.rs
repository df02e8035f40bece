//! The export of Runkeeper: a table of activities, and a track in GPX for those that have one.
//!
//! Tracks are on UTC and name neither sport nor pauses by the clock; the table does, on the runner's clock without an
//! offset. Both begin at one moment, which tells the offset.

use std::collections::BTreeSet;

use super::table::{Row, each_row};
use super::{Found, Maker, ReadFile, is_list_of};
use crate::ingest::{clock, gpx, limits, sport};
use crate::model::{NoteId, Record, Session, Sport};
use crate::units::{Distance, HeartRate, Timestamp, parse_clock};

/// What is left unread.
pub const UNREAD: &str = "other sports, notes and photos; heart rates and steps are not in it, but for means";

/// The columns of the table by which it is known.
const HEADER: &[u8] = b"Activity Id,Date,Type";

/// True for the table.
pub fn sniff(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).starts_with(HEADER)
}

/// The activities on foot.
pub struct Lists {
    listed: std::vec::IntoIter<Listed>,
    /// The tracks that the table names.
    tracks: BTreeSet<String>,
    /// Activities that are no sport on foot.
    pub n_others: usize,
}

/// One activity as the table has it.
struct Listed {
    session: Session,
    /// When it began, on a clock without an offset.
    local: Timestamp,
    track: Option<String>,
}

impl Lists {
    /// Reads the table.
    pub fn read(names: &[&str], read: &mut ReadFile) -> Self {
        let (mut all, mut tracks, mut n_others) = (Vec::new(), BTreeSet::new(), 0);
        for name in names.iter().filter(|name| is_list_of(Maker::Runkeeper, name)) {
            let Some(bytes) = read(name) else { continue };
            each_row(
                &bytes,
                |header| header,
                |row| {
                    tracks.extend(row.text("gpx file"));
                    match listed(row) {
                        Some(listed) if listed.session.sport != Sport::Other => all.push(listed),
                        Some(_) => n_others += 1,
                        None => {}
                    }
                    all.len() < limits::EXPORT_WORKOUTS
                },
            );
        }
        all.sort_by_key(|listed| listed.local);
        Self { listed: all.into_iter(), tracks, n_others }
    }

    /// How many are to come.
    pub fn n_ahead(&self) -> usize {
        self.listed.len()
    }

    /// True for the table and the tracks that it names.
    pub fn is_part(&self, name: &str) -> bool {
        name.eq_ignore_ascii_case("cardioActivities.csv") || self.tracks.contains(name)
    }

    /// The next activity with its track.
    pub fn next_session(&mut self, read: &mut ReadFile) -> Option<Found> {
        let Listed { mut session, local, track } = self.listed.next()?;
        let read = track.and_then(|name| read(&name)).and_then(|bytes| gpx::decode(&bytes).ok());
        if let Some(track) = read {
            let parts: Vec<Session> = track.sessions;
            session.pauses = parts.iter().flat_map(|part| part.pauses.iter().copied()).collect();
            session.records = parts.into_iter().flat_map(|part| part.records).collect();
        }
        let first = session.records.iter().filter_map(Record::time).min();
        session.start = first.or(Some(local));
        session.utc_offset = first.and_then(|first| clock::measured(local, first));
        let mut found = Found::new(session);
        if found.session.utc_offset.is_none() {
            found.note(
                NoteId::ClockUnknown,
                "the export does not say how far the runner's clock was from UTC: where there is no track, its times are taken as UTC",
            );
        }
        found.note(
            NoteId::NoSteps,
            "the export has no steps of this session: running and walking are told apart by speed alone",
        );
        Some(found)
    }
}

fn listed(row: &Row) -> Option<Listed> {
    let local = row.time("date")?;
    let word = row.text("type")?;
    let positive = |column| row.number(column).filter(|number| *number > 0.0);
    let mut session = Session::new(sport::of(&word));
    session.indoor = sport::is_indoor(&word);
    session.sport_name = word.to_lowercase();
    session.name = row.text("route name");
    session.timer_s = row.text("duration").and_then(|text| parse_clock(&text).ok()).filter(|s| *s > 0.0);
    let km = positive("distance (km)").map(Distance::from_kilometers);
    session.distance = km.or_else(|| positive("distance (mi)").map(Distance::from_miles));
    session.mean_heart_rate = positive("average heart rate (bpm)").map(HeartRate::from_bpm);
    Some(Listed { session, local, track: row.text("gpx file") })
}
