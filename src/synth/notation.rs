//! Reads the notation of scripts, and points at the character that it cannot read.

mod cursor;
mod words;

use super::script::{Gait, Part, Script};
use crate::units::Speed;
use cursor::Cursor;
use words::{Words, found};

/// The longest script that is acted out: a day.
const LONGEST_S: u64 = 86_400;
/// Repetitions within repetitions; enough for sets of strides within sets.
const DEEPEST: usize = 8;

/// Why a script could not be read. Shown as the message, the script, and a mark under the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}\n{}", pointed(.script, *.at))]
pub struct ScriptError {
    /// What is wrong.
    pub message: String,
    /// The script.
    pub script: String,
    /// The character it is wrong at, from 0.
    pub at: usize,
}

/// The script on one line, and a mark under the place.
fn pointed(script: &str, at: usize) -> String {
    let line: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("{line}\n{:>mark$}", '^', mark = at + 1)
}

impl Script {
    /// Reads the notation of scripts, such as `walk 3min 1.5m/s, 10x(run 60s 2.6m/s, walk 60s 1.5m/s)`.
    ///
    /// A script is a list of parts and of repetitions `10x(…)`, separated by commas. A part is a gait, `run`, `walk`,
    /// `stand` or `pause`, and words in any order:
    ///
    /// | word | meaning |
    /// | --- | --- |
    /// | `60s`, `3min`, `1:30` | how long; required |
    /// | `2.6m/s`, `9.4km/h`, `6:25/km`, `10:20/mi` | speed; required of a run, 1.5 m/s for a walk, else 0 |
    /// | `168spm` | cadence, both feet |
    /// | `146bpm` | heart rate |
    /// | `+4%`, `-6%` | slope |
    /// | `tunnel`, `frozen`, `lock`, `no-heart-rate`, `no-cadence` | see [`Trouble`](super::Trouble) |
    ///
    /// Speed, cadence and heart rate may change over the part, as in `2.4..3.1m/s`. What is left out follows from
    /// the runner's body.
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        parse(text).map(|parts| Self { parts })
    }
}

/// Reads a whole script.
fn parse(text: &str) -> Result<Vec<Part>, ScriptError> {
    let mut cursor = Cursor { text, at: 0 };
    let parts = list(&mut cursor, 0)?;
    match cursor.peek() {
        None => Ok(parts),
        Some(found) => Err(cursor.error(cursor.at, format!("`{found}` without a repetition that it would end"))),
    }
}

fn list(cursor: &mut Cursor, depth: usize) -> Result<Vec<Part>, ScriptError> {
    let mut parts = Vec::new();
    let mut seconds = 0;
    loop {
        let start = cursor.skip_blanks();
        let added = item(cursor, depth)?;
        seconds += added.iter().map(|part| u64::from(part.seconds)).sum::<u64>();
        if seconds > LONGEST_S {
            return Err(cursor.error(start, "the script is longer than a day".to_owned()));
        }
        parts.extend(added);
        cursor.skip_blanks();
        if cursor.peek() != Some(',') {
            return Ok(parts);
        }
        cursor.at += 1;
    }
}

/// One part or one repetition.
fn item(cursor: &mut Cursor, depth: usize) -> Result<Vec<Part>, ScriptError> {
    let (start, word) = cursor.word();
    let count = word.strip_suffix('x').and_then(|n| n.parse::<usize>().ok());
    let Some(count) = count else {
        return part(cursor, start, word).map(|part| vec![part]);
    };
    if !(1..=1000).contains(&count) {
        return Err(cursor.error(start, format!("`{word}` is not a number of repetitions from 1 to 1000")));
    }
    let open = cursor.skip_blanks();
    if cursor.peek() != Some('(') {
        return Err(cursor.error(open, format!("expected `(` behind `{word}`")));
    }
    if depth == DEEPEST {
        return Err(cursor.error(open, format!("repetitions are nested deeper than {DEEPEST}")));
    }
    cursor.at += 1;
    let body = list(cursor, depth + 1)?;
    let close = cursor.skip_blanks();
    if cursor.peek() != Some(')') {
        return Err(cursor.error(close, "expected `,` or `)`".to_owned()));
    }
    cursor.at += 1;
    let seconds: u64 = body.iter().map(|part| u64::from(part.seconds)).sum();
    if seconds * count as u64 > LONGEST_S {
        return Err(cursor.error(start, "the script is longer than a day".to_owned()));
    }
    Ok(body.repeat(count))
}

