//! One record: what the sensors said at one moment.

use crate::units::{Distance, HeartRate, Position, Speed, Timestamp};

/// What the sensors said at one moment, as the watch wrote it.
///
/// A day at one record a second is 86 400 of these, so the fields are packed: inside, an absent number is NaN or
/// zero; outside, every getter says `None`.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    time_ms: i64,
    latitude: f64,
    longitude: f64,
    distance: f64,
    altitude: f32,
    speed: f32,
    cadence: f32,
    stance_ms: f32,
    heart_rate: u8,
    gps_accuracy: u8,
    motion: u8,
}

/// The motion that the watch saw in a record, where it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// `activity_type` running.
    Running,
    /// `activity_type` walking.
    Walking,
    /// `activity_type` sedentary.
    Sedentary,
    /// `activity_type` wheelchair pushing.
    Wheelchair,
}

names! {
    Motion {
        Running => "running",
        Walking => "walking",
        Sedentary => "sedentary",
        Wheelchair => "wheelchair",
    }
}

impl Default for Record {
    fn default() -> Self {
        Self {
            time_ms: i64::MIN,
            latitude: f64::NAN,
            longitude: f64::NAN,
            distance: f64::NAN,
            altitude: f32::NAN,
            speed: f32::NAN,
            cadence: f32::NAN,
            stance_ms: f32::NAN,
            heart_rate: 0,
            gps_accuracy: u8::MAX,
            motion: 0,
        }
    }
}

/// Equal when the same fields are present with the same values.
impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        self.time() == other.time()
            && self.position() == other.position()
            && self.distance() == other.distance()
            && self.altitude() == other.altitude()
            && self.speed() == other.speed()
            && self.raw_cadence() == other.raw_cadence()
            && self.stance_time_ms() == other.stance_time_ms()
            && self.heart_rate() == other.heart_rate()
            && self.gps_accuracy() == other.gps_accuracy()
            && self.motion() == other.motion()
    }
}

impl Record {
    /// When it was, or `None` for a point without a time.
    pub fn time(&self) -> Option<Timestamp> {
        (self.time_ms != i64::MIN).then_some(Timestamp::from_unix_millis(self.time_ms))
    }

    /// Sets when it was.
    pub fn set_time(&mut self, time: Timestamp) {
        self.time_ms = time.as_unix_millis();
    }

