//! What is found in a session, and what is not.

mod advice;
mod calibration;
mod ceilings;
mod gait;
mod guards;
mod heart_rate;
mod invariants;
mod metamorphic;
mod monotone;
mod order;
mod own_runs;
mod real_files;
mod season;
mod sessions;
mod slopes;
mod timeline;
mod unseen;
mod vectors;
