//! Exports of several files of which one or two are damaged.

use std::collections::BTreeMap;

use super::common::exports;
use super::{MUTATIONS, Random, VARIANTS, check, n_variants};
use rehabrun::ingest::{Bundle, bundle_root};
use rehabrun::synth::{Script, Setup, record};

/// The sessions of an export as files of their own, after some damage to its files.
fn sessions(files: &mut BTreeMap<String, Vec<u8>>, random: &mut Random) -> (String, Vec<Vec<u8>>) {
    let mut how = Vec::new();
    for _ in 0..=random.below(2) {
        let at = random.below(files.len());
        let other = files.values().nth(random.below(files.len())).cloned().unwrap_or_default();
        let (name, mutate) = MUTATIONS[random.below(MUTATIONS.len())];
        let Some((file, bytes)) = files.iter_mut().nth(at) else { continue };
        mutate(random, bytes, &other);
        how.push(format!("{file} {name}"));
    }
    let found = files.keys().find_map(|name| bundle_root(name).map(|(maker, root)| (maker, root.to_owned())));
    let Some((maker, root)) = found else { return (how.join(", "), Vec::new()) };
    let names: Vec<&str> = files.keys().filter_map(|name| name.strip_prefix(&*root)).collect();
    let read = |name: &str| files.get(&format!("{root}{name}")).cloned();
    let mut bundle = Bundle::open(maker, &names, &mut { read });
    let all = std::iter::from_fn(|| bundle.next_excerpt(&mut { read })).map(|(_, bytes)| bytes).collect();
    assert!(!bundle.sentence().is_empty());
    (how.join(", "), all)
}

#[test]
fn damaged_exports() {
    let script = Script::parse("walk 30s, run 60s 2.6m/s, pause 40s, walk 30s").expect("a script");
    let run = record(&script, &Setup::new(Some(5))).activity;
    let seeds: Vec<(&str, BTreeMap<String, Vec<u8>>)> = exports::all(&[run])
        .into_iter()
        .filter(|(name, _)| *name != "apple-health")
        .map(|(name, files)| (name, files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()))
        .collect();
    let variants = (0..n_variants(VARIANTS)).flat_map(move |i| {
        let mut random = Random(i as u64);
        let (name, files) = &seeds[i % seeds.len()];
        let (how, sessions) = sessions(&mut files.clone(), &mut random);
        let name = format!("variant {i} of {name}, {how}");
        sessions.into_iter().map(move |bytes| (name.clone(), bytes))
    });
    check("sessions of damaged exports", variants);
}
