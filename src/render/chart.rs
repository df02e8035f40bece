//! The chart of one session as SVG or PNG: pace against its ceiling, the bouts, heart rate and altitude on one time axis.

mod axis;
#[cfg(feature = "png")]
mod letters;
mod panel;
mod paper;
#[cfg(feature = "png")]
mod pixels;
#[cfg(feature = "png")]
mod png;
pub mod route;

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, IntoDrawingArea};

use super::stretches::{Kind, Stretch, stretches};
use super::words::excess;
use crate::report::{Chart, Session};
use crate::units::{Pace, UnitSystem, clock};
use panel::{Canvas, Panel};
use paper::Paper;

/// How large a chart is drawn, and in which units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// Units of pace and height.
    pub units: UnitSystem,
}

/// The colours of a chart on white paper. They differ in lightness as well as in hue (after Okabe and Ito), so that
/// they stay apart for the colour-blind and in black and white.
pub mod palette {
    use plotters::style::RGBColor;

    /// Text and axes.
    pub const INK: RGBColor = RGBColor(0x1F, 0x29, 0x33);
    /// Secondary text.
    pub const MUTED: RGBColor = RGBColor(0x5B, 0x68, 0x77);
    /// Grid lines.
    pub const GRID: RGBColor = RGBColor(0xDD, 0xE2, 0xE8);
    /// Running under the ceiling.
    pub const EASY: RGBColor = RGBColor(0x00, 0x72, 0xB2);
    /// Running over the ceiling.
    pub const OVER: RGBColor = RGBColor(0xD5, 0x5E, 0x00);
    /// Walking.
    pub const WALK: RGBColor = RGBColor(0x9A, 0xA5, 0xB1);
    /// Standing, paused, or not known.
    pub const STILL: RGBColor = RGBColor(0xC9, 0xD1, 0xD9);
    /// The ceiling.
    pub const CEILING: RGBColor = RGBColor(0xA0, 0x1C, 0x5E);
    /// Heart rate.
    pub const HEART: RGBColor = RGBColor(0xB1, 0x2A, 0x34);
    /// The ground.
    pub const GROUND: RGBColor = RGBColor(0xB8, 0xB0, 0xA2);

    /// The name and light colour of each, for style sheets.
    pub const NAMED: [(&str, RGBColor); 10] = [
        ("ink", INK),
        ("muted", MUTED),
        ("grid", GRID),
        ("easy", EASY),
        ("over", OVER),
        ("walk", WALK),
        ("still", STILL),
        ("ceiling", CEILING),
        ("heart", HEART),
        ("ground", GROUND),
    ];
}

/// Room left and right of the time axis, in CSS pixels.
pub const MARGINS: (i32, i32) = (panel::LEFT, panel::RIGHT);

/// Draws at twice the size, because plotters places points on whole pixels.
pub(crate) const SCALE: u32 = 2;

/// The chart of a session as a whole SVG document, or `None` where the report carries no samples to draw.
pub fn svg(session: &Session, look: Look) -> Option<String> {
    let mut text = String::new();
    draw(Paper::svg(&mut text, look.size()), session, look)?;
    Some(text)
}

/// The same drawing as a PNG file, or `None` where there are no samples to draw.
#[cfg(feature = "png")]
pub fn png(session: &Session, look: Look) -> Option<Vec<u8>> {
    png::draw_on(look.size(), |pixels| draw(Paper::Pixels(pixels), session, look))
}

impl Look {
    /// Width and height in drawn pixels.
    const fn size(self) -> (u32, u32) {
        (self.width * SCALE, self.height * SCALE)
    }
}

fn draw(paper: Paper, session: &Session, look: Look) -> Option<()> {
    let chart = session.chart.as_ref().filter(|chart| chart.seconds.len() > 1)?;
    let root = paper.into_drawing_area();
    draw_panels(&root, session, chart, look);
    root.present().ok()
}

fn draw_panels(root: &DrawingArea<Paper, Shift>, session: &Session, chart: &Chart, look: Look) {
    let canvas = Canvas::new(root, session.elapsed_s.max(1.0), look);
    let has_heart = chart.heart_rate.iter().any(Option::is_some);
    let has_ground = chart.altitude.iter().any(Option::is_some);
    let parts = [5.0, 0.9, if has_heart { 2.4 } else { 0.0 }, if has_ground { 1.3 } else { 0.0 }];
    let tops = canvas.stack(&parts);

    draw_pace(&canvas, tops[0], session, chart, look.units);
    draw_strip(&canvas, tops[1], session);
    if has_heart {
        draw_heart(&canvas, tops[2], session, chart);
    }
    if has_ground {
        draw_ground(&canvas, tops[3], chart, look.units);
    }
    canvas.time_axis();
}

