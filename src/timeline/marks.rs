//! Where the file itself divides the session: laps, steps and the watch's own detection of running and walking.

use super::DeviceGait;
use super::clock::Clock;
use crate::model::{Lap, LapTrigger, Note, NoteId, Session, Split, SplitKind};
use crate::units::plural;

/// Shorter detections than this are flicker.
const FLICKER_S: f64 = 5.0;
/// Edges closer than this are one.
const SAME_S: f64 = 1.0;

/// Ends of laps, steps and splits in seconds from the start, rising, inside the session. Laps that the watch cuts by
/// itself, every kilometre or mile, are none: nobody changes the gait for them.
pub fn edges(session: &Session, clock: &Clock) -> Vec<f64> {
    let (automatic, pressed): (Vec<&Lap>, Vec<&Lap>) = session.laps.iter().partition(|lap| is_automatic(lap));
    let start = |lap: &Lap| lap.start.seconds_since(clock.start);
    let end = |lap: &Lap| lap.elapsed_s.map(|elapsed| start(lap) + elapsed);
    let mut cut: Vec<f64> = automatic.into_iter().filter_map(end).collect();
    cut.sort_unstable_by(f64::total_cmp);
    // Where an automatic lap ends, the next one begins.
    let is_cut = |t: f64| cut.get(cut.partition_point(|end| end + SAME_S <= t)).is_some_and(|end| end - t < SAME_S);
    let starts = session.laps.iter().map(start).filter(|&t| !is_cut(t));
    let laps = starts.chain(pressed.into_iter().filter_map(end));
    let steps = session.splits.iter().filter(|s| !is_gait(s.kind));
    let splits = steps.flat_map(|s| [s.start, s.end].map(|end| end.seconds_since(clock.start)));
    let mut edges: Vec<f64> = laps.chain(splits).filter(|t| (SAME_S..=clock.elapsed_s - SAME_S).contains(t)).collect();
    edges.sort_unstable_by(f64::total_cmp);
    edges.dedup_by(|b, a| *b - *a < SAME_S);
    edges
}

/// What watches cut by themselves, in metres: a kilometre and a mile, give or take what they overshoot.
const AUTOMATIC_M: [f64; 2] = [1000.0, 1609.344];
const OVERSHOOT_M: f64 = 10.0;

/// True for a lap that nobody pressed and no workout asked for.
fn is_automatic(lap: &Lap) -> bool {
    let is_round = |meters: f64| AUTOMATIC_M.iter().any(|round| (meters - round).abs() <= OVERSHOOT_M);
    lap.workout_step.is_none()
        && match lap.trigger {
            Some(LapTrigger::Distance) => true,
            Some(LapTrigger::Manual | LapTrigger::SessionEnd) => false,
            Some(LapTrigger::Time | LapTrigger::Other) | None => lap.distance.is_some_and(|d| is_round(d.as_meters())),
        }
}

/// What the watch's own detection said, flicker left out.
pub fn device_gait(session: &Session, clock: &Clock, notes: &mut Vec<Note>) -> Vec<DeviceGait> {
    let mut splits: Vec<&Split> = session.splits.iter().filter(|s| is_gait(s.kind)).collect();
    splits.sort_by_key(|s| s.start);
    let n_seconds = clock.n_seconds() as f64;
    let second = |t: f64| t.round().clamp(0.0, n_seconds) as usize;
    let mut gaits: Vec<DeviceGait> = Vec::new();
    let mut n_wrong = 0;
    for split in splits {
        let (from, to) = (split.start.seconds_since(clock.start), split.end.seconds_since(clock.start));
        if to <= from || from < -FLICKER_S || to > clock.elapsed_s + FLICKER_S {
            n_wrong += 1;
            continue;
        }
        let (start, end) = (second(from), second(to));
        if let Some(last) = gaits.last_mut() {
            last.end = last.end.min(start);
        }
        if end > start && !is_flicker(split) {
            gaits.push(DeviceGait { kind: split.kind, start, end });
        }
    }
    gaits.retain(|g| g.end > g.start);
    if n_wrong > 0 {
        let message = format!(
            "ignored {} of the watch's run and walk detection with impossible times",
            plural(n_wrong, "stretch", Some("stretches"))
        );
        notes.push(Note::new(NoteId::SplitsWrong, message));
    }
    gaits
}

