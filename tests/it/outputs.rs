//! Reports in every format.

mod consistency;
mod golden;
mod pages;
