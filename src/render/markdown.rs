//! Markdown for pasting into a note: the sentence first, then what it rests on.

use std::io::{self, Write};

use super::efforts::Efforts;
use super::words::{self, sanitize};
use super::{Renderer, Style, advice, comparison};
use crate::report::{Bout, Effort, File, Finding, Judgement, Session, Summary, Verdict};
use crate::units::{clock, plural};

/// Begins a document with a heading a file.
pub fn begin(style: Style) -> Box<dyn Renderer> {
    Box::new(Document { style, n_files: 0 })
}

struct Document {
    style: Style,
    n_files: usize,
}

impl Renderer for Document {
    fn file(&mut self, file: File, out: &mut dyn Write) -> io::Result<()> {
        if self.n_files > 0 {
            writeln!(out)?;
        }
        self.n_files += 1;
        out.write_all(of_file(&file, self.style).as_bytes())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        if self.n_files < 2 {
            return Ok(());
        }
        let verdicts = summary.verdicts.iter().map(|count| format!("{} {}", count.n_files, words::class(count.class)));
        let others = [("left out", summary.n_skipped), ("not readable", summary.n_failed)].into_iter();
        let others = others.filter(|(_, n_files)| *n_files > 0).map(|(word, n_files)| format!("{n_files} {word}"));
        let parts: Vec<String> = verdicts.chain(others).collect();
        writeln!(out, "\n---\n\n{}: {}.", plural(summary.n_files, "file", None), parts.join(", "))
    }
}

fn of_file(file: &File, style: Style) -> String {
    let mut text = format!("## {}\n", escaped(&file.path));
    if let Some(error) = &file.error {
        text += &format!("\nNot readable: {}: {}.\n", escaped(&error.message), escaped(&error.cause));
    }
    for session in &file.sessions {
        text += &match session.judgement() {
            Judgement::Judged(verdict) => judged(session, verdict, style),
            Judgement::Skipped { reason } => skipped(session, reason),
        };
    }
    notes(&mut text, style.shown(&file.notes).into_iter().map(|note| note.message.as_str()));
    text
}

fn skipped(session: &Session, reason: &str) -> String {
    format!("\n{}: {}\n", escaped(&super::words::sport(session)), escaped(reason))
}

fn judged(session: &Session, verdict: &Verdict, style: Style) -> String {
    let severity = verdict.severity.map_or(String::new(), |severity| format!(" ({severity})"));
    let mut text = format!(
        "\n**{}**{severity}: {}\n",
        words::class_of(verdict.class, verdict.allowed.is_some()),
        escaped(&verdict.sentence)
    );
    let (plan, felt) = (session.plan.as_ref().map(words::compliance), advice::felt(session));
    list(&mut text, verdict.reasons.iter().chain(&plan).chain(&felt).map(String::as_str));
    if let Some(compared) = &session.comparison {
        text += &format!("\n{}:\n\n", comparison::heading(compared));
        for sentence in comparison::sentences(session, style.units) {
            text += &format!("- {}\n", escaped(&sentence));
        }
    }
    if let Some(what_now) = advice::what_now(session) {
        text += &format!("\n{}{}\n", advice::WHAT_NOW, escaped(&what_now));
    }
    let when = session.started_at.map_or("no date".to_owned(), words::when);
    text += &format!("\n{when}: {}; {}.\n", words::clocks(session, style), words::times(session));
    if let Some(ceiling) = words::ceiling(&session.ceiling, style) {
        text += &format!("Easy ceiling: {ceiling}.\n");
    }
    text += &bouts(session, style);
    let findings: Vec<String> = session.findings.iter().map(finding).collect();
    list(&mut text, findings.iter().map(String::as_str));
    notes(&mut text, style.shown(&session.notes).into_iter().map(|note| note.message.as_str()));
    text
}

fn bouts(session: &Session, style: Style) -> String {
    let mut text = format!(
        "\n| # | gait | from | time | pace{} | against the ceiling | HR | spm |\n|--:|---|--:|--:|--:|---|--:|--:|\n",
        style.units.pace_unit()
    );
    let efforts = Efforts::of(session);
    for (i, bout) in session.bouts.iter().enumerate() {
        text += &row(i, bout, &efforts, style);
        text += &efforts.beneath(bout).into_iter().map(|effort| effort_row(effort, style)).collect::<String>();
    }
    text
}

