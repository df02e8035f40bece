//! A program that takes the library without some features takes none of the crates of those.

use std::collections::BTreeSet;
use std::process::Command;

/// Each feature with the crates that it alone brings.
const CRATES: &[(&str, &[&str])] = &[
    ("archive", &["zip"]),
    (
        "cli",
        &[
            "blake3",
            "clap",
            "clap_complete",
            "clap_mangen",
            "ctrlc",
            "etcetera",
            "indicatif",
            "terminal_size",
            "walkdir",
        ],
    ),
    ("html", &["maud"]),
    ("parquet", &["parquet"]),
    ("png", &["tiny-skia", "ttf-parser"]),
];

#[test]
fn a_feature_brings_its_own_crates_alone() {
    assert!(CRATES.iter().all(|(_, crates)| crates.iter().all(|name| !tree("").contains(*name))));
    for (feature, own) in CRATES {
        let tree = tree(feature);
        assert!(own.iter().all(|name| tree.contains(*name)), "`{feature}` does not bring all of {own:?}");
        let others = CRATES.iter().filter(|(other, _)| other != feature).flat_map(|(_, crates)| *crates);
        let strays: Vec<&&str> = others.filter(|name| tree.contains(**name)).collect();
        assert!(strays.is_empty(), "`{feature}` brings {strays:?}");
    }
}

#[test]
fn a_crate_of_no_feature_stays_small() {
    let tree = tree("");
    assert!(tree.len() < 80, "the library alone takes {} crates: {tree:?}", tree.len());
}

/// The crates that the library takes with one feature.
fn tree(feature: &str) -> BTreeSet<String> {
    let arguments = ["tree", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}"];
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--no-default-features", "--features", feature])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().filter_map(|line| Some(line.split(' ').next()?.to_owned())).collect()
}
