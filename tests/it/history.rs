//! Weeks of one runner, and a clinic of several.

mod clinic;
mod compare;
mod progress;
mod superset;
mod visit;
