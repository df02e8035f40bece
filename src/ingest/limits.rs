//! Every limit on what a file may cost, so that a crafted one costs no more than a large honest one.
//!
//! Together they keep the program below 512 MB, whatever it is given.

use crate::model::{Note, NoteId};

/// Bytes that one activity may hold when unpacked. A day of records at 1 Hz is 5 MB of FIT or 45 MB of TCX.
pub const ACTIVITY_BYTES: u64 = 256 << 20;

/// Bytes that one activity may hold while it is compressed with gzip: a quarter, as activities pack to less.
pub const GZIP_BYTES: u64 = 64 << 20;

/// Gzip streams joined to one file. Nobody joins more than a few, and three million of nothing fit into the bytes above.
pub const GZIP_MEMBERS: usize = 1000;

/// Bytes of XML in another encoding than UTF-8 and ASCII that are read: in UTF-8 they may be three times as many.
pub const ENCODED_BYTES: usize = 64 << 20;

/// Records of one file. 48 hours at ten a second are 1.7 million.
pub const RECORDS: usize = 2_000_000;

/// Sessions of one file. Ten years of a daily runner are 3650.
pub const SESSIONS: usize = 4096;

/// Laps of one XML file: as many sessions with 24 laps each.
pub const LAPS: usize = 100_000;

/// Laps, splits, timer events and workout steps of one FIT file, of each so many: their index has twelve bits.
pub const FIT_PARTS: usize = 4096;

/// Seconds of all sessions of one file that are laid out and judged: 60 days, one every second of which has a record
/// would be beyond [`RECORDS`] by far.
pub const LAID_OUT_S: f64 = 60.0 * 86_400.0;

/// Sessions of one file that are drawn, where charts are asked for.
pub const CHARTS: usize = 500;

/// Bytes that all members of one archive may hold together. They are unpacked one at a time.
pub const ARCHIVE_BYTES: u64 = 32 << 30;

/// The same of a small archive, or [`ARCHIVE_PACKING`] times its own bytes where those are more.
pub const SMALL_ARCHIVE_BYTES: u64 = 2 << 30;

/// How small anything that is meant well packs: activities to a fifth to a thirtieth. What packs to a thousandth, or is
/// listed a thousand times, would keep a core busy for half a minute.
pub const ARCHIVE_PACKING: u64 = 200;

/// Bytes of the list of members of an archive: 190 000 with names as they are.
pub const DIRECTORY_BYTES: u64 = 24 << 20;

/// How much memory the list of members takes for each of its bytes: 350 bytes a member, which has 50 at least.
pub const DIRECTORY_COST: u64 = 8;

/// Bytes of an archive's member, and of the archives around it with their lists that are in memory themselves.
pub const HELD_BYTES: u64 = 320 << 20;

/// Members of one archive, those of archives inside it included. Twenty years of a daily runner are under 10 000.
pub const ARCHIVE_MEMBERS: usize = 500_000;

/// Archives inside archives, and gzip inside gzip. Exports of exports have two.
pub const NESTING: usize = 3;

/// The number of leading bytes by which a file is recognised as an activity.
pub const HEAD_BYTES: u64 = 64 << 10;

/// Characters of a name that are kept: of a member of an archive, a track, a watch, a sport.
pub const NAME_CHARS: usize = 200;

/// Bytes of a runner's file.
pub const RUNNERS_FILE_BYTES: u64 = 1 << 20;

/// Bytes of a list of paths.
pub const LIST_BYTES: u64 = 64 << 20;

/// The note on a file of which not all was read.
pub fn left_out() -> Note {
    Note::new(NoteId::TooMuchData, "the file holds more than any watch writes; the rest is left out")
}

/// Bytes of the list of activities in a bulk export. Ten thousand activities take about 5 MB.
pub const LISTING_BYTES: u64 = 32 << 20;

/// Bytes of `export.xml` in an Apple Health export that are read. Ten years of a watch are about 4 GB.
pub const EXPORT_BYTES: u64 = 16 << 30;

/// Measurements of an export that are kept, at 12 bytes each: 3 GB of XML hold about four million.
pub const EXPORT_SAMPLES: usize = 12_000_000;

/// Workouts on foot of an export: three a day for ten years.
pub const EXPORT_WORKOUTS: usize = 12_000;

/// Bytes of a JSON file that are read. Records in JSON take 50 bytes and more, and are held twice while they are sorted.
pub const JSON_BYTES: usize = 128 << 20;

/// Seconds of one workout of an export that are read: the 48 hours that [`RECORDS`] are meant for.
pub const EXPORT_WORKOUT_S: u32 = 48 * 3600;

/// Seconds of all workouts of an export: two hours and a half of running on each day of ten years.
pub const EXPORT_ALL_S: u64 = 10 * 365 * 9000;

/// Workouts of one moment: several apps may record the same run.
pub const EXPORT_AT_ONCE: usize = 8;
