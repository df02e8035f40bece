//! Visits the activities in zip archives: watch makers' exports, patients' folders, archives inside archives.

mod apple;
mod loose;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::rc::Rc;

use apple::Apple;
use loose::Loose;
use zip::ZipArchive;
use zip::result::ZipError;

use super::container::{Unpacked, finish, too_large, unpackable};
use super::exports::{self, Export};
use super::{Error, LISTING_NAME, Listed, Listing, is_activity, is_archive, limits};
use crate::model::{Activity, Note, NoteId};
use crate::units::{is_control_or_bidi, plural};

/// Opens a zip archive on the disk to visit its members one at a time.
pub fn members<'a>(mut archive: impl Read + Seek + 'a) -> Result<Members<'a>, Error> {
    let size = archive.seek(SeekFrom::End(0)).map_err(|error| unreadable(&error.into()))?;
    Level::open(Box::new(archive), String::new(), 0).map(|level| Members::of(level, size))
}

/// The same for an archive that is in memory, as one that came through a pipe: it leaves less room for its members.
pub fn members_of<'a>(archive: Vec<u8>) -> Result<Members<'a>, Error> {
    let held = archive.len() as u64;
    Level::open(Box::new(Cursor::new(archive)), String::new(), held).map(|level| Members::of(level, held))
}

/// One file of an archive that holds an activity, or should by its name.
#[derive(Debug)]
pub struct Member {
    /// Its path inside the archive, fit to be shown.
    pub name: String,
    /// Its content as it is packed, or why it cannot be had.
    pub content: Result<Unpacked, Error>,
    /// What the list of a bulk export says of it.
    pub listed: Option<Listed>,
}

impl Member {
    /// Reads the activity.
    pub fn read(self) -> Result<Activity, Error> {
        self.content?.read()
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
    /// How much may be unpacked.
    most: u64,
    /// The one member that is wanted; `None` for all of them.
    wanted: Option<String>,
}

impl Members<'_> {
    /// Passes over all members but the one of a name, without unpacking them.
    #[must_use]
    pub fn only(self, name: &str) -> Self {
        Self { wanted: Some(name.to_owned()), ..self }
    }

    /// True for the member that is wanted, and for an archive that holds it.
    fn is_wanted(&self, name: &str) -> bool {
        self.wanted
            .as_deref()
            .is_none_or(|wanted| wanted.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }

    /// How many files are still to be visited, as far as the archives that are open now tell.
    pub fn n_ahead(&self) -> usize {
        self.levels.iter().map(|level| level.ahead.len() + level.apple.as_ref().map_or(0, Apple::n_ahead)).sum()
    }
}

/// One open archive.
struct Level<'a> {
    /// The archive by its list of members; `None` where that is cut off.
    archive: Option<ZipArchive<Metered<'a>>>,
    /// The same bytes, to read what the list does not show.
    source: Metered<'a>,
    /// The path of the archive itself, with a slash behind it.
    path: String,
    /// Bytes of it and of the archives around it that are in memory.
    held: u64,
    /// The list of activities in it, and the folder that the list lies in.
    listing: Option<(String, Listing)>,
    /// The members still to be visited with their names, the next one last.
    ahead: Vec<(String, Place)>,
    /// The maker's export that it is, until that was said.
    export: Option<&'static Export>,
    /// The workouts of an Apple Health export that are still to be visited.
    apple: Option<Apple>,
    /// True once it was looked for.
    was_looked_at: bool,
    /// Faults that are still to be told.
    faults: Vec<Member>,
    /// Members that were passed over because they need a password.
    n_locked: usize,
}

/// Where a member stands.
#[derive(Debug, Clone)]
enum Place {
    /// In the list, by its number.
    Listed(usize),
    /// Beside the list.
    Loose(Box<Loose>),
}

/// Anything that a zip archive can be read from.
trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// Reads an archive as long as there are bytes left that may be read.
#[derive(Clone)]
struct Metered<'a> {
    inner: Rc<RefCell<Box<dyn ReadSeek + 'a>>>,
    left: Rc<Cell<u64>>,
}

impl Read for Metered<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let n = self.inner.borrow_mut().read(bytes)?;
        self.left.set(left.saturating_sub(n as u64));
        Ok(n)
    }
}

