//! KMS keys, their aliases and policies.

mod grants;
mod named;

use std::collections::HashSet;

use super::provider::TYPE;
use crate::collect::stores;
use crate::collect::terraform::attrs::Attrs;
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::part_of::{self, PartOf};
use crate::collect::terraform::world::{Parts, World};
use crate::model::{Access, AccessStatement, Action, Fact, Key, Protection, Rel, Resource, Shared, Status};
use crate::providers::aws::documents::{OF_KEY, access_statements, default_of_key, via_service_regions};
pub(super) use named::KEYS;
use named::{REAL_KEYS, follow_aliases};

const FACTS: &[(&str, &str)] = &[
    ("access.statements", "policy"),
    ("key.multi_region", "multi_region"),
    ("key.spec", "customer_master_key_spec"),
    ("key.usage", "key_usage"),
    ("key.via_service_regions", "policy"),
    ("protection.recovery_window_days", "deletion_window_in_days"),
    ("status.healthy", "is_enabled"),
    ("status.state", "is_enabled"),
];

const REPLICA_FACTS: &[(&str, &str)] = &[
    ("access.statements", "policy"),
    ("key.primary", "primary_key_arn"),
    ("key.spec", "key_spec"),
    ("key.usage", "key_usage"),
    ("key.via_service_regions", "policy"),
    ("protection.recovery_window_days", "deletion_window_in_days"),
    ("status.healthy", "enabled"),
    ("status.state", "enabled"),
];

const EXTERNAL_FACTS: &[(&str, &str)] = &[
    ("access.statements", "policy"),
    ("key.multi_region", "multi_region"),
    ("key.usage", "key_usage"),
    ("key.valid_to", "valid_to"),
    ("key.via_service_regions", "policy"),
    ("protection.recovery_window_days", "deletion_window_in_days"),
    ("status.healthy", "key_state"),
    ("status.state", "key_state"),
];

