//! `rehabrun demo`: a first look, with no watch at hand.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rehabrun::render;
use rehabrun::report::{self, Summary};
use rehabrun::synth::{DEMO_ATHLETE, demo};
use rehabrun::units::UnitSystem;

use super::args::{Demo, Runner};
use super::bar::Bar;
use super::batch::{self, Batch};
use super::config::{Config, FILE_NAME, Options};
use super::duplicates::Seen;
use super::failure::Failure;
use super::files;
use super::output::Output;
use super::screen::Screen;

/// The example that is shown in full.
const SHOWN: &str = "turned-half-way";

/// Runs the command.
pub fn run(options: &Demo, screen: Screen) -> Result<ExitCode, Failure> {
    let dir = &options.dir;
    let n_files = write_examples(dir)?;
    let shown = dir.join(format!("{SHOWN}.fit"));
    let mut out = Output::open(None)?;
    writeln!(out, "Four made-up sessions of a runner on the way back from an injury, each as FIT, GPX and TCX:\n")?;
    for example in demo() {
        writeln!(out, "  {:20}  {}", example.stem, example.shows)?;
    }
    writeln!(out, "\n{n_files} files and the runner's {FILE_NAME} are in {}. One of them in full:", dir.display())?;
    writeln!(out, "\n$ rehabrun audit {}\n", shown.display())?;
    audit(vec![shown], options, screen, &mut out)?;
    writeln!(out, "\nAll of them, worst first:\n\n$ rehabrun audit {}\n", dir.display())?;
    audit(vec![dir.clone()], options, screen, &mut out)?;
    writeln!(out, "\nNow yours: rehabrun audit FILE --easy-pace 6:30/km")?;
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn audit(paths: Vec<PathBuf>, options: &Demo, screen: Screen, out: &mut Output) -> Result<(), Failure> {
    let config = Config::new(Options {
        runner: Runner::default(),
        units: Some(options.units),
        report: report::Options { location: true, chart: false, route: false, hide_ends_m: None },
        top: None,
        ignore_device_gait: false,
    })?;
    let text = &render::OUTPUTS[0];
    let mut renderer = (text.begin)(screen.style(UnitSystem::from(options.units), false));
    let mut summary = Summary::default();
    let batch = Batch { config: &config, n_threads: 1, bar: &Bar::hidden(), cache: None };
    let mut seen = Seen::default();
    batch::audit_all(files::inputs(paths), batch, |audited| {
        let file = seen.sift(audited);
        summary.add(&file);
        Ok(renderer.file(file, out)?)
    })?;
    Ok(renderer.finish(&summary, out)?)
}

/// Writes the examples and says how many files they are.
fn write_examples(dir: &Path) -> Result<usize, Failure> {
    let write = |name: &str, bytes: &[u8]| {
        let path = dir.join(name);
        fs::write(&path, bytes).map_err(|error| Failure::of_file("write", &path, &error))
    };
    fs::create_dir_all(dir).map_err(|error| Failure::of_file("make the folder", dir, &error))?;
    write(FILE_NAME, DEMO_ATHLETE.as_bytes())?;
    let files: Vec<(String, Vec<u8>)> = demo().iter().flat_map(rehabrun::synth::Demo::files).collect();
    for (name, bytes) in &files {
        write(name, bytes)?;
    }
    Ok(files.len())
}
