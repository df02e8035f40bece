//! Synthetic runs to try the page with.

use rehabrun::synth::{DEMO_ATHLETE, demo as examples};
use serde_json::json;

use crate::Message;

/// The examples as FIT, one behind the other, and the runner's file that goes with them.
pub fn demo() -> Message {
    let (mut files, mut bytes) = (Vec::new(), Vec::new());
    for example in examples() {
        let [(name, fit), ..] = example.files();
        files.push(json!({ "name": name, "size": fit.len(), "shows": example.shows }));
        bytes.extend(fit);
    }
    (json!({ "toml": DEMO_ATHLETE, "files": files }), bytes)
}
