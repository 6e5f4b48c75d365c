//! Loading: from the binary and from directories, checked before anything is judged.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use regorus::Engine;
use regorus::unstable::{Module, Ref};
use serde_json::Value as Json;

use super::bundle::{self, Bundle};
use super::engine::{self, engine};
use super::header::{Custom, Header, PLAN, SeverityRule};
use super::rules::{Rules, check};
use super::source::Source;
use super::source::slashes;
use super::{Expects, Policy, PolicyError, PolicySet, analysis, data};
use crate::model::{Kind, Severity};
use crate::policy::deny::denies;

impl PolicySet {
    /// The built-in policies, and those of the directories with the data beside them and in single files.
    pub fn load(dirs: &[PathBuf], files: &[PathBuf], expects: Expects) -> Result<Self, PolicyError> {
        let mut sources = Source::built_in();
        for dir in dirs {
            let found = Source::in_dir(dir)?;
            if !found.iter().any(|source| !source.is_test() && declares_deny(source)) {
                return Err(PolicyError::NoPolicies { path: slashes(dir) });
            }
            sources.extend(found);
        }
        Self::with_data(sources, data::read(dirs, files)?, expects)
    }

    /// Loads and checks. Tests are left out.
    pub fn from_sources(sources: Vec<Source>) -> Result<Self, PolicyError> {
        Self::with_data(sources, Json::Object(serde_json::Map::new()), Expects::Resource)
    }

    /// Loads and checks, with what stands below `data` besides the policies.
    pub fn with_data(sources: Vec<Source>, data: Json, expects: Expects) -> Result<Self, PolicyError> {
        let sources: Vec<_> = sources.into_iter().filter(|source| !source.is_test()).collect();
        let (built_in, users): (Vec<_>, Vec<_>) = sources.into_iter().partition(|source| source.built_in);
        let (mut policies, mut libraries) = (Vec::new(), Vec::new());
        let headers: Vec<_> = built_in.par_iter().map(|source| Header::read(&source.path, &source.text)).collect();
        for (source, header) in built_in.into_iter().zip(headers) {
            match header? {
                Some(header) => policies.push(Policy::new(source, header)),
                None => libraries.push(source),
            }
        }
        let mut engine = engine();
        for library in &libraries {
            let module = engine::add(&mut engine, library)?;
            check(library, &module)?;
        }
        let mut set =
            Self { policies, libraries: engine.clone(), bundle: None, by_kind: Vec::new(), parameters: Json::Null };
        if !users.is_empty() {
            set.policies.extend(written_by_users(users, &mut engine, expects)?);
        }
        set.policies.sort_by(|a, b| a.id().cmp(b.id()));
        check_ids(&set.policies)?;
        set.route();
        if set.policies.iter().any(|policy| !policy.source.built_in) {
            let modules = engine.get_modules().clone();
            let bundle = Bundle::new(&modules, data, &set.parameters);
            let users = set.policies.iter_mut().filter(|policy| !policy.source.built_in);
            let with_module = |policy| {
                let policy: &mut Policy = policy;
                let path = &policy.source.path;
                let module = modules.iter().find(|module| module.package.span.source.get_path() == path)?;
                Some((policy, module.as_ref()))
            };
            let mut read = Vec::new();
            // Errors that name the right path or parameter say more than "not found", so they come first.
            for (policy, module) in users.filter_map(with_module) {
                let rules = match policy.is_about_plans() {
                    true => Rules::about_plans(module, &policy.header.custom, &modules)?,
                    false => Rules::written_by_user(module, &policy.header.custom, &modules)?,
                };
                read.push((policy, module, rules));
            }
            let bundle = bundle?;
            for (policy, module, mut rules) in read {
                rules.asked = Some(bundle.asked(module));
                policy.rules = OnceLock::from(rules);
            }
            set.bundle = Some(Arc::new(bundle));
        }
        Ok(set)
    }
}

/// The policies in the files of users. All of their files are added to the engine.
fn written_by_users(sources: Vec<Source>, engine: &mut Engine, expects: Expects) -> Result<Vec<Policy>, PolicyError> {
    let mut policies = Vec::new();
    let mut without_header: Vec<(Source, Ref<Module>)> = Vec::new();
    for source in sources {
        let module = engine::add(engine, &source)?;
        bundle::check(&module)?;
        let header = Header::of_user(&source.path, &source.text)?;
        let denies = denies(&module).next().is_some();
        match header {
            Some(header) if denies => policies.push(Policy::new(source, header)),
            Some(_) => return Err(PolicyError::NoDeny { path: source.path }),
            None if denies => without_header.push((source, module)),
            None => {}
        }
    }
    // What is named by its package is named by its file where several packages end in the same word.
    let by_package = |module: &Module| kebab(analysis::package(module).rsplit('.').next().unwrap_or_default());
    let names: Vec<String> = without_header.iter().map(|(_, module)| by_package(module)).collect();
    let taken: Vec<String> = policies.iter().map(|policy| policy.id().to_owned()).collect();
    for (source, module) in without_header {
        let name = by_package(&module);
        let is_taken = names.iter().filter(|other| **other == name).count() > 1 || taken.contains(&name);
        let file = source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rego");
        let id = if is_taken { kebab(file) } else { name };
        let header = foreign_header(&module, id, expects);
        policies.push(Policy::new(source, header));
    }
    Ok(policies)
}

fn kebab(name: &str) -> String {
    name.replace(['_', '.', ' '], "-").to_lowercase()
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

/// What stands in for the header of a policy that was written for another tool: every kind, or a plan, and medium
/// severity.
fn foreign_header(module: &Module, id: String, expects: Expects) -> Header {
    let package = analysis::package(module);
    let kinds = Kind::all().filter(|kind| match expects {
        Expects::Resource => !kind.is_of_code(),
        Expects::Terraform => kind.name() == PLAN,
    });
    let all_warn = denies(module).all(|rule| analysis::rule_name(rule).starts_with("warn"));
    let severity = if all_warn { Severity::Low } else { Severity::Medium };
    Header::foreign(
        package.trim_start_matches("data.").to_owned(),
        Custom::foreign(id, SeverityRule::One(severity), kinds.collect()),
    )
}
