//! No two files need each other, directly or through others: any file can be read with what it uses and nothing else.
//!
//! A file and the ones in its folder (`audit.rs` and `audit/..`) are one house: a module names its children, and a child
//! may use what its parent defines. Only ways between files of which neither lies in the other's folder count.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{self, Library};

#[test]
fn no_files_form_a_circle() {
    let program = source::program();
    let ways = ways(&program);
    assert!(ways.values().map(BTreeSet::len).sum::<usize>() > 500, "the sources were read");
    let circles: Vec<String> = circles(&ways).iter().map(|circle| circle.join(" <-> ")).collect();
    assert!(circles.is_empty(), "{circles:#?}");
}

type Ways = BTreeMap<String, BTreeSet<String>>;

/// Each file with those whose items it names.
fn ways(library: &Library) -> Ways {
    let mut ways = Ways::new();
    for one in &library.uses {
        let Some(home) = home(library, &one.scope, &one.path, 0) else { continue };
        if !is_above(&one.file, home) && !is_above(home, &one.file) {
            ways.entry(one.file.clone()).or_default().insert(home.to_owned());
        }
    }
    ways
}

/// True for `a.rs` and `a/b.rs`, or the same file.
fn is_above(file: &str, inner: &str) -> bool {
    let stem = file.trim_end_matches(".rs");
    file == inner || file == "lib.rs" || inner.strip_prefix(stem).is_some_and(|rest| rest.starts_with('/'))
}

/// The file in which an item of a path is defined, behind imports and re-exports.
fn home<'a>(library: &'a Library, scope: &str, path: &str, depth: usize) -> Option<&'a str> {
    let full = if path.starts_with("crate::") {
        path.to_owned()
    } else {
        let first = path.split("::").next()?;
        let relative = format!("{scope}::{first}");
        let is_inner = library.homes.contains_key(&relative);
        match path.strip_prefix("rehabrun::") {
            Some(of_root) => format!("crate::{of_root}"),
            None if is_inner => format!("{scope}::{path}"),
            None => return None,
        }
    };
    // Imports may lead to imports, and never round.
    if depth < 8 {
        let ends: Vec<usize> = full.match_indices("::").map(|(at, _)| at).chain([full.len()]).collect();
        for end in ends.into_iter().skip(1) {
            if let Some((scope, to)) = library.imports.get(&full[..end])
                && *to != full
            {
                return home(library, scope, &format!("{to}{}", &full[end..]), depth + 1);
            }
        }
    }
    let mut prefix = full.as_str();
    loop {
        if let Some(file) = library.homes.get(prefix) {
            return Some(file);
        }
        prefix = prefix.rsplit_once("::")?.0;
    }
}

/// Groups of files that all reach each other.
fn circles(ways: &Ways) -> Vec<Vec<String>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        ways.keys().map(|file| (file.as_str(), reached(ways, file))).collect();
    let meets = |a: &str, b: &str| reached.get(a).is_some_and(|reached| reached.contains(b));
    let groups: BTreeSet<Vec<String>> = ways
        .keys()
        .filter(|file| meets(file, file))
        .map(|file| ways.keys().filter(|other| meets(file, other) && meets(other, file)).cloned().collect())
        .collect();
    groups.into_iter().collect()
}

/// The files to which a file's ways lead.
fn reached<'a>(ways: &'a Ways, file: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut next: Vec<&str> = ways.get(file).into_iter().flatten().map(String::as_str).collect();
    while let Some(file) = next.pop() {
        if found.insert(file) {
            next.extend(ways.get(file).into_iter().flatten().map(String::as_str));
        }
    }
    found
}

#[test]
fn what_a_circle_is() {
    let ways = |pairs: &[(&str, &str)]| {
        let mut ways = Ways::new();
        for (from, to) in pairs {
            ways.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        ways
    };
    assert!(circles(&ways(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
    assert_eq!(circles(&ways(&[("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")])), [["a", "b", "c"]]);
    assert!(is_above("audit.rs", "audit/heart.rs") && !is_above("audit.rs", "auditor/file.rs"));
}
