//! Unwraps compressed activities, as far as they can be unwrapped.

use std::io::{self, Read};

use flate2::bufread::{GzDecoder, MultiGzDecoder};

use super::{Error, decode, limits};
use crate::model::{Activity, Note, NoteId};
use crate::units::plural;

/// Reads one activity file as it lies on the disk: plain, or with gzip around it.
pub fn read(bytes: &[u8]) -> Result<Activity, Error> {
    let mut inner = Unpacked { bytes: Vec::new(), note: None };
    for depth in 0..=limits::NESTING {
        let bytes = if depth == 0 { bytes } else { &inner.bytes };
        if !is_gzip(bytes) {
            let mut activity = decode(bytes)?;
            activity.notes.extend(inner.note);
            return Ok(activity);
        }
        if depth < limits::NESTING {
            let unpacked = gunzip(bytes)?;
            inner = Unpacked { note: inner.note.or(unpacked.note), ..unpacked };
        }
    }
    Err(too_large("it is compressed again and again"))
}

/// True when the first bytes are those of a gzip stream.
pub fn is_gzip(first: &[u8]) -> bool {
    first.starts_with(&[0x1f, 0x8b])
}

/// Bytes that were unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// What could be unpacked.
    pub bytes: Vec<u8>,
    /// Set when the stream is damaged or cut and more should have come.
    pub note: Option<Note>,
}

impl Unpacked {
    /// Reads the activity.
    pub fn read(self) -> Result<Activity, Error> {
        let mut activity = read(&self.bytes)?;
        activity.notes.extend(self.note);
        Ok(activity)
    }
}

/// Unpacks a gzip stream. Of a damaged one, all that comes before the damage.
pub fn gunzip(stream: &[u8]) -> Result<Unpacked, Error> {
    if stream.len() as u64 > limits::GZIP_BYTES {
        let limit = limits::GZIP_BYTES >> 20;
        return Err(too_large(format!("it is compressed and still holds more than {limit} MiB")));
    }
    let (mut bytes, mut rest) = (Vec::new(), stream);
    for _ in 0..limits::GZIP_MEMBERS {
        let mut member = GzDecoder::new(rest);
        let most = limits::ACTIVITY_BYTES + 1 - bytes.len() as u64;
        let outcome = member.by_ref().take(most).read_to_end(&mut bytes);
        rest = member.into_inner();
        if outcome.is_ok() && bytes.len() as u64 <= limits::ACTIVITY_BYTES && is_gzip(rest) {
            continue;
        }
        let mut unpacked = finish(bytes, outcome, limits::ACTIVITY_BYTES)?;
        // Zeros fill up a block of the medium that the stream came from.
        if unpacked.note.is_none() && rest.iter().any(|&byte| byte != 0) {
            let message = format!("left out {} behind the compressed data", plural(rest.len(), "byte", None));
            unpacked.note = Some(Note::new(NoteId::TrailingBytes, message));
        }
        return Ok(unpacked);
    }
    Err(too_large("it is joined of more pieces than anyone joins"))
}

/// The beginning of what a gzip stream holds, as far as there is one.
pub fn gunzip_head(stream: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Of a cut stream all that comes before the cut is there.
    let _ = MultiGzDecoder::new(stream).take(limits::HEAD_BYTES).read_to_end(&mut bytes);
    bytes
}

/// What was unpacked, given how the reading ended and how many bytes there may be.
pub fn finish(bytes: Vec<u8>, outcome: io::Result<usize>, limit: u64) -> Result<Unpacked, Error> {
    if bytes.len() as u64 > limit {
        let limit = limit >> 20;
        return Err(too_large(format!("it unpacks to more than {limit} MiB, which no activity fills")));
    }
    let note = match outcome {
        Ok(_) => None,
        Err(_) if bytes.is_empty() => return Err(unpackable("its compressed data is damaged or cut")),
        // What comes before a cut is as it was. Damage is found behind where it begins, if only by the checksum.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Some(Note::new(
            NoteId::CompressedDataCut,
            format!("the compressed data breaks off; the first {} bytes of the file were read", bytes.len()),
        )),
        Err(_) => Some(Note::new(
            NoteId::CompressedDataDamaged,
            "the compressed data is damaged: some of what was read may be wrong",
        )),
    };
    Ok(Unpacked { bytes, note })
}

/// The error for what is larger than any activity or export.
pub fn too_large(cause: impl Into<String>) -> Error {
    Error::new("archive too large", cause, "unpack it by hand and read the activities one by one")
}

/// The error for what cannot be unpacked at all, with the reason.
pub fn unpackable(cause: impl Into<String>) -> Error {
    Error::new("archive that cannot be unpacked", cause, "download it again, or unpack it by hand")
}

#[cfg(test)]
pub mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    /// Two points.
    pub const GPX: &[u8] =
        br#"<gpx creator="x"><trk><trkseg><trkpt lat="1" lon="2"><time>2026-01-01T00:00:00Z</time></trkpt>
        <trkpt lat="1" lon="2.0001"><time>2026-01-01T00:00:09Z</time></trkpt></trkseg></trk></gpx>"#;

    /// Compresses.
    pub fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// Tells what was read in one line.
    pub fn told(read: Result<Activity, Error>) -> String {
        match read {
            Err(error) => format!("error: {error}"),
            Ok(activity) => {
                let records: usize = activity.sessions.iter().map(|session| session.records.len()).sum();
                let notes: Vec<_> = activity.notes.iter().map(|note| note.id.name()).collect();
                format!("{records} records {}", notes.join(" ")).trim_end().to_owned()
            }
        }
    }

    #[test]
    fn gzip_around_an_activity() {
        assert_eq!(told(read(GPX)), "2 records");
        assert_eq!(told(read(&gz(GPX))), "2 records");
        assert_eq!(told(read(&gz(&gz(GPX)))), "2 records");
        let many = (0..9).fold(GPX.to_vec(), |inner, _| gz(&inner));
        assert_eq!(told(read(&many)), "error: archive too large: it is compressed again and again");
    }

    #[test]
    fn gzip_that_is_cut_or_followed_by_something() {
        let packed = gz(GPX);
        let cut = &packed[..packed.len() - 20];
        assert_eq!(told(read(cut)), "1 records file-cut-short compressed-data-cut");
        assert_eq!(told(read(&[&packed[..], b"garbage"].concat())), "2 records trailing-bytes");
        assert_eq!(told(read(&[&packed[..], &[0; 500]].concat())), "2 records");
        let (head, tail) = GPX.split_at(150);
        assert_eq!(told(read(&[gz(head), gz(tail)].concat())), "2 records");
        assert_eq!(
            told(read(&[gz(head).as_slice(), &gz(tail)[..30]].concat())),
            "1 records file-cut-short compressed-data-cut"
        );
        let pieces = gz(b"").repeat(limits::GZIP_MEMBERS);
        let many = "error: archive too large: it is joined of more pieces than anyone joins";
        assert_eq!(told(read(&[pieces.as_slice(), &packed].concat())), many);
        let checksum = packed.len() - 8;
        let damaged = [&packed[..checksum], &[!packed[checksum]], &packed[checksum + 1..]].concat();
        assert_eq!(told(read(&damaged)), "2 records compressed-data-damaged");
        assert_eq!(
            told(read(&packed[..5])),
            "error: archive that cannot be unpacked: its compressed data is damaged or cut"
        );
    }
}
