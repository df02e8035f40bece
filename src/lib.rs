//! Checks whether an easy rehab run stayed easy.
//!
//! ```
//! use rehabrun::{Auditor, Runner, render};
//!
//! let runner = Runner::from_toml("[ceiling]\neasy_pace = \"6:30/km\"\n")?;
//! let auditor = Auditor::new(runner);
//! # let bytes = { let [(_, fit), ..] = rehabrun::synth::demo()[0].files(); fit };
//! let file = auditor.audit("run.fit", bytes);
//! print!("{}", render::text(&file, render::Style::default()));
//! let weeks = auditor.history([file]).progress();
//! assert_eq!(weeks.runs.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | to | use |
//! |---|---|
//! | say what is known about a runner, from `athlete.toml` or value by value | [`Runner`], [`runner`] |
//! | audit the bytes of a file | [`Auditor::audit`] |
//! | read archives and whole exports of watch makers | [`ingest`] |
//! | work with the result as plain data | [`report::File`] and the rest of [`report`] |
//! | put runs into weeks, or patients into a table | [`Auditor::history`], [`auditor::History`] |
//! | turn any of it into text, JSON, CSV, Parquet, a page or a chart | [`render`] |
//! | read and write sessions and programmes | [`plan`] |
//! | explain a rule or a word of a verdict | [`explain`] |
//! | tell what went wrong | [`Error`] |
//!
//! A watch file goes through five stages, each a function of values:
//!
//! ```text
//! bytes ─ingest─▶ Activity ─timeline─▶ Timeline ─segment─▶ bouts ─audit─▶ Audit ─report─▶ Report ─render─▶ text
//! ```
//!
//! The library reads no file, clock, environment or terminal and prints nothing; the command line does, which is there
//! with the feature `cli`. Missing data is `None`, never a sentinel, and never a pass.
//!
//! The modules of the stages between bytes and report are public for this package's own tests, benchmarks and bindings, and
//! hidden here: they may change with any version.

#[macro_use]
mod names;

pub mod auditor;
mod error;
pub mod explain;
pub mod ingest;
pub mod plan;
pub mod render;
pub mod report;
pub mod runner;
pub mod units;

#[doc(hidden)]
pub mod advice;
#[doc(hidden)]
pub mod analysis;
#[doc(hidden)]
pub mod audit;
#[doc(hidden)]
pub mod ceiling;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod comparison;
#[doc(hidden)]
pub mod evidence;
#[doc(hidden)]
pub mod export;
#[doc(hidden)]
pub mod history;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod safety;
#[doc(hidden)]
pub mod segment;
#[doc(hidden)]
pub mod synth;
#[doc(hidden)]
pub mod timeline;

// The command line uses the library as any other program does.
#[cfg(feature = "cli")]
extern crate self as rehabrun;

pub use auditor::Auditor;
pub use error::Error;
pub use runner::Runner;
