//! Writes activities as files that watches, apps and this program read.
//!
//! What a format cannot hold is left out, never made up: GPX has no records without a position, no laps and no splits;
//! TCX has no splits. Cadence is written as it stands in the records, in steps or strides.

pub mod adidas;
pub mod apple;
pub mod fit;
pub mod google;
pub mod gpx;
pub mod huawei;
pub mod polar;
pub mod runkeeper;
pub mod samsung;
pub mod suunto;
pub mod tcx;
pub mod workout;

mod span;
mod steps;
mod xml;
