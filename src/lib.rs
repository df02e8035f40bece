//! Tells whether an easy rehab run stayed easy.
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
//! [`Runner`] is what is known about the runner, [`Auditor`] turns the bytes of files into [`report::File`], which is plain
//! data, and [`auditor::History`] puts them into weeks. [`render`] turns each into text, JSON, CSV or a page.
//!
//! A watch file goes through five stages, each a function of values:
//!
//! ```text
//! bytes ─ingest─▶ Activity ─timeline─▶ Timeline ─segment─▶ bouts ─audit─▶ Audit ─report─▶ Report ─render─▶ text
//! ```
//!
//! The library reads no file, clock, environment or terminal and prints nothing; [`cli`] does, which is there with the
//! feature of that name. Missing data is `None`, never a sentinel, and never a pass.

#[macro_use]
mod names;

pub mod advice;
pub mod analysis;
pub mod audit;
pub mod auditor;
pub mod ceiling;
#[cfg(feature = "cli")]
pub mod cli;
pub mod evidence;
pub mod export;
pub mod history;
pub mod ingest;
pub mod model;
pub mod plan;
pub mod render;
pub mod report;
pub mod runner;
pub mod safety;
pub mod segment;
pub mod synth;
pub mod timeline;
pub mod units;

// The command line uses the library as any other program does.
#[cfg(feature = "cli")]
extern crate self as rehabrun;

pub use auditor::Auditor;
pub use runner::Runner;
