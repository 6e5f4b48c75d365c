//! Plans made of a schema: every type that is understood, with most of its attributes set, with none, or with all of them
//! known only after apply.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::{Map, Value, json};

use super::super::mapping::Type;
use super::schema::{Schema, members};

/// How the resources of a plan are filled.
#[derive(Clone, Copy)]
pub(super) struct Sample<'s> {
    pub schema: &'s Schema,
    /// The types of its resources.
    pub of: &'s [&'static Type],
    /// What every text names that names anything.
    pub target: &'static Type,
    /// Which of the words that make a difference are taken, and which attributes are null. Booleans are true where it is
    /// even.
    pub pick: usize,
}

/// What the plan does.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Then {
    /// All values are known.
    Known,
    /// All of them are references to the target.
    Referring,
    /// The code sets nothing.
    Unset,
    /// The parts are taken away.
    WithoutParts,
}

impl Sample<'_> {
    /// A plan as `terraform show -json` writes it.
    pub(super) fn plan(&self, then: Then) -> Value {
        let (mut changes, mut blocks) = (Vec::new(), Vec::new());
        for kind in self.of.iter().copied() {
            let Some(block) = self.schema.block(kind.name) else { continue };
            let before = self.block(kind, block, "");
            let gone = then == Then::WithoutParts && kind.kind.is_none();
            let (action, after, unknown) = match then {
                _ if gone => ("delete", Value::Null, Value::Null),
                Then::Known | Then::WithoutParts => ("update", before.clone(), json!({})),
                Then::Referring => ("create", self.shape(block, false), self.shape(block, true)),
                Then::Unset => ("create", json!({}), unset(block)),
            };
            let before = if action == "create" { Value::Null } else { before };
            changes.push(json!({
                "address": format!("{}.x", kind.name), "mode": "managed", "type": kind.name, "name": "x",
                "provider_name": "registry.terraform.io/hashicorp/aws",
                "change": {"actions": [action], "before": before, "after": after, "after_unknown": unknown},
            }));
            let expressions = if then == Then::Unset { json!({}) } else { self.expressions(kind, block) };
            blocks.push(json!({
                "address": format!("{}.x", kind.name), "mode": "managed", "type": kind.name, "name": "x",
                "provider_config_key": "aws", "expressions": expressions,
            }));
        }
        json!({
            "format_version": "1.2",
            "resource_changes": changes,
            "configuration": {
                "provider_config": {"aws": {
                    "name": "aws", "full_name": "registry.terraform.io/hashicorp/aws",
                    "expressions": {"region": {"constant_value": "us-east-1"}},
                }},
                "root_module": {"resources": blocks},
            },
        })
    }

    /// A value for every attribute.
    fn block(&self, kind: &Type, block: &Value, path: &str) -> Value {
        let mut values = Map::new();
        for (name, attribute) in members(block, "attributes") {
            let path = format!("{path}{name}");
            let value = match attribute.get("nested_type") {
                _ if self.is_gap(kind, &path) => Value::Null,
                Some(nested) => json!([self.block(kind, nested, &format!("{path}."))]),
                None => self.value(kind, &attribute["type"], &path),
            };
            values.insert(name.clone(), value);
        }
        for (name, nested) in members(block, "block_types") {
            let path = format!("{path}{name}");
            let blocks = if self.is_gap(kind, &path) {
                json!([])
            } else {
                json!([self.block(kind, &nested["block"], &format!("{path}."))])
            };
            values.insert(name.clone(), blocks);
        }
        Value::Object(values)
    }

    /// One attribute in four is null, always another. Of those that exclude each other, each is there for some pick.
    fn is_gap(&self, kind: &Type, path: &str) -> bool {
        match path {
            "num_cache_clusters" => matches!(self.pick % 4, 1 | 2),
            "replicas_per_node_group" => self.pick % 4 == 2,
            // Without it nothing is read of a rule that replicates it.
            "bucket" => self.pick % 4 == 3,
            "rule.destination" | "rule.destination.bucket" => false,
            // What is told of a copy without a key of its own depends on its source.
            "kms_key_id" => self.pick % 4 == 3,
            _ => {
                let mut hasher = DefaultHasher::new();
                (kind.name, path, self.pick).hash(&mut hasher);
                !path.ends_with("arn") && hasher.finish() % 4 == 3
            }
        }
    }

    fn value(&self, kind: &Type, value_type: &Value, path: &str) -> Value {
        match (value_type.as_str().or(value_type[0].as_str()), &value_type[1]) {
            (Some("bool"), _) => Value::from(self.pick.is_multiple_of(2)),
            (Some("number"), _) => Value::from(7),
            (Some("list" | "set"), inner) => json!([self.value(kind, inner, path)]),
            (Some("map"), inner) => json!({"name": self.value(kind, inner, path)}),
            (Some("object"), inner) => {
                let inner = inner.as_object().unwrap().iter();
                inner.map(|(name, inner)| (name.clone(), self.value(kind, inner, &format!("{path}.{name}")))).collect()
            }
            _ => Value::from(self.text(kind, path)),
        }
    }

    fn text(&self, kind: &Type, path: &str) -> String {
        let name = path.rsplit('.').next().unwrap();
        if path == kind.global_id {
            return arn(kind);
        }
        if kind.identities().any(|identity| identity == path) {
            return id(kind);
        }
        match words(name) {
            [] if name.ends_with("arn") || self.target.names.is_empty() => arn(self.target),
            [] => id(self.target),
            words => words[self.pick % words.len()].to_owned(),
        }
    }

    /// What the code would say: most attributes refer to the target, and some lists to nothing that is understood.
    fn expressions(&self, kind: &Type, block: &Value) -> Value {
        let name = self.target.names.first().copied().unwrap_or("id");
        let address = format!("{}.x", self.target.name);
        let reference = json!({"references": [format!("{address}.{name}"), address]});
        let attributes = members(block, "attributes").filter(|(name, _)| !self.is_gap(kind, name));
        let attributes = attributes.map(|(name, attribute)| {
            let is_vague = self.pick % 2 == 1 && attribute["type"].is_array();
            (name.clone(), if is_vague { json!({"references": ["local.names"]}) } else { reference.clone() })
        });
        let blocks = members(block, "block_types");
        let blocks = blocks.map(|(name, nested)| (name.clone(), json!([self.expressions(kind, &nested["block"])])));
        attributes.chain(blocks).collect()
    }

    /// One block of each name. Of what is unknown, that it is so is marked: of everything, or of all but booleans.
    fn shape(&self, block: &Value, is_mask: bool) -> Value {
        let is_known = |attribute: &Value| self.pick.is_multiple_of(2) && attribute["type"] == "bool";
        let is_list = |attribute: &Value| attribute["type"][1][1].is_object() && self.pick.is_multiple_of(3);
        let attributes =
            members(block, "attributes").filter(|(_, attribute)| is_list(attribute) || is_mask != is_known(attribute));
        let attributes = attributes.map(|(name, attribute)| (name.clone(), self.whole(&attribute["type"], is_mask)));
        let blocks = members(block, "block_types");
        let blocks = blocks.map(|(name, nested)| (name.clone(), json!([self.shape(&nested["block"], is_mask)])));
        attributes.chain(blocks).collect()
    }

    /// Of a list of objects, now and then every member is unknown, and not the list.
    fn whole(&self, value_type: &Value, is_mask: bool) -> Value {
        let is_known = |member: &Value| self.pick.is_multiple_of(2) && member == "bool";
        match value_type[1][1].as_object().filter(|_| self.pick.is_multiple_of(3)) {
            Some(inner) => {
                let members = inner.iter().filter(|(_, member)| is_mask != is_known(member));
                json!([members.map(|(name, _)| (name.clone(), Value::Bool(true))).collect::<Map<_, _>>()])
            }
            None => Value::Bool(true),
        }
    }
}

