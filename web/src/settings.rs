//! The runner's file: what the page audits with, and what its forms read and write.

use std::hash::{DefaultHasher, Hash, Hasher};

use rehabrun::plan::built_in;
use rehabrun::units::UnitSystem;
use rehabrun::{Auditor, Runner};
use serde_json::{Map, Value, json};
use toml_edit::{DocumentMut, Item, Table, TableLike};

use crate::{Engine, Message, failed, plain};

/// The runner whose files are audited now.
pub struct State {
    pub auditor: Auditor,
    pub units: UnitSystem,
    /// A hash of the settings, for telling the runs of one runner from those of another.
    pub known_by: [u8; 32],
}

impl Default for State {
    fn default() -> Self {
        Self::of(Runner::default(), "")
    }
}

impl State {
    fn of(runner: Runner, toml: &str) -> Self {
        let units = runner.units;
        Self { auditor: Auditor::new(runner), units, known_by: fingerprint(toml.as_bytes()) }
    }
}

/// A hash that tells contents apart; it protects nothing. It goes over the bytes once, of which a file may have millions.
pub fn fingerprint(bytes: &[u8]) -> [u8; 32] {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    let mut hash = [0; 32];
    let (content, length) = hash.split_at_mut(8);
    content.copy_from_slice(&hasher.finish().to_le_bytes());
    length[..8].copy_from_slice(&(bytes.len() as u64).to_le_bytes());
    hash
}

impl Engine {
    /// Takes the runner's file, with other units where they are asked for.
    pub(crate) fn set(&mut self, toml: &str, units: &str) -> Message {
        match Runner::from_toml(toml) {
            Err(fault) => {
                let hint = "mend the line, or leave the key out";
                let (mut header, _) = failed("athlete.toml cannot be used", &fault.to_string(), hint);
                header["line"] = json!(fault.line);
                plain(header)
            }
            Ok(runner) => {
                let units = match units {
                    "km" => UnitSystem::Metric,
                    "mi" => UnitSystem::Imperial,
                    _ => runner.units,
                };
                let name = runner.name.clone();
                let has_rehab = runner.facts.rehab_started.is_some();
                self.settings = State::of(runner.units(units), toml);
                let units = if units == UnitSystem::Imperial { "mi" } else { "km" };
                plain(json!({ "name": name, "units": units, "rehab": has_rehab }))
            }
        }
    }
}

/// The keys of a runner's file as a form shows them: `{"ceiling.easy_pace": "6:30/km"}`.
pub fn read(toml: &str) -> Message {
    let document = match toml.parse::<DocumentMut>() {
        Ok(document) => document,
        Err(error) => return failed("athlete.toml cannot be read", error.message(), ""),
    };
    let mut fields = Map::new();
    collect("", document.as_table(), &mut fields);
    plain(json!({ "fields": fields }))
}

fn collect(path: &str, table: &dyn TableLike, fields: &mut Map<String, Value>) {
    for (key, item) in table.iter() {
        let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        if let Some(inner) = item.as_table_like() {
            collect(&path, inner, fields);
        } else if let Some(value) = item.as_value() {
            let text = value.as_str().map_or_else(|| value.clone().decorated("", "").to_string(), str::to_owned);
            fields.insert(path, json!(text));
        }
    }
}

/// Sets keys of a runner's file, each as TOML, and takes out those that are `null`; all else in it stays.
pub fn write(toml: &str, set: &Value) -> Message {
    let mut document = match toml.parse::<DocumentMut>() {
        Ok(document) => document,
        Err(error) => return failed("athlete.toml cannot be read", error.message(), ""),
    };
    for (path, value) in set.as_object().into_iter().flatten() {
        let names: Vec<&str> = path.split('.').collect();
        let Some((last, tables)) = names.split_last() else { continue };
        let value = match value.as_str().map(str::parse::<toml_edit::Value>) {
            None => None,
            Some(Ok(value)) => Some(value),
            Some(Err(_)) => return failed("the form cannot be used", &format!("{path} is no value"), ""),
        };
        put(document.as_table_mut(), tables, last, value);
    }
    (json!({}), document.to_string().into_bytes())
}

fn put(table: &mut dyn TableLike, tables: &[&str], last: &str, value: Option<toml_edit::Value>) {
    if let Some((first, rest)) = tables.split_first() {
        if value.is_none() && !table.contains_key(first) {
            return;
        }
        let inner = table.entry(first).or_insert_with(|| Item::Table(Table::new()));
        if let Some(inner) = inner.as_table_like_mut() {
            put(inner, rest, last, value);
            if inner.is_empty() {
                table.remove(first);
            }
        }
        return;
    }
    match value {
        None => {
            table.remove(last);
        }
        Some(mut value) => match table.get_mut(last).and_then(Item::as_value_mut) {
            Some(known) => {
                *value.decor_mut() = known.decor().clone();
                *known = value;
            }
            None => {
                table.insert(last, Item::Value(value));
            }
        },
    }
}

/// The built-in programmes, for a choice in a form.
pub fn plans() -> Message {
    let plans = built_in::all().into_iter().map(|plan| json!([plan.name, plan.title]));
    plain(json!({ "plans": plans.collect::<Vec<_>>() }))
}
