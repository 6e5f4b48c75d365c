//! DynamoDB tables, and their replicas in other regions.

use std::collections::BTreeSet;

use super::provider::TYPE;
use super::{kms, replicas};
use crate::collect::terraform::attrs::{Attrs, State};
use crate::collect::terraform::mapping::Type;
use crate::collect::terraform::maps::{Mapping, Maps, Service};
use crate::collect::terraform::part_of::PartOf;
use crate::collect::terraform::world::{Parts, Referents, World};
use crate::model::{Backup, Encryption, Fact, Protection, Rel, Replication, Resource, Shared};

const TABLES: &[&str] = &["aws_dynamodb_table"];

const TYPES: &[Mapping] = &[
    Mapping {
        of: Type {
            name: "aws_dynamodb_table",
            kind: Some("aws.dynamodb.table"),
            global_id: "arn",
            names: &["name"],
            facts: &[
                ("backup.enabled", "point_in_time_recovery.enabled"),
                ("backup.point_in_time", "point_in_time_recovery.enabled"),
                ("backup.replicas_without_point_in_time", "replica"),
                ("backup.retention_days", "point_in_time_recovery.recovery_period_in_days"),
                ("encryption.key", "server_side_encryption.kms_key_arn"),
                ("protection.deletion_protection", "deletion_protection_enabled"),
                ("replication.regions", "replica"),
            ],
            reads: &["replica.point_in_time_recovery", "replica.region_name", "server_side_encryption.enabled"],
            ..TYPE
        },
        maps: Maps::Resource(table),
    },
    Mapping {
        of: Type {
            name: "aws_dynamodb_table_replica",
            kind: None,
            global_id: "arn",
            names: &[],
            facts: &[],
            reads: &["global_table_arn", "point_in_time_recovery"],
            ..TYPE
        },
        maps: Maps::Part(table_replica, Some(no_table_replica)),
    },
    Mapping {
        of: Type {
            name: "aws_dynamodb_global_table",
            kind: None,
            global_id: "arn",
            names: &[],
            facts: &[],
            reads: &["name", "replica.region_name"],
            ..TYPE
        },
        maps: Maps::Part(global_table, Some(no_global_table)),
    },
];

const PARTS: &[PartOf] = &[PartOf {
    // A table may have several, so that those that are known stay.
    part: "aws_dynamodb_table_replica",
    inline: "",
    names: "global_table_arn",
    of: TABLES,
    several: true,
    facts: &["replication.regions", RECOVERY],
    clear: no_regions,
}];

/// Where none are known, it is not known whether there are any.
fn no_regions(table: &mut Resource) {
    if let Some(facts) = table.replication.as_mut().filter(|facts| facts.regions == Fact::Known(Vec::new())) {
        (facts.role, facts.regions) = (Fact::Unknown, Fact::Unknown);
    }
}

pub(super) const SERVICE: Service =
    Service { types: &[TYPES], parts: &[PARTS], finishers: &[left_out], comparers: &[] };