/// Every attribute and every block is known only after apply.
fn unset(block: &Value) -> Value {
    let names = members(block, "attributes").chain(members(block, "block_types"));
    names.map(|(name, _)| (name.clone(), Value::Bool(true))).collect()
}

fn id(kind: &Type) -> String {
    format!("{}-x", kind.name)
}

fn arn(kind: &Type) -> String {
    format!("arn:aws:any:us-east-1:111122223333:{}", kind.name)
}

/// Texts that a mapping tells apart.
fn words(attribute: &str) -> &'static [&'static str] {
    match attribute {
        "availability_zone" | "availability_zone_name" | "availability_zones" => &["us-east-1a"],
        "az_mode" => &["cross-az", "single-az"],
        "connection_type" => &["VPC_LINK", "INTERNET"],
        "container_definitions" => &[
            r#"[{"name": "x", "image": "x", "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "x"}}}]"#,
            "x",
        ],
        "db_cluster_arn" => &[
            "arn:aws:any:us-east-1:111122223333:aws_rds_cluster",
            "arn:aws:any:us-east-1:111122223333:aws_docdb_cluster",
        ],
        "destination_region" | "region" | "region_name" | "source_region" => &["us-west-2"],
        "engine" => &["aurora-mysql", "memcached", "redis", "mysql"],
        "key_state" => &["Enabled", "PendingImport"],
        "ip_protocol" | "protocol" => &["tcp", "icmp", "-1"],
        "resource_id" => &["service/x/aws_ecs_service-x"],
        "scheduling_strategy" => &["REPLICA", "DAEMON"],
        "service_namespace" => &["ecs", "dynamodb"],
        "policy" | "assume_role_policy" => &[r#"{"Statement": []}"#],
        "sse_algorithm" => &["aws:kms", "AES256"],
        "status" => &["Enabled", "Disabled"],
        "type" => &["ingress", "egress"],
        "valid_to" => &["2031-01-01T00:00:00Z"],
        _ => &[],
    }
}
