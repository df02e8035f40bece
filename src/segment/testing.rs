//! Scripts of gaits as timelines, and bouts as text.

use std::fmt::Write;

use super::{Options, segment};
use crate::model::SplitKind;
use crate::timeline::{
    AltitudeSource, DeviceGait, Flags, HeartRateQuality, Pause, Series, Signals, SpeedSource, Timeline,
};
use crate::units::Timestamp;

/// Speed, cadence, grade and flags of one second.
type Column = (Option<f64>, Option<f64>, Option<f64>, Flags);

/// A timeline from lines such as `run 60s 2.6m/s 168spm`: the first word is for the reader, except `pause`.
///
/// A signal that a line does not name is missing; `12%` is a slope, `90m` a way that shows only afterwards. Speed and cadence sway by 0.1 m/s and 2 spm, as on a wrist; the
/// cadence follows the gait at once, as it does on the watches that we know.
pub fn timeline(script: &str) -> Timeline {
    let mut columns: Vec<Column> = Vec::new();
    let mut pauses = Vec::new();
    let mut jumps = Vec::new();
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let number = |unit: &str| line.split(' ').find_map(|word| word.strip_suffix(unit)?.parse::<f64>().ok());
        let len = number("s").expect("a line names its seconds") as usize;
        let start = columns.len();
        jumps.extend(number("m").map(|meters| (start + len, meters)));
        let mut flags = Flags::NONE;
        if line.starts_with("pause") {
            flags.insert(Flags::PAUSED);
            pauses.push(Pause { start, end: start + len, moved: false });
        }
        columns.extend((start..start + len).map(|i| {
            let sway = (i as f64 * 0.7).sin();
            let speed = number("m/s").map(|v| if v > 0.0 { v + 0.1 * sway } else { 0.0 });
            let cadence = number("spm").map(|spm| if spm > 0.0 { spm + 2.0 * sway } else { 0.0 });
            (speed, cadence, number("%").map(|percent| percent / 100.0), flags)
        }));
    }
    let mut meters = 0.0;
    let distance = columns.iter().enumerate().map(|(i, (speed, ..))| {
        meters += jumps.iter().filter(|jump| jump.0 == i).map(|jump| jump.1).sum::<f64>();
        let here = meters;
        meters += speed.unwrap_or(0.0);
        here
    });
    let distance = distance.collect();
    Timeline {
        start: Timestamp::from_unix_seconds(1_700_000_000),
        elapsed_s: columns.len() as f64,
        distance,
        total_distance: meters,
        speed: Series::from_options(columns.iter().map(|c| c.0)),
        cadence: Series::from_options(columns.iter().map(|c| c.1)),
        heart_rate: Series::missing(columns.len()),
        altitude: Series::missing(columns.len()),
        grade: Series::from_options(columns.iter().map(|c| c.2)),
        stance_ms: Series::missing(columns.len()),
        position: Vec::new(),
        flags: columns.iter().map(|c| c.3).collect(),
        signals: Signals {
            speed: if columns.iter().any(|c| c.0.is_some()) { SpeedSource::Device } else { SpeedSource::None },
            cadence: columns.iter().any(|c| c.1.is_some()),
            heart_rate: false,
            altitude: AltitudeSource::None,
            interval_s: 1.0,
            indoor: false,
            disputed: false,
        },
        edges: Vec::new(),
        device_gait: Vec::new(),
        pauses,
        heart_rate_quality: HeartRateQuality { trust: 0.0, locked_share: 0.0 },
        notes: Vec::new(),
    }
}

/// What the watch's own detection says, from lines such as `run 0..60`.
pub fn detection(script: &str) -> Vec<DeviceGait> {
    let gait = |line: &str| {
        let (kind, range) = line.trim().split_once(' ')?;
        let (start, end) = range.split_once("..")?;
        let kind = match kind {
            "run" => SplitKind::Run,
            "walk" => SplitKind::Walk,
            _ => SplitKind::Stand,
        };
        Some(DeviceGait { kind, start: start.parse().ok()?, end: end.parse().ok()? })
    };
    script.lines().filter_map(gait).collect()
}

/// The bouts of a timeline and its notes, a line each.
pub fn bouts(timeline: &Timeline) -> String {
    let segmentation = segment(timeline, Options { ignore_device_gait: false });
    let mut lines = String::new();
    for bout in segmentation.bouts {
        write!(lines, "{:?} {:?} by {:?}", bout.gait, bout.range, bout.evidence).expect("a string takes all");
        for stop in bout.crossings {
            write!(lines, ", stop {stop:?}").expect("a string takes all");
        }
        lines.push('\n');
    }
    for note in segmentation.notes {
        writeln!(lines, "{}: {}", note.id, note.message).expect("a string takes all");
    }
    lines
}
