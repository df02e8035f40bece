//! The order in which the records of a session happened, where their file or their clock says otherwise.
//!
//! Blocks of a file may stand in another order than that of time, or newest first; and a watch may correct its clock in
//! mid-run. Both look alike at first: times that run backwards. The way tells them apart: distance and position go on in
//! the true order, and leap in the false one. Where nothing tells, the session is not judged.

mod blocks;
mod jumps;
mod shift;
mod way;

use blocks::Blocks;
use way::{Fit, Seam};

use super::Unusable;
use crate::model::{Format, Note, NoteId, Record, Session};
use crate::units::{clock as clock_text, plural};

/// More parts than this are no clock that was set again and again.
const MOST_JUMPS: usize = 20;
/// An order in which the way breaks costs as much as so many corrected clocks. Our choice, as the two below it.
const BROKEN: usize = 4;
/// Records that are dropped where no order fits all are no more than one in so many.
const FEW: usize = 50;
/// Blocks that are further apart than so many usual steps should be parts of their file, where both orders are possible.
const LOOSE_STEPS: i64 = 5;
/// A clock that jitters falls by no more than so many usual steps, and in no more than so many records.
const JITTER_STEPS: i64 = 2;
const JITTERS: usize = 10;
/// Leaps that the receiver makes: no more than one in so many of the places where records of different blocks meet.
const FEW_LEAPS: usize = 20;

/// A record with its time, in milliseconds, as the watch wrote it.
#[derive(Debug, Clone, Copy)]
struct Timed<'a> {
    ms: i64,
    record: &'a Record,
}

/// The session with its records in the order in which they happened, each a moment of one and the same clock. `None`
/// where they are that already.
pub fn in_order(session: &Session, format: Format, notes: &mut Vec<Note>) -> Result<Option<Session>, Unusable> {
    // Differences of such times never overflow, whatever a file holds.
    let within = |ms: i64| ms.clamp(i64::MIN / 8, i64::MAX / 8);
    let timed = |record| Some(Timed { ms: within(Record::time(record)?.as_unix_millis()), record });
    if is_plain(session) {
        return Ok(None);
    }
    let mut all: Vec<Timed> = Vec::with_capacity(session.records.len());
    all.extend(session.records.iter().filter_map(timed));
    let mut own = Vec::new();
    if blocks::are_in_order(&all) {
        let pieces = jumps::close(vec![Piece { records: all, shift: 0 }], session, format, &mut own)?;
        if pieces.iter().all(|piece| piece.shift == 0) {
            return Ok(None);
        }
        notes.append(&mut own);
        return Ok(Some(shift::apply(session, &pieces)));
    }
    let Some(blocks) = Blocks::of(all) else { return Ok(None) };
    let (pieces, moved) = arrange(&blocks, session, &mut own)?;
    let pieces = jumps::close(pieces, session, format, &mut own)?;
    let is_changed = moved || blocks.is_changed || pieces.iter().any(|piece| piece.shift != 0);
    if !is_changed {
        return Ok(None);
    }
    blocks.tell(notes);
    notes.append(&mut own);
    Ok(Some(shift::apply(session, &pieces)))
}

/// Steps between records that are looked at more closely, in seconds.
const LONG_STEP_S: f64 = 20.0;

/// True where the times rise and nothing speaks against the steps between them, as in nearly all sessions.
fn is_plain(session: &Session) -> bool {
    let mut last: Option<i64> = None;
    let long = (LONG_STEP_S * 1000.0) as i64;
    session.records.iter().filter_map(Record::time).all(|time| {
        let ms = time.as_unix_millis();
        let step = last.replace(ms).map_or(0, |last| ms.saturating_sub(last));
        (0..=long).contains(&step)
    })
}

/// Records that follow one another on one clock, with what is to be added to their times, in milliseconds.
#[derive(Debug, Clone)]
struct Piece<'a> {
    records: Vec<Timed<'a>>,
    shift: i64,
}

impl<'a> Piece<'a> {
    fn first(&self) -> Timed<'a> {
        self.records[0]
    }

    fn last(&self) -> Timed<'a> {
        self.records[self.records.len() - 1]
    }
}

