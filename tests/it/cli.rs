//! The commands, as a user types them.

mod batch;
mod commands;
mod watch;
