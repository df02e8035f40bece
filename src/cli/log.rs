//! `rehabrun log`: adds how a run felt to a runner's file. Every byte that is there stays as it is.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rehabrun::Runner;
use rehabrun::runner::{FILE_NAME, Symptom, add_symptom};
use rehabrun::units::{Date, plural};

use super::args::Log;
use super::ceiling::{now, today};
use super::config::read_whole;
use super::failure::Failure;
use super::identity::FileId;
use super::output::Output;
use super::print;

/// Runs the command.
pub fn run(options: &Log) -> Result<ExitCode, Failure> {
    let said = [options.during, options.after, options.next_day];
    if said.iter().all(Option::is_none) && options.note.is_none() {
        let hint = "give --during, --after, --next-day, each 0 to 10, or --note";
        return Err(Failure::new("nothing to log", "no pain and no note is given", hint));
    }
    let path = match &options.athlete {
        Some(path) => path.clone(),
        None => found(&options.dir)?,
    };
    let lock = Lock::of(&path).map_err(|error| Failure::of_file("lock", &path, &error))?;
    let text = read_whole(&path).map_err(|error| Failure::of_file("read", &path, &error))?;
    let runner = Runner::from_toml(&text).map_err(|fault| {
        let hint = fault.hint.clone().unwrap_or_default();
        Failure::new(format!("{} cannot be used", path.display()), fault.to_string(), hint)
    })?;
    let (date, by) = day(options, &runner);
    let Log { during, after, next_day, site, note, .. } = options.clone();
    let longer = add_symptom(&text, &Symptom { date, during, after, next_day, site, note });
    // What other programs wrote in a way that nothing can be added to stays as it is.
    let after = Runner::from_toml(&longer).map_err(|fault| {
        let cause = format!("nothing can be added at its end ({fault})");
        let hint = "write symptoms as [[symptom]] tables, each with its date";
        Failure::new(format!("{} was left as it was", path.display()), cause, hint)
    })?;
    let mut out = Output::open(Some(&path))?;
    out.write_all(longer.as_bytes()).map_err(|error| Failure::of_file("write", &path, &error))?;
    out.finish()?;
    drop(lock);
    let n = plural(after.symptoms.len(), "entry", Some("entries"));
    print(format!("logged for {date}{by} in {}, {n} in all\n", path.display()).as_bytes())
}

/// The runner's file of a folder, or of the nearest one above it that has one.
fn found(dir: &Path) -> Result<PathBuf, Failure> {
    let folder = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let file = folder.ancestors().map(|at| at.join(FILE_NAME)).find(|path| path.is_file());
    file.ok_or_else(|| {
        let cause = format!("no {FILE_NAME} in {} or in a folder above it", dir.display());
        Failure::new("no runner's file", cause, "`rehabrun patient new DIR` makes one, or name one with --athlete FILE")
    })
}

/// The day of the run, and a remark where its choice may surprise.
fn day(options: &Log, runner: &Runner) -> (Date, &'static str) {
    if let Some(date) = options.date {
        return (date, "");
    }
    let (today, by) = match &runner.zone {
        Some(zone) => (now().date(zone.offset_at(now())), ""),
        None => (today(), " (the day by UTC; --date, or timezone in the runner's file, sets it)"),
    };
    let is_of_the_morning = options.next_day.is_some() && options.during.is_none() && options.after.is_none();
    (if is_of_the_morning { today.plus_days(-1) } else { today }, by)
}

/// Keeps two programs from writing one file at once. The system lets go of it when the program ends, however it does.
struct Lock {
    _file: File,
    path: PathBuf,
}

impl Lock {
    /// Waits until no other program has the lock of a file.
    fn of(path: &Path) -> io::Result<Self> {
        // Two ways to one file have one lock.
        let path = fs::canonicalize(path)?;
        let mut name = OsString::from(".");
        name.push(path.file_name().ok_or(io::ErrorKind::InvalidInput)?);
        name.push(".lock");
        let path = path.with_file_name(name);
        loop {
            let file = File::options().create(true).truncate(false).write(true).open(&path)?;
            file.lock()?;
            // Who had it before has removed it: then this is the lock of nobody.
            let mine = file.metadata().ok().and_then(|known| FileId::of_known(&path, &known));
            if mine.is_none() || mine == FileId::of(&path) {
                return Ok(Self { _file: file, path });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Elsewhere a file that others have open stays in their way until they close it.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}