fn table(attrs: &Attrs<'_>, resource: &mut Resource) {
    let (enabled, days) = match attrs.block_if_set("point_in_time_recovery") {
        Fact::Known(recovery) => {
            let enabled = recovery.boolean_or("enabled", false);
            let days = match (&enabled, recovery.number("recovery_period_in_days")) {
                (Fact::Known(false), _) => Fact::Known(0),
                // 35 days are what there is where nobody chose, and all there was before one could.
                (Fact::Known(true), Fact::Absent) => Fact::Known(35),
                (Fact::Known(true), Fact::Unknown) if !recovery.is_set("recovery_period_in_days") => Fact::Known(35),
                (_, days) => days,
            };
            (enabled, days)
        }
        Fact::Absent => (Fact::Known(false), Fact::Known(0)),
        Fact::Unknown => (Fact::Unknown, Fact::Unknown),
    };
    let replicas = replicas_without_recovery(attrs, resource);
    resource.backup = Some(Shared::from(Backup {
        point_in_time: enabled,
        enabled,
        retention_days: days,
        replicas_without_point_in_time: replicas,
        ..Backup::default()
    }));
    resource.protection = Some(Shared::from(Protection {
        deletion_protection: attrs.boolean_or("deletion_protection_enabled", false),
        ..Protection::default()
    }));
    // A table is always encrypted, if nothing is said with a key that DynamoDB itself owns, which is no key of KMS.
    let key = match attrs.block_if_set("server_side_encryption") {
        Fact::Known(encryption) => match (encryption.boolean_or("enabled", false), encryption.state("kms_key_arn")) {
            (Fact::Known(false), _) => Fact::Absent,
            (Fact::Known(true), State::Null | State::Unset) => {
                resource.link(Rel::EncryptedBy, Some("alias/aws/dynamodb"));
                "alias/aws/dynamodb".into()
            }
            (Fact::Known(true), _) => kms::encrypted_by(&encryption, resource, "kms_key_arn"),
            _ => Fact::Unknown,
        },
        Fact::Absent => Fact::Absent,
        Fact::Unknown => Fact::Unknown,
    };
    resource.encryption = Some(Shared::from(Encryption { enabled: Fact::Known(true), key }));
    resource.replication = Some(Shared::from(Replication {
        // Those of other accounts are no blocks of it.
        replicas: Fact::Known(Vec::new()),
        ..replicas::declared(attrs, "region_name")
    }));
    // The provider shows those that are there.
    if attrs.is_created() && !attrs.world.stack.is_alone {
        resource.mark_unknown("replication.regions", "replicas may be declared elsewhere");
    }
}

const RECOVERY: &str = "backup.replicas_without_point_in_time";

/// The regions of those `replica` blocks that do not switch point-in-time recovery on: each has a switch of its own.
fn replicas_without_recovery(attrs: &Attrs<'_>, table: &mut Resource) -> Fact<Vec<String>> {
    let replicas = match attrs.blocks_if_set("replica") {
        Fact::Known(replicas) => replicas,
        Fact::Absent => Vec::new(),
        Fact::Unknown => return Fact::Unknown,
    };
    let mut without = Vec::new();
    for replica in &replicas {
        match (replica.boolean_or("point_in_time_recovery", false), replica.text("region_name")) {
            (Fact::Known(true), _) => {}
            (Fact::Known(false), Fact::Known(region)) => without.push(region),
            _ => table.mark_unknown(RECOVERY, "whether a replica has it is not known"),
        }
    }
    without.sort_unstable();
    Fact::Known(without)
}

/// A replica that is declared by itself, where it is.
fn table_replica(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let targets = attrs.targets("global_table_arn", TABLES);
    if let Some(table) = targets.single().and_then(|at| resources[at].as_mut()) {
        let region = attrs.world.place(attrs.at).region.clone();
        match (attrs.boolean_or("point_in_time_recovery", false), &region) {
            (Fact::Known(true), _) => set_recovery(table, |without| without.retain(|it| region.text() != Some(it))),
            (Fact::Known(false), Fact::Known(region)) => set_recovery(table, |without| without.push(region.clone())),
            _ => table.mark_unknown(RECOVERY, "whether a replica has it is not known"),
        }
        add_replicas(table, region.map(|region| vec![region]));
    }
    targets.here()
}

/// A deleted `aws_dynamodb_table_replica`: the table still lists it until it is read again.
fn no_table_replica(attrs: &Attrs<'_>, resources: &mut Parts) {
    let targets = attrs.targets("global_table_arn", TABLES);
    let Some(table) = targets.single().and_then(|at| resources[at].as_mut()) else { return };
    remove_replicas(table, &attrs.world.place(attrs.at).region.clone().map(|region| vec![region]));
}

fn set_recovery(table: &mut Resource, set: impl FnOnce(&mut Vec<String>)) {
    let backup = table.backup.get_or_insert_default();
    if let Fact::Known(without) = &mut backup.replicas_without_point_in_time {
        set(without);
        without.sort_unstable();
        without.dedup();
    }
}

/// The table has no replicas in these regions any more.
fn remove_replicas(table: &mut Resource, gone: &Fact<Vec<String>>) {
    let Fact::Known(gone) = gone else {
        return table.mark_unknown("replication.regions", "the region of a replica that is removed is not known");
    };
    set_recovery(table, |without| without.retain(|region| !gone.contains(region)));
    let Some(facts) = &mut table.replication else { return };
    if let Fact::Known(regions) = &mut facts.regions {
        regions.retain(|region| !gone.contains(region));
        if regions.is_empty() {
            facts.role = "none".into();
        }
    }
}

