//! Source: on which line of which file does a planned resource stand? A plan has no lines, so they come from the
//! Terraform code that lies beside it. Waivers in that code are read on the way.

mod address;
mod block;
mod expression;
mod file;
mod find;
mod hcl;
mod json;
mod notes;
mod tree;
mod waiver;

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::model::Inventory;

pub use address::without_indexes;
pub(crate) use expression::{Gives, Share, These};
pub use find::find_source;
pub use notes::{InlineWaiver, SourceNotes, SourceTrouble};
use tree::Tree;

/// What the code makes of what it refers to, which a plan does not show. It is read when it is first asked for.
#[derive(Clone, Debug)]
pub struct Code {
    /// The directory of the root module.
    pub here: PathBuf,
    /// The top of the repository.
    pub base: PathBuf,
    /// The code may lie elsewhere in the repository.
    pub search: bool,
}

/// [`Code`] of one plan.
#[derive(Default)]
pub(crate) struct Expressions {
    code: Option<Code>,
    addresses: Vec<String>,
    tree: OnceCell<Option<RefCell<Tree>>>,
}

impl fmt::Debug for Expressions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expressions").field("code", &self.code).finish_non_exhaustive()
    }
}

impl Expressions {
    /// `addresses`: those of the plan's resources, by which its code is found.
    pub(crate) fn new(code: Option<&Code>, addresses: impl Iterator<Item = String>) -> Self {
        let is_searched = code.is_some_and(|code| code.search);
        let addresses = if is_searched { addresses.collect() } else { Vec::new() };
        Self { code: code.cloned(), addresses, tree: OnceCell::new() }
    }

    /// What the expression of an attribute gives, where there is code of it. `address` is one of a block, without indexes.
    pub(crate) fn gives(&self, address: &str, attribute: &str) -> Option<Gives> {
        self.tree()?.borrow_mut().gives(address, attribute)
    }

    /// The region of a provider of the root module (`aws`, `aws.west`), where the code makes it of texts, locals and the
    /// variables that are given.
    pub(crate) fn region(&self, provider: &str, variable: impl Fn(&str) -> Option<String>) -> Option<String> {
        match self.tree()?.borrow_mut().region(provider)? {
            block::Word::Text(region) => Some(region),
            block::Word::Reference(name) => variable(name.strip_prefix("var.")?),
        }
    }

    /// Whether a `dynamic` block makes blocks of that name. False also where there is no code.
    pub(crate) fn is_dynamic(&self, address: &str, name: &str) -> bool {
        self.tree().is_some_and(|tree| tree.borrow_mut().is_dynamic(address, name))
    }

    fn tree(&self) -> Option<&RefCell<Tree>> {
        let open = || {
            let Code { here, base, search } = self.code.as_ref()?;
            let addresses = || self.addresses.iter().map(String::as_str);
            let found = search.then(|| find::find_code(addresses(), here, base)).flatten();
            Tree::open(found.as_deref().unwrap_or(here), base).ok().map(RefCell::new)
        };
        self.tree.get_or_init(open).as_ref()
    }
}

/// Fills `origin.location` and `origin.lines` of every resource that has an address, from the root module in
/// `source_dir`. Files are given relative to it.
pub fn locate(inventory: &mut Inventory, source_dir: &Path) -> SourceNotes {
    locate_within(inventory, source_dir, source_dir)
}

/// As [`locate`], with files given relative to `base`, and local modules outside of `source_dir` and inside of `base`
/// taken for the project's own. So annotations are right where the code is not at the top of its repository.
pub fn locate_within(inventory: &mut Inventory, source_dir: &Path, base: &Path) -> SourceNotes {
    let mut tree = match Tree::open(source_dir, base) {
        Ok(tree) => tree,
        Err(trouble) => return SourceNotes { troubles: vec![trouble], ..SourceNotes::default() },
    };
    let mut found = HashMap::new();
    for resource in &mut inventory.resources {
        let Some(address) = resource.origin.address.as_deref().map(without_indexes) else { continue };
        let found = found.entry(address).or_insert_with_key(|address| tree.find(address));
        if let Some((location, lines)) = found {
            resource.origin.location = Some(location.clone());
            resource.origin.lines = lines.iter().map(|(name, extent)| (name.clone(), extent.line)).collect();
            resource.origin.extents.clone_from(lines);
        }
    }
    tree.into_notes()
}

#[cfg(test)]
mod tests;
