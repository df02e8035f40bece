//! The engine of the page: one function from a request to an answer, and the state between requests.
//!
//! A request and an answer are each a header in JSON and bytes behind it. Nothing here knows of a browser: `abi` joins it
//! to one, and the tests call it natively.

mod abi;
mod archive;
mod assemble;
mod audit;
mod demo;
mod settings;
mod suggest;

use rehabrun::report::Error;
use serde::Serialize;
use serde_json::{Value, json};

pub use archive::Source;

/// What lasts from one request to the next.
#[derive(Default)]
pub struct Engine {
    settings: settings::State,
    archive: Option<archive::Open>,
    assembly: assemble::Assembly,
    listing: Option<rehabrun::ingest::Listing>,
}

/// A header and the bytes behind it.
pub type Message = (Value, Vec<u8>);

impl Engine {
    /// Answers a request. What cannot be done is an answer with an `error` of three parts, as the command line has it.
    pub fn answer(&mut self, request: &Value, bytes: Vec<u8>, source: Option<Box<dyn Source>>) -> Message {
        let text = |key: &str| request[key].as_str().unwrap_or_default();
        match text("do") {
            "settings" => self.set(text("toml"), text("units")),
            "read" => settings::read(text("toml")),
            "write" => settings::write(text("toml"), &request["set"]),
            "plans" => settings::plans(),
            "demo" => demo::demo(),
            "suggest" => self.suggest(request),
            "listing" => self.listing(&bytes),
            "sniff" => audit::sniff(request, &bytes),
            "exports" => Self::exports(request),
            "audit" => self.audit(request, bytes),
            "page" => self.page(request, bytes),
            "lists" => Self::lists(request),
            "open" => self.open(source, request),
            "next" => self.next_member(),
            "begin" => self.begin(text("format")),
            "add" => self.add(request, &bytes),
            "end" => self.end(),
            "weeks" => self.weeks(request),
            "patient" => self.patient(request),
            "unread" => self.unread(request),
            "clinic" => self.clinic(request),
            other => failed("request that is not known", other, "this is a fault of the page: please report it"),
        }
    }
}

/// An answer without bytes.
fn plain(header: impl Serialize) -> Message {
    (serde_json::to_value(header).unwrap_or(Value::Null), Vec::new())
}

/// An answer that says why nothing came of it.
fn failed(message: &str, cause: &str, hint: &str) -> Message {
    let error = Error { message: message.to_owned(), cause: cause.to_owned(), hint: hint.to_owned() };
    plain(json!({ "error": error }))
}
