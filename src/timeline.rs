//! One session as clean, even samples: one a second, with named gaps, repaired signals and a note for every repair.

mod build;
mod cadence;
mod clock;
pub mod geodesy;
mod grade;
mod heart_rate;
mod impossible;
pub mod kalman;
mod lag;
mod laps_only;
mod level;
mod marks;
mod odometer;
mod order;
mod pauses;
mod refuse;
mod resample;
pub mod revisits;
mod series;
pub mod smooth;
mod speed;
mod spikes;
mod stuck;
mod track;

pub use build::build;
pub use cadence::Convention;
pub use clock::{LONGEST_S, Unusable};
pub use laps_only::{LapsOnly, laps_only};
pub use series::Series;

use std::ops::Range;

use crate::model::{Note, SplitKind};
use crate::units::{Distance, Position, Speed, Timestamp};

/// One session, a sample a second.
///
/// Sample `i` stands for the time from `i` to `i + 1` seconds after [`start`](Self::start); the last one may stand
/// for less, up to [`elapsed_s`](Self::elapsed_s). All columns have the same length. Timer stops keep their place:
/// they are time that passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// The moment of sample 0.
    pub start: Timestamp,
    /// Time from start to end with all pauses, in seconds.
    pub elapsed_s: f64,
    /// Speed over the ground in metres per second, its lag behind the body taken out. Missing in gaps and pauses.
    pub speed: Series,
    /// Distance covered at the start of each sample, in metres; never falls, and holds its value where it is not known.
    pub distance: Vec<f64>,
    /// Distance covered at the end, in metres.
    pub total_distance: f64,
    /// Steps per minute, both feet. Zero is a measured standstill of the sensor, not a missing value.
    pub cadence: Series,
    /// Heart rate in beats per minute, repaired.
    pub heart_rate: Series,
    /// Height above the sea in metres, smoothed.
    pub altitude: Series,
    /// Slope as rise over run, positive uphill. Missing where it cannot be told; zero only where measured flat.
    pub grade: Series,
    /// Ground contact time in milliseconds, where the watch measures it.
    pub stance_ms: Series,
    /// Where the runner was; empty when the file has no positions.
    pub position: Vec<Option<Position>>,
    /// What is doubtful about each sample.
    pub flags: Vec<Flags>,
    /// Which signals there are and where they come from.
    pub signals: Signals,
    /// Ends of laps and workout steps, in seconds from the start, rising. What the watch's own detection cut is no edge,
    /// nor is a lap that it cut by itself.
    pub edges: Vec<f64>,
    /// What the watch's own detection said, in the order of time; empty where it has none.
    pub device_gait: Vec<DeviceGait>,
    /// The samples during which the timer stood still.
    pub pauses: Vec<Pause>,
    /// Doubts about the heart rate as a whole.
    pub heart_rate_quality: HeartRateQuality,
    /// Every repair and omission.
    pub notes: Vec<Note>,
}

impl Timeline {
    /// How many samples there are.
    pub fn len(&self) -> usize {
        self.flags.len()
    }

    /// True when there is no sample.
    pub fn is_empty(&self) -> bool {
        self.flags.is_empty()
    }

    /// The time that sample `i` stands for, in seconds: one, or less for the last.
    pub fn span(&self, i: usize) -> f64 {
        (self.elapsed_s - i as f64).clamp(0.0, 1.0)
    }

    /// Seconds from the start at which sample `i` begins; the session's end for the index behind the last.
    pub fn seconds(&self, i: usize) -> f64 {
        (i as f64).min(self.elapsed_s)
    }

    /// The time that samples stand for together, in seconds.
    pub fn duration(&self, range: Range<usize>) -> f64 {
        self.seconds(range.end) - self.seconds(range.start)
    }

    /// Metres climbed, by a barometer; `None` without one. Ups and downs within 2 m are taken for its noise, which is our
    /// choice.
    pub fn climb(&self) -> Option<f64> {
        const NOISE: f64 = 2.0;
        if self.signals.altitude != AltitudeSource::Barometric {
            return None;
        }
        let mut heights = self.altitude.iter().flatten();
        let mut low = heights.next()?;
        let mut climb = 0.0;
        for height in heights {
            if height > low + NOISE {
                climb += height - low;
                low = height;
            }
            low = low.min(height);
        }
        Some(climb)
    }

    /// Distance covered at the start of sample `i`; the whole distance for the index behind the last.
    pub fn distance_at(&self, i: usize) -> Distance {
        Distance::from_meters(self.distance.get(i).copied().unwrap_or(self.total_distance))
    }

