//! When the timer stood still, and whether the runner did too.

use super::clock::{self, Clock};
use super::resample::{KNOWN_S, seconds};
use super::track::Place;
use super::{Pause, geodesy};
use crate::model::{Format, Note, NoteId, Session};
use crate::units::{Distance, clock as clock_text, plural, span_text};

/// Stops shorter than this are the watch's rounding.
const SHORTEST_S: f64 = 2.0;
/// Who is displaced by more than this, and by more than the drift of the receiver, has moved. Our choice.
const MOVED_M: f64 = 20.0;
/// The drift of the receiver that is allowed for, in metres a second.
const DRIFT_M_PER_S: f64 = 0.3;
/// A watch that records this rarely leaves gaps of some intervals without a stop.
const SPARSE: f64 = 6.0;
/// A "pause" in which records go on and the distance grows by this many metres a second was none.
const RUNNING_M_PER_S: f64 = 0.5;

/// The pauses of a session in the order of time, not touching one another.
pub fn find(session: &Session, format: Format, clock: &Clock, fixes: &[Place], notes: &mut Vec<Note>) -> Vec<Pause> {
    let mut spans = from_timer(session, clock, notes);
    let shortest = KNOWN_S.max(SPARSE * clock.interval_s);
    let mut gaps: Vec<(f64, f64)> = clock.gaps(shortest).map(|gap| (gap.from, gap.to)).collect();
    if session.timer_s.is_none() {
        gaps.retain(|&gap| !goes_on_as_before(clock, gap));
    }
    if !gaps.is_empty() && gaps_are_pauses(session, format, clock, &spans, &gaps) {
        let message = format!(
            "the file has no timer events; {} of more than {} without a record {} read as the timer standing still",
            plural(gaps.len(), "time", None),
            span_text(shortest),
            if gaps.len() == 1 { "is" } else { "are" },
        );
        notes.push(Note::new(NoteId::PausesFromGaps, message));
        spans.extend(gaps);
    }
    spans.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let len = clock.n_seconds();
    let mut pauses: Vec<Pause> = Vec::new();
    for (from, to) in spans {
        let range = seconds(from, to, len);
        match pauses.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ if range.is_empty() => {}
            _ => pauses.push(Pause { start: range.start, end: range.end, moved: false }),
        }
    }
    for pause in &mut pauses {
        pause.moved = !session.indoor && has_moved(pause, fixes);
    }
    report(&pauses, clock, notes);
    pauses
}

/// The pauses that the file states, without those in which the watch plainly went on counting.
fn from_timer(session: &Session, clock: &Clock, notes: &mut Vec<Note>) -> Vec<(f64, f64)> {
    let stated = session.pauses.iter().map(|p| (p.start.seconds_since(clock.start), p.end.seconds_since(clock.start)));
    let mut spans: Vec<(f64, f64)> =
        stated.map(|(a, b)| (a.max(0.0), b.min(clock.elapsed_s))).filter(|(a, b)| b - a >= SHORTEST_S).collect();
    // Those of a damaged file may lie over one another, each as long as the session.
    spans.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    spans.dedup_by(|next, last| {
        let overlaps = next.0 < last.1;
        if overlaps {
            last.1 = last.1.max(next.1);
        }
        overlaps
    });
    let before = spans.len();
    spans.retain(|&(from, to)| !goes_on(clock, from, to));
    if spans.len() < before {
        let message = format!(
            "ignored {} in which the watch went on recording and counting",
            plural(before - spans.len(), "pause", None)
        );
        notes.push(Note::new(NoteId::PauseIgnored, message));
    }
    spans
}

