//! IAM roles, with every policy that applies to them.

mod common;
mod profiles;

use std::collections::{BTreeMap, BTreeSet};

use super::provider::TYPE;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::world::{Parts, Referent, Referents, World};
use crate::model::{Fact, Rel, Resource, Role, Shared};
use crate::providers::aws::documents::{BOUNDARY, Policy, Reading, role_facts};

pub(super) use common::ASSUMED;
use common::ROLES;
pub(super) use profiles::profile;

const POLICIES: &[&str] = &["aws_iam_policy"];
const INLINE: &[&str] = &["aws_iam_role_policy"];
const ATTACHMENTS: &[&str] = &["aws_iam_role_policy_attachment", "aws_iam_policy_attachment"];

const fn part(name: &'static str, names: &'static [&'static str], reads: &'static [&'static str]) -> Mapping {
    Mapping {
        of: Type { name, kind: None, global_id: "", names, facts: &[], reads, ..TYPE },
        maps: Maps::Part(of_role, None),
    }
}

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_iam_role",
            kind: Some("aws.iam.role"),
            global_id: "arn",
            names: &["name"],
            facts: &[
                ("role.pins", "assume_role_policy"),
                ("role.service_linked", "path"),
                ("role.trusted_issuers", "assume_role_policy"),
                ("role.trusted_services", "assume_role_policy"),
            ],
            reads: &["inline_policy.name", "inline_policy.policy", "managed_policy_arns", "permissions_boundary"],
            ..TYPE
        },
        maps: Maps::Resource(role),
    },
    Mapping {
        of: Type {
            name: "aws_iam_service_linked_role",
            kind: Some("aws.iam.role"),
            global_id: "arn",
            names: &["name"],
            facts: &[],
            reads: &["aws_service_name"],
            ..TYPE
        },
        maps: Maps::Resource(service_linked),
    },
    part("aws_iam_role_policy", &["name"], &["policy", "role"]),
    part("aws_iam_role_policy_attachment", &[], &["policy_arn", "role"]),
    part("aws_iam_policy_attachment", &[], &["policy_arn", "roles"]),
    part("aws_iam_role_policies_exclusive", &[], &["role_name"]),
    part("aws_iam_role_policy_attachments_exclusive", &[], &["role_name"]),
    Mapping {
        of: Type {
            name: "aws_iam_policy",
            kind: None,
            global_id: "arn",
            names: &["name"],
            facts: &[],
            reads: &["policy"],
            ..TYPE
        },
        maps: Maps::Part(alone, None),
    },
];

pub(super) const SERVICE: Service =
    Service { types: &[TYPES, profiles::TYPES], parts: &[], finishers: &[roles, profiles::of_roles], comparers: &[] };

fn role(attrs: &Attrs<'_>, resource: &mut Resource) {
    let service_linked = attrs.text_or("path", "/").map(|path| path.starts_with("/aws-service-role/"));
    resource.role = Some(Shared::from(Role { service_linked, ..Role::default() }));
}

fn service_linked(attrs: &Attrs<'_>, resource: &mut Resource) {
    resource.role = Some(Shared::from(Role {
        service_linked: Fact::Known(true),
        trusted_services: attrs.text("aws_service_name").map(|service| vec![service]),
        trusted_issuers: Fact::Known(Vec::new()),
        instance_profiles: Fact::Known(Vec::new()),
        ..Role::default()
    }));
}

/// A policy by itself does nothing: the roles that it is attached to read it.
fn alone(_: &Attrs<'_>, _: &mut Parts) -> Vec<usize> {
    Vec::new()
}

fn of_role(attrs: &Attrs<'_>, _: &mut Parts) -> Vec<usize> {
    role_targets(attrs).here()
}

fn role_targets(attrs: &Attrs<'_>) -> Referents {
    match role_of(attrs) {
        "roles" => attrs.all_targets("roles", ROLES),
        name => attrs.targets(name, ROLES),
    }
}

