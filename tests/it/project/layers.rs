//! Holds the one direction of flow against the imports: a module uses only what stands below it.
//!
//! Every file is parsed, from `lib.rs` along its `mod` items, so that no way of naming a module escapes: `use` trees,
//! paths in code, `super`, macros, attributes, and what the root of the crate re-exports. What stands under
//! `#[cfg(test)]` is left out.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::source::{self, Use};

/// Each module of the library with the modules it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("names", &[]),
    ("units", &[]),
    ("safety", &[]),
    ("evidence", &[]),
    ("model", &["units"]),
    ("ingest", &["model", "units"]),
    ("export", &["model", "units"]),
    ("synth", &["export", "model", "units"]),
    ("timeline", &["model", "units"]),
    ("segment", &["timeline", "model", "units"]),
    ("ceiling", &["model", "units"]),
    ("plan", &["segment", "timeline", "model", "units"]),
    ("audit", &["plan", "ceiling", "segment", "timeline", "model", "units"]),
    ("runner", &["audit", "plan", "ceiling", "model", "units"]),
    ("analysis", &["runner", "audit", "plan", "ceiling", "segment", "timeline", "ingest", "model", "units"]),
    ("history", &["analysis", "runner", "audit", "plan", "ceiling", "segment", "timeline", "ingest", "model", "units"]),
    (
        "report",
        &[
            "history", "analysis", "runner", "audit", "plan", "ceiling", "segment", "timeline", "ingest", "model",
            "units",
        ],
    ),
    ("error", &["runner", "plan", "ingest", "units"]),
    ("advice", &["report", "plan", "units"]),
    ("comparison", &["report"]),
    ("explain", &["advice", "history", "audit", "evidence"]),
    ("render", &["report", "safety", "units"]),
    (
        "auditor",
        &[
            "advice", "report", "history", "analysis", "runner", "audit", "plan", "ceiling", "segment", "timeline",
            "ingest", "model", "units",
        ],
    ),
];

/// Each outside crate with the modules of the library that own it. The binary may use any.
const OWNERS: &[(&str, &str)] = &[
    ("jiff", "units"),
    ("flate2", "ingest render"),
    ("zip", "ingest"),
    ("encoding_rs", "ingest"),
    ("memchr", "ingest"),
    ("geo", "timeline"),
    ("serde", "report runner"),
    ("thiserror", "units timeline plan ingest runner synth error"),
    ("toml", "runner"),
    ("postcard", "report"),
    ("serde_json", "render"),
    ("csv", "ingest render"),
    ("plotters", "render"),
    ("parquet", "render"),
    ("maud", "render"),
    ("plotters_backend", "render"),
    ("tiny_skia", "render"),
    ("ttf_parser", "render"),
    ("anstyle", "render"),
];

#[test]
fn no_module_looks_up() {
    let library = source::library();
    let mut faults = BTreeSet::new();
    for Use { module, file, path, .. } in &library.uses {
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| name == module) else {
            faults.insert(format!("{file}: module `{module}` stands in no layer"));
            continue;
        };
        let Some(used) = path.strip_prefix("crate::") else { continue };
        let first = used.split("::").next().unwrap_or_default();
        // What the root re-exports belongs to the module that it comes from.
        let used = library.exported.get(first).map_or(first, String::as_str);
        if !LAYERS.iter().any(|(name, _)| *name == used) {
            faults.insert(format!("{file}: `{path}` names no module"));
        } else if used != module && !allowed.contains(&used) {
            faults.insert(format!("{file}: `{module}` uses `{used}`"));
        }
    }
    assert!(library.uses.len() > 1000, "the sources were read");
    assert!(faults.is_empty(), "{faults:#?}");
    let stale: Vec<_> = LAYERS.iter().filter(|(name, _)| !library.modules.contains(*name)).collect();
    assert!(stale.is_empty(), "no such module: {stale:?}");
}

#[test]
fn every_outside_crate_stays_with_its_owner() {
    let crates = source::dependencies();
    let mut faults = BTreeSet::new();
    for Use { module, file, path, .. } in source::library().uses {
        let path = path.strip_prefix("::").unwrap_or(&path);
        let first = path.split("::").next().unwrap_or_default();
        // A module of the same name, as in `csv::begin`, is in scope of its parent alone.
        if !crates.contains(first) || path == first {
            continue;
        }
        let owners = OWNERS.iter().find(|(name, _)| *name == first).map_or("nobody", |(_, owners)| owners);
        if !owners.split(' ').any(|owner| owner == module) {
            faults.insert(format!("{file}: `{module}` uses the crate `{first}`, which is of {owners}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    let unknown: Vec<_> = OWNERS.iter().filter(|(name, _)| !crates.contains(*name)).collect();
    assert!(unknown.is_empty(), "no such dependency: {unknown:?}");
}

#[test]
fn no_file_escapes() {
    let read = source::library().files;
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let is_of_binary = |file: &str| file == "main.rs" || file == "cli.rs" || file.starts_with("cli/");
    let unread: Vec<String> =
        source::below(&src).into_iter().filter(|file| !is_of_binary(file) && !read.contains(file)).collect();
    assert!(unread.is_empty(), "in no module: {unread:?}");
}

/// The table of the architecture names every module, and allows what is allowed here: no less, and no more than stands
/// below.
#[test]
fn the_architecture_shows_the_same_layers() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/architecture.md"));
    let text = text.expect("docs/architecture.md");
    let (_, table) = text.split_once("| module | holds | may use |\n").expect("the table");
    let allowed = |module: &str| LAYERS.iter().find(|(name, _)| *name == module).map(|(_, uses)| *uses);
    let mut shown = Vec::new();
    for row in table.lines().skip(1).take_while(|row| row.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let module = cells[0].trim_matches('`');
        let Some(allowed_here) = allowed(module) else { continue };
        let uses: Vec<&str> = cells[2].split(", ").filter(|name| !name.is_empty()).collect();
        let below: Vec<&str> = uses.iter().filter_map(|used| allowed(used)).flatten().copied().collect();
        assert!(uses.iter().all(|used| allowed_here.contains(used)), "`{module}` may not use {uses:?}");
        let known = |used: &&str| uses.contains(used) || below.contains(used);
        assert!(allowed_here.iter().all(known), "the table does not show all that `{module}` may use");
        shown.push(module.to_owned());
    }
    let all: Vec<&str> = LAYERS.iter().map(|(name, _)| *name).collect();
    assert!(all.iter().all(|name| shown.iter().any(|module| module == name)), "{shown:?} of {all:?}");
}