impl Seek for Metered<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.borrow_mut().seek(to)
    }
}

/// What a member turned out to be.
enum Found {
    Content(Unpacked),
    Archive(Vec<u8>),
    Unrelated,
}

impl<'a> Members<'a> {
    fn of(level: Level<'a>, size: u64) -> Self {
        let packed = size.saturating_mul(limits::ARCHIVE_PACKING).max(limits::SMALL_ARCHIVE_BYTES);
        Self { levels: vec![level], visited: 0, unpacked: 0, most: packed.min(limits::ARCHIVE_BYTES), wanted: None }
    }
}

impl Iterator for Members<'_> {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        loop {
            let depth = self.levels.len();
            let level = self.levels.last_mut()?;
            if !std::mem::replace(&mut level.was_looked_at, true) {
                level.read_apple(&mut self.unpacked);
            }
            if let Some(workout) = level.next_workout(&mut self.unpacked) {
                return Some(workout);
            }
            let Some((name, place)) = level.ahead.pop() else {
                if let Some(remark) = level.remark() {
                    return Some(remark);
                }
                self.levels.pop();
                continue;
            };
            if !self.is_wanted(&name) {
                continue;
            }
            let level = self.levels.last_mut()?;
            self.visited += 1;
            if self.visited > limits::ARCHIVE_MEMBERS || self.unpacked > self.most {
                self.levels.clear();
                let content = Err(too_large("the archive holds more than any export does"));
                return Some(Member { name, content, listed: None });
            }
            let content = match level.member(&name, &place, &mut self.unpacked) {
                Ok(Found::Unrelated) => continue,
                Ok(Found::Content(content)) => Ok(content),
                Ok(Found::Archive(_)) if depth >= limits::NESTING => {
                    Err(too_large("it is an archive inside too many archives"))
                }
                Ok(Found::Archive(bytes)) => {
                    let held = level.held + bytes.len() as u64;
                    match Level::open(Box::new(Cursor::new(bytes)), format!("{name}/"), held) {
                        Ok(inner) => {
                            self.levels.push(inner);
                            continue;
                        }
                        Err(error) => Err(error),
                    }
                }
                Err(error) => Err(error),
            };
            let listed = level.listed(&name);
            return Some(Member { name, content, listed });
        }
    }
}

impl<'a> Level<'a> {
    /// Opens an archive; its list of members is read here, and is the one thing that the crate bounds by no limit.
    fn open(inner: Box<dyn ReadSeek + 'a>, path: String, held: u64) -> Result<Self, Error> {
        let room = limits::HELD_BYTES.saturating_sub(held) / limits::DIRECTORY_COST;
        let most = limits::DIRECTORY_BYTES.min(room);
        let left = Rc::new(Cell::new(most));
        let mut source = Metered { inner: Rc::new(RefCell::new(inner)), left: Rc::clone(&left) };
        let opened = ZipArchive::new(source.clone());
        if opened.is_err() && left.get() == 0 {
            return Err(too_large("the list of its members is longer than that of any export"));
        }
        let held = held + (most - left.get()) * limits::DIRECTORY_COST;
        left.set(u64::MAX);
        let (archive, loose) = match opened {
            Ok(archive) => {
                let loose = beside(&archive, &mut source);
                (Some(archive), loose)
            }
            Err(error) => {
                let loose = source.seek(SeekFrom::End(0)).map_or(Vec::new(), |end| loose::scan(&mut source, 0, end));
                if loose.is_empty() {
                    return Err(unreadable(&error));
                }
                (None, loose)
            }
        };
        let names = archive.iter().flat_map(ZipArchive::file_names_raw).map(|raw| displayed(&path, raw));
        let mut ahead: Vec<_> = names.zip((0..).map(Place::Listed)).collect();
        name_apart(&path, loose, &mut ahead);
        ahead.sort_by(|a, b| b.0.cmp(&a.0));
        let export = exports::recognize(ahead.iter().map(|(name, _)| &name[path.len()..]));
        let mut level = Self {
            archive,
            source,
            path,
            held,
            listing: None,
            ahead,
            export,
            was_looked_at: false,
            apple: None,
            faults: Vec::new(),
            n_locked: 0,
        };
        level.listing = level.read_listing();
        Ok(level)
    }

