//! The modules of one root module: which directory each is in, and whose code it is.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;
use serde::Deserialize;

use super::address::split;
use super::expression::Gives;
use super::{InlineWaiver, SourceNotes, SourceTrouble, json};
use crate::collect::source::block::{Block, Code, Word};
use crate::model::{Extent, Location};

/// Modules in modules that are followed.
const MAX_DEPTH: usize = 32;

/// Where a resource is, and where its attributes are there.
type LocatedResource = (Location, BTreeMap<String, Extent>);

/// The code of one root module, read as far as addresses lead into it.
pub(super) struct Tree {
    root: PathBuf,
    /// Files are given relative to this directory, and what is in it is the project's own.
    base: PathBuf,
    /// Directories of downloaded modules, by the dotted names of the calls that lead there.
    downloaded: HashMap<String, PathBuf>,
    /// Every directory is read once, however many modules are made from it.
    directories: Vec<Directory>,
    by_path: HashMap<PathBuf, usize>,
    modules: BTreeMap<String, Module>,
    troubles: BTreeSet<SourceTrouble>,
}

/// The code of one directory.
struct Directory {
    path: PathBuf,
    /// Blocks and their files, by address within the module.
    blocks: BTreeMap<String, (String, Block)>,
}

/// A module as it is called from one place.
#[derive(Clone, Default)]
struct Module {
    /// Index of its code, if it is at hand.
    directory: Option<usize>,
    /// For code that is not the project's own: the call in the project's code that leads to it.
    call: Option<Location>,
}

/// Whether a file of that name is Terraform code.
pub(super) fn is_code(name: &str) -> bool {
    [".tf", ".tf.json", ".tofu", ".tofu.json"].iter().any(|end| name.ends_with(end))
}

impl Tree {
    pub(super) fn open(root: &Path, base: &Path) -> Result<Self, SourceTrouble> {
        let canonical = |path: &Path| {
            path.canonicalize().map_err(|error| SourceTrouble {
                file: path.display().to_string(),
                line: None,
                text: format!("not read: {error}"),
            })
        };
        let (root, base) = (canonical(root)?, canonical(base)?);
        let mut tree = Self {
            downloaded: HashMap::new(),
            directories: Vec::new(),
            by_path: HashMap::new(),
            modules: BTreeMap::new(),
            troubles: BTreeSet::new(),
            root: root.clone(),
            base,
        };
        tree.read_manifest();
        let directory = Some(tree.directory(&root, true));
        tree.modules.insert(String::new(), Module { directory, call: None });
        Ok(tree)
    }

    /// How many of these blocks the root module declares.
    pub(super) fn declared(&self, blocks: &BTreeSet<String>) -> usize {
        let root = self.modules.get("").and_then(|root| self.directories.get(root.directory?));
        root.map_or(0, |root| blocks.iter().filter(|block| root.blocks.contains_key(*block)).count())
    }

    /// Where the block of an address without indexes is.
    pub(super) fn find(&mut self, address: &str) -> Option<LocatedResource> {
        let (path, address) = split(address);
        let module = self.module(&path)?;
        let found = module.directory.and_then(|at| self.directories.get(at)?.blocks.get(address));
        let Some(mut location) = module.call else {
            let (file, block) = found?;
            return Some((block_at(file, block), block.lines.clone()));
        };
        // The code is somebody else's, and what can be changed here is the call and its arguments.
        let Some((file, block)) = found else { return Some((location, BTreeMap::new())) };
        location.related = Some(Box::new(block_at(file, block)));
        let lines = block
            .variables
            .iter()
            .filter_map(|(attribute, variable)| Some((attribute.clone(), self.argument(&path, variable)?)));
        Some((location, lines.collect()))
    }

    /// What the expression of an attribute gives, where there is code of it.
    pub(super) fn gives(&mut self, address: &str, attribute: &str) -> Option<Gives> {
        self.block(address)?.gives.get(attribute)?.clone()
    }