/// The table has replicas in these regions too.
fn add_replicas(table: &mut Resource, more: Fact<Vec<String>>) {
    let facts = table.replication.get_or_insert_default();
    facts.role = "primary".into();
    let regions = std::mem::take(&mut facts.regions).into_known().unwrap_or_default();
    let is_known = more.is_known();
    let regions: BTreeSet<String> = regions.into_iter().chain(more.into_known().unwrap_or_default()).collect();
    if !regions.is_empty() {
        facts.regions = Fact::Known(regions.into_iter().collect());
    }
    if !is_known {
        table.mark_unknown("replication.regions", "the region of a replica is not known");
    }
}

/// A global table of the version of 2017: tables of one name, one a region, each of which replicates to the others.
fn global_table(attrs: &Attrs<'_>, resources: &mut Parts) -> Vec<usize> {
    let members = members(attrs);
    for (at, others) in &members {
        if let Some(table) = &mut resources[*at]
            && *others != Fact::Known(Vec::new())
        {
            add_replicas(table, others.clone());
        }
    }
    members.into_iter().map(|(at, _)| at).collect()
}

/// A global table that the plan leaves out may replicate the tables that it names to others.
fn left_out(world: &World<'_>, resources: &mut Parts) {
    for at in world.of_type(&["aws_dynamodb_global_table"]) {
        let instance = world.instance(at);
        if !instance.left_out {
            continue;
        }
        let targets = named(&Attrs::new(world, at));
        let meant = if targets.unknown.is_none() { targets.here() } else { world.possible(at, &targets, TABLES) };
        let name = |at: usize| name(&Attrs::new(world, at)).into_known();
        let names: BTreeSet<String> = meant.iter().filter_map(|at| name(*at)).collect();
        // They have one name in every region.
        let has_it = |at: &usize| meant.contains(at) || name(*at).is_some_and(|own| names.contains(&own));
        for table in world.of_type(TABLES).into_iter().filter(has_it) {
            let Some(table) = &mut resources[table] else { continue };
            no_regions(table);
            let reason = format!("the plan is not complete, and leaves out {}", instance.address);
            table.unknown.insert("replication.regions".to_owned(), reason);
        }
    }
}

/// Without it, each of its tables stands alone.
fn no_global_table(attrs: &Attrs<'_>, resources: &mut Parts) {
    for (at, others) in members(attrs) {
        if let Some(table) = &mut resources[at] {
            remove_replicas(table, &others);
        }
    }
}

/// What a table is called, or a global table, which has the name of its tables.
fn name(attrs: &Attrs<'_>) -> Fact<String> {
    attrs.text("name")
}

/// The tables that a global table names.
fn named(attrs: &Attrs<'_>) -> Referents {
    attrs.targets("name", TABLES)
}

/// The tables of a global table, each with the regions of the others.
fn members(attrs: &Attrs<'_>) -> Vec<(usize, Fact<Vec<String>>)> {
    let world = attrs.world;
    let regions = replicas::declared(attrs, "region_name").regions;
    let is_elsewhere = |at: usize| {
        let accounts = [at, attrs.at].map(|at| &world.place(at).account);
        accounts.iter().all(|account| account.is_known()) && accounts[0] != accounts[1]
    };
    let mut members: Vec<usize> = match name(attrs) {
        Fact::Known(own) => {
            let has_name = |at: &usize| name(&Attrs::new(world, *at)).text() == Some(&own);
            world.of_type(TABLES).into_iter().filter(has_name).collect()
        }
        _ => named(attrs).single().into_iter().collect(),
    };
    members.retain(|at| match (world.place(*at).region.text(), regions.known()) {
        _ if is_elsewhere(*at) => false,
        (Some(here), Some(regions)) => regions.iter().any(|region| region == here),
        _ => true,
    });
    let others = |at: usize| match world.place(at).region.text() {
        Some(here) => regions.as_ref().map(|all| all.iter().filter(|other| *other != here).cloned().collect()),
        None => Fact::Unknown,
    };
    members.into_iter().map(|at| (at, others(at))).collect()
}
