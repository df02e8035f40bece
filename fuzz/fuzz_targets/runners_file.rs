//! The runner's file: read, or refused with the line of the fault.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(fault) = rehabrun::Runner::from_toml(text) {
        assert!(!fault.to_string().is_empty());
    }
});
