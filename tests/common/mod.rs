//! What several tests share: the program, its folders, and where the real files are, when they are there.

#![allow(dead_code, reason = "every test takes what it needs")]

pub mod checks;
pub mod exports;

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program at work in a folder, whatever the terminal's own settings: 100 characters wide, and with a cache of the
/// tests.
pub fn program(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rehabrun"));
    command.current_dir(dir).args(args).env("COLUMNS", "100");
    command.env("REHABRUN_CACHE_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache"));
    for variable in ["NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command
}

/// An empty folder for a test, such as `batch/one-bad-file`.
pub fn folder(test: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    if dir.exists() {
        fs::remove_dir_all(&dir).expect("a folder of ours");
    }
    fs::create_dir_all(&dir).expect("made");
    dir
}

/// The folder of real activity files: `REHABRUN_CORPUS`, else `../shared/corpus`. `None`, and said so, without it.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
pub fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("REHABRUN_CORPUS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus"), PathBuf::from);
    if !folder.is_dir() {
        println!("skipped: no corpus");
        return None;
    }
    Some(folder)
}

/// The folder of small odd files, beside the corpus. `None` without it.
pub fn cases() -> Option<PathBuf> {
    let cases = corpus()?.parent()?.join("cases");
    cases.is_dir().then_some(cases)
}

/// The bytes of a file, unpacked when its name ends in `.gz`.
pub fn bytes(path: &Path) -> Vec<u8> {
    let stored = fs::read(path).expect("a readable file");
    if path.extension().is_none_or(|extension| extension != "gz") {
        return stored;
    }
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(&stored[..]).read_to_end(&mut bytes).expect("a whole gzip file");
    bytes
}

/// The files below a folder whose names end in `.extension`, gzipped or not, in the order of their names.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        let name = path.to_string_lossy().to_lowercase();
        if path.is_dir() {
            files.extend(self::files(&path, extension));
        } else if name.trim_end_matches(".gz").ends_with(&format!(".{extension}")) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The most memory that a process had so far, in MB, where the system tells; `self` is this one.
pub fn peak_mb(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kb| kb >> 10)
}
