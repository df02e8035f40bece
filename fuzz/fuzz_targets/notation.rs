//! Plan notation: what is read prints as what reads the same; what is not points at a place in the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rehabrun::plan::{MAX_STEPS, Prescription, align};

fuzz_target!(|text: &str| {
    let _ = rehabrun::plan::read(text);
    match Prescription::parse(text) {
        Err(error) => {
            assert!(error.at <= text.chars().count() && error.len > 0, "{error:?}");
            error.pointer(text);
        }
        Ok(plan) => {
            let printed = plan.to_string();
            let again = Prescription::parse(&printed).unwrap_or_else(|error| panic!("{printed}: {error:?}"));
            assert_eq!(again.to_string(), printed);
            assert!(plan.steps().len() <= MAX_STEPS);
            align(&plan, &[]);
        }
    }
});
