//! Turns a report into text. A renderer sees the report and nothing else.

pub mod chart;
pub mod html;
