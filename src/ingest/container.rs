//! Unwraps what activities come in: gzip around one file, zip archives around many.

use std::io::{self, Cursor, Read, Seek};

use flate2::bufread::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Error, FORMATS, decode, limits};
use crate::model::{Activity, Note};

/// True when the first bytes are those of a zip archive, empty ones included.
pub fn is_archive(first: &[u8]) -> bool {
    first.starts_with(b"PK\x03\x04") || first.starts_with(b"PK\x05\x06")
}

/// Reads one activity file as it lies on the disk: plain, or with gzip around it.
pub fn read(bytes: &[u8]) -> Result<Activity, Error> {
    read_nested(bytes, limits::NESTING)
}

fn read_nested(bytes: &[u8], nesting: usize) -> Result<Activity, Error> {
    if !is_gzip(bytes) {
        return decode(bytes);
    }
    if nesting == 0 {
        return Err(too_large("it is compressed again and again"));
    }
    let inner = gunzip(bytes)?;
    let mut activity = read_nested(&inner.bytes, nesting - 1)?;
    activity.notes.extend(inner.note);
    Ok(activity)
}

/// True when the first bytes are those of a gzip stream.
fn is_gzip(first: &[u8]) -> bool {
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

/// Unpacks a gzip stream. Of a damaged one, all that comes before the damage.
pub fn gunzip(stream: &[u8]) -> Result<Unpacked, Error> {
    let mut bytes = Vec::new();
    let outcome = MultiGzDecoder::new(stream).take(limits::ACTIVITY_BYTES + 1).read_to_end(&mut bytes);
    finish(bytes, outcome)
}

/// Opens a zip archive to visit its members one at a time.
pub fn members<'a>(archive: impl Read + Seek + 'a) -> Result<Members<'a>, Error> {
    let level = Level::open(Box::new(archive), String::new())?;
    Ok(Members { levels: vec![level], visited: 0, unpacked: 0 })
}

/// One file of an archive that holds an activity, or should by its name.
#[derive(Debug)]
pub struct Member {
    /// Its path inside the archive, fit to be shown.
    pub name: String,
    /// Its content as it is packed, or why it cannot be had.
    pub content: Result<Unpacked, Error>,
}

impl Member {
    /// Reads the activity.
    pub fn read(self) -> Result<Activity, Error> {
        let content = self.content?;
        let mut activity = read(&content.bytes)?;
        activity.notes.extend(content.note);
        Ok(activity)
    }
}

/// The activities of an archive in the order of their names, archives inside it included; other files are passed over.
///
/// One member at a time is in memory.
pub struct Members<'a> {
    /// The archive and, inside it, the archives that are open now.
    levels: Vec<Level<'a>>,
    visited: usize,
    unpacked: u64,
}

/// One open archive.
struct Level<'a> {
    archive: ZipArchive<Box<dyn ReadSeek + 'a>>,
    /// The path of the archive itself, with a slash behind it.
    path: String,
    /// The members still to be visited with their names, the next one last.
    ahead: Vec<(String, usize)>,
}

/// Anything that a zip archive can be read from.
trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// What a member turned out to be.
enum Found {
    Content(Unpacked),
    Archive(Vec<u8>),
    Unrelated,
}

impl Iterator for Members<'_> {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        loop {
            let depth = self.levels.len();
            let level = self.levels.last_mut()?;
            let Some((name, index)) = level.ahead.pop() else {
                self.levels.pop();
                continue;
            };
            self.visited += 1;
            if self.visited > limits::ARCHIVE_MEMBERS || self.unpacked > limits::ARCHIVE_BYTES {
                self.levels.clear();
                return Some(Member { name, content: Err(too_large("the archive holds more than any export does")) });
            }
            let content = match level.member(&name, index, &mut self.unpacked) {
                Ok(Found::Unrelated) => continue,
                Ok(Found::Content(content)) => Ok(content),
                Ok(Found::Archive(_)) if depth >= limits::NESTING => {
                    Err(too_large("it is an archive inside too many archives"))
                }
                Ok(Found::Archive(bytes)) => match Level::open(Box::new(Cursor::new(bytes)), format!("{name}/")) {
                    Ok(inner) => {
                        self.levels.push(inner);
                        continue;
                    }
                    Err(error) => Err(error),
                },
                Err(error) => Err(error),
            };
            return Some(Member { name, content });
        }
    }
}

