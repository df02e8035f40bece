//! What to write instead, for the faults that people make most in a runner's file: quotes, days, and keys in the wrong
//! place. A hint is given only where the file is better with it: each is tried on the file before it is given.

mod keys;
mod value;

use super::parse_without_hint;
use keys::Key;

/// The hint for a fault on a line, from 1.
pub(super) fn hint(text: &str, line: usize) -> Option<String> {
    let at = line.checked_sub(1)?;
    let lines: Vec<&str> = text.lines().collect();
    let written = lines.get(at)?.trim();
    if written.starts_with('[') {
        let header = header(written)?;
        return replaced(&lines, at, &header);
    }
    let (name, value) = split(written)?;
    let table = table_of(&lines[..at]);
    let wanted = name.to_lowercase().replace('-', "_");
    let unit = unit_of(&lines);
    if let Some(key) = keys::find(&table, &wanted) {
        let value = value::repaired(key.kind, value, unit)?;
        return replaced(&lines, at, &format!("{} = {value}", key.name));
    }
    if let Some(key) = keys::elsewhere(&table, &wanted) {
        return moved(&lines, at, key, (value, unit));
    }
    let key = keys::similar(&table, &wanted)?;
    if key.table == table {
        let value = value::repaired(key.kind, value, unit).unwrap_or_else(|| value.to_owned());
        return replaced(&lines, at, &format!("{} = {value}", key.name));
    }
    moved(&lines, at, key, (value, unit))
}

/// A line in place of another, where the file is better with it.
fn replaced(lines: &[&str], at: usize, line: &str) -> Option<String> {
    let mut repaired = lines.to_vec();
    repaired[at] = line;
    is_better(&repaired, at).then(|| format!("write line {} as: {line}", at + 1))
}

/// A line in another table, where the file is better with it. The line itself stays as it is, or says the value as the
/// key takes it.
fn moved(lines: &[&str], at: usize, key: &Key, (value, unit): (&str, Option<&str>)) -> Option<String> {
    let value = value::repaired(key.kind, value, unit).unwrap_or_else(|| value.to_owned());
    let line = format!("{} = {value}", key.name);
    let mut repaired: Vec<&str> = lines.to_vec();
    repaired.remove(at);
    let header = format!("[{}]", key.table);
    let target = repaired.iter().position(|line| line.trim() == header);
    if key.table.is_empty() {
        repaired.insert(0, &line);
    } else if let Some(target) = target {
        repaired.insert(target + 1, &line);
    } else {
        repaired.extend([header.as_str(), &line]);
    }
    // The lines behind it have moved: the whole must be good, or have its first fault elsewhere.
    let fault = parse_without_hint(&repaired.join("\n")).err();
    let names_key = fault.as_ref().is_some_and(|fault| fault.message.contains(&format!("`{}`", key.name)));
    if names_key {
        return None;
    }
    Some(if key.table.is_empty() {
        format!("move line {} to the top of the file, above the first [table], as: {line}", at + 1)
    } else if target.is_some() {
        format!("move line {} to below {header}, as: {line}", at + 1)
    } else {
        format!("move line {} to the end of the file, below a line {header}, as: {line}", at + 1)
    })
}

/// True when the fault on the line is gone; others behind it may be left.
fn is_better(lines: &[&str], at: usize) -> bool {
    match parse_without_hint(&lines.join("\n")) {
        Ok(_) => true,
        Err(fault) => fault.line.is_none_or(|line| line > at + 1),
    }
}

/// The header of a table as it must be written: small letters, and twice the brackets where there may be several.
fn header(written: &str) -> Option<String> {
    let name = written.split('#').next()?.trim().trim_matches(['[', ']', ' ']).to_lowercase();
    let name = match name.as_str() {
        "allowed" | "exception" | "exceptions" => "allow",
        "athlete" | "runner" => return None,
        name => keys::table(name)?,
    };
    Some(if keys::IS_LIST.contains(&name) { format!("[[{name}]]") } else { format!("[{name}]") })
}

/// The name of a key and what is written for it, without a comment.
fn split(written: &str) -> Option<(&str, &str)> {
    let end = written.find(['=', ':'])?;
    let value = written[end + 1..].trim();
    let name = written[..end].trim().trim_matches(['"', '\'']);
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_- ".contains(c));
    is_name.then_some((name, value::without_comment(value)))
}

/// The unit of bare paces, as the file says it.
fn unit_of(lines: &[&str]) -> Option<&'static str> {
    let units = lines.iter().take_while(|line| !line.trim_start().starts_with('[')).find_map(|line| {
        let (name, value) = split(line.trim())?;
        (name == "units").then_some(value)
    })?;
    ["km", "mi"].into_iter().find(|unit| units.contains(unit))
}

