//! All tests of behaviour in one program: a test of the clinic is `cargo test --test it history::clinic`.

#[path = "../common/mod.rs"]
mod common;

mod cli;
mod formats;
mod history;
mod outputs;
mod project;
mod robustness;
mod verdicts;
