//! The project itself: its layers, documents and dependencies.

mod circles;
mod evidence;
mod features;
mod layers;
mod readme;
mod source;
mod supply_chain;
