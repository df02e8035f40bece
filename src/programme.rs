//! The weeks of one runner: load, the 12-week clock, and what the rules say about the progression.

pub mod spike;
