//! Reads XML as exporters really write it: names without their prefixes, faults stepped over, nothing expanded.
//!
//! A scanner of our own on `memchr` stands here in place of a general XML reader. It runs over the bytes once, keeps
//! no stack and allocates nothing per tag, so its time is linear in size, nesting and attributes; and it goes on where
//! a strict reader must stop: undeclared prefixes, bare `&`, missing quotes, missing end tags, zero bytes, cut files.

mod attributes;
mod encoding;
mod faults;
mod frame;
mod number;
mod point;
mod scan;
mod text;
mod time;

pub use attributes::attributes;
pub use encoding::document;
pub use faults::{Fault, Faults};
pub use frame::Frame;
pub use number::number;
pub use point::{Field, Point};
pub use scan::{Open, Scanner, Tag};
pub use text::string;
pub use time::moment;

/// The name of the first element in any encoding, without its prefix and in lower case, or `None` without one.
pub fn root(bytes: &[u8]) -> Option<String> {
    let (bytes, _) = encoding::utf8(encoding::head(bytes));
    let mut scanner = Scanner::new(&bytes);
    while let Some(tag) = scanner.next_tag() {
        if let Tag::Open(open) = tag {
            return Some(string(open.name).to_lowercase());
        }
    }
    None
}

#[cfg(test)]
pub mod tests {
    use crate::ingest::Error;
    use crate::model::{Activity, Lap, Record};
    use crate::units::Timestamp;

    /// Tells all that was read: a line for each session, lap, pause, record and note.
    pub fn told(read: Result<Activity, Error>) -> String {
        let activity = match read {
            Err(error) => return format!("{error} ({})", error.hint),
            Ok(activity) => activity,
        };
        let mut lines: Vec<_> = activity.device.iter().map(|device| format!("from {device}")).collect();
        for session in &activity.sessions {
            let stated = [
                Some(format!("{:?} `{}`", session.sport, session.sport_name)),
                session.name.clone(),
                session.start.map(|start| format!("start {}", time(start))),
                session.utc_offset.map(|offset| format!("offset {} s", offset.as_seconds())),
                session.timer_s.map(|seconds| format!("timer {seconds} s")),
                session.distance.map(|distance| format!("{} m", distance.as_meters())),
                session.indoor.then(|| "indoor".to_owned()),
            ];
            lines.push(stated.into_iter().flatten().collect::<Vec<_>>().join(", "));
            lines.extend(session.laps.iter().map(lap));
            lines.extend(session.pauses.iter().map(|p| format!("  pause {} to {}", time(p.start), time(p.end))));
            lines.extend(session.records.iter().map(record));
        }
        lines.extend(activity.notes.iter().map(|note| format!("note {}: {}", note.id, note.message)));
        lines.join("\n")
    }

    fn time(time: Timestamp) -> String {
        time.to_rfc3339(None).trim_start_matches("2026-01-01T").to_owned()
    }

    fn lap(lap: &Lap) -> String {
        let figures = [lap.elapsed_s, lap.timer_s, lap.distance.map(crate::units::Distance::as_meters)];
        format!("  lap {} {figures:?} {:?} {:?}", time(lap.start), lap.intensity, lap.trigger)
    }

    fn record(record: &Record) -> String {
        let parts = [
            Some(record.time().map_or("no time".to_owned(), time)),
            record.position().map(|p| format!("{} {}", p.latitude(), p.longitude())),
            record.altitude().map(|m| format!("{m} m high")),
            record.heart_rate().map(|hr| format!("{} bpm", hr.as_bpm())),
            record.raw_cadence().map(|c| format!("{c} rpm")),
            record.speed().map(|v| format!("{} m/s", v.as_meters_per_second())),
            record.distance().map(|d| format!("{} m", d.as_meters())),
            record.gps_accuracy().map(|m| format!("+-{m} m")),
        ];
        format!("  {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}
