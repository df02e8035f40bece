//! Many files: a line each, worst first, and what they come to.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::Style;
use super::super::table::{Cell, Table};
use super::super::words::{self, sanitize};
use super::{color, shown};
use crate::report::{Class, File, NoteId, Sport, SportName, Status, Summary};
use crate::units::{Distance, clock, percent, plural};

/// What is kept of each file: a line, so that thousands fit.
#[derive(Default)]
pub struct Overview {
    audited: Vec<Line>,
    /// Path and reason.
    failed: Vec<(String, String)>,
    /// Why a verdict cannot be told, the numbers in it left out, with how many files it holds for.
    doubts: Counts,
    skipped: Counts,
    /// True where a ceiling on pace would decide one of the doubts.
    needs_a_pace: bool,
}

/// Reasons with how many files each holds for.
#[derive(Default)]
struct Counts(BTreeMap<String, usize>);

impl Counts {
    fn add(&mut self, reason: String) {
        *self.0.entry(reason).or_insert(0) += 1;
    }

    /// The reasons, the most frequent first, below a headline; empty without any.
    fn text(&self, headline: &str, style: Style) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let mut counts: Vec<(&String, &usize)> = self.0.iter().collect();
        counts.sort_by_key(|&(_, &n_files)| Reverse(n_files));
        let lines = counts.into_iter().map(|(reason, n)| words::wrapped(&format!("{n:>6}  "), reason, style.width));
        format!("{headline}\n{}\n", lines.collect::<String>())
    }
}

/// Why a file was left out.
pub fn why_skipped(file: &File) -> String {
    match (file.sessions.first(), file.notes.first()) {
        (Some(session), _) if session.sport == SportName::Known(Sport::Unknown) => {
            sanitize(session.skipped_because.as_deref().unwrap_or_default())
        }
        (Some(session), _) => format!("not a run: {}", family(&words::sport(session))),
        (None, Some(note)) if note.id == NoteId::Duplicate => "the same run as in another file".to_owned(),
        (None, Some(note)) => sanitize(&note.message),
        (None, None) => "holds no session".to_owned(),
    }
}

struct Line {
    class: Class,
    is_agreed: bool,
    index: u8,
    day: String,
    distance_m: f64,
    run_s: f64,
    worst: Option<f64>,
    path: String,
}

impl Overview {
    /// True before the first file.
    pub fn is_empty(&self) -> bool {
        self.audited.is_empty() && self.failed.is_empty() && self.skipped.0.is_empty()
    }

    /// Takes in one file.
    pub fn add(&mut self, file: &File) {
        match (file.status, file.verdict) {
            (Status::Audited, Some(class)) => {
                if class == Class::Undetermined {
                    self.doubts.add(doubt(file));
                    self.needs_a_pace |= file.sessions.iter().any(words::needs_a_pace);
                }
                self.audited.push(line(file, class));
            }
            (Status::Failed, _) => {
                let reason = file.error.as_ref().map_or(String::new(), |error| sanitize(&error.message));
                self.failed.push((sanitize(&file.path), reason));
            }
            _ => self.skip(file),
        }
    }

    fn skip(&mut self, file: &File) {
        self.skipped.add(why_skipped(file));
    }

    /// The report on all files.
    pub fn text(&mut self, summary: &Summary, style: Style) -> String {
        self.audited.sort_by_key(|line| (line.class, line.is_agreed, Reverse(line.index)));
        let mut text = String::new();
        if !self.audited.is_empty() {
            text += &self.table(style);
            text.push('\n');
        }
        if !self.failed.is_empty() {
            text += "could not be read:\n";
            for (path, reason) in &self.failed {
                text += &words::wrapped("  ", &format!("{path}: {reason}"), style.width);
            }
            text.push('\n');
        }
        text += &self.doubts.text("cannot be told:", style);
        if self.needs_a_pace {
            text.truncate(text.trim_end().len());
            text += &format!("\n{}\n", words::wrapped("        ", words::HINT, style.width));
        }
        text += &self.skipped.text("left out:", style);
        text + &totals(summary, style)
    }