fn role_of(attrs: &Attrs<'_>) -> &'static str {
    ["role", "role_name"].into_iter().find(|name| attrs.declares(name)).unwrap_or("roles")
}

/// What applies to a role.
#[derive(Default)]
struct Applied {
    /// Names and documents. A document that is not known is none.
    policies: BTreeMap<String, Option<String>>,
    /// There may be policies that are not named.
    incomplete: bool,
}

impl Applied {
    fn add(&mut self, name: String, text: Fact<String>) {
        self.policies.insert(name, text.into_known());
    }
}

/// Fills the roles from their documents, once all of them are there.
fn roles(world: &World<'_>, resources: &mut Parts) {
    let mut applied: BTreeMap<usize, Applied> = BTreeMap::new();
    for at in world.of_type(ROLES) {
        applied.insert(at, own(&Attrs::new(world, at)));
    }
    for at in world.of_type(INLINE) {
        let attrs = Attrs::new(world, at);
        let name = attrs.text("name").into_known().unwrap_or_else(|| attrs.instance().name.clone());
        let name = format!("inline policy '{name}'");
        each_role(&attrs, &mut applied, |role| role.add(name.clone(), attrs.text("policy")));
    }
    for at in world.of_type(ATTACHMENTS) {
        let attrs = Attrs::new(world, at);
        let policies = attached(&attrs, "policy_arn");
        each_role(&attrs, &mut applied, |role| {
            for (name, text) in &policies {
                role.add(format!("managed policy '{name}'"), text.clone());
            }
        });
    }
    for (at, applied) in applied {
        let Some(resource) = &mut resources[at] else { continue };
        finish(&Attrs::new(world, at), resource, &applied);
    }
}

/// The part applies to the roles that it names; if those are not known, to any that it may name.
fn each_role(attrs: &Attrs<'_>, applied: &mut BTreeMap<usize, Applied>, add: impl Fn(&mut Applied)) {
    let targets = role_targets(attrs);
    let vague = targets.unknown.is_some();
    let roles = if vague { attrs.world.possible(attrs.at, &targets, ROLES) } else { targets.here() };
    for role in roles {
        if let Some(applied) = applied.get_mut(&role) {
            applied.incomplete |= vague;
            add(applied);
        }
    }
    if vague && targets.found.is_empty() {
        applied.values_mut().for_each(|applied| applied.incomplete = true);
    }
}

/// What the role says of its policies itself. What the provider has read of them is as old as before the change, so
/// that of what is managed in resources of its own, those are believed.
fn own(attrs: &Attrs<'_>) -> Applied {
    let mut applied = Applied::default();
    let managed: BTreeSet<&str> = attrs
        .world
        .everywhere(INLINE)
        .flat_map(|part| [&part.before, &part.after])
        .filter_map(|values| values.get("name")?.as_str())
        .collect();
    match attrs.blocks_if_set("inline_policy") {
        Fact::Known(blocks) => {
            for block in blocks {
                match block.text("name") {
                    Fact::Known(name) if managed.contains(name.as_str()) && !attrs.sets("inline_policy") => {}
                    Fact::Known(name) => applied.add(format!("inline policy '{name}'"), block.text("policy")),
                    // An empty block says that there is none.
                    Fact::Absent => {}
                    Fact::Unknown => applied.incomplete = true,
                }
            }
        }
        Fact::Absent => {}
        Fact::Unknown => applied.incomplete = true,
    }
    let detached: BTreeSet<&str> = attrs
        .world
        .everywhere(ATTACHMENTS)
        .filter(|part| part.after.is_null())
        .filter_map(|part| part.before.get("policy_arn")?.as_str())
        .collect();
    match attrs.state("managed_policy_arns") {
        State::Null | State::Unset => {}
        _ => {
            let targets = attrs.all_targets("managed_policy_arns", POLICIES);
            applied.incomplete |= targets.unknown.is_some();
            for (arn, text) in documents(attrs.world, &targets.found) {
                let name = arn.rsplit('/').next().unwrap_or(&arn).to_owned();
                if !detached.contains(arn.as_str()) {
                    applied.add(format!("managed policy '{name}'"), text);
                }
            }
        }
    }
    if attrs.is_set("permissions_boundary") {
        for (name, text) in attached(attrs, "permissions_boundary") {
            applied.add(format!("{BOUNDARY} '{name}'"), text);
        }
    }
    applied
}

/// Names and documents of the policies that an attribute names. Documents of others than ours are not known.
fn attached(attrs: &Attrs<'_>, name: &str) -> Vec<(String, Fact<String>)> {
    let targets = attrs.targets(name, POLICIES);
    let known = targets.unknown.is_none();
    let policies = documents(attrs.world, &targets.found);
    if !known || policies.is_empty() {
        return vec![(attrs.instance().name.clone(), Fact::Unknown)];
    }
    policies.into_iter().map(|(arn, text)| (arn.rsplit('/').next().unwrap_or(&arn).to_owned(), text)).collect()
}

fn documents(world: &World<'_>, targets: &[Referent]) -> Vec<(String, Fact<String>)> {
    let document = |target: &Referent| match target {
        Referent::Here(at, id) => {
            let policy = Attrs::new(world, *at);
            let name = policy.text("name").into_known();
            // The ARN ends in the name, which is known before it.
            let id = if id.starts_with("arn:") { id.clone() } else { name.unwrap_or_else(|| id.clone()) };
            (id, policy.text("policy"))
        }
        Referent::Elsewhere(arn) => (arn.clone(), Fact::Unknown),
    };
    targets.iter().map(document).collect()
}

fn finish(attrs: &Attrs<'_>, resource: &mut Resource, applied: &Applied) {
    let trust = attrs.text("assume_role_policy").into_known();
    let policies: Vec<Policy<'_>> =
        applied.policies.iter().map(|(name, text)| Policy { name: name.clone(), text: text.as_deref() }).collect();
    let Reading { role: mut facts, doubt } = role_facts(trust.as_deref(), &policies);
    if let Some(doubt) = doubt {
        resource.mark_unknown("role.pins", doubt);
    }
    facts.service_linked = resource.role.take().map_or(Fact::Unknown, |role| role.service_linked);
    // What a state says of attachments is what this workspace manages, and another may attach more.
    if applied.incomplete || attrs.instance().change.is_none() {
        facts.policies_complete = Fact::Known(false);
    }
    if facts.policies_complete == Fact::Known(false) {
        resource.mark_unknown("role.pins", "a policy of the role is managed elsewhere, or known only after apply");
    }
    for issuer in facts.trusted_issuers.known().into_iter().flatten() {
        resource.link(Rel::TrustsIssuer, Some(issuer));
    }
    resource.role = Some(Shared::from(facts));
}
