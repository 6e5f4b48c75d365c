//! `seaworthy policy test`: runs the `test_` rules of `_test.rego` files, with coverage.

use std::collections::BTreeSet;

#[cfg(test)]
use regorus::unstable::{Expr, Literal, Rule};
use regorus::unstable::{Module, Ref};
use regorus::{Engine, Value};
use serde_json::Value as Json;
#[cfg(test)]
use serde_json::json;

use super::analysis;
use super::bundle::{Bundle, below_data};
use super::engine::{self, engine};
use super::judge::STACK;
use super::rego::{Fault, Machine, Partial};
use super::{Expects, PolicyError, PolicySet, Source};

/// What came of all tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestRun {
    /// By path of the test file.
    pub files: Vec<FileResult>,
    /// Lines of policies that no test reached: path and lines.
    pub not_covered: Vec<(String, BTreeSet<u32>)>,
    /// Policies without a test file beside them.
    pub untested: Vec<String>,
    /// Lines that can be reached.
    pub lines: usize,
    /// Those of the lines that a test reached.
    pub covered: usize,
}

/// What came of one test file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileResult {
    /// Path of the file.
    pub path: String,
    /// Names of the tests that passed.
    pub passed: Vec<String>,
    /// Names of the tests that did not, and why.
    pub failed: Vec<(String, String)>,
}

impl TestRun {
    /// How many tests there are.
    pub fn tests(&self) -> usize {
        self.files.iter().map(|file| file.passed.len() + file.failed.len()).sum()
    }

    /// How many of them failed.
    pub fn failures(&self) -> usize {
        self.files.iter().map(|file| file.failed.len()).sum()
    }
}

/// Runs every test in the sources, policies and tests together, with what stands below `data` besides them. Parameters
/// have the defaults of the headers.
///
/// They are run as the policies of users are, so that a test says what a check says. Regorus runs them besides: it tells
/// the lines that are reached, and has to agree on the policies that it judges by.
pub fn run_tests(sources: &[Source], data: &Json, expects: Expects) -> Result<TestRun, PolicyError> {
    std::thread::scope(|scope| {
        let run = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || run_all(sources, data, expects));
        let run = run.map_err(|error| engine::syntax("threads", error))?;
        run.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn run_all(sources: &[Source], data: &Json, expects: Expects) -> Result<TestRun, PolicyError> {
    let set = PolicySet::with_data(sources.to_vec(), data.clone(), expects)?;
    let mut engine = with(sources, data, &set.parameters)?;
    engine.set_enable_coverage(true);
    let modules: Vec<Ref<Module>> = engine.get_modules().clone();
    let bundle = Bundle::new(&modules, data.clone(), &set.parameters)?;
    let mut machine = Machine::new(&bundle.program, bundle.base(&set.parameters));
    let mut run = TestRun::default();
    for (source, module) in sources.iter().zip(&modules).filter(|(source, _)| source.is_test()) {
        let mut result = FileResult { path: source.path.clone(), passed: Vec::new(), failed: Vec::new() };
        let package = analysis::package(module);
        let names: BTreeSet<&str> = module
            .policy
            .iter()
            .map(|rule| analysis::rule_name(rule))
            .filter(|name| name.starts_with("test_"))
            .collect();
        for name in names {
            let entry = format!("{package}.{name}");
            let by_regorus = engine.eval_rule(entry.clone());
            let value = match bundle.program.find(&entry).map(|rule| machine.of(rule)) {
                Some(Ok((Some(Partial::Known(value)), None))) => Ok(value),
                Some(Err(Fault::Error(message) | Fault::Limit(message))) => Err(message),
                _ => Ok(Value::Undefined),
            };
            let value = match value {
                Ok(Value::Bool(true)) if source.built_in => by_regorus.map_err(|error| error.to_string()),
                value => value,
            };
            let said = match value {
                Ok(Value::Bool(true)) => Ok(()),
                Ok(Value::Undefined) => Err("it is undefined, not true".to_owned()),
                Ok(other) => Err(format!("it is {other}, not true")),
                Err(message) => Err(message),
            };
            match said {
                Ok(()) => result.passed.push(name.to_owned()),
                Err(why) => result.failed.push((name.to_owned(), why)),
            }
        }
        run.files.push(result);
    }
    let report = engine
        .get_coverage_report()
        .map_err(|error| PolicyError::Syntax { path: "coverage".to_owned(), message: error.to_string() })?;
    for file in report.files.iter().filter(|file| !file.path.ends_with("_test.rego")) {
        run.lines += file.covered.len() + file.not_covered.len();
        run.covered += file.covered.len();
        if !file.not_covered.is_empty() {
            run.not_covered.push((file.path.clone(), file.not_covered.clone()));
        }
    }
    let tests: BTreeSet<&str> =
        sources.iter().filter(|source| source.is_test()).map(|source| source.path.as_str()).collect();
    run.untested = set
        .policies()
        .iter()
        .map(|policy| policy.source.path.clone())
        .filter(|path| !tests.contains(path.replace(".rego", "_test.rego").as_str()))
        .collect();
    Ok(run)
}

/// An engine with all files and the parameters.
fn with(sources: &[Source], data: &Json, parameters: &Json) -> Result<Engine, PolicyError> {
    let mut engine = engine();
    for source in sources {
        engine::add(&mut engine, source)?;
    }
    engine.add_data(below_data(data, parameters)).map_err(|error| engine::syntax("data", error))?;
    Ok(engine)
}

/// The inputs that tests give to policies (`with input as …`), for those that hold one engine against the other. Only
/// what does not depend on names of a rule's body can be taken out. Each comes with the path of its test.
#[cfg(test)]
pub(crate) fn inputs(sources: &[Source]) -> Result<Vec<(String, Value)>, PolicyError> {
    let engine = &mut with(sources, &json!({}), &json!({}))?;
    let modules: Vec<Ref<Module>> = engine.get_modules().clone();
    let mut lifted = sources.to_vec();
    let mut entries = Vec::new();
    for (source, module) in lifted.iter_mut().zip(&modules).filter(|(source, _)| source.is_test()) {
        for text in module.policy.iter().flat_map(|rule| given_inputs(rule)) {
            let name = format!("input__{}", entries.len());
            source.text.push_str(&format!("\n{name} := {text}\n"));
            entries.push((source.path.clone(), format!("{}.{name}", analysis::package(module))));
        }
    }
    let mut engine = with(&lifted, &json!({}), &json!({}))?;
    let value = |(path, entry)| engine.eval_rule(entry).ok().map(|value| (path, value));
    Ok(entries.into_iter().filter_map(value).filter(|(_, value)| *value != Value::Undefined).collect())
}

#[cfg(test)]
fn given_inputs(rule: &Rule) -> Vec<String> {
    let Rule::Spec { bodies, .. } = rule else { return Vec::new() };
    bodies
        .iter()
        .flat_map(|body| &body.query.stmts)
        .filter(|statement| matches!(statement.literal, Literal::Expr { .. } | Literal::NotExpr { .. }))
        .flat_map(|statement| &statement.with_mods)
        .filter(|modifier| matches!(modifier.refr.as_ref(), Expr::Var { span, .. } if span.text() == "input"))
        .map(|modifier| {
            let text = analysis::text_of(modifier.r#as.span());
            // The parser's span of an object starts at its first key.
            let open = text.matches('{').count() < text.matches('}').count();
            if open { format!("{{{text}") } else { text.to_owned() }
        })
        .collect()
}