const fn is_gait(kind: SplitKind) -> bool {
    matches!(kind, SplitKind::Run | SplitKind::Walk | SplitKind::Stand)
}

fn is_flicker(split: &Split) -> bool {
    is_gait(split.kind) && split.end.seconds_since(split.start) < FLICKER_S
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::clock;
    use super::*;
    use crate::model::{Format, Intensity, Record, Sport};
    use crate::units::{Distance, Timestamp};

    fn moment(t: i64) -> Timestamp {
        Timestamp::from_unix_seconds(1_700_000_000 + t)
    }

    /// A session of 100 s with these laps (start, end) and splits.
    fn session(laps: &[(i64, i64)], splits: &[(SplitKind, i64, i64)]) -> Session {
        let mut session = Session::new(Sport::Running);
        for t in [0, 100] {
            let mut record = Record::default();
            record.set_time(moment(t));
            session.records.push(record);
        }
        let lap = |&(start, end): &(i64, i64)| Lap {
            start: moment(start),
            elapsed_s: Some((end - start) as f64),
            timer_s: None,
            distance: None,
            mean_heart_rate: None,
            intensity: None,
            trigger: None,
            workout_step: None,
        };
        session.laps = laps.iter().map(lap).collect();
        let split = |&(kind, start, end): &_| Split { kind, start: moment(start), end: moment(end) };
        session.splits = splits.iter().map(split).collect();
        session
    }

    fn check(session: &Session, expected: &expect_test::Expect) {
        let (mut merged, mut notes) = (Vec::new(), Vec::new());
        let clock = clock::read(session, Format::Fit, &mut merged, &mut notes).expect("a usable session");
        let gaits = device_gait(session, &clock, &mut notes);
        let mut text = format!("{:?}\n", edges(session, &clock));
        for gait in gaits {
            text += &format!("{:?} {}..{}\n", gait.kind, gait.start, gait.end);
        }
        for note in notes {
            text += &format!("{}: {}\n", note.id, note.message);
        }
        expected.assert_eq(&text);
    }

    #[test]
    fn ends_of_laps_and_steps_are_edges_once() {
        let step = SplitKind::Step(Intensity::Rest);
        check(
            &session(&[(60, 100), (0, 60)], &[(step, 60, 80), (step, 200, 300)]),
            &expect![[r#"
                [60.0, 80.0]
            "#]],
        );
    }

    #[test]
    fn laps_that_the_watch_cuts_by_itself_are_no_edges() {
        let mut session = session(&[(0, 30), (30, 60), (60, 80), (80, 100)], &[]);
        session.laps[0].trigger = Some(LapTrigger::Distance);
        session.laps[1].distance = Some(Distance::from_meters(1610.0));
        session.laps[2].trigger = Some(LapTrigger::Manual);
        check(
            &session,
            &expect![[r#"
                [80.0]
            "#]],
        );
        session.laps[0].workout_step = Some(1);
        check(
            &session,
            &expect![[r#"
                [30.0, 80.0]
            "#]],
        );
    }

    #[test]
    fn the_watch_tells_runs_from_walks() {
        use SplitKind::{Run, Stand, Walk};
        check(
            &session(&[], &[(Walk, 30, 50), (Run, 0, 30), (Stand, 50, 52), (Run, 52, 60), (Walk, 70, 100)]),
            &expect![[r#"
                []
                Run 0..30
                Walk 30..50
                Run 52..60
                Walk 70..100
            "#]],
        );
    }

    #[test]
    fn impossible_and_overlapping_splits_do_no_harm() {
        use SplitKind::{Run, Walk};
        check(
            &session(&[(0, 4_294_967)], &[(Run, 0, 4_294_967), (Walk, 20, 10), (Run, 0, 60), (Walk, 50, 100)]),
            &expect![[r#"
                []
                Run 0..50
                Walk 50..100
                splits-wrong: ignored 2 stretches of the watch's run and walk detection with impossible times
            "#]],
        );
    }
}
