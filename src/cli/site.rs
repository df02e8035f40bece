//! A folder of pages. Nothing is written outside of it, every page appears whole, and pages of an earlier time go.

#![cfg_attr(not(feature = "html"), expect(dead_code, reason = "only pages go into a folder"))]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::output::Output;

/// The list of what was written, which also tells a folder of pages from a patient's.
const LIST: &str = ".rehabrun-pages";
/// The most characters of a name; file systems take 255 bytes.
const MOST_OF_NAME: usize = 48;

/// A folder of pages on its way.
pub struct SiteWriter {
    root: PathBuf,
    /// What was written, as `patient/run.html`.
    written: BTreeSet<String>,
    /// What is listed, from earlier times too.
    listed: BTreeSet<String>,
}

impl SiteWriter {
    /// Opens a folder, which is made where there is none.
    pub fn open(root: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(root).map_err(|error| Failure::of_file("make the folder", root, &error))?;
        let earlier = fs::read_to_string(root.join(LIST)).unwrap_or_default();
        let listed = earlier.lines().map(str::to_owned).collect();
        Ok(Self { root: root.to_owned(), written: BTreeSet::new(), listed })
    }

    /// The path of a page.
    pub fn path(&self, page: &str) -> PathBuf {
        self.root.join(page)
    }

    /// How many pages were written.
    pub fn n_written(&self) -> usize {
        self.written.len()
    }

    /// Makes a folder below, where there is none.
    fn make(&self, below: &str) -> Result<(), Failure> {
        let path = self.root.join(below);
        match fs::symlink_metadata(&path) {
            Ok(known) if known.is_dir() => Ok(()),
            // A link could lead anywhere.
            Ok(_) => Err(Failure::new(format!("cannot write {}", path.display()), "it is no folder", "remove it")),
            Err(_) => fs::create_dir(&path).map_err(|error| Failure::of_file("make the folder", &path, &error)),
        }
    }

    /// Writes a page, which takes its name only when it is whole. What has that name is replaced, a link too.
    pub fn write(&mut self, page: &str, text: &str) -> Result<(), Failure> {
        if let Some((below, _)) = page.split_once('/') {
            self.make(below)?;
        }
        self.list(page)?;
        replace(&self.root.join(page), text)?;
        self.written.insert(page.to_owned());
        Ok(())
    }

    /// A page that was written.
    pub fn read(&self, page: &str) -> Result<String, Failure> {
        let path = self.root.join(page);
        fs::read_to_string(&path).map_err(|error| Failure::of_file("read", &path, &error))
    }

    /// Lists a page before it is written, so that the next time removes it even if this one never ends.
    fn list(&mut self, page: &str) -> Result<(), Failure> {
        if !self.listed.insert(page.to_owned()) {
            return Ok(());
        }
        let list = self.root.join(LIST);
        // A link could lead anywhere.
        if fs::symlink_metadata(&list).is_ok_and(|known| !known.is_file()) {
            return Err(Failure::new(format!("cannot write {}", list.display()), "it is no regular file", "remove it"));
        }
        let opened = File::options().create(true).append(true).open(&list);
        let written = opened.and_then(|mut file| file.write_all(format!("{page}\n").as_bytes()));
        written.map_err(|error| Failure::of_file("write", &list, &error))
    }

    /// Ends the work: pages of an earlier time that were not written again are removed.
    pub fn finish(self) -> Result<(), Failure> {
        for page in self.listed.difference(&self.written) {
            self.remove(page);
        }
        let list: String = self.written.iter().map(|page| format!("{page}\n")).collect();
        replace(&self.root.join(LIST), &list)
    }

    /// Removes a page that an earlier list names, and its folder once that is empty.
    fn remove(&self, page: &str) {
        let names: Vec<&str> = page.split('/').collect();
        let is_ours = Path::new(page).extension() == Some(OsStr::new("html"))
            && names.len() <= 2
            && names.iter().all(|name| is_plain(name));
        let folder = self.root.join(names[0]);
        let is_folder = fs::symlink_metadata(&folder).is_ok_and(|known| known.is_dir());
        if is_ours && (names.len() == 1 || is_folder) {
            let _ = fs::remove_file(self.root.join(page));
            let _ = fs::remove_dir(folder);
        }
    }
}