    /// This record, with what it lacks taken from another one of the same moment.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        if self.position().is_none() {
            (self.latitude, self.longitude) = (other.latitude, other.longitude);
        }
        if !self.distance.is_finite() {
            self.distance = other.distance;
        }
        let columns = [
            (&mut self.altitude, other.altitude),
            (&mut self.speed, other.speed),
            (&mut self.cadence, other.cadence),
            (&mut self.stance_ms, other.stance_ms),
        ];
        for (own, theirs) in columns.into_iter().filter(|(own, _)| !own.is_finite()) {
            *own = theirs;
        }
        if self.heart_rate == 0 {
            self.heart_rate = other.heart_rate;
        }
        if self.gps_accuracy == u8::MAX {
            self.gps_accuracy = other.gps_accuracy;
        }
        if self.motion == 0 {
            self.motion = other.motion;
        }
        self
    }

    /// Takes the time away.
    pub fn clear_time(&mut self) {
        self.time_ms = i64::MIN;
    }

    /// Where it was.
    pub fn position(&self) -> Option<Position> {
        Position::from_degrees(self.latitude, self.longitude)
    }

    /// Sets where it was.
    pub fn set_position(&mut self, position: Position) {
        (self.latitude, self.longitude) = (position.latitude(), position.longitude());
    }

    /// Takes the place away.
    pub fn clear_position(&mut self) {
        (self.latitude, self.longitude) = (f64::NAN, f64::NAN);
    }

    /// Distance since the start of the activity, as the watch counted it.
    pub fn distance(&self) -> Option<Distance> {
        self.distance.is_finite().then_some(Distance::from_meters(self.distance))
    }

    /// Sets the distance since the start of the activity; a number that is not finite clears it.
    pub fn set_distance(&mut self, distance: Distance) {
        self.distance = distance.as_meters();
    }

    /// Height above the sea, in metres.
    pub fn altitude(&self) -> Option<f64> {
        finite(self.altitude)
    }

    /// Sets the height above the sea, in metres; a number that is not finite clears it.
    pub fn set_altitude(&mut self, meters: f64) {
        self.altitude = meters as f32;
    }

    /// Speed as the watch gives it.
    pub fn speed(&self) -> Option<Speed> {
        finite(self.speed).map(Speed::from_meters_per_second)
    }

    /// Sets the speed; a number that is not finite clears it.
    pub fn set_speed(&mut self, speed: Speed) {
        self.speed = speed.as_meters_per_second() as f32;
    }

    /// Cadence as the file writes it, a minute, with its fraction. Steps or strides: that is decided once per file.
    pub fn raw_cadence(&self) -> Option<f64> {
        finite(self.cadence)
    }

    /// Sets the cadence as the file writes it; a number that is not finite clears it.
    pub fn set_raw_cadence(&mut self, per_minute: f64) {
        self.cadence = per_minute as f32;
    }

    /// Ground contact time of a step, in milliseconds. Watches give it only while running.
    pub fn stance_time_ms(&self) -> Option<f64> {
        finite(self.stance_ms)
    }

    /// Sets the ground contact time of a step, in milliseconds.
    pub fn set_stance_time_ms(&mut self, millis: f64) {
        self.stance_ms = millis as f32;
    }

    /// Heart rate as the file writes it; 0 and 255 were never one and are absent.
    pub fn heart_rate(&self) -> Option<HeartRate> {
        (self.heart_rate != 0).then_some(HeartRate::from_bpm(f64::from(self.heart_rate)))
    }

    /// Sets the heart rate; beyond 1 to 254 bpm it is none.
    pub fn set_heart_rate(&mut self, heart_rate: HeartRate) {
        // Rounded without a call, as `f64::round` is one on most processors.
        let bpm = heart_rate.as_bpm();
        let whole = bpm as u16;
        let rounded = whole.saturating_add(u16::from(bpm - f64::from(whole) >= 0.5));
        self.heart_rate = if (1..=254).contains(&rounded) { rounded as u8 } else { 0 };
    }

    /// Accuracy of the position that the receiver claims, in metres.
    pub fn gps_accuracy(&self) -> Option<f64> {
        (self.gps_accuracy != u8::MAX).then_some(f64::from(self.gps_accuracy))
    }

    /// Sets the accuracy of the position, in metres.
    pub fn set_gps_accuracy(&mut self, meters: u8) {
        self.gps_accuracy = meters;
    }

    /// The motion that the watch saw.
    pub fn motion(&self) -> Option<Motion> {
        [Motion::Running, Motion::Walking, Motion::Sedentary, Motion::Wheelchair]
            .into_iter()
            .find(|&motion| motion as u8 + 1 == self.motion)
    }

    /// Sets the motion that the watch saw.
    pub fn set_motion(&mut self, motion: Motion) {
        self.motion = motion as u8 + 1;
    }
}

fn finite(value: f32) -> Option<f64> {
    value.is_finite().then_some(f64::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_record_has_nothing() {
        let record = Record::default();
        assert_eq!(record, Record::default());
        assert_eq!((record.time(), record.position(), record.distance()), (None, None, None));
        assert_eq!((record.heart_rate(), record.raw_cadence(), record.motion()), (None, None, None));
        assert_eq!((record.speed(), record.altitude(), record.gps_accuracy()), (None, None, None));
    }

    #[test]
    fn impossible_heart_rates_are_absent() {
        let mut record = Record::default();
        for bpm in [0.0, 255.0, -5.0, f64::NAN, 1e9] {
            record.set_heart_rate(HeartRate::from_bpm(bpm));
            assert_eq!(record.heart_rate(), None, "{bpm}");
        }
    }

    #[test]
    fn a_record_stays_small() {
        assert!(size_of::<Record>() <= 56);
    }
}
