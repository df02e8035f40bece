//! Where output goes: standard output, or a file that is replaced only by a whole one.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::failure::Failure;

/// Where output goes.
pub enum Output {
    /// Standard output.
    Standard(BufWriter<io::Stdout>),
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
        let Some(path) = path else { return Ok(Self::Standard(BufWriter::new(io::stdout()))) };
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
        let name = target.file_name().ok_or_else(|| failed(io::ErrorKind::InvalidInput.into()))?;
        let temporary = target.with_file_name(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
        let file = File::create_new(&temporary).map_err(failed)?;
        Ok(Self::File { writer: BufWriter::new(file), temporary: Some(temporary), target })
    }

    /// Ends the output: a file takes its name now.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        if let Self::File { temporary, target, .. } = &mut self
            && let Some(path) = temporary.take()
        {
            fs::rename(&path, &*target).map_err(|error| Failure::of_file("write", target, &error))?;
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
            let _ = fs::remove_file(path);
        }
    }
}
