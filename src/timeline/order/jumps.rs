//! Takes out the jumps of a clock that was set while the session went on.

use super::blocks::usual_of;
use super::way::{Fit, Seam, rests, runs_on};
use super::{Piece, Timed, was_set, way};
use crate::model::{Format, Note, Session};
use crate::timeline::{LONGEST_S, Unusable};

/// A step of fewer milliseconds, and of fewer usual steps, is a hole in the recording and no jump of the clock.
const SHORTEST_MS: i64 = 30_000;
const SHORTEST_STEPS: i64 = 10;
/// What a file states to be missing where the clock was set back counts from this, in milliseconds.
const LEAST_MS: i64 = 2_000;
/// What a file states of its length is exact to this, in milliseconds.
const STATED_MS: i64 = 10_000;
/// A pause that the timer states is believed up to this, whatever the file states of its length: watches count in their
/// own ways what is little.
const LONG_PAUSE_MS: i64 = 600_000;
/// Clocks are set by whole hours, for another zone or summer time, give or take the time that it takes.
const HOUR_MS: i64 = 3_600_000;
const ABOUT_MS: i64 = 3_000;
/// Who goes on after so long from the very place is no runner after a rest (our choice).
const LONGEST_REST_MS: i64 = 6 * HOUR_MS;

/// The pieces cut at each jump, with what is to be added to the times of each so that time goes on as the session did.
pub fn close<'a>(
    pieces: Vec<Piece<'a>>,
    session: &Session,
    format: Format,
    notes: &mut Vec<Note>,
) -> Result<Vec<Piece<'a>>, Unusable> {
    let joined: Vec<Timed>;
    let all = if let [only] = pieces.as_slice() {
        only.records.as_slice()
    } else {
        joined = pieces.iter().flat_map(|piece| piece.records.iter().copied()).collect();
        joined.as_slice()
    };
    let steps: Vec<i64> = all.windows(2).map(|w| w[1].ms.saturating_sub(w[0].ms)).collect();
    let usual = usual_of(&steps);
    let long = SHORTEST_MS.max(usual.saturating_mul(SHORTEST_STEPS));
    let holes: Vec<usize> = (0..steps.len()).filter(|&i| steps[i] < 0 || steps[i] > long).collect();
    if holes.is_empty() {
        return Ok(pieces);
    }
    // How long each step took, as far as the clock can be believed.
    let step_at = |i: usize| way::step_ms(&all[..=i], &all[i + 1..], usual);
    let mut took: Vec<i64> =
        steps.iter().enumerate().map(|(i, &step)| if step < 0 { step_at(i) } else { step }).collect();
    let timer = stated_pauses(session, format);
    let is_pause = |i: usize| timer.iter().any(|&(a, b)| a <= all[i].ms + ABOUT_MS && b >= all[i + 1].ms - ABOUT_MS);
    for &i in &holes {
        let by = steps[i].saturating_sub(usual);
        let hours = by.saturating_add(HOUR_MS / 2).div_euclid(HOUR_MS);
        let is_whole_hours = hours > 0 && (by - hours * HOUR_MS).abs() <= ABOUT_MS;
        let is_long = steps[i] > LONGEST_REST_MS && !is_part(session, all[i], all[i + 1]);
        if !(format == Format::Fit && is_pause(i))
            && (is_whole_hours || is_long)
            && runs_on(&all[..=i], &all[i + 1..], usual)
        {
            took[i] = step_at(i);
        }
    }
    by_timer(session, all, &steps, &holes, &mut took, usual);
    by_stated(session, all, &steps, &holes, &mut took, usual, &is_pause);

    let unclear = |&i: &usize| {
        let (a, b) = (all[i], all[i + 1]);
        let elsewhere = Seam::running_on(a, b, usual).fit(usual) == Fit::Broken;
        let is_rest =
            steps[i] <= LONGEST_REST_MS || is_part(session, a, b) || elsewhere || rests(&all[..=i], &all[i + 1..]);
        steps[i] > 0 && took[i] == steps[i] && !is_rest
    };
    let total: i64 = took.iter().fold(0_i64, |sum, &step| sum.saturating_add(step));
    if holes.iter().any(unclear) || total as f64 > LONGEST_S * 1000.0 {
        return Err(Unusable::ClockUnclear);
    }
    Ok(cut(all, &steps, &took, notes))
}

