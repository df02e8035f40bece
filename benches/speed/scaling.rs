//! What a record costs in activities of ten minutes to two days.

use std::hint::black_box;

use rehabrun::ingest;
use rehabrun::model::Format;

use super::{common, race};

/// Ten minutes, an hour, four hours, a day and two days.
const MINUTES: [usize; 5] = [10, 60, 240, 1440, 2880];

/// Prints for each format the nanoseconds a record takes to be read and audited, and the longest over the shortest.
pub fn print() {
    for format in [Format::Fit, Format::Gpx, Format::Tcx] {
        let costs = MINUTES.map(|minutes| cost(format, minutes));
        for (minutes, [read, audited]) in MINUTES.iter().zip(costs) {
            let name = format.name();
            println!("{name} of {minutes:4} min: {read:4.0} ns a record to read, {audited:4.0} ns to read and audit");
        }
        let ratio = |which: usize| costs[MINUTES.len() - 1][which] / costs[0][which];
        println!("{} 48h/10min a record ratio = {:.2}", format.name(), ratio(0));
        println!("{} audit 48h/10min a record ratio = {:.2}", format.name(), ratio(1));
    }
}

/// Nanoseconds a record to read, and to read and audit.
fn cost(format: Format, minutes: usize) -> [f64; 2] {
    let bytes = common::file(&common::activity(minutes), format);
    let settings = common::settings(false);
    let read = || ingest::read(black_box(&bytes));
    let times = race::in_turns(
        race::ENOUGH_OF_ONE,
        [&mut || drop(black_box(read())), &mut || drop(black_box(common::json_of(read(), &settings)))],
    );
    times.map(|time| time.as_secs_f64() * 1e9 / (60 * minutes) as f64)
}
