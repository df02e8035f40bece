//! One workout of the export, as it is written there.

use super::columns::{Columns, Kind};
use crate::ingest::xml::{self, Open};
use crate::model::Sport;
use crate::units::{Timestamp, UtcOffset, Zone};

/// One workout.
#[derive(Debug, Default)]
pub struct Workout {
    /// What it was, such as `Running`.
    pub activity: String,
    /// When it began, in seconds since 1970.
    pub start: u32,
    /// When it ended.
    pub end: u32,
    /// Time without pauses, in seconds.
    pub duration_s: Option<f64>,
    /// What wrote it.
    pub source: u16,
    /// The watch, as it names itself.
    pub device: Option<String>,
    /// Under a roof.
    pub indoor: bool,
    /// The zone of the runner's clock, else what the dates are written in, which is that of the day of the export.
    pub zone: Option<String>,
    /// The offset that the dates are written in.
    pub written_offset_s: Option<i32>,
    /// Distance in metres.
    pub distance_m: Option<f64>,
    /// Mean heart rate.
    pub mean_heart_rate: Option<f64>,
    /// Pauses, laps and segments.
    pub events: Events,
    /// Files of the route.
    pub routes: Vec<String>,
    /// True inside a part, which repeats what the workout has.
    pub in_part: bool,
}

/// What happened during a workout, in the order of the file.
pub type Events = Vec<Event>;

/// One event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What it was.
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// How long it lasted, in seconds.
    pub duration_s: Option<f64>,
}

/// What an event was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// The timer stopped, by the runner or by itself.
    Pause,
    /// It went on.
    Resume,
    /// A lap that the runner pressed.
    Lap,
    /// A stretch that the watch cut, each kilometre and each mile.
    Segment,
}

/// Events of one workout. A lap every ten seconds of a day is fewer.
const MOST_EVENTS: usize = 10_000;
/// Files of the route of one workout.
const MOST_ROUTES: usize = 100;

impl Workout {
    /// Begins a workout; `None` without a time.
    pub fn begin(open: &Open, columns: &mut Columns) -> Option<Self> {
        let mut workout = Self::default();
        let (mut start, mut end, mut duration, mut unit) = (None, None, None, "min".to_owned());
        let (mut distance, mut distance_unit) = (None, "km".to_owned());
        let (mut source, mut device) = (Vec::new(), None);
        for (name, value) in xml::attributes(open.attributes) {
            match name {
                b"workoutActivityType" => workout.activity = activity(&value),
                b"startDate" => start = xml::moment(&value),
                b"endDate" => end = xml::moment(&value),
                b"duration" => duration = xml::number(&value),
                b"durationUnit" => unit = xml::string(&value),
                b"totalDistance" => distance = xml::number(&value),
                b"totalDistanceUnit" => distance_unit = xml::string(&value),
                b"sourceName" => source = value.into_owned(),
                b"device" => device = Some(xml::string(&value)),
                _ => {}
            }
        }
        let (start, end) = (start?, end?);
        let second = |moment: Timestamp| u32::try_from(moment.as_unix_millis().div_euclid(1000)).ok();
        (workout.start, workout.end) = (second(start.time)?, second(end.time)?);
        workout.written_offset_s = start.offset_s;
        workout.duration_s = duration.map(|duration| duration * seconds_of(&unit)).filter(|s| *s > 0.0);
        workout.distance_m = distance.and_then(|way| Kind::Distance.in_our_unit(way, distance_unit.as_bytes()));
        workout.source = columns.source(&source, device.as_deref().map(str::as_bytes));
        workout.device = device.as_deref().and_then(device_name);
        Some(workout)
    }

    /// Takes in an element inside the workout.
    pub fn take(&mut self, open: &Open) {
        match open.name {
            b"WorkoutActivity" => self.in_part = !open.empty,
            b"WorkoutEvent" => self.take_event(open),
            b"WorkoutStatistics" if !self.in_part => self.take_statistics(open),
            b"MetadataEntry" if !self.in_part => self.take_metadata(open),
            b"FileReference" if self.routes.len() < MOST_ROUTES => {
                let path = xml::attributes(open.attributes).find(|(name, _)| *name == b"path");
                self.routes.extend(path.map(|(_, path)| xml::string(&path)));
            }
            _ => {}
        }
    }