/// Takes out the one jump that is what is more than the timer counted, where the runner ran on over it.
fn by_timer(session: &Session, all: &[Timed], steps: &[i64], holes: &[usize], took: &mut [i64], usual: i64) {
    let Some(timer) = session.timer_s.filter(|s| *s > 0.0 && session.elapsed_s.is_none() && *s < LONGEST_S) else {
        return;
    };
    let total = took.iter().fold(0_i64, |sum, &step| sum.saturating_add(step));
    let excess = total.saturating_sub((timer * 1000.0) as i64);
    let is_it = |&i: &usize| {
        took[i] == steps[i]
            && took[i].saturating_sub(usual).saturating_sub(excess).abs() <= STATED_MS
            && !is_part(session, all[i], all[i + 1])
            && runs_on(&all[..=i], &all[i + 1..], usual)
    };
    if excess > SHORTEST_MS
        && let Some(at) = holes.iter().copied().find(is_it)
    {
        took[at] = usual;
    }
}

/// Makes the whole as long as the file states it, where one step alone can be what is too much or too little.
fn by_stated(
    session: &Session,
    all: &[Timed],
    steps: &[i64],
    holes: &[usize],
    took: &mut [i64],
    usual: i64,
    is_pause: &dyn Fn(usize) -> bool,
) {
    let Some(stated) = session.elapsed_s.filter(|s| s.is_finite() && *s > 0.0 && *s < LONGEST_S) else { return };
    let stated = (stated * 1000.0) as i64;
    let total = |took: &[i64]| took.iter().fold(0_i64, |sum, &step| sum.saturating_add(step));
    let excess = total(took).saturating_sub(stated);
    if let Some(&fall) = holes.iter().find(|&&i| steps[i] < 0)
        && holes.iter().filter(|&&i| steps[i] < 0).count() == 1
        && excess < -usual.max(LEAST_MS)
    {
        took[fall] = took[fall].saturating_sub(excess);
        return;
    }
    if excess <= SHORTEST_MS || is_timer_time(session, excess) {
        return;
    }
    let is_pause = |i: usize| is_pause(i) && excess < LONG_PAUSE_MS;
    let left = |i: usize| (took[i] - excess).max(usual);
    let mut may_be: Vec<usize> =
        holes.iter().copied().filter(|&i| took[i] >= excess.saturating_sub(STATED_MS)).collect();
    may_be.retain(|&i| Seam::after(all[i], all[i + 1], left(i)).fit(usual) != Fit::Broken);
    may_be.retain(|&i| !is_pause(i));
    // A hole of which nothing is left was none.
    if let Some(at) = may_be.into_iter().min_by_key(|&i| left(i)) {
        took[at] = left(at);
    }
}

/// True when a file states its time without pauses as that of all, as some writers do.
fn is_timer_time(session: &Session, excess: i64) -> bool {
    let alike = session.elapsed_s.zip(session.timer_s).is_some_and(|(all, timer)| (all - timer).abs() < 1.0);
    let paused: f64 = session.pauses.iter().map(|pause| pause.end.seconds_since(pause.start).max(0.0)).sum();
    alike && (paused * 1000.0 - excess as f64).abs() <= 2.0 * STATED_MS as f64
}

/// Stops of the timer that the file states, in milliseconds.
fn stated_pauses(session: &Session, format: Format) -> Vec<(i64, i64)> {
    let spans = session.pauses.iter().map(|pause| (pause.start.as_unix_millis(), pause.end.as_unix_millis()));
    if format == Format::Fit { spans.collect() } else { Vec::new() }
}

/// True when a part of the file ends between two records: the runner pressed the button there.
pub fn is_part(session: &Session, a: Timed, b: Timed) -> bool {
    session
        .pauses
        .iter()
        .any(|pause| pause.start.as_unix_millis() <= a.ms + ABOUT_MS && pause.end.as_unix_millis() >= b.ms - ABOUT_MS)
}

/// The records cut where the clock jumped. The last setting of the clock is the right one, as it is the corrected one.
fn cut<'a>(all: &[Timed<'a>], steps: &[i64], took: &[i64], notes: &mut Vec<Note>) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let (mut from, mut since_start, mut after) = (0, 0_i64, 0_i64);
    let mut shift = 0_i64;
    for i in 0..steps.len() {
        since_start = since_start.saturating_add(took[i]);
        if steps[i] == took[i] {
            continue;
        }
        let by = steps[i].saturating_sub(took[i]);
        was_set(by, since_start.saturating_sub(took[i]), notes);
        pieces.push(Piece { records: all[from..=i].to_vec(), shift });
        shift = shift.saturating_sub(by);
        from = i + 1;
        after = shift;
    }
    pieces.push(Piece { records: all[from..].to_vec(), shift: after });
    for piece in &mut pieces {
        piece.shift = piece.shift.saturating_sub(after);
    }
    pieces
}
