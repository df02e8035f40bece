//! A picture as a PNG file.

use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use tiny_skia::{Color, Pixmap};

use super::pixels::Pixels;

/// White paper to draw on; `None` without a size, or with one that no memory holds.
pub fn blank((width, height): (u32, u32)) -> Option<Pixmap> {
    let mut pixmap = Pixmap::new(width, height)?;
    pixmap.fill(Color::WHITE);
    Some(pixmap)
}

/// What a drawing leaves on white paper as a file.
pub fn draw_on(size: (u32, u32), draw: impl FnOnce(Pixels) -> Option<()>) -> Option<Vec<u8>> {
    let mut pixmap = blank(size)?;
    draw(Pixels::new(&mut pixmap)?)?;
    encode(&pixmap)
}

/// The file of an opaque picture: eight bits of red, green and blue (PNG, third edition, W3C 2025).
fn encode(pixmap: &Pixmap) -> Option<Vec<u8>> {
    let mut header = Vec::with_capacity(13);
    header.extend(pixmap.width().to_be_bytes());
    header.extend(pixmap.height().to_be_bytes());
    // Eight bits a channel, colours without alpha, the one compression and filter there are, no interlace.
    header.extend([8, 2, 0, 0, 0]);

    let mut rows = ZlibEncoder::new(Vec::new(), Compression::best());
    let n_bytes = 3 * pixmap.width() as usize;
    let (mut before, mut row) = (vec![0; n_bytes], Vec::with_capacity(n_bytes));
    let mut filtered = Vec::with_capacity(n_bytes + 1);
    for pixels in pixmap.pixels().chunks(pixmap.width() as usize) {
        row.clear();
        row.extend(pixels.iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]));
        filtered.clear();
        // Filter 2, the difference from the row above: most rows of a chart continue the lines of the last.
        filtered.push(2);
        filtered.extend(row.iter().zip(&before).map(|(now, above): (&u8, &u8)| now.wrapping_sub(*above)));
        rows.write_all(&filtered).ok()?;
        std::mem::swap(&mut row, &mut before);
    }

    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, *b"IHDR", &header)?;
    chunk(&mut file, *b"IDAT", &rows.finish().ok()?)?;
    chunk(&mut file, *b"IEND", &[])?;
    Some(file)
}

fn chunk(file: &mut Vec<u8>, name: [u8; 4], content: &[u8]) -> Option<()> {
    file.extend(u32::try_from(content.len()).ok()?.to_be_bytes());
    let mut sum = Crc::new();
    sum.update(&name);
    sum.update(content);
    file.extend(name);
    file.extend(content);
    file.extend(sum.sum().to_be_bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::ZlibDecoder;
    use plotters::prelude::DrawingBackend as _;
    use plotters::style::{IntoFont, RGBColor, ShapeStyle, TextStyle};

    use super::*;

    fn number(bytes: &[u8]) -> u32 {
        u32::from_be_bytes(bytes.try_into().expect("four bytes"))
    }

    /// Reads a picture back: its width, and red, green and blue of each pixel.
    fn decode(file: &[u8]) -> (u32, Vec<u8>) {
        let mut rest = file.strip_prefix(b"\x89PNG\r\n\x1a\n").expect("a signature");
        let (mut width, mut packed) = (0, Vec::new());
        while let [a, b, c, d, after @ ..] = rest {
            let length = number(&[*a, *b, *c, *d]) as usize;
            let (chunk, sum) = (&after[..4 + length], number(&after[4 + length..8 + length]));
            let mut crc = Crc::new();
            crc.update(chunk);
            assert_eq!(crc.sum(), sum);
            match &chunk[..4] {
                b"IHDR" => width = number(&chunk[4..8]),
                b"IDAT" => packed.extend(&chunk[4..]),
                _ => assert_eq!(chunk, b"IEND"),
            }
            rest = &after[8 + length..];
        }
        let mut bytes = Vec::new();
        ZlibDecoder::new(packed.as_slice()).read_to_end(&mut bytes).expect("packed rows");
        let mut pixels: Vec<u8> = Vec::new();
        for row in bytes.chunks(3 * width as usize + 1) {
            assert_eq!(row[0], 2);
            let above = pixels.len().checked_sub(row.len() - 1);
            for (i, difference) in row[1..].iter().enumerate() {
                pixels.push(difference.wrapping_add(above.map_or(0, |above| pixels[above + i])));
            }
        }
        (width, pixels)
    }

    #[test]
    fn what_is_drawn_is_in_the_file() {
        let file = draw_on((60, 20), |mut pixels| {
            let red = RGBColor(0xD5, 0x5E, 0x00);
            pixels.draw_rect((2, 3), (6, 8), &ShapeStyle::from(&red).filled(), true).ok()?;
            let style = TextStyle::from(("sans-serif", 14).into_font()).color(&red);
            pixels.draw_text("6:30 ▲", &style, (15, 2)).ok()
        });
        let (width, pixels) = decode(&file.expect("a picture"));
        assert_eq!((width, pixels.len()), (60, 3 * 60 * 20));
        let pixel = |x: usize, y: usize| &pixels[3 * (60 * y + x)..][..3];
        for (x, y, is_red) in [(2, 3, true), (5, 7, true), (1, 3, false), (6, 7, false), (5, 8, false)] {
            assert_eq!(pixel(x, y), if is_red { [0xD5, 0x5E, 0x00] } else { [0xFF; 3] }, "{x} {y}");
        }
        let ink = (15..60).filter(|&x| (0..20).any(|y| pixel(x, y) != [0xFF; 3])).count();
        assert!((25..45).contains(&ink), "{ink} columns hold ink");
    }

    #[test]
    fn no_size_is_no_picture() {
        assert_eq!(draw_on((0, 20), |_| Some(())), None);
    }
}