fn part(cursor: &mut Cursor, start: usize, name: &str) -> Result<Part, ScriptError> {
    let gait = match name {
        "run" => Gait::Run,
        "walk" => Gait::Walk,
        "stand" => Gait::Stand,
        "pause" => Gait::Pause,
        _ => {
            let message = "expected `run`, `walk`, `stand`, `pause` or a repetition such as `10x(`";
            return Err(cursor.error(start, found(message, name)));
        }
    };
    let mut words = Words::default();
    loop {
        let at = cursor.skip_blanks();
        let (_, word) = cursor.word();
        if word.is_empty() {
            break;
        }
        words.take(word).map_err(|message| cursor.error(at, message))?;
    }
    let seconds = words
        .seconds
        .ok_or_else(|| cursor.error(start, format!("the {name} needs a duration, such as `60s`, `3min` or `1:30`")))?;
    let speed = match (words.speed, gait) {
        (Some(speed), _) => speed,
        (None, Gait::Run) => {
            return Err(cursor.error(start, "the run needs a speed, such as `2.6m/s` or `6:25/km`".to_owned()));
        }
        (None, Gait::Walk) => [Speed::from_meters_per_second(1.5); 2],
        (None, Gait::Stand | Gait::Pause) => [Speed::from_meters_per_second(0.0); 2],
    };
    Ok(Part {
        gait,
        seconds,
        speed,
        cadence: words.cadence,
        heart_rate: words.heart_rate,
        grade: words.grade.unwrap_or(0.0),
        trouble: words.trouble,
    })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(script: &str, expected: &Expect) {
        let text = match parse(script) {
            Ok(parts) => parts.iter().map(in_words).collect::<Vec<_>>().join("\n"),
            Err(error) => error.to_string(),
        };
        expected.assert_eq(&format!("{text}\n"));
    }

    fn in_words(part: &Part) -> String {
        let [v0, v1] = part.speed.map(Speed::as_meters_per_second);
        let words = [
            Some(format!("{:?} {} s {v0:.3}..{v1:.3} m/s", part.gait, part.seconds)),
            part.cadence.map(|[a, b]| format!("{}..{} spm", a.as_spm(), b.as_spm())),
            part.heart_rate.map(|[a, b]| format!("{}..{} bpm", a.as_bpm(), b.as_bpm())),
            (part.grade.abs() > 0.0).then(|| format!("{:+} %", part.grade * 100.0)),
            part.trouble.map(|trouble| format!("{trouble:?}")),
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_word_is_read() {
        check(
            "walk 180s 1.5m/s 112spm, 2x( run 1:30 2.4..3.1m/s 168spm 120..146bpm +4% , walk 1min tunnel ),stand 10s,pause 30s",
            &expect![[r"
                Walk 180 s 1.500..1.500 m/s 112..112 spm
                Run 90 s 2.400..3.100 m/s 168..168 spm 120..146 bpm +4 %
                Walk 60 s 1.500..1.500 m/s Tunnel
                Run 90 s 2.400..3.100 m/s 168..168 spm 120..146 bpm +4 %
                Walk 60 s 1.500..1.500 m/s Tunnel
                Stand 10 s 0.000..0.000 m/s
                Pause 30 s 0.000..0.000 m/s
            "]],
        );
        check(
            "run 1:00:00 6:25/km, run 1s 10:20/mi, run 2s 9.36km/h -6% lock",
            &expect![[r"
                Run 3600 s 2.597..2.597 m/s
                Run 1 s 2.596..2.596 m/s
                Run 2 s 2.600..2.600 m/s -6 % Lock
            "]],
        );
    }

    #[test]
    fn errors_point_at_the_character() {
        let scripts = [
            "",
            "walk 60s, jog 60s",
            "3x(run 60s 2.6m/s, walk 60",
            "3x(run 60s 2.6m/s, walk 60s",
            "run 60s 2.6m/s)",
            "run 60s",
            "walk 1.5m/s",
            "run 60s 26m/s",
            "walk 60s 1:30",
            "walk 1.5s",
            "walk 60s é%",
            "9x(9x(walk 24:00:00))",
            "0x(walk 60s)",
        ];
        let errors = scripts.map(|script| format!("{}\n", parse(script).expect_err(script)));
        expect![[r"
            expected `run`, `walk`, `stand`, `pause` or a repetition such as `10x(`

            ^
            expected `run`, `walk`, `stand`, `pause` or a repetition such as `10x(`, found `jog`
            walk 60s, jog 60s
                      ^
            expected a duration such as `60s`, a speed, a cadence, a heart rate or a slope, found `60`
            3x(run 60s 2.6m/s, walk 60
                                    ^
            expected `,` or `)`
            3x(run 60s 2.6m/s, walk 60s
                                       ^
            `)` without a repetition that it would end
            run 60s 2.6m/s)
                          ^
            the run needs a speed, such as `2.6m/s` or `6:25/km`
            run 60s
            ^
            the walk needs a duration, such as `60s`, `3min` or `1:30`
            walk 1.5m/s
            ^
            expected a speed from 0 to 12 m/s, found `26m/s`
            run 60s 26m/s
                    ^
            `1:30` says again what a word before it said
            walk 60s 1:30
                     ^
            `1.5s` is not a whole number of seconds
            walk 1.5s
                 ^
            expected a slope from -45 to +45 %, found `é%`
            walk 60s é%
                     ^
            the script is longer than a day
            9x(9x(walk 24:00:00))
               ^
            `0x` is not a number of repetitions from 1 to 1000
            0x(walk 60s)
            ^
        "]]
        .assert_eq(&errors.concat());
    }

    #[test]
    fn nothing_makes_it_panic_or_grow() {
        for script in ["1000x(1000x(1000x(walk 1s)))", &"1x(".repeat(10_000), "run 60s NaNm/s", "walk infs", "1x"] {
            assert!(parse(script).is_err(), "{script:.40}");
        }
    }
}
