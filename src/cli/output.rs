//! Where output goes: standard output, or a file that is replaced only by a whole one.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::progress_bar::{Bar, SuspendingStdout};
use super::temporaries;

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

/// The file that `-o` names; `None` for standard output, which `-` means too.
pub fn to_file(path: Option<&Path>) -> Option<&Path> {
    path.filter(|path| *path != Path::new("-"))
}

impl Output {
    /// Opens a file, or standard output where there is none or where the path is `-`.
    pub fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = to_file(path) else { return Ok(Self::Standard(BufWriter::new(Box::new(io::stdout())))) };
        let failed = |error| Failure::of_file("write", path, &error);
        let target = end_of_links(path).map_err(failed)?;
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
        let made = temporaries::temporary_beside(target).map_err(|error| Failure::of_file("write", target, &error));
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
                Self::Standard(BufWriter::new(Box::new(SuspendingStdout { bar: bar.clone() })))
            }
            other => other,
        }
    }

    /// Ends the output: a file takes its name now.
    pub fn finish(self) -> Result<(), Failure> {
        self.finish_as(Path::to_owned).map(|_| ())
    }

    /// Ends an output that is cut short: a file is written beside the one it was to become, which stays as it was.
    ///
    /// Returns the name of that file, such as `report.partial.json`; `None` for what goes elsewhere.
    pub fn finish_partial(self) -> Result<Option<PathBuf>, Failure> {
        self.finish_as(partial)
    }

    fn finish_as(mut self, name: impl FnOnce(&Path) -> PathBuf) -> Result<Option<PathBuf>, Failure> {
        self.flush()?;
        let Self::File { writer, temporary, target } = &mut self else { return Ok(None) };
        let Some(path) = temporary.take() else { return Ok(None) };
        let name = name(target);
        // Without this a crash of the system soon after could leave an empty file in place of the earlier report.
        let stored = if name.exists() { writer.get_ref().sync_all() } else { Ok(()) };
        let renamed = stored.and_then(|()| fs::rename(&path, &name));
        match renamed {
            Ok(()) => temporaries::forget(&path),
            Err(_) => temporaries::remove(&path),
        }
        renamed.map_err(|error| Failure::of_file("write", &name, &error))?;
        Ok(Some(name))
    }
}

/// `report.partial.json` for `report.json`.
fn partial(target: &Path) -> PathBuf {
    match target.extension() {
        Some(extension) => target.with_extension(format!("partial.{}", extension.to_string_lossy())),
        None => target.with_extension("partial"),
    }
}

/// Links in a row that are followed, as many as Linux follows.
const MOST_LINKS: usize = 40;

/// Where a path leads. A link stays a link and what it points to is replaced, or made where it dangles.
fn end_of_links(path: &Path) -> io::Result<PathBuf> {
    let mut end = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&end) {
            Ok(next) => end = end.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(end),
        }
    }
    Err(io::Error::other("too many links"))
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
            temporaries::remove(path);
        }
    }
}
