//! Builtin functions: regorus' own, called on what is known, and some that it lacks or answers otherwise than OPA.

mod limits;
mod numbers;
mod objects;
pub(super) mod order;
mod own;
mod refuse;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use regorus::Value;
use regorus::unstable::{BUILTINS, BuiltinFcn, Expr, Ref, Span};

use super::eval::{Answer, Fault};
use super::value::{Doubt, Known, Partial, PartialSet};
use crate::policy::rego::at::At;
use limits::{MAX_ITEMS, MAX_TEXT};
pub(super) use numbers::arithmetic;

/// Names that make a verdict depend on more than the resource. `http.send` is not built in at all.
pub(crate) const IMPURE: [&str; 6] = ["time.now_ns", "rand.intn", "uuid.rfc4122", "opa.runtime", "http.send", "trace"];

/// A call of a builtin in a policy.
pub(crate) struct Builtin {
    pub name: &'static str,
    function: Function,
    span: Span,
    parameters: Vec<Ref<Expr>>,
    at: At,
}

#[derive(Clone, Copy)]
enum Function {
    Engine(BuiltinFcn),
    Own(own::Function),
}

impl std::fmt::Debug for Builtin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// How many arguments a builtin takes. `None`: there is none of that name.
pub(super) fn arity(name: &str) -> Option<usize> {
    let own = own::find(name).map(|(_, arity, _)| arity);
    own.or_else(|| engine(name).map(|(_, (_, arity))| usize::from(*arity)))
}

fn engine(name: &str) -> Option<(&'static str, &'static BuiltinFcn)> {
    BUILTINS.get_key_value(name).map(|(name, function)| (*name, function))
}

/// Names of all of them, for a hint.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    BUILTINS.keys().copied().chain(own::names())
}

impl Builtin {
    pub(super) fn new(name: &str, span: &Span, parameters: &[Ref<Expr>], at: At) -> Option<Self> {
        let (name, function) = match own::find(name) {
            Some((name, _, function)) => (name, Function::Own(function)),
            None => engine(name).map(|(name, function)| (name, Function::Engine(*function)))?,
        };
        Some(Self { name, function, span: span.clone(), parameters: parameters.to_vec(), at })
    }

    fn call(&self, arguments: &[Value]) -> Answer<Option<Partial>> {
        let fault = |message: String| Fault::Error(format!("{}: '{}': {message}", self.at, self.name));
        refuse::too_much(self.name, arguments).map_err(Fault::Limit)?;
        refuse::unlike(self.name, arguments).map_err(fault)?;
        let parameters = self.parameters.get(..arguments.len()).unwrap_or(&self.parameters);
        // A builtin that panics is a verdict 'error', and not the end of the run.
        let result = catch_unwind(AssertUnwindSafe(|| match self.function {
            Function::Engine((function, _)) => {
                function(&self.span, parameters, arguments, true).map_err(|e| last_line(&e))
            }
            Function::Own(function) => function(arguments),
        }));
        match result {
            Ok(Ok(Value::Undefined)) if refuse::may_be_undefined(self.name) => Ok(None),
            Ok(Ok(Value::Undefined)) => Err(fault("there is no answer".to_owned())),
            Ok(Ok(value)) => refuse::wrong(self.name, &value).map(|()| Some(Partial::Known(value))).map_err(fault),
            Ok(Err(message)) => Err(fault(message)),
            Err(_) => Err(fault("the engine broke off".to_owned())),
        }
    }
}

/// The sentence of regorus' error, without the lines that show where.
fn last_line(error: &impl std::fmt::Display) -> String {
    let text = error.to_string();
    let sentence = text.lines().rev().find_map(|line| line.trim().strip_prefix("error: "));
    sentence.map_or_else(|| text.split_whitespace().collect::<Vec<_>>().join(" "), str::to_owned)
}

/// Calls a builtin on values of which parts may not be known.
pub(super) fn call(builtin: &Builtin, arguments: Vec<Partial>) -> Answer<Option<Partial>> {
    let known: Option<Vec<Value>> = arguments.iter().map(|argument| argument.known().cloned()).collect();
    if let Some(known) = known {
        // What is no text is not valid either, says OPA of these.
        const VALID: [&str; 4] = ["base64.is_valid", "json.is_valid", "net.cidr_is_valid", "regex.is_valid"];
        let is_text = |known: &Value| matches!(known, Value::String(_));
        if VALID.contains(&builtin.name) && !known.iter().all(is_text) {
            return Ok(Some(Partial::Known(Value::Bool(false))));
        }
        return builtin.call(&known);
    }
    if let Some(answer) = in_part(builtin.name, &arguments) {
        return Ok(answer);
    }
    let mut doubt = None;
    arguments.iter().filter(|one| one.known().is_none()).for_each(|one| Doubt::add(&mut doubt, &one.doubt()));
    let doubt = doubt.unwrap_or_default();
    if let Some(shown) = shown(builtin, &arguments) {
        return Ok(Some(Partial::Text(doubt, Known { inside: None, shown: Some(shown) })));
    }
    // A text is made whatever the parts are; anything else may be refused or undefined.
    let is_made = match (builtin.name, arguments.as_slice()) {
        ("sprintf", [Partial::Known(Value::String(_)), Partial::Array(..)]) => true,
        (name, _) => name == "print",
    };
    Ok(Some(if is_made { Partial::unknown(doubt) } else { Partial::unsure(doubt) }))
}

