//! Whatever is wrong with a file, it is read or refused: no panic, and no more than what stands in it.

use proptest::prelude::*;
use rehabrun::ingest;

use super::{own_files, real_files, records};

#[test]
fn a_file_cut_anywhere_gives_what_comes_before() {
    for (name, bytes) in own_files() {
        let whole = ingest::decode(&bytes).expect("our own file");
        let whole: Vec<_> = records(&whole).collect();
        for end in (0..bytes.len()).step_by(37) {
            let Ok(cut) = ingest::decode(&bytes[..end]) else { continue };
            let kept: Vec<_> = records(&cut).collect();
            assert_eq!(kept, whole[..kept.len()], "{name} cut at {end}");
            let told = cut.notes.iter().any(|note| note.id.name() == "file-cut-short");
            assert!(told || kept.len() == whole.len(), "{name} cut at {end}");
        }
    }
}

#[test]
fn real_files_cut_anywhere_do_no_harm() {
    for (_, bytes) in real_files() {
        let step = (bytes.len() / 4).max(1);
        for end in (0..bytes.len()).step_by(step).skip(1) {
            let _ = ingest::decode(&bytes[..end]);
        }
    }
}

/// Pieces that matter to a reader of XML.
const PIECES: [&str; 24] = [
    "<",
    ">",
    "/>",
    "</",
    "&",
    ";",
    "\"",
    "'",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE",
    "[",
    "<?xml",
    "?>",
    "\0",
    "&#x110000;",
    "<trkpt",
    "</gpx>",
    "<gpx>",
    "-",
    "9999999999999999999999",
    "2026-02-30T25:61:61Z",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_files_do_no_harm(
        file in 0..5_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..PIECES.len(), any::<u8>(), 0..4_u8), 1..12),
    ) {
        let mut bytes = own_files().swap_remove(file).1;
        for (at, piece, byte, kind) in changes {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => drop(bytes.splice(at..at, PIECES[piece].bytes())),
                2 => drop(bytes.drain(at..(at + usize::from(byte)).min(bytes.len() - 1))),
                _ => {
                    let copy = bytes[at..(at + 40 * usize::from(byte)).min(bytes.len())].to_vec();
                    bytes.splice(at..at, copy);
                }
            }
        }
        if let Ok(activity) = ingest::decode(&bytes) {
            prop_assert!(activity.notes.len() < 12, "one note for each kind of fault");
        }
    }

    #[test]
    fn soups_of_markup_do_no_harm(pieces in prop::collection::vec(0..PIECES.len(), 0..60)) {
        let soup: String = pieces.into_iter().map(|piece| PIECES[piece]).collect();
        for root in ["<gpx><trk>", "<TrainingCenterDatabase><Activities><Activity><Lap><Track><Trackpoint><Time>", ""] {
            let _ = ingest::decode(format!("{root}{soup}").as_bytes());
        }
    }
}
