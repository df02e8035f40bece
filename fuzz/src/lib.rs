//! What the targets share: a file through the whole pipeline, held against what must hold for every report.

#[path = "../../tests/common/checks.rs"]
pub mod checks;

/// Of so many files one is written in every output, charts and all, which takes longer than all the rest.
const WRITTEN: usize = 16;

/// Audits a file and checks its report and its outputs.
pub fn audit(bytes: &[u8]) {
    let file = rehabrun::pipeline::audit_bytes("fuzz", bytes.to_vec(), &checks::settings(Some(367.0)));
    let outputs = || if bytes.len() % WRITTEN == 0 { checks::fault_of_outputs(&file) } else { None };
    if let Some(fault) = checks::fault(&file).or_else(outputs) {
        panic!("{fault}");
    }
}