/// What a text that is made looks like, with a word in place of what is not known.
fn shown(builtin: &Builtin, arguments: &[Partial]) -> Option<Arc<str>> {
    let ("sprintf", [Partial::Known(format), Partial::Array(items, None)]) = (builtin.name, arguments) else {
        return None;
    };
    let item = |item: &Partial, word: &str| match item {
        Partial::Known(value) => Some(value.clone()),
        Partial::Text(_, Known { shown: Some(shown), .. }) => Some(Value::from(&**shown)),
        Partial::Unknown { .. } | Partial::Text(..) => Some(Value::from(word)),
        _ => None,
    };
    let with = |word: &str| {
        let items = items.iter().map(|one| item(one, word)).collect::<Option<Vec<_>>>()?;
        match builtin.call(&[format.clone(), Value::from(items)]) {
            Ok(Some(Partial::Known(Value::String(text)))) if !text.is_empty() => Some(Arc::from(&*text)),
            _ => None,
        }
    };
    // It has to be a text that is not empty, whatever is not known.
    with("").and_then(|_| with("(not known)"))
}

/// What can be told without knowing all.
fn in_part(name: &str, arguments: &[Partial]) -> Option<Option<Partial>> {
    let known = |value: Value| Some(Some(Partial::Known(value)));
    match (name, arguments) {
        ("count", [Partial::Array(items, more)]) => at_least(items.len(), more.as_ref(), items.len()),
        ("count", [Partial::Set(set)]) => {
            at_least(set.known.len().max(usize::from(set.unknown_member)), set.more.as_ref(), 0)
        }
        ("count", [Partial::Object(members, more)]) => {
            let there = members.values().filter(|member| member.is_there()).count();
            let mut more = more.clone();
            members.values().filter(|member| !member.is_there()).for_each(|one| Doubt::add(&mut more, &one.doubt()));
            at_least(there, more.as_ref(), there)
        }
        ("object.get", [object, ..]) if matches!(object, Partial::Unknown { .. }) => {
            Some(Some(Partial::unsure(object.doubt())))
        }
        ("object.get", [object, Partial::Known(key), default]) => {
            let path: Vec<Value> = match key {
                Value::Array(path) => path.iter().cloned().collect(),
                key => vec![key.clone()],
            };
            let mut at = object.clone();
            for key in path {
                match at.step(&Partial::Known(key)) {
                    Some(below) => at = below,
                    None => return Some(Some(default.clone())),
                }
            }
            Some(Some(match at {
                Partial::Unknown { doubt, node, .. } => Partial::Unknown { doubt, missing: false, node },
                value => value,
            }))
        }
        ("object.union", [one, two]) => Some(Some(objects::union(one, two)?)),
        ("object.union_n", [Partial::Array(items, None)]) => {
            let mut all = Partial::Known(Value::new_object());
            for item in items.iter() {
                all = objects::union(&all, item)?;
            }
            Some(Some(all))
        }
        ("object.subset", [Partial::Object(..), Partial::Known(Value::Object(_))]) => {
            let [whole, Partial::Known(part)] = arguments else { return None };
            Some(Some(objects::subset(whole, part).value()))
        }
        ("object.keys", [Partial::Object(members, more)]) => {
            let mut set = PartialSet { more: more.clone(), ..PartialSet::default() };
            for (key, member) in members.iter() {
                match member {
                    Partial::Unknown { doubt, missing: true, .. } => Doubt::add(&mut set.more, doubt),
                    _ => drop(set.known.insert(key.clone())),
                }
            }
            Some(Some(set.finish()))
        }
        ("is_array", [Partial::Array(..)])
        | ("is_set", [Partial::Set(_)])
        | ("is_object", [Partial::Object(..)])
        | ("is_number", [Partial::AtLeast(..)])
        | ("is_string", [Partial::Text(..)])
        | ("json.is_valid", [Partial::Text(_, Known { inside: Some(_), .. })])
        | ("print", _) => known(Value::Bool(true)),
        ("type_name", [Partial::Array(..)]) => known(Value::from("array")),
        ("json.unmarshal", [Partial::Text(_, Known { inside: Some(inside), .. })]) => {
            Some(Some(Partial::clone(inside)))
        }
        ("is_null" | "is_boolean" | "is_number" | "is_array" | "is_object" | "is_set", [Partial::Text(..)]) => {
            known(Value::Bool(false))
        }
        ("type_name", [Partial::Text(..)]) => known(Value::from("string")),
        ("type_name", [Partial::Set(_)]) => known(Value::from("set")),
        ("type_name", [Partial::Object(..)]) => known(Value::from("object")),
        _ => None,
    }
}

fn at_least(least: usize, more: Option<&Doubt>, all: usize) -> Option<Option<Partial>> {
    Some(Some(match more {
        None => Partial::Known(Value::from(all)),
        Some(doubt) => Partial::AtLeast(u64::try_from(least).unwrap_or(u64::MAX), doubt.clone()),
    }))
}
