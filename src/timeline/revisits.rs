//! How well slopes agree where the runner passed the same place twice: the only witness for altitude in the file.

use super::geodesy::Frame;
use crate::units::Position;

/// Passes this close together are over the same ground, in metres.
const SAME_PLACE_M: f64 = 8.0;
/// Passes less than this apart in time share their error.
const APART_S: usize = 240;
/// Passes have to go the same or the opposite way: the cosine between their courses.
const PARALLEL: f64 = 0.9;
/// With fewer pairs nothing is said.
const FEWEST_PAIRS: usize = 30;
/// So many passes of one place are enough.
const MOST_PASSES: usize = 18;

/// A place on the way with the slope that was found there.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Seconds from the start.
    pub second: usize,
    /// Where it is.
    pub position: Position,
    /// Rise over run.
    pub grade: f32,
}

/// The median error of a slope, from the differences between passes; `None` where the way hardly meets itself.
pub fn grade_error(places: &[Place]) -> Option<f32> {
    let mut errors: Vec<f32> = pairs(places)?.iter().map(|(a, b)| (a - b).abs() / std::f32::consts::SQRT_2).collect();
    let middle = errors.len() / 2;
    Some(*errors.select_nth_unstable_by(middle, f32::total_cmp).1)
}

/// How far the slopes of one pass are those of the other, from 1, the same, to 0, chance; `None` where the way hardly
/// meets itself.
///
/// Of 127 runs that meet themselves, those with heights from a map have 0.85 to 0.99, good barometers 0.7 to 0.95, and
/// flat ground and altimeters that swing 0.3 and less.
pub fn repeat(places: &[Place]) -> Option<f32> {
    let pairs = pairs(places)?;
    let sum = |term: fn(&(f32, f32)) -> f32| pairs.iter().map(term).sum::<f32>();
    let scale = (sum(|p| p.0 * p.0) * sum(|p| p.1 * p.1)).sqrt();
    (scale > 0.0).then(|| sum(|p| p.0 * p.1) / scale)
}

/// A climb is at least so steep.
const CLIMB: f32 = 0.05;
/// A climb run so many times is run on purpose.
const TIMES: usize = 4;
/// Passes of a climb are this near to one another in metres, go the same way, and are this far apart in seconds.
const SAME_CLIMB_M: f64 = 15.0;
const SAME_WAY: f64 = 0.8;
const CLIMBS_APART_S: usize = 60;
/// Fewer uphill places are no climb.
const FEWEST_UPHILL: usize = 12;
/// So many places near one are enough.
const MOST_NEAR: usize = 144;

/// The share of the uphill places that the runner climbs four times or more; `None` where hardly anything is uphill.
///
/// Our choice, set by hand on the seasons of three runners: sessions of hill repetitions climb one place so often, and no
/// easy run was seen to.
fn climbed_often(places: &[Place]) -> Option<f64> {
    let points = points(places)?;
    let course = |k: usize| (points[k + 1].0 - points[k].0, points[k + 1].1 - points[k].1);
    let uphill: Vec<usize> = (0..places.len() - 1).filter(|&i| places[i].grade > CLIMB).collect();
    if uphill.len() < FEWEST_UPHILL {
        return None;
    }
    let squares = Squares::of(&points, uphill.iter().copied(), SAME_CLIMB_M);
    let is_pass = |i: usize, j: usize| {
        let apart = (points[i].0 - points[j].0).hypot(points[i].1 - points[j].1);
        let ((ax, ay), (bx, by)) = (course(i), course(j));
        apart < SAME_CLIMB_M && (ax * bx + ay * by) > SAME_WAY * ax.hypot(ay) * bx.hypot(by)
    };
    let n_passes = |i: usize| {
        let near = squares.near(points[i]).into_iter().take(MOST_NEAR);
        let seconds: Vec<usize> = near.filter(|&j| is_pass(i, j)).map(|j| places[j].second).collect();
        1 + seconds.windows(2).filter(|pair| pair[1] - pair[0] > CLIMBS_APART_S).count()
    };
    let often = uphill.iter().filter(|&&i| n_passes(i) >= TIMES).count();
    Some(often as f64 / uphill.len() as f64)
}

/// Share of the uphill way that is climbed four times or more in hill repetitions. Our choice.
const ON_PURPOSE: f64 = 0.25;
/// How far the slopes of satellite altitude repeat where a climb is run again and again, and not by chance. Of 167 real
/// runs with such altitude nine climb one place so often: three sessions of hill repetitions with 0.31 to 0.67, four of
/// intervals with 0.70 to 0.92, and two on a track with 0.10 and less. The middle.
const REPEATS_ENOUGH: f32 = 0.2;

/// True when a quarter of the uphill way is climbed four times or more: climbs that are run on purpose.
pub fn climbs_on_purpose(places: &[Place]) -> bool {
    climbed_often(places).is_some_and(|share| share >= ON_PURPOSE)
}

