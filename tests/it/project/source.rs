//! The library's source as its modules and all paths in it, tests left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};

/// A path as some file of the sources names it.
pub struct Use {
    /// The top-level module that the file belongs to.
    pub module: String,
    /// The file, below `src`.
    pub file: String,
    /// The module in which the path stands, from the root: `crate::audit::verdict`.
    pub scope: String,
    /// From the root: `crate::units::Pace`; of another crate or of the scope: as written.
    pub path: String,
}

/// The sources without their tests.
#[derive(Default)]
pub struct Library {
    pub uses: Vec<Use>,
    /// Each module from the root, with the file that holds it.
    pub homes: BTreeMap<String, String>,
    /// What a module imports or re-exports: by the path that a user of the module writes, the path that the module wrote.
    pub imports: BTreeMap<String, (String, String)>,
    /// What the root re-exports, with the module that it comes from.
    pub exported: BTreeMap<String, String>,
    /// The modules at the top.
    pub modules: BTreeSet<String>,
    /// All files below `src` that a `mod` item leads to, those of tests too.
    pub files: BTreeSet<String>,
}

/// The library without the command line.
pub fn library() -> Library {
    sources(false)
}

/// All sources: the library, the command line, and `main.rs`.
pub fn program() -> Library {
    let mut all = sources(true);
    all.files.insert("main.rs".to_owned());
    let module = vec!["main".to_owned()];
    let mut walk = Walk { library: &mut all, file: "main.rs", module, folder: String::new(), of_tests: false };
    walk.visit_file(&parse("main.rs"));
    all
}

fn sources(with_cli: bool) -> Library {
    let mut library = Library::default();
    let root = parse("lib.rs");
    library.files.insert("lib.rs".to_owned());
    for item in &root.items {
        match item {
            syn::Item::Use(item) => {
                for path in flat(&item.tree) {
                    let parts: Vec<&str> = path.split("::").collect();
                    if let [module, .., name] = parts[..] {
                        library.exported.insert(name.to_owned(), module.to_owned());
                    }
                }
            }
            syn::Item::Mod(item) => {
                let name = item.ident.to_string();
                // The command line uses the library, and may use any crate.
                if name == "cli" && !with_cli {
                    continue;
                }
                library.modules.insert(name.clone());
                read(&mut library, item, "lib.rs", std::slice::from_ref(&name), &name, is_of_tests(&item.attrs));
            }
            _ => {}
        }
    }
    library
}

/// The names by which the sources know the packages in `[dependencies]`.
pub fn dependencies() -> BTreeSet<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let (_, table) = manifest.split_once("\n[dependencies]\n").expect("the table");
    let table = table.split("\n[").next().unwrap_or_default();
    let names = table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
    names.map(|(name, _)| name.replace('-', "_")).collect()
}

