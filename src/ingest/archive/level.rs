//! One open archive: its list, the members that the list does not show, and what each of them is.

mod joined;

use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;

use super::Member;
use super::loose::{self, Loose, Place};
use super::names::{displayed, is_activity_name, is_resource_fork, name_apart};
use super::source::{Metered, ReadSeek};
use super::unpack::{Found, locked, unpack, unreadable};
use crate::ingest::container::{Unpacked, too_large, unpackable};
use crate::ingest::exports::{self, Export};
use crate::ingest::{Error, LISTING_NAME, Listed, Listing, limits};
use crate::model::{Note, NoteId};
pub use joined::Joined;

/// One open archive.
pub struct Level<'a> {
    /// The archive by its list of members; `None` where that is cut off.
    pub archive: Option<ZipArchive<Metered<'a>>>,
    /// The same bytes, to read what the list does not show.
    pub source: Metered<'a>,
    /// The path of the archive itself, with a slash behind it.
    pub path: String,
    /// Bytes of it and of the archives around it that are in memory.
    pub held: u64,
    /// The list of activities in it, and the folder that the list lies in.
    pub listing: Option<(String, Listing)>,
    /// The members still to be visited with their names, the next one last.
    pub ahead: Vec<(String, Place)>,
    /// The maker's export that it is, until that was said.
    pub export: Option<&'static Export>,
    /// Exports whose sessions are joined from several files, the next one last.
    pub joined: Vec<Joined>,
    /// True once it was looked for.
    pub was_looked_at: bool,
    /// Faults that are still to be told.
    pub faults: Vec<Member>,
    /// Members that were passed over because they need a password.
    pub n_locked: usize,
}

impl<'a> Level<'a> {
    /// Opens an archive; its list of members is read here, and is the one thing that the crate bounds by no limit.
    pub fn open(inner: Box<dyn ReadSeek + 'a>, path: String, held: u64) -> Result<Self, Error> {
        let room = limits::HELD_BYTES.saturating_sub(held) / limits::DIRECTORY_COST;
        let most = limits::DIRECTORY_BYTES.min(room);
        let mut source = Metered::new(inner, most);
        let opened = ZipArchive::new(source.clone());
        if opened.is_err() && source.left() == 0 {
            return Err(too_large("the list of its members is longer than that of any export"));
        }
        let held = held + (most - source.left()) * limits::DIRECTORY_COST;
        source.open_up();
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
            joined: Vec::new(),
            faults: Vec::new(),
            n_locked: 0,
        };
        level.listing = level.read_listing();
        Ok(level)
    }

    /// What is left to say of the archive behind its last member: each thing once.
    pub fn remark(&mut self) -> Option<Member> {
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
    pub fn listed(&self, name: &str) -> Option<Listed> {
        let (folder, listing) = self.listing.as_ref()?;
        listing.get(name.strip_prefix(folder)?).cloned()
    }

    /// Unpacks one member, no further than its head when it is nothing to read.
    pub fn member(&mut self, name: &str, place: &Place, unpacked: &mut u64) -> Result<Found, Error> {
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
