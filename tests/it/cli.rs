//! The commands, as a user types them.

mod batch;
mod ceiling;
mod commands;
mod exports;
mod hints;
mod log;
mod patient;
mod plans;
mod setup;
mod watch;
