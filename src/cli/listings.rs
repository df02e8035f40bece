//! Finds what the list of a bulk export says of the files beside it.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rehabrun::ingest::{LISTING_NAME, Listed, Listing, limits};

/// Each list by its folder; read once, when the first file beside it comes.
#[derive(Default)]
pub struct Listings(HashMap<PathBuf, Option<Arc<Listing>>>);

impl Listings {
    /// What the list in the folder of a file, or in the one above, says of it.
    pub fn listed(&mut self, path: &Path) -> Option<Listed> {
        path.ancestors().skip(1).take(2).find_map(|folder| {
            let inside = path.strip_prefix(folder).ok()?.to_str()?.replace('\\', "/");
            self.of_folder(folder)?.get(&inside).cloned()
        })
    }

    fn of_folder(&mut self, folder: &Path) -> Option<Arc<Listing>> {
        if let Some(known) = self.0.get(folder) {
            return known.clone();
        }
        let read = read(&folder.join(LISTING_NAME)).map(|bytes| Arc::new(Listing::read(&bytes)));
        self.0.insert(folder.to_owned(), read.clone());
        read
    }
}

fn read(path: &Path) -> Option<Vec<u8>> {
    if !path.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(limits::LISTING_BYTES).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
