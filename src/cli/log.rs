//! `rehabrun log`: adds how a run felt to a runner's file. Every byte that is there stays as it is.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rehabrun::Runner;
use rehabrun::runner::FILE_NAME;
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
    let longer = appended(&text, &table(options, date));
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

/// The day of the run, and what it was told by where that may surprise.
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

/// The table of one symptom, with lines that end in a newline.
fn table(options: &Log, date: Date) -> String {
    let mut lines = format!("[[symptom]]\ndate = {date}\n");
    for (key, pain) in [("during", options.during), ("after", options.after), ("next_day", options.next_day)] {
        lines += &pain.map_or(String::new(), |pain| format!("{key} = {pain}\n"));
    }
    for (key, text) in [("site", &options.site), ("note", &options.note)] {
        lines += &text.as_ref().map_or(String::new(), |text| format!("{key} = {}\n", quoted(text)));
    }
    lines
}

/// Text as a string of TOML on one line, of printable characters only.
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// A text with a table at its end, after an empty line, with line ends as the text has them.
fn appended(text: &str, table: &str) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let last = if text.is_empty() || text.ends_with('\n') { "" } else { end };
    let between = if text.trim().is_empty() { "" } else { end };
    format!("{text}{last}{between}{}", table.replace('\n', end))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_stays() {
        let table = "[[symptom]]\nduring = 1\n";
        assert_eq!(appended("", table), table);
        assert_eq!(appended("a = 1 # one\n\n", table), "a = 1 # one\n\n\n[[symptom]]\nduring = 1\n");
        assert_eq!(appended("a = 1", table), "a = 1\n\n[[symptom]]\nduring = 1\n");
        assert_eq!(appended("a = 1\r\n", table), "a = 1\r\n\r\n[[symptom]]\r\nduring = 1\r\n");
        assert_eq!(appended("a = 1\r\nb = 2", table), "a = 1\r\nb = 2\r\n\r\n[[symptom]]\r\nduring = 1\r\n");
    }

    #[test]
    fn any_text_is_a_string() {
        for text in ["a \"quoted\" word", "C:\\runs", "tab\tand\u{7f} and \u{1b}[31m", "Knöchel 🦶"] {
            let file = format!("[[symptom]]\ndate = 2026-11-03\nnote = {}\n", quoted(text));
            let runner = Runner::from_toml(&file).expect("a good file");
            assert!(runner.symptoms[0].note.is_some(), "{file}");
        }
    }
}
