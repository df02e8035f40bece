//! Paper of pixels: what plotters writes as SVG, drawn as a browser draws it.

use std::io::Error;

use plotters::prelude::DrawingBackend;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};
use tiny_skia::{FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};

use super::letters::Letters;

/// Paper of pixels.
pub struct Pixels<'a> {
    pixmap: &'a mut Pixmap,
    letters: Letters<'static>,
}

impl<'a> Pixels<'a> {
    /// Draws on a picture; `None` where our own font cannot be read.
    pub fn new(pixmap: &'a mut Pixmap) -> Option<Self> {
        Some(Self { pixmap, letters: Letters::of_font()? })
    }

    fn fill(&mut self, path: Option<Path>, color: BackendColor) {
        if let Some(path) = path {
            self.pixmap.fill_path(&path, &paint(color), FillRule::Winding, Transform::identity(), None);
        }
    }

    fn stroke<S: BackendStyle>(&mut self, path: Option<Path>, style: &S) {
        // Mitred joins and flat ends, as in SVG.
        let stroke = Stroke { width: style.stroke_width() as f32, ..Stroke::default() };
        if let Some(path) = path {
            self.pixmap.stroke_path(&path, &paint(style.color()), &stroke, Transform::identity(), None);
        }
    }
}

type Drawn = Result<(), DrawingErrorKind<Error>>;

impl DrawingBackend for Pixels<'_> {
    type ErrorType = Error;

    fn get_size(&self) -> (u32, u32) {
        (self.pixmap.width(), self.pixmap.height())
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.fill(rectangle((x, y), (x + 1, y + 1)), color);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.stroke(lines([from, to], false), style);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        let path = rectangle(from, to);
        if fill {
            self.fill(path, style.color());
        } else {
            self.stroke(path, style);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.stroke(lines(path, false), style);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let path = PathBuilder::from_circle(x as f32, y as f32, radius as f32);
        if fill {
            self.fill(path, style.color());
        } else {
            self.stroke(path, style);
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.fill(lines(path, true), style.color());
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        // The size and the places of `plotters-svg`, an `ex` being half an `em` to those who draw SVG.
        let size = (style.size() / 1.24) as f32;
        let below = match style.anchor().v_pos {
            VPos::Top => 0.76,
            VPos::Center => 0.25,
            VPos::Bottom => -0.25,
        };
        let before = match style.anchor().h_pos {
            HPos::Left => 0.0,
            HPos::Center => 0.5,
            HPos::Right => 1.0,
        };
        let left = x as f32 - before * self.letters.width(text, size);
        self.fill(self.letters.outline(text, size, (left, y as f32 + below * size)), style.color());
        Ok(())
    }
}

fn paint(color: BackendColor) -> Paint<'static> {
    let mut paint = Paint::default();
    let (red, green, blue) = color.rgb;
    paint.set_color_rgba8(red, green, blue, (color.alpha * 255.0).round() as u8);
    paint
}

/// A rectangle; `None` where it has no area, which SVG does not draw either.
fn rectangle((left, top): BackendCoord, (right, bottom): BackendCoord) -> Option<Path> {
    if left >= right || top >= bottom {
        return None;
    }
    Some(PathBuilder::from_rect(Rect::from_ltrb(left as f32, top as f32, right as f32, bottom as f32)?))
}

fn lines(points: impl IntoIterator<Item = BackendCoord>, is_closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (n, (x, y)) in points.into_iter().enumerate() {
        if n == 0 {
            path.move_to(x as f32, y as f32);
        } else {
            path.line_to(x as f32, y as f32);
        }
    }
    if is_closed {
        path.close();
    }
    path.finish()
}
