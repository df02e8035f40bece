//! The runner's clock for sessions whose file does not give it.

use crate::model::{Note, NoteId, Record, Session};
use crate::units::{Timestamp, UtcOffset, Zone};

/// No clock differs from the sun by so many hours: it is three in the west of China, and half an hour more with summer
/// time elsewhere. Our choice.
const FAR_H: f64 = 4.0;

/// The clock of a session, and a note where it is that of another place than the runner's.
///
/// The file's own, else that of the runner's zone. A session that was plainly run elsewhere has the clock of the sun
/// there, to the hour.
pub(super) fn of(session: &Session, zone: Option<&Zone>) -> (Option<UtcOffset>, Option<Note>) {
    if session.utc_offset.is_some() {
        return (session.utc_offset, None);
    }
    let at_home = zone.zip(start(session)).map(|(zone, start)| zone.offset_at(start));
    let sun = session.records.iter().find_map(Record::position).map(|at| at.longitude() / 15.0);
    let elsewhere = at_home.zip(sun).filter(|(home, sun)| {
        let apart = (f64::from(home.as_seconds()) / 3600.0 - sun).rem_euclid(24.0);
        apart.min(24.0 - apart) > FAR_H
    });
    let Some((_, sun)) = elsewhere else {
        return (at_home, None);
    };
    let hours = sun.round();
    let message = format!(
        "the file gives no clock, and the run was far from the runner's time zone: it is dated by the sun there, \
         UTC{hours:+}, which may be an hour or two off"
    );
    (UtcOffset::from_seconds(hours as i64 * 3600), Some(Note::new(NoteId::ClockOfThePlace, message)))
}

/// When a session began, by the file or by its first record.
pub(super) fn start(session: &Session) -> Option<Timestamp> {
    session.start.or_else(|| session.records.iter().find_map(Record::time))
}
