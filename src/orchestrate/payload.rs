//! A payload as it is written: layers, steps and parameters, and what is wrong with its shape.

use super::findings::{Findings, Spot};
use super::imports::{Exports, Got, resolve};
use super::json::{Node, Value};
use super::types::{Machine, StepType, TYPES, step_type};
use crate::text::{did_you_mean, list, nearest};

/// Steps of one layer that go on side by side: the functions of the framework have room for five.
pub(super) const SIDE_BY_SIDE: usize = 5;

/// A step as far as it could be read.
#[derive(Debug)]
pub(super) struct Step {
    pub spot: Spot,
    /// None: the framework has no such step.
    pub kind: Option<&'static StepType>,
    pub parameters: Vec<Given>,
}

/// A parameter that something reads.
#[derive(Debug)]
pub(super) struct Given {
    pub name: String,
    pub spot: Spot,
    pub value: Got,
}

impl std::fmt::Debug for StepType {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.name)
    }
}

impl Step {
    fn given(&self, name: &str) -> Option<&Given> {
        self.parameters.iter().find(|given| given.name == name)
    }

    /// A parameter whose value is known, and where it stands.
    pub(super) fn named(&self, name: &str) -> Option<(&str, &Spot)> {
        let given = self.given(name)?;
        Some((given.value.known().filter(|text| !text.is_empty())?, &given.spot))
    }
}

/// Reads layers and steps. What is wrong becomes a finding; whatever can be read is read.
pub(super) fn read(root: &Node, machine: Machine, exports: &Exports, out: &mut Findings) -> Vec<Vec<Step>> {
    twice(root, out);
    let Some(layers) = layers(root, out) else { return Vec::new() };
    order(layers, out);
    let read: Vec<Vec<Step>> = layers.iter().map(|layer| steps(layer, machine, exports, out)).collect();
    if read.iter().all(Vec::is_empty) && out.all.iter().all(|finding| !finding.decides) {
        let nothing = "it has no steps: the run succeeds and does nothing";
        out.fatal("empty-payload", &Spot::of(root, None), nothing, "add the steps that are to be done");
    }
    read
}

/// Keys that are there twice.
fn twice(node: &Node, out: &mut Findings) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| twice(item, out)),
        Value::Map(members) => {
            for (at, (key, member)) in members.iter().enumerate() {
                if members.iter().take(at).any(|(before, _)| before == key) {
                    let message =
                        format!("'{key}' is there twice: the last one counts, and what the first says is not done");
                    out.fatal("key-twice", &Spot::of(member, None), message, "keep one of them");
                }
                twice(member, out);
            }
        }
        _ => {}
    }
}

fn layers<'n>(root: &'n Node, out: &mut Findings) -> Option<&'n [Node]> {
    let at = Spot::of(root, None);
    let shape =
        r#"{"StatePayload": [{"layer": 1, "resources": [{"resourceType": …, "resourceName": …, "parameters": {…}}]}]}"#;
    if root.map().is_none() {
        let message =
            format!("the payload is {}, not an object with 'StatePayload': the execution fails at once", root.what());
        out.fatal("wrong-root", &at, message, format!("write {shape}"));
        return None;
    }
    let Some(payload) = root.get("StatePayload") else {
        let keys = root.map().unwrap_or_default().iter().map(|(key, _)| key.as_str());
        let hint = nearest("StatePayload", keys).map(|key| format!(" ('{key}' is not read)")).unwrap_or_default();
        out.fatal(
            "wrong-root",
            &at,
            format!("there is no 'StatePayload'{hint}: the execution fails at once"),
            format!("write {shape}"),
        );
        return None;
    };
    let at = Spot::of(payload, None);
    if payload.get_loosely(&["Layers"]).is_some() {
        let message = "'StatePayload' is an object with 'Layers', as an article shows it: the framework's map needs an array, and the \
             execution fails at once";
        out.fatal("article-shape", &at, message, "take the corrected payload (-o FILE), and add what it lacks");
        return None;
    }
    let layers = payload.list();
    if layers.is_none() {
        let message = format!("'StatePayload' is {}, not an array: the execution fails at once", payload.what());
        out.fatal("wrong-root", &at, message, format!("write {shape}"));
    }
    layers
}

