//! Every claim of a source that the program repeats: what the source says, and how strongly. `explain`, the README and
//! `docs/evidence.md` draw from this one table.

use std::fmt::Write as _;

mod claims;

pub use claims::CLAIMS;

/// One claim of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// What the program says by it.
    pub claim: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// What the source says, in our own words.
    pub says: &'static str,
    /// What kind of evidence that is.
    pub strength: Strength,
    /// How it was read.
    pub read: Read,
    /// Rules, ceiling sources and programmes that rest on it, by name; `README` for the README.
    pub used_by: &'static [&'static str],
}

/// What kind of evidence a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// A randomised trial.
    Trial,
    /// A review of studies.
    Review,
    /// People observed over time.
    Cohort,
    /// Measured in a laboratory or the field.
    Measured,
    /// Worked out by a model.
    Model,
    /// A framework or an opinion of experts.
    Opinion,
    /// A rule of practice that no study has tested.
    Practice,
}

impl Strength {
    /// The name in lists.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trial => "randomised trial",
            Self::Review => "review",
            Self::Cohort => "cohort",
            Self::Measured => "measured",
            Self::Model => "model",
            Self::Opinion => "expert opinion",
            Self::Practice => "rule of practice",
        }
    }
}

/// How a source was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// The page or paper itself.
    Page,
    /// Its abstract or table.
    Abstract,
    /// As others report it; the source itself is still to be read.
    Secondhand,
}

impl Read {
    /// The name in lists.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Abstract => "abstract",
            Self::Secondhand => "as reported by others",
        }
    }
}

/// The claims that a rule, a ceiling source or a programme rests on.
pub fn of(name: &str) -> impl Iterator<Item = &'static Claim> {
    CLAIMS.iter().filter(move |claim| claim.used_by.contains(&name))
}

/// All claims as a table in Markdown, for `docs/evidence.md`.
pub fn markdown() -> String {
    let mut text = "# Evidence\n\n\
        Every claim of a source that the program repeats. `rehabrun explain RULE` shows those of a rule. Made from\n\
        `src/evidence/claims.rs`; what stands in no source is our choice, and the code says so beside the number.\n\n\
        | claim | source | what it says | strength | read | used by |\n\
        | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for c in CLAIMS {
        let cells = [c.claim, c.source, c.says, c.strength.name(), c.read.name(), &c.used_by.join(", ")];
        // Writing to a string never fails.
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

/// The claims that the README repeats, as a list in Markdown.
pub fn readme() -> String {
    of("README").map(|c| format!("- {}: {} ({}; {}).\n", c.claim, c.says, c.source, c.strength.name())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_claim_is_whole_and_used() {
        for claim in CLAIMS {
            let texts = [claim.claim, claim.source, claim.says];
            assert!(
                texts.iter().all(|text| !text.is_empty() && !text.ends_with('.') && !text.contains('|')),
                "{claim:?}"
            );
            assert!(!claim.used_by.is_empty(), "{claim:?}");
        }
    }
}
