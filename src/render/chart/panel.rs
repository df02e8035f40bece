//! Where things go on the paper: a canvas with one time axis, and panels stacked on it.

use plotters::coord::Shift;
use plotters::element::{PathElement, Polygon, Rectangle, Text};
use plotters::prelude::DrawingArea;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, IntoFont, RGBColor, ShapeStyle, TextStyle};

use super::palette::{GRID, INK, MUTED, OVER};
use super::paper::Paper;
use super::{Look, SCALE, axis};

const FONT: &str = "sans-serif";

/// Room for labels at the left of every panel, in CSS pixels.
pub const LEFT: i32 = 52;

/// Room at the right of every panel, in CSS pixels.
pub const RIGHT: i32 = 12;

/// How wide the longest label of the time axis is, in CSS pixels.
const LABEL: i32 = 52;

/// The paper with its time axis.
pub struct Canvas<'a, 'b> {
    root: &'a DrawingArea<Paper<'b>, Shift>,
    elapsed_s: f64,
    left: i32,
    right: i32,
    top: i32,
    bottom: i32,
}

impl<'a, 'b> Canvas<'a, 'b> {
    /// A canvas for a session of `elapsed_s` seconds, with room for labels at the left and the bottom.
    pub fn new(root: &'a DrawingArea<Paper<'b>, Shift>, elapsed_s: f64, look: Look) -> Self {
        let (width, height) = (pixels(look.width), pixels(look.height));
        Self { root, elapsed_s, left: px(LEFT), right: width - px(RIGHT), top: px(20), bottom: height - px(24) }
    }

    /// Divides the height among panels by their weights; returns the top and bottom row of each.
    pub fn stack(&self, weights: &[f64]) -> Vec<(i32, i32)> {
        let n_shown = weights.iter().filter(|weight| **weight > 0.0).fold(0, |n, _| n + 1);
        let gap = px(22);
        let room = f64::from(self.bottom - self.top - gap * (n_shown - 1).max(0));
        let total: f64 = weights.iter().sum();
        let mut at = self.top;
        weights
            .iter()
            .map(|weight| {
                let height = (room * weight / total) as i32;
                let rows = (at, at + height);
                at += if *weight > 0.0 { height + gap } else { 0 };
                rows
            })
            .collect()
    }

    /// Labels the time at the bottom.
    pub fn time_axis(&self) {
        for (seconds, label) in axis::time_ticks(self.elapsed_s, f64::from(self.right - self.left)) {
            let x = self.x(seconds);
            self.draw(&PathElement::new(vec![(x, self.bottom), (x, self.bottom + px(4))], MUTED));
            let at_the_edge = x + px(LABEL / 2) > self.right + px(RIGHT);
            let (x, side) = if at_the_edge { (self.right + px(RIGHT), HPos::Right) } else { (x, HPos::Center) };
            self.text(&label, (x, self.bottom + px(6)), 14, MUTED, side, VPos::Top);
        }
    }

    fn x(&self, seconds: f64) -> i32 {
        self.left + (seconds / self.elapsed_s * f64::from(self.right - self.left)).round() as i32
    }

    fn draw<E>(&self, element: &E)
    where
        for<'e> &'e E: plotters::element::PointCollection<'e, (i32, i32)>,
        E: plotters::element::Drawable<Paper<'b>>,
    {
        // Writing into a string cannot fail.
        let _ = self.root.draw(element);
    }

    fn text(&self, text: &str, at: (i32, i32), size: u32, colour: RGBColor, h: HPos, v: VPos) {
        let style = TextStyle::from((FONT, size * SCALE).into_font()).color(&colour).pos(Pos::new(h, v));
        self.draw(&Text::new(text.to_owned(), at, style));
    }
}

/// One signal over time, between two rows of the canvas.
pub struct Panel<'c, 'a, 'b> {
    canvas: &'c Canvas<'a, 'b>,
    top: i32,
    bottom: i32,
    low: f64,
    high: f64,
}

impl<'c, 'a, 'b> Panel<'c, 'a, 'b> {
    /// A panel that shows values from `low` at its bottom to `high` at its top.
    pub fn new(canvas: &'c Canvas<'a, 'b>, (top, bottom): (i32, i32), low: f64, high: f64) -> Self {
        Self { canvas, top, bottom, low, high }
    }

    /// Its height in drawn pixels.
    pub fn height(&self) -> f64 {
        f64::from(self.bottom - self.top)
    }

    /// A title above its left corner.
    pub fn title(&self, text: &str) {
        self.canvas.text(text, (self.canvas.left, self.top - px(3)), 16, INK, HPos::Left, VPos::Bottom);
    }

    /// A label in the margin at its left.
    pub fn side_label(&self, text: &str) {
        let middle = i32::midpoint(self.top, self.bottom);
        self.canvas.text(text, (self.canvas.left - px(6), middle), 14, MUTED, HPos::Right, VPos::Center);
    }

    /// A thin line across with its label in the margin.
    pub fn grid_line(&self, value: f64, label: &str) {
        let y = self.y(value);
        self.canvas.draw(&PathElement::new(vec![(self.canvas.left, y), (self.canvas.right, y)], GRID));
        self.canvas.text(label, (self.canvas.left - px(6), y), 14, MUTED, HPos::Right, VPos::Center);
    }