/// The table that a line belongs to, by the lines above it; empty above the first.
fn table_of(above: &[&str]) -> String {
    let header = above.iter().rev().map(|line| line.trim()).find(|line| line.starts_with('['));
    header.map_or(String::new(), |line| {
        line.split('#').next().unwrap_or(line).trim().trim_matches(['[', ']', ' ']).to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    /// Does what a hint says.
    fn followed(text: &str, hint: &str) -> String {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let number = hint.split("line ").nth(1).and_then(|rest| rest.split(' ').next());
        let at = number.and_then(|number| number.parse::<usize>().ok()).expect("a line") - 1;
        let line = hint.split_once("as: ").expect("what to write").1.to_owned();
        if hint.starts_with("write ") {
            lines[at] = line;
            return lines.join("\n");
        }
        lines.remove(at);
        if hint.contains("to the top") {
            lines.insert(0, line);
        } else {
            let header = hint.split(['[', ']']).nth(1).map(|name| format!("[{name}]")).expect("a table");
            if hint.contains("to the end") {
                lines.extend([header, line]);
            } else {
                let target = lines.iter().position(|line| line.trim() == header).expect("the table is there");
                lines.insert(target + 1, line);
            }
        }
        lines.join("\n")
    }

    /// Every hint, followed, makes a file that can be read, and with what was meant.
    #[test]
    fn hints_work_when_followed() {
        let faults = [
            ("[ceiling]\neasy_pace = 6:30/km", "easy_pace = \"6:30/km\""),
            ("units = \"km\"\n[ceiling]\neasy_pace = 6:30 # physio", "easy_pace = \"6:30/km\""),
            ("units = \"mi\"\n[ceiling]\neasy_pace = \"10:30\"", "easy_pace = \"10:30/mi\""),
            ("[ceiling]\neasy_pace = \"6.30/km\"", "easy_pace = \"6:30/km\""),
            ("name = Anna Bell", "name = \"Anna Bell\""),
            ("name = “Anna”", "name = \"Anna\""),
            ("name = 'Anna", "name = \"Anna\""),
            ("name: Anna", "name = \"Anna\""),
            ("units = km", "units = \"km\""),
            ("units = \"kilometres\"", "units = \"km\""),
            ("units = miles", "units = \"mi\""),
            ("[rehab]\nstarted = \"2026-09-07\"", "started = 2026-09-07"),
            ("[rehab]\nstarted = 2026-9-7", "started = 2026-09-07"),
            ("[rehab]\nstarted = 2026/09/07", "started = 2026-09-07"),
            ("[rehab]\nstarted = 7.9.2026", "started = 2026-09-07"),
            ("[rehab]\nstarted = 7 September 2026", "started = 2026-09-07"),
            ("[rehab]\nstarted = \"Sep 7, 2026\"", "started = 2026-09-07"),
            ("[rehab]\nstarted = 2026-09-07T08:00:00", "started = 2026-09-07"),
            ("[rehab]\nplan = kinetic-revolution", "plan = \"kinetic-revolution\""),
            ("[rehab]\nplan = \"kinetic\"", "plan = \"kinetic-revolution\""),
            ("[rehab]\nplan = c25k", "plan = \"nhs-couch-to-5k\""),
            ("[ceiling]\neasy_hr = \"140\"", "easy_hr = 140"),
            ("[ceiling]\nmax_hr = 187 bpm", "max_hr = 187"),
            ("[ceiling]\nlthr = 168,5", "lthr = 168.5"),
            ("[ceiling]\nbirth_year = \"1988\"", "birth_year = 1988"),
            ("[ceiling]\nrace = \"5k=25:00\"", "race = { distance = \"5k\", time = \"25:00\" }"),
            ("[ceiling]\ntalk_test = \"6:40/km\"", "talk_test = { pace = \"6:40/km\" }"),
            ("[ceiling]\ntalk_test = 6:40/km", "talk_test = { pace = \"6:40/km\" }"),
            ("[health]\nafter_surgery = yes", "after_surgery = true"),
            ("[health]\nrate_limiting_medication = \"no\"", "rate_limiting_medication = false"),
            ("easy_pace = \"6:30/km\"", "[ceiling]"),
            ("plan = \"kinetic-revolution\"", "[rehab]"),
            ("[rehab]\neasy_hr = 140\n[ceiling]\nmax_hr = 190", "below [ceiling]"),
            ("[rehab]\nstarted = 2026-09-07\nunits = \"mi\"", "to the top"),
            ("[ceiling]\neasy_pase = \"6:30/km\"", "easy_pace = \"6:30/km\""),
            ("[ceiling]\neasy-pace = \"6:30/km\"", "easy_pace = \"6:30/km\""),
            ("[ceiling]\nhr_max = 187", "max_hr = 187"),
            ("pace = 6:30/km", "easy_pace = \"6:30/km\""),
            ("[Ceiling]\neasy_hr = 140", "[ceiling]"),
            ("[ceilings]\neasy_hr = 140", "[ceiling]"),
            ("[ceiling\neasy_hr = 140", "[ceiling]"),
            ("[allow]\nrule = \"surges\"\nreason = \"strides\"", "[[allow]]"),
            ("[[allow]]\nrule = surges\nreason = \"strides\"", "rule = \"surges\""),
            ("[[allow]]\nrule = \"surge\"\nreason = \"strides\"", "rule = \"surges\""),
            ("[symptom]\ndate = 2026-09-08\nduring = 2", "[[symptom]]"),
        ];
        for (text, expected) in faults {
            let fault = parse(text).expect_err(text);
            let hint = fault.hint.as_deref().unwrap_or_else(|| panic!("no hint for {text:?}: {fault}"));
            assert!(hint.contains(expected), "{text:?}: {hint}");
            let repaired = followed(text, hint);
            if let Err(fault) = parse(&repaired) {
                // What is left is another fault, further down, and it has its own hint.
                panic!("{text:?}: {hint}: {repaired:?}: {fault}");
            }
        }
    }

    #[test]
    fn what_is_ambiguous_gets_no_hint() {
        for text in ["[rehab]\nstarted = 7/9/2026", "[ceiling]\neasy_hr = 400", "[ceiling]\nqqqq = 1", "{"] {
            let fault = parse(text).expect_err(text);
            assert_eq!(fault.hint, None, "{text}");
        }
    }

    #[test]
    fn two_faults_are_told_one_after_the_other() {
        let text = "name = Anna\n[rehab]\nstarted = \"2026-09-07\"\n";
        let first = parse(text).expect_err("two faults").hint.expect("a hint");
        let second = parse(&followed(text, &first)).expect_err("one left").hint.expect("a hint");
        assert!(parse(&followed(&followed(text, &first), &second)).is_ok());
    }
}
