//! `rehabrun demo`: a first look, without a watch.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rehabrun::auditor::Seen;
use rehabrun::render;
use rehabrun::report::{self, Summary};
use rehabrun::runner::FILE_NAME;
use rehabrun::synth::{DEMO_ATHLETE, demo};
use rehabrun::units::UnitSystem;

use super::args::{Demo, Runner};
use super::batch::{self, Batch};
use super::config::{Config, Options};
use super::failure::Failure;
use super::files;
use super::output::Output;
use super::progress_bar::Bar;
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
    writeln!(out, "\nNow yours: rehabrun audit FILE --easy-pace PACE")?;
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
        let file = seen.skip_duplicates(audited.file, audited.cache_key, audited.is_named);
        summary.add(&file);
        Ok(renderer.file(file, out)?)
    })?;
    Ok(renderer.finish(&summary, out)?)
}

/// Writes the examples and says how many files they are. Files of somebody else are never replaced.
fn write_examples(dir: &Path) -> Result<usize, Failure> {
    fs::create_dir_all(dir).map_err(|error| Failure::of_file("make the folder", dir, &error))?;
    let examples: Vec<(String, Vec<u8>)> = demo().iter().flat_map(rehabrun::synth::Demo::files).collect();
    let n_examples = examples.len();
    let mut files = vec![(FILE_NAME.to_owned(), DEMO_ATHLETE.as_bytes().to_vec())];
    files.extend(examples);
    if let Some((name, _)) = files.iter().find(|(name, bytes)| !is_ours(dir, name, bytes)) {
        let cause = "it is there already, and is no example";
        let hint = "name a folder of its own: rehabrun demo FOLDER";
        return Err(Failure::new(format!("cannot write {}", dir.join(name).display()), cause, hint));
    }
    for (name, bytes) in &files {
        let path = dir.join(name);
        let mut out = Output::replacing(&path)?;
        out.write_all(bytes).map_err(|error| Failure::of_file("write", &path, &error))?;
        out.finish()?;
    }
    Ok(n_examples)
}

/// True where a file of the demo may be written: nothing is there, or the same, or an example in the folder of an earlier
/// demo. A runner's file that was edited since is the user's.
fn is_ours(dir: &Path, name: &str, bytes: &[u8]) -> bool {
    let first_line = |text: &str| text.lines().next().map(str::to_owned);
    let runners_file = fs::read_to_string(dir.join(FILE_NAME)).ok();
    let is_demo_folder = runners_file.is_some_and(|text| first_line(&text) == first_line(DEMO_ATHLETE));
    let is_earlier_example = is_demo_folder && name != FILE_NAME;
    let path = dir.join(name);
    fs::symlink_metadata(&path).is_err() || is_earlier_example || fs::read(&path).is_ok_and(|known| known == bytes)
}
