//! Holds the one direction of flow against the imports: a module uses only what stands below it.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module of the library with the modules it may use.
const LAYERS: &[(&str, &[&str])] = &[
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
    ("programme", &["audit", "plan", "ceiling", "segment", "timeline", "model", "units"]),
    ("runner", &["programme", "audit", "plan", "ceiling", "segment", "timeline", "model", "units"]),
    ("report", &["programme", "audit", "plan", "ceiling", "segment", "timeline", "ingest", "model", "units"]),
    ("advice", &["report", "units"]),
    ("render", &["report", "safety", "units"]),
    (
        "pipeline",
        &[
            "advice",
            "report",
            "runner",
            "programme",
            "audit",
            "plan",
            "ceiling",
            "segment",
            "timeline",
            "ingest",
            "model",
            "units",
        ],
    ),
    (
        "auditor",
        &[
            "pipeline",
            "report",
            "runner",
            "programme",
            "audit",
            "plan",
            "ceiling",
            "segment",
            "timeline",
            "ingest",
            "model",
            "units",
        ],
    ),
];

/// Each outside crate with the one module of the library that owns it. The binary may use the ones it lists itself.
const OWNERS: &[(&str, &str)] = &[
    ("jiff", "units"),
    ("flate2", "ingest"),
    ("zip", "ingest"),
    ("encoding_rs", "ingest"),
    ("memchr", "ingest"),
    ("geo", "timeline"),
    ("serde", "report runner"),
    ("toml", "runner"),
    ("postcard", "report"),
    ("serde_json", "render"),
    ("csv", "ingest render"),
    ("plotters", "render"),
    ("parquet", "render"),
    ("maud", "render"),
    ("resvg", "render"),
    ("anstyle", "render"),
];

#[test]
fn no_module_looks_up() {
    let mut faults = Vec::new();
    for (module, file, text) in sources() {
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == module) else {
            faults.push(format!("{}: module `{module}` stands in no layer", file.display()));
            continue;
        };
        for (used, _) in LAYERS {
            let upward = *used != module && !allowed.contains(used);
            if upward && mentions(&text, &format!("crate::{used}")) {
                faults.push(format!("{}: `{module}` uses `{used}`", file.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_outside_crate_stays_with_its_owner() {
    let mut faults = Vec::new();
    for (module, file, text) in sources() {
        for (outside, owners) in OWNERS {
            let stray = !owners.split(' ').any(|owner| owner == module);
            if stray && mentions(&text, &format!("{outside}::")) {
                faults.push(format!("{}: `{module}` uses the crate `{outside}` of `{owners}`", file.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every source file of the library with its module's name and its code, comments and tests left out.
fn sources() -> Vec<(String, PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&src, &mut files);
    files
        .into_iter()
        .filter_map(|file| {
            let inside = file.strip_prefix(&src).expect("below src");
            let first = inside.components().next()?.as_os_str().to_str()?;
            let module = first.strip_suffix(".rs").unwrap_or(first).to_owned();
            let of_library = !["lib", "main", "cli"].contains(&module.as_str());
            let text = fs::read_to_string(&file).expect("readable source");
            of_library.then(|| (module, file, code_of(&text)))
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("readable folder") {
        let path = entry.expect("readable entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

fn code_of(text: &str) -> String {
    let until_tests = text.split("#[cfg(test)]").next().unwrap_or_default();
    until_tests.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// True when `text` holds `path` as a whole path: `crate::plan` is not found in `crate::planet` nor `zip::` in `x.zip::`.
fn mentions(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + path.len()..].chars().next();
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !is_word(before) && before != Some(':') && (path.ends_with(':') || !is_word(after))
    })
}

/// The table of the README names every module, and allows what is allowed here: no less, and no more than stands below.
#[test]
fn the_readme_tells_the_same_layers() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README");
    let (_, table) = readme.split_once("| module | holds | may use |\n").expect("the table");
    let allowed = |module: &str| LAYERS.iter().find(|(name, _)| *name == module).map(|(_, uses)| *uses);
    let mut told = Vec::new();
    for row in table.lines().skip(1).take_while(|row| row.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let module = cells[0].trim_matches('`');
        let Some(allowed_here) = allowed(module) else { continue };
        let uses: Vec<&str> = cells[2].split(", ").filter(|name| !name.is_empty()).collect();
        let below: Vec<&str> = uses.iter().filter_map(|used| allowed(used)).flatten().copied().collect();
        assert!(uses.iter().all(|used| allowed_here.contains(used)), "`{module}` may not use {uses:?}");
        let known = |used: &&str| uses.contains(used) || below.contains(used);
        assert!(allowed_here.iter().all(known), "the README does not say all that `{module}` may use");
        told.push(module.to_owned());
    }
    let all: Vec<&str> = LAYERS.iter().map(|(name, _)| *name).collect();
    assert!(all.iter().all(|name| told.iter().any(|module| module == name)), "{told:?} of {all:?}");
}
