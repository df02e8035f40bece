//! Files that are cut, damaged or hostile.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::super::decode;
use super::super::testing::{T0, Value, Writer, step};
use super::describe;
use crate::model::{Activity, NoteId, Record};

#[test]
fn damage_costs_what_it_hit() {
    // The sixth record, the one of second 5, is at bytes 77 to 82.
    check_damage(
        |file| drop(file.drain(80..83)),
        &expect![[r#"
        Running "running", from 0, Some(12.0) s
          0 1 2 3 4 6 7 8 9 10 11 hr=100
        note file-cut-short: the file is shorter than it says by 3 bytes; what is there was read
        note damaged-bytes: passed over 3 damaged bytes within the file
    "#]],
    );
    check_damage(
        |file| file.insert(80, 7),
        &expect![[r#"
            Running "running", from 0, Some(12.0) s
              0 1 2 3 4 6 7 8 9 10 11 hr=100
            note length-wrong: the file holds more data than it says; all were read
            note damaged-bytes: passed over 7 damaged bytes within the file
        "#]],
    );
    check_damage(
        |file| file[82] ^= 0x10,
        &expect![[r#"
        Running "running", from 0, Some(12.0) s
          0 1 2 3 4 5 hr=116
          6 7 8 9 10 11 hr=100
        note crc-mismatch: the checksum of the file is wrong: some of its data may be damaged
    "#]],
    );
    check_damage(
        |file| file[81] = 0xFF,
        &expect![[r#"
            Running "running", from 0, Some(12.0) s
              0 1 2 3 4 ? 6 7 8 9 10 11 hr=100
            note crc-mismatch: the checksum of the file is wrong: some of its data may be damaged
            note time-missing: found no time that can be right in 1 record
        "#]],
    );
    check_damage(
        |file| file[77] = 0x0A,
        &expect![[r#"
        Running "running", from 0, Some(12.0) s
          0 1 2 3 4 6 7 8 9 10 11 hr=100
        note crc-mismatch: the checksum of the file is wrong: some of its data may be damaged
        note damaged-bytes: passed over 6 damaged bytes within the file
    "#]],
    );
}

#[test]
fn a_wrong_length_hides_nothing() {
    check_damage(
        |file| file.truncate(100),
        &expect![[r#"
        Unknown "", from 0, None s
          0 1 2 3 4 5 6 7 hr=100
        note file-cut-short: the file is shorter than it says by 57 bytes; what is there was read
        note no-session-message: the file has no summary of its session, as when it was cut off
    "#]],
    );
    check_damage(
        |file| file[4..8].fill(0),
        &expect![[r#"
        Running "running", from 0, Some(12.0) s
          0 1 2 3 4 5 6 7 8 9 10 11 hr=100
        note file-not-closed: the watch did not finish this file, as when its battery ran out; what it wrote was read
    "#]],
    );
    check_damage(
        |file| file[4] = 60,
        &expect![[r#"
        Running "running", from 0, Some(12.0) s
          0 1 2 3 4 5 6 7 8 9 10 11 hr=100
        note length-wrong: the file holds more data than it says; all were read
    "#]],
    );
    check_damage(
        |file| file.extend([0; 40]),
        &expect![[r#"
        Running "running", from 0, Some(12.0) s
          0 1 2 3 4 5 6 7 8 9 10 11 hr=100
        note trailing-bytes: left out 40 bytes behind the end of the file
    "#]],
    );
}

/// The seconds of the records, each with a heart rate of 100, that are left of twelve after some damage.
#[track_caller]
fn check_damage(change: fn(&mut Vec<u8>), expected: &Expect) {
    let mut file = Writer::activity().records(0..12, 100).session(0, 12, 1, 0).finish();
    assert_eq!(file[77..82], [&[1][..], &(T0 + 5).to_le_bytes()].concat());
    change(&mut file);
    let text = describe(&decode(&file).expect("an activity"));
    expected.assert_eq(&text.replace(" hr=100\n ", ""));
}

#[test]
fn memory_stays_in_proportion() {
    // Records of one byte: a compressed header and no field at all.
    let file = Writer::activity().define(1, 20, &[]).raw(&vec![0xA0; 3_000_000]).finish();
    let activity = decode(&file).expect("an activity");
    assert_eq!(activity.sessions[0].records.len(), 2_000_000);
    assert!(activity.notes.iter().any(|note| note.id == NoteId::TooMuchData));

    let lap = Writer::activity().records(0..1, 100).define(1, 19, &[[2, 4, 0x86]]);
    let activity = decode(&lap.raw(&[1, 1, 1, 1, 1].repeat(100_000)).finish()).expect("an activity");
    assert_eq!(activity.sessions[0].laps.len(), 4096);

    let chained = Writer::activity().records(0..1, 100).finish().repeat(1000);
    assert_eq!(decode(&chained).expect("an activity").sessions.len(), 100);
}

#[test]
fn a_file_cut_anywhere_gives_a_prefix_of_its_records() {
    let file = rich_file();
    let whole = records(&decode(&file).expect("an activity"));
    for end in 0..file.len() {
        if let Ok(activity) = decode(&file[..end]) {
            let cut = records(&activity);
            assert_eq!(cut, whole[..cut.len()], "cut at {end}");
            assert!(!activity.notes.is_empty(), "cut at {end} and not told");
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = decode(&bytes);
        let _ = decode(&Writer::activity().raw(&bytes).finish());
    }

    #[test]
    fn lost_bytes_cost_few_records_and_make_none_up(at in 60_usize..2900, n_lost in 1_usize..40) {
        let mut file = steady_file();
        let whole = records(&decode(&file).expect("an activity"));
        file.drain(at..at + n_lost);
        let left = records(&decode(&file).expect("an activity"));
        let n_true = left.iter().filter(|record| whole.contains(record)).count();
        prop_assert!(left.len() - n_true <= 1, "{} made up", left.len() - n_true);
        prop_assert!(n_true + 8 >= whole.len(), "{} of {} left", n_true, whole.len());
    }

    #[test]
    fn no_damage_panics(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        (from, to) in any::<(prop::sample::Index, prop::sample::Index)>(),
    ) {
        let mut file = rich_file();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        let _ = decode(&file);
        let (from, to) = (from.index(file.len()), to.index(file.len()));
        file.extend_from_within(from.min(to)..from.max(to));
        let _ = decode(&file);
        file.drain(from.min(to)..from.max(to));
        let _ = decode(&file);
    }
}

/// A file of 200 records that all differ, of 15 bytes each, from byte 56 on.
fn steady_file() -> Vec<u8> {
    let fields = [[253, 4, 0x86], [5, 4, 0x86], [78, 4, 0x86], [3, 1, 2], [4, 1, 2]];
    let file = (0..200).fold(Writer::activity().define(0, 20, &fields), |file, second| {
        let words = [T0 + second, second * 260, 2600 + second % 7].map(u32::to_le_bytes).concat();
        file.raw(&[0]).raw(&words).raw(&[120 + (second % 40) as u8, 80])
    });
    file.session(0, 200, 1, 0).finish()
}

/// A file with something of everything in it.
fn rich_file() -> Vec<u8> {
    let file = Writer::activity().records(0..20, 120).timer(20, 4).timer(40, 0).records(40..50, 130);
    let file = file.define(1, 20, &[[3, 1, 2]]).raw(&[0xA0, 130, 0xA5, 131]);
    let file = file.message(19, &[(2, Value::U32(T0)), (7, Value::U32(20_000)), (71, Value::U16(0))]);
    let file = file.message(312, &[(0, Value::Enum(17)), (9, Value::U32(T0)), (27, Value::U32(T0 + 19))]);
    let file = step(file.message(26, &[(8, Value::Text("easy"))]), 0, (0, 1000), 2, &[]);
    let file = step(file, 1, (6, 0), 2, &[(4, Value::U32(3))]);
    let beat = [(253, Value::U32(T0)), (9, Value::U32(77)), (6, Value::U8(99))];
    let file = file.message(132, &beat).message(132, &[(6, Value::Raw(2, &[98, 97])), (10, Value::Raw(13, &[1; 3]))]);
    let file = file.message(34, &[(253, Value::U32(T0)), (5, Value::U32(T0 + 7200))]);
    file.session(0, 30, 1, 1).session(30, 40, 11, 0).finish()
}

fn records(activity: &Activity) -> Vec<Record> {
    activity.sessions.iter().flat_map(|session| session.records.clone()).collect()
}
