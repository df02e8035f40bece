//! Opens what is to be read: whole into memory, or, when it is an archive, where it lies.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use rehabrun::ingest::{self, Error, Members, limits};
use rehabrun::model::Activity;

use super::failure::reason;
use super::interrupt;

/// One thing that was opened.
pub enum Opened {
    /// An activity that is still to be read, so that many can wait.
    File(File),
    /// An activity that came through a pipe.
    Bytes(Vec<u8>),
    /// An archive, which is read where it lies, however large it is.
    Archive(Members<'static>),
}

/// Opens a file.
pub fn file(path: &Path) -> Result<Opened, Error> {
    let failed = |error: io::Error| unreadable(reason(&error));
    let known = fs::metadata(path).map_err(failed)?;
    if !known.is_file() {
        return Err(unreadable("it is no regular file; pipe it to `rehabrun audit -`".to_owned()));
    }
    let mut file = File::open(path).map_err(failed)?;
    let mut head = [0; 4];
    let n_head = file.read(&mut head).map_err(failed)?;
    file.rewind().map_err(failed)?;
    if ingest::is_archive(&head[..n_head]) {
        return ingest::members(file).map(Opened::Archive);
    }
    if known.len() > limits::ACTIVITY_BYTES {
        return Err(too_large());
    }
    Ok(Opened::File(file))
}

/// The bytes that a file or a buffer has, unpacked where it is a gzip stream; it is left at its beginning.
///
/// A gzip stream ends with its unpacked size, modulo 4 GiB (RFC 1952). A false one costs memory, and no more than the
/// limit of one activity.
pub fn unpacked_size(mut from: impl Read + Seek) -> io::Result<u64> {
    let n_bytes = from.seek(SeekFrom::End(0))?;
    let (mut head, mut tail) = ([0; 2], [0; 4]);
    from.rewind()?;
    let is_gzip = n_bytes > 18 && from.read_exact(&mut head).is_ok() && head == [0x1f, 0x8b];
    let unpacked = if is_gzip {
        from.seek(SeekFrom::End(-4))?;
        from.read_exact(&mut tail)?;
        u64::from(u32::from_le_bytes(tail))
    } else {
        n_bytes
    };
    from.rewind()?;
    Ok(unpacked.max(n_bytes))
}

/// Reads standard input to its end.
pub fn standard_input() -> Result<Opened, Error> {
    let bytes = interrupt::ending_at_once(|| whole(io::stdin().lock()))?;
    if ingest::is_archive(&bytes) {
        return ingest::members_of(bytes).map(Opened::Archive);
    }
    Ok(Opened::Bytes(bytes))
}

/// All bytes, as long as an activity may hold so many.
pub fn whole(from: impl Read) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = from.take(limits::ACTIVITY_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(reason(&error)))?;
    if bytes.len() as u64 > limits::ACTIVITY_BYTES {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Reads the one activity of a file, or of standard input where the path is `-`; an archive must hold one alone.
pub fn one_activity(path: &Path) -> Result<Activity, Error> {
    let opened = if path == Path::new("-") { standard_input() } else { file(path) };
    let mut members = match opened? {
        Opened::Bytes(bytes) => return ingest::read(&bytes),
        Opened::File(file) => return ingest::read(&whole(file)?),
        Opened::Archive(members) => members,
    };
    let mut remark = None;
    let mut activities = members.by_ref().filter_map(|member| match member.content {
        Err(error) if error.is_other_kind => {
            remark = Some(error);
            None
        }
        _ => Some(member),
    });
    let first = activities.next();
    let is_only_one = activities.next().is_none();
    let nothing = || remark.unwrap_or_else(|| Error::new("nothing to read", "the archive holds no activity", ""));
    let first = first.ok_or_else(nothing)?.read();
    if !is_only_one {
        let hint = "unpack it and name one of them";
        return Err(Error::new("more than one activity", "the archive holds several", hint));
    }
    first
}

fn too_large() -> Error {
    let limit = limits::ACTIVITY_BYTES >> 20;
    let cause = format!("it holds more than {limit} MiB, which no activity fills");
    Error::new("file too large", cause, "export the activity alone")
}

/// The error for what the system does not let be read.
pub fn unreadable(reason: String) -> Error {
    Error::new("cannot be opened", reason, "")
}