    /// What is left to say of the archive behind its last member: each thing once.
    fn remark(&mut self) -> Option<Member> {
        let n_locked = std::mem::take(&mut self.n_locked);
        let (name, error) = if n_locked > 0 {
            (format!("{}encrypted files", self.path), locked(n_locked))
        } else {
            let export = self.export.take()?;
            (format!("{}{} export", self.path, export.name), export.remark())
        };
        Some(Member { name, content: Err(error), listed: None })
    }

    /// The list of activities, where the archive is a bulk export.
    fn read_listing(&mut self) -> Option<(String, Listing)> {
        let folder_of = |name: &str| {
            name.strip_suffix(LISTING_NAME).filter(|rest| rest.is_empty() || rest.ends_with('/')).map(str::to_owned)
        };
        let found = self.ahead.iter().filter_map(|(name, place)| Some((folder_of(name)?, place)));
        let (folder, place) = found.min_by_key(|(folder, _)| folder.len())?;
        let mut bytes = Vec::new();
        match place {
            Place::Listed(index) => {
                self.archive
                    .as_mut()?
                    .by_index(*index)
                    .ok()?
                    .take(limits::LISTING_BYTES)
                    .read_to_end(&mut bytes)
                    .ok()?;
            }
            Place::Loose(member) => {
                // Of a list that is cut, what there is.
                let _ = member.open(&mut self.source).ok()?.take(limits::LISTING_BYTES).read_to_end(&mut bytes);
            }
        }
        self.held += bytes.len() as u64;
        Some((folder, Listing::read(&bytes)))
    }

    /// What the list says of a member.
    fn listed(&self, name: &str) -> Option<Listed> {
        let (folder, listing) = self.listing.as_ref()?;
        listing.get(name.strip_prefix(folder)?).cloned()
    }

    /// Unpacks one member, no further than its head when it is nothing to read.
    fn member(&mut self, name: &str, place: &Place, unpacked: &mut u64) -> Result<Found, Error> {
        let named = is_activity_name(name);
        if is_resource_fork(&name[self.path.len()..]) {
            return Ok(Found::Unrelated);
        }
        let limit = limits::ACTIVITY_BYTES.min(limits::HELD_BYTES.saturating_sub(self.held));
        let found = match place {
            Place::Listed(index) => {
                let Some(archive) = &mut self.archive else { return Ok(Found::Unrelated) };
                let header = archive.by_index_raw(*index).map(|file| (file.header_start(), file.encrypted()));
                let header_at = header.as_ref().ok().map(|header| header.0);
                if !named && header.is_ok_and(|header| header.1) {
                    self.n_locked += 1;
                    return Ok(Found::Unrelated);
                }
                let found = match archive.by_index(*index) {
                    Ok(file) if file.is_dir() => return Ok(Found::Unrelated),
                    Ok(mut file) => unpack(&mut file, named, limit, unpacked),
                    Err(_) if !named => return Ok(Found::Unrelated),
                    Err(error) => Err(unreadable(&error)),
                };
                found.map_err(|error| {
                    let reason = header_at.and_then(|at| loose::reason(&mut self.source, at));
                    reason.map_or(error, unpackable)
                })
            }
            Place::Loose(member) => match member.open(&mut self.source) {
                Ok(mut file) => unpack(&mut file, named, limit, unpacked),
                Err(_) if !named => return Ok(Found::Unrelated),
                Err(error) => return Err(error),
            },
        };
        let has_list = self.archive.is_some();
        found.map(|found| match found {
            Found::Content(content) if !has_list => {
                let cut = || {
                    Note::new(
                        NoteId::ArchiveCut,
                        "the archive breaks off before the list of its members; this one was found without it",
                    )
                };
                Found::Content(Unpacked { note: content.note.or_else(|| Some(cut())), ..content })
            }
            found => found,
        })
    }
}