/// The names in one folder.
pub struct UniqueNames {
    /// In lower case: many file systems do not tell them apart.
    taken: BTreeSet<String>,
}

impl UniqueNames {
    /// With a name that is taken from the start.
    pub fn beside(name: &str) -> Self {
        Self { taken: BTreeSet::from([name.to_lowercase()]) }
    }

    /// A name that no other has, made from any text.
    pub fn claim(&mut self, text: &str, extension: &str) -> String {
        let safe = safe(text);
        let numbered = (2_u32..).map(|n| format!("{safe}-{n}{extension}"));
        let mut names = std::iter::once(format!("{safe}{extension}")).chain(numbered);
        let name = names.find(|name| !self.taken.contains(&name.to_lowercase())).expect("numbers do not run out");
        self.taken.insert(name.to_lowercase());
        name
    }
}

/// True for a folder of pages: one whose list names any.
pub fn holds_pages(folder: &Path) -> bool {
    fs::read_to_string(folder.join(LIST)).is_ok_and(|list| list.lines().any(|page| !page.trim().is_empty()))
}

fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let mut out = Output::replacing(path)?;
    out.write_all(text.as_bytes()).map_err(|error| Failure::of_file("write", path, &error))?;
    out.finish()
}

/// Text as the name of a file: letters, digits, `-`, `_` and inner dots, so that no text leads elsewhere.
fn safe(text: &str) -> String {
    let name: String = text.chars().map(|c| if is_kept(c) { c } else { '-' }).take(MOST_OF_NAME).collect();
    let name = name.trim_matches(['.', '-']);
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    // Windows has no files of these names.
    let is_device = ["con", "prn", "aux", "nul"].contains(&stem.as_str())
        || (stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")));
    if name.is_empty() || is_device { format!("of-{name}") } else { name.to_owned() }
}

/// True for the characters that names keep.
fn is_kept(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// True for a name that leads nowhere else and hides nothing.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && name.chars().all(is_kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_else() {
        let names =
            ["Anna Berg", "../../etc/passwd", "a/b\\c", ".hidden", "CON", "<script>", "Jörg", "", "..", "run.fit"];
        let safe: Vec<String> = names.iter().map(|name| safe(name)).collect();
        let expected =
            ["Anna-Berg", "etc-passwd", "a-b-c", "hidden", "of-CON", "script", "Jörg", "of-", "of-", "run.fit"];
        assert_eq!(safe, expected);
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = UniqueNames::beside("index.html");
        assert_eq!(names.claim("Index", ".html"), "Index-2.html");
        let names = ["Anna", "anna", "ANNA", "a b", "a-b"].map(|name| names.claim(name, ""));
        assert_eq!(names, ["Anna", "anna-2", "ANNA-3", "a-b", "a-b-2"]);
    }

    #[test]
    fn pages_of_an_interrupted_run_go_unless_they_are_wanted() {
        let root = std::env::temp_dir().join(format!("rehabrun-site-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let write = |pages: &[&str]| {
            let mut site = SiteWriter::open(&root).expect("a folder");
            for page in pages {
                site.write(page, "<p>").expect("written");
            }
            site
        };
        // Interrupted: nobody calls `finish`.
        drop(write(&["anna/index.html", "anna/run-1.html", "cleo/index.html"]));
        fs::write(root.join("anna/mine.html"), "a page of hers").expect("written");
        write(&["anna/index.html", "index.html"]).finish().expect("finished");
        assert!(root.join("anna/index.html").exists() && root.join("index.html").exists());
        assert!(root.join("anna/mine.html").exists(), "what nobody listed stays");
        assert!(!root.join("anna/run-1.html").exists() && !root.join("cleo").exists());
        fs::remove_dir_all(&root).expect("removed");
    }
}
