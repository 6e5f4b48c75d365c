//! The shape of a plan: what the model of the service says of it, before anybody looks at what it names.
//!
//! `shapes.json` is botocore's model without its words; `tests/support/region_switch_shapes.py` writes it.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use regex::Regex;
use serde::Deserialize;

use super::super::findings::{Findings, Spot};
use super::super::json::{Node, Value};
use crate::text::{count, did_you_mean, list, nearest};

/// Of what `create-plan` is given.
pub(super) const CREATE: &str = "CreatePlanRequest";
/// Of what `get-plan` prints.
pub(super) const GET: &str = "Plan";

#[derive(Debug, Default, Deserialize)]
struct Shapes {
    shapes: BTreeMap<String, Shape>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Shape {
    #[serde(rename = "type")]
    form: String,
    pub required: Vec<String>,
    pub members: BTreeMap<String, String>,
    member: String,
    key: String,
    value: String,
    #[serde(rename = "enum")]
    pub values: Vec<String>,
    pattern: Option<String>,
    min: Option<f64>,
    max: Option<f64>,
    union: bool,
    /// Its pattern, once something was held against it. `None`: it cannot be read.
    #[serde(skip)]
    compiled: OnceLock<Option<Regex>>,
}

// A test holds it to be there.
static SHAPES: LazyLock<Shapes> =
    LazyLock::new(|| serde_json::from_str(include_str!("shapes.json")).unwrap_or_default());

pub(super) fn shape(name: &str) -> Option<&'static Shape> {
    SHAPES.shapes.get(name)
}

/// The same mistake of a step is told with its name.
struct Walk<'o> {
    step: Option<String>,
    out: &'o mut Findings,
}

/// Everything in which a value is not as the service takes it.
pub(super) fn check(node: &Node, name: &str, out: &mut Findings) {
    Walk { step: None, out }.value(node, name);
}

impl Walk<'_> {
    fn spot(&self, node: &Node) -> Spot {
        Spot::of(node, self.step.as_deref())
    }

    fn value(&mut self, node: &Node, name: &str) {
        let Some(shape) = shape(name) else { return };
        match (shape.form.as_str(), &node.value) {
            ("structure", Value::Map(members)) => self.members(node, members, shape, name),
            ("list", Value::List(items)) => {
                self.bounds(node, items.len(), "element", shape);
                items.iter().for_each(|item| self.value(item, &shape.member));
            }
            ("map", Value::Map(members)) => {
                self.bounds(node, members.len(), "key", shape);
                for (key, value) in members {
                    self.key(value, key, &shape.key);
                    self.value(value, &shape.value);
                }
            }
            ("string", Value::Text(text)) => self.text(node, text, shape),
            ("timestamp", Value::Text(_) | Value::Bare(_)) => {}
            ("boolean", Value::Bare(text)) if text == "true" || text == "false" => {}
            ("integer" | "long", Value::Bare(text)) if text.parse::<i64>().is_ok() => self.number(node, text, shape),
            ("float" | "double", Value::Bare(text)) if text.parse::<f64>().is_ok() => self.number(node, text, shape),
            (form, _) => {
                let wanted = wanted(form);
                let message = format!("it is {}, not {wanted}: the call is refused", node.what());
                self.out.fatal("wrong-type", &self.spot(node), message, format!("make it {wanted}"));
            }
        }
    }

    fn members(&mut self, node: &Node, members: &[(String, Node)], shape: &Shape, name: &str) {
        let before = self.step.clone();
        if name == "Step" {
            self.step = node.get("name").and_then(Node::text).map(str::to_owned).or(before.clone());
        }
        let strangers = || members.iter().map(|(key, _)| key.as_str()).filter(|key| !shape.members.contains_key(*key));
        let mut misspelt = Vec::new();
        for wanted in shape.required.iter().filter(|wanted| node.get(wanted).is_none()) {
            let near = nearest(wanted, strangers());
            misspelt.extend(near);
            let hint = near.map(|near| format!(" ('{near}' is not read)")).unwrap_or_default();
            let message = format!("there is no '{wanted}'{hint}: the call is refused");
            self.out.fatal("missing-member", &self.spot(node), message, format!("add '{wanted}'"));
        }
        for (key, value) in members {
            match shape.members.get(key) {
                // Which types there are is told by the type itself, with what is meant.
                Some(_) if name == "Step" && key == "executionBlockType" && value.text().is_some() => {}
                Some(known) => self.value(value, known),
                None if misspelt.contains(&key.as_str()) => {}
                None => self.stranger(value, key, shape),
            }
        }
        if shape.union && members.len() != 1 {
            let message =
                format!("it has {}, and exactly one is read: the call is refused", count(members.len(), "member"));
            self.out.fatal("not-one-configuration", &self.spot(node), message, "keep the one of the type of the step");
        }
        self.step = before;
    }

    fn stranger(&mut self, value: &Node, key: &str, shape: &Shape) {
        let known = || shape.members.keys().map(String::as_str);
        let loosely = known().find(|known| known.eq_ignore_ascii_case(key));
        match loosely.or_else(|| nearest(key, known())) {
            Some(known) => {
                let message = format!("there is no member '{key}' (did you mean '{known}'?): the call is refused");
                self.out.fatal("unknown-member", &self.spot(value), message, format!("write '{known}'"));
            }
            None => {
                let message =
                    format!("'{key}' is no member that is known: the call is refused, unless the service is newer");
                let known: Vec<String> = known().map(str::to_owned).collect();
                self.out.open("member-not-known", &self.spot(value), message, format!("known are {}", list(&known)));
            }
        }
    }

    fn key(&mut self, value: &Node, key: &str, name: &str) {
        if let Some(shape) = shape(name)
            && !matches(key, shape)
        {
            let message = format!("the key '{key}' has not the form that is asked for: the call is refused");
            self.out.fatal("wrong-form", &self.spot(value), message, form_of(shape));
        }
    }

    fn text(&mut self, node: &Node, text: &str, shape: &Shape) {
        if !shape.values.is_empty() && !shape.values.iter().any(|value| value == text) {
            let known = || shape.values.iter().map(String::as_str);
            let loosely = known().find(|known| known.eq_ignore_ascii_case(text));
            let hint =
                loosely.map_or_else(|| did_you_mean(text, known()), |known| format!(" (did you mean '{known}'?)"));
            let message = format!("'{text}' is none of its values{hint}: the call is refused");
            self.out.fatal("not-a-value", &self.spot(node), message, format!("write one of {}", list(&shape.values)));
        } else if !matches(text, shape) {
            let message = format!("'{text}' has not the form that is asked for: the call is refused");
            self.out.fatal("wrong-form", &self.spot(node), message, form_of(shape));
        } else {
            self.bounds(node, text.chars().count(), "character", shape);
        }
    }

    fn number(&mut self, node: &Node, text: &str, shape: &Shape) {
        let number: f64 = text.parse().unwrap_or_default();
        if !within(number, shape) {
            let message = format!("{text} is out of bounds: the call is refused");
            self.out.fatal("out-of-bounds", &self.spot(node), message, bounds_of(shape));
        }
    }

    fn bounds(&mut self, node: &Node, length: usize, what: &str, shape: &Shape) {
        let length_of = u32::try_from(length).map_or(f64::INFINITY, f64::from);
        if !within(length_of, shape) {
            let message = format!("it has {}: the call is refused", count(length, what));
            self.out.fatal("out-of-bounds", &self.spot(node), message, bounds_of(shape));
        }
    }
}

