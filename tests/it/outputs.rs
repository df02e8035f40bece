//! Reports in every format.

mod consistency;
mod contradictions;
mod golden;
mod pages;
mod paper;
