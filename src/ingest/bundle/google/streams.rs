//! The tables of what was measured, by day or month, and what of them is of one time and one device.

use super::super::table::each_row;
use super::super::{ReadFile, has_ending};
use super::listed::american;
use crate::ingest::json::{Event, Scanner};
use crate::ingest::limits;
use crate::units::{Date, Timestamp, UtcOffset};

/// One line of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    millis: i64,
    /// The number of the device.
    source: u16,
    /// Up to three values, those that are missing no numbers.
    pub values: [f64; 3],
}

impl Row {
    /// When it was.
    pub const fn time(&self) -> Timestamp {
        Timestamp::from_unix_millis(self.millis)
    }

    /// Brings it to another clock.
    pub fn move_by(&mut self, seconds: f64) {
        self.millis = self.time().plus_seconds(seconds).as_unix_millis();
    }
}

/// All families of tables.
pub struct Streams {
    positions: Family,
    heart_rates: Family,
    old_heart_rates: Family,
    paces: Family,
}

impl Streams {
    /// The tables among the files of the export.
    pub fn new(names: &[&str]) -> Self {
        Self {
            positions: Family::new(names, "gps_location_", ["latitude", "longitude", "altitude"]),
            heart_rates: Family::new(names, "heart_rate_", ["beats per minute", "", ""]),
            old_heart_rates: Family::new(names, "heart_rate-", ["bpm", "confidence", ""]),
            paces: Family::new(names, "live_pace_", ["steps", "distance millimeters", ""]),
        }
    }

    /// The positions of a time.
    pub fn positions(&mut self, from: Timestamp, to: Timestamp, read: &mut ReadFile) -> Vec<Row> {
        self.positions.within(from, to, read)
    }

    /// The heart rates of a time.
    pub fn heart_rates(&mut self, from: Timestamp, to: Timestamp, read: &mut ReadFile) -> Vec<Row> {
        self.heart_rates.within(from, to, read)
    }

    /// The heart rates in JSON, by a clock that is not named. A confidence of nothing is no heart rate.
    pub fn old_heart_rates(&mut self, from: Timestamp, to: Timestamp, read: &mut ReadFile) -> Vec<Row> {
        let mut rows = self.old_heart_rates.within(from, to, read);
        rows.retain(|row| row.values[1] > 0.0 || row.values[1].is_nan());
        rows
    }

    /// Steps and way since the row before.
    pub fn paces(&mut self, from: Timestamp, to: Timestamp, read: &mut ReadFile) -> Vec<Row> {
        self.paces.within(from, to, read)
    }
}

/// Tables of one kind, each of which begins with the day in its name.
struct Family {
    columns: [&'static str; 3],
    files: Vec<(Date, String)>,
    sources: Vec<Vec<u8>>,
    /// The table that was read last, as the next session is likely in it, too.
    last: Option<(String, Vec<Row>)>,
}

/// A table covers a month at most, in days.
const LONGEST_DAYS: i32 = 31;

impl Family {
    fn new(names: &[&str], prefix: &str, columns: [&'static str; 3]) -> Self {
        let dated = |name: &&str| {
            let file = name.rsplit('/').next()?;
            let day = file.to_ascii_lowercase().strip_prefix(prefix)?.get(..10).and_then(Date::parse)?;
            Some((day, (*name).to_owned()))
        };
        let mut files: Vec<(Date, String)> = names.iter().filter_map(dated).collect();
        files.sort();
        Self { columns, files, sources: Vec::new(), last: None }
    }

    /// The rows of a time from the one device that has most of them, in the order of time.
    fn within(&mut self, from: Timestamp, to: Timestamp, read: &mut ReadFile) -> Vec<Row> {
        // A day on any clock.
        let (first, last) = (from.date(UtcOffset::UTC).plus_days(-1), to.date(UtcOffset::UTC).plus_days(1));
        let covers = |&at: &usize| {
            let begin = self.files[at].0;
            let end = self.files.get(at + 1).map_or(begin.plus_days(LONGEST_DAYS), |next| next.0);
            begin <= last && end >= first && first.days_since(begin) <= LONGEST_DAYS
        };
        let chosen: Vec<usize> = (0..self.files.len()).filter(covers).collect();
        let mut rows: Vec<Row> = Vec::new();
        for at in chosen {
            self.load(at, read);
            let all = self.last.as_ref().map_or(&[][..], |last| &last.1);
            let start = all.partition_point(|row| row.millis < from.as_unix_millis());
            rows.extend(all[start..].iter().take_while(|row| row.millis <= to.as_unix_millis()));
        }
        let mut counts = vec![0_usize; self.sources.len() + 1];
        for row in &rows {
            counts[usize::from(row.source)] += 1;
        }
        let most = (0..counts.len()).max_by_key(|&at| (counts[at], std::cmp::Reverse(at))).unwrap_or(0);
        rows.retain(|row| usize::from(row.source) == most);
        rows.sort_by_key(|row| row.millis);
        rows
    }

    fn load(&mut self, at: usize, read: &mut ReadFile) {
        let name = &self.files[at].1;
        if self.last.as_ref().is_some_and(|last| last.0 == *name) {
            return;
        }
        let bytes = read(name).unwrap_or_default();
        let mut rows =
            if has_ending(name, ".json") { documents(&bytes) } else { table(&bytes, self.columns, &mut self.sources) };
        rows.sort_by_key(|row| row.millis);
        self.last = Some((name.clone(), rows));
    }
}

/// Devices of one family. Nobody has as many.
const MOST_SOURCES: usize = 1000;

fn table(bytes: &[u8], columns: [&'static str; 3], sources: &mut Vec<Vec<u8>>) -> Vec<Row> {
    let mut rows = Vec::new();
    each_row(
        bytes,
        |header| header,
        |row| {
            let Some(time) = row.time("timestamp") else { return true };
            let source = row.bytes("data source").unwrap_or_default();
            let at = sources.iter().position(|known| known == source).unwrap_or_else(|| {
                if sources.len() < MOST_SOURCES {
                    sources.push(source.to_owned());
                }
                sources.len() - 1
            });
            let values = columns.map(|column| row.number(column).unwrap_or(f64::NAN));
            if values[0].is_finite() {
                rows.push(Row { millis: time.as_unix_millis(), source: at as u16, values });
            }
            rows.len() < limits::RECORDS
        },
    );
    rows
}

fn documents(bytes: &[u8]) -> Vec<Row> {
    let mut scanner = Scanner::new(bytes);
    let (mut rows, mut time, mut values) = (Vec::new(), None, [f64::NAN; 3]);
    while let Some(event) = scanner.next_event() {
        match event {
            Event::Open(b"") => (time, values) = (None, [f64::NAN; 3]),
            Event::Close(b"") => {
                if let (Some(time), true) = (time, values[0].is_finite()) {
                    rows.push(Row { millis: Timestamp::as_unix_millis(time), source: 0, values });
                }
            }
            Event::Leaf(b"dateTime", value) => time = american(value.text()),
            Event::Leaf(b"bpm", value) => values[0] = value.number().unwrap_or(f64::NAN),
            Event::Leaf(b"confidence", value) => values[1] = value.number().unwrap_or(f64::NAN),
            Event::Open(_) | Event::Close(_) | Event::Leaf(..) => {}
        }
        if rows.len() >= limits::RECORDS {
            break;
        }
    }
    rows
}
