//! The project itself: its layers, documents and dependencies.

mod evidence;
mod features;
mod layers;
mod readme;
mod source;
mod supply_chain;