/// The number of a layer is read by nobody: they are run as they stand.
fn order(layers: &[Node], out: &mut Findings) {
    let mut before: Vec<i64> = Vec::new();
    for layer in layers {
        let Some(node) = layer.get("layer") else {
            let near = layer.get_loosely(&["layer", "LayerOrder"]).is_some();
            let hint = if near { " ('layer' in small letters)" } else { "" };
            let message = format!("the layer has no number{hint}: it is run where it stands");
            out.risk("layer-number", &Spot::of(layer, None), message, "number the layers from 1, in their order");
            continue;
        };
        let at = Spot::of(node, None);
        let number = match &node.value {
            Value::Bare(text) => text.parse::<i64>().ok(),
            _ => None,
        };
        let remedy = "number the layers from 1, in their order";
        match number {
            None => out.risk("layer-number", &at, format!("the number of the layer is {}", node.what()), remedy),
            Some(number) if number < 1 => {
                out.risk("layer-number", &at, format!("the number of the layer is {number}, below 1"), remedy);
            }
            Some(number) if before.contains(&number) => {
                out.risk(
                    "layer-number",
                    &at,
                    format!("there are two layers {number}: they are run one after the other"),
                    remedy,
                );
            }
            Some(number) if before.iter().any(|earlier| *earlier > number) => {
                let message = format!(
                    "layer {number} stands behind a later one, and is run as it stands: nothing reads the number"
                );
                out.fatal("layers-out-of-order", &at, message, "put the layers into the order of their numbers");
            }
            Some(_) => {}
        }
        before.extend(number);
    }
}

fn steps(layer: &Node, machine: Machine, exports: &Exports, out: &mut Findings) -> Vec<Step> {
    let at = Spot::of(layer, None);
    let Some(resources) = layer.get("resources") else {
        let hint = layer.get_loosely(&["resources"]).map_or("", |_| " ('resources' in small letters)");
        let message = format!("the layer has no 'resources'{hint}: the run fails when it comes to it");
        out.fatal("missing-resources", &at, message, "add 'resources', an array of steps");
        return Vec::new();
    };
    let at = Spot::of(resources, None);
    let Some(items) = resources.list() else {
        let message = format!("'resources' is {}, not an array: the run fails when it comes to it", resources.what());
        out.fatal("missing-resources", &at, message, "make it an array of steps");
        return Vec::new();
    };
    if items.is_empty() {
        out.risk(
            "empty-layer",
            &at,
            "the layer has no steps: it succeeds and does nothing",
            "add its steps, or take it out",
        );
    }
    if items.len() > SIDE_BY_SIDE {
        let message = format!(
            "the layer has {} steps: the framework has room for {SIDE_BY_SIDE} at a time, and one that is throttled fails and leaves the \
             run hanging",
            items.len()
        );
        out.risk("layer-too-large", &at, message, format!("split it into layers of {SIDE_BY_SIDE} at most"));
    }
    items.iter().map(|item| step(item, machine, exports, out)).collect()
}

fn step(node: &Node, machine: Machine, exports: &Exports, out: &mut Findings) -> Step {
    let name = node.get("resourceName").and_then(Node::text);
    let spot = Spot::of(node, name);
    if node.map().is_none() {
        let message = format!("the step is {}, not an object: the run fails when it comes to it", node.what());
        out.fatal(
            "missing-type",
            &spot,
            message,
            "make it an object with 'resourceType', 'resourceName' and 'parameters'",
        );
        return Step { spot, kind: None, parameters: Vec::new() };
    }
    let kind = kind(node, &spot, machine, out);
    if node.get("resourceName").is_none() {
        let hint = node.get_loosely(&["resourceName"]).map_or("", |_| " (as it is written there)");
        let message = format!(
            "the step has no 'resourceName'{hint}: it does its work, then fails before it reports success, and the run hangs"
        );
        out.fatal("missing-name", &spot, message, "add 'resourceName', any text");
    }
    let Some(parameters) = node.get("parameters") else {
        let hint = node.get_loosely(&["parameters"]).map_or("", |_| " (as it is written there)");
        let message = format!("the step has no 'parameters'{hint}: it fails, and the run hangs");
        out.fatal("missing-parameters", &spot, message, "add 'parameters', an object of texts");
        return Step { spot, kind, parameters: Vec::new() };
    };
    let Some(members) = parameters.map() else {
        let message =
            format!("'parameters' is {}, not an object: the step fails, and the run hangs", parameters.what());
        out.fatal("missing-parameters", &Spot::of(parameters, name), message, "make it an object of texts");
        return Step { spot, kind, parameters: Vec::new() };
    };
    let parameters = given(kind, parameters, members, &spot, exports, out);
    Step { spot, kind, parameters }
}

