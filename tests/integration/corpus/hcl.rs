//! A plan of what peers' cases declare: their facts hold the attributes of the code, with expressions as `${…}`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A resource block.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Block {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) attrs: Map<String, Value>,
}

impl Block {
    pub(super) fn address(&self) -> String {
        format!("{}.{}", self.kind, self.name)
    }
}

/// The provider's own description of its types: which attributes it computes where the code is silent.
pub(super) struct Schema(BTreeMap<String, Value>);

/// What Terraform itself takes out of a block before the provider sees it.
const META: &[&str] = &["count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"];

impl Schema {
    /// Reads `terraform providers schema -json`.
    pub(super) fn read(text: &str) -> Self {
        let document: Value = serde_json::from_str(text).unwrap();
        let providers = document["provider_schemas"].as_object().unwrap();
        let types = providers.values().flat_map(|provider| provider["resource_schemas"].as_object().unwrap());
        Self(types.map(|(name, schema)| (name.clone(), schema["block"].clone())).collect())
    }

    /// The plan that creates all of them. What they refer to and is left out is created too, no more being known of it.
    pub(super) fn plan(&self, blocks: &[Block]) -> Value {
        let mut changes: Vec<_> = blocks.iter().map(|block| self.change(block)).collect();
        let written: Vec<_> = blocks.iter().map(configuration).collect();
        changes.extend(left_out(blocks).iter().map(|block| self.change(block)));
        json!({
            "format_version": "1.2",
            "resource_changes": changes,
            "configuration": {
                "provider_config": {"aws": {"name": "aws", "expressions": {"region": {"constant_value": "us-east-1"}}}},
                "root_module": {"resources": written},
            },
        })
    }

    fn change(&self, block: &Block) -> Value {
        let (mut after, mut unknown) = evaluated(&block.attrs);
        if let Some(schema) = self.0.get(&block.kind) {
            silent(schema, &mut after, &mut unknown);
            // The provider takes its own region where the code names none.
            unknown.remove("region");
        }
        json!({
            "address": block.address(), "mode": "managed", "type": block.kind, "name": block.name,
            "change": {"actions": ["create"], "before": null, "after": after, "after_unknown": unknown},
        })
    }
}

/// Fills in what the code does not say: computed attributes are known after apply, others null, and there are no blocks.
fn silent(schema: &Value, after: &mut Map<String, Value>, unknown: &mut Map<String, Value>) {
    for (name, attribute) in schema["attributes"].as_object().into_iter().flatten() {
        if after.contains_key(name) || unknown.contains_key(name) {
            continue;
        }
        if attribute["computed"] == true {
            unknown.insert(name.clone(), true.into());
        } else {
            after.insert(name.clone(), Value::Null);
        }
    }
    for (name, nested) in schema["block_types"].as_object().into_iter().flatten() {
        let blocks = after.entry(name.clone()).or_insert_with(|| json!([]));
        let Value::Array(blocks) = blocks else { continue };
        let unknowns = unknown.entry(name.clone()).or_insert_with(|| json!([]));
        let Value::Array(unknowns) = unknowns else { continue };
        for (block, unknown) in blocks.iter_mut().zip(unknowns) {
            if let (Value::Object(block), Value::Object(unknown)) = (block, unknown) {
                silent(&nested["block"], block, unknown);
            }
        }
    }
}

/// What is known of the attributes before apply, and the mask of what is not.
fn evaluated(attrs: &Map<String, Value>) -> (Map<String, Value>, Map<String, Value>) {
    let (mut after, mut unknown) = (Map::new(), Map::new());
    for (name, value) in attrs.iter().filter(|(name, _)| !META.contains(&name.as_str())) {
        let (known, mask) = split(value);
        if mask != true {
            after.insert(name.clone(), known);
        }
        if mask != false {
            unknown.insert(name.clone(), mask);
        }
    }
    (after, unknown)
}

fn split(value: &Value) -> (Value, Value) {
    match value {
        Value::String(text) if text.contains("${") => (Value::Null, true.into()),
        Value::Array(items) => {
            let (known, masks): (Vec<_>, Vec<_>) = items.iter().map(split).unzip();
            (known.into(), masks.into())
        }
        Value::Object(attrs) => {
            let (after, unknown) = evaluated(attrs);
            (after.into(), unknown.into())
        }
        constant => (constant.clone(), false.into()),
    }
}

fn configuration(block: &Block) -> Value {
    json!({
        "address": block.address(), "mode": "managed", "type": block.kind, "name": block.name,
        "provider_config_key": "aws", "expressions": expressions(&block.attrs),
    })
}

fn expressions(attrs: &Map<String, Value>) -> Value {
    let of_blocks = |items: &[Value]| items.iter().map(|item| expressions(item.as_object().unwrap())).collect();
    attrs
        .iter()
        .filter(|(name, _)| !META.contains(&name.as_str()))
        .map(|(name, value)| {
            let expression = match value {
                Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_object) => of_blocks(items),
                _ => match references(value) {
                    references if references.is_empty() => json!({"constant_value": value}),
                    references => json!({"references": references}),
                },
            };
            (name.clone(), expression)
        })
        .collect::<Map<_, _>>()
        .into()
}

/// What the expressions in a value refer to. A variable whose value is not stated is no variable of the plan.
fn references(value: &Value) -> BTreeSet<String> {
    match value {
        Value::String(text) => {
            text.split("${").skip(1).flat_map(|rest| names(rest.split('}').next().unwrap())).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Object(attrs) => attrs.values().flat_map(references).collect(),
        _ => BTreeSet::new(),
    }
}

fn names(expression: &str) -> Vec<String> {
    let unquoted: String = expression.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    let words = unquoted.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-')));
    let names = words.filter(|word| word.contains('.') && word.starts_with(|c: char| c.is_ascii_lowercase()));
    names.map(|name| name.strip_prefix("var.").map_or(name.to_owned(), |name| format!("local.{name}"))).collect()
}

/// Resources that are referred to and not declared.
fn left_out(blocks: &[Block]) -> Vec<Block> {
    let declared: BTreeSet<_> = blocks.iter().map(Block::address).collect();
    let referred: BTreeSet<_> = blocks
        .iter()
        .flat_map(|block| block.attrs.values().flat_map(references))
        .filter_map(|reference| {
            let mut parts = reference.split('.');
            let (kind, name) = (parts.next()?.to_owned(), parts.next()?.to_owned());
            (kind.contains('_') && !declared.contains(&format!("{kind}.{name}"))).then_some((kind, name))
        })
        .collect();
    referred.into_iter().map(|(kind, name)| Block { kind, name, attrs: Map::new() }).collect()
}
