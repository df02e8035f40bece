//! A document of any length, a piece at a time.

use std::io::Read;

use crate::ingest::limits;
use crate::ingest::xml::Scanner;

/// Bytes that are read at a time.
const PIECE: usize = 1 << 20;

/// Visits the tags of a document. `take` reads one tag and says `None` where the piece breaks off in it; what it has not
/// read is there again with the next piece. `Err` says why the document ends before its end.
pub fn each(
    from: &mut dyn Read,
    n_bytes: &mut u64,
    mut take: impl FnMut(&mut Scanner) -> Option<()>,
) -> Result<(), &'static str> {
    let mut piece = vec![0; PIECE];
    let mut held = 0;
    loop {
        let mut n_read = 0;
        // Decompressors hand over a few kilobytes at a time.
        while held + n_read < piece.len() {
            match from.read(&mut piece[held + n_read..]) {
                Ok(0) => break,
                Ok(n) => n_read += n,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) if n_read == 0 => return Err("the compressed data breaks off or is damaged"),
                Err(_) => break,
            }
        }
        *n_bytes += n_read as u64;
        let end = held + n_read;
        let mut scanner = Scanner::new(&piece[..end]);
        let mut rest = end;
        while take(&mut scanner).is_some() {
            rest = scanner.rest().len();
        }
        if n_read == 0 {
            return if piece[end - rest.min(end)..end].trim_ascii().is_empty() {
                Ok(())
            } else {
                Err("the file breaks off in a tag")
            };
        }
        if *n_bytes > limits::EXPORT_BYTES {
            return Err("the file is longer than any export; the rest is left out");
        }
        // A tag that fills a whole piece is none.
        let keep = if rest == end && end == piece.len() { 0 } else { rest };
        piece.copy_within(end - keep..end, 0);
        held = keep;
    }
}
