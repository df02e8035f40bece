//! The measurements that runs may need, 12 bytes each, by kind and time.

use std::collections::HashMap;

use crate::ingest::limits;
use crate::ingest::xml;
use crate::units::Timestamp;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Beats a minute.
    HeartRate,
    /// Steps in an interval.
    Steps,
    /// Metres in an interval, on foot.
    Distance,
    /// Metres a second.
    Speed,
    /// Ground contact time in milliseconds.
    Contact,
    /// The effort that the runner entered, 1 to 10.
    Effort,
}

/// All kinds with the name that the export has for them.
const KINDS: [(&[u8], Kind); 6] = [
    (b"HeartRate", Kind::HeartRate),
    (b"StepCount", Kind::Steps),
    (b"DistanceWalkingRunning", Kind::Distance),
    (b"RunningSpeed", Kind::Speed),
    (b"RunningGroundContactTime", Kind::Contact),
    (b"WorkoutEffortScore", Kind::Effort),
];

impl Kind {
    /// The kind of a type such as `HKQuantityTypeIdentifierHeartRate`.
    pub fn of(name: &[u8]) -> Option<Self> {
        let name = name.strip_prefix(b"HKQuantityTypeIdentifier")?;
        KINDS.iter().find(|row| row.0 == name).map(|row| row.1)
    }

    /// A value in the unit that is kept; `None` in a unit that is not known, or where it is no number of its kind.
    pub fn in_our_unit(self, value: f64, unit: &[u8]) -> Option<f64> {
        let factor = match (self, unit) {
            (Self::HeartRate, b"count/min" | b"")
            | (Self::Steps | Self::Effort, _)
            | (Self::Distance, b"m")
            | (Self::Speed, b"m/s")
            | (Self::Contact, b"ms" | b"") => 1.0,
            (Self::HeartRate, b"count/s") => 60.0,
            (Self::Contact, b"s") | (Self::Distance, b"km") => 1000.0,
            (Self::Distance, b"mi") => 1609.344,
            (Self::Distance, b"ft") => 0.3048,
            (Self::Distance, b"yd") => 0.9144,
            (Self::Distance, b"cm") => 0.01,
            (Self::Speed, b"km/hr" | b"km/h") => 1.0 / 3.6,
            (Self::Speed, b"mi/hr" | b"mph") => 0.44704,
            _ => return None,
        };
        Some(value * factor).filter(|value| value.is_finite() && *value >= 0.0)
    }
}

/// One measurement. The export knows whole seconds only.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Seconds since 1970.
    pub start: u32,
    /// Seconds that it lasted, 0 for a moment.
    pub length: u16,
    /// Which device or app it is from.
    pub source: u16,
    /// The value in the unit of its kind.
    pub value: f32,
}

impl Sample {
    /// The second behind it.
    pub fn end(&self) -> u32 {
        self.start + u32::from(self.length)
    }
}

/// The measurements by kind, and what they are from.
#[derive(Debug, Default)]
pub struct Columns {
    by_kind: [Vec<Sample>; KINDS.len()],
    n_samples: usize,
    sources: HashMap<Vec<u8>, u16>,
    /// True for each source that is a watch.
    watches: Vec<bool>,
}

impl Columns {
    /// The number of a source; a name in which a watch shows is one, and so is a device of that kind.
    pub fn source(&mut self, name: &[u8], device: Option<&[u8]>) -> u16 {
        if let Some(&known) = self.sources.get(name) {
            return known;
        }
        let number = self.watches.len().min(usize::from(u16::MAX)) as u16;
        if self.watches.len() < MOST_SOURCES {
            let is_watch = [Some(name), device].into_iter().flatten().any(|text| xml::string(text).contains("Watch"));
            self.watches.push(is_watch);
            self.sources.insert(name.to_vec(), number);
        }
        number
    }

    /// True where a source is a watch.
    pub fn is_watch(&self, source: u16) -> bool {
        self.watches.get(usize::from(source)).copied().unwrap_or(false)
    }

    /// True where there was more than is kept.
    pub fn is_full(&self) -> bool {
        self.n_samples >= limits::EXPORT_SAMPLES
    }

    /// Adds a measurement, unless it is of a time or a length that none has.
    pub fn push(&mut self, kind: Kind, start: Timestamp, end: Timestamp, source: u16, value: f64) {
        let seconds = start.as_unix_millis().div_euclid(1000);
        let length = end.as_unix_millis().div_euclid(1000) - seconds;
        let (Ok(start), Ok(length)) = (u32::try_from(seconds), u16::try_from(length)) else { return };
        if self.is_full() {
            return;
        }
        self.n_samples += 1;
        let column = &mut self.by_kind[kind as usize];
        if column.len() == column.capacity() {
            // Doubling would take twice the memory that there is need for.
            column.reserve_exact(column.len() / 4 + 1024);
        }
        column.push(Sample { start, length, source, value: value as f32 });
    }

    /// Brings the measurements into the order of time, as apps write them in any.
    pub fn sort(&mut self) {
        for column in &mut self.by_kind {
            column.sort_unstable_by_key(|sample| (sample.start, sample.length, sample.source));
        }
    }

    /// The measurements of a kind that touch a time, in the order of time.
    pub fn within(&self, kind: Kind, from: u32, to: u32) -> impl Iterator<Item = &Sample> {
        let column = &self.by_kind[kind as usize];
        let first = column.partition_point(|sample| sample.start < from.saturating_sub(LONGEST_S));
        column[first..].iter().take_while(move |s| s.start < to).filter(move |s| s.start >= from || s.end() > from)
    }
}

/// The most names of sources that are kept. Real exports have less than a tenth of it.
const MOST_SOURCES: usize = 1000;
/// Longer intervals say nothing about a run, in seconds.
const LONGEST_S: u32 = 3600;