    /// A thick line across, its name over the right corner of the panel where no curve runs through it.
    pub fn limit(&self, value: f64, label: &str, colour: RGBColor) {
        let y = self.y(value);
        let style = ShapeStyle::from(&colour).stroke_width(2 * SCALE);
        self.canvas.draw(&PathElement::new(vec![(self.canvas.left, y), (self.canvas.right, y)], style));
        self.canvas.text(label, (self.canvas.right, self.top - px(3)), 15, colour, HPos::Right, VPos::Bottom);
    }

    /// A thin line from top to bottom at a moment, its name on the side before it, where there is room for it.
    pub fn moment(&self, seconds: f64, label: &str) {
        let x = self.canvas.x(seconds);
        for y in (self.top..self.bottom).step_by(px(7) as usize) {
            self.canvas.draw(&PathElement::new(vec![(x, y), (x, (y + px(4)).min(self.bottom))], INK));
        }
        let width = px(8) * i32::try_from(label.len()).unwrap_or(i32::MAX / px(8));
        if x - self.canvas.left >= width {
            self.canvas.text(label, (x - px(5), self.top + px(4)), 15, INK, HPos::Right, VPos::Top);
        }
    }

    /// A pale band across between two values.
    pub fn band(&self, low: f64, high: f64, colour: RGBColor) {
        let corners = [(self.canvas.left, self.y(high)), (self.canvas.right, self.y(low))];
        self.canvas.draw(&Rectangle::new(corners, colour.mix(0.14).filled()));
    }

    /// A pale column between two moments over the whole height.
    pub fn column(&self, start_s: f64, end_s: f64, colour: RGBColor, strength: f64) {
        let corners = [(self.canvas.x(start_s), self.top), (self.canvas.x(end_s), self.bottom)];
        self.canvas.draw(&Rectangle::new(corners, colour.mix(strength).filled()));
    }

    /// A solid box between two moments from the bottom up to `value`, with a hair of space behind it.
    pub fn block(&self, start_s: f64, end_s: f64, value: f64, colour: RGBColor) {
        let (from, to) = (self.canvas.x(start_s), self.canvas.x(end_s));
        let space = i32::from(to - from > 3);
        self.canvas.draw(&Rectangle::new([(from, self.y(value)), (to - space, self.bottom)], colour.filled()));
    }

    /// A mark over a bout that is over the ceiling, and by how much where there is room: never colour alone.
    pub fn mark_over(&self, start_s: f64, end_s: f64, percent: Option<&str>) {
        let (from, to) = (self.canvas.x(start_s), self.canvas.x(end_s));
        let (middle, width) = (i32::midpoint(from, to), to - from);
        if let Some(percent) = percent.filter(|_| width >= px(40)) {
            self.canvas.text(percent, (middle, self.top - px(2)), 13, OVER, HPos::Center, VPos::Bottom);
            return;
        }
        let (tip, foot, half) = (self.top - px(9), self.top - px(3), px(3));
        let triangle = vec![(middle, tip), (middle - half, foot), (middle + half, foot)];
        self.canvas.draw(&Polygon::new(triangle, OVER.filled()));
    }

    /// The signal as a line, broken where it is missing.
    pub fn line(&self, seconds: &[f64], values: &[Option<f64>], colour: RGBColor, width: u32) {
        self.line_between(seconds, values, (f64::NEG_INFINITY, f64::INFINITY), colour, width);
    }

    /// The part of the signal between two moments as a line, broken where it is missing.
    pub fn line_between(
        &self,
        seconds: &[f64],
        values: &[Option<f64>],
        (from, to): (f64, f64),
        colour: RGBColor,
        width: u32,
    ) {
        let style = ShapeStyle::from(&colour).stroke_width(width * SCALE);
        let points: Vec<_> = seconds.iter().zip(values).filter(|(t, _)| (from..=to).contains(*t)).collect();
        for run in points.chunk_by(|a, b| a.1.is_some() == b.1.is_some()) {
            let mut path: Vec<_> = run
                .iter()
                .filter_map(|(t, value)| Some((self.canvas.x(**t), self.y((*value).as_ref().copied()?))))
                .collect();
            thin(&mut path);
            if path.len() > 1 {
                self.canvas.draw(&PathElement::new(path, style));
            }
        }
    }

    /// The signal as a filled area down to the bottom, missing samples bridged.
    pub fn area(&self, seconds: &[f64], values: &[Option<f64>], colour: RGBColor) {
        let mut outline: Vec<_> =
            seconds.iter().zip(values).filter_map(|(t, value)| Some((self.canvas.x(*t), self.y((*value)?)))).collect();
        let (Some(first), Some(last)) = (outline.first().copied(), outline.last().copied()) else {
            return;
        };
        thin(&mut outline);
        outline.extend([(last.0, self.bottom), (first.0, self.bottom)]);
        self.canvas.draw(&Polygon::new(outline, colour.mix(0.55).filled()));
    }

    fn y(&self, value: f64) -> i32 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.bottom - (share * f64::from(self.bottom - self.top)).round() as i32
    }
}

/// Leaves of the points in one column of pixels the first: nobody sees the others.
fn thin(path: &mut Vec<(i32, i32)>) {
    path.dedup_by_key(|point| point.0);
}

/// CSS pixels as drawn pixels.
const fn px(css: i32) -> i32 {
    css * SCALE.cast_signed()
}

fn pixels(css: u32) -> i32 {
    i32::try_from(css.saturating_mul(SCALE)).unwrap_or(i32::MAX)
}
