//! Writes GPX files as their makers do.

use super::xml::{self, element, line, rounded};
use crate::model::{Activity, Record, Session, Sport};
use crate::units::{Distance, HeartRate, Position, Speed, UtcOffset};

/// Whose files to write alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Garmin Connect: heart rate and cadence under `ns3:TrackPointExtension`, no sign of a pause.
    GarminConnect,
    /// Strava: heart rate and cadence under `gpxtpx:TrackPointExtension`, no sign of a pause.
    Strava,
    /// Suunto and COROS: `gpxdata:` values straight under `extensions` with a bare `speed`, a segment for each pause.
    Suunto,
    /// A phone: no extensions, times on the runner's clock, a segment for each pause.
    Phone,
}

impl Dialect {
    /// All dialects.
    pub const ALL: [Self; 4] = [Self::GarminConnect, Self::Strava, Self::Suunto, Self::Phone];

    /// The name in file names, such as `garmin-connect`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GarminConnect => "garmin-connect",
            Self::Strava => "strava",
            Self::Suunto => "suunto",
            Self::Phone => "phone",
        }
    }

    const fn namespaces(self) -> &'static str {
        match self {
            Self::GarminConnect => {
                "\n  xmlns:ns3=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\"\n  \
                 xmlns:ns2=\"http://www.garmin.com/xmlschemas/GpxExtensions/v3\""
            }
            Self::Strava => "\n  xmlns:gpxtpx=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\"",
            Self::Suunto => "\n  xmlns:gpxdata=\"http://www.cluetrust.com/XML/GPXDATA/1/0\"",
            Self::Phone => "",
        }
    }

    /// True when a pause begins a new segment. Garmin Connect and Strava leave a mere hole in the times.
    const fn shows_pauses(self) -> bool {
        matches!(self, Self::Suunto | Self::Phone)
    }
}

/// Writes an activity as a GPX file. Records without a position are left out, as GPX has no place for them.
pub fn activity(activity: &Activity, dialect: Dialect) -> String {
    let creator = xml::text(activity.device.as_deref().unwrap_or("rehabrun"));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gpx creator=\"{creator}\" version=\"1.1\"\n  xmlns=\"http://www.topografix.com/GPX/1/1\"{}>\n",
        dialect.namespaces()
    );
    if let Some(start) = activity.sessions.iter().find_map(|session| session.start) {
        line(&mut out, 1, "<metadata>");
        element(&mut out, 2, "time", xml::moment(start, None));
        line(&mut out, 1, "</metadata>");
    }
    for session in &activity.sessions {
        track(&mut out, session, dialect);
    }
    out.push_str("</gpx>\n");
    out
}

fn track(out: &mut String, session: &Session, dialect: Dialect) {
    line(out, 1, "<trk>");
    if let Some(name) = &session.name {
        element(out, 2, "name", xml::text(name));
    }
    if let Some(sport) = sport_word(session).filter(|_| dialect != Dialect::Phone) {
        element(out, 2, "type", xml::text(sport));
    }
    let pauses = if dialect.shows_pauses() { session.pauses.as_slice() } else { &[] };
    for part in xml::parts(&session.records, pauses) {
        line(out, 2, "<trkseg>");
        for record in part {
            if let Some(position) = record.position() {
                point(out, record, position, session.utc_offset, dialect);
            }
        }
        line(out, 2, "</trkseg>");
    }
    line(out, 1, "</trk>");
}

fn sport_word(session: &Session) -> Option<&str> {
    match session.sport {
        Sport::Running => Some("running"),
        Sport::Walking => Some("walking"),
        Sport::Wheelchair => Some("wheelchair_push_run"),
        Sport::Other | Sport::Unknown => Some(session.sport_name.as_str()).filter(|name| !name.is_empty()),
    }
}

fn point(out: &mut String, record: &Record, position: Position, offset: Option<UtcOffset>, dialect: Dialect) {
    let (lat, lon) = (position.latitude(), position.longitude());
    let place = match dialect {
        // Garmin Connect prints all the digits of the number that the watch stored.
        Dialect::GarminConnect => format!("lat=\"{lat}\" lon=\"{lon}\""),
        Dialect::Strava | Dialect::Suunto | Dialect::Phone => format!("lat=\"{lat:.7}\" lon=\"{lon:.7}\""),
    };
    line(out, 3, &format!("<trkpt {place}>"));
    if let Some(meters) = record.altitude() {
        element(out, 4, "ele", rounded(meters));
    }
    if let Some(time) = record.time() {
        let time = match dialect {
            Dialect::GarminConnect => xml::moment_in_millis(time),
            Dialect::Strava | Dialect::Suunto => xml::moment(time, None),
            Dialect::Phone => xml::moment(time, offset),
        };
        element(out, 4, "time", time);
    }
    let values = extension_values(record, dialect);
    if !values.is_empty() {
        line(out, 4, "<extensions>");
        match dialect {
            Dialect::GarminConnect => wrapped(out, "ns3:TrackPointExtension", &values),
            Dialect::Strava => wrapped(out, "gpxtpx:TrackPointExtension", &values),
            Dialect::Suunto | Dialect::Phone => values.iter().for_each(|value| line(out, 5, value)),
        }
        line(out, 4, "</extensions>");
    }
    line(out, 3, "</trkpt>");
}

/// The values that GPX itself has no place for, each as an element.
fn extension_values(record: &Record, dialect: Dialect) -> Vec<String> {
    let names = match dialect {
        Dialect::GarminConnect => [Some("ns3:hr"), Some("ns3:cad"), None, None],
        Dialect::Strava => [Some("gpxtpx:hr"), Some("gpxtpx:cad"), None, None],
        Dialect::Suunto => [Some("gpxdata:hr"), Some("gpxdata:cadence"), Some("gpxdata:distance"), Some("speed")],
        Dialect::Phone => [None; 4],
    };
    let values = [
        record.heart_rate().map(HeartRate::as_bpm),
        // The schema of the extension knows whole numbers only.
        record.raw_cadence().map(f64::round),
        record.distance().map(Distance::as_meters),
        record.speed().map(Speed::as_meters_per_second),
    ];
    let pairs = names.into_iter().zip(values);
    pairs
        .filter_map(|(name, value)| name.zip(value))
        .map(|(name, value)| format!("<{name}>{}</{name}>", rounded(value)))
        .collect()
}

fn wrapped(out: &mut String, name: &str, values: &[String]) {
    line(out, 5, &format!("<{name}>"));
    for value in values {
        line(out, 6, value);
    }
    line(out, 5, &format!("</{name}>"));
}
