//! Loading: from the binary and from directories, checked before anything is judged.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use rayon::prelude::*;
use regorus::unstable::Module;
use serde_json::Value as Json;

use super::engine::{self, engine};
use super::header::{Custom, Header, SeverityRule};
use super::rules::{check, denies};
use super::{Policy, PolicyError, PolicySet, analysis};
use crate::config::Severity;
use crate::model::KINDS;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/policies");

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

    /// Every `.rego` file in a directory and below, hidden ones left out. Links to directories are not followed.
    pub fn in_dir(dir: &Path) -> Result<Vec<Self>, PolicyError> {
        let mut sources = Vec::new();
        walk_dir(dir, &mut sources)?;
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        if sources.is_empty() {
            return Err(PolicyError::NoPolicies { path: slashes(dir) });
        }
        Ok(sources)
    }
}

fn walk_dir(dir: &Path, into: &mut Vec<Source>) -> Result<(), PolicyError> {
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
            let text = fs::read_to_string(&path).map_err(|error| trouble(&path, error))?;
            into.push(Source { path: slashes(&path), text, built_in: false });
        }
    }
    Ok(())
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

impl PolicySet {
    /// The built-in policies, and those of the directories.
    pub fn load(dirs: &[impl AsRef<Path>]) -> Result<Self, PolicyError> {
        let mut sources = Source::built_in();
        for dir in dirs {
            let found = Source::in_dir(dir.as_ref())?;
            if !found.iter().any(|source| !source.is_test() && declares_deny(source)) {
                return Err(PolicyError::NoPolicies { path: slashes(dir.as_ref()) });
            }
            sources.extend(found);
        }
        Self::from_sources(sources)
    }

    /// Loads and checks. Tests are left out.
    pub fn from_sources(sources: Vec<Source>) -> Result<Self, PolicyError> {
        let (mut policies, mut libraries) = (Vec::new(), Vec::new());
        let sources: Vec<_> = sources.into_iter().filter(|source| !source.is_test()).collect();
        let headers: Vec<_> = sources.par_iter().map(header).collect();
        for (source, header) in sources.into_iter().zip(headers) {
            match header? {
                Some(header) => policies.push(Policy::new(source, header)),
                None => libraries.push(source),
            }
        }
        policies.sort_by(|a, b| a.id().cmp(b.id()));
        check_ids(&policies)?;
        let mut engine = engine();
        for library in &libraries {
            let module = engine::add(&mut engine, library)?;
            check(library, &module)?;
        }
        let mut set = Self { policies, libraries: engine, by_kind: Vec::new(), parameters: Json::Null };
        set.route();
        set.probe()?;
        Ok(set)
    }
}

/// The header of a policy; `None` for what policies import. Ours are told by their header, and need not be parsed until
/// they are asked; those of others by their rules.
fn header(source: &Source) -> Result<Option<Header>, PolicyError> {
    if source.built_in {
        return Header::read(&source.path, &source.text);
    }
    let module = engine::add(&mut engine(), source)?;
    if denies(&module).next().is_none() {
        return Ok(None);
    }
    Ok(Some(Header::read(&source.path, &source.text)?.unwrap_or_else(|| foreign_header(&module))))
}

fn check_ids(policies: &[Policy]) -> Result<(), PolicyError> {
    let mut seen: BTreeMap<&str, &Policy> = BTreeMap::new();
    for policy in policies {
        for id in std::iter::once(policy.id()).chain(policy.aliases().iter().map(String::as_str)) {
            if let Some(other) = seen.insert(id, policy) {
                return Err(PolicyError::DuplicateId {
                    id: id.to_owned(),
                    path: policy.source.path.clone(),
                    other: other.source.path.clone(),
                });
            }
        }
    }
    Ok(())
}

fn declares_deny(source: &Source) -> bool {
    // A file that cannot be parsed counts, so that its error is shown and not that there are no policies.
    engine::add(&mut engine(), source).map_or(true, |module| denies(&module).next().is_some())
}

impl Policy {
    fn new(source: Source, header: Header) -> Self {
        let parameters =
            header.custom.parameters.iter().map(|(name, value)| (name.clone(), value.default.clone())).collect();
        let area = source.path.rsplit('/').nth(1).unwrap_or_default().to_owned();
        Self { header, area, source, rules: OnceLock::new(), severity_override: None, parameters }
    }
}

/// What stands in for the header of a policy that was written for another tool: every kind, medium severity.
fn foreign_header(module: &Module) -> Header {
    let package = analysis::package(module);
    let id = package.rsplit('.').next().unwrap_or(&package).replace('_', "-");
    let all_warn = denies(module).all(|rule| analysis::rule_name(rule).starts_with("warn"));
    let severity = if all_warn { Severity::Low } else { Severity::Medium };
    Header::foreign(
        package.trim_start_matches("data.").to_owned(),
        Custom::foreign(id, SeverityRule::One(severity), KINDS.iter().map(|info| info.name.to_owned()).collect()),
    )
}