impl<'a> Level<'a> {
    fn open(reader: Box<dyn ReadSeek + 'a>, path: String) -> Result<Self, Error> {
        let archive = ZipArchive::new(reader).map_err(|error| unreadable(&error))?;
        let names = archive.file_names_raw().map(|raw| displayed(&path, raw));
        let mut ahead: Vec<_> = names.zip(0..).collect();
        ahead.sort_unstable();
        ahead.reverse();
        Ok(Self { archive, path, ahead })
    }

    /// Unpacks one member, no further than its head when it is nothing to read.
    fn member(&mut self, name: &str, index: usize, unpacked: &mut u64) -> Result<Found, Error> {
        let named = is_activity_name(name);
        let mut file = match self.archive.by_index(index) {
            Ok(file) if file.is_dir() || is_resource_fork(&name[self.path.len()..]) => return Ok(Found::Unrelated),
            Ok(file) => file,
            Err(_) if !named => return Ok(Found::Unrelated),
            Err(error) => return Err(unreadable(&error)),
        };
        let mut bytes = Vec::new();
        let mut outcome = file.by_ref().take(limits::HEAD_BYTES).read_to_end(&mut bytes);
        let archive = is_archive(&bytes);
        let wanted = named || archive || is_activity(&bytes);
        if wanted && outcome.is_ok() {
            outcome = file.take(limits::ACTIVITY_BYTES + 1 - bytes.len() as u64).read_to_end(&mut bytes);
        }
        *unpacked += bytes.len() as u64;
        match finish(bytes, outcome) {
            _ if !wanted => Ok(Found::Unrelated),
            Ok(content) if archive => Ok(Found::Archive(content.bytes)),
            content => content.map(Found::Content),
        }
    }
}

/// What was unpacked, given how the reading ended.
fn finish(bytes: Vec<u8>, outcome: io::Result<usize>) -> Result<Unpacked, Error> {
    if bytes.len() as u64 > limits::ACTIVITY_BYTES {
        let limit = limits::ACTIVITY_BYTES >> 20;
        return Err(too_large(format!("it unpacks to more than {limit} MiB, which no activity fills")));
    }
    let note = match outcome {
        Ok(_) => None,
        Err(error) if bytes.is_empty() => return Err(unreadable(&error.into())),
        Err(_) => Some(Note::new(
            "compressed-data-damaged",
            format!("the compressed data is damaged or cut; the first {} bytes of the file were read", bytes.len()),
        )),
    };
    Ok(Unpacked { bytes, note })
}

/// True when the first bytes, unpacked if need be, are those of an activity.
pub fn is_activity(head: &[u8]) -> bool {
    if is_gzip(head) {
        // The head of a gzip stream is a cut one, so what there is of it counts.
        return gunzip(head).is_ok_and(|inner| !is_gzip(&inner.bytes) && is_activity(&inner.bytes));
    }
    FORMATS.iter().any(|row| (row.sniff)(head))
}

/// True when the name says that a member is an activity, so that a damaged one is told and not passed over.
fn is_activity_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".fit", ".gpx", ".tcx"].iter().any(|extension| name.ends_with(extension))
}

/// True for the hidden doubles that one operating system adds to archives, under the same names.
fn is_resource_fork(name: &str) -> bool {
    name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|file| file.starts_with("._"))
}

/// A member's path made fit to be shown: no control characters, no characters that turn the direction of writing.
fn displayed(path: &str, raw: &[u8]) -> String {
    let name = String::from_utf8_lossy(raw);
    let shown = name.chars().take(limits::NAME_CHARS).map(|c| match c {
        '\\' => '/',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    });
    path.chars().chain(shown).collect()
}

fn too_large(cause: impl Into<String>) -> Error {
    Error::new("archive too large", cause, "unpack it by hand and read the activities one by one")
}