/// How far the slopes of satellite altitude repeat where the runner climbs on purpose; `None` elsewhere. Other passes
/// confirm what one pass of such altitude cannot.
pub fn repeated_climbs(places: &[Place]) -> Option<f32> {
    repeat(places).filter(|&repeats| repeats >= REPEATS_ENOUGH && climbs_on_purpose(places))
}

/// The slopes of pairs of passes over the same ground, both as seen by the later one.
fn pairs(places: &[Place]) -> Option<Vec<(f32, f32)>> {
    let points = points(places)?;
    let squares: Vec<(i32, i32)> = points.iter().map(|&point| Squares::square(point, SAME_PLACE_M)).collect();
    let mut earlier = Earlier::new(&squares);
    let (mut pairs, mut near, mut n_earlier) = (Vec::new(), Vec::new(), 0);
    for i in 0..places.len() - 1 {
        // What was passed a moment ago is no second pass: the grid holds only what may be the first one.
        while n_earlier < i && places[i].second - places[n_earlier].second >= APART_S {
            earlier.add(n_earlier);
            n_earlier += 1;
        }
        earlier.near(i, &mut near);
        pairs.extend(near.iter().take(MOST_PASSES).filter_map(|&j| {
            let sign = same_ground(places, &points, i, j)?;
            Some((places[i].grade, sign * places[j].grade))
        }));
    }
    (pairs.len() >= FEWEST_PAIRS).then_some(pairs)
}

/// The places in metres east and north of the first.
fn points(places: &[Place]) -> Option<Vec<(f64, f64)>> {
    let origin = places.first()?.position;
    let frame = Frame::at(origin.latitude());
    Some(places.iter().map(|p| frame.offset(origin, p.position)).collect())
}

/// Points by the square they lie in. A course that is turned over or lies elsewhere has the same neighbours: squares are
/// centred on the first point, and neighbours come in the order of the way.
struct Squares {
    size: f64,
    by_square: Vec<(i32, i32, usize)>,
}

impl Squares {
    fn of(points: &[(f64, f64)], indices: impl Iterator<Item = usize>, size: f64) -> Self {
        let mut by_square: Vec<(i32, i32, usize)> = indices
            .map(|i| {
                let (x, y) = Self::square(points[i], size);
                (x, y, i)
            })
            .collect();
        by_square.sort_unstable();
        Self { size, by_square }
    }

    fn square((x, y): (f64, f64), size: f64) -> (i32, i32) {
        (rounded(x / size), rounded(y / size))
    }

    /// The points in the square of a point and in those around it, in the order of the way.
    fn near(&self, point: (f64, f64)) -> Vec<usize> {
        let (x, y) = Self::square(point, self.size);
        let mut near = Vec::new();
        for column in [x.saturating_sub(1), x, x.saturating_add(1)] {
            let from = self.by_square.partition_point(|&(sx, sy, _)| (sx, sy) < (column, y.saturating_sub(1)));
            let rows = self.by_square[from..].iter().take_while(|s| s.0 == column && s.1 <= y.saturating_add(1));
            near.extend(rows.map(|s| s.2));
        }
        near.sort_unstable();
        near
    }
}

/// The nearest whole number, halves away from zero. Without a call, as `f64::round` is one on most processors.
fn rounded(x: f64) -> i32 {
    let whole = x as i32;
    let rest = x - f64::from(whole);
    whole.saturating_add(i32::from(rest >= 0.5)).saturating_sub(i32::from(rest <= -0.5))
}

/// Points by their square, added one after the other: a table of chains that costs a few steps to ask in vain.
///
/// Four squares share a slot, so that a square and those around it lie in four slots.
struct Earlier<'a> {
    squares: &'a [(i32, i32)],
    /// The last point added of each slot, and of each point the one added before it to its slot.
    last: Vec<u32>,
    before: Vec<u32>,
}

/// No point.
const NONE: u32 = u32::MAX;

impl<'a> Earlier<'a> {
    fn new(squares: &'a [(i32, i32)]) -> Self {
        let n_slots = (2 * squares.len()).next_power_of_two();
        Self { squares, last: vec![NONE; n_slots], before: vec![NONE; squares.len()] }
    }

    /// The slot of four squares, by half the numbers of any of them.
    fn slot(&self, x: i32, y: i32) -> usize {
        // The multipliers scatter neighbours; any odd ones do.
        let mixed = x.cast_unsigned().wrapping_mul(0x9E37_79B1) ^ y.cast_unsigned().wrapping_mul(0x85EB_CA6B);
        (mixed ^ (mixed >> 15)) as usize & (self.last.len() - 1)
    }

    fn add(&mut self, i: usize) {
        let (x, y) = self.squares[i];
        let slot = self.slot(x >> 1, y >> 1);
        self.before[i] = std::mem::replace(&mut self.last[slot], u32::try_from(i).unwrap_or(NONE));
    }

