//! What the targets share: a file through the whole pipeline, held against what must hold for every report.

#[path = "../../tests/common/checks.rs"]
pub mod checks;

/// Audits a file and checks its report and its outputs.
pub fn audit(bytes: &[u8]) {
    if let Some(fault) = checks::fault_of_audit(bytes.to_vec(), &checks::settings(Some(367.0))) {
        panic!("{fault}");
    }
}
