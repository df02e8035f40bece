//! Options of `explain`.

use clap::Args;

/// Options of `explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rehabrun explain                            all rules
  rehabrun explain disguised-intervals        a rule of one run
  rehabrun explain session-spike              a rule of the weeks")]
pub struct Explain {
    /// The rule; without one, all rules are listed
    pub rule: Option<String>,
}
