//! A sketch of the route without a map: thick where the running was over the ceiling, with start, finish and scale.

use plotters::element::{Circle, PathElement, Text};
use plotters::prelude::IntoDrawingArea;
use plotters::style::{IntoFont, ShapeStyle, TextStyle};

use super::paper::Paper;
use super::{SCALE, palette};
use crate::render::stretches::{Kind, stretches};
use crate::report::Session;

const SIDE: u32 = 320;
/// Around the route, and below it for the scale.
const MARGIN: u32 = 12;
const FOOT: u32 = 24;

/// Metres of a degree of latitude on a sphere of the Earth's mean radius.
const METERS_PER_DEGREE: f64 = 111_195.0;

/// CSS pixels in drawn ones.
fn px(pixels: u32) -> i32 {
    i32::try_from(pixels * SCALE).unwrap_or(i32::MAX)
}

/// The largest of 1, 2 and 5 times a power of ten that is no more than a length.
fn nice(meters: f64) -> f64 {
    let power = 10_f64.powf(meters.max(1.0).log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|n| n * power).find(|&length| length <= meters).unwrap_or(power)
}

/// The route as an SVG document, north up, or `None` where the report carries no route.
pub fn svg(session: &Session) -> Option<String> {
    let chart = session.chart.as_ref()?;
    let points: Vec<(f64, f64, f64)> =
        chart.seconds.iter().zip(&chart.route).filter_map(|(t, p)| p.map(|p| (*t, p.lat, p.lon))).collect();
    let (first, stretch) = (points.first()?, points.first()?.1.to_radians().cos().max(0.01));
    let flat: Vec<(f64, f64, f64)> =
        points.iter().map(|(t, lat, lon)| (*t, wrap(lon - first.2) * stretch, lat - first.1)).collect();
    let bounds = |of: fn(&(f64, f64, f64)) -> f64| {
        flat.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
    };
    let ((west, east), (south, north)) = (bounds(|p| p.1), bounds(|p| p.2));
    let room = f64::from((SIDE - 2 * MARGIN) * SCALE);
    let scale = room / (east - west).max(north - south).max(1e-6);
    // No taller than it must be: a way there and back along a river would leave a white square.
    let height = ((((north - south) * scale).round() as u32) / SCALE + 2 * MARGIN + FOOT).min(SIDE + FOOT);
    let place = |x: f64, y: f64| {
        let margin = f64::from(MARGIN * SCALE);
        ((margin + (x - west) * scale).round() as i32, (margin + (north - y) * scale).round() as i32)
    };
    let mut text = String::new();
    {
        let root = Paper::svg(&mut text, (SIDE * SCALE, height * SCALE)).into_drawing_area();
        for stretch in stretches(session) {
            let path: Vec<_> = flat
                .iter()
                .filter(|(t, ..)| (stretch.start_s..=stretch.end_s).contains(t))
                .map(|(_, x, y)| place(*x, *y))
                .collect();
            let (colour, width) = match stretch.kind {
                Kind::Over => (palette::OVER, 4),
                Kind::Easy | Kind::Run => (palette::EASY, 2),
                Kind::NotClear | Kind::Walk | Kind::Still => (palette::WALK, 1),
            };
            if path.len() > 1 {
                root.draw(&PathElement::new(path, ShapeStyle::from(&colour).stroke_width(width * SCALE))).ok()?;
            }
        }
        let mark = |point: Option<&(f64, f64, f64)>, filled: bool| {
            let (x, y) = point.map(|(_, x, y)| place(*x, *y))?;
            let style = ShapeStyle::from(&palette::INK).stroke_width(2 * SCALE);
            let style = if filled { style.filled() } else { style };
            // Where the run ends at its start, the dot lies within the ring.
            root.draw(&Circle::new((x, y), (if filled { 4 } else { 8 }) * SCALE, style)).ok()
        };
        mark(flat.first(), false)?;
        mark(flat.last(), true)?;
        // Degrees of latitude are metres of a sphere here: a scale needs no better.
        let meters = nice(room / scale * METERS_PER_DEGREE / 3.0);
        let (left, y) = (px(MARGIN), px(height - FOOT / 3));
        let right = left + (meters / METERS_PER_DEGREE * scale).round() as i32;
        root.draw(&PathElement::new(
            vec![(left, y), (right, y)],
            ShapeStyle::from(&palette::MUTED).stroke_width(2 * SCALE),
        ))
        .ok()?;
        let label = if meters >= 1000.0 { format!("{} km", meters / 1000.0) } else { format!("{meters} m") };
        let style = TextStyle::from(("sans-serif", 13 * SCALE).into_font()).color(&palette::MUTED);
        root.draw(&Text::new(label, (right + px(6), y - px(9)), style)).ok()?;
        root.present().ok()?;
    }
    Some(text)
}

/// A difference of longitudes the short way round.
fn wrap(degrees: f64) -> f64 {
    (degrees + 540.0).rem_euclid(360.0) - 180.0
}
