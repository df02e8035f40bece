//! What the messages of one FIT file said, in the order in which they came.

use super::developer::Developer;
use super::heart_rate::Beats;
use super::workout::Step;
use crate::ingest::limits;
use crate::model::{Lap, Profile, Record, Sensors, Session, Split};
use crate::units::Timestamp;

/// The `type` of a file that holds an activity.
pub const ACTIVITY: u16 = 4;

/// The `type` of a file that holds a workout.
pub const WORKOUT: u16 = 5;

/// What the messages of one FIT file said.
#[derive(Default)]
pub struct Contents {
    /// The `type` of `file_id`.
    pub file_type: Option<u16>,
    /// Who wrote the file.
    pub creator: Device,
    /// The device with index 0: the watch itself, where an app wrote the file.
    pub watch: Device,
    /// The sensors that the watch lists.
    pub sensors: Sensors,
    /// What the watch knows about the runner.
    pub profile: Profile,
    /// The runner's clock minus UTC, in seconds, unchecked.
    pub clock_ahead: Option<i64>,
    /// The number of the sport from the `sport` message.
    pub sport: Option<u16>,
    /// The number of the sub-sport from the `sport` message.
    pub sub_sport: Option<u16>,
    /// The name that the watch gives to the sport, such as `Trail Run`.
    pub sport_name: Option<String>,
    /// How many records the files before this one in a chain held.
    pub n_records_before: usize,
    /// The records.
    pub records: Vec<Record>,
    /// How many records have no time, or one that cannot be right.
    pub n_untimed: usize,
    /// True when a record has a time that counts from when the watch was switched on.
    pub has_relative_times: bool,
    /// The last distance that was counted up from compressed ones, in sixteenths of a metre.
    pub rolled_distance: Option<u32>,
    /// Heart beats from a strap that stored them.
    pub beats: Beats,
    /// Speed and distance in fields of apps.
    pub developer: Developer,
    /// The sessions.
    pub sessions: Vec<SessionMessage>,
    /// The laps.
    pub laps: Vec<Lap>,
    /// The splits.
    pub splits: Vec<Split>,
    /// When the timer started and stopped.
    pub timer: Vec<TimerEvent>,
    /// The name of the workout.
    pub workout_name: Option<String>,
    /// The steps of the workout, repeats not yet written out.
    pub steps: Vec<Step>,
    /// True when there was more of something than is kept.
    pub overflowed: bool,
}

/// Maker and product as a `file_id` or `device_info` message names them.
#[derive(Default)]
pub struct Device {
    /// The number of the maker.
    pub manufacturer: Option<u16>,
    /// The number of the product, in the maker's own numbering.
    pub product: Option<u16>,
    /// The product in words.
    pub product_name: Option<String>,
}

/// A session as its message states it.
pub struct SessionMessage {
    /// The session without what other messages hold.
    pub session: Session,
    /// The number of its sport.
    pub sport: Option<u16>,
    /// The number of its sub-sport.
    pub sub_sport: Option<u16>,
}

/// A start or stop of the timer.
#[derive(Debug, Clone, Copy)]
pub struct TimerEvent {
    /// When.
    pub time: Timestamp,
    /// True for a start.
    pub starts: bool,
}

impl Contents {
    /// True when there is something that somebody did: a course has records too, but nobody ran it.
    pub fn is_activity(&self) -> bool {
        let may_be = self.file_type.is_none_or(|file_type| file_type == ACTIVITY);
        !self.sessions.is_empty() || (may_be && !self.records.is_empty())
    }

    /// The `type` of the file, or what its messages show: some workouts say that they are something else.
    pub fn kind(&self) -> Option<u16> {
        if self.steps.is_empty() || self.file_type == Some(ACTIVITY) { self.file_type } else { Some(WORKOUT) }
    }

    /// Makes room for about `n` records, so that their list need not be moved while it grows.
    pub fn expect_records(&mut self, n: usize) {
        if self.records.capacity() == 0 {
            self.records.reserve_exact(n.min(limits::RECORDS));
        }
    }

    /// True where one more record may be kept.
    #[inline]
    pub const fn has_room(&self) -> bool {
        self.n_records_before + self.records.len() < limits::RECORDS
    }

    /// Keeps one of the rarer parts, in the list that `list` picks.
    pub fn push<T>(&mut self, list: fn(&mut Self) -> &mut Vec<T>, part: T) {
        if list(self).len() < limits::FIT_PARTS {
            list(self).push(part);
        } else {
            self.overflowed = true;
        }
    }
}
