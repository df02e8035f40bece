//! Where the pages beside a page are.

use std::collections::BTreeMap;

use maud::{Markup, PreEscaped, html};

/// The addresses of the pages around a page, relative to it. A page that stands alone has none.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// The page that leads here, with its title.
    pub back: Option<(String, String)>,
    /// The page of each run by the path of its file.
    pub runs: BTreeMap<String, String>,
}

impl Links {
    /// The way back to the page that leads here.
    pub(super) fn back(&self) -> Markup {
        html! {
            @if let Some((title, address)) = &self.back {
                nav.back { a href=(address) { "← " (title) } }
            }
        }
    }

    /// Text that leads to the page of a run, where it has one.
    pub(super) fn run(&self, path: &str, text: &str) -> Markup {
        html! { @match self.runs.get(path) { Some(address) => { a href=(address) { (text) } }, None => (text) } }
    }
}

/// Where the page of a run leads to its neighbours. No text holds this: every `<` of a text is escaped.
const NO_NEIGHBOURS: &str = "<nav class=\"beside\" aria-label=\"Runs before and after\"></nav>";

/// Room for the ways to the runs before and after, which are known once all runs are.
pub(super) fn room_for_neighbours() -> Markup {
    PreEscaped(NO_NEIGHBOURS.to_owned())
}

/// The page of a run with the ways to the runs before and after it, each a title and an address.
pub fn with_neighbours(page: &str, before: Option<(&str, &str)>, after: Option<(&str, &str)>) -> String {
    let ways = html! {
        nav.beside aria-label="Runs before and after" {
            span { @if let Some((title, address)) = before { a href=(address) rel="prev" { "‹ " (title) } } }
            span { @if let Some((title, address)) = after { a href=(address) rel="next" { (title) " ›" } } }
        }
    };
    page.replacen(NO_NEIGHBOURS, &ways.into_string(), 1)
}