/// Pace upwards, spaced by speed, so that equal steps on paper are equal steps in effort.
fn draw_pace(canvas: &Canvas, rows: (i32, i32), session: &Session, chart: &Chart, units: UnitSystem) {
    let ceiling =
        session.ceiling.pace_s_per_km.map(|s| Pace::from_seconds_per_kilometer(s).speed().as_meters_per_second());
    let (low, high) = axis::speed_range(&chart.speed, ceiling);
    let panel = Panel::new(canvas, rows, low, high);
    let stretches = stretches(session);
    for stretch in stretches.iter().filter(|stretch| matches!(stretch.kind, Kind::Over | Kind::Easy | Kind::Run)) {
        let (colour, strength) = shade(stretch);
        panel.column(stretch.start_s, stretch.end_s, colour, strength);
    }
    for (speed, label) in axis::pace_ticks(low, high, panel.height(), units) {
        panel.grid_line(speed, &label);
    }
    panel.title(&format!("Pace on the flat (min{})", units.pace_unit()));
    if let Some(ceiling) = ceiling {
        let sigma = session.ceiling.pace_uncertainty.unwrap_or(0.0);
        panel.band(ceiling * (-sigma).exp(), ceiling * sigma.exp(), palette::CEILING);
        let pace = Pace::from_seconds_per_kilometer(1000.0 / ceiling);
        let label = format!("easy ceiling {}{}", units.pace_number(pace), units.pace_unit());
        panel.limit(ceiling, &label, palette::CEILING);
    }
    panel.line(&chart.seconds, &chart.speed, palette::INK, 1);
    for over in stretches.iter().filter(|stretch| stretch.kind == Kind::Over) {
        panel.line_between(&chart.seconds, &chart.speed, (over.start_s, over.end_s), palette::OVER, 2);
    }
    if let Some(turned_at_s) = session.verdict.as_ref().and_then(|verdict| verdict.turned_at_s) {
        panel.moment(turned_at_s, &format!("turned at {}", clock(turned_at_s)));
    }
}

/// One box a stretch: low for walking, higher for running, full and marked for running over the ceiling.
fn draw_strip(canvas: &Canvas, rows: (i32, i32), session: &Session) {
    let panel = Panel::new(canvas, rows, 0.0, 1.0);
    panel.side_label("bouts");
    for stretch in stretches(session) {
        let (top, colour) = match stretch.kind {
            Kind::Over => (1.0, palette::OVER),
            Kind::Easy | Kind::Run => (0.62, palette::EASY),
            Kind::Walk => (0.34, palette::WALK),
            Kind::NotClear | Kind::Still => (0.14, palette::STILL),
        };
        panel.block(stretch.start_s, stretch.end_s, top, colour);
        if stretch.kind == Kind::Over {
            panel.mark_over(stretch.start_s, stretch.end_s, stretch.ratio.and_then(excess).as_deref());
        }
    }
}

fn draw_heart(canvas: &Canvas, rows: (i32, i32), session: &Session, chart: &Chart) {
    let ceiling = session.ceiling.heart_rate_bpm;
    let (low, high) = axis::range(&chart.heart_rate, ceiling, 10.0);
    let panel = Panel::new(canvas, rows, low, high);
    for (bpm, label) in axis::even_ticks(low, high, 3) {
        panel.grid_line(bpm, &label);
    }
    panel.title("Heart rate (bpm)");
    if let Some(bpm) = ceiling {
        let sigma = session.ceiling.heart_rate_uncertainty_bpm.unwrap_or(0.0);
        panel.band(bpm - sigma, bpm + sigma, palette::CEILING);
        panel.limit(bpm, &format!("easy ceiling {bpm:.0}"), palette::CEILING);
    }
    panel.line(&chart.seconds, &chart.heart_rate, palette::HEART, 2);
}

fn draw_ground(canvas: &Canvas, rows: (i32, i32), chart: &Chart, units: UnitSystem) {
    let scale = if units == UnitSystem::Imperial { 1.0 / 0.3048 } else { 1.0 };
    let heights: Vec<_> = chart.altitude.iter().map(|height| height.map(|meters| meters * scale)).collect();
    let (low, high) = axis::range(&heights, None, 10.0);
    let panel = Panel::new(canvas, rows, low, high);
    for (height, label) in axis::even_ticks(low, high, 2) {
        panel.grid_line(height, &label);
    }
    panel.title(if units == UnitSystem::Imperial { "Altitude (ft)" } else { "Altitude (m)" });
    panel.area(&chart.seconds, &heights, palette::GROUND);
}

/// The colour behind a stretch of running and how strong it is: the further over the ceiling, the stronger.
fn shade(stretch: &Stretch) -> (plotters::style::RGBColor, f64) {
    match (stretch.kind, stretch.ratio) {
        (Kind::Over, Some(ratio)) if ratio >= 1.20 => (palette::OVER, 0.34),
        (Kind::Over, Some(ratio)) if ratio >= 1.10 => (palette::OVER, 0.24),
        (Kind::Over, _) => (palette::OVER, 0.15),
        _ => (palette::EASY, 0.08),
    }
}

/// The same drawing with its colours taken from the page's style, so that it follows dark and light.
pub fn themed(svg: &str) -> String {
    palette::NAMED.iter().fold(svg.to_owned(), |text, (name, colour)| {
        text.replace(&format!("#{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2), &format!("var(--c-{name})"))
    })
}

/// What a chart shows, in words, for those who cannot see it.
pub fn description(session: &Session, units: UnitSystem) -> String {
    let ceiling = session.ceiling.pace_s_per_km.map_or("no ceiling is known".to_owned(), |s| {
        let pace = Pace::from_seconds_per_kilometer(s);
        format!("the easy ceiling is {}{}", units.pace_number(pace), units.pace_unit())
    });
    format!(
        "Pace over {} of elapsed time: {} over the ceiling; {ceiling}. The table of bouts below holds the same numbers.",
        clock(session.elapsed_s),
        super::words::time_over(session).unwrap_or_else(|| "nothing".to_owned()),
    )
}
