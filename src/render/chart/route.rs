//! A sketch of the route without a map: thick where the running was over the ceiling.

use plotters::element::PathElement;
use plotters::prelude::{IntoDrawingArea, SVGBackend};
use plotters::style::ShapeStyle;

use super::{SCALE, palette};
use crate::render::stretches::{Kind, stretches};
use crate::report::Session;

const SIDE: u32 = 320;

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
    let room = f64::from((SIDE - 20) * SCALE);
    let scale = room / (east - west).max(north - south).max(1e-6);
    let place = |x: f64, y: f64| {
        let margin = f64::from(10 * SCALE);
        ((margin + (x - west) * scale).round() as i32, (margin + (north - y) * scale).round() as i32)
    };
    let mut text = String::new();
    {
        let root = SVGBackend::with_string(&mut text, (SIDE * SCALE, SIDE * SCALE)).into_drawing_area();
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
        root.present().ok()?;
    }
    Some(text)
}

/// A difference of longitudes the short way round.
fn wrap(degrees: f64) -> f64 {
    (degrees + 540.0).rem_euclid(360.0) - 180.0
}
