//! Where the run went, and where a satellite receiver and an altimeter believe that it went.

use super::Setup;
use super::random::{Drift, Random};
use super::script::Trouble;
use super::truth::Truth;
use crate::units::Position;

/// Where heights come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Altimeter {
    /// A barometer.
    Barometer,
    /// The satellite receiver.
    Receiver,
    /// There are none.
    None,
}

/// Error of one axis of a wrist receiver, in metres, and how long it lasts, in seconds.
///
/// Gløersen, Kocbach and Gilgien 2018 found a third quartile of 5.29 m for the horizontal error (1.665 sigma) and an
/// interquartile range of 0.66 m/s for the speed error; the 84 s make 1 s differences as rough as that.
const RECEIVER: (f64, f64) = (3.18, 84.0);
/// How far off the first fixes behind a tunnel are, in metres. [our choice, after tunnels in real files]
const RETURN_ERROR: [f64; 4] = [80.0, 45.0, 20.0, 6.0];

/// The positions that the receiver gives at the start of each second and at the end, as fine as watches store them.
pub fn fixes(truth: &Truth, start: Position, setup: &Setup) -> Vec<Option<Position>> {
    let path = path(truth, setup);
    let [mut east, mut north] = ["east", "north"].map(|axis| Drift::new(setup.noise, axis, RECEIVER.0, RECEIVER.1));
    let mut random = Random::new(setup.noise.unwrap_or(0), "fix");
    let white = if setup.noise.is_some() { 0.15 } else { 0.0 };
    let (per_lat, per_lon) = meters_per_degree(start.latitude());
    let mut since_tunnel = RETURN_ERROR.len();
    let mut last = None;
    path.iter()
        .enumerate()
        .map(|(i, [x, y])| {
            let x = x + east.next() + white * random.normal();
            let y = y + north.next() + white * random.normal();
            let trouble = truth.seconds.get(i).and_then(|second| second.trouble);
            since_tunnel = if trouble == Some(Trouble::Tunnel) { 0 } else { since_tunnel + 1 };
            let off = since_tunnel.checked_sub(1).and_then(|k| RETURN_ERROR.get(k)).copied().unwrap_or(0.0);
            // Past the 180th degree it goes on from the other side.
            let longitude = (start.longitude() + x / per_lon + 180.0).rem_euclid(360.0) - 180.0;
            let fix = Position::from_degrees(start.latitude() + (y + off) / per_lat, longitude);
            let fix = fix.map(Position::as_semicircles).and_then(|(lat, lon)| Position::from_semicircles(lat, lon));
            match trouble {
                Some(Trouble::Tunnel) => None,
                Some(Trouble::Frozen) if last.is_some() => last,
                _ => {
                    last = fix;
                    fix
                }
            }
        })
        .collect()
}

/// East and north of the start in metres, at the start of each second and at the end: a new heading each minute.
fn path(truth: &Truth, setup: &Setup) -> Vec<[f64; 2]> {
    let mut random = Random::new(setup.noise.unwrap_or(0), "heading");
    let mut heading = 0.6_f64;
    let mut at = [0.0, 0.0];
    let mut path = vec![at];
    for i in 0..truth.len() {
        if setup.noise.is_some() && i > 0 && i % 60 == 0 {
            heading += 0.5 * random.normal();
        }
        let step = truth.distance[i + 1] - truth.distance[i];
        at = [at[0] + step * heading.sin(), at[1] + step * heading.cos()];
        path.push(at);
    }
    path
}

/// Heights above the sea at the start of each second and at the end, to the 0.2 m that watches store.
pub fn heights(truth: &Truth, altimeter: Altimeter, noise: Option<u64>) -> Vec<Option<f64>> {
    // A barometer is smooth and wanders with the weather; a receiver jumps. [our choices; the wrist receivers of
    // Gløersen et al. 2018 have a vertical interquartile range of 13 m]
    let (deviation, tau, white) = match altimeter {
        Altimeter::Barometer => (0.8, 300.0, 0.05),
        Altimeter::Receiver => (6.0, 60.0, 0.7),
        Altimeter::None => return vec![None; truth.len() + 1],
    };
    let mut wander = Drift::new(noise, "height", deviation, tau);
    let mut random = Random::new(noise.unwrap_or(0), "height, white");
    let white = if noise.is_some() { white } else { 0.0 };
    let mut height = 120.0;
    (0..=truth.len())
        .map(|i| {
            if let Some(second) = i.checked_sub(1).map(|before| truth.seconds[before]) {
                height += second.speed * second.grade;
            }
            let seen = height + wander.next() + white * random.normal();
            Some((seen * 5.0).round() / 5.0)
        })
        .collect()
}

/// Metres per degree of latitude and of longitude on the WGS84 ellipsoid.
fn meters_per_degree(latitude: f64) -> (f64, f64) {
    const A: f64 = 6_378_137.0;
    const E2: f64 = 0.006_694_379_990_14;
    let (sin, cos) = latitude.to_radians().sin_cos();
    let w = (1.0 - E2 * sin * sin).sqrt();
    let (meridional, normal) = (A * (1.0 - E2) / (w * w * w), A / w);
    (meridional.to_radians(), (normal * cos).to_radians())
}
