//! The positions of a session, without the ones that cannot be true.

use super::clock::Clock;
use super::geodesy::{self, Frame};
use super::kalman::{FIX_SD_M, Fix};
use super::resample::{KNOWN_S, LINEAR_S, seconds};
use crate::model::{Note, NoteId};
use crate::units::{Position, plural};

/// A point whose removal shortens the way over it by more than this is there and back: a stray fix. Our choice.
const DETOUR_M: f64 = 30.0;
/// So many equal positions in a row, with a jump behind them, are a frozen receiver, or a phone that reports only
/// every 10 m. Our choice.
const FROZEN_FIXES: usize = 3;
/// A freeze longer than the frozen receiver of a tunnel is a stand.
const LONGEST_FREEZE_S: f64 = 300.0;
/// A body with this raw cadence moves, whether it counts steps or strides.
const STEPPING: f64 = 40.0;
/// Where a receiver that was not frozen would have had to jump this fast.
const JUMP_M_PER_S: f64 = 7.0;
/// Without cadence, the way of the jump has to be this much for each second before it, or the runner stood.
const ON_THE_MOVE_M_PER_S: f64 = 0.3;
/// Two fixes further apart than the fastest runner comes, and than this, do not belong to one track.
const BREAK_M: f64 = 50.0;
/// A piece of track of fewer fixes than this between two breaks is stray.
const SHORTEST_PIECE: usize = 5;

/// One fix, with its place in a flat frame that follows the track.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Where on the globe.
    pub position: Position,
    /// When, where in the frame, and how exactly.
    pub fix: Fix,
    /// Which record it is of; half as wide as an index, as there are as many places as records.
    pub record: u32,
    /// True when the body moved by its cadence.
    is_stepping: bool,
    /// The receiver's claim, in whole metres.
    pub accuracy: Option<u8>,
}

/// A time of more than [`LINEAR_S`] in which the receiver repeated one position while the runner went on.
#[derive(Debug, Clone, Copy)]
pub struct Freeze {
    /// Seconds from the start.
    pub from: f64,
    /// Seconds from the start.
    pub to: f64,
}

/// The positions of a session that can be true.
#[derive(Debug, Default)]
pub struct Track {
    /// The fixes in the order of time.
    pub places: Vec<Place>,
    /// When the receiver was frozen.
    pub freezes: Vec<Freeze>,
    /// Times of fixes that were dropped.
    pub strays: Vec<f64>,
}

/// Reads the positions and drops what cannot be true, for a body that comes no further than `fastest` m/s.
pub fn read(clock: &Clock, fastest: f64, notes: &mut Vec<Note>) -> Track {
    let mut track = Track { places: places(clock), ..Track::default() };
    drop_detours(&mut track);
    drop_pieces(&mut track, fastest);
    thaw(&mut track);
    if !track.strays.is_empty() {
        let message = format!("dropped {} that cannot be true", plural(track.strays.len(), "position", None));
        notes.push(Note::new(NoteId::StrayPositions, message));
    }
    if !track.freezes.is_empty() {
        let total: f64 = track.freezes.iter().map(|f| f.to - f.from).sum();
        let message = format!(
            "the receiver repeated one position {}, {} in all, while the runner went on",
            plural(track.freezes.len(), "time", None),
            crate::units::clock(total)
        );
        notes.push(Note::new(NoteId::FrozenPositions, message));
    }
    track
}

impl Track {
    /// The positions on whole seconds, between fixes no further apart than [`KNOWN_S`]; empty without any.
    pub fn on_seconds(&self, len: usize) -> Vec<Option<Position>> {
        let (Some(first), Some(last)) = (self.places.first(), self.places.last()) else { return Vec::new() };
        let mut column = vec![None; len];
        for pair in self.places.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            let dt = b.fix.t - a.fix.t;
            // Nearly all fixes are a second after the one before, on whole seconds.
            let second = a.fix.t as usize;
            if dt <= 1.0
                && a.fix.t >= second as f64
                && a.fix.t <= second as f64
                && let Some(at) = column.get_mut(second)
            {
                *at = Some(a.position);
                continue;
            }
            for i in seconds(a.fix.t, if dt > KNOWN_S { a.fix.t + 1.0 } else { b.fix.t }, len) {
                let since = i as f64 - a.fix.t;
                let is_there = dt > KNOWN_S || since <= 0.0;
                let position = if is_there { a.position } else { geodesy::between(a.position, b.position, since / dt) };
                column[i] = Some(position);
            }
        }
        for (from, to, at) in [(first.fix.t - 1.0, first.fix.t, first), (last.fix.t, last.fix.t + 1.0, last)] {
            column[seconds(from, to, len)].fill(Some(at.position));
        }
        column
    }
}

/// True when two neighbouring fixes cannot belong to one track.
pub fn is_break(a: &Place, b: &Place, fastest: f64) -> bool {
    apart(a, b) > fastest * (b.fix.t - a.fix.t) + BREAK_M
}