    fn table(&self, style: Style) -> String {
        let folder = common_folder(self.audited.iter().map(|line| line.path.as_str()));
        let mut table = Table::new()
            .left("verdict", 0)
            .left("date", 0)
            .right("distance", 2)
            .right("run", 1)
            .right("fastest", 1)
            .left("file", 0);
        for line in &self.audited {
            table.row(vec![
                Cell::styled(words::class_of(line.class, line.is_agreed), shown(color::of_class(line.class), style)),
                Cell::from(line.day.clone()),
                Cell::from(style.units.distance(Distance::from_meters(line.distance_m))),
                Cell::from(clock(line.run_s)),
                Cell::from(line.worst.map_or(String::new(), |ratio| signed_percent(ratio - 1.0))),
                Cell::from(line.path[folder.len()..].to_owned()),
            ]);
        }
        let place = if folder.is_empty() { String::new() } else { format!("  in {folder}\n") };
        place + &table.text(style.width)
    }
}

/// Why the verdict of a file cannot be told, each number in it as an ellipsis, so that like reasons are one.
fn doubt(file: &File) -> String {
    let sentence = file.worst().map_or(String::new(), |(_, verdict)| sanitize(&verdict.sentence));
    let sentence = sentence.replace("of judged running", "of running");
    let without =
        |word: &str| if word.starts_with(|c: char| c.is_ascii_digit()) { "…".to_owned() } else { word.to_owned() };
    sentence.split(' ').map(without).collect::<Vec<_>>().join(" ")
}

/// A share with its sign, as `+12 %` or `-3 %`; never `-0 %`.
fn signed_percent(share: f64) -> String {
    let percent = percent(share);
    if percent.starts_with('-') { percent } else { format!("+{percent}") }
}

/// A sport without its variety: `cycling` of `cycling/road`.
fn family(sport: &str) -> String {
    sport.split('/').next().unwrap_or(sport).to_lowercase()
}

fn line(file: &File, class: Class) -> Line {
    let judged = || file.judged().map(|(session, _)| session);
    let worst = file.worst();
    let of_efforts = || judged().flat_map(|session| &session.efforts).filter_map(|effort| effort.ratio_to_ceiling);
    let of_bouts = || judged().flat_map(|session| &session.bouts).filter_map(|bout| bout.ratio_to_ceiling);
    Line {
        class,
        is_agreed: file.is_agreed(),
        index: worst.and_then(|(_, verdict)| verdict.index).unwrap_or(0),
        day: worst
            .and_then(|(session, _)| session.started_at)
            .map_or("no date".to_owned(), |start| start.date().to_string()),
        distance_m: judged().map(|session| session.distance_m).sum(),
        run_s: judged().map(|session| session.run_s).sum(),
        worst: of_efforts().max_by(f64::total_cmp).or_else(|| of_bouts().max_by(f64::total_cmp)),
        path: sanitize(&file.path),
    }
}

/// The folder that all paths begin with, with the slash behind it; empty where there is none.
fn common_folder<'a>(mut paths: impl Iterator<Item = &'a str>) -> &'a str {
    let Some(first) = paths.next() else { return "" };
    let folder_of = |path: &'a str| path.rfind('/').map_or("", |at| &path[..=at]);
    paths.fold(folder_of(first), |mut folder, path| {
        while !path.starts_with(folder) {
            folder = folder_of(&folder[..folder.len() - 1]);
        }
        folder
    })
}

fn totals(summary: &Summary, style: Style) -> String {
    let bold = shown(color::BOLD, style);
    let mut text = format!("{bold}{}{bold:#}", plural(summary.n_files, "file", None));
    let n_clear = summary.n_audited - summary.n_of(Class::Undetermined);
    text += &format!(": {n_clear} judged");
    for (word, n_files) in [
        ("cannot tell", summary.n_of(Class::Undetermined)),
        ("left out", summary.n_skipped),
        ("not readable", summary.n_failed),
    ] {
        if n_files > 0 {
            text += &format!(", {n_files} {word}");
        }
    }
    text.push('\n');
    for count in summary.verdicts.iter().filter(|count| count.class != Class::Undetermined) {
        let shade = shown(color::of_class(count.class), style);
        text += &format!("{:>6}  {shade}{}{shade:#}\n", count.n_files, words::class(count.class));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_paths_share_is_said_once() {
        assert_eq!(common_folder(["a/b/1.fit", "a/b/c/2.fit", "a/b2/3.fit"].into_iter()), "a/");
        assert_eq!(common_folder(["a/b/1.fit", "a/b/2.fit"].into_iter()), "a/b/");
        assert_eq!(common_folder(["a/1.fit", "2.fit"].into_iter()), "");
        assert_eq!(common_folder(["/a/1.fit", "/b/2.fit"].into_iter()), "/");
        assert_eq!(common_folder([].into_iter()), "");
    }
}