    /// What the region of a provider of the root module is: followed through locals to a text or to a variable.
    pub(super) fn region(&mut self, provider: &str) -> Option<Word> {
        let mut word = self.block(&format!("provider.{provider}"))?.word.clone()?;
        for _ in 0..MAX_DEPTH {
            match &word {
                Word::Reference(name) if name.starts_with("local.") => word = self.block(name)?.word.clone()?,
                _ => return Some(word),
            }
        }
        None
    }

    /// Whether a `dynamic` block makes blocks of that name.
    pub(super) fn is_dynamic(&mut self, address: &str, name: &str) -> bool {
        self.block(address).is_some_and(|block| block.dynamic.contains(name))
    }

    fn block(&mut self, address: &str) -> Option<&Block> {
        let (path, address) = split(address);
        let at = self.module(&path)?.directory?;
        Some(&self.directories.get(at)?.blocks.get(address)?.1)
    }

    /// The place in the project's own code that sets a variable of a module, through modules that hand it on.
    fn argument(&self, path: &[&str], variable: &str) -> Option<Extent> {
        let (name, around) = path.split_last()?;
        let module = self.modules.get(&around.join("."))?;
        let (_, call) = self.directories.get(module.directory?)?.blocks.get(&format!("module.{name}"))?;
        match module.call {
            None => call.lines.get(variable).copied(),
            Some(_) => self.argument(around, call.variables.get(variable)?),
        }
    }

    fn module(&mut self, path: &[&str]) -> Option<Module> {
        if path.len() > MAX_DEPTH {
            return None;
        }
        let mut module = self.modules.get("")?.clone();
        for depth in 1..=path.len() {
            let (path, name) = (path.get(..depth)?, path.get(depth - 1)?);
            let key = path.join(".");
            module = match self.modules.get(&key) {
                Some(module) => module.clone(),
                None => {
                    let called = self.called(&module, &key, name)?;
                    self.modules.insert(key, called.clone());
                    called
                }
            };
        }
        Some(module)
    }

    /// The module that another one calls by that name.
    fn called(&mut self, from: &Module, key: &str, name: &str) -> Option<Module> {
        let code = self.directories.get(from.directory?)?;
        let (file, block) = code.blocks.get(&format!("module.{name}"))?;
        let call = block_at(file, block);
        let local = block.source.as_deref().filter(|source| source.starts_with("./") || source.starts_with("../"));
        let path = match local {
            Some(source) => Some(code.path.join(source)),
            None => self.downloaded.get(key).cloned(),
        };
        let path = path.and_then(|path| path.canonicalize().ok());
        let own = from.call.is_none() && path.as_deref().is_none_or(|path| self.is_own(path)) && local.is_some();
        let directory = path.map(|path| self.directory(&path, own));
        Some(Module { directory, call: from.call.clone().or((!own).then_some(call)) })
    }

    /// It is in the project, and Terraform did not put it there.
    fn is_own(&self, path: &Path) -> bool {
        let inside = path.strip_prefix(&self.base);
        inside.is_ok_and(|inside| inside.components().all(|part| part.as_os_str() != ".terraform"))
    }

