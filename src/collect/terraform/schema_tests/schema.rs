//! A provider's schema as `terraform providers schema -json` writes it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::mapping::Type;

/// The schema of one version of the AWS provider.
pub(super) struct Schema(Value);

impl Schema {
    pub(super) fn parse(text: &str) -> Self {
        let mut document: Value = serde_json::from_str(text).unwrap();
        // One of the corpus is an excerpt, without the document around it.
        match document.get_mut("provider_schemas") {
            Some(schemas) => Self(schemas["registry.terraform.io/hashicorp/aws"].take()),
            None => Self(serde_json::json!({ "resource_schemas": document })),
        }
    }

    /// The block of a resource type.
    pub(super) fn block(&self, name: &str) -> Option<&Value> {
        self.0["resource_schemas"].get(name).map(|schema| &schema["block"])
    }

    /// Only what the types say that they read, and what is in it. Whole plans of the rest take most of the time of a test.
    pub(super) fn of_what_is_declared(mut self, types: impl Iterator<Item = &'static Type>) -> Self {
        for kind in types {
            if let Some(schema) = self.0["resource_schemas"].get_mut(kind.name) {
                keep_declared(&mut schema["block"], kind, "");
            }
        }
        self
    }

    /// What a type reads of which the schema knows nothing, with a dot between the blocks. Attributes that are read of
    /// every type are those of none.
    pub(super) fn missing(&self, kind: &Type) -> Option<Vec<&'static str>> {
        let known = paths(self.block(kind.name)?);
        Some(kind.attributes().filter(|path| !known.contains(*path)).collect::<BTreeSet<_>>().into_iter().collect())
    }
}

fn keep_declared(block: &mut Value, kind: &Type, prefix: &str) {
    for part in ["attributes", "block_types"] {
        let Some(members) = block.get_mut(part).and_then(Value::as_object_mut) else { continue };
        members.retain(|name, _| {
            let path = format!("{prefix}{name}");
            kind.declares(&path) || kind.attributes().any(|declared| path.starts_with(&format!("{declared}.")))
        });
        for (name, member) in members {
            let inner = if part == "attributes" { "nested_type" } else { "block" };
            if let Some(nested) = member.get_mut(inner) {
                keep_declared(nested, kind, &format!("{prefix}{name}."));
            }
        }
    }
}

/// Every attribute and block of a block, those in blocks and objects with a dot.
pub(super) fn paths(block: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    add_block(block, "", &mut found);
    found
}

fn add_block(block: &Value, prefix: &str, found: &mut BTreeSet<String>) {
    for (name, attribute) in members(block, "attributes") {
        let path = format!("{prefix}{name}");
        match attribute.get("nested_type") {
            Some(nested) => add_block(nested, &format!("{path}."), found),
            None => add_type(&attribute["type"], &path, found),
        }
        found.insert(path);
    }
    for (name, nested) in members(block, "block_types") {
        add_block(&nested["block"], &format!("{prefix}{name}."), found);
        found.insert(format!("{prefix}{name}"));
    }
}

/// `["list", ["object", {"name": "string"}]]`
fn add_type(kind: &Value, path: &str, found: &mut BTreeSet<String>) {
    match (kind[0].as_str(), &kind[1]) {
        (Some("object"), members) => {
            for (name, kind) in members.as_object().unwrap() {
                let path = format!("{path}.{name}");
                add_type(kind, &path, found);
                found.insert(path);
            }
        }
        (Some(_), inner) => add_type(inner, path, found),
        (None, _) => {}
    }
}

pub(super) fn members<'s>(block: &'s Value, name: &str) -> impl Iterator<Item = (&'s String, &'s Value)> {
    block.get(name).and_then(Value::as_object).into_iter().flatten()
}
