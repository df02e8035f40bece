//! What the watch wrote: sessions with their records, laps, splits, pauses and workout, before any judgement.

mod note;
mod record;
mod structure;

pub use note::{Note, NoteId};
pub use record::{Motion, Record};
pub use structure::{Intensity, Lap, LapTrigger, Pause, Split, SplitKind, StepDuration, StepTarget, WorkoutStep};

use crate::units::{Distance, HeartRate, Timestamp, UtcOffset};

/// Everything that one activity file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// The format that the bytes were in.
    pub format: Format,
    /// The watch or program that wrote the file, as it names itself.
    pub device: Option<String>,
    /// What the watch knows about the runner.
    pub profile: Profile,
    /// The sessions in the order of the file; a plain run is one, a triathlon several.
    pub sessions: Vec<Session>,
    /// Every fault met and repair made while reading.
    pub notes: Vec<Note>,
}

impl Activity {
    /// True when a checksum does not fit, so that any value may be another than the watch wrote.
    pub fn is_damaged(&self) -> bool {
        self.notes.iter().any(|note| [NoteId::CrcMismatch, NoteId::CompressedDataDamaged].contains(&note.id))
    }
}

/// The format of an activity file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Flexible and Interoperable Data Transfer, Garmin's binary format.
    Fit,
    /// GPS Exchange Format.
    Gpx,
    /// Training Center XML.
    Tcx,
    /// A workout of an Apple Health export.
    AppleHealth,
    /// A training session of a Polar Flow export.
    Polar,
    /// The log of a Suunto watch in JSON.
    Suunto,
    /// The motion paths of a Huawei Health export.
    Huawei,
}

names! {
    Format {
        Fit => "fit",
        Gpx => "gpx",
        Tcx => "tcx",
        AppleHealth => "apple-health",
        Polar => "polar",
        Suunto => "suunto",
        Huawei => "huawei",
    }
}

impl Format {
    /// True where cadence was worked out from counted steps, so that there is no doubt about what it counts.
    pub const fn counts_steps(self) -> bool {
        matches!(self, Self::AppleHealth | Self::Huawei)
    }
}

/// What the watch knows about the runner. It was often never set, so it ranks below what the runner says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Age in years.
    pub age: Option<u8>,
    /// Resting heart rate.
    pub resting_heart_rate: Option<HeartRate>,
    /// Highest heart rate, for running where the watch tells them apart.
    pub max_heart_rate: Option<HeartRate>,
    /// Threshold heart rate.
    pub threshold_heart_rate: Option<HeartRate>,
}

/// One activity of one sport, from start to stop.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// The sport, as far as it matters here.
    pub sport: Sport,
    /// The sport as the file names it, such as `running/treadmill`; empty when it does not.
    pub sport_name: String,
    /// The title that the runner or the watch gave.
    pub name: Option<String>,
    /// True on a treadmill or an indoor track, where positions mean nothing.
    pub indoor: bool,
    /// The start as the file states it; records may begin a little later.
    pub start: Option<Timestamp>,
    /// The runner's clock, where the file gives it.
    pub utc_offset: Option<UtcOffset>,
    /// Time from start to end with all pauses, as the file states it.
    pub elapsed_s: Option<f64>,
    /// Time without the pauses, as the file states it.
    pub timer_s: Option<f64>,
    /// Distance as the file states it.
    pub distance: Option<Distance>,
    /// Mean heart rate as the file states it.
    pub mean_heart_rate: Option<HeartRate>,
    /// Which sensors the watch says it had.
    pub sensors: Sensors,
    /// Perceived effort on the CR10 scale of 0 to 10, where the runner entered it.
    pub rpe: Option<f64>,
    /// How the runner felt, from 0, very weak, to 100, very strong, where she entered it.
    pub feel: Option<u8>,
    /// The records in the order of the file, repeated and backward times included.
    pub records: Vec<Record>,
    /// The laps in the order of the file.
    pub laps: Vec<Lap>,
    /// What the watch's own detection or workout cut the session into.
    pub splits: Vec<Split>,
    /// When the timer stood still.
    pub pauses: Vec<Pause>,
    /// The workout the runner had loaded, with repeats written out.
    pub workout: Vec<WorkoutStep>,
}

impl Session {
    /// A session with nothing in it yet.
    pub fn new(sport: Sport) -> Self {
        Self {
            sport,
            sport_name: String::new(),
            name: None,
            indoor: false,
            start: None,
            utc_offset: None,
            elapsed_s: None,
            timer_s: None,
            distance: None,
            mean_heart_rate: None,
            sensors: Sensors::default(),
            rpe: None,
            feel: None,
            records: Vec::new(),
            laps: Vec::new(),
            splits: Vec::new(),
            pauses: Vec::new(),
            workout: Vec::new(),
        }
    }
}

/// Which sensors the watch says it had; `None` where the file does not list them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sensors {
    /// True with a strap or another heart-rate sensor apart from the watch, false with the watch's own alone.
    pub heart_rate_strap: Option<bool>,
    /// True when altitude comes from a barometer, false when it comes from satellites.
    pub barometer: Option<bool>,
}

/// The sport of a session, as far as it decides whether and how the session is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sport {
    /// Running on any ground, treadmill included.
    Running,
    /// Walking or hiking: on foot, but not a run.
    Walking,
    /// In a wheelchair: gait classes do not apply.
    Wheelchair,
    /// A sport that is not on foot.
    Other,
    /// The file does not say.
    Unknown,
}

names! {
    Sport {
        Running => "running",
        Walking => "walking",
        Wheelchair => "wheelchair",
        Other => "other",
        Unknown => "unknown",
    }
}