/// The records in the order in which they happened, one piece for each setting of the clock that went back; and whether
/// they stood in another order.
fn arrange<'a>(
    blocks: &Blocks<'a>,
    session: &Session,
    notes: &mut Vec<Note>,
) -> Result<(Vec<Piece<'a>>, bool), Unusable> {
    let whole = |records| vec![Piece { records, shift: 0 }];
    if blocks.falls().next().is_none() {
        return Ok((whole(blocks.records.clone()), false));
    }
    let usual = blocks.usual_ms;
    let kept = blocks.rising();
    let n_dropped = blocks.records.len() - kept.len();
    let jitters = blocks
        .falls()
        .all(|i| blocks.records[i - 1].ms.saturating_sub(blocks.records[i].ms) <= JITTER_STEPS.saturating_mul(usual));
    if jitters && n_dropped <= JITTERS {
        return Ok((whole(dropping(n_dropped, kept, notes)), true));
    }
    let sorted = blocks.sorted();
    let of_sorting =
        Cost::of(sorted.windows(2).filter(|w| w[1].0 != w[0].0 + 1).map(|w| Seam::new(w[0].1, w[1].1)), usual);
    let pieces = blocks.pieces();
    let meetings = || pieces.windows(2).map(|w| Seam::running_on(w[0].last(), w[1].first(), usual));
    let of_setting = (pieces.len() <= MOST_JUMPS).then(|| Cost::of(meetings(), usual));
    let runs_on = || pieces.windows(2).all(|w| way::runs_on(&w[0].records, &w[1].records, usual));
    let by_stated = stated_order(session, &sorted, &pieces, usual);
    let was_set = of_setting.filter(|setting| {
        let (setting_cost, sorting_cost) = (setting.total() + setting.n, of_sorting.total());
        let is_likelier = setting_cost < sorting_cost || (setting_cost == sorting_cost && runs_on());
        let is_likelier = setting.unknown == 0 && is_likelier;
        setting.broken == 0 && by_stated.unwrap_or(is_likelier)
    });
    if was_set.is_some() {
        return Ok((pieces, true));
    }
    let is_even = |setting: Cost| setting.broken == 0 && setting.total() + setting.n == of_sorting.total();
    let between_parts = || {
        let seams = sorted.windows(2).filter(|w| w[1].0 != w[0].0 + 1);
        seams
            .map(|w| (w[0].1, w[1].1))
            .filter(|(a, b)| b.ms - a.ms > LOOSE_STEPS * usual)
            .all(|(a, b)| jumps::is_part(session, a, b))
    };
    if by_stated.is_none() && of_setting.is_some_and(is_even) && !between_parts() {
        return Err(Unusable::ClockUnclear);
    }
    let is_open = of_sorting.unknown > 0 && by_stated.is_none() && starts_elsewhere(session, sorted[0].1.ms);
    if of_sorting.broken * FEW_LEAPS <= of_sorting.n && !is_open {
        let n = pieces.len();
        let message = format!(
            "the records stand in the file in another order than that of time ({}); they were put in order",
            plural(n, "block", None)
        );
        notes.push(Note::new(NoteId::RecordsOutOfOrder, message));
        return Ok((whole(sorted.into_iter().map(|(_, timed)| timed).collect()), true));
    }
    if n_dropped * FEW <= blocks.records.len() {
        return Ok((whole(dropping(n_dropped, kept, notes)), true));
    }
    Err(Unusable::ClockUnclear)
}

/// True where the session is as long as the file states it when its clock was set back, and not when its blocks stand in
/// another order; false the other way round; `None` where that does not tell.
fn stated_order(session: &Session, sorted: &[(usize, Timed)], pieces: &[Piece], usual_ms: i64) -> Option<bool> {
    const EXACT_S: f64 = 10.0;
    let timer = || session.timer_s.filter(|_| session.pauses.is_empty());
    let stated = session.elapsed_s.or_else(timer).filter(|seconds| *seconds > 0.0)?;
    let span = |first: Timed, last: Timed| last.ms.saturating_sub(first.ms) as f64 / 1000.0;
    let fits = |seconds: f64| (seconds - stated).abs() <= EXACT_S;
    let steps = pieces.len().saturating_sub(1) as f64 * usual_ms as f64 / 1000.0;
    let as_set = fits(pieces.iter().map(|piece| span(piece.first(), piece.last())).sum::<f64>() + steps);
    let as_sorted = fits(span(sorted.first()?.1, sorted.last()?.1));
    (as_set != as_sorted).then_some(as_set)
}

/// What is kept where a few records are dropped.
fn dropping<'a>(n: usize, kept: Vec<Timed<'a>>, notes: &mut Vec<Note>) -> Vec<Timed<'a>> {
    let message = format!("dropped {} whose time runs backwards", plural(n, "record", None));
    notes.push(Note::new(NoteId::TimeBackwards, message));
    kept
}

/// True when the file states a start that is not that of the earliest record: the clock may have been set back.
fn starts_elsewhere(session: &Session, first_ms: i64) -> bool {
    const NEAR_MS: u64 = 600_000;
    session.start.is_none_or(|start| start.as_unix_millis().abs_diff(first_ms) > NEAR_MS)
}

/// What speaks against an order.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    /// Places at which records meet that did not follow one another in the file, or not by their clock.
    n: usize,
    loose: usize,
    broken: usize,
    unknown: usize,
}

impl Cost {
    fn of<'a>(seams: impl Iterator<Item = Seam<'a>>, usual_ms: i64) -> Self {
        seams.fold(Self::default(), |mut cost, seam| {
            cost.n += 1;
            match seam.fit(usual_ms) {
                Fit::Tight => {}
                Fit::Loose => cost.loose += 1,
                Fit::Unknown => cost.unknown += 1,
                Fit::Broken => cost.broken += 1,
            }
            cost
        })
    }

    const fn total(self) -> usize {
        self.loose + self.unknown + BROKEN * self.broken
    }
}

/// A note of a clock that was set while the session went on.
fn was_set(by_ms: i64, after_ms: i64, notes: &mut Vec<Note>) {
    let way = if by_ms > 0 { "forward" } else { "back" };
    let message = format!(
        "the watch set its clock {way} by {} after {}; the session went on meanwhile, so the jump was taken out",
        clock_text(by_ms.unsigned_abs() as f64 / 1000.0),
        clock_text(after_ms as f64 / 1000.0)
    );
    notes.push(Note::new(NoteId::ClockSet, message));
}

#[cfg(test)]
mod tests;
