//! Which file of a crate uses which, read with a real parser.
//!
//! An arrow goes from the file that names an item to the file that defines it: by `use`, by a path in the code, in a
//! macro or in an attribute. A re-export is looked through, so a facade is not in the way. A `mod` line or a `pub use`
//! alone is no arrow. What is compiled for tests only is left out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// The arrows of a crate. Files are named by their path: `src/link/index.rs`.
pub(crate) struct Graph {
    /// File → files that it uses, each with one of the paths that it is used by.
    pub(crate) arrows: BTreeMap<String, BTreeMap<String, String>>,
    /// File → other crates that it names.
    pub(crate) crates: BTreeMap<String, BTreeSet<String>>,
    /// File → the texts that are written out in its code. Comments are none.
    pub(crate) texts: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    /// Of a crate with the roots `src/lib.rs` and, if there is one, `src/main.rs`.
    pub(crate) fn read(texts: &BTreeMap<String, String>) -> Self {
        let mut modules = Modules { texts, all: Vec::new() };
        let library = modules.add_file("src/lib.rs", None);
        if texts.contains_key("src/main.rs") {
            let main = modules.add_file("src/main.rs", None);
            modules.all[main].names.entry("seaworthy".to_owned()).or_default().push(Name::Module(library));
        }
        let files = || modules.all.iter().map(|module| (module.file.clone(), Default::default()));
        let mut graph = Self {
            arrows: files().collect(),
            crates: modules.all.iter().map(|m| (m.file.clone(), Default::default())).collect(),
            texts: modules.all.iter().map(|m| (m.file.clone(), Default::default())).collect(),
        };
        for (index, module) in modules.all.iter().enumerate() {
            graph.texts.entry(module.file.clone()).or_default().extend(module.texts.iter().cloned());
            for Mention { path, is_import } in &module.mentions {
                graph.add(&modules, index, path, *is_import);
            }
        }
        graph
    }

    fn add(&mut self, modules: &Modules<'_>, from: usize, path: &[String], is_import: bool) {
        let file = &modules.all[from].file;
        match modules.resolve(from, path, 0) {
            Some(targets) => {
                for to in targets.into_iter().filter_map(Target::file).filter(|to| to != file) {
                    let arrows = self.arrows.entry(file.clone()).or_default();
                    arrows.entry(to).or_insert_with(|| path.join("::"));
                }
            }
            None if path.len() > 1 || is_import => {
                self.crates.entry(file.clone()).or_default().insert(path[0].clone());
            }
            None => {}
        }
    }

    /// Files that reach each other, sorted; each circle with all of its files (Tarjan's strongly connected components).
    pub(crate) fn circles(&self) -> Vec<Vec<&str>> {
        let mut search = Search { graph: self, seen: HashMap::new(), open: Vec::new(), circles: Vec::new() };
        for file in self.arrows.keys() {
            if !search.seen.contains_key(file.as_str()) {
                search.visit(file);
            }
        }
        search.circles.sort();
        search.circles
    }
}

struct Search<'g> {
    graph: &'g Graph,
    /// File → its number, and whether it is still open.
    seen: HashMap<&'g str, (usize, bool)>,
    open: Vec<&'g str>,
    circles: Vec<Vec<&'g str>>,
}

impl<'g> Search<'g> {
    /// The lowest number of an open file that this one reaches.
    fn visit(&mut self, file: &'g str) -> usize {
        let number = self.seen.len();
        self.seen.insert(file, (number, true));
        self.open.push(file);
        let mut lowest = number;
        for next in self.graph.arrows.get(file).into_iter().flat_map(BTreeMap::keys) {
            match self.seen.get(next.as_str()) {
                None => lowest = lowest.min(self.visit(next)),
                Some((number, true)) => lowest = lowest.min(*number),
                Some((_, false)) => {}
            }
        }
        if lowest == number {
            let start = self.open.iter().rposition(|open| *open == file).unwrap();
            let mut circle = self.open.split_off(start);
            for file in &circle {
                self.seen.get_mut(file).unwrap().1 = false;
            }
            if circle.len() > 1 {
                circle.sort_unstable();
                self.circles.push(circle);
            }
        }
        lowest
    }
}

/// What a name in a module stands for.
#[derive(Clone)]
enum Name {
    /// An item that the module's own file defines.
    Item,
    Module(usize),
    /// An import or a re-export.
    Alias(Vec<String>),
}

