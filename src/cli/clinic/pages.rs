//! A folder of pages: all patients, the weeks of each, and every run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rehabrun::render::html::{Links, clinic_page, progress_page, run_page, standing, with_neighbours};
use rehabrun::report::{Clinic, Duplicate, File, Progress};
use rehabrun::units::{Timestamp, UnitSystem};

use super::super::args::{self, ClinicFormat};
use super::super::failure::Failure;
use super::super::output;
use super::super::site::{SiteWriter, UniqueNames};

const INDEX: &str = "index.html";

/// The pages of a clinic on their way.
pub struct Pages {
    folder: SiteWriter,
    /// Names of the folders of the patients.
    names: UniqueNames,
    /// The page of each patient by the name of the folder.
    addresses: BTreeMap<String, String>,
}

impl Pages {
    /// Opens the folder of pages; `None` where no pages are asked for.
    pub fn open(options: &args::Clinic) -> Result<Option<Self>, Failure> {
        let path = options.output.as_ref().filter(|_| options.format == ClinicFormat::Html);
        if path.is_some_and(|path| output::to_file(Some(path)).is_none()) {
            let cause = "pages are many files, and standard output is one";
            return Err(Failure::new("cannot write the pages", cause, "give a folder to -o, such as -o pages"));
        }
        let begin = |folder| Self { folder, names: UniqueNames::beside(INDEX), addresses: BTreeMap::new() };
        path.map(|path| SiteWriter::open(path).map(begin)).transpose()
    }

    /// Begins the pages of the patient of a folder.
    pub fn begin(&mut self, patient: &str) -> Page<'_> {
        let back = Some(("All patients".to_owned(), format!("../{INDEX}")));
        Page {
            below: self.names.claim(patient, ""),
            pages: self,
            patient: patient.to_owned(),
            links: Links { back, ..Links::default() },
            names: UniqueNames::beside(INDEX),
            runs: Vec::new(),
        }
    }

    /// Writes the page of all patients, and removes pages of an earlier time. Returns the page to open, and how many
    /// there are.
    pub fn finish(mut self, clinic: &Clinic, units: UnitSystem) -> Result<(PathBuf, usize), Failure> {
        self.folder.write(INDEX, &clinic_page(clinic, &self.addresses, units))?;
        let done = (self.folder.path(INDEX), self.folder.n_written());
        self.folder.finish()?;
        Ok(done)
    }
}

/// The pages of one patient on their way.
pub struct Page<'a> {
    pages: &'a mut Pages,
    /// The name of the patient's folder.
    patient: String,
    /// The folder of the patient's pages.
    below: String,
    links: Links,
    /// Names of the pages of the runs.
    names: UniqueNames,
    /// The pages of the runs: when each began, its name, its title and the path of its file.
    runs: Vec<(Option<Timestamp>, String, String, String)>,
}

impl Page<'_> {
    /// Writes the page of a run.
    pub fn run(&mut self, file: &File, folder: &Path, units: UnitSystem) -> Result<(), Failure> {
        let within = Path::new(&file.path).strip_prefix(folder).unwrap_or(Path::new(&file.path));
        let name = self.names.claim(&within.to_string_lossy(), ".html");
        let whose = file.athlete.as_deref().map_or("The weeks".to_owned(), |name| format!("The weeks of {name}"));
        let links = Links { back: Some((whose, INDEX.to_owned())), ..Links::default() };
        self.pages.folder.write(&format!("{}/{name}", self.below), &run_page(file, &links, units))?;
        let started_at = file.sessions.iter().find_map(|session| session.started_at);
        self.runs.push((started_at.map(|start| start.at), name.clone(), standing(file).date, file.path.clone()));
        self.links.runs.insert(file.path.clone(), name);
        Ok(())
    }

    /// Leads from the page of each run to those before and after it.
    fn link_neighbours(&mut self, duplicates: &[Duplicate]) -> Result<(), Failure> {
        self.runs.retain(|(.., path)| duplicates.iter().all(|duplicate| duplicate.dropped != *path));
        self.runs.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        let way = |at: Option<usize>| {
            let (_, address, date, _) = self.runs.get(at?)?;
            Some((if date.is_empty() { address.as_str() } else { date.as_str() }, address.as_str()))
        };
        for (n, (_, name, ..)) in self.runs.iter().enumerate() {
            let page = format!("{}/{name}", self.below);
            let text = self.pages.folder.read(&page)?;
            let linked = with_neighbours(&text, way(n.checked_sub(1)), way(n.checked_add(1)));
            self.pages.folder.write(&page, &linked)?;
        }
        Ok(())
    }

    /// Writes the page of the weeks, which the page of all patients then leads to.
    pub fn weeks(&mut self, progress: &Progress, units: UnitSystem) -> Result<(), Failure> {
        self.link_neighbours(&progress.duplicates)?;
        let address = format!("{}/{INDEX}", self.below);
        self.pages.folder.write(&address, &progress_page(progress, &self.links, units))?;
        self.pages.addresses.insert(self.patient.clone(), address);
        Ok(())
    }
}