/// Unpacks a member that is an activity or an archive, by its name or its head.
fn unpack(file: &mut impl Read, named: bool, limit: u64, unpacked: &mut u64) -> Result<Found, Error> {
    let mut bytes = Vec::new();
    let mut outcome = file.by_ref().take(limits::HEAD_BYTES).read_to_end(&mut bytes);
    let archive = is_archive(&bytes);
    let wanted = named || archive || is_activity(&bytes);
    if wanted && outcome.is_ok() {
        outcome = file.take((limit + 1).saturating_sub(bytes.len() as u64)).read_to_end(&mut bytes);
    }
    *unpacked += bytes.len() as u64;
    match finish(bytes, outcome, limit) {
        _ if !wanted => Ok(Found::Unrelated),
        Ok(content) if archive => Ok(Found::Archive(content.bytes)),
        content => content.map(Found::Content),
    }
}

/// The members that the list of an archive hides: those of one name but the last, and those of an archive before it.
fn beside(archive: &ZipArchive<Metered>, source: &mut Metered) -> Vec<Loose> {
    let mut loose = Vec::new();
    let offset = archive.offset();
    if archive.has_duplicate_names() {
        loose = loose::hidden(source, archive.central_directory_start(), offset);
    }
    if offset > 0 {
        loose.extend(loose::scan(source, 0, offset));
    }
    loose
}

/// Adds members, each under a name of its own: `run (2).fit` where `run.fit` is taken.
fn name_apart(path: &str, loose: Vec<Loose>, ahead: &mut Vec<(String, Place)>) {
    if loose.is_empty() {
        return;
    }
    let mut taken: HashMap<String, usize> = ahead.iter().map(|(name, _)| (name.clone(), 1)).collect();
    for member in loose {
        let name = displayed(path, &member.name);
        let n = taken.entry(name.clone()).or_insert(0);
        *n += 1;
        let file_at = name.rfind('/').map_or(0, |slash| slash + 1);
        let dot = name[file_at..].find('.').map_or(name.len(), |dot| file_at + dot);
        let apart = if *n == 1 { name } else { format!("{} ({n}){}", &name[..dot], &name[dot..]) };
        ahead.push((apart, Place::Loose(Box::new(member))));
    }
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
        c if is_control_or_bidi(c) => '\u{fffd}',
        c => c,
    });
    path.chars().chain(shown).collect()
}

/// The error for members whose names alone can be read.
fn locked(n_members: usize) -> Error {
    let files = plural(n_members, "file", None);
    let cause = format!("it is encrypted: {files} in it cannot be read without the password");
    Error::new("archive that needs a password", cause, "unpack it with the password that you chose for the export")
}

