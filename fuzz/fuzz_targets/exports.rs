//! Exports of makers: XML and JSON from bytes to every output.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rehabrun_fuzz::audit(bytes));