enum Target {
    Item(String),
    Module(usize),
}

impl Target {
    fn file(self) -> Option<String> {
        match self {
            Self::Item(file) => Some(file),
            Self::Module(_) => None,
        }
    }
}

struct Mention {
    path: Vec<String>,
    is_import: bool,
}

struct Module {
    file: String,
    parent: Option<usize>,
    /// By name, of every namespace: a function and a module may be called the same.
    names: HashMap<String, Vec<Name>>,
    /// Modules of which everything is imported.
    globs: Vec<Vec<String>>,
    mentions: Vec<Mention>,
    texts: BTreeSet<String>,
}

struct Modules<'t> {
    texts: &'t BTreeMap<String, String>,
    all: Vec<Module>,
}

impl Modules<'_> {
    fn add(&mut self, file: &str, parent: Option<usize>) -> usize {
        let (names, globs, mentions, texts) = Default::default();
        self.all.push(Module { file: file.to_owned(), parent, names, globs, mentions, texts });
        self.all.len() - 1
    }

    fn add_file(&mut self, file: &str, parent: Option<usize>) -> usize {
        let index = self.add(file, parent);
        let text = self.texts.get(file).unwrap_or_else(|| panic!("there is no '{file}'"));
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
        let folder = match file {
            "src/lib.rs" | "src/main.rs" => "src".to_owned(),
            _ => file.trim_end_matches(".rs").to_owned(),
        };
        let mut reader = Reader { modules: self, index, folder };
        reader.visit_file(&parsed);
        index
    }

    /// What a path means in a module. `None` if it is not of this crate.
    fn resolve(&self, from: usize, path: &[String], depth: usize) -> Option<Vec<Target>> {
        // An import of what imports it back.
        if depth > 20 {
            return None;
        }
        let mut at = from;
        let mut rest = path;
        while let Some((first, others)) = rest.split_first() {
            at = match first.as_str() {
                "crate" => self.root(at),
                "super" => self.all[at].parent?,
                "self" => at,
                _ => break,
            };
            rest = others;
        }
        if rest.is_empty() {
            return Some(vec![Target::Module(at)]);
        }
        let is_relative = rest.len() == path.len();
        for (place, segment) in rest.iter().enumerate() {
            let found = self.lookup(at, segment, depth);
            let is_last = place + 1 == rest.len();
            if is_last && !found.is_empty() {
                return Some(found);
            }
            let module = found.iter().find_map(|target| match target {
                Target::Module(module) => Some(*module),
                Target::Item(_) => None,
            });
            match module {
                Some(module) => at = module,
                // A variant, an associated function, a constant of a type.
                None if !found.is_empty() => return Some(found),
                None if is_relative && place == 0 => return None,
                // Made by a macro.
                None => return Some(vec![Target::Item(self.all[at].file.clone())]),
            }
        }
        None
    }

    fn lookup(&self, module: usize, name: &str, depth: usize) -> Vec<Target> {
        let mut found = Vec::new();
        for known in self.all[module].names.get(name).into_iter().flatten() {
            match known {
                Name::Item => found.push(Target::Item(self.all[module].file.clone())),
                Name::Module(index) => found.push(Target::Module(*index)),
                Name::Alias(path) => found.extend(self.resolve(module, path, depth + 1).unwrap_or_default()),
            }
        }
        if found.is_empty() && depth < 20 {
            for glob in &self.all[module].globs {
                for target in self.resolve(module, glob, depth + 1).unwrap_or_default() {
                    if let Target::Module(index) = target {
                        found.extend(self.lookup(index, name, depth + 1));
                    }
                }
            }
        }
        found
    }

    fn root(&self, mut module: usize) -> usize {
        while let Some(parent) = self.all[module].parent {
            module = parent;
        }
        module
    }
}

/// Reads the names and the mentions of one file.
struct Reader<'m, 't> {
    modules: &'m mut Modules<'t>,
    index: usize,
    folder: String,
}

impl Reader<'_, '_> {
    fn module(&mut self) -> &mut Module {
        &mut self.modules.all[self.index]
    }

    fn name(&mut self, ident: &syn::Ident, name: Name) {
        self.module().names.entry(ident.to_string()).or_default().push(name);
    }

    fn mention(&mut self, path: Vec<String>, is_import: bool) {
        self.module().mentions.push(Mention { path, is_import });
    }

