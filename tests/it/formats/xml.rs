//! GPX and TCX: real files, odd files, other readers and damage.

mod cases;
mod damage;
mod figures;
mod oracles;

use crate::common;
use std::fs;
use std::path::{Path, PathBuf};

use rehabrun::export::{gpx, tcx};
use rehabrun::ingest;
use rehabrun::model::{Activity, Record};
use rehabrun::synth::{self, Script, Setup};

/// Builds without optimisation look at each small file, but only at every sixteenth of those beyond this many bytes.
const LARGE: u64 = 60_000;

/// True when the file at this place in the list is to be read in this build.
fn is_chosen(index: usize, path: &Path) -> bool {
    !cfg!(debug_assertions) || index.is_multiple_of(16) || fs::metadata(path).is_ok_and(|data| data.len() < LARGE)
}

/// The GPX and TCX files of the corpus by their path in it, unpacked.
fn real_files() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = common::corpus().map(|corpus| corpus.join("files")) else {
        return Vec::new();
    };
    let mut paths = Vec::new();
    collect(&folder, &mut paths);
    paths.sort();
    let wanted = |name: &str| [".gpx", ".gpx.gz", ".tcx"].iter().any(|end| name.ends_with(end));
    let name = |path: &Path| path.strip_prefix(&folder).expect("below the folder").to_string_lossy().into_owned();
    paths
        .iter()
        .map(|path| (name(path), path))
        .filter(|(name, _)| wanted(name))
        .enumerate()
        .filter(|(index, (_, path))| is_chosen(*index, path))
        .map(|(_, (name, path))| {
            let bytes = fs::read(path).expect("readable file");
            let packed = bytes.starts_with(&[0x1f, 0x8b]);
            (name, if packed { ingest::gunzip(&bytes).expect("whole stream").bytes } else { bytes })
        })
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("readable folder") {
        let path = entry.expect("readable entry").path();
        if path.is_dir() {
            collect(&path, paths);
        } else {
            paths.push(path);
        }
    }
}

/// Files of our own: a short session as TCX and as GPX of four makers.
fn own_files() -> Vec<(String, Vec<u8>)> {
    let script = "walk 20s 1.5m/s 112spm, run 30s 2.6m/s 168spm 120..146bpm, pause 30s, run 20s 2.6m/s 168spm";
    let script = Script::parse(script).expect("a script");
    let activity = synth::record(&script, &Setup::new(Some(7))).activity;
    let mut files = vec![("own.tcx".to_owned(), tcx::activity(&activity).into_bytes())];
    files.extend(
        gpx::Dialect::ALL
            .iter()
            .map(|&dialect| (format!("own-{}.gpx", dialect.name()), gpx::activity(&activity, dialect).into_bytes())),
    );
    files
}

/// All records of all sessions in the order of the file.
fn records(activity: &Activity) -> impl Iterator<Item = &Record> {
    activity.sessions.iter().flat_map(|session| &session.records)
}
