//! The parts of the command line that read the runner's file; `cli` is a link to their source.

#![expect(dead_code, reason = "the command line uses more of them")]

pub mod athlete;
mod plan;
