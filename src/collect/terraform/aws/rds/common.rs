//! What the databases have in common.

use super::super::kms;
use super::subnet_groups;
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::world::{Referent, Referents, World};
use crate::model::{Backup, Encryption, Fact, Protection, Rel, Resource, Shared};
use crate::providers::aws::names::{Arn, partition};

/// The provider's own key for databases, which is taken where the code names none.
pub(super) const DEFAULT_KEY: &str = "alias/aws/rds";

/// Automatic backups, with the retention that an unset attribute stands for.
pub(super) fn backup(attrs: &Attrs<'_>, default_days: Option<u32>) -> Option<Shared<Backup>> {
    let retention = match default_days {
        Some(days) => attrs.number_or("backup_retention_period", days),
        None => attrs.number("backup_retention_period"),
    };
    let enabled = retention.as_ref().map(|days| *days > 0);
    let deleted = match attrs.declares("delete_automated_backups") {
        true => attrs.boolean_or("delete_automated_backups", true),
        false => Fact::Unknown,
    };
    Some(Shared::from(Backup {
        point_in_time: enabled,
        enabled,
        retention_days: retention,
        deleted_with_resource: deleted,
        ..Backup::default()
    }))
}

pub(super) fn protection(attrs: &Attrs<'_>) -> Option<Shared<Protection>> {
    Some(Shared::from(Protection {
        deletion_protection: attrs.boolean_or("deletion_protection", false),
        final_snapshot: attrs.boolean_or("skip_final_snapshot", false).map(|skip| !skip),
        ..Protection::default()
    }))
}

/// Encryption whose key is `key`, with a link to it. `own_key`: where the code names no key, it is the provider's.
pub(super) fn encryption(
    attrs: &Attrs<'_>,
    resource: &mut Resource,
    enabled: Fact<bool>,
    key: &str,
    own_key: bool,
) -> Option<Shared<Encryption>> {
    let key = match (&enabled, attrs.state(key)) {
        (Fact::Known(false), _) => Fact::Absent,
        (Fact::Known(true), State::Unset | State::Null) if own_key => {
            resource.link(Rel::EncryptedBy, Some(DEFAULT_KEY));
            DEFAULT_KEY.into()
        }
        (_, State::Null | State::Unset) => Fact::Unknown,
        _ => kms::encrypted_by(attrs, resource, key),
    };
    Some(Shared::from(Encryption { enabled, key }))
}

/// The name of the subnet group, with a link to it.
pub(super) fn subnet_group(attrs: &Attrs<'_>, resource: &mut Resource, name: &str) -> Fact<String> {
    let targets = beside(resource, "subgrp", attrs.targets(name, subnet_groups::GROUPS));
    let named = match targets.here()[..] {
        [group] if targets.unknown.is_none() => Attrs::new(attrs.world, group).text("name"),
        _ => Fact::Unknown,
    };
    attrs.link_to(resource, Rel::InSubnetGroup, "database.subnet_group", targets);
    let stated = attrs.text(name);
    if stated.is_unknown() { named } else { stated }
}

/// The exact version: what the code asks for may leave out the minor one.
pub(super) fn engine_version(attrs: &Attrs<'_>) -> Fact<String> {
    let actual =
        if attrs.declares("engine_version_actual") { attrs.text("engine_version_actual") } else { Fact::Unknown };
    if actual.is_known() { actual } else { attrs.text("engine_version") }
}

pub(super) fn lower(text: Fact<String>) -> Fact<String> {
    text.map(|text| text.to_lowercase())
}

/// What is not managed here and named by its bare identifier is in the same place.
pub(super) fn beside(resource: &Resource, what: &str, mut targets: Referents) -> Referents {
    for target in &mut targets.found {
        if let Referent::Elsewhere(name) = target {
            *name = arn_beside(resource, what, name);
        }
    }
    targets
}

pub(super) fn arn_beside(resource: &Resource, what: &str, name: &str) -> String {
    match (resource.account(), resource.region()) {
        (Some(account), Some(region)) if Arn::parse(name).is_none() => {
            format!("arn:{}:rds:{region}:{account}:{what}:{name}", partition(region))
        }
        _ => name.to_owned(),
    }
}

/// The region of what an attribute names: a bare identifier is one of the same region.
pub(super) fn region_of(world: &World<'_>, resource: &Resource, targets: &Referents) -> Fact<String> {
    match (&targets.unknown, targets.found.first()) {
        (None, Some(Referent::Here(at, _))) => world.place(*at).region.clone(),
        (None, Some(Referent::Elsewhere(name))) => match Arn::parse(name) {
            Some(arn) => arn.region.into(),
            None => resource.place.region.clone(),
        },
        _ => Fact::Unknown,
    }
}

/// The source is in another region.
pub(super) fn cross_region(world: &World<'_>, resource: &Resource, source: &Referents) -> Fact<bool> {
    let region = region_of(world, resource, source);
    Fact::from_known(region.text().zip(resource.region()).map(|(source, own)| source != own))
}
