//! What a chart is drawn on: the same drawing as SVG, or as pixels.

use std::io::Error;

use plotters::prelude::{DrawingBackend, SVGBackend};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};

#[cfg(feature = "png")]
use super::pixels::Pixels;

/// One type for all kinds of paper, so that the drawing is compiled once.
#[cfg_attr(feature = "png", expect(clippy::large_enum_variant, reason = "there is one at a time"))]
pub enum Paper<'a> {
    /// An SVG document.
    Svg(SVGBackend<'a>),
    /// A picture.
    #[cfg(feature = "png")]
    Pixels(Pixels<'a>),
}

impl<'a> Paper<'a> {
    /// An SVG document of a size, written into a string.
    pub fn svg(text: &'a mut String, size: (u32, u32)) -> Self {
        Self::Svg(SVGBackend::with_string(text, size))
    }
}

type Drawn = Result<(), DrawingErrorKind<Error>>;

/// Hands a call on to the kind of paper that there is.
macro_rules! hand_on {
    ($paper:ident.$method:ident($($argument:expr),*)) => {
        match $paper {
            Self::Svg(svg) => svg.$method($($argument),*),
            #[cfg(feature = "png")]
            Self::Pixels(pixels) => pixels.$method($($argument),*),
        }
    };
}

impl DrawingBackend for Paper<'_> {
    type ErrorType = Error;

    fn get_size(&self) -> (u32, u32) {
        hand_on!(self.get_size())
    }

    fn ensure_prepared(&mut self) -> Drawn {
        hand_on!(self.ensure_prepared())
    }

    fn present(&mut self) -> Drawn {
        hand_on!(self.present())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        hand_on!(self.draw_pixel(point, color))
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        hand_on!(self.draw_line(from, to, style))
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        hand_on!(self.draw_rect(from, to, style, fill))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        hand_on!(self.draw_path(path, style))
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        hand_on!(self.draw_circle(center, radius, style, fill))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        hand_on!(self.fill_polygon(path, style))
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        hand_on!(self.draw_text(text, style, at))
    }
}