/// The stretches of the track in which each fix follows within [`KNOWN_S`] on the one before, without a break.
pub fn stretches(places: &[Place], fastest: f64) -> impl Iterator<Item = &[Place]> {
    places.chunk_by(move |a, b| b.fix.t - a.fix.t <= KNOWN_S && !is_break(a, b, fastest))
}

fn places(clock: &Clock) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(clock.points.len());
    let mut frame = Frame::at(0.0);
    for (record, point) in clock.points.iter().enumerate() {
        let Some(position) = point.record.position().filter(|p| !is_null_island(*p)) else { continue };
        frame = frame.near(position);
        let (east, north) = places.last().map_or((0.0, 0.0), |last| frame.offset(last.position, position));
        let (x, y) = places.last().map_or((0.0, 0.0), |last| (last.fix.x, last.fix.y));
        let accuracy = point.record.gps_accuracy();
        let r = accuracy.map_or(FIX_SD_M, |a| (a / 2.0).max(FIX_SD_M));
        let fix = Fix { t: point.t, x: x + east, y: y + north, r };
        let is_stepping = point.record.raw_cadence().is_some_and(|c| c > STEPPING);
        places.push(Place { position, fix, record: record as u32, is_stepping, accuracy: accuracy.map(|a| a as u8) });
    }
    places
}

/// Zero degrees by zero degrees is in the Atlantic, and what a receiver writes that has no position.
fn is_null_island(position: Position) -> bool {
    position.latitude() == 0.0 && position.longitude() == 0.0
}

fn apart(a: &Place, b: &Place) -> f64 {
    let (x, y) = (b.fix.x - a.fix.x, b.fix.y - a.fix.y);
    (x * x + y * y).sqrt()
}

/// Drops fixes that lie there and back. The others move up in their list: there is nothing to move on most tracks.
fn drop_detours(track: &mut Track) {
    let places = &mut track.places;
    let mut n_kept = 0;
    for i in 0..places.len() {
        let place = places[i];
        let around = places[..n_kept].last().zip(places.get(i + 1));
        let is_detour = around.is_some_and(|(a, c)| {
            let there = apart(a, &place);
            // Nothing can be saved on a short way there.
            there > DETOUR_M / 2.0 && c.fix.t - a.fix.t <= KNOWN_S && there + apart(&place, c) - apart(a, c) > DETOUR_M
        });
        if is_detour {
            track.strays.push(place.fix.t);
        } else {
            if n_kept < i {
                places[n_kept] = place;
            }
            n_kept += 1;
        }
    }
    places.truncate(n_kept);
}

/// Drops short pieces between impossible jumps.
fn drop_pieces(track: &mut Track, fastest: f64) {
    let pieces: Vec<&[Place]> = track.places.chunk_by(|a, b| !is_break(a, b, fastest)).collect();
    if pieces.len() < 2 {
        return;
    }
    let longest = pieces.iter().map(|p| p.len()).max().unwrap_or(0);
    let mut kept = Vec::with_capacity(track.places.len());
    for piece in pieces {
        if piece.len() < SHORTEST_PIECE.min(longest) {
            track.strays.extend(piece.iter().map(|p| p.fix.t));
        } else {
            kept.extend_from_slice(piece);
        }
    }
    track.places = kept;
}

/// Spreads repeated positions before a jump evenly over its way.
fn thaw(track: &mut Track) {
    let places = &mut track.places;
    let mut start = 0;
    while start < places.len() {
        let position = places[start].position;
        let same = places[start..].iter().take_while(|p| p.position == position).count();
        let end = start + same;
        if end < places.len() && is_frozen(&places[start..end], &places[end]) {
            let (first, next) = (places[start], places[end]);
            if next.fix.t - first.fix.t > LINEAR_S {
                track.freezes.push(Freeze { from: first.fix.t, to: next.fix.t });
            }
            for place in &mut places[start..end] {
                let share = (place.fix.t - first.fix.t) / (next.fix.t - first.fix.t);
                place.position = geodesy::between(first.position, next.position, share);
                place.fix.x = first.fix.x + share * (next.fix.x - first.fix.x);
                place.fix.y = first.fix.y + share * (next.fix.y - first.fix.y);
            }
        }
        start = end;
    }
}

fn is_frozen(run: &[Place], next: &Place) -> bool {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
    let window = next.fix.t - first.fix.t;
    if run.len() < FROZEN_FIXES || window > LONGEST_FREEZE_S {
        return false;
    }
    let way = apart(last, next);
    let jumps = way > JUMP_M_PER_S * (next.fix.t - last.fix.t);
    let stepping = run.iter().filter(|p| p.is_stepping).count();
    jumps && (2 * stepping > run.len() || way > ON_THE_MOVE_M_PER_S * window)
}
