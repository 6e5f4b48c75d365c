//! Loading: from the binary and from directories, checked before anything is judged.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};
use regorus::Engine;
use regorus::unstable::{Expr, Module, Query, Ref, Rule, RuleHead};
use serde_json::Value as Json;

use super::analysis::{self, Analysis, BadPath};
use super::header::{Custom, Header, SeverityRule};
use super::schema::{Nodes, Schema};
use super::{Policy, PolicyError, PolicySet, Question};
use crate::config::Severity;
use crate::model::KINDS;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/policies");

/// Names that make a verdict depend on more than the resource. `http.send` is not built in at all.
const IMPURE: &[&str] = &["time.now_ns", "rand.intn", "uuid.rfc4122", "opa.runtime", "http.send", "trace"];

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
        let sources: Vec<_> = sources.into_iter().filter(|source| !source.is_test()).collect();
        let mut engine = parse(&sources)?;
        let modules: Vec<Ref<Module>> = engine.get_modules().clone();
        let schema = Schema::of_resource();
        let analysis = Analysis::new(&schema, modules.iter().map(AsRef::as_ref));
        let (mut policies, mut libraries) = (Vec::new(), Vec::new());
        for (source, module) in sources.iter().zip(&modules) {
            check(source, module)?;
            if denies(module).next().is_some() {
                policies.push(Policy::new(source, module, &analysis)?);
            } else {
                libraries.push(source.clone());
            }
        }
        drop(modules);
        policies.sort_by(|a, b| a.id().cmp(b.id()));
        let mut seen: BTreeMap<&str, &Policy> = BTreeMap::new();
        for policy in &policies {
            for id in std::iter::once(policy.id()).chain(policy.aliases().iter().map(String::as_str)) {
                if let Some(other) = seen.insert(id, policy) {
                    return Err(PolicyError::DuplicateId {
                        id: id.to_owned(),
                        path: policy.module.path.clone(),
                        other: other.module.path.clone(),
                    });
                }
            }
        }
        let mut set =
            Self { policies, libraries, schema, by_kind: Vec::new(), wanted: Vec::new(), parameters: Json::Null };
        set.route();
        set.probe()?;
        Ok(set)
    }
}

/// Parses all files in one engine, in their order.
fn parse(sources: &[Source]) -> Result<Engine, PolicyError> {
    let mut engine = Engine::new();
    for source in sources {
        engine
            .add_policy(source.path.clone(), source.text.clone())
            .map_err(|error| PolicyError::Syntax { path: source.path.clone(), message: error.to_string() })?;
    }
    Ok(engine)
}

/// Definitions that say what is wrong. Conftest's names are understood.
fn denies(module: &Module) -> impl Iterator<Item = &Rule> {
    module.policy.iter().map(AsRef::as_ref).filter(|rule| {
        let name = analysis::rule_name(rule);
        matches!(rule, Rule::Spec { head: RuleHead::Set { .. }, .. })
            && ["deny", "violation", "warn"]
                .iter()
                .any(|word| name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('_')))
    })
}

fn declares_deny(source: &Source) -> bool {
    // A file that cannot be parsed counts, so that its error is shown and not that there are no policies.
    parse(std::slice::from_ref(source))
        .map_or(true, |mut engine| engine.get_modules().first().is_some_and(|module| denies(module).next().is_some()))
}

/// What regorus would accept and we do not.
fn check(source: &Source, module: &Module) -> Result<(), PolicyError> {
    for rule in &module.policy {
        if let Rule::Default { args, span, .. } = rule.as_ref()
            && !args.is_empty()
        {
            return Err(PolicyError::DefaultFunction { path: source.path.clone(), line: span.line });
        }
    }
    for (at, line) in source.text.lines().enumerate() {
        let code = line.split('#').next().unwrap_or_default();
        if let Some(name) = IMPURE.iter().find(|name| code.contains(&format!("{name}("))) {
            return Err(PolicyError::Impure {
                path: source.path.clone(),
                line: u32::try_from(at + 1).unwrap_or(u32::MAX),
                name: (*name).to_owned(),
            });
        }
    }
    Ok(())
}