fn goes_on(clock: &Clock, from: f64, to: f64) -> bool {
    let at = |t: f64| clock.points.partition_point(|p| p.t < t);
    let inside = &clock.points[at(from + 1.0)..at(to - 1.0).max(at(from + 1.0))];
    if to - from < LONG_ENOUGH_S || (inside.len() as f64) < (to - from) / 2.0 / clock.interval_s.max(1.0) {
        return false;
    }
    let mut distances = inside.iter().filter_map(|p| p.record.distance()).map(Distance::as_meters);
    let first = distances.next();
    first.zip(distances.next_back()).is_some_and(|(a, b)| b - a > RUNNING_M_PER_S * (to - from))
}

/// A phone that loses its satellites, or sleeps, leaves holes of up to this long in a run that goes on, in seconds.
const HOLE_S: f64 = 60.0;
/// Who got on this share of the way, in a hole, that the speed to either side of it comes to, did not stop. Our choice.
const AS_BEFORE: f64 = 0.75;
/// The speed beside a hole is taken over so many seconds.
const BESIDE_S: f64 = 30.0;

/// True when the runner was as far on behind a hole as the speed before and after it has it.
fn goes_on_as_before(clock: &Clock, (from, to): (f64, f64)) -> bool {
    let point = |t: f64| clock.points.get(clock.points.partition_point(|p| p.t < t));
    let speed = |a: f64, b: f64| {
        let (a, b) = (point(a)?, point(b)?);
        clock::way(a.record, b.record).filter(|_| b.t > a.t).map(|way| way / (b.t - a.t))
    };
    let around = (speed(from - BESIDE_S, from), speed(from, to), speed(to, to + BESIDE_S));
    let (Some(before), Some(within), Some(after)) = around else { return false };
    let beside = before.min(after);
    to - from <= HOLE_S && beside > RUNNING_M_PER_S && within >= AS_BEFORE * beside
}

/// A pause has to last this long before records inside it count against it.
const LONG_ENOUGH_S: f64 = 10.0;

/// GPX has no timer events, nor have TCX and some FIT files. The times that the file states for all and for the timer
/// decide where it has them; without them a gap is taken for a stop in the formats that have no other way to say so.
fn gaps_are_pauses(
    session: &Session,
    format: Format,
    clock: &Clock,
    timer: &[(f64, f64)],
    gaps: &[(f64, f64)],
) -> bool {
    if !timer.is_empty() && format == Format::Fit {
        return false;
    }
    let total: f64 = gaps.iter().map(|(a, b)| b - a).sum();
    match session.timer_s {
        Some(timer) => clock.elapsed_s - timer > total / 2.0,
        None => format != Format::Fit,
    }
}

/// True when the last position before the pause and the first one after it are further apart than drift explains.
fn has_moved(pause: &Pause, fixes: &[Place]) -> bool {
    let after = fixes.partition_point(|place| place.fix.t < pause.end as f64);
    let before = fixes.partition_point(|place| place.fix.t <= pause.start as f64);
    let (Some(from), Some(to)) = (fixes[..before].last(), fixes.get(after)) else { return false };
    geodesy::geodesic(from.position, to.position).as_meters() >= MOVED_M + DRIFT_M_PER_S * (to.fix.t - from.fix.t)
}

fn report(pauses: &[Pause], clock: &Clock, notes: &mut Vec<Note>) {
    let total = |moved: bool| -> f64 {
        let ends = |p: &Pause| (p.end as f64).min(clock.elapsed_s) - p.start as f64;
        pauses.iter().filter(|p| p.moved || !moved).map(ends).sum()
    };
    if !pauses.is_empty() {
        let message = format!(
            "the timer stood still {}, {} in all",
            plural(pauses.len(), "time", None),
            clock_text(total(false))
        );
        notes.push(Note::repair(NoteId::TimerPaused, message));
    }
    let moved = pauses.iter().filter(|p| p.moved).count();
    if moved > 0 {
        let message = format!(
            "the runner moved on during {}, {} in all: nothing is known of it",
            plural(moved, "pause", None),
            clock_text(total(true))
        );
        notes.push(Note::new(NoteId::MovedWhilePaused, message));
    }
}
