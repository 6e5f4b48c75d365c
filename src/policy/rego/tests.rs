//! Rules against the answers of the real OPA, which `tests/opa/record.py` wrote down.

use std::collections::BTreeMap;

use regorus::Value;
use regorus::unstable::Module;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Doubt, Fault, Limits, Machine, Partial, Program, RuleId, Truth, lower};
use crate::policy::Source;
use crate::policy::engine::{add, engine};

/// A question to OPA, and its answer.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Case {
    name: String,
    /// By file: the name of a text that many share, and what comes after it.
    modules: BTreeMap<String, (String, String)>,
    /// `data.p.r`
    rule: String,
    opa: Told,
}

/// All that was recorded.
#[derive(Debug, Deserialize)]
struct Record {
    texts: BTreeMap<String, String>,
    input: Json,
    data: Json,
    cases: Vec<Case>,
}

impl Record {
    fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/opa/cases.json");
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }

    fn input(&self) -> Value {
        Value::from(self.input.clone())
    }
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

/// The rules of a case, or why they are refused.
struct Ready {
    program: Program,
    base: Value,
    rule: RuleId,
}

impl Ready {
    fn new(record: &Record, case: &Case) -> Result<Self, String> {
        let mut engine = engine();
        let mut modules = Vec::new();
        for (path, (shared, text)) in &case.modules {
            let text = record.texts[shared].clone() + text;
            let source = Source { path: path.clone(), text, built_in: false };
            modules.push(add(&mut engine, &source).map_err(|error| error.to_string())?);
        }
        let base = Value::from(record.data.clone());
        let all: Vec<&Module> = modules.iter().map(AsRef::as_ref).collect();
        let program = lower(&all, &base).map_err(|error| error.to_string())?;
        let rule = program.find(&case.rule).ok_or("no such rule")?;
        Ok(Self { program, base, rule })
    }

    fn answer(&self, input: Partial) -> Result<(Option<Partial>, Option<Doubt>), String> {
        let mut machine = Machine::new(&self.program, self.base.clone());
        machine.set_input(input, Limits::RESOURCE);
        machine.of(self.rule).map_err(|fault| match fault {
            Fault::Error(message) | Fault::Limit(message) => message,
            Fault::Enough => "enough".to_owned(),
        })
    }
}

