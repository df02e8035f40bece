//! Exports of several files, from lists to every output: each file is its name on a line, its content, and a byte that no
//! text has.

#![no_main]

use std::collections::BTreeMap;

use rehabrun::ingest::{Bundle, bundle_root};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for part in bytes.split(|&byte| byte == 0xff).take(64) {
        let at = part.iter().position(|&byte| byte == b'\n').unwrap_or(part.len());
        let content = part.get(at + 1..).unwrap_or_default();
        files.insert(String::from_utf8_lossy(&part[..at]).into_owned(), content.to_vec());
    }
    let Some((maker, root)) = files.keys().find_map(|name| bundle_root(name)) else { return };
    let names: Vec<&str> = files.keys().filter_map(|name| name.strip_prefix(root)).collect();
    let read = |name: &str| files.get(&format!("{root}{name}")).cloned();
    let mut bundle = Bundle::open(maker, &names, &mut { read });
    while let Some((name, session)) = bundle.next_excerpt(&mut { read }) {
        assert!(!name.chars().any(char::is_control), "{name:?}");
        rehabrun_fuzz::audit(&session);
    }
    assert!(!bundle.sentence().is_empty());
});
