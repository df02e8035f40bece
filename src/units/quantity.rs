//! Physical quantities as newtypes over `f64`.

/// A length along the ground.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Distance(f64);

impl Distance {
    /// A length in metres.
    pub const fn from_meters(meters: f64) -> Self {
        Self(meters)
    }

    /// A length in kilometres.
    pub const fn from_kilometers(kilometers: f64) -> Self {
        Self(kilometers * 1000.0)
    }

    /// A length in international miles of 1609.344 m.
    pub const fn from_miles(miles: f64) -> Self {
        Self(miles * 1609.344)
    }

    /// The length in metres.
    pub const fn as_meters(self) -> f64 {
        self.0
    }

    /// The length in kilometres.
    pub const fn as_kilometers(self) -> f64 {
        self.0 / 1000.0
    }

    /// The length in international miles of 1609.344 m.
    pub const fn as_miles(self) -> f64 {
        self.0 / 1609.344
    }
}

/// A speed over the ground.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Speed(f64);

impl Speed {
    /// A speed in metres per second.
    pub const fn from_meters_per_second(meters_per_second: f64) -> Self {
        Self(meters_per_second)
    }

    /// The speed in metres per second.
    pub const fn as_meters_per_second(self) -> f64 {
        self.0
    }

    /// The speed in metres per minute, the unit of the Daniels-Gilbert equations.
    pub const fn as_meters_per_minute(self) -> f64 {
        self.0 * 60.0
    }

    /// The time per distance, or `None` when standing still: standing has no pace.
    pub fn pace(self) -> Option<Pace> {
        (self.0 > 0.0 && self.0.is_finite()).then(|| Pace(1000.0 / self.0))
    }
}

/// A time per distance. Paces do not average: average speeds and invert.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Pace(f64);

impl Pace {
    /// A pace in seconds per kilometre.
    pub const fn from_seconds_per_kilometer(seconds: f64) -> Self {
        Self(seconds)
    }

    /// A pace in seconds per mile.
    pub const fn from_seconds_per_mile(seconds: f64) -> Self {
        Self(seconds / 1.609_344)
    }

    /// The pace in seconds per kilometre.
    pub const fn as_seconds_per_kilometer(self) -> f64 {
        self.0
    }

    /// The pace in seconds per mile.
    pub const fn as_seconds_per_mile(self) -> f64 {
        self.0 * 1.609_344
    }

    /// The same as a speed.
    pub const fn speed(self) -> Speed {
        Speed(1000.0 / self.0)
    }
}

/// Heart beats per minute.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct HeartRate(f64);

impl HeartRate {
    /// A heart rate in beats per minute.
    pub const fn from_bpm(bpm: f64) -> Self {
        Self(bpm)
    }

    /// The heart rate in beats per minute.
    pub const fn as_bpm(self) -> f64 {
        self.0
    }
}

/// Steps per minute, both feet counted.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Cadence(f64);

impl Cadence {
    /// A cadence in steps per minute, both feet.
    pub const fn from_spm(spm: f64) -> Self {
        Self(spm)
    }

    /// A cadence in strides per minute, one foot: half the steps.
    pub const fn from_strides_per_minute(strides: f64) -> Self {
        Self(strides * 2.0)
    }

    /// The cadence in steps per minute, both feet.
    pub const fn as_spm(self) -> f64 {
        self.0
    }
}

/// A place on the WGS84 ellipsoid, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    latitude: f64,
    longitude: f64,
}

impl Position {
    /// A position in degrees, or `None` when not on the globe. A longitude of exactly 180 is on it.
    pub fn from_degrees(latitude: f64, longitude: f64) -> Option<Self> {
        (latitude.abs() <= 90.0 && longitude.abs() <= 180.0).then_some(Self { latitude, longitude })
    }

    /// A position in semicircles, 2^31 of them to 180 degrees, as FIT stores it.
    pub fn from_semicircles(latitude: i32, longitude: i32) -> Option<Self> {
        const DEGREES: f64 = 180.0 / 2_147_483_648.0;
        Self::from_degrees(f64::from(latitude) * DEGREES, f64::from(longitude) * DEGREES)
    }

    /// Degrees north.
    pub const fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east.
    pub const fn longitude(self) -> f64 {
        self.longitude
    }

    /// Latitude and longitude in semicircles, as FIT stores them.
    pub fn as_semicircles(self) -> (i32, i32) {
        // 180 degrees east are 2^31, which goes round to 180 degrees west: the same meridian.
        let semicircles = |degrees: f64| (degrees * (2_147_483_648.0 / 180.0)).round() as i64 as i32;
        (semicircles(self.latitude), semicircles(self.longitude))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pace_and_speed_are_each_others_inverse() {
        let pace = Pace::from_seconds_per_kilometer(390.0);
        assert!((pace.speed().as_meters_per_second() - 2.564_103).abs() < 1e-6);
        assert_eq!(pace.speed().pace().map(|p| p.as_seconds_per_kilometer().round()), Some(390.0));
        assert!((pace.as_seconds_per_mile() - 627.644).abs() < 1e-3);
        assert_eq!(Speed::from_meters_per_second(0.0).pace(), None);
    }

    #[test]
    fn semicircles_round_trip() {
        let place = Position::from_semicircles(614_507_218, -5).expect("on the globe");
        assert!((place.latitude() - 51.5074).abs() < 1e-7);
        assert_eq!(place.as_semicircles(), (614_507_218, -5));
        assert_eq!(Position::from_degrees(91.0, 0.0), None);
        assert_eq!(Position::from_degrees(f64::NAN, 0.0), None);
        let dateline = Position::from_degrees(0.0, 180.0).expect("on the globe");
        assert_eq!(dateline.as_semicircles(), (0, i32::MIN));
    }
}
