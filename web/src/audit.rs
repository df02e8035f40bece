//! One file to its row in the list, its page, and the bytes by which the page keeps it.

use rehabrun::ingest::{self, Error, Listing, Unpacked, UnpackedExports};
use rehabrun::model::{Note, NoteId};
use rehabrun::render::html::{Links, run_page, standing};
use rehabrun::report::{File, Options, Status, add_symptoms_to_file, stored};
use serde_json::{Value, json};

use crate::settings::fingerprint;
use crate::{Engine, Message, failed, plain, suggest};

impl Engine {
    /// Takes the list of a bulk export, for titles and sports of the files beside it.
    pub(crate) fn listing(&mut self, bytes: &[u8]) -> Message {
        self.listing = (!bytes.is_empty()).then(|| Listing::read(bytes));
        plain(json!({}))
    }

    /// What is to be said of the unpacked exports that the files are of.
    pub(crate) fn exports(request: &Value) -> Message {
        let mut exports = UnpackedExports::default();
        request["paths"].as_array().into_iter().flatten().filter_map(Value::as_str).for_each(|path| exports.note(path));
        let remarks: Vec<_> = {
            let read: Vec<&str> = request["read"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            exports.remarks(&read).collect()
        };
        plain(json!({ "remarks": remarks }))
    }

    /// Audits a file: its row, and its bytes behind a hash of its content. Behind those of one that was chosen `alone`
    /// comes its page.
    pub(crate) fn audit(&mut self, request: &Value, bytes: Vec<u8>) -> Message {
        let key = fingerprint(&bytes);
        let alone = request["alone"] == true;
        let mut file = self.file(request, bytes, alone);
        let page = if alone { self.html(request, &file) } else { String::new() };
        file.sessions.iter_mut().for_each(|session| session.chart = None);
        let Some(stored) = stored::with_runs_to_bytes(&file) else {
            return failed("internal error", "the report cannot be kept", "please report it");
        };
        let seen: Vec<_> =
            file.sessions.iter().filter_map(|session| session.seen.as_ref()).map(suggest::json).collect();
        let header = json!({ "row": row(&file), "seen": seen, "n_packed": key.len() + stored.len() });
        (header, [&key[..], &stored, page.as_bytes()].concat())
    }

    /// The page of one file with its charts.
    pub(crate) fn page(&mut self, request: &Value, bytes: Vec<u8>) -> Message {
        let file = self.file(request, bytes, true);
        (json!({}), self.html(request, &file).into_bytes())
    }

    /// The page of a file with what the runner said of its day, which other outputs leave out.
    fn html(&self, request: &Value, file: &File) -> String {
        let text = |key: &str| request[key].as_str().map(str::to_owned);
        let links = Links { back: text("back").zip(text("href")), ..Links::default() };
        let runner = &self.settings.auditor.settings().runner;
        if runner.symptoms.is_empty() || file.status != Status::Audited {
            return run_page(file, &links, self.settings.units);
        }
        let mut file = file.clone();
        add_symptoms_to_file(&mut file, runner);
        run_page(&file, &links, self.settings.units)
    }

    fn file(&self, request: &Value, bytes: Vec<u8>, chart: bool) -> File {
        let text = |key: &str| request[key].as_str();
        let path = text("path").unwrap_or_default();
        match text("skipped") {
            Some("foreign") => return File::not_an_activity(path),
            Some("export") => return File::skipped(path, NoteId::Export, text("remark").unwrap_or_default()),
            Some("empty-archive") => return File::empty_archive(path),
            _ => {}
        }
        let listed = text("listed").and_then(|path| self.listing.as_ref()?.get(path));
        let other_sport = listed.filter(|listed| listed.is_not_on_foot()).map(|listed| listed.sport.as_str());
        let is_named = request["named"] == true;
        if let Some(sport) = text("sport").or(other_sport).filter(|_| !is_named) {
            return File::not_on_foot(path, sport);
        }
        let auditor = self.settings.auditor.clone().seeing_runs().with(Options { chart, ..Options::default() });
        let mut file =
            if is_named { auditor.audit(path, bytes) } else { auditor.audit_found(path, content(request, bytes)) };
        let title = text("title").map(str::to_owned).or_else(|| listed.and_then(|listed| listed.title.clone()));
        if title.is_some() {
            file.sessions.iter_mut().for_each(|session| session.name.clone_from(&title));
        }
        file
    }
}

/// What a file may be, by its first bytes.
pub fn sniff(request: &Value, head: &[u8]) -> Message {
    let is_xml = request["path"].as_str().is_some_and(|path| path.to_ascii_lowercase().ends_with(".xml"));
    let kind = match () {
        () if is_xml && ingest::is_apple_health(head) => "apple-health",
        () if ingest::is_archive(head) => "archive",
        () if ingest::is_activity(head) => "activity",
        () => "other",
    };
    plain(json!({ "kind": kind }))
}

/// What came out of an archive, with what is known of its damage.
fn content(request: &Value, bytes: Vec<u8>) -> Result<Unpacked, Error> {
    let part = |parts: &Value, n: usize| parts[n].as_str().unwrap_or_default().to_owned();
    if let parts @ Value::Array(_) = &request["failed"] {
        let error = Error::new(part(parts, 0), part(parts, 1), part(parts, 2));
        return Err(Error { is_other_kind: parts[3] == true, ..error });
    }
    let note = request["note"][0].as_str().and_then(NoteId::from_name);
    Ok(Unpacked { bytes, note: note.map(|id| Note::new(id, part(&request["note"], 1))) })
}

/// A line of the list of files.
pub fn row(file: &File) -> Value {
    let worst = file.worst().map(|(session, _)| session);
    let standing = standing(file);
    let count = |over: bool| worst.map(|s| s.bouts.iter().filter(|b| b.over.is_some_and(|o| o || !over)).count());
    json!({
        "path": file.path,
        "title": standing.title,
        "status": file.status,
        "style": standing.style,
        "sign": standing.sign,
        "verdict": standing.words,
        "rank": standing.rank,
        "date": standing.date,
        "started": worst.and_then(|session| session.started_at),
        "run_s": worst.map(|session| session.run_s),
        "has_ceiling": worst.map(|session| session.ceiling.pace_s_per_km.is_some() || session.ceiling.heart_rate_bpm.is_some()),
        "over": count(true),
        "judged": count(false),
        "sentence": file.worst().map(|(_, verdict)| verdict.sentence.as_str()).or_else(|| file.skip_reason()),
        "error": file.error,
    })
}