const REPLICA_EXTERNAL_FACTS: &[(&str, &str)] = &[
    ("access.statements", "policy"),
    ("key.primary", "primary_key_arn"),
    ("key.usage", "key_usage"),
    ("key.valid_to", "valid_to"),
    ("key.via_service_regions", "policy"),
    ("protection.recovery_window_days", "deletion_window_in_days"),
    ("status.healthy", "key_state"),
    ("status.state", "key_state"),
];

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_kms_key",
            kind: Some("aws.kms.key"),
            global_id: "arn",
            names: &["key_id"],
            facts: FACTS,
            reads: &["custom_key_store_id", "xks_key_id"],
            ..TYPE
        },
        maps: Maps::Resource(key),
    },
    Mapping {
        of: Type {
            name: "aws_kms_external_key",
            kind: Some("aws.kms.key"),
            global_id: "arn",
            names: &["id"],
            facts: EXTERNAL_FACTS,
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(external),
    },
    Mapping {
        of: Type {
            name: "aws_kms_replica_key",
            kind: Some("aws.kms.key"),
            global_id: "arn",
            names: &["key_id"],
            facts: REPLICA_FACTS,
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(replica),
    },
    Mapping {
        of: Type {
            name: "aws_kms_replica_external_key",
            kind: Some("aws.kms.key"),
            global_id: "arn",
            names: &["key_id"],
            facts: REPLICA_EXTERNAL_FACTS,
            reads: &[],
            ..TYPE
        },
        maps: Maps::Resource(replica_external),
    },
    Mapping {
        of: Type {
            name: "aws_kms_alias",
            kind: None,
            global_id: "arn",
            names: &["name"],
            facts: &[],
            reads: &["target_key_id"],
            ..TYPE
        },
        maps: Maps::Part(alias, None),
    },
    Mapping {
        of: Type {
            name: "aws_kms_key_policy",
            kind: None,
            global_id: "",
            names: &[],
            facts: &[],
            reads: &["key_id", "policy"],
            ..TYPE
        },
        maps: Maps::Part(policy, Some(default_policy)),
    },
    Mapping {
        of: Type {
            name: "aws_kms_grant",
            kind: None,
            global_id: "",
            names: &["grant_id"],
            facts: &[],
            reads: &["constraints", "grantee_principal", "key_id", "operations"],
            ..TYPE
        },
        maps: Maps::Part(grants::grant, None),
    },
];

const PARTS: &[PartOf] = &[
    PartOf {
        part: "aws_kms_key_policy",
        inline: "policy",
        names: "key_id",
        of: REAL_KEYS,
        several: false,
        facts: &["access.statements", "key.via_service_regions"],
        clear: |key| {
            key.key.get_or_insert_default().via_service_regions = Fact::Unknown;
            key.access.get_or_insert_default().statements = Fact::Unknown;
        },
    },
    // A key may have several, so that those that are known stay.
    PartOf {
        part: "aws_kms_grant",
        inline: "",
        names: "key_id",
        of: REAL_KEYS,
        several: true,
        facts: &[grants::GRANTS],
        clear: |key| {
            if let Some(access) = key.access.as_mut().filter(|access| access.grants == Fact::Known(Vec::new())) {
                access.grants = Fact::Unknown;
            }
        },
    },
];

pub(super) const SERVICE: Service =
    Service { types: &[TYPES], parts: &[PARTS], finishers: &[], comparers: &[own_keys] };

/// The key that an attribute names: an alias is followed to its key. Links to it, too.
pub(super) fn encrypted_by(attrs: &Attrs<'_>, resource: &mut Resource, name: &str) -> Fact<String> {
    let targets = follow_aliases(attrs, attrs.targets(name, KEYS));
    attrs.link_to(resource, Rel::EncryptedBy, "encryption.key", targets)
}

/// The same, where it is a key that AWS itself owns, and none of KMS, unless the code names one.
pub(super) fn of_customer(attrs: &Attrs<'_>, resource: &mut Resource, name: &str) -> Fact<String> {
    match attrs.text_if_set(name) {
        Fact::Absent => Fact::Absent,
        Fact::Known(key) if stores::key_of_customer(Some(&key)).is_absent() => Fact::Absent,
        _ => encrypted_by(attrs, resource, name),
    }
}

/// The key that an attribute names, where no link is to be made of it.
pub(super) fn named(attrs: &Attrs<'_>, name: &str) -> Fact<String> {
    let targets = follow_aliases(attrs, attrs.targets(name, KEYS));
    match (&targets.unknown, targets.ids().into_iter().next()) {
        (None, found) => Fact::from_read(found),
        (Some(_), _) => Fact::Unknown,
    }
}

fn key(attrs: &Attrs<'_>, resource: &mut Resource) {
    let facts = facts(attrs, resource);
    facts.multi_region = attrs.boolean_or("multi_region", false);
    facts.primary = Fact::Absent;
    facts.origin = match (attrs.text_if_set("custom_key_store_id"), attrs.text_if_set("xks_key_id")) {
        (Fact::Absent, Fact::Absent) => "aws_kms".into(),
        (Fact::Known(_), Fact::Absent) => "aws_cloudhsm".into(),
        (_, Fact::Known(_)) => "external_key_store".into(),
        _ => Fact::Unknown,
    };
    facts.valid_to = Fact::Absent;
    facts.usage = lower(attrs.text_or("key_usage", "ENCRYPT_DECRYPT"));
    facts.spec = lower(attrs.text_or("customer_master_key_spec", "SYMMETRIC_DEFAULT"));
    resource.status = Some(Shared::from(switched(attrs.boolean_or("is_enabled", true))));
}

fn external(attrs: &Attrs<'_>, resource: &mut Resource) {
    let facts = facts(attrs, resource);
    facts.multi_region = attrs.boolean_or("multi_region", false);
    facts.primary = Fact::Absent;
    imported(attrs, resource);
}

fn replica(attrs: &Attrs<'_>, resource: &mut Resource) {
    let primary = attrs.link(resource, Rel::ReplicaOf, "key.primary", "primary_key_arn", KEYS);
    let facts = facts(attrs, resource);
    facts.multi_region = Fact::Known(true);
    facts.primary = primary;
    facts.origin = "aws_kms".into();
    facts.valid_to = Fact::Absent;
    facts.usage = lower(attrs.text("key_usage"));
    facts.spec = lower(attrs.text("key_spec"));
    resource.status = Some(Shared::from(switched(attrs.boolean_or("enabled", true))));
}

fn replica_external(attrs: &Attrs<'_>, resource: &mut Resource) {
    let primary = attrs.link(resource, Rel::ReplicaOf, "key.primary", "primary_key_arn", KEYS);
    let facts = facts(attrs, resource);
    facts.multi_region = Fact::Known(true);
    facts.primary = primary;
    imported(attrs, resource);
}

/// What every key of Terraform has in common. What it manages is neither the provider's own nor about to be deleted.
fn facts<'r>(attrs: &Attrs<'_>, resource: &'r mut Resource) -> &'r mut Key {
    resource.protection = Some(Shared::from(Protection {
        recovery_window_days: attrs.number_or("deletion_window_in_days", 30),
        ..Protection::default()
    }));
    resource.mark_unknown("key.aliases", "aliases may be declared elsewhere");
    let statements = if attrs.is_created() && attrs.leaves_out("policy") {
        Fact::Known(default_of_key())
    } else {
        policy_statements(attrs, resource.account())
    };
    resource.access = Some(Shared::from(Access { statements, grants: Fact::Unknown }));
    resource.key.insert(Shared::from(Key {
        manager: "customer".into(),
        deletion_date: Fact::Absent,
        via_service_regions: policy_regions(attrs),
        ..Key::default()
    }))
}

/// A key with material of its own can be used once that was imported, which its state says. The provider makes only
/// symmetric ones for encryption.
fn imported(attrs: &Attrs<'_>, resource: &mut Resource) {
    if let Some(key) = &mut resource.key {
        key.usage = lower(attrs.text_or("key_usage", "ENCRYPT_DECRYPT"));
        key.spec = if key.usage.text() == Some("encrypt_decrypt") { "symmetric_default".into() } else { Fact::Unknown };
        key.origin = "external".into();
        key.valid_to = match attrs.text_if_set("valid_to") {
            Fact::Known(text) => Fact::from_known(text.parse().ok()),
            Fact::Absent => Fact::Absent,
            Fact::Unknown => Fact::Unknown,
        };
    }
    let state = lower(attrs.text("key_state"));
    let healthy = state.as_ref().map(|state| state == "enabled");
    resource.status = Some(Shared::from(Status { state, healthy, ..Status::default() }));
}

fn lower(text: Fact<String>) -> Fact<String> {
    text.map(|text| text.to_lowercase())
}

/// Terraform keeps a key switched on or off, so that its state is known from the code.
fn switched(on: Fact<bool>) -> Status {
    let state = on.as_ref().map(|on| if *on { "enabled".to_owned() } else { "disabled".to_owned() });
    Status { state, healthy: on, ..Status::default() }
}

fn alias(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let targets = attrs.targets("target_key_id", REAL_KEYS);
    let here = targets.here();
    let name = attrs.text("name").into_known();
    for at in &here {
        let Some(key) = resources[*at].as_mut().and_then(|resource| resource.key.as_mut()) else { continue };
        if let (None, Some(name)) = (&targets.unknown, &name) {
            let mut aliases = std::mem::take(&mut key.aliases).into_known().unwrap_or_default();
            aliases.push(name.strip_prefix("alias/").unwrap_or(name).to_owned());
            aliases.sort_unstable();
            key.aliases = Fact::Known(aliases);
        }
    }
    here
}

/// Regions that the policy names. A policy may come from elsewhere where none is set.
fn policy_regions(attrs: &Attrs<'_>) -> Fact<Vec<String>> {
    match attrs.text("policy") {
        Fact::Known(policy) => Fact::from_known(via_service_regions(&policy)),
        _ => Fact::Unknown,
    }
}

/// Whom it lets do what.
fn policy_statements(attrs: &Attrs<'_>, account: Option<&str>) -> Fact<Vec<AccessStatement>> {
    match attrs.text("policy") {
        Fact::Known(policy) => access_statements(&policy, account, OF_KEY),
        _ => Fact::Unknown,
    }
}

fn policy(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let statements = |account: Option<&str>| policy_statements(attrs, account);
    set_policy(attrs, resources, policy_regions(attrs), statements)
}

fn default_policy(attrs: &Attrs<'_>, resources: &mut Parts) {
    set_policy(attrs, resources, Fact::Known(Vec::new()), |_| Fact::Known(default_of_key()));
}

fn set_policy(
    attrs: &Attrs<'_>,
    resources: &mut Parts,
    regions: Fact<Vec<String>>,
    statements: impl FnOnce(Option<&str>) -> Fact<Vec<AccessStatement>>,
) -> Vec<usize> {
    part_of::set(attrs, "key_id", REAL_KEYS, resources, |key| {
        key.key.get_or_insert_default().via_service_regions = regions;
        let statements = statements(key.account());
        key.access.get_or_insert_default().statements = statements;
    })
}

/// A new resource without a key of its own gets the provider-managed key. This code knows that key by its alias, while
/// a state shows its ARN, so the two may be the same. A key that is managed here is never provider-managed.
fn own_keys(before: &World<'_>, resources: &mut [Resource]) {
    let is_own = |key: &str| key.starts_with("alias/aws/");
    let managed: HashSet<&str> = before.of_type(KEYS).into_iter().map(|at| before.id(at)).collect();
    for resource in resources {
        let is_replaced = resource.change.as_ref().is_some_and(|change| change.action == Action::Replace);
        let has_own_key = resource.encryption.as_ref().is_some_and(|facts| facts.key.text().is_some_and(is_own));
        let Some(before) = resource.before.as_mut().filter(|_| is_replaced && has_own_key) else { continue };
        let Some(facts) = &mut before.encryption else { continue };
        if facts.key.text().is_some_and(|was| !is_own(was) && !managed.contains(was)) {
            facts.key = Fact::Unknown;
            before.mark_unknown("encryption.key", "whether that is the provider's own key is not known");
        }
    }
}
