//! What is done with records in another order, and what is said of it.

use expect_test::{Expect, expect};

use super::*;
use crate::model::Sport;
use crate::units::{Distance, Timestamp};

/// A record at a second and a distance, `None` where it has none.
fn record(second: i64, meters: Option<f64>) -> Record {
    let mut record = Record::default();
    record.set_time(Timestamp::from_unix_seconds(1_700_000_000 + second));
    record.set_distance(Distance::from_meters(meters.unwrap_or(f64::NAN)));
    record
}

/// Records a second apart at 3 m/s, by the seconds on the clock and those of the run.
fn run(clock: std::ops::Range<i64>, since_start: i64) -> Vec<Record> {
    let first = clock.start;
    clock.map(|t| record(t, Some(3.0 * (t - first + since_start) as f64))).collect()
}

fn check(records: Vec<Record>, elapsed_s: Option<f64>, expected: &Expect) {
    let session = Session { elapsed_s, records, ..Session::new(Sport::Running) };
    let mut notes = Vec::new();
    let mut text = match in_order(&session, Format::Fit, &mut notes) {
        Err(error) => format!("{error}\n"),
        Ok(None) => "as it is\n".to_owned(),
        Ok(Some(session)) => {
            let times = || session.records.iter().filter_map(Record::time);
            let span = times().max().zip(times().min()).map_or(0.0, |(last, first)| last.seconds_since(first));
            let rises = session.records.is_sorted_by_key(Record::time);
            format!("{} records over {span} s, rising: {rises}\n", session.records.len())
        }
    };
    for note in notes {
        text += &format!("{}: {}\n", note.id, note.message);
    }
    expected.assert_eq(&text);
}

#[test]
fn a_plain_session_stays_as_it_is() {
    check(
        run(0..100, 0),
        None,
        &expect![[r#"
        as it is
    "#]],
    );
    check(
        [run(0..100, 0), run(400..500, 100)].concat(),
        None,
        &expect![[r#"
        as it is
    "#]],
    );
}

#[test]
fn blocks_are_put_in_order() {
    check(
        [run(100..200, 100), run(0..100, 0)].concat(),
        None,
        &expect![[r#"
        200 records over 199 s, rising: true
        records-out-of-order: the records stand in the file in another order than that of time (2 blocks); they were put in order
    "#]],
    );
    check(
        run(0..200, 0).into_iter().rev().collect(),
        None,
        &expect![[r#"
        200 records over 199 s, rising: true
        records-newest-first: 1 block of records stands newest first; the records were put in the order of time
    "#]],
    );
}

#[test]
fn a_clock_that_was_set_is_followed() {
    check(
        [run(0..100, 0), run(3700..3800, 100)].concat(),
        None,
        &expect![[r#"
        200 records over 199 s, rising: true
        clock-set: the watch set its clock forward by 1:00:00 after 1:39; the session went on meanwhile, so the jump was taken out
    "#]],
    );
    check(
        [run(4000..4100, 0), run(500..600, 100)].concat(),
        None,
        &expect![[r#"
        200 records over 199 s, rising: true
        clock-set: the watch set its clock back by 1:00:00 after 1:39; the session went on meanwhile, so the jump was taken out
    "#]],
    );
    check(
        [run(0..100, 0), run(1000..1100, 100)].concat(),
        Some(200.0),
        &expect![[r#"
        200 records over 200 s, rising: true
        clock-set: the watch set its clock forward by 14:59 after 1:39; the session went on meanwhile, so the jump was taken out
    "#]],
    );
}

#[test]
fn a_few_wrong_readings_are_left_out() {
    let mut records = run(0..200, 0);
    records[50] = record(5_000_000, Some(150.0));
    records[120] = record(40, Some(360.0));
    check(
        records,
        None,
        &expect![[r#"
        198 records over 199 s, rising: true
        clock-jump: dropped 1 record hours or days away from the others
        time-backwards: dropped 1 record whose time runs backwards
    "#]],
    );
}

#[test]
fn what_nothing_tells_is_not_guessed() {
    let bare = |seconds: std::ops::Range<i64>| seconds.map(|t| record(t, None)).collect::<Vec<_>>();
    check(
        [bare(4000..4100), bare(500..600)].concat(),
        None,
        &expect![[r#"
        its clock jumps, and nothing in the file shows in which order its parts belong
    "#]],
    );
    check(
        [bare(0..100), bare(90_000..90_100)].concat(),
        None,
        &expect![[r#"
        its clock jumps, and nothing in the file shows in which order its parts belong
    "#]],
    );
}
