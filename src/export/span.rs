//! When sessions began and ended, on the clocks that exports write.

use crate::model::{Record, Session};
use crate::units::{Timestamp, UtcOffset};

/// When a session began and ended; `None` where it has no time at all.
pub fn of(session: &Session) -> Option<(Timestamp, Timestamp)> {
    let times = || session.records.iter().filter_map(Record::time);
    let start = session.start.or_else(|| times().min())?;
    Some((start, session.elapsed_s.map(|s| start.plus_seconds(s)).or_else(|| times().max())?))
}

/// Time without pauses, in seconds.
pub fn timer_s(session: &Session) -> f64 {
    let paused: f64 = session.pauses.iter().map(|pause| pause.end.seconds_since(pause.start)).sum();
    let elapsed_s = of(session).map_or(0.0, |(start, end)| end.seconds_since(start));
    session.timer_s.unwrap_or(elapsed_s - paused)
}

/// Seconds by which the runner's clock is ahead of UTC.
pub fn ahead_s(session: &Session) -> f64 {
    f64::from(session.utc_offset.map_or(0, UtcOffset::as_seconds))
}

/// An offset such as `+0200`, with a sign between its parts where there is one.
pub fn offset(session: &Session, between: &str) -> String {
    let minutes = session.utc_offset.map_or(0, UtcOffset::as_seconds) / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}{between}{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// `2026-06-15 06:30:00` of a clock that is ahead of UTC by some seconds.
pub fn local(time: Timestamp, ahead_s: f64) -> String {
    let whole = Timestamp::from_unix_millis(time.plus_seconds(ahead_s).as_unix_millis().div_euclid(1000) * 1000);
    whole.to_rfc3339(None).replace('T', " ").trim_end_matches('Z').to_owned()
}
