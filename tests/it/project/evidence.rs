//! Holds what the program cites against its one table of claims, and `docs/evidence.md` against that.

use expect_test::expect_file;
use rehabrun::{audit, ceiling, evidence, history, plan};

#[test]
fn the_document_is_the_table() {
    expect_file!["../../../docs/evidence.md"].assert_eq(&evidence::markdown());
}

#[test]
fn every_use_has_a_name_that_exists() {
    let known: Vec<String> = names();
    for claim in evidence::CLAIMS {
        for user in claim.used_by {
            assert!(*user == "README" || known.iter().any(|name| name == user), "{user} of {}", claim.claim);
        }
    }
}

#[test]
fn whatever_cites_a_publication_has_a_claim() {
    let rules = audit::RULES.iter().map(|rule| (rule.id.name(), rule.source));
    let of_weeks = history::RULES.iter().map(|rule| (rule.id.name(), rule.source));
    for (id, source) in rules.chain(of_weeks).filter(|(_, source)| cites(source)) {
        assert!(evidence::of(id).next().is_some(), "{id} cites {source}");
    }
    for source in ceiling::Source::all().filter(|source| source.is_formula()) {
        // What the runner does rests on no publication.
        if source == ceiling::Source::OwnRuns {
            continue;
        }
        assert!(evidence::of(source.name()).next().is_some(), "{}", source.name());
    }
    for programme in plan::built_in::all() {
        assert!(evidence::of(&programme.name).next().is_some(), "{}", programme.name);
    }
}

/// True for a text with a year in it.
fn cites(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_ascii_digit());
    words.filter(|word| word.len() == 4).any(|word| word.starts_with("19") || word.starts_with("20"))
}

fn names() -> Vec<String> {
    let rules = audit::RULES.iter().map(|rule| rule.id.to_string());
    let of_weeks = history::RULES.iter().map(|rule| rule.id.to_string());
    let sources = ceiling::Source::all().map(|source| source.name().to_owned());
    rules.chain(of_weeks).chain(sources).chain(plan::built_in::all().into_iter().map(|plan| plan.name)).collect()
}