fn ours(record: &Record, case: &Case) -> Told {
    match Ready::new(record, case).map(|ready| ready.answer(Partial::Known(record.input()))) {
        Err(refused) => Told::Refused(refused),
        Ok(Ok((None, _))) => Told::Undefined,
        Ok(Ok((Some(Partial::Known(value)), None))) => Told::Value(serde_json::to_value(value).unwrap()),
        Ok(Ok((other, doubt))) => Told::Error(format!("not known: {other:?} {doubt:?}")),
        Ok(Err(message)) => Told::Error(message),
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

#[test]
fn rego_agrees_with_opa() {
    let record = Record::read();
    let cases = &record.cases;
    let (mut silent, mut loud, mut agreed) = (Vec::new(), Vec::new(), 0);
    for case in cases {
        let ours = std::panic::catch_unwind(|| ours(&record, case)).unwrap_or_else(|_| Told::Error("panic".to_owned()));
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

/// Every place in an input, as a path.
fn places(json: &Json, path: &mut Vec<Value>, into: &mut Vec<Vec<Value>>) {
    if let Json::Object(members) = json {
        for (key, member) in members {
            path.push(Value::from(key.as_str()));
            into.push(path.clone());
            places(member, path, into);
            path.pop();
        }
    }
}

fn without(json: &Json, path: &[Value]) -> Json {
    let (Json::Object(members), Some((first, rest))) = (json, path.split_first()) else { return json.clone() };
    let name = first.as_string().unwrap().to_string();
    let mut members = members.clone();
    if rest.is_empty() {
        members.remove(&name);
    } else if let Some(member) = members.get(&name) {
        let member = without(member, rest);
        members.insert(name, member);
    }
    Json::Object(members)
}

/// What may be known instead of what is not, whatever it is.
fn guesses(there: &Value) -> Vec<Value> {
    let mut all: Vec<Value> =
        ["null", "true", "false", "0", "1", "5", "\"b\"", "\"text\"", "[]", "[1,2,3]", "{}", "{\"x\":1}"]
            .iter()
            .map(|text| Value::from_json_str(text).unwrap())
            .collect();
    all.push(there.clone());
    all
}

/// An answer that is certain holds whatever the unknown turns out to be.
fn holds(
    certain: &Result<(Option<Partial>, Option<Doubt>), String>,
    turned_out: &Result<(Option<Partial>, Option<Doubt>), String>,
) -> bool {
    match (certain, turned_out) {
        (Ok((_, Some(_))), _) => true,
        (Ok((None, None)), out) => matches!(out, Ok((None, None))),
        (Ok((Some(value), None)), Ok((Some(out), None))) => value.equals(out) != Truth::False,
        (Ok((Some(_), None)), Ok((None, None))) => false,
        // A value that may be an error is not known.
        (Ok((Some(value), None)), Err(_)) => value.known().is_none(),
        (Err(_), out) => out.is_err(),
        (Ok(_), Ok((_, Some(_)))) => false,
    }
}

#[test]
fn what_is_certain_holds_whatever_the_unknown_is() {
    let record = Record::read();
    let doubt = Doubt::of(1);
    let (mut wrong, mut certain, mut doubtful) = (Vec::new(), 0, 0);
    for case in record.cases.iter().filter(|case| !case.name.starts_with("call")) {
        let Ok(ready) = Ready::new(&record, case) else { continue };
        let mut paths = Vec::new();
        places(&record.input, &mut Vec::new(), &mut paths);
        for path in paths {
            let whole = Partial::Known(record.input());
            let there = path.iter().try_fold(record.input(), |at, key| match &at {
                Value::Object(members) => members.get(key).cloned(),
                _ => None,
            });
            let there = there.unwrap();
            let known = |value: Value| ready.answer(whole.clone().put(&path, Partial::Known(value)));
            let mut check = |unknown: Partial, outs: Vec<(String, Result<_, String>)>| {
                let answer = ready.answer(whole.clone().put(&path, unknown));
                if matches!(&answer, Ok((Some(Partial::Known(_)) | None, None))) {
                    certain += 1
                } else {
                    doubtful += 1
                }
                for (name, out) in outs {
                    if !holds(&answer, &out) {
                        wrong.push(format!("{}: {path:?} unknown: {answer:?}; {name}: {out:?}", case.name));
                    }
                }
            };
            let mut outs: Vec<_> = guesses(&there).into_iter().map(|guess| (guess.to_string(), known(guess))).collect();
            check(Partial::unknown(doubt.clone()), outs.clone());
            outs.push(("missing".to_owned(), ready.answer(Partial::Known(Value::from(without(&record.input, &path))))));
            check(Partial::unsure(doubt.clone()), outs);
            match &there {
                Value::Array(items) => {
                    let items: Vec<Value> = items.iter().cloned().collect();
                    let with = |at: usize, more: &[i64]| {
                        let mut all = items.clone();
                        more.iter().for_each(|one| all.insert(at.min(all.len()), Value::from(*one)));
                        let name = format!("{more:?} at {at}");
                        (name, known(Value::from(all)))
                    };
                    let outs = vec![with(0, &[]), with(0, &[1]), with(9, &[1]), with(1, &[7, 7]), with(0, &[0])];
                    let partial = items.iter().cloned().map(Partial::Known).collect();
                    check(Partial::array(partial, Some(doubt.clone())), outs);
                }
                Value::Object(members) => {
                    let partial: BTreeMap<Value, Partial> =
                        members.iter().map(|(key, value)| (key.clone(), Partial::Known(value.clone()))).collect();
                    let with = |more: &[&str]| {
                        let mut all: BTreeMap<Value, Value> =
                            members.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
                        more.iter().for_each(|key| drop(all.insert(Value::from(*key), Value::from(1))));
                        (format!("with {more:?}"), known(Value::from(all)))
                    };
                    let outs = vec![with(&[]), with(&["m"]), with(&["missing", "n2"]), with(&["0"])];
                    check(Partial::object(partial, Some(doubt.clone())), outs);
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{} are wrong, as:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
    // It would be easy never to be certain.
    assert!(certain > 3 * doubtful, "{certain} certain, {doubtful} doubtful");
}
