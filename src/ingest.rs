//! Reads activity files by their content, whatever their name says, and keeps what can be read of damaged ones.

mod apple;
#[cfg(feature = "archive")]
mod archive;
#[cfg(not(feature = "archive"))]
#[path = "ingest/no_archive.rs"]
mod archive;
mod bundle;
mod clock;
mod container;
mod counted;
mod excerpt;
mod exports;
mod fit;
mod gpx;
mod huawei;
mod json;
pub mod limits;
mod listing;
mod pauses;
mod polar;
mod seconds;
mod sniff;
#[doc(hidden)]
pub mod sport;
mod suunto;
mod tcx;
mod xml;

pub use apple::{Export as AppleHealth, read as read_apple_health, sniff as is_apple_health};
pub use archive::{Member, Members, members, members_of};
pub use bundle::{Bundle, Maker as BundleMaker, ReadFile, root_of as bundle_root};
pub use container::{Unpacked, gunzip, read};
pub use exports::{Export, UnpackedExports, recognize};
pub use listing::{LISTING_NAME, Listed, Listing};
pub use sniff::{is_activity, is_archive};

use crate::model::{Activity, Format};

/// One format that can be read. A new one is a file and a row in [`FORMATS`].
#[doc(hidden)]
pub struct FormatRow {
    /// The format.
    pub format: Format,
    /// True when the first bytes of a file look like it.
    pub sniff: fn(&[u8]) -> bool,
    /// Reads a whole file of it.
    pub decode: fn(&[u8]) -> Result<Activity, Error>,
}

/// The formats that can be read, in the order in which they are tried.
#[doc(hidden)]
pub const FORMATS: &[FormatRow] = &[
    FormatRow { format: Format::Fit, sniff: fit::sniff, decode: fit::decode },
    FormatRow { format: Format::Gpx, sniff: gpx::sniff, decode: gpx::decode },
    FormatRow { format: Format::Tcx, sniff: tcx::sniff, decode: tcx::decode },
    FormatRow { format: Format::AppleHealth, sniff: apple::sniff, decode: apple::decode },
    FormatRow { format: Format::Polar, sniff: polar::sniff, decode: polar::decode },
    FormatRow { format: Format::Suunto, sniff: suunto::sniff, decode: suunto::decode },
    FormatRow { format: Format::Huawei, sniff: huawei::sniff, decode: huawei::decode },
];

/// Why a file cannot be used at all. A file that is damaged but holds something usable is no error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}: {cause}")]
pub struct Error {
    /// What failed, such as `malformed GPX file`.
    pub message: String,
    /// Why, with the place in the file where it is known.
    pub cause: String,
    /// What the reader can do about it.
    pub hint: String,
    /// True when nothing is wrong with the file: it is of another kind, as a watch keeps many beside activities.
    pub is_other_kind: bool,
}

impl Error {
    /// An error with its three parts, each without a capital or a full stop.
    pub fn new(message: impl Into<String>, cause: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), cause: cause.into(), hint: hint.into(), is_other_kind: false }
    }
}

/// Reads one activity file that is neither compressed nor an archive.
#[doc(hidden)]
pub fn decode(bytes: &[u8]) -> Result<Activity, Error> {
    if excerpt::sniff(bytes) {
        return excerpt::decode(bytes);
    }
    match FORMATS.iter().find(|row| (row.sniff)(bytes)) {
        Some(row) => (row.decode)(bytes),
        None if bytes.is_empty() => Err(Error::new("empty file", "it holds no bytes", "export the activity again")),
        None => Err(unknown(bytes)),
    }
}

/// The error for what is in none of the formats, as plain as its content allows.
fn unknown(bytes: &[u8]) -> Error {
    let hint = "export the activity from the watch or its app as FIT, GPX or TCX";
    if let Some(maker) = bundle::maker_of_list(bytes) {
        let cause =
            format!("it lists the sessions of an export of {}; what was measured is in files beside it", maker.name());
        return Error::new("part of an export", cause, "name the whole export, zip or folder");
    }
    let (cause, hint) = match xml::root(bytes).as_deref() {
        _ if is_archive(bytes) => ("it is an archive of files".to_owned(), "unpack it first"),
        Some("html") => ("it is a web page".to_owned(), "log in to the site of the watch and download the file again"),
        Some(root) if bytes.trim_ascii_start().starts_with(b"<") => {
            (format!("it is XML of another kind, `{}`", root.chars().take(24).collect::<String>()), hint)
        }
        _ => ("its content is neither FIT nor GPX nor TCX".to_owned(), hint),
    };
    Error::new("not an activity file", cause, hint)
}
