//! The policies of users, as one bundle: all files see each other, the libraries of the program, and files of data.

use std::collections::BTreeSet;

use regorus::Value;
use regorus::unstable::{Expr, Module, Ref, Rule, RuleHead};
use serde_json::Value as Json;

use super::deny::is_deny;
use super::rego::{self, Program, RuleId};
use super::{PolicyError, analysis};
use crate::policy::deny::denies;

/// What is run to judge by them.
#[derive(Debug)]
pub(crate) struct Bundle {
    pub program: Program,
    /// What the files of data hold.
    data: Json,
}

/// The rules of one policy in the program of the bundle.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The file whose definitions count: others may share its package.
    pub file: String,
    pub denies: Vec<RuleId>,
    /// Those of them that only warn.
    pub warns: Vec<RuleId>,
    pub applies: Option<RuleId>,
    pub satisfied: Option<RuleId>,
    pub arises: Option<RuleId>,
}

impl Bundle {
    /// The parameters tell which names there are.
    pub(crate) fn new(modules: &[Ref<Module>], data: Json, parameters: &Json) -> Result<Self, PolicyError> {
        let all: Vec<&Module> = modules.iter().map(AsRef::as_ref).collect();
        let program = rego::lower(&all, &below_data(&data, parameters))?;
        if let Some(name) = program.names().find(|name| {
            let path = name.strip_prefix("data.").unwrap_or(name);
            path.split('.').try_fold(&data, |at, name| at.get(name)).is_some()
        }) {
            let message = format!("'{name}' is a rule, and the data files have a value at that place, too");
            return Err(PolicyError::Data { path: "data".to_owned(), message });
        }
        Ok(Self { program, data })
    }

    /// `data` with the files and the parameters of this run.
    pub(crate) fn base(&self, parameters: &Json) -> Value {
        below_data(&self.data, parameters)
    }

    pub(crate) fn asked(&self, module: &Module) -> Asked {
        let package = analysis::package(module);
        let find = |name: &str| self.program.find(&format!("{package}.{name}"));
        let names: BTreeSet<&str> = denies(module).map(analysis::rule_name).collect();
        Asked {
            file: module.package.span.source.get_path().clone(),
            warns: names.iter().copied().filter(|name| name.starts_with("warn")).filter_map(find).collect(),
            denies: names.into_iter().filter_map(find).collect(),
            applies: find("applies"),
            satisfied: find("satisfied"),
            arises: find("arises"),
        }
    }
}

pub(crate) fn below_data(data: &Json, parameters: &Json) -> Value {
    let mut all = data.clone();
    if let Json::Object(all) = &mut all {
        all.insert("parameters".to_owned(), parameters.clone());
    }
    Value::from(all)
}

/// Rules that look as if they were meant as the host's, and would never be asked.
pub(crate) fn check(module: &Module) -> Result<(), PolicyError> {
    let refuse = |rule: &Rule, message: String| {
        let span = rule.span();
        Err(PolicyError::Refused { file: span.source.get_path().clone(), line: span.line, message })
    };
    for rule in module.policy.iter().map(AsRef::as_ref) {
        let name = analysis::rule_name(rule);
        let Rule::Spec { head, .. } = rule else { continue };
        let is_set = matches!(head, RuleHead::Set { .. });
        if is_deny(name) && !is_set {
            return refuse(
                rule,
                format!("'{name}' would never be asked: write '{name} contains \"what is wrong\" if {{ … }}'"),
            );
        }
        if is_set && let Some(meant) = misspelt(name) {
            return refuse(rule, format!("'{name}' would never be asked (did you mean '{meant}'?)"));
        }
        if name == "exception" {
            let message = "'exception' rules are not followed: accept a finding by an entry in waivers.yaml";
            return refuse(rule, message.to_owned());
        }
        if matches!(name, "applies" | "satisfied" | "arises") && !is_boolean(head) {
            let message = format!(
                "'{name}' decides whether the policy is asked, so it has to be true or false: rename it, or write '{name} if {{ … }}'"
            );
            return refuse(rule, message);
        }
    }
    Ok(())
}

/// What a name was meant to be that is nearly one that is asked.
fn misspelt(name: &str) -> Option<&'static str> {
    const MEANT: [(&str, &str); 6] = [
        ("denies", "deny"),
        ("denied", "deny"),
        ("violations", "violation"),
        ("warning", "warn"),
        ("warnings", "warn"),
        ("warns", "warn"),
    ];
    let listed = MEANT.iter().find(|(typed, _)| *typed == name).map(|(_, meant)| *meant);
    let near = || {
        let near = |meant: &&&str| strsim::damerau_levenshtein(name, meant) == 1;
        ["deny", "violation", "warn"].iter().find(near).copied()
    };
    if is_deny(name) { None } else { listed.or_else(near) }
}

/// Whether a rule cannot have another value than true or false, as far as its head tells.
fn is_boolean(head: &RuleHead) -> bool {
    let RuleHead::Compr { refr, assign, .. } = head else { return false };
    let is_value = |expression: &Expr| {
        !matches!(
            expression,
            Expr::String { .. }
                | Expr::RawString { .. }
                | Expr::Number { .. }
                | Expr::Null { .. }
                | Expr::Array { .. }
                | Expr::Set { .. }
                | Expr::Object { .. }
                | Expr::ArrayCompr { .. }
                | Expr::SetCompr { .. }
                | Expr::ObjectCompr { .. }
                | Expr::ArithExpr { .. }
                | Expr::BinExpr { .. }
        )
    };
    matches!(refr.as_ref(), Expr::Var { .. }) && assign.as_ref().is_none_or(|assign| is_value(&assign.value))
}
