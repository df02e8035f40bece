//! Zip and gzip: every member that can be had, and no further.

#![no_main]

use std::io::Cursor;

use rehabrun::ingest;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    ingest::is_activity(bytes);
    let _ = ingest::read(bytes);
    let Ok(members) = ingest::members(Cursor::new(bytes)) else { return };
    for member in members {
        assert!(!member.name.chars().any(char::is_control), "{:?}", member.name);
        let _ = member.read();
    }
});
