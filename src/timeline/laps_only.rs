//! A session of which the file holds laps or totals, and no points: each lap stands for one stretch at its mean pace.

use super::LONGEST_S;
use crate::model::{Lap, LapTrigger, Note, NoteId, Pause, Record, Session};
use crate::units::{Distance, Speed, Timestamp, plural};

/// A lap of up to this many seconds shows an effort of a minute or more in its own mean: at least half of the lap or of
/// its neighbour was within the effort. A longer one can hide it.
const CLEARED_S: f64 = 65.0;
/// Laps further apart than this have a stop of the timer between them, in seconds.
const PAUSE_S: f64 = 2.0;
/// Nobody runs faster on average over a lap, in metres a second.
const FASTEST: f64 = 12.5;

/// What stands for the points of a session that has none.
#[derive(Debug, Clone, PartialEq)]
pub struct LapsOnly {
    /// The session with its laps drawn out to records, one a second.
    pub session: Session,
    /// How many laps there are; `None` where the totals of the session are all that there is.
    pub n_laps: Option<usize>,
    /// The longest lap, in seconds.
    pub longest_s: f64,
}

impl LapsOnly {
    /// True when a lap is so long that efforts within it do not show in its mean.
    pub fn may_hide_efforts(&self) -> bool {
        self.longest_s > CLEARED_S
    }
}

/// A lap with its time and its mean speed.
struct Stretch {
    start: Timestamp,
    seconds: f64,
    speed: Option<f64>,
    lap: Lap,
}

/// The laps of a session without points, drawn out; `None` where it has points, or no lap has a time.
pub fn laps_only(session: &Session, notes: &mut Vec<Note>) -> Option<LapsOnly> {
    if session.records.iter().any(|record| record.time().is_some()) {
        return None;
    }
    let of_laps = stretches(&session.laps);
    let n_laps = (!of_laps.is_empty()).then_some(of_laps.len());
    let stretches = if of_laps.is_empty() { stretches(&[totals(session)?]) } else { of_laps };
    let (first, last) = (stretches.first()?, stretches.last()?);
    let elapsed_s = last.start.plus_seconds(last.seconds).seconds_since(first.start);
    // Each second becomes a record, also where the times are so late that adding to them adds nothing.
    let drawn_s: f64 = stretches.iter().map(|stretch| stretch.seconds).sum();
    if elapsed_s.max(drawn_s) > LONGEST_S {
        return None;
    }
    let message = match n_laps {
        Some(1) => "the file holds 1 lap and no points: only its mean pace is known".to_owned(),
        Some(n) => format!(
            "the file holds {} and no points: each is taken as one stretch at its mean pace",
            plural(n, "lap", None)
        ),
        None => "the file holds the totals of the session and no points: only the mean pace is known".to_owned(),
    };
    notes.push(Note::new(NoteId::LapsOnly, message));
    let longest_s = stretches.iter().map(|stretch| stretch.seconds).fold(0.0, f64::max);
    Some(LapsOnly { session: drawn(session, &stretches, elapsed_s), n_laps, longest_s })
}

/// The laps that took time, one after the other.
fn stretches(laps: &[Lap]) -> Vec<Stretch> {
    let mut laps: Vec<&Lap> = laps.iter().collect();
    laps.sort_by_key(|lap| lap.start);
    let mut stretches: Vec<Stretch> = Vec::with_capacity(laps.len());
    for lap in laps {
        let time = lap.timer_s.or(lap.elapsed_s).filter(|seconds| seconds.is_finite() && *seconds > 0.0);
        let Some(seconds) = time.filter(|seconds| *seconds <= LONGEST_S) else { continue };
        let meters = lap.distance.map(Distance::as_meters).filter(|meters| meters.is_finite() && *meters >= 0.0);
        let speed = meters.map(|meters| meters / seconds).filter(|speed| *speed <= FASTEST);
        let behind = stretches.last().map(|last| last.start.plus_seconds(last.seconds));
        let start = behind.map_or(lap.start, |behind| behind.max(lap.start));
        stretches.push(Stretch { start, seconds, speed, lap: lap.clone() });
    }
    stretches
}

/// The session as one lap.
fn totals(session: &Session) -> Option<Lap> {
    Some(Lap {
        start: session.start?,
        elapsed_s: session.elapsed_s,
        timer_s: session.timer_s,
        distance: session.distance,
        mean_heart_rate: session.mean_heart_rate,
        intensity: None,
        trigger: None,
        workout_step: None,
    })
}