/// What is done.
fn kind(node: &Node, spot: &Spot, machine: Machine, out: &mut Findings) -> Option<&'static StepType> {
    let names = || TYPES.iter().filter(|known| known.machine == machine).map(|known| known.name);
    let Some(written) = node.get("resourceType") else {
        let hint = node.get_loosely(&["resourceType", "type"]).map_or("", |_| " (as it is written there)");
        let message = format!("the step has no 'resourceType'{hint}: the run fails when it comes to it");
        let all: Vec<String> = names().map(str::to_owned).collect();
        out.fatal("missing-type", spot, message, format!("add 'resourceType', one of {}", list(&all)));
        return None;
    };
    let at = Spot::of(written, spot.step.as_deref());
    let name = written.text().unwrap_or_default();
    let kind = step_type(name);
    match kind {
        Some(kind) if kind.machine != machine => {
            let message = format!(
                "{name} is a step of {}: in {} it succeeds and does nothing",
                kind.machine.name(),
                machine.name()
            );
            out.fatal(
                "other-machine",
                &at,
                message,
                format!(
                    "run it by {}, and look at it {} --failback",
                    kind.machine.name(),
                    match kind.machine {
                        Machine::Failback => "with",
                        Machine::Failover => "without",
                    }
                ),
            );
            None
        }
        None => {
            let what = written.text().map_or_else(|| written.what().to_owned(), |text| format!("'{text}'"));
            let loosely = TYPES.iter().find(|known| known.name.eq_ignore_ascii_case(name)).map(|known| known.name);
            let hint = match loosely {
                Some(known) => format!(" (did you mean '{known}'?)"),
                None => did_you_mean(name, names()),
            };
            let message = format!("the framework has no step {what}{hint}: it succeeds and does nothing");
            let all: Vec<String> = names().map(str::to_owned).collect();
            out.fatal("misspelt-type", &at, message, format!("write one of {}, letter by letter", list(&all)));
            None
        }
        kind => kind,
    }
}

/// Parameters, against those that the step reads.
fn given(
    kind: Option<&'static StepType>,
    parameters: &Node,
    members: &[(String, Node)],
    spot: &Spot,
    exports: &Exports,
    out: &mut Findings,
) -> Vec<Given> {
    let step = spot.step.as_deref();
    let is_given = |name: &str| members.iter().any(|(own, _)| own == name);
    let missing: Vec<&str> = kind
        .map_or(&[][..], |kind| kind.parameters)
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !is_given(name))
        .collect();
    let is_known = |name: &str| kind.is_some_and(|kind| kind.what(name).is_some() || kind.unread.contains(&name));
    let strangers: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).filter(|name| !is_known(name)).collect();
    let mut misspelt = Vec::new();
    for name in missing {
        let near = nearest(name, strangers.iter().copied());
        misspelt.extend(near);
        let hint = near.map(|near| format!(" ('{near}' is not read)")).unwrap_or_default();
        let message = format!("there is no '{name}'{hint}: the step fails when it asks for it, and the run hangs");
        out.fatal("missing-parameter", &Spot::of(parameters, step), message, format!("add '{name}'"));
    }
    let mut read = Vec::new();
    for (at, (name, node)) in members.iter().enumerate() {
        // Of two with one name the last one counts.
        if members.iter().skip(at + 1).any(|(later, _)| later == name) {
            continue;
        }
        let spot = Spot::of(node, step);
        let is_read = kind.is_some_and(|kind| kind.what(name).is_some());
        let before = out.all.len();
        let value = resolve(name, node, is_read, exports, &spot, out);
        if is_read {
            read.push(Given { name: name.clone(), spot, value });
            continue;
        }
        let is_misspelt = misspelt.contains(&name.as_str());
        // Of a value that makes the step fail whoever reads it, that has been said.
        let Some(kind) = kind.filter(|_| !is_misspelt && out.all.len() == before) else { continue };
        if node.text().is_some_and(|text| text.starts_with("!Import")) {
            let message = format!("{} does not read '{name}': what it imports need not be there", kind.name);
            out.risk("import-nobody-reads", &spot, message, "take it out");
        } else {
            let message = format!(
                "{} does not read '{name}'{}",
                kind.name,
                did_you_mean(name, kind.parameters.iter().map(|(name, _)| *name))
            );
            out.risk("unread-parameter", &spot, message, "take it out, so that nobody counts on it");
        }
    }
    read
}
