//! Where the pages beside a page are.

use std::collections::BTreeMap;

use maud::{Markup, html};

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