/// The error for what cannot be unpacked at all.
fn unreadable(error: &ZipError) -> Error {
    unpackable(match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => "it needs a password",
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            "it is packed in a way that is not known here"
        }
        _ => "its compressed data is damaged or cut",
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::io::Write;

    use expect_test::{Expect, expect};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::ingest::container::tests::{GPX, gz, told};

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn check(archive: &[u8], expected: &Expect) {
        let lines: Vec<_> = match members(Cursor::new(archive)) {
            Err(error) => vec![format!("error: {error}")],
            Ok(members) => members.map(|member| format!("{}: {}", member.name.clone(), told(member.read()))).collect(),
        };
        expected.assert_eq(&lines.join("\n"));
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
    fn each_member_is_found_again_by_its_name() {
        let inner = zipped(&[("a.gpx", GPX), ("b/c.gpx.gz", &gz(GPX))]);
        let archive =
            zipped(&[("a.gpx", GPX), ("deep/inner.zip", &inner), ("deep/inner.zip.gpx", GPX), ("b.fit", b"no")]);
        let names = |members: Members| members.map(|member| member.name).collect::<Vec<_>>();
        let all = names(members(Cursor::new(&archive)).unwrap());
        assert_eq!(all.len(), 5);
        for name in &all {
            assert_eq!(names(members(Cursor::new(&archive)).unwrap().only(name)), [name.as_str()]);
        }
        assert!(names(members(Cursor::new(&archive)).unwrap().only("deep/other.gpx")).is_empty());
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
    fn an_export_is_named_and_says_what_is_not_read() {
        let export = zipped(&[("apple_health_export/export.xml", b"<HealthData/>")]);
        check(
            &zipped(&[("mail/export.zip", &export), ("run.gpx", GPX)]),
            &expect![[r#"
                mail/export.zip/Apple Health export: error: export that was read: Apple Health export: 0 workouts, none of them running, walking or hiking
                run.gpx: 2 records"#]],
        );
        let polar = zipped(&[("training-session-2026-06-15-1-a.json", b"{}")]);
        let member = members(Cursor::new(polar)).unwrap().next().unwrap();
        assert_eq!(member.name, "Polar Flow export");
        assert!(told(member.read()).contains("not read: daily activity"));
    }

    #[test]
    fn what_needs_a_password_is_named() {
        let mut archive = zipped(&[("a.json", b"{}"), ("b.json", b"[]")]);
        let list_at = archive.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
        (archive[6], archive[list_at + 8]) = (archive[6] | 1, archive[list_at + 8] | 1);
        check(
            &archive,
            &expect![
                "encrypted files: error: archive that needs a password: it is encrypted: 1 file in it cannot be read without the password"
            ],
        );
    }

    #[test]
    fn two_members_of_one_name_are_two_files() {
        let two = zipped(&[("a/run.gpx", GPX), ("a/run.gpy", &GPX[..GPX.len() / 2])]);
        let mut renamed = two;
        while let Some(at) = renamed.windows(4).position(|four| four == b".gpy") {
            renamed[at + 3] = b'x';
        }
        check(
            &renamed,
            &expect![[r#"
            a/run (2).gpx: 2 records
            a/run.gpx: 1 records file-cut-short"#]],
        );
        let joined = [zipped(&[("a.gpx", GPX), ("b.gpx", GPX)]), zipped(&[("b.gpx", GPX)])].concat();
        check(
            &joined,
            &expect![[r#"
            a.gpx: 2 records
            b (2).gpx: 2 records
            b.gpx: 2 records"#]],
        );
    }

    #[test]
    fn an_archive_without_its_list_still_has_its_members() {
        let whole = zipped(&[("a.gpx", GPX), ("b.gpx.gz", &gz(GPX)), ("notes.txt", b"none")]);
        let list_at = whole.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
        check(
            &whole[..list_at],
            &expect![[r#"
            a.gpx: 2 records archive-cut
            b.gpx.gz: 2 records archive-cut"#]],
        );
        check(
            &whole[..list_at + 30],
            &expect![[r#"
            a.gpx: 2 records archive-cut
            b.gpx.gz: 2 records archive-cut"#]],
        );
        check(&whole[..120], &expect!["a.gpx: error: GPX file without an activity: it holds no track point"]);
        check(
            &zipped(&[("inner.zip", &whole[..list_at])]),
            &expect![[r#"
            inner.zip/a.gpx: 2 records archive-cut
            inner.zip/b.gpx.gz: 2 records archive-cut"#]],
        );
    }

    #[test]
    fn a_method_that_is_not_read_is_named() {
        let whole = zipped(&[("a.gpx", GPX)]);
        let list_at = whole.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
        let mut reasons = String::new();
        for (method, flags) in [(9, 0), (12, 0), (14, 0), (93, 0), (98, 0), (99, 1), (8, 1)] {
            let mut other = whole.clone();
            (other[8], other[list_at + 10]) = (method, method);
            (other[6], other[list_at + 8]) = (other[6] | flags, other[list_at + 8] | flags);
            let of = |bytes: &[u8]| {
                members(Cursor::new(bytes)).unwrap().map(|member| told(member.read())).collect::<String>()
            };
            assert_eq!(of(&other), of(&other[..list_at]), "{method}");
            writeln!(reasons, "{}", of(&other)).unwrap();
        }
        expect![[r#"
            error: archive that cannot be unpacked: it is packed with Deflate64 (method 9), which is not read here
            error: archive that cannot be unpacked: it is packed with bzip2 (method 12), which is not read here
            error: archive that cannot be unpacked: it is packed with LZMA (method 14), which is not read here
            error: archive that cannot be unpacked: it is packed with Zstandard (method 93), which is not read here
            error: archive that cannot be unpacked: it is packed with PPMd (method 98), which is not read here
            error: archive that cannot be unpacked: it is encrypted with AES (method 99) and needs a password
            error: archive that cannot be unpacked: it needs a password
        "#]]
        .assert_eq(&reasons);
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