    /// All points added in the square of a point and in those around it, rising.
    fn near(&self, i: usize, near: &mut Vec<usize>) {
        near.clear();
        let (x, y) = self.squares[i];
        // Of three squares in a row, the outer ones lie in two neighbouring slots.
        for column in [x.wrapping_sub(1) >> 1, x.wrapping_add(1) >> 1] {
            for row in [y.wrapping_sub(1) >> 1, y.wrapping_add(1) >> 1] {
                let mut at = self.last[self.slot(column, row)];
                while let Some(&(sx, sy)) = self.squares.get(at as usize) {
                    // Squares of other places can share the slot.
                    let is_of_slot = (sx >> 1, sy >> 1) == (column, row);
                    if is_of_slot && sx.abs_diff(x) <= 1 && sy.abs_diff(y) <= 1 {
                        near.push(at as usize);
                    }
                    at = self.before[at as usize];
                }
            }
        }
        if near.len() > 1 {
            near.sort_unstable();
        }
    }
}

/// 1 when two places are passes over the same ground in the same direction, -1 when in opposite ones.
fn same_ground(places: &[Place], points: &[(f64, f64)], i: usize, j: usize) -> Option<f32> {
    let apart = (points[i].0 - points[j].0).hypot(points[i].1 - points[j].1);
    if apart > SAME_PLACE_M || places[i].second - places[j].second < APART_S {
        return None;
    }
    let course = |k: usize| (points[k + 1].0 - points[k].0, points[k + 1].1 - points[k].1);
    let ((ax, ay), (bx, by)) = (course(i), course(j));
    let cosine = (ax * bx + ay * by) / (ax.hypot(ay) * bx.hypot(by));
    (cosine.abs() > PARALLEL).then_some(cosine.signum() as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Out and back over 1 km; the slope found is `uphill` going out and `back` coming home.
    fn out_and_back(uphill: f32, back: f32) -> Vec<Place> {
        let at = |i: usize| Position::from_degrees(48.0 + i as f64 * 15.0 / 111_000.0, 2.0).expect("on the globe");
        let out = (0..66).map(|i| Place { second: i * 6, position: at(i), grade: uphill });
        let home = (0..66).map(|i| Place { second: 400 + i * 6, position: at(65 - i), grade: back });
        out.chain(home).collect()
    }

    #[test]
    fn what_was_uphill_is_downhill_on_the_way_home() {
        assert_eq!(grade_error(&out_and_back(0.05, -0.05)), Some(0.0));
        assert!(repeat(&out_and_back(0.05, -0.05)).is_some_and(|r| (r - 1.0).abs() < 1e-5));
        assert!(repeat(&out_and_back(0.05, 0.05)).is_some_and(|r| (r + 1.0).abs() < 1e-5));
        let error = grade_error(&out_and_back(0.05, 0.01)).expect("pairs");
        assert!((error - 0.06 / 2.0_f32.sqrt()).abs() < 1e-6, "{error}");
    }

    #[test]
    fn a_climb_run_again_and_again_is_seen() {
        let at = |i: usize| Position::from_degrees(48.0 + i as f64 * 15.0 / 111_000.0, 2.0).expect("on the globe");
        let repetitions = |n: usize| -> Vec<Place> {
            let up = |k: usize| (0..20).map(move |i| (k, i, 0.1)).chain((0..20).map(move |i| (k, 20 - i, -0.1)));
            let place = |(n, (_, i, grade))| Place { second: 6 * n, position: at(i), grade };
            (0..n).flat_map(up).enumerate().map(place).collect()
        };
        assert!(climbed_often(&repetitions(6)).is_some_and(|share| share > 0.8));
        assert_eq!(climbed_often(&repetitions(3)), Some(0.0));
        assert_eq!(climbed_often(&out_and_back(0.0, 0.0)), None);
        assert_eq!(climbed_often(&[]), None);
    }

    #[test]
    fn squares_are_rounded_as_numbers_are() {
        for x in [0.0, 0.5, -0.5, 0.499_999_999_999_999_94, -1.5, 2.5, 7.3, -7.6, 4e9, -4e9, f64::NAN, f64::INFINITY] {
            assert_eq!(rounded(x), x.round() as i32, "{x}");
        }
    }

    #[test]
    fn the_neighbours_of_a_square_are_found() {
        let squares: Vec<(i32, i32)> = (0..49).map(|i| (i % 7 - 3, i / 7 - 3)).collect();
        let mut earlier = Earlier::new(&squares);
        (0..squares.len()).for_each(|i| earlier.add(i));
        let mut near = Vec::new();
        for (i, &(x, y)) in squares.iter().enumerate() {
            earlier.near(i, &mut near);
            let is_near = |j: &usize| squares[*j].0.abs_diff(x) <= 1 && squares[*j].1.abs_diff(y) <= 1;
            assert_eq!(near, (0..squares.len()).filter(is_near).collect::<Vec<_>>(), "{x} {y}");
        }
    }

    #[test]
    fn a_way_that_never_meets_itself_says_nothing() {
        assert_eq!(grade_error(&out_and_back(0.05, 0.05)[..66]), None);
        assert_eq!(grade_error(&[]), None);
    }
}
