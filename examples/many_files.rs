//! Makes up a folder of runs for measuring batches: 10 to 60 minutes each, as FIT, GPX and TCX, every second one gzipped.
//! With a length in minutes, all are that long.
//!
//! ```text
//! cargo run --release --example many_files FOLDER [N [MINUTES]]
//! ```

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use rehabrun::export::{fit, gpx, tcx};
use rehabrun::synth::{Script, Setup, record};
use rehabrun::units::Timestamp;

fn main() -> io::Result<()> {
    let mut args = std::env::args_os().skip(1);
    let folder = PathBuf::from(args.next().expect("a folder"));
    let n_files: u64 = args.next().map_or(1000, |n| n.to_string_lossy().parse().expect("a number"));
    let length: Option<u64> = args.next().map(|text| text.to_string_lossy().parse().expect("minutes"));
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("athlete.toml"), "[ceiling]\neasy_pace = \"6:07/km\"\n")?;
    for i in 0..n_files {
        let minutes = length.unwrap_or(10 + i * 7 % 51);
        let fast = if i % 3 == 0 { "3.3m/s 168spm 165..185bpm" } else { "2.6m/s" };
        let script = match i % 4 {
            0 => format!("walk 4min, run {}min 2.6m/s, walk 3min", minutes - 7),
            _ => format!("walk 2min, {}x(run 60s {fast}, walk 60s)", (minutes - 2) / 2),
        };
        let setup = Setup {
            start: Timestamp::from_unix_seconds(1_600_000_000 + i.cast_signed() * 7200),
            name: Some(format!("Run {i}")),
            ..Setup::new(Some(i))
        };
        let activity = record(&Script::parse(&script).expect("a script"), &setup).activity;
        let (ending, bytes) = match i % 5 {
            0..3 => ("fit", fit::activity(&activity)),
            3 => ("gpx", gpx::activity(&activity, gpx::Dialect::GarminConnect).into_bytes()),
            _ => ("tcx", tcx::activity(&activity).into_bytes()),
        };
        let path = folder.join(format!("{:03}", i / 1000)).join(format!("{i:06}.{ending}"));
        fs::create_dir_all(path.parent().expect("a folder"))?;
        if i % 2 == 0 {
            fs::write(path, bytes)?;
        } else {
            let mut packed = GzEncoder::new(Vec::new(), Compression::default());
            packed.write_all(&bytes)?;
            fs::write(path.with_extension(format!("{ending}.gz")), packed.finish()?)?;
        }
    }
    Ok(())
}
