//! What several tests share: where the real files are, when they are there.

use std::path::PathBuf;

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
