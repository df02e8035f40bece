//! Text as outlines, from a font of our own, so that a picture looks the same on every machine.

use tiny_skia::{Path, PathBuilder};
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder, Tag};

/// A part of `DejaVu Sans`: Latin letters, digits, arrows and the marks of the reports. Its licence stands beside it.
const FONT: &[u8] = include_bytes!("../fonts/DejaVuSans-subset.ttf");

/// The letters of a font.
pub struct Letters<'a> {
    face: Face<'a>,
    /// By how much pairs of letters stand closer together or wider apart.
    pairs: Vec<PairAdjustment<'a>>,
}

impl Letters<'static> {
    /// The letters of our font.
    pub fn of_font() -> Option<Self> {
        let face = Face::parse(FONT, 0).ok()?;
        let pairs = pairs(&face);
        Some(Self { face, pairs })
    }
}

impl Letters<'_> {
    /// The width of a text in pixels, in letters of `size` pixels.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        self.placed(text, size).last().map_or(0.0, |(_, end)| end)
    }

    /// The outline of a text that begins at a place on its base line.
    pub fn outline(&self, text: &str, size: f32, (x, y): (f32, f32)) -> Option<Path> {
        let mut path = PathBuilder::new();
        let mut start = 0.0;
        for (glyph, end) in self.placed(text, size) {
            let pen = Pen { path: &mut path, scale: self.scale(size), x: x + start, y };
            self.face.outline_glyph(glyph, &mut { pen });
            start = end;
        }
        path.finish()
    }

    /// The letters of a text, each with where it ends.
    fn placed(&self, text: &str, size: f32) -> impl Iterator<Item = (GlyphId, f32)> {
        let scale = self.scale(size);
        // A letter that the font does not have shows as its empty box.
        let glyphs = text.chars().map(|letter| self.face.glyph_index(letter).unwrap_or_default());
        let mut glyphs = glyphs.peekable();
        let mut end = 0.0;
        std::iter::from_fn(move || {
            let glyph = glyphs.next()?;
            let advance = i32::from(self.face.glyph_hor_advance(glyph).unwrap_or(0));
            let closer = glyphs.peek().map_or(0, |next| self.kerning(glyph, *next));
            end += scale * (advance + closer) as f32;
            Some((glyph, end))
        })
    }

    fn scale(&self, size: f32) -> f32 {
        size / f32::from(self.face.units_per_em())
    }

    /// What the font adds between two letters, in its own units.
    fn kerning(&self, left: GlyphId, right: GlyphId) -> i32 {
        let of_pair = |pair: &PairAdjustment| {
            let covered = pair.coverage().get(left)?;
            let (of_left, _) = match pair {
                PairAdjustment::Format1 { sets, .. } => sets.get(covered)?.get(right)?,
                PairAdjustment::Format2 { classes, matrix, .. } => {
                    matrix.get((classes.0.get(left), classes.1.get(right)))?
                }
            };
            Some(i32::from(of_left.x_advance))
        };
        self.pairs.iter().find_map(of_pair).unwrap_or(0)
    }
}

/// The pairs of the feature `kern`.
fn pairs<'a>(face: &Face<'a>) -> Vec<PairAdjustment<'a>> {
    let Some(table) = face.tables().gpos else { return Vec::new() };
    let features = table.features.into_iter().filter(|feature| feature.tag == Tag::from_bytes(b"kern"));
    let mut lookups: Vec<u16> = features.flat_map(|feature| feature.lookup_indices).collect();
    lookups.sort_unstable();
    lookups.dedup();
    let lookups = lookups.into_iter().filter_map(|index| table.lookups.get(index));
    let tables = lookups.flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable>());
    tables.filter_map(|table| if let PositioningSubtable::Pair(pair) = table { Some(pair) } else { None }).collect()
}

/// Draws in the font's units, upwards, on pixels, downwards.
struct Pen<'a> {
    path: &'a mut PathBuilder,
    scale: f32,
    x: f32,
    y: f32,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_their_widths_and_pairs() {
        let letters = Letters::of_font().expect("a font");
        // Digits are 0.636 em wide, so that columns of them stand straight.
        assert!((letters.width("6:30", 100.0) - (3.0 * 63.6 + 33.7)).abs() < 0.2, "{}", letters.width("6:30", 100.0));
        assert!(letters.width("AV", 100.0) < letters.width("A", 100.0) + letters.width("V", 100.0) - 4.0);
        assert!(letters.width("", 100.0).abs() < 1e-6);
    }

    #[test]
    fn every_mark_of_a_chart_has_an_outline() {
        let letters = Letters::of_font().expect("a font");
        for mark in
            "0123456789:/.+%-() abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ▲".chars().filter(|c| *c != ' ')
        {
            assert!(letters.face.glyph_index(mark).is_some(), "{mark}");
            assert!(letters.outline(&mark.to_string(), 12.0, (0.0, 20.0)).is_some(), "{mark}");
        }
    }
}
