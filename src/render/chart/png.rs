//! Turns a drawn chart into pixels, with a font of our own, so that it looks the same on every machine.

use std::sync::Arc;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

/// A part of `DejaVu Sans`: Latin letters, digits, arrows and the marks of the reports. Its licence stands beside it.
const FONT: &[u8] = include_bytes!("../fonts/DejaVuSans-subset.ttf");

/// The picture of an SVG document on white paper, or `None` where it is not one of ours.
pub fn png(svg: &str) -> Option<Vec<u8>> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(FONT.to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    let options = Options { fontdb: Arc::new(fonts), ..Options::default() };
    let tree = Tree::from_str(svg, &options).ok()?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height())?;
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_leave_ink() {
        let with = png(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text x="5" y="15" font-family="sans-serif">6:30 ▲</text></svg>"#,
        );
        let without = png(r#"<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"></svg>"#);
        assert!(with.expect("a picture").len() > without.expect("a picture").len() + 50);
        assert_eq!(png("no svg"), None);
    }
}
