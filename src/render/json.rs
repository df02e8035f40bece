//! JSON: one object for all files, or one a line.

use std::io::{self, Write};

use super::{Renderer, Style};
use crate::report::{File, SCHEMA_VERSION, Summary, TOOL};
use crate::units::is_control_or_bidi;

/// Begins one object for all files. A file stands on a line of its own, so that the text can be looked at too.
pub fn begin(_style: Style) -> Box<dyn Renderer> {
    Box::new(Whole { n_files: 0 })
}

/// Begins one object a line, a line a file.
pub fn begin_lines(_style: Style) -> Box<dyn Renderer> {
    Box::new(Lines)
}

/// JSON that can be printed on a terminal: what steers one can only stand within strings, where it has another spelling.
pub fn escaped(json: String) -> String {
    let odd = |c: char| is_control_or_bidi(c) && c != '\n';
    let has_odd = |(n, chunk): (usize, &[u8])| {
        let from = n * CHUNK;
        may_be_odd(chunk)
            && (from..from + chunk.len()).any(|at| json.get(at..).is_some_and(|rest| rest.starts_with(odd)))
    };
    // Nearly all reports are plain ASCII, and bytes are looked at more quickly than letters.
    if !json.as_bytes().chunks(CHUNK).enumerate().any(has_odd) {
        return json;
    }
    json.chars().fold(String::with_capacity(json.len()), |mut text, c| {
        if odd(c) {
            text += &format!("\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
        text
    })
}

/// Bytes that are looked at together, which takes the processor a few steps.
const CHUNK: usize = 64;

/// True where a piece of JSON may hold a letter that steers a terminal: an ASCII control character, or the first byte of
/// any other such letter.
fn may_be_odd(bytes: &[u8]) -> bool {
    let n_odd = bytes.iter().fold(0_u8, |n, &byte| {
        let is_odd = matches!(byte, 0..=9 | 11..=0x1F | 0x7F | 0xC2 | 0xD8 | 0xE2);
        n | u8::from(is_odd)
    });
    n_odd > 0
}

struct Whole {
    n_files: usize,
}

impl Renderer for Whole {
    fn file(&mut self, file: File, out: &mut dyn Write) -> io::Result<()> {
        if self.n_files == 0 {
            head(out)?;
        } else {
            out.write_all(b",\n")?;
        }
        self.n_files += 1;
        out.write_all(escaped(serde_json::to_string(&file)?).as_bytes())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        if self.n_files == 0 {
            head(out)?;
        }
        out.write_all(b"\n],\"summary\":")?;
        serde_json::to_writer(&mut *out, summary)?;
        out.write_all(b"}\n")
    }
}

fn head(out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"schema_version\":{SCHEMA_VERSION},\"tool\":")?;
    serde_json::to_writer(&mut *out, TOOL)?;
    out.write_all(b",\"files\":[\n")
}

struct Lines;

impl Renderer for Lines {
    fn file(&mut self, file: File, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(escaped(serde_json::to_string(&file)?).as_bytes())?;
        out.write_all(b"\n")?;
        out.flush()
    }

    fn finish(&mut self, _summary: &Summary, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{output, render, sample};
    use super::*;

    #[test]
    fn nothing_steers_a_terminal_and_nothing_is_lost() {
        let odd = "\u{1b}[31m\u{9b}1m\u{7f}\u{202e}\u{2028}é\"\n";
        let json = escaped(serde_json::to_string(&odd).expect("JSON"));
        assert!(!json.contains(is_control_or_bidi), "{json:?}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), odd);
    }

    #[test]
    fn no_letter_that_steers_a_terminal_is_overlooked() {
        for odd in ('\0'..=char::MAX).filter(|&c| is_control_or_bidi(c) && c != '\n') {
            assert!(may_be_odd(odd.to_string().as_bytes()), "{odd:?}");
            for n in [0, CHUNK - 1, CHUNK] {
                assert!(!escaped(format!("{}{odd} ±", " ".repeat(n))).contains(odd), "{odd:?} at {n}");
            }
        }
        assert!(!may_be_odd("é\n".as_bytes()));
    }

    #[test]
    fn streamed_text_is_the_report() {
        for report in [sample::report(Vec::new()), sample::report(vec![sample::disguised(), sample::broken()])] {
            let whole = render(report.clone(), output("json").expect("an output"), sample::STYLE);
            let parsed: serde_json::Value = serde_json::from_str(&whole).expect("JSON");
            assert_eq!(parsed, serde_json::to_value(&report).expect("a value"));
            let lines = render(report.clone(), output("jsonl").expect("an output"), sample::STYLE);
            assert_eq!(lines.lines().count(), report.files.len());
            for (line, file) in lines.lines().zip(&report.files) {
                let parsed: serde_json::Value = serde_json::from_str(line).expect("JSON");
                assert_eq!(parsed, serde_json::to_value(file).expect("a value"));
            }
        }
    }
}
