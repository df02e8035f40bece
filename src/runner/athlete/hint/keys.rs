//! The keys of a runner's file: where each belongs, and what it takes.

use crate::units::nearest;

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Any text in quotes.
    Text,
    /// `"km"` or `"mi"`.
    Units,
    /// A pace in quotes.
    Pace,
    /// A day without quotes.
    Day,
    /// A number without quotes.
    Number,
    /// `true` or `false`.
    Flag,
    /// A built-in programme in quotes.
    Programme,
    /// A rule in quotes.
    Rule,
    /// A race.
    Race,
    /// Pace and heart rate at a threshold.
    Threshold,
}

/// A key and its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    /// The table; empty for the top of the file.
    pub table: &'static str,
    pub name: &'static str,
    pub kind: Kind,
}

/// The tables that may stand several times.
pub(super) const IS_LIST: [&str; 2] = ["allow", "symptom"];

/// The tables with a name of their own in the file, and every key in them.
const TABLES: &[(&str, &[(&str, Kind)])] = &[
    ("", &[("name", Kind::Text), ("units", Kind::Units), ("timezone", Kind::Text)]),
    (
        "rehab",
        &[
            ("started", Kind::Day),
            ("last_visit", Kind::Day),
            ("days_off", Kind::Number),
            ("cross_trained", Kind::Flag),
            ("plan", Kind::Programme),
            ("easy_weeks", Kind::Number),
            ("count_kicks", Kind::Flag),
            ("order", Kind::Text),
        ],
    ),
    (
        "ceiling",
        &[
            ("easy_pace", Kind::Pace),
            ("easy_hr", Kind::Number),
            ("easy_pace_from", Kind::Text),
            ("first_threshold", Kind::Threshold),
            ("talk_test", Kind::Threshold),
            ("race", Kind::Race),
            ("critical_pace", Kind::Pace),
            ("max_hr", Kind::Number),
            ("resting_hr", Kind::Number),
            ("lthr", Kind::Number),
            ("birth_year", Kind::Number),
            ("altitude_m", Kind::Number),
        ],
    ),
    ("health", &[("rate_limiting_medication", Kind::Flag), ("after_surgery", Kind::Flag)]),
    ("privacy", &[("hide_ends", Kind::Text)]),
    ("symptoms", &[("tissue", Kind::Text), ("acceptable", Kind::Number), ("next_day_rule", Kind::Flag)]),
    (
        "symptom",
        &[
            ("date", Kind::Day),
            ("during", Kind::Number),
            ("after", Kind::Number),
            ("next_day", Kind::Number),
            ("site", Kind::Text),
            ("note", Kind::Text),
        ],
    ),
    ("allow", &[("rule", Kind::Rule), ("from", Kind::Day), ("to", Kind::Day), ("reason", Kind::Text)]),
];

/// What people call some keys.
const OTHER_NAMES: [(&str, &str); 9] = [
    ("hr_max", "max_hr"),
    ("hr_rest", "resting_hr"),
    ("rest_hr", "resting_hr"),
    ("pace", "easy_pace"),
    ("hr", "easy_hr"),
    ("heart_rate", "easy_hr"),
    ("start", "started"),
    ("program", "plan"),
    ("programme", "plan"),
];

fn all() -> impl Iterator<Item = Key> {
    TABLES.iter().flat_map(|(table, keys)| keys.iter().map(|(name, kind)| Key { table, name, kind: *kind }))
}

/// The key of a table.
pub(super) fn find(table: &str, name: &str) -> Option<&'static Key> {
    known().iter().find(|key| key.table == table && key.name == name)
}

/// The key in the one other table that has it; those of lists are meant for their own only.
pub(super) fn elsewhere(table: &str, name: &str) -> Option<&'static Key> {
    let fits = |key: &&Key| key.name == name && key.table != table && !IS_LIST.contains(&key.table);
    known().iter().find(fits)
}

/// The key that a name was meant to be, of the same table before others.
pub(super) fn similar(table: &str, name: &str) -> Option<&'static Key> {
    let name = OTHER_NAMES.iter().find(|(other, _)| *other == name).map_or(name, |(_, known)| known);
    let of_table = || known().iter().filter(|key| key.table == table);
    let elsewhere = || known().iter().filter(|key| key.table != table && !IS_LIST.contains(&key.table));
    let near = |keys: Vec<&'static Key>| {
        let nearest = nearest(name, keys.iter().map(|key| key.name))?;
        keys.into_iter().find(|key| key.name == nearest)
    };
    near(of_table().collect()).or_else(|| near(elsewhere().collect()))
}

/// The table of a name, written nearly so.
pub(super) fn table(name: &str) -> Option<&'static str> {
    let names = || TABLES.iter().map(|(table, _)| *table).filter(|table| !table.is_empty());
    names().find(|table| *table == name).or_else(|| nearest(name, names()))
}

fn known() -> &'static [Key] {
    static KEYS: std::sync::OnceLock<Vec<Key>> = std::sync::OnceLock::new();
    KEYS.get_or_init(|| all().collect())
}

#[cfg(test)]
mod tests {
    use super::super::super::parse_without_hint;
    use super::*;

    /// The reader itself says which keys it takes.
    #[test]
    fn the_table_has_every_key() {
        for (table, keys) in TABLES {
            let text = match *table {
                "" => "qqqq = 1".to_owned(),
                table if IS_LIST.contains(&table) => format!("[[{table}]]\nqqqq = 1"),
                table => format!("[{table}]\nqqqq = 1"),
            };
            let said = parse_without_hint(&text).expect_err("an unknown key").message;
            let mut expected: Vec<&str> = said.split('`').skip(3).step_by(2).collect();
            let mut known: Vec<&str> = keys.iter().map(|(name, _)| *name).collect();
            if table.is_empty() {
                known.extend(["rehab", "ceiling", "health", "privacy", "plan", "allow", "symptom", "symptoms"]);
            }
            expected.sort_unstable();
            known.sort_unstable();
            assert_eq!(known, expected, "[{table}]");
        }
    }
}
