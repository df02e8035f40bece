//! What a record says, however it is written.

use expect_test::expect;

use super::super::testing::{T0, Value, Writer};
use super::check;

#[test]
fn enhanced_fields_win_over_plain_ones() {
    let plain = [(2, Value::U16(2600)), (6, Value::U16(2500))];
    let enhanced = [(78, Value::U32(2605)), (73, Value::U32(2555))];
    let invalid = [(78, Value::U32(u32::MAX)), (73, Value::U32(u32::MAX))];
    check(
        Writer::activity()
            .record(0, &plain)
            .record(1, &[enhanced, plain].concat())
            .record(2, &[plain, enhanced].concat())
            .record(3, &[plain, invalid].concat()),
        &expect![[r#"
            Unknown "", from 0, None s
              0 alt=20 speed=2.5
              1 alt=21 speed=2.555
              2 alt=21 speed=2.555
              3 alt=20 speed=2.5
            note no-session-message: the file has no summary of its session, as when it was cut off
        "#]],
    );
}

#[test]
fn cadence_has_its_fraction() {
    check(
        Writer::activity()
            .record(0, &[(4, Value::U8(79))])
            .record(1, &[(4, Value::U8(79)), (53, Value::U8(64))])
            .record(2, &[(53, Value::U8(64))])
            .record(3, &[(4, Value::U8(0))])
            .record(4, &[(52, Value::U16(20_288))]),
        &expect![[r#"
            Unknown "", from 0, None s
              0 cad=79
              1 cad=79.5
              2
              3 cad=0
              4 cad=79.25
            note no-session-message: the file has no summary of its session, as when it was cut off
        "#]],
    );
}

#[test]
fn invalid_values_are_missing() {
    let place = [(0, Value::I32(614_507_218)), (1, Value::I32(-1_234_567))];
    let body = [(3, Value::U8(140)), (41, Value::U16(2703)), (42, Value::Enum(6)), (31, Value::U8(3))];
    check(
        Writer::activity()
            .record(0, &[&place[..], &body, &[(5, Value::U32(123_456))]].concat())
            .record(1, &[(0, Value::I32(i32::MAX)), (1, Value::I32(5)), (5, Value::U32(u32::MAX))])
            .record(2, &[(3, Value::U8(0)), (42, Value::Enum(200)), (31, Value::U8(255))]),
        &expect![[r#"
            Unknown "", from 0, None s
              0 lat=51.5074 lon=-0.10348 gps=3 dist=1234.56 hr=140 stance=270.3 Walking
              1
              2
            note no-session-message: the file has no summary of its session, as when it was cut off
        "#]],
    );
}

#[test]
fn the_base_type_of_the_file_counts() {
    check(
        Writer::activity()
            .record(0, &[(3, Value::U16(150))])
            .record(1, &[(78, Value::F32(3117.5))])
            .record(2, &[(3, Value::Raw(0xFF, &[150]))])
            .record(3, &[(3, Value::Raw(0x84, &[150]))])
            .record(4, &[(3, Value::Raw(0x02, &[]))])
            .record(5, &[(3, Value::Raw(0x02, &[150, 160, 170]))])
            .record(6, &[(3, Value::Text("150"))]),
        &expect![[r#"
            Unknown "", from 0, None s
              0 hr=150
              1 alt=123.5
              2 hr=150
              3
              4
              5 hr=150
              6
            note no-session-message: the file has no summary of its session, as when it was cut off
        "#]],
    );
}

#[test]
fn a_time_may_have_any_width_and_none_may_be_there() {
    let wide = u64::from(T0).to_le_bytes();
    check(
        Writer::activity()
            .message(20, &[(253, Value::Raw(0x8F, &wide)), (3, Value::U8(100))])
            .message(20, &[(253, Value::Raw(0x8F, &[0xFE; 8])), (3, Value::U8(101))])
            .message(20, &[(3, Value::U8(102))]),
        &expect![[r#"
            Unknown "", from 0, None s
              0 hr=100
              ? hr=101
              ? hr=102
            note time-missing: found no time that can be right in 2 records
            note no-session-message: the file has no summary of its session, as when it was cut off
        "#]],
    );
}

#[test]
fn the_highest_byte_may_come_first() {
    let place = [(0, Value::I32(614_507_218)), (1, Value::I32(-1_234_567))];
    let rest = [(5, Value::U32(123_456)), (2, Value::U16(2600)), (3, Value::U8(150))];
    check(
        Writer::activity().big_endian().record(0, &[&place[..], &rest].concat()),
        &expect![[r#"
        Unknown "", from 0, None s
          0 lat=51.5074 lon=-0.10348 dist=1234.56 alt=20 hr=150
        note no-session-message: the file has no summary of its session, as when it was cut off
    "#]],
    );
}

#[test]
fn developer_fields_are_passed_over_whatever_their_number_and_size() {
    // Developer fields 3 and 253, of 3 and 1 bytes, behind a native time and heart rate.
    let definition = [0x61, 0, 0, 20, 0, 2, 253, 4, 0x86, 3, 1, 2, 2, 3, 3, 0, 253, 1, 7];
    let record = |second: u32, bpm| [&[1][..], &(T0 + second).to_le_bytes(), &[bpm, 7, 7, 7, 9]].concat();
    check(
        Writer::activity().raw(&definition).raw(&record(0, 100)).raw(&record(1, 101)),
        &expect![[r#"
        Unknown "", from 0, None s
          0 hr=100
          1 hr=101
        note no-session-message: the file has no summary of its session, as when it was cut off
    "#]],
    );
}

#[test]
fn compressed_times_count_on_and_roll_over() {
    let compressed = |file: Writer, second: u32| file.raw(&[0x80 | 1 << 5 | ((T0 + second) & 0x1F) as u8, 120]);
    let mut file = Writer::activity().record(0, &[(3, Value::U8(119))]).define(1, 20, &[[3, 1, 2]]);
    for second in [1, 20, 40, 71] {
        file = compressed(file, second);
    }
    check(
        file,
        &expect![[r#"
        Unknown "", from 0, None s
          0 hr=119
          1 hr=120
          20 hr=120
          40 hr=120
          71 hr=120
        note no-session-message: the file has no summary of its session, as when it was cut off
    "#]],
    );
}

#[test]
fn compressed_speed_and_distance_are_unpacked() {
    let packed = |speed: u32, distance: u32| ((distance & 0xFFF) << 12 | speed).to_le_bytes();
    let record = |file: Writer, second, speed, distance| {
        file.record(second, &[(8, Value::Raw(0x0D, &packed(speed, distance)[..3]))])
    };
    let file = record(Writer::activity(), 0, 250, 4000);
    let file = record(file, 1, 260, 4200);
    let file = file.record(2, &[(8, Value::Raw(0x0D, &[0xFF; 3]))]);
    check(
        record(file, 3, 0, 4240),
        &expect![[r#"
        Unknown "", from 0, None s
          0 dist=250 speed=2.5
          1 dist=262.5 speed=2.6
          2
          3 dist=265 speed=0
        note no-session-message: the file has no summary of its session, as when it was cut off
    "#]],
    );
}

#[test]
fn a_local_type_may_be_defined_anew_and_at_the_end() {
    let file = Writer::activity().records(0..1, 100).define(1, 20, &[[4, 1, 2], [253, 4, 0x86]]);
    let file = file.raw(&[1, 80]).raw(&(T0 + 1).to_le_bytes()).define(1, 20, &[[253, 4, 0x86]]);
    check(
        file,
        &expect![[r#"
        Unknown "", from 0, None s
          0 hr=100
          1 cad=80
        note no-session-message: the file has no summary of its session, as when it was cut off
    "#]],
    );
}

#[test]
fn messages_and_fields_without_a_use_are_passed_over() {
    let unknown = [(253, Value::U32(T0)), (1, Value::U16(7)), (9, Value::Text("x"))];
    check(
        Writer::activity().message(0xFE42, &unknown).record(0, &[(200, Value::U32(5)), (3, Value::U8(90))]),
        &expect![[r#"
            Unknown "", from 0, None s
              0 hr=90
            note no-session-message: the file has no summary of its session, as when it was cut off
        "#]],
    );
}

#[test]
fn times_before_the_clock_was_set_are_no_times() {
    let early = [(253, Value::U32(500)), (3, Value::U8(90))];
    check(
        Writer::activity().message(20, &early).records(0..2, 100),
        &expect![[r#"
            Unknown "", from 0, None s
              ? hr=90
              0 hr=100
              1 hr=100
            note clock-not-set: took no time from 1 record in which the watch did not know the date yet
            note no-session-message: the file has no summary of its session, as when it was cut off
        "#]],
    );
    check(
        Writer::activity().message(20, &early).message(20, &early),
        &expect![[r#"
        Unknown "", from -999999500, None s
          -999999500 hr=90
          -999999500 hr=90
        note clock-not-set: the watch did not know the date: times count from when it was switched on
        note no-session-message: the file has no summary of its session, as when it was cut off
    "#]],
    );
}
