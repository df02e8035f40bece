//! Short words that several parts of a page share.

use maud::{Markup, html};

use super::super::efforts::Efforts;
use super::super::words;
use crate::report::{Bout, Class, File, RuleId, Session, Status};
use crate::units::{Pace, UnitSystem};

/// The title of a run: what the runner called it, else its sport, below which stands the day; of what is no run, the name
/// of the file.
pub fn title(file: &File) -> String {
    let judged = file.sessions.iter().find(|session| session.judged && session.started_at.is_some());
    let of_sport = || judged.map(|session| capitalize(&words::sport(session)));
    name(file).or_else(of_sport).unwrap_or_else(|| file_name(file))
}

/// The title of a run in a list, where the day stands beside it: what the runner called it, else the name of the file.
pub fn title_in_list(file: &File) -> String {
    name(file).unwrap_or_else(|| file_name(file))
}

fn name(file: &File) -> Option<String> {
    let names = file.sessions.iter().find_map(|session| session.name.as_deref().map(words::sanitize));
    names.filter(|name| !name.trim().is_empty())
}

fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The title of a page: the runner and the day before the title of the run, as far as they are known.
pub fn whole_title(file: &File) -> String {
    let title = title(file);
    whose(file).map_or_else(|| title.clone(), |whose| format!("{whose} · {title}"))
}

/// The runner and the day, as `Anna Berg · Mon 7 Sep 2026, 18:05`; `None` where neither is known.
pub fn whose(file: &File) -> Option<String> {
    let day = file.sessions.iter().find_map(|session| session.started_at).map(words::when);
    let parts: Vec<String> = file.athlete.as_deref().map(words::sanitize).into_iter().chain(day).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// What the rules that found something look for, so that a page needs nothing beside it.
pub fn explained(found: impl Iterator<Item = RuleId>, id: &str) -> Markup {
    let mut rules: Vec<RuleId> = Vec::new();
    for rule in found {
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    let known: Vec<_> = rules.into_iter().filter_map(|rule| Some((rule, crate::report::explained(rule)?))).collect();
    html! {
        @if !known.is_empty() {
            details.rules id=(id) {
                summary { "What the findings mean" }
                dl {
                    @for (rule, words) in known {
                        dt { (words.title) " " code.rule { (rule) } }
                        dd { p { (words.what) } p { (words.why) } p.soft { (words.limits) } }
                    }
                }
            }
        }
    }
}

/// The name of the file without the folders it lies in, which are nobody else's business.
pub fn file_name(file: &File) -> String {
    words::sanitize(file.path.rsplit(['/', '\\']).next().unwrap_or(&file.path))
}

/// The verdict in words, with a capital.
pub fn class(class: Class) -> String {
    let text = words::class(class);
    text[..1].to_uppercase() + &text[1..]
}

/// The style and the sign of a verdict: shape and word, never colour alone.
pub const fn class_style(class: Class) -> (&'static str, &'static str) {
    match class {
        Class::DisguisedIntervals | Class::AboveEasy => ("over", "▲"),
        Class::DriftedOver | Class::Surges => ("some", "△"),
        Class::Undetermined => ("unknown", "?"),
        Class::Easy => ("easy", "●"),
    }
}

/// How a file stands in a list, in words and signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileStanding {
    /// What the runner called the run, else the name of the file.
    pub title: String,
    /// The class of its badge in the style of pages.
    pub style: &'static str,
    /// A sign before the words.
    pub sign: &'static str,
    /// The verdict, or why there is none.
    pub words: String,
    /// Its place, the worst first.
    pub rank: usize,
    /// Date and local time of the worst session.
    pub date: String,
}

/// How a file stands in a list.
pub fn standing(file: &File) -> FileStanding {
    let (style, sign, words) = match (file.status, file.verdict) {
        (Status::Failed, _) => ("unknown", "✕", "Not readable".to_owned()),
        (Status::Skipped, _) | (_, None) => ("", "", "Skipped".to_owned()),
        (_, Some(verdict)) => {
            let (style, sign) = class_style(verdict);
            (style, sign, format!("{}{}", class(verdict), if file.is_agreed() { ", agreed" } else { "" }))
        }
    };
    let worst = file.worst().map(|(session, _)| session);
    let (group, class) = super::rank(file);
    let rank = usize::from(group) * Class::ALL.len() + Class::ALL.iter().position(|one| *one == class).unwrap_or(0);
    FileStanding { title: title(file), style, sign, words, rank, date: worst.map(date).unwrap_or_default() }
}

/// Why a file was left out, where it says so.
pub fn why_skipped(file: &File) -> Option<String> {
    file.skip_reason().map(words::sanitize)
}

/// The verdict of a file as a badge.
pub fn badge(file: &File) -> Markup {
    match (file.status, file.verdict) {
        (Status::Failed, _) => html! { span.badge.unknown { span aria-hidden="true" { "✕ " } "Not readable" } },
        (Status::Skipped, _) | (_, None) => html! { span.badge { "Skipped" } },
        (_, Some(verdict)) => class_badge(verdict, file.is_agreed()),
    }
}

/// A verdict as a badge.
pub fn class_badge(verdict: Class, is_agreed: bool) -> Markup {
    let (style, sign) = class_style(verdict);
    let agreed = if is_agreed { ", agreed" } else { "" };
    html! { span class=(format!("badge {style}")) { span aria-hidden="true" { (sign) " " } (class(verdict)) (agreed) } }
}

/// Date and local time of a session in words.
pub fn date(session: &Session) -> String {
    session.started_at.map(words::when).unwrap_or_default()
}

/// A pace of a report, without its unit.
pub fn pace(seconds_per_km: Option<f64>, units: UnitSystem) -> String {
    seconds_per_km.map_or("–".to_owned(), |s| units.pace_number(Pace::from_seconds_per_kilometer(s)))
}

/// How a bout stands against the ceiling, with a mark where it is over.
pub fn against_ceiling(bout: &Bout, efforts: &Efforts) -> String {
    let mark = words::mark(bout, efforts);
    format!("{mark} {}", words::judgement(bout, efforts)).trim().to_owned()
}
