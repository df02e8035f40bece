//! The command line of rehabrun.

fn main() {}
