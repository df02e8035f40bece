//! Files that are being written under another name, until they are whole.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The temporary files there are now, for an end that nobody waits for.
static TEMPORARIES: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn temporaries() -> MutexGuard<'static, Vec<PathBuf>> {
    TEMPORARIES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes what was not finished, before the program ends at once.
pub fn remove_temporaries() {
    for path in temporaries().drain(..) {
        let _ = fs::remove_file(path);
    }
}

/// Bytes of a name that its temporary file keeps.
const MOST_OF_NAME: usize = 200;

/// Makes a hidden file of a new name. One that a killed program left behind is in nobody's way.
pub fn temporary_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy().into_owned();
    // File systems take names of 255 bytes, and the rest of this one needs some.
    let name = &name[..name.floor_char_boundary(MOST_OF_NAME)];
    // Numbers of processes come again, in a container at every start.
    for attempt in 0.. {
        let path = target.with_file_name(format!(".{name}.{}.{attempt}.part", std::process::id()));
        let mut known = temporaries();
        match File::create_new(&path) {
            Ok(file) => {
                known.push(path.clone());
                return Ok((file, path));
            }
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            Err(_) => {}
        }
    }
    unreachable!("some number is free")
}

/// Removes a file that was not finished.
pub fn remove(path: &Path) {
    let _ = fs::remove_file(path);
    forget(path);
}

/// Leaves a file where it is: it has its last name.
pub fn forget(path: &Path) {
    temporaries().retain(|known| known != path);
}