    /// Mean speed over the samples whose speed is known, each weighed by the time it stands for.
    pub fn mean_speed(&self, range: Range<usize>) -> Option<Speed> {
        let (sum, time) = range
            .filter_map(|i| Some((self.speed.get(i)?, self.span(i))))
            .fold((0.0, 0.0), |(sum, time), (speed, span)| (sum + speed * span, time + span));
        (time > 0.0).then(|| Speed::from_meters_per_second(sum / time))
    }
}

/// What is doubtful about a sample: a set of the constants below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(u8);

impl Flags {
    /// Nothing is doubtful.
    pub const NONE: Self = Self(0);
    /// Between points 11 to 30 s apart: mean speed of the gap.
    pub const LOW_RESOLUTION: Self = Self(1);
    /// Between points more than 30 s apart: nothing is known.
    pub const GAP: Self = Self(1 << 1);
    /// Within 8 s of an impossible speed or position.
    pub const SPIKE: Self = Self(1 << 2);
    /// The timer stood still.
    pub const PAUSED: Self = Self(1 << 3);
    /// The timer stood still and the runner moved on meanwhile.
    pub const UNTRACKED: Self = Self(1 << 4);
    /// The receiver repeated one position while the body moved.
    pub const FROZEN: Self = Self(1 << 5);
    /// Heart rate copies the cadence here, or is doubtful for another reason.
    pub const DOUBTFUL_HEART_RATE: Self = Self(1 << 6);

    /// True when any flag of `other` is set.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Sets all flags of `other`.
    pub const fn insert(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Sets all flags of `other` on every sample.
    pub(crate) fn insert_all(samples: &mut [Self], other: Self) {
        for flags in samples {
            flags.insert(other);
        }
    }

    /// True when the speed of the sample should not carry a verdict: gap, spike, freeze or an untracked pause.
    pub const fn is_suspect(self) -> bool {
        self.has(Self(Self::GAP.0 | Self::SPIKE.0 | Self::FROZEN.0 | Self::UNTRACKED.0))
    }
}

/// Which signals a session has and where they come from.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Signals {
    /// Where speed comes from.
    pub speed: SpeedSource,
    /// True when enough of the moving time has a cadence that can be trusted.
    pub cadence: bool,
    /// True when there is heart rate.
    pub heart_rate: bool,
    /// Where altitude comes from.
    pub altitude: AltitudeSource,
    /// Median time between records, in seconds.
    pub interval_s: f64,
    /// True on a treadmill or an indoor track: the watch guesses its speed from the arm.
    pub indoor: bool,
    /// True when speed, distance and positions tell of different paces, and no two of them agree.
    pub disputed: bool,
}

/// Where speed comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpeedSource {
    /// The watch's own speed or distance.
    Device,
    /// Differences of positions, smoothed.
    Position,
    /// There is no speed.
    None,
}

names! {
    SpeedSource {
        Device => "device",
        Position => "position",
        None => "none",
    }
}

/// Where altitude comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AltitudeSource {
    /// A barometer, or as smooth as one.
    Barometric,
    /// The satellite receiver: too rough for short slopes.
    Gps,
    /// There is none that can be used.
    None,
}

names! {
    AltitudeSource {
        Barometric => "barometric",
        Gps => "gps",
        None => "none",
    }
}

/// How far heart rate as a whole can be trusted (0 to 1), and why not more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeartRateQuality {
    /// 0.95 for a strap, 0.6 for an optical or unknown sensor, less with doubts, 0 without heart rate.
    pub trust: f64,
    /// Share of the running or moving time in which heart rate copies the cadence.
    pub locked_share: f64,
}

/// A stretch that the watch's own detection named.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeviceGait {
    /// Run, walk or stand.
    pub kind: SplitKind,
    /// Its first sample.
    pub start: usize,
    /// The sample behind its last.
    pub end: usize,
}

/// A time in which the timer stood still.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pause {
    /// Its first sample.
    pub start: usize,
    /// The sample behind its last.
    pub end: usize,
    /// True when the runner moved on meanwhile, so that the time is untracked and not a stand.
    pub moved: bool,
}

/// The stretches in which the timer ran and something was recorded.
fn stretches(flags: &[Flags]) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_known = |flag: &Flags| !flag.has(Flags::PAUSED) && !flag.has(Flags::GAP);
    let mut end = 0;
    flags.chunk_by(move |a, b| is_known(a) == is_known(b)).filter_map(move |run| {
        end += run.len();
        is_known(&run[0]).then_some(end - run.len()..end)
    })
}
