//! Real plans and states of others, and what their tools say of them. `SEAWORTHY_CORPUS` names the folder.

mod census;
mod hcl;
mod peers;

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The folder of the corpus. `None`: there is none here, and it was said.
pub(crate) fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("SEAWORTHY_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        say("corpus: skipped, because SEAWORTHY_CORPUS is not set");
    }
    folder
}

/// Says it past the test's capture of what is printed.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// The files below a folder, by name.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}
