//! What the program is built from: no network, known licences, no version twice without a reason, a reason for each
//! dependency. Needs nothing but cargo and what it has downloaded to build this.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::source;

/// Licences under which code may be part of the program or its tests; none asks for more than naming its authors.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that open connections or bring those that do. None is in the program.
const NETWORK: &[&str] = &[
    "actix-web",
    "async-std",
    "attohttpc",
    "axum",
    "curl",
    "h2",
    "hickory-resolver",
    "hyper",
    "isahc",
    "mio",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "rustls",
    "sentry",
    "smol",
    "socket2",
    "surf",
    "tokio",
    "tungstenite",
    "ureq",
    "webpki",
    "webpki-roots",
];

/// Crates of which the program holds two versions, and why that stays.
const TWICE: &[(&str, &str)] = &[
    ("constant_time_eq", "`blake3` and `zip` each compare with their own"),
    ("getrandom", "the hash tables of `parquet` and the writer of `zip` are of different years"),
];

/// The root of the package.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What cargo prints without a connection. `None`, and said so, where it has not downloaded what it needs.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn cargo(args: &[&str]) -> Option<String> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(program).args(args).current_dir(root()).output().expect("cargo runs");
    if !output.status.success() {
        println!("skipped: {}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

/// All packages that this system needs to build and test.
fn metadata() -> Option<Value> {
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc is beside cargo");
    let rustc = String::from_utf8(rustc.stdout).expect("UTF-8");
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let text = cargo(&["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", host])?;
    Some(serde_json::from_str(&text).expect("JSON"))
}

/// The crates that are built into the program on this system, with their versions.
fn in_the_program() -> Option<BTreeMap<String, BTreeSet<String>>> {
    let tree = cargo(&["tree", "--offline", "--locked", "--edges", "normal,no-proc-macro", "--prefix", "none"])?;
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in tree.lines() {
        let mut words = line.split(' ');
        let (Some(name), Some(version)) = (words.next(), words.next()) else { continue };
        versions.entry(name.to_owned()).or_default().insert(version.to_owned());
    }
    Some(versions)
}

#[test]
fn nothing_in_the_program_opens_a_connection() {
    let Some(names) = in_the_program() else { return };
    assert!(names.len() > 20 && names.contains_key("clap"), "the tree was read: {names:?}");
    let network: Vec<_> = NETWORK.iter().filter(|name| names.contains_key(**name)).collect();
    assert!(network.is_empty(), "{network:?}");
}

#[test]
fn no_source_opens_a_connection_or_starts_a_program() {
    let program = source::program();
    assert!(program.files.contains("main.rs") && program.files.contains("cli/watch.rs"), "the command line was read");
    let faults: Vec<String> = program
        .uses
        .iter()
        .filter(|one| reaches_out(&one.path))
        .map(|one| format!("{}: {}", one.file, one.path))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// True for a path to a connection, another program or code that is not Rust.
fn reaches_out(path: &str) -> bool {
    let parts: Vec<&str> = path.split("::").collect();
    let names = ["net", "TcpStream", "TcpListener", "UdpSocket", "UnixStream", "UnixListener", "UnixDatagram"];
    parts.iter().any(|part| names.contains(part))
        || parts.windows(2).any(|pair| pair == ["process", "Command"] || pair == ["process", "*"])
        || ["unsafe", "extern"].contains(&path)
}

#[test]
fn what_reaches_out() {
    for bad in ["std::net::TcpStream", "process::Command::new", "std::process::Command", "TcpStream::connect", "unsafe"]
    {
        assert!(reaches_out(bad), "{bad}");
    }
    for good in ["std::process::ExitCode", "crate::cli::Command", "network", "std::fs::File"] {
        assert!(!reaches_out(good), "{good}");
    }
}

#[test]
fn every_licence_is_known() {
    let Some(metadata) = metadata() else { return };
    let packages = metadata["packages"].as_array().expect("a list");
    let unknown: Vec<String> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(is_allowed))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}

/// True when a licence expression leaves a choice that is allowed.
fn is_allowed(expression: &str) -> bool {
    let either =
        |part: &str| part.split(" OR ").any(|licence| LICENCES.contains(&licence.trim_matches(['(', ')', ' '])));
    expression.replace('/', " OR ").split(" AND ").all(either)
}

#[test]
fn licence_expressions() {
    for good in ["MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
        assert!(is_allowed(good), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "MITRE"] {
        assert!(!is_allowed(bad), "{bad}");
    }
}

#[test]
fn no_crate_is_built_in_twice_without_a_reason() {
    let Some(names) = in_the_program() else { return };
    let twice: Vec<_> = names.into_iter().filter(|(_, versions)| versions.len() > 1).collect();
    let names: Vec<&str> = twice.iter().map(|(name, _)| name.as_str()).collect();
    let known: Vec<&str> = TWICE.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, known, "{twice:?}");
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let (mut in_table, mut before, mut n) = (false, "", 0);
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_table = ["[dependencies]", "[dev-dependencies]"].contains(&line);
        } else if in_table && line.contains('=') && !line.starts_with('#') {
            n += 1;
            assert!(line.contains(" # ") || before.starts_with('#'), "no reason: {line}");
        }
        before = line;
    }
    assert!(n > 20, "the manifest was read");
}

#[test]
fn unsafe_code_is_forbidden() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    assert!(manifest.contains("\nunsafe_code = \"forbid\"\n"));
}