    fn take_event(&mut self, open: &Open) {
        let (mut kind, mut at, mut duration, mut unit) = (None, None, None, "min".to_owned());
        for (name, value) in xml::attributes(open.attributes) {
            match name {
                b"type" => kind = event_kind(&value),
                b"date" => at = xml::moment(&value),
                b"duration" => duration = xml::number(&value),
                b"durationUnit" => unit = xml::string(&value),
                _ => {}
            }
        }
        let (Some(kind), Some(at)) = (kind, at) else { return };
        let duration_s = duration.map(|duration| duration * seconds_of(&unit)).filter(|s| *s > 0.0);
        let event = Event { kind, at: at.time, duration_s };
        // Parts repeat the events of the whole.
        let is_known = self.in_part && self.events.contains(&event);
        if !is_known && self.events.len() < MOST_EVENTS {
            self.events.push(event);
        }
    }

    fn take_statistics(&mut self, open: &Open) {
        let (mut kind, mut sum, mut average, mut unit) = (None, None, None, Vec::new());
        for (name, value) in xml::attributes(open.attributes) {
            match name {
                b"type" => kind = Kind::of(&value),
                b"sum" => sum = xml::number(&value),
                b"average" => average = xml::number(&value),
                b"unit" => unit = value.into_owned(),
                _ => {}
            }
        }
        match kind {
            Some(kind @ Kind::Distance) => {
                self.distance_m = sum.and_then(|way| kind.in_our_unit(way, &unit)).or(self.distance_m);
            }
            Some(kind @ Kind::HeartRate) => self.mean_heart_rate = average.and_then(|bpm| kind.in_our_unit(bpm, &unit)),
            _ => {}
        }
    }

    fn take_metadata(&mut self, open: &Open) {
        let of = |wanted: &[u8]| xml::attributes(open.attributes).find(|(name, _)| *name == wanted).map(|(_, v)| v);
        let (Some(key), Some(value)) = (of(b"key"), of(b"value")) else { return };
        match &*key {
            b"HKIndoorWorkout" => self.indoor = &*value == b"1",
            b"HKTimeZone" => self.zone = Some(xml::string(&value)),
            _ => {}
        }
    }

    /// The sport, as far as it decides whether and how it is judged.
    pub fn sport(&self) -> Sport {
        match self.activity.as_str() {
            "Running" => Sport::Running,
            "Walking" | "Hiking" => Sport::Walking,
            "WheelchairRunPace" | "WheelchairWalkPace" => Sport::Wheelchair,
            _ => Sport::Other,
        }
    }

    /// True for what is judged, or listed as a walk.
    pub fn is_on_foot(&self) -> bool {
        self.sport() != Sport::Other && self.end > self.start
    }

    /// The runner's clock: by the zone that the watch was in, else as the dates are written.
    pub fn utc_offset(&self) -> Option<UtcOffset> {
        let zone = self.zone.as_deref().and_then(Zone::from_name);
        let of_zone = zone.map(|zone| zone.offset_at(self.started()));
        of_zone.or_else(|| UtcOffset::from_seconds(i64::from(self.written_offset_s?)))
    }

    /// When it began.
    pub fn started(&self) -> Timestamp {
        Timestamp::from_unix_seconds(i64::from(self.start))
    }

    /// A name as of a file, such as `2026-06-15 06.30.00 running`.
    pub fn name(&self) -> String {
        let local = self.started().to_rfc3339(Some(self.utc_offset().unwrap_or(UtcOffset::UTC)));
        let (day, time) = local.split_once('T').unwrap_or((&local, ""));
        let time: String = time.chars().take(8).map(|c| if c == ':' { '.' } else { c }).collect();
        format!("{day} {time} {}", self.activity.to_lowercase())
    }
}

/// `Running` of `HKWorkoutActivityTypeRunning`.
fn activity(value: &[u8]) -> String {
    let name = xml::string(value);
    name.strip_prefix("HKWorkoutActivityType").map_or(name.clone(), str::to_owned)
}

/// Seconds of a unit of time.
fn seconds_of(unit: &str) -> f64 {
    match unit {
        "s" | "sec" => 1.0,
        "hr" | "h" => 3600.0,
        _ => 60.0,
    }
}

/// `Apple Watch` of a description with addresses and versions. The name of the source is left out, as it holds that of
/// the runner.
fn device_name(description: &str) -> Option<String> {
    let (_, rest) = description.split_once("name:")?;
    let name = rest.split([',', '>']).next()?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

fn event_kind(value: &[u8]) -> Option<EventKind> {
    Some(match value.strip_prefix(b"HKWorkoutEventType")? {
        b"Pause" | b"MotionPaused" => EventKind::Pause,
        b"Resume" | b"MotionResumed" => EventKind::Resume,
        b"Lap" => EventKind::Lap,
        b"Segment" => EventKind::Segment,
        _ => return None,
    })
}
