//! Adds a symptom to the text of a runner's file; every byte that is there stays as it is.

use super::athlete::Symptom;
use super::setup::quoted;

/// The text of a runner's file with a `[[symptom]]` table at its end.
pub fn add_symptom(text: &str, symptom: &Symptom) -> String {
    appended(text, &table(symptom))
}

/// The table of a symptom, with lines that end in a newline.
fn table(symptom: &Symptom) -> String {
    let Symptom { date, during, after, next_day, site, note } = symptom;
    let mut lines = format!("[[symptom]]\ndate = {date}\n");
    for (key, pain) in [("during", during), ("after", after), ("next_day", next_day)] {
        lines += &pain.map_or(String::new(), |pain| format!("{key} = {pain}\n"));
    }
    for (key, text) in [("site", site), ("note", note)] {
        lines += &text.as_ref().map_or(String::new(), |text| format!("{key} = {}\n", quoted(text)));
    }
    lines
}

/// A text with a table at its end, after an empty line, with line ends as the text has them.
fn appended(text: &str, table: &str) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let last = if text.is_empty() || text.ends_with('\n') { "" } else { end };
    let between = if text.trim().is_empty() { "" } else { end };
    format!("{text}{last}{between}{}", table.replace('\n', end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Runner;
    use crate::units::Date;

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
    fn what_is_added_is_read_back() {
        for text in ["a \"quoted\" word", "C:\\runs", "Knöchel 🦶"] {
            let symptom = Symptom {
                date: Date::new(2026, 11, 3).expect("a day"),
                during: Some(2.0),
                after: None,
                next_day: Some(0.5),
                site: Some("achilles".to_owned()),
                note: Some(text.to_owned()),
            };
            let runner = Runner::from_toml(&add_symptom("units = \"mi\"", &symptom)).expect("a good file");
            assert_eq!(runner.symptoms, [symptom]);
        }
        let file = format!("[[symptom]]\ndate = 2026-11-03\nnote = {}\n", quoted("tab\tand\u{7f} and \u{1b}[31m"));
        assert!(Runner::from_toml(&file).is_ok_and(|runner| runner.symptoms[0].note.is_some()), "{file}");
    }
}
