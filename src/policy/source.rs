//! Files of policies: those that are built in, and those of folders.

use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::PolicyError;

pub(super) static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/policies");

/// A Rego file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// For messages, with `/`.
    pub path: String,
    /// What stands in it.
    pub text: String,
    /// It is part of the program.
    pub built_in: bool,
}

impl Source {
    pub(super) fn read(path: &Path) -> Result<Self, PolicyError> {
        let trouble = |source| PolicyError::Read { path: slashes(path), source };
        // A pipe or a device may never end.
        if !fs::metadata(path).map_err(trouble)?.is_file() {
            return Err(trouble(std::io::Error::other("it is no regular file")));
        }
        let text = fs::read_to_string(path).map_err(trouble)?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        Ok(Self { path: slashes(path), text, built_in: false })
    }

    pub(crate) fn is_test(&self) -> bool {
        self.path.ends_with("_test.rego")
    }

    /// The policies and their tests that are part of the program.
    pub fn built_in() -> Vec<Self> {
        fn walk(dir: &Dir<'_>, into: &mut Vec<Source>) {
            for file in dir.files() {
                if let (Some("rego"), Some(text)) =
                    (file.path().extension().and_then(|e| e.to_str()), file.contents_utf8())
                {
                    into.push(Source {
                        path: format!("policies/{}", slashes(file.path())),
                        text: text.to_owned(),
                        built_in: true,
                    });
                }
            }
            dir.dirs().for_each(|dir| walk(dir, into));
        }
        let mut sources = Vec::new();
        walk(&BUILT_IN, &mut sources);
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        sources
    }

    /// Every `.rego` file in a directory and below, hidden ones left out, or one file. Links to directories are not
    /// followed.
    pub fn in_dir(dir: &Path) -> Result<Vec<Self>, PolicyError> {
        let mut sources = Vec::new();
        if dir.is_file() {
            sources.push(Self::read(dir)?);
        } else {
            walk_dir(dir, &mut sources)?;
        }
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        if sources.is_empty() {
            return Err(PolicyError::NoPolicies { path: slashes(dir) });
        }
        Ok(sources)
    }
}

pub(super) fn walk_dir(dir: &Path, into: &mut Vec<Source>) -> Result<(), PolicyError> {
    let trouble = |path: &Path, source| PolicyError::Read { path: slashes(path), source };
    for entry in fs::read_dir(dir).map_err(|error| trouble(dir, error))? {
        let entry = entry.map_err(|error| trouble(dir, error))?;
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let kind = entry.file_type().map_err(|error| trouble(&path, error))?;
        if kind.is_dir() {
            walk_dir(&path, into)?;
        } else if path.extension().is_some_and(|extension| extension == "rego") {
            into.push(Source::read(&path)?);
        }
    }
    Ok(())
}

pub(super) fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