fn unreadable(error: &ZipError) -> Error {
    let cause = match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => "it needs a password",
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            "it is packed in a way that is not known here"
        }
        _ => "its compressed data is damaged or cut",
    };
    Error::new("archive that cannot be unpacked", cause, "download it again, or unpack it by hand")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use expect_test::{Expect, expect};
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    const GPX: &[u8] =
        br#"<gpx creator="x"><trk><trkseg><trkpt lat="1" lon="2"><time>2026-01-01T00:00:00Z</time></trkpt>
        <trkpt lat="1" lon="2.0001"><time>2026-01-01T00:00:09Z</time></trkpt></trkseg></trk></gpx>"#;

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn told(read: Result<Activity, Error>) -> String {
        match read {
            Err(error) => format!("error: {error}"),
            Ok(activity) => {
                let records: usize = activity.sessions.iter().map(|session| session.records.len()).sum();
                let notes: Vec<_> = activity.notes.iter().map(|note| note.id).collect();
                format!("{records} records {}", notes.join(" ")).trim_end().to_owned()
            }
        }
    }

    fn check(archive: &[u8], expected: &Expect) {
        let lines: Vec<_> = match members(Cursor::new(archive)) {
            Err(error) => vec![format!("error: {error}")],
            Ok(members) => members.map(|member| format!("{}: {}", member.name.clone(), told(member.read()))).collect(),
        };
        expected.assert_eq(&lines.join("\n"));
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
        assert_eq!(told(read(cut)), "1 records file-cut-short compressed-data-damaged");
        let followed = [&packed[..], b"garbage"].concat();
        assert_eq!(told(read(&followed)), "2 records compressed-data-damaged");
        assert_eq!(
            told(read(&packed[..5])),
            "error: archive that cannot be unpacked: its compressed data is damaged or cut"
        );
    }

    #[test]
    fn an_export_with_other_files_and_archives_inside() {
        let inner = zipped(&[("run.tcx.gz", &gz(b"<TrainingCenterDatabase><Courses><Course/></Courses>"))]);
        let files: &[(&str, &[u8])] = &[
            ("activities/2.gpx.gz", &gz(GPX)),
            ("activities/10.gpx", GPX),
            ("activities/no-extension", GPX),
            ("activities/broken.fit", b"nothing"),
            ("__MACOSX/activities/._10.gpx", b"\0"),
            ("photos/1.jpg", b"\xff\xd8"),
            ("inner.zip", &inner),
            ("evil\\..\\\u{202e}\x1b[31m.gpx", GPX),
        ];
        check(
            &zipped(files),
            &expect![[r"
            activities/10.gpx: 2 records
            activities/2.gpx.gz: 2 records
            activities/broken.fit: error: not an activity file: its content is neither FIT nor GPX nor TCX
            activities/no-extension: 2 records
            evil/../��[31m.gpx: 2 records
            inner.zip/run.tcx.gz: error: TCX file without an activity: it holds 1 course and no recorded activity"]],
        );
    }

    #[test]
    fn what_is_no_archive_says_so() {
        check(
            b"PK\x03\x04 and no more",
            &expect!["error: archive that cannot be unpacked: its compressed data is damaged or cut"],
        );
        check(&zipped(&[]), &expect![""]);
        let nested = (0..4).fold(zipped(&[("a.gpx", GPX)]), |inner, _| zipped(&[("z.zip", &inner)]));
        check(
            &nested,
            &expect!["z.zip/z.zip/z.zip: error: archive too large: it is an archive inside too many archives"],
        );
    }

    #[test]
    fn a_damaged_member_does_not_stop_the_rest() {
        let mut archive = zipped(&[("a.gpx", GPX), ("b.gpx", GPX)]);
        archive[60] ^= 0xff;
        check(
            &archive,
            &expect![[r"
            a.gpx: error: archive that cannot be unpacked: its compressed data is damaged or cut
            b.gpx: 2 records"]],
        );
    }

    #[test]
    fn every_byte_of_an_archive_may_be_wrong() {
        let archive = zipped(&[("a.gpx", GPX), ("b.gpx.gz", &gz(GPX))]);
        for at in 0..archive.len() {
            for wrong in [0, 1, 0x7f, 0x80, 0xff] {
                let mut damaged = archive.clone();
                damaged[at] = wrong;
                members(Cursor::new(&damaged[..])).map(Iterator::count).ok();
            }
            members(Cursor::new(&archive[..at])).map(Iterator::count).ok();
        }
    }
}
