//! Where the code of a plan lies, if nobody says so: the directory that holds the blocks of its root module.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;

use super::address::{split, without_indexes};
use super::tree::{Tree, is_code};
use crate::model::Inventory;

/// Directories that are looked into. A repository with more wants to be told.
const MAX_DIRECTORIES: usize = 20_000;

/// Directories that hold no code of a project.
const SKIPPED: &[&str] = &["node_modules", "target", "vendor"];

/// The directory below `base` that declares the most blocks of the root module that the inventory's resources come from.
/// `None`: `here` declares all of them, nothing else declares any, or several directories do so equally well.
pub fn find_source(inventory: &Inventory, here: &Path, base: &Path) -> Option<PathBuf> {
    find_code(inventory.resources.iter().filter_map(|resource| resource.origin.address.as_deref()), here, base)
}

/// As [`find_source`], by addresses.
pub(super) fn find_code<'a>(addresses: impl Iterator<Item = &'a str>, here: &Path, base: &Path) -> Option<PathBuf> {
    let wanted: BTreeSet<String> = addresses.map(root_block).collect();
    let of = |directory: &Path| Tree::open(directory, base).map_or(0, |tree| tree.declared(&wanted));
    if wanted.is_empty() {
        return None;
    }
    let own = of(here);
    if own == wanted.len() {
        return None;
    }
    let names: BTreeSet<String> =
        wanted.iter().filter_map(|block| Some(format!("\"{}\"", block.rsplit_once('.')?.1))).collect();
    // All of them are looked for at once: a plan has thousands, and a repository thousands of files.
    let names = AhoCorasick::new(names).ok()?;
    let mut best: (usize, Option<PathBuf>) = (own, None);
    for directory in directories(base) {
        if !mentions(&directory, &names) || is_same(&directory, here) {
            continue;
        }
        match of(&directory) {
            0 => {}
            number if number > best.0 => best = (number, Some(directory)),
            // Copies of one module, for one environment each: the addresses do not tell which one it is.
            number if number == best.0 => best.1 = None,
            _ => {}
        }
    }
    best.1
}

/// The block of the root module that an address leads through: `aws_db_instance.main`, `module.db`.
fn root_block(address: &str) -> String {
    let address = without_indexes(address);
    match split(&address) {
        (modules, block) if modules.is_empty() => block.to_owned(),
        (modules, _) => format!("module.{}", modules.first().copied().unwrap_or_default()),
    }
}

fn is_same(a: &Path, b: &Path) -> bool {
    a.canonicalize().ok().zip(b.canonicalize().ok()).is_some_and(|(a, b)| a == b)
}

/// The base and everything below it, in a fixed order, without what is hidden or a link.
fn directories(base: &Path) -> Vec<PathBuf> {
    let mut found = vec![base.to_owned()];
    let mut at = 0;
    while let Some(directory) = found.get(at).filter(|_| found.len() < MAX_DIRECTORIES) {
        let entries = fs::read_dir(directory).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        let seen = |name: &str| !name.starts_with('.') && !SKIPPED.contains(&name);
        let mut folders: Vec<_> =
            folders.filter(|entry| entry.file_name().to_str().is_some_and(seen)).map(|entry| entry.path()).collect();
        folders.sort();
        found.extend(folders);
        at += 1;
    }
    found
}

/// Whether any code in a directory has one of the names in it: to read a text is cheaper than to parse it.
fn mentions(directory: &Path, names: &AhoCorasick) -> bool {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let code = entries.filter(|entry| entry.file_name().to_str().is_some_and(is_code));
    let mut texts = code.filter_map(|entry| fs::read_to_string(entry.path()).ok());
    texts.any(|text| names.is_match(&text))
}
