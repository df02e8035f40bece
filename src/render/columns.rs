//! The tables of analysis: sessions, bouts, efforts and findings, a row each, with the columns of file and session
//! repeated. CSV and Parquet write them.

mod bout;
mod effort;
mod file;
mod finding;
mod session;

use std::io;

use crate::report::{Bout, Effort, File, Finding, Session, StartTime, Verdict};
use crate::units::Date;
#[cfg(feature = "parquet")]
use crate::units::Timestamp;

/// A table: what its rows are about. Those of a file without sessions, or of a session without rows of its own, have one
/// row in the tables of sessions and bouts, so that no file is lost, and none in the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Table {
    /// A row a session.
    Sessions,
    /// A row a bout.
    #[default]
    Bouts,
    /// A row an effort over the ceiling.
    Efforts,
    /// A row a finding.
    Findings,
}

impl Table {
    /// All tables, the usual one first.
    pub const ALL: [Self; 4] = [Self::Bouts, Self::Sessions, Self::Efforts, Self::Findings];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sessions => "sessions",
            Self::Bouts => "bouts",
            Self::Efforts => "efforts",
            Self::Findings => "findings",
        }
    }

    /// Its columns in their order.
    pub fn columns(self) -> impl Iterator<Item = &'static Column> {
        let parts: [&'static [Column]; 3] = match self {
            Self::Sessions => [file::COLUMNS, session::COLUMNS, session::OUTCOME],
            Self::Bouts => [file::COLUMNS, session::COLUMNS, bout::COLUMNS],
            Self::Efforts => [session::KEY, effort::COLUMNS, &[]],
            Self::Findings => [session::KEY, finding::COLUMNS, &[]],
        };
        parts.into_iter().flatten()
    }

    /// Visits the rows of a file.
    pub fn rows(self, file: &File, mut visit: impl FnMut(Row) -> io::Result<()>) -> io::Result<()> {
        let whole = Row { file, session: None, item: Item::None };
        let keeps_empty = matches!(self, Self::Sessions | Self::Bouts);
        if file.sessions.is_empty() && keeps_empty {
            visit(whole)?;
        }
        for (i, session) in file.sessions.iter().enumerate() {
            let of_session = Row { session: Some((i + 1, session)), ..whole };
            if self == Self::Sessions || self == Self::Bouts && session.bouts.is_empty() {
                visit(of_session)?;
            }
            self.items(session).try_for_each(|item| visit(Row { item, ..of_session }))?;
        }
        Ok(())
    }

    /// What the rows of a session are about, each with its number from 1.
    fn items(self, session: &Session) -> Box<dyn Iterator<Item = Item<'_>> + '_> {
        match self {
            Self::Sessions => Box::new(std::iter::empty()),
            Self::Bouts => Box::new((1..).zip(&session.bouts).map(|(n, bout)| Item::Bout(n, bout))),
            Self::Efforts => Box::new((1..).zip(&session.efforts).map(|(n, effort)| Item::Effort(n, effort))),
            Self::Findings => Box::new((1..).zip(&session.findings).map(|(n, found)| Item::Finding(n, found))),
        }
    }
}

/// What a row is about.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    file: &'a File,
    /// With its number from 1.
    session: Option<(usize, &'a Session)>,
    item: Item<'a>,
}

/// The thing that a row of a session is about, with its number from 1, as the report for reading counts.
#[derive(Clone, Copy)]
enum Item<'a> {
    None,
    Bout(usize, &'a Bout),
    Effort(usize, &'a Effort),
    Finding(usize, &'a Finding),
}

impl<'a> Row<'a> {
    /// The verdict of the session, where it was judged.
    fn verdict(self) -> Option<&'a Verdict> {
        self.session?.1.verdict.as_ref()
    }

    fn bout(self) -> Option<(usize, &'a Bout)> {
        if let Item::Bout(number, bout) = self.item { Some((number, bout)) } else { None }
    }

    fn effort(self) -> Option<(usize, &'a Effort)> {
        if let Item::Effort(number, effort) = self.item { Some((number, effort)) } else { None }
    }

    fn finding(self) -> Option<(usize, &'a Finding)> {
        if let Item::Finding(number, finding) = self.item { Some((number, finding)) } else { None }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Several texts.
    List,
    /// A moment.
    Time,
    /// A day.
    Date,
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// Yes or no.
    Flag,
}

/// What stands in a row under a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Under a column of text.
    Text(String),
    /// Under a column of lists.
    List(Vec<String>),
    /// Under a column of moments: in RFC 3339, and in microseconds since 1970.
    Time(String, i64),
    /// Under a column of days: as `2026-09-07`, and in days since 1970.
    Date(String, i32),
    /// Under a column of numbers.
    Number(f64),
    /// Under a column of whole numbers.
    Whole(i64),
    /// Under a column of yes or no.
    Flag(bool),
}

/// One column.
pub struct Column {
    /// Its name; final, as scripts depend on it.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The value in a row, where there is one.
    pub value: fn(Row) -> Option<Value>,
}

fn text(text: Option<&str>) -> Option<Value> {
    text.map(|text| Value::Text(text.to_owned()))
}

#[cfg(feature = "parquet")]
pub(super) fn moment(text: &str) -> Option<Value> {
    let moment = Timestamp::from_rfc3339(text)?;
    Some(Value::Time(text.to_owned(), moment.as_unix_millis().saturating_mul(1000)))
}

fn time(moment: Option<StartTime>) -> Option<Value> {
    moment.map(|moment| Value::Time(moment.to_string(), moment.at.as_unix_millis().saturating_mul(1000)))
}

pub(super) fn date(text: &str) -> Option<Value> {
    let day = Date::parse(text)?.days_since(Date::new(1970, 1, 1)?);
    Some(Value::Date(text.to_owned(), day))
}

fn number(value: Option<f64>) -> Option<Value> {
    value.map(Value::Number)
}

fn whole<T: TryInto<i64>>(value: Option<T>) -> Option<Value> {
    value?.try_into().ok().map(Value::Whole)
}