fn within(number: f64, shape: &Shape) -> bool {
    shape.min.is_none_or(|min| number >= min) && shape.max.is_none_or(|max| number <= max)
}

fn bounds_of(shape: &Shape) -> String {
    match (shape.min, shape.max) {
        (Some(min), Some(max)) if min == max => format!("it has to be {min}"),
        (Some(min), Some(max)) => format!("it has to be {min} to {max}"),
        (Some(min), None) => format!("it has to be {min} or more"),
        (None, max) => format!("it has to be {} or less", max.unwrap_or_default()),
    }
}

/// The service matches the whole of a text. A pattern that cannot be read says nothing.
fn matches(text: &str, shape: &Shape) -> bool {
    let Some(pattern) = &shape.pattern else { return true };
    let compiled = shape.compiled.get_or_init(|| Regex::new(&format!("^(?:{pattern})$")).ok());
    compiled.as_ref().is_none_or(|pattern| pattern.is_match(text))
}

fn form_of(shape: &Shape) -> String {
    shape.pattern.as_ref().map(|pattern| format!("its form is {pattern}")).unwrap_or_default()
}

fn wanted(form: &str) -> &'static str {
    match form {
        "structure" | "map" => "an object",
        "list" => "an array",
        "boolean" => "true or false",
        "integer" | "long" => "a whole number",
        "float" | "double" => "a number",
        "timestamp" => "a time",
        _ => "a text",
    }
}

#[cfg(test)]
mod tests {
    use super::super::blocks::BLOCKS;
    use super::*;

    #[test]
    fn every_shape_that_is_named_is_there_and_every_pattern_can_be_read() {
        let (mut strangers, mut unread) = (Vec::new(), Vec::new());
        for (name, shape) in &SHAPES.shapes {
            let named = shape.members.values().chain([&shape.member, &shape.key, &shape.value]);
            strangers.extend(named.filter(|name| !name.is_empty() && !SHAPES.shapes.contains_key(*name)));
            let pattern = shape.pattern.as_ref().map(|pattern| Regex::new(&format!("^(?:{pattern})$")));
            unread.extend(pattern.is_some_and(|pattern| pattern.is_err()).then_some(name));
        }
        // Its pattern says no more than its bounds, and is larger than what is compiled.
        assert_eq!((strangers, unread), (Vec::<&String>::new(), vec![&"SsmParameterValue".to_owned()]));
        assert_eq!(shape("RegionList").map(|it| (it.min, it.max)), Some((Some(2.0), Some(2.0))));
    }

    #[test]
    fn the_types_of_steps_are_those_of_the_service() {
        let own: Vec<&str> = BLOCKS.iter().map(|block| block.name).collect();
        let mut known = shape("ExecutionBlockType").unwrap().values.clone();
        known.sort();
        let mut sorted = own.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, known);
        let configurations = &shape("ExecutionBlockConfiguration").unwrap().members;
        let mut named: Vec<&str> = BLOCKS.iter().map(|block| block.configuration).collect();
        named.sort_unstable();
        assert_eq!(named, configurations.keys().map(String::as_str).collect::<Vec<_>>());
    }
}