    /// Index of a directory's code.
    fn directory(&mut self, path: &Path, own: bool) -> usize {
        if let Some(at) = self.by_path.get(path) {
            return *at;
        }
        let mut names: Vec<_> = fs::read_dir(path)
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| is_code(name))
            .collect();
        // Overrides come last: they change blocks that stand elsewhere.
        names.sort_by_key(|name| (is_override(name), name.clone()));
        let files: Vec<_> = names.par_iter().map(|name| (name, self.read(path, name))).collect();
        let mut directory = Directory { path: path.to_owned(), blocks: BTreeMap::new() };
        for (name, code) in files {
            let file = relative(&self.base, &path.join(name));
            let troubles = code.trouble.into_iter().chain(code.bad_waivers.into_iter().filter(|_| own));
            let troubles = troubles.map(|(line, text)| SourceTrouble { file: file.clone(), line, text });
            self.troubles.extend(troubles);
            for block in code.blocks {
                match directory.blocks.get_mut(&block.address) {
                    Some((_, base)) if is_override(name) => base.override_with(block),
                    Some(_) => {}
                    None => {
                        directory.blocks.insert(block.address.clone(), (file.clone(), block));
                    }
                }
            }
        }
        let at = self.directories.len();
        self.directories.push(directory);
        self.by_path.insert(path.to_owned(), at);
        at
    }

    /// A file may be a link, but not one that leads out of the project.
    fn read(&self, directory: &Path, name: &str) -> Code {
        let path = directory.join(name);
        match path.canonicalize() {
            Ok(target) if target.starts_with(&self.base) || target.starts_with(directory) => Code::read(&path),
            Ok(_) => {
                Code { trouble: Some((None, "not read: it links out of the source".to_owned())), ..Code::default() }
            }
            Err(error) => Code { trouble: Some((None, format!("not read: {error}"))), ..Code::default() },
        }
    }

    /// `terraform init` writes down where it put the modules.
    fn read_manifest(&mut self) {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Manifest {
            modules: Vec<Entry>,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Entry {
            key: String,
            dir: PathBuf,
        }
        let path = self.root.join(".terraform/modules/modules.json");
        let Ok(text) = fs::read(&path) else { return };
        match serde_json::from_slice::<Manifest>(&text) {
            Ok(manifest) => {
                let entries = manifest.modules.into_iter();
                self.downloaded.extend(entries.map(|entry| (entry.key, self.root.join(entry.dir))));
            }
            Err(error) => {
                let (line, text) = json::trouble(&error);
                self.troubles.insert(SourceTrouble { file: relative(&self.base, &path), line, text });
            }
        }
    }

    /// The waivers of every module that was entered, and what went wrong.
    pub(super) fn into_notes(self) -> SourceNotes {
        let mut waivers: BTreeMap<(String, u32), InlineWaiver> = BTreeMap::new();
        for (path, module) in self.modules.iter().filter(|(_, module)| module.call.is_none()) {
            let prefix: String =
                path.split('.').filter(|name| !name.is_empty()).map(|name| format!("module.{name}.")).collect();
            let directory = module.directory.and_then(|at| self.directories.get(at));
            for (file, block) in directory.into_iter().flat_map(|directory| directory.blocks.values()) {
                for waiver in &block.waivers {
                    let address = format!("{prefix}{}", block.address);
                    let known = waivers.entry((file.clone(), waiver.line)).or_insert_with(|| InlineWaiver {
                        stack: None,
                        location: Location { file: file.clone(), line: waiver.line, extent: None, related: None },
                        addresses: BTreeSet::new(),
                        policies: waiver.policies.clone(),
                        until: waiver.until,
                        reason: waiver.reason.clone(),
                        ticket: waiver.ticket.clone(),
                        owner: waiver.owner.clone(),
                    });
                    known.addresses.insert(address);
                }
            }
        }
        SourceNotes { waivers: waivers.into_values().collect(), troubles: self.troubles.into_iter().collect() }
    }
}

fn block_at(file: &str, block: &Block) -> Location {
    Location { file: file.to_owned(), line: block.extent.line, extent: Some(block.extent), related: None }
}

/// `override.tf`, `x_override.tf.json`.
fn is_override(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    stem == "override" || stem.ends_with("_override")
}

/// A path as it is seen from a directory, with `/`. Both are canonical.
fn relative(base: &Path, path: &Path) -> String {
    let common = base.components().zip(path.components()).take_while(|(base, path)| base == path).count();
    let up = base.components().skip(common).map(|_| "..".into());
    let down = path.components().skip(common).map(Component::as_os_str).map(|part| part.to_string_lossy());
    up.chain(down).collect::<Vec<_>>().join("/")
}