    fn import(&mut self, tree: &syn::UseTree, before: &[String], is_export: bool) {
        let with = |ident: &syn::Ident| {
            // `{self}` is the module itself.
            let own = (ident != "self" || before.is_empty()).then(|| ident.to_string());
            before.iter().cloned().chain(own).collect::<Vec<_>>()
        };
        match tree {
            syn::UseTree::Path(path) => self.import(&path.tree, &with(&path.ident), is_export),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, before, is_export)),
            syn::UseTree::Glob(_) => self.module().globs.push(before.to_vec()),
            syn::UseTree::Name(syn::UseName { ident }) => {
                let path = with(ident);
                let known_as = path.last().cloned().unwrap_or_default();
                self.imported(known_as, path, is_export);
            }
            syn::UseTree::Rename(rename) => self.imported(rename.rename.to_string(), with(&rename.ident), is_export),
        }
    }

    fn imported(&mut self, known_as: String, path: Vec<String>, is_export: bool) {
        if !is_export {
            self.mention(path.clone(), true);
        }
        // `use regorus;` would be a name for itself.
        if path != [known_as.as_str()] {
            self.module().names.entry(known_as).or_default().push(Name::Alias(path));
        }
    }

    fn text(&mut self, text: &syn::LitStr) {
        self.module().texts.insert(text.value());
    }

    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        // Colons since the last word; a dot before a word makes it a field or a method.
        let (mut colons, mut is_member) = (0, false);
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.path_ended(&mut path);
                    }
                    if !is_member {
                        path.push(ident.to_string());
                    }
                    (colons, is_member) = (0, false);
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Punct(punct) => {
                    self.path_ended(&mut path);
                    (colons, is_member) = (0, punct.as_char() == '.');
                }
                TokenTree::Group(group) => {
                    self.path_ended(&mut path);
                    (colons, is_member) = (0, false);
                    self.tokens(group.stream());
                }
                TokenTree::Literal(literal) => {
                    self.path_ended(&mut path);
                    if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                        self.text(&text);
                    }
                    (colons, is_member) = (0, false);
                }
            }
        }
        self.path_ended(&mut path);
    }

    fn path_ended(&mut self, path: &mut Vec<String>) {
        if !path.is_empty() {
            self.mention(std::mem::take(path), false);
        }
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) if list.path.is_ident("cfg") => list.tokens.to_string() == "test",
        syn::Meta::Path(path) => path.is_ident("test"),
        _ => false,
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

impl<'ast> Visit<'ast> for Reader<'_, '_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if is_for_tests(attributes(item)) {
            return;
        }
        match item {
            syn::Item::Const(item) => self.name(&item.ident, Name::Item),
            syn::Item::Enum(item) => self.name(&item.ident, Name::Item),
            syn::Item::Fn(item) => self.name(&item.sig.ident, Name::Item),
            syn::Item::Static(item) => self.name(&item.ident, Name::Item),
            syn::Item::Struct(item) => self.name(&item.ident, Name::Item),
            syn::Item::Trait(item) => self.name(&item.ident, Name::Item),
            syn::Item::Type(item) => self.name(&item.ident, Name::Item),
            syn::Item::Macro(syn::ItemMacro { ident: Some(ident), .. }) => self.name(ident, Name::Item),
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast syn::ImplItem) {
        match item {
            syn::ImplItem::Fn(function) if is_for_tests(&function.attrs) => {}
            _ => visit::visit_impl_item(self, item),
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let index = match &item.content {
            None => {
                let file = format!("{}/{}.rs", self.folder, item.ident);
                self.modules.add_file(&file, Some(self.index))
            }
            Some((_, items)) => {
                let file = self.module().file.clone();
                let index = self.modules.add(&file, Some(self.index));
                let folder = format!("{}/{}", self.folder, item.ident);
                let mut inner = Reader { modules: &mut *self.modules, index, folder };
                items.iter().for_each(|item| inner.visit_item(item));
                index
            }
        };
        self.name(&item.ident, Name::Module(index));
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let is_export = !matches!(item.vis, syn::Visibility::Inherited);
        self.import(&item.tree, &[], is_export);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.mention(path.segments.iter().map(|segment| segment.ident.to_string()).collect(), false);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        visit::visit_macro(self, item);
        self.tokens(item.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if !attribute.path().is_ident("doc") {
            visit::visit_attribute(self, attribute);
        }
    }

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        self.text(text);
    }

    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        self.tokens(list.tokens.clone());
    }
}
