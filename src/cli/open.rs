//! Opens what is to be read: whole into memory, or, when it is an archive, where it lies.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Component, Path, PathBuf};

use rehabrun::ingest::{self, AppleHealth, Error, Member, Members, Unpacked, limits};
use rehabrun::model::Activity;

use super::bundles::{self, Sessions};
use super::failure::reason;
use super::interrupt;
use super::whole::too_large;
pub use super::whole::{unreadable, whole};

/// One thing that was opened.
pub enum Opened {
    /// An activity that is still to be read, so that many can wait.
    File(File),
    /// An activity that came through a pipe.
    Bytes(Vec<u8>),
    /// An archive, which is read where it lies, however large it is.
    Archive(Members<'static>),
    /// The workouts of an Apple Health export that is not packed.
    AppleHealth(Box<AppleHealth>),
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
    if is_xml(path) {
        let mut head = Vec::new();
        (&file).take(limits::HEAD_BYTES).read_to_end(&mut head).map_err(failed)?;
        file.rewind().map_err(failed)?;
        if ingest::is_apple_health(&head) {
            return ingest::read_apple_health(&mut file, &mut 0).map(Box::new).map(Opened::AppleHealth);
        }
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

/// Reads the one activity of a file, or of standard input where the path is `-`. Of an archive or an export that holds
/// several, one is named by the path that reports show for it: `export.zip/2026-06-15 06.30.00 running`.
pub fn one_activity(path: &Path) -> Result<Activity, Error> {
    if path == Path::new("-") {
        return one_of(standard_input()?, path, None);
    }
    let root = path.parent().filter(|_| !path.exists()).unwrap_or(Path::new(""));
    if let Some(maker) = bundles::at_root(root) {
        let inside = path.file_name().unwrap_or_default().to_string_lossy();
        return one_member(Sessions::open(maker, root), root, Some(&inside));
    }
    let container = path.ancestors().skip(1).find(|above| above.is_file()).filter(|_| !path.exists());
    match container {
        Some(container) => {
            let inside = path.strip_prefix(container).unwrap_or(path).to_string_lossy().replace('\\', "/");
            one_of(file(container)?, container, Some(&inside))
        }
        None => one_of(file(path)?, path, None),
    }
}

fn one_of(opened: Opened, path: &Path, wanted: Option<&str>) -> Result<Activity, Error> {
    match opened {
        Opened::Bytes(bytes) => ingest::read(&bytes),
        Opened::File(file) => ingest::read(&whole(file)?),
        Opened::Archive(members) => one_member(members, path, wanted),
        Opened::AppleHealth(export) => one_member(workouts(*export, path), path, wanted),
    }
}

fn one_member(members: impl Iterator<Item = Member>, path: &Path, wanted: Option<&str>) -> Result<Activity, Error> {
    let mut remark = None;
    let mut activities = members.filter_map(|member| match member.content {
        Err(error) if error.is_other_kind => {
            remark = Some(error);
            None
        }
        _ => Some(member).filter(|member| wanted.is_none_or(|wanted| member.name == wanted)),
    });
    let first = activities.next();
    let is_only_one = wanted.is_some() || activities.next().is_none();
    drop(activities);
    match (first, wanted) {
        (Some(first), _) if is_only_one => first.read(),
        (Some(first), _) => {
            let cause = format!("{} holds several", path.display());
            let hint = format!("name one of them, such as `{}/{}`", path.display(), first.name);
            Err(Error::new("more than one activity", cause, hint))
        }
        (None, Some(wanted)) => {
            let cause = format!("{} holds no activity of the name `{wanted}`", path.display());
            Err(Error::new("nothing to read", cause, "take the name from `rehabrun audit`"))
        }
        (None, None) => {
            Err(remark.unwrap_or_else(|| Error::new("nothing to read", "the archive holds no activity", "")))
        }
    }
}

/// The workouts of an export whose `export.xml` lies at a path, the routes beside it, and what is to be said of it.
pub fn workouts(export: AppleHealth, path: &Path) -> impl Iterator<Item = Member> + use<> {
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let (mut at, mut n_routes) = (0, 0);
    std::iter::from_fn(move || {
        let next = at;
        at += 1;
        if next > export.len() {
            return None;
        }
        let excerpt = export.excerpt(next, |route| {
            let opened = File::open(route_path(&folder, route)?).ok()?;
            let bytes = whole(opened).ok()?;
            n_routes += 1;
            Some(bytes)
        });
        Some(match excerpt {
            Some((name, bytes)) => Member { name, content: Ok(Unpacked { bytes, note: None }), listed: None },
            None => Member { name: String::new(), content: Err(export.remark(n_routes)), listed: None },
        })
    })
}

/// Where a route lies that an export names; never outside of its folder.
pub fn route_path(folder: &Path, route: &str) -> Option<PathBuf> {
    let route = Path::new(route.trim_start_matches('/'));
    let is_inside = route.components().all(|part| matches!(part, Component::Normal(_)));
    is_inside.then(|| folder.join(route))
}

fn is_xml(path: &Path) -> bool {
    path.extension().is_some_and(|last| last.eq_ignore_ascii_case("xml"))
}
