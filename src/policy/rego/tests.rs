//! Rules against the answers of the real OPA, which `tests/opa/record.py` wrote down.

use std::collections::BTreeMap;

use regorus::Value;
use regorus::unstable::Module;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Fault, Machine, Partial, lower};
use crate::policy::Source;
use crate::policy::engine::{add, engine};

/// A question to OPA, and its answer.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Case {
    name: String,
    modules: BTreeMap<String, String>,
    #[serde(default)]
    input: Json,
    #[serde(default)]
    data: Json,
    /// `data.p.r`
    rule: String,
    opa: Told,
}

/// What an engine says.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Told {
    Value(Json),
    Undefined,
    /// The rules are refused.
    Refused(String),
    Error(String),
}

fn ours(case: &Case) -> Told {
    let mut engine = engine();
    let mut modules = Vec::new();
    for (path, text) in &case.modules {
        let source = Source { path: path.clone(), text: text.clone(), built_in: false };
        match add(&mut engine, &source) {
            Ok(module) => modules.push(module),
            Err(error) => return Told::Refused(error.to_string()),
        }
    }
    let data = if case.data.is_null() { Json::Object(serde_json::Map::new()) } else { case.data.clone() };
    let base = Value::from(data);
    let all: Vec<&Module> = modules.iter().map(AsRef::as_ref).collect();
    let program = match lower(&all, &base) {
        Ok(program) => program,
        Err(error) => return Told::Refused(error.to_string()),
    };
    let Some(rule) = program.find(&case.rule) else { return Told::Refused("no such rule".to_owned()) };
    let mut machine = Machine::new(&program, base);
    machine.set_input(Partial::Known(Value::from(case.input.clone())));
    match machine.of(rule) {
        Ok((None, _)) => Told::Undefined,
        Ok((Some(Partial::Known(value)), None)) => Told::Value(serde_json::to_value(value).unwrap()),
        Ok((other, doubt)) => Told::Error(format!("not known: {other:?} {doubt:?}")),
        Err(Fault::Error(message) | Fault::Limit(message)) => Told::Error(message),
        Err(Fault::Enough) => Told::Error("enough".to_owned()),
    }
}

/// Numbers as OPA writes them: `1` and `1.0` are the same.
fn plain(json: &Json) -> Json {
    match json {
        Json::Number(number) => number.as_f64().map_or(Json::Null, Json::from),
        Json::Array(items) => items.iter().map(plain).collect(),
        Json::Object(members) => Json::Object(members.iter().map(|(key, value)| (key.clone(), plain(value))).collect()),
        other => other.clone(),
    }
}

fn agrees(opa: &Told, ours: &Told) -> bool {
    match (opa, ours) {
        (Told::Value(opa), Told::Value(ours)) => plain(opa) == plain(ours),
        (Told::Undefined, Told::Undefined) => true,
        (Told::Refused(_) | Told::Error(_), Told::Refused(_) | Told::Error(_)) => true,
        // The recorder has OPA strict; as users run it, what a builtin refuses is undefined.
        (Told::Error(text), Told::Undefined) => text.contains("eval_builtin_error"),
        _ => false,
    }
}

/// Neither agrees nor says that it does not know. What OPA's type checker and its rules of style refuse is no question.
fn is_silent(opa: &Told, ours: &Told) -> bool {
    let is_style = |text: &String| ["rego_type_error", "unused"].iter().any(|word| text.contains(word));
    !agrees(opa, ours)
        && !matches!(ours, Told::Refused(_) | Told::Error(_))
        && !matches!(opa, Told::Refused(text) if is_style(text))
}

/// `SEAWORTHY_REGO_CASES=file cargo test --lib rego_agrees -- --nocapture` asks other cases.
#[test]
fn rego_agrees_with_opa() {
    let path = std::env::var("SEAWORTHY_REGO_CASES")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/tests/opa/cases.json").to_owned());
    let cases: Vec<Case> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let (mut silent, mut loud, mut agreed) = (Vec::new(), Vec::new(), 0);
    for case in &cases {
        let ours = std::panic::catch_unwind(|| ours(case)).unwrap_or_else(|_| Told::Error("panic".to_owned()));
        let line = || format!("{}: OPA {:?}, we {ours:?}", case.name, case.opa);
        if is_silent(&case.opa, &ours) {
            silent.push(line());
        } else if agrees(&case.opa, &ours) {
            agreed += 1;
        } else {
            loud.push(line());
        }
    }
    println!("{} cases: {agreed} agree, {} loud, {} silently otherwise", cases.len(), loud.len(), silent.len());
    loud.iter().for_each(|line| println!("loud   {line}"));
    assert!(silent.is_empty(), "otherwise than OPA, and without a word:\n{}", silent.join("\n"));
}
