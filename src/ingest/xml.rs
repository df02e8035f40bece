//! Reads XML as exporters really write it: names without their prefixes, faults stepped over, nothing expanded.
//!
//! A scanner of our own on `memchr` stands here in place of a general XML reader. It runs over the bytes once, keeps
//! no stack and allocates nothing per tag, so its time is linear in size, nesting and attributes; and it goes on where
//! a strict reader must stop: undeclared prefixes, bare `&`, missing quotes, missing end tags, zero bytes, cut files.

mod attributes;
mod encoding;
mod faults;
mod frame;
mod number;
mod point;
mod scan;
mod text;
mod time;

pub use attributes::attributes;
pub use encoding::utf8;
pub use faults::{Fault, Faults};
pub use frame::Frame;
pub use number::number;
pub use point::{Field, Point};
pub use scan::{Open, Scanner, Tag};
pub use text::string;
pub use time::moment;

/// The name of the first element in any encoding, without its prefix and in lower case, or `None` without one.
pub fn root(bytes: &[u8]) -> Option<String> {
    let (bytes, _) = utf8(encoding::head(bytes));
    let mut scanner = Scanner::new(&bytes);
    while let Some(tag) = scanner.next_tag() {
        if let Tag::Open(open) = tag {
            return Some(string(open.name).to_lowercase());
        }
    }
    None
}
