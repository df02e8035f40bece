//! Tells whether an easy rehab run stayed easy.
//!
//! A watch file goes through five stages, each a function of values:
//!
//! ```text
//! bytes ─ingest─▶ Activity ─timeline─▶ Timeline ─segment─▶ bouts ─audit─▶ Audit ─report─▶ Report ─render─▶ text
//! ```
//!
//! The library reads no file, clock, environment or terminal and prints nothing; the binary does. Missing data is
//! `None`, never a sentinel, and never a pass.

pub mod audit;
pub mod ceiling;
pub mod evidence;
pub mod export;
pub mod ingest;
pub mod model;
pub mod pipeline;
pub mod plan;
pub mod programme;
pub mod render;
pub mod report;
pub mod safety;
pub mod segment;
pub mod synth;
pub mod timeline;
pub mod units;