fn drawn(session: &Session, stretches: &[Stretch], elapsed_s: f64) -> Session {
    let mut records = Vec::new();
    let mut pauses = Vec::new();
    let mut meters = 0.0;
    for (i, stretch) in stretches.iter().enumerate() {
        let record = |after: f64| {
            let mut record = Record::default();
            record.set_time(stretch.start.plus_seconds(after));
            if let Some(speed) = stretch.speed {
                record.set_speed(Speed::from_meters_per_second(speed));
                record.set_distance(Distance::from_meters(meters + speed * after));
            }
            if let Some(mean) = stretch.lap.mean_heart_rate {
                record.set_heart_rate(mean);
            }
            record
        };
        let whole = stretch.seconds.ceil() as u32;
        records.extend((0..whole).map(|second| record(f64::from(second))));
        let end = stretch.start.plus_seconds(stretch.seconds);
        let next = stretches.get(i + 1).map(|next| next.start);
        if next.is_none_or(|next| next.seconds_since(end) >= 1.0) {
            records.push(record(stretch.seconds));
        }
        if let Some(next) = next.filter(|next| next.seconds_since(end) > PAUSE_S) {
            pauses.push(Pause { start: end, end: next });
        }
        meters += stretch.speed.unwrap_or(0.0) * stretch.seconds;
    }
    // The end of every lap is an edge, whoever cut it: it is all that is known.
    let cut = |stretch: &Stretch| Lap {
        start: stretch.start,
        elapsed_s: Some(stretch.seconds),
        trigger: Some(LapTrigger::Manual),
        ..stretch.lap.clone()
    };
    Session {
        start: stretches.first().map(|first| first.start),
        elapsed_s: session.elapsed_s.filter(|stated| *stated >= elapsed_s).or(Some(elapsed_s)),
        laps: stretches.iter().map(cut).collect(),
        records,
        pauses,
        sport_name: session.sport_name.clone(),
        name: session.name.clone(),
        splits: session.splits.clone(),
        workout: session.workout.clone(),
        ..*session
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::model::{Format, Sport};
    use crate::units::HeartRate;

    fn lap(start: i64, seconds: f64, meters: f64) -> Lap {
        Lap {
            start: Timestamp::from_unix_seconds(1_700_000_000 + start),
            elapsed_s: None,
            timer_s: Some(seconds),
            distance: Some(Distance::from_meters(meters)),
            mean_heart_rate: Some(HeartRate::from_bpm(150.0)),
            intensity: None,
            trigger: Some(LapTrigger::Distance),
            workout_step: None,
        }
    }

    fn check(laps: Vec<Lap>, expected: &Expect) {
        let session = Session { laps, ..Session::new(Sport::Running) };
        let timeline = super::super::build(&session, Format::Tcx).expect("laps");
        let speeds: Vec<_> =
            timeline.speed.iter().step_by(30).map(|v| v.map_or("-".to_owned(), |v| format!("{v:.1}"))).collect();
        let text = format!(
            "{} s, {:.0} m, {} paused, edges {:?}\n{}\n",
            timeline.elapsed_s,
            timeline.total_distance,
            timeline.pauses.len(),
            timeline.edges,
            speeds.join(" ")
        );
        expected.assert_eq(&text);
    }

    #[test]
    fn laps_are_stretches_at_their_mean_pace() {
        check(
            vec![lap(0, 60.0, 180.0), lap(60, 60.5, 121.0), lap(120, 60.0, 240.0)],
            &expect![[r#"
            180.5 s, 541 m, 0 paused, edges [60.0, 120.5]
            3.0 3.0 2.0 2.0 2.0 4.0 4.0
        "#]],
        );
    }

    #[test]
    fn the_timer_stops_between_laps_and_laps_overlap() {
        check(
            vec![lap(120, 60.0, 240.0), lap(0, 60.0, 180.0), lap(150, 60.0, 120.0), lap(500, 0.0, 0.0)],
            &expect![[r#"
                240 s, 540 m, 1 paused, edges [60.0, 120.0, 180.0]
                3.0 3.0 - - 4.0 4.0 2.0 2.0
            "#]],
        );
    }
}
