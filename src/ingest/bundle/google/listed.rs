//! The lists of exercises.

use std::collections::BTreeSet;

use super::super::table::each_row;
use super::super::{Maker, ReadFile, has_ending, is_list_of};
use crate::ingest::json::{Event, Scanner, Value};
use crate::ingest::{clock, limits, sport, xml};
use crate::model::Sport;
use crate::units::{Timestamp, UtcOffset};

/// One exercise as a list has it.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// Its number in the export.
    id: String,
    /// Its sport in the words of the list.
    pub name: String,
    /// The sport.
    pub sport: Sport,
    /// When it began, on UTC or on a clock without an offset.
    pub start: Timestamp,
    /// True where that is UTC.
    pub is_utc: bool,
    /// The runner's clock, where it is known.
    pub offset: Option<UtcOffset>,
    /// Its whole time in seconds.
    pub elapsed_s: f64,
    /// The same without pauses.
    pub timer_s: Option<f64>,
    /// Metres.
    pub distance_m: Option<f64>,
    /// Mean heart rate.
    pub mean_heart_rate: Option<f64>,
}

/// The exercises on foot in the order of time, and how many others there are.
pub fn read(names: &[&str], read: &mut ReadFile) -> (Vec<Exercise>, usize) {
    let (mut all, mut known, mut n_others): (Vec<Exercise>, BTreeSet<String>, usize) = (Vec::new(), BTreeSet::new(), 0);
    let mut take = |exercise: Exercise| {
        let is_new = exercise.id.is_empty() || known.insert(exercise.id.clone());
        match exercise.sport {
            _ if !is_new => {}
            Sport::Running | Sport::Walking | Sport::Wheelchair => all.push(exercise),
            Sport::Other | Sport::Unknown => n_others += 1,
        }
        known.len() < limits::EXPORT_WORKOUTS
    };
    let lists = names.iter().filter(|name| is_list_of(Maker::Google, name));
    // The tables come first: they name the clock.
    let (tables, documents): (Vec<&&str>, Vec<&&str>) = lists.partition(|name| has_ending(name, ".csv"));
    for name in tables {
        if let Some(bytes) = read(name) {
            of_table(&bytes, &mut take);
        }
    }
    for name in documents {
        if let Some(bytes) = read(name) {
            of_document(&bytes, &mut take);
        }
    }
    all.sort_by_key(|exercise| exercise.start);
    (all, n_others)
}

fn of_table(bytes: &[u8], take: &mut impl FnMut(Exercise) -> bool) {
    each_row(
        bytes,
        |header| header,
        |row| {
            let (Some(start), Some(end)) = (row.time("exercise_start"), row.time("exercise_end")) else { return true };
            let name = row.text("activity_name").unwrap_or_default();
            let positive = |column| row.number(column).filter(|number| *number > 0.0);
            let way_mm =
                positive("tracker_total_distance_mm").or_else(|| positive("manually_logged_total_distance_mm"));
            take(Exercise {
                id: row.text("exercise_id").unwrap_or_default(),
                sport: sport::of(&name),
                name,
                start,
                is_utc: true,
                offset: row.text("utc_offset").and_then(|text| clock::offset(&text)),
                elapsed_s: end.seconds_since(start).max(0.0),
                timer_s: positive("active_duration_ms").map(|ms| ms / 1000.0),
                distance_m: way_mm.map(|mm| mm / 1000.0),
                mean_heart_rate: positive("tracker_avg_heart_rate"),
            })
        },
    );
}

fn of_document(bytes: &[u8], take: &mut impl FnMut(Exercise) -> bool) {
    let mut scanner = Scanner::new(bytes);
    let mut parts = Parts::default();
    while let Some(event) = scanner.next_event() {
        match event {
            // An exercise is an object of the list; those inside it have keys.
            Event::Open(b"") => parts = Parts::default(),
            Event::Close(b"") => {
                if std::mem::take(&mut parts).exercise().is_some_and(|exercise| !take(exercise)) {
                    return;
                }
            }
            Event::Leaf(key, value) if scanner.above(0).is_empty() => parts.set(key, &value),
            Event::Open(_) | Event::Close(_) | Event::Leaf(..) => {}
        }
    }
}

/// The parts of an exercise in JSON.
#[derive(Debug, Default)]
struct Parts {
    id: String,
    name: String,
    start: Option<Timestamp>,
    elapsed_ms: Option<f64>,
    active_ms: Option<f64>,
    distance: Option<f64>,
    is_in_miles: bool,
    mean_heart_rate: Option<f64>,
}

impl Parts {
    fn set(&mut self, key: &[u8], value: &Value) {
        let positive = || value.number().filter(|number| *number > 0.0);
        match key {
            b"logId" => {
                self.id = value.number().map_or_else(|| value.text().to_owned(), |number| format!("{number:.0}"));
            }
            b"activityName" => self.name = value.text().chars().take(limits::NAME_CHARS).collect(),
            b"startTime" => self.start = american(value.text()),
            b"duration" | b"originalDuration" => self.elapsed_ms = self.elapsed_ms.or(positive()),
            b"activeDuration" => self.active_ms = positive(),
            b"distance" => self.distance = positive(),
            b"distanceUnit" => self.is_in_miles = value.text().eq_ignore_ascii_case("mile"),
            b"averageHeartRate" => self.mean_heart_rate = positive(),
            _ => {}
        }
    }

    fn exercise(self) -> Option<Exercise> {
        let elapsed_s = self.elapsed_ms.or(self.active_ms)? / 1000.0;
        let to_meters = if self.is_in_miles { 1609.344 } else { 1000.0 };
        Some(Exercise {
            id: self.id,
            sport: sport::of(&self.name),
            name: self.name,
            start: self.start?,
            is_utc: false,
            offset: None,
            elapsed_s,
            timer_s: self.active_ms.map(|ms| ms / 1000.0),
            distance_m: self.distance.map(|distance| distance * to_meters),
            mean_heart_rate: self.mean_heart_rate,
        })
    }
}

/// A moment such as `07/11/26 14:55:42`, as if it were UTC.
pub fn american(text: &str) -> Option<Timestamp> {
    let (date, time) = text.split_once(' ')?;
    let mut parts = date.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let year = if year.len() == 2 { format!("20{year}") } else { year.to_owned() };
    xml::moment(format!("{year}-{month:0>2}-{day:0>2} {time}").as_bytes()).map(|moment| moment.time)
}
