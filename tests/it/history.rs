//! Weeks of one runner, and a clinic of several.

mod clinic;
mod progress;
mod superset;
mod visit;
