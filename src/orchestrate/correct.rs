//! A payload with everything put right that can be without knowing more than it says.

use indexmap::IndexMap;

use super::json::{Node, Value};
use super::payload::SIDE_BY_SIDE;
use super::types::{CACHE, Machine, PLANNED, PROMOTE, REPLICATE, SECONDARY, StepType, TYPES, UNPLANNED, step_type};
use crate::providers::aws::names::tail;
use crate::result::{Payload, PayloadLayer, PayloadStep};
use crate::text::nearest;

/// Keys under which articles and templates have what the framework calls otherwise.
const ALIASES: &[(&str, &[&str])] = &[
    (
        "RDSInstanceIdentifier",
        &["DBInstanceIdentifier", "InstanceIdentifier", "ResourceIdentifier", "ResourceId", "Identifier"],
    ),
    ("GlobalClusterIdentifier", &["GlobalClusterId", "GlobalCluster"]),
    ("DBClusterIdentifier", &["DBClusterArn", "TargetDBClusterIdentifier", "ClusterArn", "TargetDbClusterIdentifier"]),
    ("ClusterRegion", &["Region", "TargetRegion"]),
    ("TargetRegion", &["Region", "PrimaryRegion"]),
    ("GlobalReplicationGroupId", &["GlobalReplicationGroup", "GlobalDatastore"]),
    ("TargetReplicationGroupId", &["ReplicationGroupId", "PrimaryReplicationGroupId"]),
    ("SourceRegion", &["PrimaryRegion"]),
];

/// The corrected payload. None: there is nothing to correct, or nobody can tell what it means.
pub(super) fn correct(root: &Node, machine: Machine) -> Option<Payload> {
    let payload = root.get_loosely(&["StatePayload"]).unwrap_or(root);
    let layers = payload.list().or_else(|| payload.get_loosely(&["Layers"])?.list())?;
    let mut numbered = Vec::new();
    for (at, layer) in layers.iter().enumerate() {
        let number = layer.get_loosely(&["layer", "LayerOrder"]).and_then(number);
        let steps = layer.get_loosely(&["resources"])?.list()?;
        let steps: Vec<PayloadStep> = steps.iter().map(|node| step(node, machine)).collect::<Option<_>>()?;
        numbered.push((number.unwrap_or(i64::try_from(at).unwrap_or(i64::MAX)), steps));
    }
    numbered.sort_by_key(|(number, _)| *number);
    let corrected = layered(numbered.into_iter().map(|(_, steps)| steps));
    (!corrected.layers.is_empty() && serde_json::to_value(&corrected).ok()? != plain(root)).then_some(corrected)
}

/// Layers of steps, none larger than the framework has room for, numbered from 1.
pub(super) fn layered(layers: impl IntoIterator<Item = Vec<PayloadStep>>) -> Payload {
    let parts = layers.into_iter().flat_map(|steps| steps.chunks(SIDE_BY_SIDE).map(<[_]>::to_vec).collect::<Vec<_>>());
    Payload { layers: (1..).zip(parts).map(|(layer, resources)| PayloadLayer { layer, resources }).collect() }
}

fn number(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Bare(text) | Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

fn step(node: &Node, machine: Machine) -> Option<PayloadStep> {
    let kind = kind(node, machine)?;
    let nested = node.get_loosely(&["parameters"]);
    let mut parameters = IndexMap::new();
    for (name, _) in kind.parameters {
        let aliases = ALIASES.iter().find(|(of, _)| of == name).map_or(&[][..], |(_, aliases)| aliases);
        let keys: Vec<&str> = std::iter::once(*name).chain(aliases.iter().copied()).collect();
        let found = nested.and_then(|nested| nested.get_loosely(&keys).or_else(|| misspelt(nested, name, kind)));
        if let Some(value) = found.or_else(|| node.get_loosely(&keys)).and_then(text) {
            parameters.insert((*name).to_owned(), value);
        }
    }
    let named = node.get_loosely(&["resourceName", "name"]).and_then(Node::text);
    Some(PayloadStep {
        resource_type: kind.name.to_owned(),
        resource_name: named.map(str::to_owned).unwrap_or_else(|| {
            let first = parameters.values().find(|value| !value.starts_with("!Import"));
            first.map_or(kind.name, |value| tail(value)).to_owned()
        }),
        parameters,
    })
}

/// A parameter under a key that is near its name and is none itself.
fn misspelt<'n>(nested: &'n Node, name: &str, kind: &StepType) -> Option<&'n Node> {
    let strangers = nested.map()?.iter().map(|(key, _)| key.as_str()).filter(|key| kind.what(key).is_none());
    nested.get(nearest(name, strangers)?)
}

/// The step that is meant.
fn kind(node: &Node, machine: Machine) -> Option<&'static StepType> {
    let written = node.get_loosely(&["resourceType", "type"])?.text()?;
    let names = || TYPES.iter().filter(|known| known.machine == machine).map(|known| known.name);
    let exact = step_type(written).or_else(|| TYPES.iter().find(|known| known.name.eq_ignore_ascii_case(written)));
    if let Some(kind) = exact.or_else(|| step_type(nearest(written, names())?)) {
        return (kind.machine == machine).then_some(kind);
    }
    let action = node.get_loosely(&["action"]).and_then(Node::text).unwrap_or_default().to_ascii_lowercase();
    let said = format!("{} {action}", written.to_ascii_lowercase());
    let has = |word: &str| said.contains(word);
    step_type(match machine {
        Machine::Failover if has("elasticache") || has("redis") || has("valkey") => CACHE,
        Machine::Failover if has("aurora") && (has("switchover") || (has("planned") && !has("unplanned"))) => PLANNED,
        Machine::Failover if has("aurora") => UNPLANNED,
        Machine::Failover if has("rds") && has("promote") => PROMOTE,
        Machine::Failback if has("aurora") => SECONDARY,
        Machine::Failback if has("rds") => REPLICATE,
        _ => return None,
    })
}

/// A value as the text that the framework needs. An import has one space.
fn text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) if text.starts_with("!Import") => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Value::Text(text) => Some(text.clone()),
        Value::Bare(text) if text == "true" => Some("True".to_owned()),
        Value::Bare(text) if text == "false" => Some(String::new()),
        Value::Bare(text) => Some(text.clone()),
        Value::List(items) => match items.as_slice() {
            [one] => self::text(one),
            _ => None,
        },
        Value::Null | Value::Map(_) => None,
    }
}

fn plain(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bare(text) => serde_json::from_str(text).unwrap_or_default(),
        Value::Text(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(plain).collect(),
        Value::Map(members) => {
            members.iter().map(|(key, node)| (key.clone(), plain(node))).collect::<serde_json::Map<_, _>>().into()
        }
    }
}