/// All Rust files below a folder, as paths from it.
pub fn below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("UTF-8").to_owned();
        if path.is_dir() {
            found.extend(below(&path).into_iter().map(|inner| format!("{name}/{inner}")));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(name);
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn parse(file: &str) -> syn::File {
    let text = fs::read_to_string(root().join("src").join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Follows a `mod` item that has a file of its own: `stem` and `.rs`, where no attribute says otherwise.
fn read(library: &mut Library, item: &syn::ItemMod, parent: &str, module: &[String], stem: &str, of_tests: bool) {
    let hidden = item.attrs.iter().any(|attribute| attribute.path().is_ident("cfg_attr"));
    assert!(!hidden, "{stem}: a module whose file may depend on a setting");
    let folder = parent.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let given = path_attribute(&item.attrs).map(|given| format!("{folder}{given}"));
    let file = given.unwrap_or_else(|| format!("{stem}.rs"));
    library.files.insert(file.clone());
    if !of_tests {
        library.homes.insert(format!("crate::{}", module.join("::")), file.clone());
    }
    let mut walk = Walk { library, file: &file, module: module.to_vec(), folder: stem.to_owned(), of_tests };
    walk.visit_file(&parse(&file));
}

/// The value of `#[path = ".."]`.
fn path_attribute(attributes: &[syn::Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else { return None };
        pair.path.is_ident("path").then(|| text.value())
    })
}

/// Goes through a file and notes each path.
struct Walk<'a> {
    library: &'a mut Library,
    file: &'a str,
    /// Where the path `self` leads.
    module: Vec<String>,
    /// Where files of inner modules lie.
    folder: String,
    of_tests: bool,
}

impl Walk<'_> {
    fn note(&mut self, path: &str) {
        if self.of_tests {
            return;
        }
        let file = self.file.to_owned();
        let scope = self.scope();
        self.library.uses.push(Use { module: self.module[0].clone(), file, scope, path: self.full(path) });
    }

    fn scope(&self) -> String {
        format!("crate::{}", self.module.join("::"))
    }

    /// `super::a` and `self::a` as paths from the root.
    fn full(&self, path: &str) -> String {
        let mut here = self.module.clone();
        let mut rest = path;
        if let Some(inner) = rest.strip_prefix("self::") {
            rest = inner;
        } else if !rest.starts_with("super::") {
            return path.to_owned();
        }
        while let Some(inner) = rest.strip_prefix("super::") {
            here.pop();
            rest = inner;
        }
        std::iter::once("crate").chain(here.iter().map(String::as_str)).chain([rest]).collect::<Vec<_>>().join("::")
    }

    /// Paths in what is not parsed any further.
    fn note_tokens(&mut self, tokens: &str) {
        let tokens = tokens.replace(" :: ", "::").replace(":: ", "::").replace(" ::", "::");
        let is_of_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        // A `use` tree in a macro would hide behind its braces.
        assert!(!tokens.contains("crate::{"), "{}: a tree of imports in a macro", self.file);
        for word in tokens.split(|c| !is_of_path(c)).filter(|word| word.contains("::")) {
            self.note(word);
        }
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_of_tests(attributes(item)) {
            visit::visit_item(self, item);
        } else if let syn::Item::Mod(item) = item {
            let before = std::mem::replace(&mut self.of_tests, true);
            self.visit_item_mod(item);
            self.of_tests = before;
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let name = item.ident.to_string();
        let folder = format!("{}/{name}", self.folder);
        self.module.push(name);
        if item.content.is_some() {
            let before = std::mem::replace(&mut self.folder, folder);
            visit::visit_item_mod(self, item);
            self.folder = before;
        } else {
            read(self.library, item, self.file, &self.module, &folder, self.of_tests);
        }
        self.module.pop();
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_of_tests(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        for path in flat(&item.tree) {
            self.note(&path);
            if !self.of_tests
                && let Some(name) = path.rsplit("::").next()
            {
                let scope = self.scope();
                let import = (scope.clone(), self.full(&path));
                self.library.imports.insert(format!("{scope}::{name}"), import);
            }
        }
    }

    fn visit_expr_unsafe(&mut self, expression: &'ast syn::ExprUnsafe) {
        self.note("unsafe");
        visit::visit_expr_unsafe(self, expression);
    }

    fn visit_item_foreign_mod(&mut self, item: &'ast syn::ItemForeignMod) {
        self.note("extern");
        visit::visit_item_foreign_mod(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.note(&names.join("::"));
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.note_tokens(&call.tokens.to_string());
        visit::visit_macro(self, call);
    }

    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        self.note_tokens(&list.tokens.to_string());
        visit::visit_meta_list(self, list);
    }
}

/// All paths of a `use`: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn flat(tree: &syn::UseTree) -> Vec<String> {
    match tree {
        syn::UseTree::Path(path) => flat(&path.tree).iter().map(|inner| format!("{}::{inner}", path.ident)).collect(),
        syn::UseTree::Name(name) => vec![name.ident.to_string()],
        syn::UseTree::Rename(name) => vec![name.ident.to_string()],
        syn::UseTree::Glob(_) => vec!["*".to_owned()],
        syn::UseTree::Group(group) => group.items.iter().flat_map(flat).collect(),
    }
}

/// True for what is compiled for tests alone: `#[cfg(test)]` and `#[cfg(all(test, ..))]`.
fn is_of_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else { return false };
        let setting = list.tokens.to_string().replace(' ', "");
        setting == "test" || setting.strip_prefix("all(test").is_some_and(|rest| rest.starts_with([',', ')']))
    })
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Trait(item) => &item.attrs,
        syn::Item::Type(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

#[test]
fn what_hides_a_path() {
    let text = "
        use super::a::{b, c::{self, d}};
        use crate::{e::f, g};
        #[cfg(test)]
        mod tests { use crate::only_in_tests; }
        #[cfg(all(test, feature = \"x\"))]
        use crate::only_in_tests;
        fn after() -> crate::h::i<crate::j::k> {
            format!(\"{}\", crate::l::m(1));
            self::n::o()
        }
        #[derive(serde::Serialize)]
        struct Held { inner: super::super::p::q }
        mod inner { use super::r; }
    ";
    let mut library = Library::default();
    let module = ["top", "mid"].map(str::to_owned).to_vec();
    let mut walk = Walk { library: &mut library, file: "x.rs", module, folder: "top/mid".to_owned(), of_tests: false };
    walk.visit_file(&syn::parse_file(text).expect("Rust"));
    let found: BTreeSet<&str> =
        library.uses.iter().map(|one| one.path.as_str()).filter(|path| path.contains("::")).collect();
    let expected = [
        "crate::e::f",
        "crate::g",
        "crate::h::i",
        "crate::j::k",
        "crate::l::m",
        "crate::p::q",
        "crate::top::a::b",
        "crate::top::a::c::d",
        "crate::top::a::c::self",
        "crate::top::mid::n::o",
        "crate::top::mid::r",
        "serde::Serialize",
    ];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
}