fn row(i: usize, bout: &Bout, efforts: &Efforts, style: Style) -> String {
    let number = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.0}"));
    format!(
        "| {} | {} | {} | {} | {} | {} | {} | {} |\n",
        i + 1,
        bout.gait,
        clock(bout.start_s),
        clock(bout.end_s - bout.start_s),
        bout.pace_s_per_km.map_or(String::new(), |pace| words::pace_number(pace, style)),
        words::judgement(bout, efforts),
        number(bout.heart_rate_mean_bpm),
        number(bout.cadence_spm),
    )
}

fn effort_row(effort: &Effort, style: Style) -> String {
    format!(
        "|  | effort | {} | {} | {} | {} | {} |  |\n",
        clock(effort.start_s),
        clock(effort.end_s - effort.start_s),
        effort.pace_s_per_km.map_or(String::new(), |pace| words::pace_number(pace, style)),
        words::too_fast(effort),
        effort.heart_rate_mean_bpm.map_or(String::new(), |bpm| format!("{bpm:.0}")),
    )
}

fn finding(finding: &Finding) -> String {
    let allowed = finding.allowed.as_deref().map_or(String::new(), |reason| format!(" (agreed: {reason})"));
    format!("{} {}: {}{allowed}", finding.severity.name(), clock(finding.start_s), finding.message)
}

fn notes<'a>(text: &mut String, messages: impl Iterator<Item = &'a str>) {
    let messages: Vec<String> = messages.map(|message| format!("note: {message}")).collect();
    list(text, messages.iter().map(String::as_str));
}

fn list<'a>(text: &mut String, items: impl Iterator<Item = &'a str>) {
    for (i, item) in items.enumerate() {
        *text += &format!("{}- {}\n", if i == 0 { "\n" } else { "" }, escaped(item));
    }
}

/// Text from a file in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in sanitize(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::{output, render, sample};

    #[test]
    fn a_note_to_paste() {
        let mut file = sample::disguised();
        file.path = "a|b_<script>.fit".to_owned();
        let text =
            render(sample::report(vec![file, sample::broken()]), output("markdown").expect("an output"), sample::STYLE);
        expect![[r#"
            ## a\|b\_\<script\>.fit

            **disguised intervals** (high): From 7:00 (0.8 km) on the easy run became intervals: 2 of 4 run minutes were 21 % faster than your easy ceiling of 6:30/km.

            - Averages hide it: the whole session was 8:20/km at 128 bpm.

            Mon 7 Sep 2026, 18:05: 1.32 km in 11:00 elapsed; ran 4:00 in 4 bouts · walked 7:00.
            Easy ceiling: 6:30/km (physio, ± 2 %).

            | # | gait | from | time | pace/km | against the ceiling | HR | spm |
            |--:|---|--:|--:|--:|---|--:|--:|
            | 1 | walk | 0:00 | 3:00 | 11:07 |  | 118 | 112 |
            | 2 | run | 3:00 | 1:00 | 6:40 | easy | 141 | 166 |
            | 3 | walk | 4:00 | 1:00 | 11:07 |  | 118 | 112 |
            | 4 | run | 5:00 | 1:00 | 6:40 | easy | 141 | 166 |
            | 5 | walk | 6:00 | 1:00 | 11:07 |  | 118 | 112 |
            | 6 | run | 7:00 | 1:00 | 5:23 | 21 % too fast | 141 | 166 |
            | 7 | walk | 8:00 | 1:00 | 11:07 |  | 118 | 112 |
            | 8 | run | 9:00 | 1:00 | 5:23 | 21 % too fast | 141 | 166 |
            | 9 | walk | 10:00 | 1:00 | 11:07 |  | 118 | 112 |

            - warning 7:00: Bout 6 was run at 5:23/km, 21 % faster than the ceiling.

            ## notes.fit

            Not readable: not an activity file: its content is neither FIT nor GPX nor TCX.

            ---

            2 files: 1 disguised intervals, 1 not readable.
        "#]].assert_eq(&text);
    }
}
