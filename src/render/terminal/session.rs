//! One file in full: what it is, its bouts, and what they come to. The sentence that matters stands near the end, where
//! a terminal leaves the eye.

use super::super::words::{self, sanitize, wrapped};
use super::super::{Style, advice, comparison, symptoms};
use super::{bouts, color, shown, strip};
use crate::report::{File, Finding, Judgement, Note, RuleId, Session, Severity, Verdict};
use crate::units::clock;

/// The report on one file; nothing on one that could not be read, as the error that is printed says it all.
pub fn file(file: &File, style: Style) -> String {
    if file.error.is_some() {
        return String::new();
    }
    let bold = shown(color::BOLD, style);
    let dim = shown(color::DIM, style);
    let from = [file.device.as_deref(), file.athlete.as_deref()].into_iter().flatten().map(sanitize);
    let from: String = from.map(|part| format!(" · {part}")).collect();
    let mut text = format!("{bold}{}{bold:#}{dim}{from}{dim:#}\n", sanitize(&file.path));
    for session in &file.sessions {
        text.push('\n');
        text += &match session.judgement() {
            Judgement::Judged(verdict) => judged(session, verdict, style),
            Judgement::Skipped { reason } => skipped(session, reason, style),
        };
    }
    if let Some(felt) = symptoms::of_file(file) {
        text += &wrapped("  · ", &felt, style.width);
    }
    text += &notes(&file.notes, style);
    text
}

fn judged(session: &Session, of_session: &Verdict, style: Style) -> String {
    let mut text = head(session, style);
    match words::ceiling(&session.ceiling, style) {
        Some(ceiling) => text += &wrapped("", &format!("easy ceiling {ceiling}"), style.width),
        None => text += "no easy ceiling given\n",
    }
    text.push('\n');
    text += &strip::text(session, style);
    text.push('\n');
    text += &bouts::table(session, style);
    if !session.findings.is_empty() {
        text.push('\n');
        text += &findings(&session.findings, style);
    }
    text.push('\n');
    text += &verdict(session, of_session, style);
    text += &notes(&session.notes, style);
    text
}

/// A session that is not a run, in two lines.
fn skipped(session: &Session, reason: &str, style: Style) -> String {
    let text = head(session, style);
    text + &wrapped("", &sanitize(reason), style.width) + &notes(&session.notes, style)
}

fn head(session: &Session, style: Style) -> String {
    let name = session.name.as_deref().map_or(String::new(), |name| format!("{} · ", sanitize(name)));
    let when = session.started_at.map_or("no date".to_owned(), words::when);
    let bold = shown(color::BOLD, style);
    let title = wrapped("", &format!("{name}{} · {when}", words::sport(session)), style.width);
    let mut text = format!("{bold}{}{bold:#}\n", title.trim_end());
    text += &wrapped("", &words::clocks(session, style), style.width);
    if session.judged {
        text += &wrapped("", &words::times(session), style.width);
    }
    text
}

/// The findings in the order of time. Of a rule that found much, the first few.
fn findings(findings: &[Finding], style: Style) -> String {
    let (shown, rest) = words::first_few(findings);
    let mut text: String = shown.into_iter().map(|found| finding(found, style)).collect();
    let mut rules: Vec<RuleId> = rest.iter().map(|found| found.rule).collect();
    rules.dedup();
    for (i, rule) in rules.iter().enumerate().filter(|(i, rule)| !rules[..*i].contains(rule)) {
        let n_more = rest.iter().filter(|found| found.rule == rules[i]).count();
        text += &format!("    and {n_more} more of `{rule}`\n");
    }
    text
}

fn finding(finding: &Finding, style: Style) -> String {
    let mark = match finding.severity {
        Severity::Warning => "▲",
        Severity::Caution => "△",
        Severity::Note => "·",
        Severity::Doubt => "?",
    };
    let mut message = sanitize(&finding.message);
    if let Some(reason) = &finding.allowed {
        message += &format!(" (agreed: {})", sanitize(reason));
    }
    wrapped(&format!("  {mark} {:>7}  ", clock(finding.start_s)), &message, style.width)
}

fn verdict(session: &Session, verdict: &Verdict, style: Style) -> String {
    let class = shown(color::of_class(verdict.class), style);
    let mut text =
        format!("{class}{}{class:#}", words::class_of(verdict.class, verdict.allowed.is_some()).to_uppercase());
    if let Some(severity) = verdict.severity {
        text += &format!(" · {severity}");
    }
    if let Some(index) = verdict.index.filter(|_| verdict.class.is_over()) {
        text += &format!(" · index {index} of 100");
    }
    if verdict.confidence > 0.0 {
        text += &format!(" · {} confidence", confidence(verdict.confidence));
    }
    text.push('\n');
    text += &wrapped("", &sanitize(&verdict.sentence), style.width);
    if words::needs_a_pace(session) {
        text += &wrapped("", words::HINT, style.width);
    }
    for reason in &verdict.reasons {
        text += &wrapped("  · ", &sanitize(reason), style.width);
    }
    if let Some(plan) = &session.plan {
        text += &wrapped("  · ", &words::compliance(plan), style.width);
    }
    if let Some(felt) = advice::felt(session) {
        text += &wrapped("  · ", &felt, style.width);
    }
    if let Some(compared) = &session.comparison {
        text += &wrapped("", &comparison::heading(compared), style.width);
        for sentence in comparison::sentences(session, style.units) {
            text += &wrapped("  · ", &sentence, style.width);
        }
        text += &wrapped("    ", comparison::LIMITS, style.width);
    }
    if let Some(advice) = advice::what_now(session) {
        text += &wrapped(advice::WHAT_NOW, &advice, style.width);
    }
    text
}

const fn confidence(confidence: f64) -> &'static str {
    match confidence {
        0.7.. => "high",
        0.4.. => "medium",
        _ => "low",
    }
}

/// Notes after an empty line, the first few of them: a badly damaged file has dozens.
fn notes(notes: &[Note], style: Style) -> String {
    const SHOWN: usize = 8;
    let notes = style.shown(notes);
    if notes.is_empty() {
        return String::new();
    }
    let dim = shown(color::DIM, style);
    let mut text: String =
        notes.iter().take(SHOWN).map(|note| wrapped("note: ", &sanitize(&note.message), style.width)).collect();
    if notes.len() > SHOWN {
        text += &format!("note: and {} more, all in --format json\n", notes.len() - SHOWN);
    }
    format!("\n{dim}{text}{dim:#}")
}
