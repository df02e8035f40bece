//! Every limit on what a file may unpack to, so that a crafted one costs no more than a large honest one.

/// Bytes that one activity may hold when unpacked. A day of records at 1 Hz is 5 MB of FIT or 45 MB of TCX.
pub const ACTIVITY_BYTES: u64 = 256 << 20;

/// Bytes that all members of one archive may hold together. They are unpacked one at a time.
pub const ARCHIVE_BYTES: u64 = 32 << 30;

/// Members of one archive, those of archives inside it included. Twenty years of a daily runner are under 10 000.
pub const ARCHIVE_MEMBERS: usize = 500_000;

/// Archives inside archives, and gzip inside gzip. Exports of exports have two.
pub const NESTING: usize = 3;

/// The first bytes of a member by which it is told whether it may be an activity.
pub const HEAD_BYTES: u64 = 64 << 10;

/// Characters of a member's name that are shown.
pub const NAME_CHARS: usize = 200;
