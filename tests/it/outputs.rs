//! Reports in every format.

mod consistency;
mod contradictions;
mod golden;
mod numbers;
mod pages;
mod paper;
