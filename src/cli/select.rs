//! Which files a report takes: by their day, and by their verdict.

use rehabrun::report::{File, Status};
use rehabrun::units::Date;

use super::args::Select;

impl Select {
    /// True when the report takes the file. One that could not be read is never left out: nobody knows what it holds.
    pub fn matches(&self, file: &File) -> bool {
        if file.status == Status::Failed {
            return true;
        }
        let in_time = self.since.is_none() && self.until.is_none() || days(file).any(|day| self.covers(day));
        let of_verdict = self.verdict.is_empty() || file.verdict.is_some_and(|class| self.verdict.contains(&class));
        in_time && of_verdict
    }

    fn covers(&self, day: Date) -> bool {
        self.since.is_none_or(|since| day >= since) && self.until.is_none_or(|until| day <= until)
    }
}

/// The days of the sessions on the runner's calendar.
fn days(file: &File) -> impl Iterator<Item = Date> {
    file.sessions.iter().filter_map(|session| Some(session.started_at?.date()))
}
