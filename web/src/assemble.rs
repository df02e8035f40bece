//! All files together, in their order: duplicates, outputs, weeks, and the patients of a clinic.

use std::collections::BTreeMap;

use rehabrun::auditor::{CacheKey, History, Seen};
use rehabrun::render::html::{Links, clinic_page, progress_page};
use rehabrun::render::{self, Renderer, Style};
use rehabrun::report::{Note, NoteId, Patient, Summary, build_clinic, stored};
use serde_json::{Value, json};

use crate::audit::row;
use crate::{Engine, Message, failed, plain};

/// What has come together so far.
#[derive(Default)]
pub struct Assembly {
    seen: Seen,
    summary: Summary,
    history: Option<History>,
    renderer: Option<Box<dyn Renderer>>,
    patients: Vec<Patient>,
}

impl Engine {
    /// Begins anew, with an output of a name or with none. The patients so far stay.
    pub(crate) fn begin(&mut self, format: &str) -> Message {
        let style = Style { units: self.settings.units, ..Style::default() };
        let patients = std::mem::take(&mut self.assembly.patients);
        self.assembly = Assembly {
            // The table of all outputs would bring all of them into the page.
            renderer: match format {
                "json" => Some(render::begin_json(style)),
                "csv" => Some(render::begin_csv(style)),
                _ => None,
            },
            history: Some(History::new(self.settings.auditor.settings())),
            patients,
            ..Assembly::default()
        };
        plain(json!({}))
    }

    /// Adds the next file: its row as it stands beside the files before it, and what can be written by now.
    pub(crate) fn add(&mut self, request: &Value, bytes: &[u8]) -> Message {
        let broken = || failed("internal error", "the page lost a report", "please report it");
        let Some((key, packed)) = bytes.split_first_chunk::<32>() else { return broken() };
        let Some(mut file) = stored::with_runs_from_bytes(packed) else { return broken() };
        let runs = std::mem::take(&mut file.runs);
        let Assembly { seen, summary, history, renderer, .. } = &mut self.assembly;
        if let Some(history) = history {
            history.add(&file, runs);
        }
        let cache_key = CacheKey { content: *key, runner: self.settings.known_by };
        // What was skipped or failed before it was read has no content.
        let file = seen.skip_duplicates(file, Some(cache_key), request["named"] == true);
        summary.add(&file);
        let row = row(&file);
        let mut out = Vec::new();
        if let Some(renderer) = renderer
            && renderer.file(file, &mut out).is_err()
        {
            return broken();
        }
        (json!({ "row": row }), out)
    }

    /// Ends the output.
    pub(crate) fn end(&mut self) -> Message {
        let mut out = Vec::new();
        let summary = std::mem::take(&mut self.assembly.summary);
        if let Some(mut renderer) = self.assembly.renderer.take()
            && renderer.finish(&summary, &mut out).is_err()
        {
            return failed("internal error", "the output cannot be written", "please report it");
        }
        (json!({ "summary": summary }), out)
    }

    /// The weeks of the files so far, as a page or as JSON.
    pub(crate) fn weeks(&self, request: &Value) -> Message {
        let Some(history) = &self.assembly.history else { return failed("no weeks", "nothing was read", "") };
        if let Some((names, _)) = history.several_runners() {
            return failed(
                "more than one runner",
                &format!("the runs are of {names}"),
                "choose the runs of one runner",
            );
        }
        let progress = history.progress();
        if request["format"] == "json" {
            return (json!({}), render::progress_json(&progress).into_bytes());
        }
        (
            json!({ "weeks": progress.weeks.len() }),
            progress_page(&progress, &links(request), self.settings.units).into_bytes(),
        )
    }

    /// Ends the files of a patient: the row of the clinic, and the page of the weeks.
    pub(crate) fn patient(&mut self, request: &Value) -> Message {
        let folder = request["folder"].as_str().unwrap_or_default();
        let Some(history) = self.assembly.history.take() else { return failed("no patient", "nothing was read", "") };
        if let Some((names, _)) = history.several_runners() {
            let message = format!("more than one runner: the runs are of {names}");
            return self.unusable(folder, NoteId::MoreThanOneRunner, message);
        }
        let progress = history.progress();
        let patient = history.patient(folder, &progress);
        let header = json!({ "level": patient.level, "name": patient.athlete });
        self.assembly.patients.push(patient);
        (header, progress_page(&progress, &links(request), self.settings.units).into_bytes())
    }

    /// A patient whose runner's file cannot be used.
    pub(crate) fn unread(&mut self, request: &Value) -> Message {
        let text = |key: &str| request[key].as_str().unwrap_or_default();
        // The keys that there are would fill the row.
        let cause = text("cause").split(", expected one of").next().unwrap_or_default();
        self.unusable(text("folder"), NoteId::AthleteFile, format!("{}: {cause}", text("message")))
    }

    fn unusable(&mut self, folder: &str, id: NoteId, message: String) -> Message {
        self.assembly.patients.push(Patient::unread(folder, Note { id, message, is_harmless: false }));
        plain(json!({ "level": "unclear" }))
    }

    /// All patients so far, worst first.
    pub(crate) fn clinic(&mut self, request: &Value) -> Message {
        let patients = std::mem::take(&mut self.assembly.patients);
        let notes: Vec<Note> = request["note"].as_str().map(of_nobody).into_iter().collect();
        let clinic = build_clinic(patients, notes);
        if request["format"] == "json" {
            return (json!({}), render::clinic_json(&clinic).into_bytes());
        }
        let pages: BTreeMap<String, String> = strings(&request["pages"]);
        let levels: Vec<Value> = clinic.patients.iter().map(|one| json!([one.folder, one.level])).collect();
        (json!({ "levels": levels }), clinic_page(&clinic, &pages, self.settings.units).into_bytes())
    }
}

fn of_nobody(message: &str) -> Note {
    Note { id: NoteId::FilesOfNobody, message: message.to_owned(), is_harmless: false }
}

fn links(request: &Value) -> Links {
    let text = |key: &str| request[key].as_str().map(str::to_owned);
    Links { back: text("back").zip(text("href")), runs: strings(&request["runs"]) }
}

fn strings(object: &Value) -> BTreeMap<String, String> {
    let entries = object.as_object().into_iter().flatten();
    entries.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect()
}
