//! Where output goes: standard output, or a file that is replaced only by a whole one.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::bar::{Bar, Beside};
use super::failure::Failure;

/// Where output goes.
pub enum Output {
    /// Standard output.
    Standard(BufWriter<Box<dyn Write>>),
    /// A temporary file, and the file it will become.
    File {
        /// The temporary file.
        writer: BufWriter<File>,
        /// Its path, until it has been renamed.
        temporary: Option<PathBuf>,
        /// The file it will become.
        target: PathBuf,
    },
}

impl Output {
    /// Opens a file, or standard output where there is none.
    pub fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self::Standard(BufWriter::new(Box::new(io::stdout())))) };
        let failed = |error| Failure::of_file("write", path, &error);
        // A link stays a link: what it points to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if let Ok(known) = fs::metadata(&target) {
            if known.is_dir() {
                return Err(Failure::new(
                    format!("cannot write {}", path.display()),
                    "it is a folder",
                    "give a file name",
                ));
            }
            if !known.is_file() {
                // A device or a pipe cannot be replaced, only written to.
                let file = File::options().write(true).open(&target).map_err(failed)?;
                return Ok(Self::File { writer: BufWriter::new(file), temporary: None, target });
            }
        }
        Self::replacing(&target)
    }

    /// Replaces whatever has a name, a link too, by a file.
    pub fn replacing(target: &Path) -> Result<Self, Failure> {
        let made = temporary_beside(target).map_err(|error| Failure::of_file("write", target, &error));
        let (file, temporary) = made?;
        // Who closed a report to others wants the next one closed too.
        #[cfg(unix)]
        if let Ok(known) = fs::metadata(target) {
            let _ = file.set_permissions(known.permissions());
        }
        Ok(Self::File { writer: BufWriter::new(file), temporary: Some(temporary), target: target.to_owned() })
    }

    /// The same, with a line that grows on the same terminal.
    pub fn beside(self, bar: &Bar) -> Self {
        match self {
            Self::Standard(_) if io::stdout().is_terminal() => {
                Self::Standard(BufWriter::new(Box::new(Beside { bar: bar.clone() })))
            }
            other => other,
        }
    }

    /// Ends the output: a file takes its name now.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        if let Self::File { temporary, target, .. } = &mut self
            && let Some(path) = temporary.take()
        {
            let renamed = fs::rename(&path, &*target).map_err(|error| Failure::of_file("write", target, &error));
            temporaries().retain(|known| *known != path);
            renamed?;
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(out) => out.write(bytes),
            Self::File { writer, .. } => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::File { writer, .. } => writer.flush(),
        }
    }
}

/// What was not finished leaves nothing behind.
impl Drop for Output {
    fn drop(&mut self) {
        if let Self::File { temporary: Some(path), .. } = self {
            let _ = fs::remove_file(&*path);
            temporaries().retain(|known| known != path);
        }
    }
}

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

/// Makes a hidden file of a new name. One that a killed program left behind is in nobody's way.
fn temporary_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy().into_owned();
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