impl Policy {
    fn new<'m>(source: &Source, module: &'m Module, analysis: &Analysis<'m>) -> Result<Self, PolicyError> {
        let header = match Header::read(&source.path, &source.text)? {
            Some(header) => header,
            None => foreign_header(module),
        };
        let mut split = Splitter { package: analysis::package(module), text: source.text.clone(), module, analysis };
        let bodies = denies(module)
            .enumerate()
            .map(|(at, rule)| split.question(rule, &format!("deny__{at}")))
            .collect::<Result<Vec<_>, _>>()?;
        let applies = split.single("applies")?;
        let satisfied = split.single("satisfied")?;
        let parameters =
            header.custom.parameters.iter().map(|(name, value)| (name.clone(), value.default.clone())).collect();
        let area = source.path.rsplit('/').nth(1).unwrap_or_default().to_owned();
        let mut policy = Self {
            header,
            area,
            module: Source { text: split.text, ..source.clone() },
            bodies,
            applies,
            satisfied,
            severity_override: None,
            parameters,
        };
        policy.number();
        Ok(policy)
    }

    fn number(&mut self) {
        let roots = self.bodies.iter_mut().chain(&mut self.applies).chain(&mut self.satisfied);
        let mut next = 0..;
        for root in roots {
            root.index = next.next().unwrap_or_default();
            for conjunct in &mut root.conjuncts {
                conjunct.index = next.next().unwrap_or_default();
            }
        }
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

/// Writes each definition, and each statement that stands for itself, as a rule of its own below the file, so that
/// each can be asked alone. The lines of the file stay where they are.
struct Splitter<'m, 'a> {
    package: String,
    text: String,
    module: &'m Module,
    analysis: &'a Analysis<'m>,
}

impl<'m> Splitter<'m, '_> {
    fn single(&mut self, name: &str) -> Result<Option<Question>, PolicyError> {
        let rules: Vec<&'m Rule> =
            self.module.policy.iter().map(AsRef::as_ref).filter(|rule| analysis::rule_name(rule) == name).collect();
        let Some((first, rest)) = rules.split_first() else { return Ok(None) };
        let entry = format!("{}.{name}", self.package);
        let mut reads = self.analysis.rule(self.module, first).map_err(unknown_path)?;
        for rule in rest {
            reads.extend(&self.analysis.rule(self.module, rule).map_err(unknown_path)?);
        }
        // Only a single definition is a conjunction; of several, any is enough.
        let conjuncts = if rest.is_empty() { self.conjuncts(first, name)? } else { Vec::new() };
        Ok(Some(Question { index: 0, entry, reads, conjuncts }))
    }

    fn question(&mut self, rule: &'m Rule, name: &str) -> Result<Question, PolicyError> {
        let reads = self.analysis.rule(self.module, rule).map_err(unknown_path)?;
        let text = analysis::text_of(rule.span());
        let head = analysis::rule_name(rule);
        let rest = text.strip_prefix(head).unwrap_or(text);
        self.text.push_str(&format!("\n{name}{rest}\n"));
        let conjuncts = self.conjuncts(rule, name)?;
        Ok(Question { index: 0, entry: format!("{}.{name}", self.package), reads, conjuncts })
    }

    fn conjuncts(&mut self, rule: &'m Rule, name: &str) -> Result<Vec<Question>, PolicyError> {
        let Rule::Spec { bodies, .. } = rule else { return Ok(Vec::new()) };
        let [body] = bodies.as_slice() else { return Ok(Vec::new()) };
        let query: &'m Query = &body.query;
        let locals = analysis::local_names(query);
        let mut questions = Vec::new();
        for statement in &query.stmts {
            let text = analysis::text_of(&statement.span);
            let mentions_local = words(text).any(|word| locals.contains(word));
            let reads = if mentions_local {
                continue;
            } else {
                self.analysis.statement(self.module, statement).map_err(unknown_path)?
            };
            let binds = matches!(&statement.literal, regorus::unstable::Literal::Expr { expr, .. }
                if matches!(expr.as_ref(), Expr::AssignExpr { .. }));
            if binds || reads.all == Nodes::default() {
                continue;
            }
            let entry = format!("{name}__if_{}", questions.len());
            self.text.push_str(&format!("\n{entry} if {{ {text} }}\n"));
            questions.push(Question {
                index: 0,
                entry: format!("{}.{entry}", self.package),
                reads,
                conjuncts: Vec::new(),
            });
        }
        Ok(questions)
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

fn unknown_path(bad: BadPath) -> PolicyError {
    let hint = bad.nearest.map(|near| format!(" (did you mean 'input.{near}'?)")).unwrap_or_default();
    PolicyError::UnknownPath { file: bad.file, line: bad.line, path: bad.path, hint }
}
