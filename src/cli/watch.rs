//! `rehabrun watch`: audits what arrives in a folder, a line each, until it is stopped.
//!
//! It looks at the folder again and again instead of asking the system for events: folders that are kept in step over a
//! network (SMB, NFS, the folders of cloud services) send none, whether a file is whole can only be seen from its size
//! and time standing still, and a look at 10 000 names takes less than a tenth of a second.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use rehabrun::model::NoteId;
use rehabrun::render;
use rehabrun::report::{self, File};

use super::args::{Watch, WatchFormat};
use super::batch::{self, Audited, Batch};
use super::bundles::Bundles;
use super::config::{Config, Options};
use super::failure::Failure;
use super::files::Input;
use super::progress_bar::Bar;
use super::screen::Screen;
use super::{audit, catch_panics, files, interrupt, stderr};

/// Runs the command.
pub fn run(options: &Watch, screen: Screen) -> Result<ExitCode, Failure> {
    catch_panics::silence_caught_panics();
    if options.dir.is_file() {
        let file = options.dir.display();
        let folder = files::folder_of(&options.dir).display();
        let hint = format!("audit it: `rehabrun audit {file}`; or watch its folder: `rehabrun watch {folder}`");
        return Err(Failure::new(format!("cannot watch {file}"), "it is a file, and runs arrive in folders", hint));
    }
    let folder = fs::read_dir(&options.dir).map_err(|error| Failure::of_file("watch", &options.dir, &error));
    drop(folder?);
    // A fault in a runner's file given by name is reported now and not with the first run.
    configure(options)?;
    let mut arrivals = Arrivals::default();
    if !options.existing {
        arrivals.pass_over(look(&options.dir));
    }
    if !screen.quiet {
        stderr::line(&format!("watching {}, until Ctrl-C", render::sanitize(&options.dir.to_string_lossy())));
    }
    let mut waiting = Vec::new();
    let mut told = None;
    let mut exports = Exports::default();
    interrupt::ending_early(|| {
        while !interrupt::is_requested() {
            let settled = arrivals.settled(look(&options.dir));
            waiting.extend(exports.whole(settled, &arrivals));
            if !waiting.is_empty() {
                // Anew each time: the runner's file may have changed meanwhile. With a fault in it, runs wait.
                match configure(options) {
                    Ok(config) => {
                        told = None;
                        report(std::mem::take(&mut waiting), &config, options, screen, &mut exports)?;
                    }
                    Err(failure) if told.as_ref() == Some(&failure) => {}
                    Err(failure) => {
                        if !screen.quiet {
                            failure.print();
                        }
                        told = Some(failure);
                    }
                }
            }
            wait(Duration::from_secs(options.every));
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Waits for a time, or until somebody wants the end.
fn wait(time: Duration) {
    let until = Instant::now() + time;
    while Instant::now() < until && !interrupt::is_requested() {
        thread::sleep(Duration::from_millis(50));
    }
}

/// Audits files and writes a line for each.
fn report(
    mut paths: Vec<PathBuf>,
    config: &Config,
    options: &Watch,
    screen: Screen,
    exports: &mut Exports,
) -> Result<(), Failure> {
    // One that changed while it waited stands here twice.
    paths.sort();
    paths.dedup();
    let units = paths.first().and_then(|path| config.for_folder(files::folder_of(path)).ok());
    let style = screen.style(units.map(|settings| settings.runner.units).unwrap_or_default(), false);
    let lines = render::output("jsonl").expect("there are JSON lines");
    let mut lines = (lines.begin)(style);
    let mut out = io::stdout().lock();
    let mut last_error = None;
    let batch = Batch { config, n_threads: 1, bar: &Bar::hidden(), cache: None };
    let inputs = paths.into_iter().filter_map(Exports::input);
    let inputs: Vec<Input> = inputs.collect();
    batch::audit_all(inputs.into_iter(), batch, |Audited { file, cache_key, .. }| {
        if !exports.is_new(&file, cache_key.map(|key| key.content)) {
            return Ok(());
        }
        if let Some(error) = file.error.as_ref().filter(|_| !screen.quiet) {
            audit::tell(&file.path, error, &mut last_error);
        }
        match options.format {
            WatchFormat::Text => out.write_all(render::line(&file, style).as_bytes())?,
            WatchFormat::Jsonl => lines.file(file, &mut out)?,
        }
        Ok(out.flush()?)
    })
}

fn configure(options: &Watch) -> Result<Config, Failure> {
    Config::new(Options {
        runner: options.runner.clone(),
        units: options.units,
        report: report::Options { location: !options.no_location, chart: false, route: false, hide_ends_m: None },
        top: None,
        ignore_device_gait: false,
    })
}

/// What tells whether a file has changed: its size and when it was last written.
type Mark = (u64, Option<SystemTime>);

/// The files of a folder by name that may be activities or parts of exports, as they are now.
fn look(dir: &Path) -> Vec<(PathBuf, Mark)> {
    let marked = |path: PathBuf| {
        let known = fs::metadata(&path).ok()?;
        Some((path, (known.len(), known.modified().ok())))
    };
    files::candidates(dir).filter_map(marked).collect()
}

/// An empty file is a place held for what is to come; after so many looks it is taken for what it is.
const LOOKS_AT_NOTHING: u32 = 15;

/// What is known of the files that were seen.
#[derive(Debug, Default)]
struct Arrivals {
    known: HashMap<PathBuf, Seen>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    mark: Mark,
    /// In how many looks in a row it was the same.
    n_looks: u32,
    is_done: bool,
}

impl Arrivals {
    /// Takes files as done until they change.
    fn pass_over(&mut self, files: Vec<(PathBuf, Mark)>) {
        let done = |mark| Seen { mark, n_looks: 0, is_done: true };
        self.known = files.into_iter().map(|(path, mark)| (path, done(mark))).collect();
    }

    /// The files that have arrived whole or have changed since, in the order of the look. Files that are gone are kept in
    /// mind: a drive that was away for a while brings nothing new.
    fn settled(&mut self, files: Vec<(PathBuf, Mark)>) -> Vec<PathBuf> {
        let mut settled = Vec::new();
        for (path, mark) in files {
            let mut seen = match self.known.get(&path) {
                Some(seen) if seen.mark == mark => Seen { n_looks: seen.n_looks.saturating_add(1), ..*seen },
                _ => Seen { mark, n_looks: 0, is_done: false },
            };
            let is_whole = if mark.0 == 0 { seen.n_looks >= LOOKS_AT_NOTHING } else { seen.n_looks >= 1 };
            if is_whole && !seen.is_done {
                seen.is_done = true;
                settled.push(path.clone());
            }
            self.known.insert(path, seen);
        }
        settled
    }

    /// True where every file below a folder stands still.
    fn is_still(&self, folder: &Path) -> bool {
        self.known.iter().all(|(path, seen)| seen.is_done || !path.starts_with(folder))
    }
}

/// The exports among what arrives: folders whose files belong together.
#[derive(Default)]
struct Exports {
    /// Files that have arrived of exports of which others have not.
    waiting: BTreeMap<PathBuf, Vec<PathBuf>>,
    /// The sessions that were told, as an export is read as a whole whenever something in it changes.
    told: HashSet<(String, [u8; 32])>,
}

impl Exports {
    /// The files that may be read: single ones, and those of exports whose every file has arrived.
    fn whole(&mut self, settled: Vec<PathBuf>, arrivals: &Arrivals) -> Vec<PathBuf> {
        // What is known of folders changes while an export arrives.
        let mut bundles = Bundles::default();
        let mut whole = Vec::new();
        for path in settled {
            match root(&path, &mut bundles) {
                Some(root) => self.waiting.entry(root).or_default().push(path),
                None => whole.push(path),
            }
        }
        let still: Vec<PathBuf> = self.waiting.keys().filter(|root| arrivals.is_still(root)).cloned().collect();
        whole.extend(still.iter().filter_map(|root| self.waiting.remove(root)).flatten());
        whole
    }

    /// How a file is read: one of an export as a walk finds it, any other as one that was named. Files of other kinds are
    /// passed over in silence.
    fn input(path: PathBuf) -> Option<Input> {
        let mut bundles = Bundles::default();
        let is_of_export = root(&path, &mut bundles).is_some();
        let is_activity = path.file_name().is_some_and(files::has_activity_name);
        match (is_of_export, is_activity) {
            (false, true) => Some(Input::Named(path)),
            (true, true) => Some(Input::File(path)),
            (_, false) => {
                let is_list = bundles.root(&path).is_some();
                (is_list || files::has_activity_content(&path)).then_some(Input::Unnamed(path))
            }
        }
    }

    /// True where a file was not told before with the same content.
    fn is_new(&mut self, file: &File, content: Option<[u8; 32]>) -> bool {
        let notes = || file.notes.iter().map(|note| note.message.as_str()).collect::<String>();
        let is_foreign = file.notes.iter().any(|note| note.id == NoteId::NotAnActivity);
        let content = content.unwrap_or_else(|| blake3::hash(notes().as_bytes()).into());
        file.error.is_some() || !is_foreign && self.told.insert((file.path.clone(), content))
    }
}

/// The folder of the export that a file is one of.
fn root(path: &Path, bundles: &mut Bundles) -> Option<PathBuf> {
    let folder = path.parent()?;
    if folder.ends_with(ROUTES) {
        return folder.parent().map(Path::to_owned);
    }
    let is_beside_routes = path.extension().is_some_and(|last| last == "xml") && folder.join(ROUTES).is_dir();
    if is_beside_routes { Some(folder.to_owned()) } else { bundles.root(path).map(|(_, root)| root) }
}

/// The folder of the routes in an Apple Health export.
const ROUTES: &str = "workout-routes";

#[cfg(test)]
mod tests {
    use super::*;

    /// The files that settle at each look, of files given as name and size.
    fn check(before: &[(&str, u64)], looks: &[&[(&str, u64)]], expected: &[&str]) {
        let files =
            |look: &[(&str, u64)]| look.iter().map(|(name, size)| (PathBuf::from(name), (*size, None))).collect();
        let mut arrivals = Arrivals::default();
        arrivals.pass_over(files(before));
        let names =
            |paths: Vec<PathBuf>| paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" ");
        let settled: Vec<String> = looks.iter().map(|look| names(arrivals.settled(files(look)))).collect();
        assert_eq!(settled, expected);
    }

    #[test]
    fn a_file_is_taken_once_it_stands_still() {
        check(&[], &[&[("a", 10)], &[("a", 20)], &[("a", 20)], &[("a", 20)]], &["", "", "a", ""]);
        check(&[], &[&[("a", 10), ("b", 5)], &[("a", 10), ("b", 6)], &[("a", 10), ("b", 6)]], &["", "a", "b"]);
    }

    #[test]
    fn what_was_there_is_passed_over_until_it_changes() {
        check(&[("a", 10)], &[&[("a", 10)], &[("a", 10)], &[("a", 12)], &[("a", 12)]], &["", "", "", "a"]);
    }

    #[test]
    fn what_went_and_came_back_is_new_only_where_it_changed() {
        check(&[("a", 10)], &[&[], &[("a", 10)], &[("a", 10)]], &["", "", ""]);
        check(&[("a", 10)], &[&[], &[("a", 11)], &[("a", 11)]], &["", "", "a"]);
    }

    #[test]
    fn an_empty_file_is_waited_for() {
        let look: &[(&str, u64)] = &[("a", 0)];
        let mut looks = vec![look; 16];
        check(&[], &looks, &[vec![""; 15], vec!["a"]].concat());
        looks[1] = &[("a", 9)];
        looks[2] = &[("a", 9)];
        check(&[], &looks[..3], &["", "", "a"]);
    }
}
